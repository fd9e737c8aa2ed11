"""Applications of PingOne that get tokens for themselves, and a PingAccess that takes those tokens.

NotMeasured where PingOne lets its worker make none.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from harness import jose
from harness.errors import HarnessError, NotMeasured

if TYPE_CHECKING:
    from collections.abc import Mapping

    import httpx

    from harness.product.descriptors import Json
    from harness.product.pingaccess import Product
    from harness.product.pingone import PingOne

SCOPE = "paconform"
"""The scope that the admin API is told to ask for."""

ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
"""client_assertion_type (RFC 7523 section 2.2)."""

ROLES = ("administrator", "platformAdmin", "auditor")


@dataclass(frozen=True, slots=True)
class Client:
    """An application with its own secret."""

    id: str
    secret: str = field(repr=False)


def add_client(pingone: PingOne, **members: Any) -> Client:
    """A stored application that acts for itself.

    Source: PingOne management openapi of the vendor's Go SDK, ApplicationOIDC, ApplicationSecret.
    """
    body = {
        "name": pingone.name("client"),
        "enabled": True,
        "type": "SERVICE",
        "protocol": "OPENID_CONNECT",
        "grantTypes": ["CLIENT_CREDENTIALS"],
        "tokenEndpointAuthMethod": "CLIENT_SECRET_BASIC",
        **members,
    }
    answer = pingone.api.add_application(json=body)
    if answer.status_code == 403:
        raise NotMeasured("PingOne's worker has no role that makes applications")
    made = pingone.stored("applications", answer)
    answer = pingone.api.get_application_secret(made["id"])
    return Client(made["id"], str(pingone.told(answer, 200, "secret of a client")["secret"]))


def add_asserting_client(pingone: PingOne, *keys: Mapping[str, str]) -> Client:
    """A client that says who it is by assertions, which one of these public keys verifies.

    Source: PingOne, create a private_key_jwt (jwks of the application).
    """
    key_set = json.dumps({"keys": list(keys)})
    return add_client(pingone, tokenEndpointAuthMethod="PRIVATE_KEY_JWT", jwks=key_set)


LIVES_S = 3_000
"""How long an assertion lives: PingOne takes none that lives for more than an hour.

Source: PingOne, create a private_key_jwt.
"""


def assertion(pingone: PingOne, client: Client, **more: object) -> jose.Draft:
    """The assertion of a client, to be signed with ES256, with more claims.

    Source: RFC 7523 section 3; PingOne, create a private_key_jwt.
    """
    now_s = _now_s(pingone)
    claims = {
        "iss": client.id,
        "sub": client.id,
        "aud": pingone.api.openid_configuration().json()["token_endpoint"],
        "iat": now_s,
        "exp": now_s + LIVES_S,
        **more,
    }
    return jose.Draft(header=(("alg", "ES256"), ("typ", "JWT")), claims=tuple(claims.items()))


def _now_s(pingone: PingOne) -> int:
    """What time it is for PingOne: when it issued a token just now (NumericDate)."""
    pingone.forget()
    issued = dict(jose.read(pingone.worker_token()).claims).get("iat")
    if not isinstance(issued, int):
        raise HarnessError("PingOne's access token has no iat, so that nobody knows its time")
    return issued


def asserted(pingone: PingOne, assertion: str) -> httpx.Response:
    """The raw answer to a client that asks for a token with this assertion and nothing else."""
    form = {
        "grant_type": "client_credentials",
        "scope": SCOPE,
        "client_assertion_type": ASSERTION,
        "client_assertion": assertion,
    }
    answer = pingone.api.token(form, client=None)
    pingone.hide_token_of(answer)
    return answer


def grant(pingone: PingOne, client: Client) -> None:
    """The client may ask for the scope, which is that of a resource made for it.

    Source: PingOne management openapi, Resource, ResourceScope, ApplicationResourceGrant.
    """
    api = pingone.api
    resource = pingone.stored("resources", api.add_resource(json={"name": pingone.name("api")}))
    answer = api.add_resource_scope(resource["id"], json={"name": SCOPE})
    scope = pingone.told(answer, 201, "scope")
    body = {"resource": {"id": resource["id"]}, "scopes": [{"id": scope["id"]}]}
    pingone.told(api.add_application_grant(client.id, json=body), 201, "grant of a scope")


def scoped_token(pingone: PingOne, client: Client) -> str:
    """An access token of the client, with the scope that it was granted."""
    form = {"grant_type": "client_credentials", "scope": SCOPE}
    answer = pingone.api.token(form, client=(client.id, client.secret))
    pingone.hide_token_of(answer)
    return str(pingone.told(answer, 200, "token of a client")["access_token"])


def bearer_login(
    product: Product, pingone: PingOne, role: str = "administrator", *, platform: bool = False
) -> str:
    """An access token that is a login in this role, from a client that was made for it.

    NotMeasured on a real product, which keeps its configuration.
    """
    product.restorable(_WHY)
    client = add_client(pingone)
    grant(pingone, client)
    turn_on_bearers(product, pingone, client.id, role, platform=platform)
    return scoped_token(pingone, client)


_WHY = "turns on bearer tokens for the whole product"


def turn_on_bearers(
    product: Product,
    pingone: PingOne,
    client_id: str,
    role: str = "administrator",
    *,
    platform: bool = False,
) -> None:
    """The admin API takes tokens of PingOne, and this client has this role by them.

    NotMeasured on a real product, which keeps its configuration.
    """
    product.restorable(_WHY)
    body = oauth_body(product, pingone, client_id, role, platform=platform)
    answer = product.api.update_oauth_auth(json=body)
    if answer.status_code != 200:
        raise HarnessError(f"bearer tokens could not be turned on: {answer.text[:200]}")


def oauth_body(
    product: Product, pingone: PingOne, client_id: str, role: str, *, platform: bool
) -> Json:
    """A setting that takes tokens of PingOne; its validator is found through the descriptors.

    Source: admin API 7.3, OAuthConfig; the labels of the validator's fields are assumed.
    """
    keys = urlsplit(pingone.api.openid_configuration().json()["jwks_uri"])
    service = product.api.add_third_party_service(
        json={
            "name": product.name("pingone"),
            "targets": [keys.netloc if keys.port else f"{keys.netloc}:443"],
            "secure": True,
            "trustedCertificateGroupId": product.admin.pingone_trust(),
        }
    )
    if service.status_code != 200:
        raise HarnessError(f"no third-party service was made: {service.text[:200]}")
    validator = _validator(product, path=keys.path, service=service.json()["id"])
    return {
        "scope": SCOPE,
        "enabled": True,
        "subjectAttributeName": "client_id",
        "accessTokenValidator": validator,
        "roleMapping": _mapping(role, client_id, platform=platform),
    }


def _mapping(role: str, client_id: str, *, platform: bool) -> Json:
    """A role mapping by which a client of PingOne has this role and nobody another.

    Source: admin API 7.3, RoleMappingConfiguration (administrator required, others optional).
    """
    held = {one: client_id if one == role else "nobody" for one in ROLES}
    attributes = {
        one: [{"attributeName": "client_id", "attributeValue": value}]
        for one, value in held.items()
    }
    return {
        "enabled": True,
        "administrator": {"attributes": attributes["administrator"]},
        "platformAdmin": {"enabled": platform, "attributes": attributes["platformAdmin"]},
        "auditor": {"enabled": True, "attributes": attributes["auditor"]},
    }


def _validator(product: Product, *, path: str, service: str) -> Json:
    wanted = {"JWKS Endpoint Path": path, "Third-Party Service": service}
    for one in product.api.get_access_token_validator_descriptors().json()["items"]:
        keys = {field["label"]: field["name"] for field in one["configurationFields"]}
        if wanted.keys() <= keys.keys():
            configuration = {keys[label]: value for label, value in wanted.items()}
            return {"className": one["className"], "configuration": configuration}
    raise NotMeasured("no access token validator takes the JWKS endpoint of a third-party service")
