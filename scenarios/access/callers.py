"""Callers of the admin API without a password: by the cookie of a session, by a bearer token."""

from dataclasses import dataclass
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlsplit

import httpx

from harness.checks import expect_status, not_measured
from harness.errors import HarnessError
from harness.product import PingOne, Product

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody who calls with this header and without a password."""

    product: Product
    headers: dict[str, str | None]

    def asks(self, method: str, path: str, json: object = None) -> httpx.Response:
        """The raw answer to the caller."""
        request = self.product.api.request
        if json is None:
            return request(method, path, login=None, headers=self.headers)
        return request(method, path, login=None, headers=self.headers, json=json)


def session(product: Product) -> Caller:
    """Whoever holds the cookie of a new session; not measured where none is given.

    No document names the cookie, or what begins a session: it is what adminSessionInfo sets.
    """
    answer = expect_status(product.api.admin_session_info(), 200)
    jar: SimpleCookie = SimpleCookie()
    for value in answer.headers.get_list("set-cookie"):
        jar.load(value)
    held = "; ".join(f"{name}={morsel.value}" for name, morsel in jar.items() if morsel.value)
    if not held:
        not_measured("adminSessionInfo sets no cookie for a caller with a password")
    return Caller(product, {"cookie": held})


ROLES = ("administrator", "platformAdmin", "auditor")


def mapping(role: str, pingone: PingOne, *, platform: bool) -> Json:
    """A role mapping by which the worker of PingOne has this role and nobody another.

    Source: admin API 7.3, RoleMappingConfiguration (administrator required, others optional).
    """
    held = {one: pingone.client_id if one == role else "nobody" for one in ROLES}
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


def oauth_body(product: Product, pingone: PingOne, role: str, *, platform: bool) -> Json:
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
        "scope": "paconform",
        "enabled": True,
        "subjectAttributeName": "client_id",
        "accessTokenValidator": validator,
        "roleMapping": mapping(role, pingone, platform=platform),
    }


def _validator(product: Product, *, path: str, service: str) -> Json:
    wanted = {"JWKS Endpoint Path": path, "Third-Party Service": service}
    for one in product.api.get_access_token_validator_descriptors().json()["items"]:
        keys = {field["label"]: field["name"] for field in one["configurationFields"]}
        if wanted.keys() <= keys.keys():
            configuration = {keys[label]: value for label, value in wanted.items()}
            return {"className": one["className"], "configuration": configuration}
    return not_measured("no access token validator has the fields of a JWKS endpoint")


def bearer(product: Product, pingone: PingOne) -> Caller:
    """Whoever holds a token of PingOne's worker."""
    return Caller(product, {"authorization": f"Bearer {pingone.worker_token()}"})


def in_role(product: Product, pingone: PingOne, role: str, *, platform: bool = True) -> Caller:
    """A caller in this role; not measured where no token with the scope can be had.

    Source: OAuthConfig.scope (required to access the API); PingOne: workers have no scopes, and
    no other application can be made with the operations that the suite uses.
    """
    product.restorable("turns on bearer tokens for the whole product")
    body = oauth_body(product, pingone, role, platform=platform)
    answer = product.api.update_oauth_auth(json=body)
    if answer.status_code != 200:
        raise HarnessError(f"bearer tokens could not be turned on: {answer.text[:200]}")
    caller = bearer(product, pingone)
    if caller.asks("GET", "/version").status_code == 401:
        not_measured("a worker of PingOne has no scopes, and the admin API asks for one")
    return caller
