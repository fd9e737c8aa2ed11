"""How each topic of `harness.releases` is looked for: by documented path, label or value.

Where no document names a member, it is looked for by the words of its label.
"""

import re
from collections.abc import Callable, Iterable
from typing import Any

import httpx

from harness.checks import expect_items, expect_members, expect_saved
from harness.product import Product
from scenarios.administration.kinds import WEB_SESSION
from scenarios.answered import member_of
from scenarios.flow.archives import imported

Json = dict[str, Any]
Found = bool | str | list[str]

ABSENT = "absent"
ALL_SAME_SITE = ["Disabled", "Lax", "None", "Strict"]
OLDER = "7.1.0.0"
"""A release before all that the suite has requirements for."""


def log_settings(product: Product) -> Found:
    """Source: admin API 7.3, getLogSettings."""
    return there(product, "/logSettings")


def openapi_document(product: Product) -> Found:
    """Source: PingAccess 7.3, administrative API endpoints (path of the OAS 2.0 document)."""
    answer = product.api.request("GET", "/api-docs/pa/api-docs-v2.json")
    return answer.status_code == 200 and expect_saved(answer).get("swagger") == "2.0"


def saml_token_mediator(product: Product) -> Found:
    """Source: PingAccess 8.0, SAML token mediator site authenticators."""
    return labelled(product.api.get_site_authenticator_descriptors(), "SAML Token Mediator")


def device_profiling(product: Product) -> Found:
    """Source: PingAccess 8.0 release notes; the words of the label are assumed."""
    [plugin] = expect_items(product.api.get_risk_policy_descriptors())
    labels = [str(one["label"]) for one in fields_of(plugin)]
    return any(re.search(r"device.*profil", label, re.IGNORECASE) for label in labels)


def same_site_values(product: Product) -> Found:
    """The values that a web session is saved with and then has.

    Source: admin API 7.3, SameSiteType; PingAccess 8.1 release notes.
    """
    sessions = WEB_SESSION.of(product)
    taken = []
    for value in ALL_SAME_SITE:
        answer = sessions.collection.create(sessions.body(sameSite=value))
        if answer.status_code == 200 and expect_saved(answer).get("sameSite") == value:
            taken.append(value)
    return taken


def partitioned_cookie(product: Product) -> Found:
    """Source: PingAccess 8.1, advanced web session settings; the member's name is assumed."""
    found = member_like(new_web_session(product), "partition")
    return ABSENT if found is None else "on" if found else "off"


def gcm_cookies(product: Product) -> Found:
    """Source: admin API 7.3, getWebSessionSupportedEncryptionAlgorithms."""
    items = expect_items(product.api.get_web_session_supported_encryption_algorithms())
    return any("GCM" in f"{one.get('name')} {one.get('description')}".upper() for one in items)


def encode_url(product: Product) -> Found:
    """Source: PingAccess 9.1, adding application resources (deselect Encode URL)."""
    field = field_of(response_generators(product), "Redirect", "Encode URL")
    return ABSENT if field is None else "on" if is_on(field) else "off"


def advanced_identity_cloud(product: Product) -> Found:
    """Source: PingAccess 9.1 release notes, PA-15863."""
    return there(product, "/pingone/advancedIdentityCloud")


def third_party_jwks(product: Product) -> Found:
    """Source: PingAccess 9.0.0 release notes, PA-16225."""
    plugins = product.api.get_access_token_validator_descriptors()
    return field_of(plugins, "JWKS", "Third-Party Service") is not None


def revoke_access_token(product: Product) -> Found:
    """Source: PingAccess 9.0.0 release notes, PA-16065."""
    return field_of(response_generators(product), "Logout", "Revoke Access Token") is not None


def passthrough_parameters(product: Product) -> Found:
    """Source: PingAccess 9.0.0 release notes, PA-16087; the member's name is assumed."""
    return has_member_like(new_web_session(product), "passthrough")


def base_uri(product: Product) -> Found:
    """Source: PingAccess 9.1.0 release notes, PA-11502."""
    policy = product.api.version().headers.get("content-security-policy", "")
    return "base-uri" in [
        directive.split()[0] for directive in policy.split(";") if directive.strip()
    ]


def device_authorization_challenge(product: Product) -> Found:
    """Source: PingAccess 9.1.0 release notes, PA-16117."""
    plugins = product.api.get_challenge_response_generator_descriptors()
    return labelled(plugins, "Device Authorization Challenge")


def device_authorization_policy(product: Product) -> Found:
    """Source: PingAccess 9.1.0 release notes, PA-16117 (system-generated)."""
    policies = expect_items(product.api.get_authentication_challenge_policies())
    return any(
        one["name"] == "Device Authorization Grant" and one.get("system") for one in policies
    )


def ui_locales(product: Product) -> Found:
    """Source: PingAccess 9.1.0 release notes, PA-16317; the member's name is assumed."""
    return has_member_like(new_web_session(product), "locale")


def retry_on_unknown_host(product: Product) -> Found:
    """Source: PingAccess 9.1.0 release notes, PA-16346."""
    plugins = product.api.get_availability_profile_descriptors()
    return field_of(plugins, "", "Retry on Unknown Host") is not None


def jwt_audience(product: Product) -> Found:
    """Source: PingAccess 9.1.0 release notes, PA-16306; the member's name is assumed."""
    return has_member_like(expect_saved(product.api.get_oidc_provider()), "audience")


def issuer_of_the_authorization_server(product: Product) -> Found:
    """Source: PingAccess 9.1.0 release notes, PA-16306; the member's name is assumed."""
    return has_member_like(expect_saved(product.api.get_authorization_server()), "issuer")


def resource_ids_kept(product: Product) -> Found:
    """Source: PingAccess 9.1.0 release notes, PA-16261; that an import shows it is assumed."""
    product.resettable("imports a configuration over everything there is")
    application = product.admin.add_application()
    resource = product.admin.add_resource(application, product.unique_path())
    archive = expect_saved(product.api.config_export())
    of_another_number(archive, int(resource["id"]), 7001)

    status = imported(product, {**archive, "version": OLDER})

    expect_members(status, {"status": "Complete"}, "the import")
    kept = expect_items(product.api.get_application_resources(application["id"]))
    return any(one["id"] == 7001 and one["name"] == resource["name"] for one in kept)


PROBES: dict[str, Callable[[Product], Found]] = {
    "log settings": log_settings,
    "OpenAPI 2.0 document": openapi_document,
    "SAML token mediator": saml_token_mediator,
    "device profiling": device_profiling,
    "SameSite values": same_site_values,
    "partitioned cookie": partitioned_cookie,
    "AES-GCM cookies": gcm_cookies,
    "Encode URL": encode_url,
    "PingOne Advanced Identity Cloud": advanced_identity_cloud,
    "third-party JWKS endpoints": third_party_jwks,
    "Revoke Access Token": revoke_access_token,
    "passthrough request parameters": passthrough_parameters,
    "base-uri directive": base_uri,
    "device authorization challenge": device_authorization_challenge,
    "device authorization policy": device_authorization_policy,
    "UI locales": ui_locales,
    "Retry on Unknown Host": retry_on_unknown_host,
    "private key JWT audience": jwt_audience,
    "issuer of the authorization server": issuer_of_the_authorization_server,
    "resource ids kept by an upgrade": resource_ids_kept,
}
"""What a product shows, by topic."""


def there(product: Product, path: str) -> bool:
    """Whether the admin API has this path."""
    return product.api.request("GET", path).status_code == 200


def new_web_session(product: Product) -> Json:
    """A web session of which only what has to be chosen was chosen."""
    return product.admin.add_web_session()


def member_like(shown: Json, word: str) -> Any:
    """The member whose name holds the word; None where there is none."""
    return next((value for name, value in shown.items() if word in name.casefold()), None)


def has_member_like(shown: Json, word: str) -> bool:
    """Whether an object has a member whose name holds the word."""
    return any(word in name.casefold() for name in shown)


def response_generators(product: Product) -> httpx.Response:
    """The descriptors of what answers for a virtual resource."""
    return product.api.get_application_resource_response_generator_descriptors()


def labelled(plugins: httpx.Response, label: str) -> bool:
    """Whether a plugin of these descriptors has this label, whatever its case."""
    labels = [str(member_of(one, "label")).casefold() for one in expect_items(plugins)]
    return label.casefold() in labels


def field_of(plugins: httpx.Response, plugin: str, label: str) -> Json | None:
    """The field of this label of the first plugin that has it and whose own holds the word."""
    fields = (
        field
        for one in expect_items(plugins)
        if plugin.casefold() in str(member_of(one, "label")).casefold()
        for field in fields_of(one)
    )
    wanted = label.casefold()
    return next((one for one in fields if str(one["label"]).casefold() == wanted), None)


def fields_of(plugin: Json) -> Iterable[Json]:
    """Every field of a plugin, with those inside others."""
    waiting = list(member_of(plugin, "configurationFields"))
    while waiting:
        field = waiting.pop(0)
        yield field
        waiting += field.get("fields") or []


def is_on(field: Json) -> bool:
    """Whether the default of a checkbox is that it is selected."""
    return str(field.get("default")).casefold() == "true"


def of_another_number(archive: Json, old: int, new: int) -> None:
    """The resource of that number has another one in the archive, wherever it is named."""
    for resource in archive["data"]["resources"]:
        if resource["id"] == old:
            resource["id"] = new
    for application in archive["data"]["applications"]:
        order = application.get("resourceOrder") or []
        application["resourceOrder"] = [new if key == old else key for key in order]
