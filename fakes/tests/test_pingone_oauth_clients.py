"""Clients that others wrote agree with the fake PingOne: Authlib, joserfc and a PingAccess."""

from __future__ import annotations

import json
from base64 import b64encode
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit

import httpx
import pytest
from authlib.integrations.requests_client import OAuth2Session
from authlib.oauth2.rfc7523 import ClientSecretJWT, PrivateKeyJWT
from authlib.oauth2.rfc8414 import AuthorizationServerMetadata
from authlib.oidc.discovery import OpenIDProviderMetadata
from joserfc import jwt
from joserfc.errors import BadSignatureError, JoseError
from joserfc.jwk import KeySet, RSAKey

from fakes.handles import PingAccess, PingOne
from fakes.pingone.platform.users import IMPORT
from fakes.tests.pingone_logins import BACK, PASSWORD, application
from fakes.tests.pingone_site import Site, site_of
from fakes.world import World

if TYPE_CHECKING:
    from collections.abc import Iterator

PLUGIN = "com.pingidentity.pa.accesstokenvalidators.JwksEndpoint"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with site_of(tmp_path_factory.mktemp("ca") / "ca.pem") as site:
        yield site


def session_of(site: Site, *args: Any, **kwargs: Any) -> OAuth2Session:
    """An Authlib client that trusts the fake."""
    session = OAuth2Session(*args, **kwargs)
    session.verify, session.trust_env = site.ca_file, False
    return session


def keys_of(site: Site) -> KeySet:
    """The JWK Set, as joserfc reads it."""
    return KeySet.import_key_set(site.plain.get(f"{site.issuer}/jwks").json())


@pytest.mark.parametrize("oidc", [True, False])
def test_authlib_accepts_the_metadata(site: Site, oidc: bool) -> None:
    url = f"{site.issuer}/.well-known/openid-configuration"
    parts = urlsplit(site.issuer)
    if not oidc:
        url = f"{parts.scheme}://{parts.netloc}/.well-known/oauth-authorization-server{parts.path}"
    document = site.plain.get(url).json()
    metadata = (OpenIDProviderMetadata if oidc else AuthorizationServerMetadata)(document)
    metadata.validate()
    assert metadata.issuer == site.issuer


@pytest.mark.parametrize("method", ["client_secret_basic", "client_secret_post"])
def test_authlib_gets_a_token_that_joserfc_verifies(site: Site, method: str) -> None:
    worker = {"type": "WORKER", "grantTypes": ["CLIENT_CREDENTIALS"]}
    key, secret = site.client(method, **worker, tokenEndpointAuthMethod=method.upper())
    with session_of(site, key, secret, token_endpoint_auth_method=method) as session:
        token = session.fetch_token(f"{site.issuer}/token", grant_type="client_credentials")

    read = jwt.decode(token["access_token"], keys_of(site), algorithms=["RS256"])
    registry = jwt.JWTClaimsRegistry(
        iss={"essential": True, "value": site.issuer},
        aud={"essential": True, "value": site.served.pingone_url},
        exp={"essential": True},
    )
    registry.validate(read.claims)
    assert read.claims["client_id"] == key
    assert read.header["kid"] in [one.kid for one in keys_of(site).keys]


def test_joserfc_refuses_what_was_changed(site: Site) -> None:
    token = site.handle.access_token()
    header, claims, signature = token.split(".")
    with pytest.raises(BadSignatureError):
        jwt.decode(f"{header}.{claims}.{signature[:-6]}AAAAAA", keys_of(site), algorithms=["RS256"])
    with pytest.raises(JoseError):
        jwt.decode(f"eyJhbGciOiJub25lIn0.{claims}.", keys_of(site), algorithms=["RS256"])


def test_authlib_asserts_by_secret(site: Site) -> None:
    worker = {"type": "WORKER", "grantTypes": ["CLIENT_CREDENTIALS"]}
    key, secret = site.client("by secret", **worker, tokenEndpointAuthMethod="CLIENT_SECRET_JWT")
    endpoint = f"{site.issuer}/token"
    with session_of(site, key, secret, token_endpoint_auth_method="client_secret_jwt") as session:
        session.register_client_auth_method(ClientSecretJWT(endpoint))
        assert session.fetch_token(endpoint, grant_type="client_credentials")["access_token"]


def test_authlib_asserts_by_key(site: Site) -> None:
    own = RSAKey.generate_key(2048, {"kid": "mine"})
    worker = {"type": "WORKER", "grantTypes": ["CLIENT_CREDENTIALS"]}
    keys = json.dumps({"keys": [own.as_dict(private=False)]})
    method = "PRIVATE_KEY_JWT"
    key, _ = site.client("by key", **worker, tokenEndpointAuthMethod=method, jwks=keys)
    endpoint = f"{site.issuer}/token"
    with session_of(site, key, own, token_endpoint_auth_method="private_key_jwt") as session:
        session.register_client_auth_method(PrivateKeyJWT(endpoint))
        assert session.fetch_token(endpoint, grant_type="client_credentials")["access_token"]


def test_authlib_logs_a_user_in(site: Site) -> None:
    body = {"username": "grace", "password": {"value": PASSWORD}}
    user = site.made("/users", body, IMPORT)
    key, secret = site.client("login", tokenEndpointAuthMethod="CLIENT_SECRET_BASIC")
    site.granted(key, "buy")
    verifier = "v" * 48
    with session_of(
        site, key, secret, scope="openid buy", redirect_uri=BACK, code_challenge_method="S256"
    ) as session:
        url, state = session.create_authorization_url(
            f"{site.issuer}/authorize", code_verifier=verifier, nonce="n"
        )
        with site.browser() as browser:
            back = browser.logged_in(url, "grace")
        token = session.fetch_token(
            f"{site.issuer}/token", authorization_response=back, state=state, code_verifier=verifier
        )
        identity = jwt.decode(token["id_token"], keys_of(site), algorithms=["RS256"])
        jwt.JWTClaimsRegistry(
            iss={"essential": True, "value": site.issuer},
            aud={"essential": True, "value": key},
            sub={"essential": True, "value": user["id"]},
            nonce={"essential": True, "value": "n"},
        ).validate(identity.claims)
        assert session.get(f"{site.issuer}/userinfo").json()["sub"] == user["id"]
        told = session.introspect_token(f"{site.issuer}/introspect", token=token["access_token"])
        assert (told.json()["active"], told.json()["aud"]) == (True, ["urn:buy"])
        again = session.refresh_token(f"{site.issuer}/token")
        assert again["refresh_token"] != token["refresh_token"]
        session.revoke_token(  # type: ignore[no-untyped-call]
            f"{site.issuer}/revoke", token=again["access_token"]
        )
        told = session.introspect_token(f"{site.issuer}/introspect", token=again["access_token"])
        assert told.json() == {"active": False}


class Automation:
    """A client of PingOne whose tokens are for an admin API, and a PingAccess that takes them."""

    def __init__(self, **attributes: str) -> None:
        self.world = World()
        self.pingone = PingOne.embedded(self.world)
        with self.pingone.client() as admin:
            members = {"type": "SERVICE", "grantTypes": ["CLIENT_CREDENTIALS"]}
            self.app = _added(admin, "/applications", application("automation", **members))
            resource = _added(admin, "/resources", {"name": "pa", "audience": "urn:pingaccess"})
            scope = _added(admin, f"/resources/{resource['id']}/scopes", {"name": "admin"})
            for name, value in attributes.items():
                body = {"name": name, "value": value}
                _added(admin, f"/resources/{resource['id']}/attributes", body)
            grant = {"resource": {"id": resource["id"]}, "scopes": [{"id": scope["id"]}]}
            _added(admin, f"/applications/{self.app['id']}/grants", grant)
            path = f"/applications/{self.app['id']}/secret"
            self.secret = admin.get(path).json()["secret"]

    def taken_by_pingaccess(self, roles: Any = None) -> None:
        """From now on the PingAccess takes bearer tokens, with these roles."""
        with PingAccess.embedded(self.world).client() as pingaccess:
            _trusting(pingaccess, self.world, self.pingone, roles)

    def token(self) -> str:
        """An access token that the client gets for itself."""
        form = {"grant_type": "client_credentials", "scope": "admin"}
        form |= {"client_id": self.app["id"], "client_secret": self.secret}
        with httpx.Client(transport=self.world.transport()) as client:
            answer = client.post(
                f"{self.pingone.auth_url}/{self.pingone.environment_id}/as/token",
                content=urlencode(form),
                headers={"Content-Type": "application/x-www-form-urlencoded"},
            )
        return str(answer.raise_for_status().json()["access_token"])

    def asked(self, token: str, method: str, path: str, body: Any = None) -> httpx.Response:
        """The answer of the PingAccess to a request with the token."""
        headers = {"X-XSRF-Header": "PingAccess", "Authorization": f"Bearer {token}"}
        url = f"{PingAccess.embedded(self.world).admin_url}/pa-admin-api/v3{path}"
        with httpx.Client(transport=self.world.transport()) as client:
            return client.request(method, url, json=body, headers=headers)


PROXY = {"name": "p", "host": "h", "port": 1}


def test_a_token_of_pingone_admits_an_administrator_of_pingaccess() -> None:
    """A client's own token for a custom resource, read through a JWKS third-party service."""
    automation = Automation()
    token = automation.token()
    assert automation.asked(token, "GET", "/proxies").status_code == 401
    automation.taken_by_pingaccess()
    shown = automation.asked(token, "GET", "/adminSessionInfo").json()
    assert (shown["sub"], shown["roles"]) == (automation.app["id"], ["ADMINISTRATOR"])
    assert automation.asked(token, "POST", "/proxies", PROXY).status_code == 200
    worker = automation.pingone.access_token()
    assert automation.asked(worker, "GET", "/proxies").status_code == 401
    automation.world.clock.advance(3600)
    assert automation.asked(token, "GET", "/proxies").status_code == 401


def test_a_key_that_pingone_replaces_is_found_by_pingaccess() -> None:
    automation = Automation()
    automation.taken_by_pingaccess()
    world, before = automation.world, automation.token()
    shown = world.signing_keys("add", {})
    world.signing_keys("switch", {"name": shown["keys"][-1]["name"]})
    for token in (before, automation.token()):
        assert automation.asked(token, "GET", "/proxies").status_code == 200
    world.signing_keys("retire", {"name": shown["keys"][0]["name"]})
    assert automation.asked(before, "GET", "/proxies").status_code == 401
    assert automation.asked(automation.token(), "GET", "/proxies").status_code == 200


@pytest.mark.parametrize(
    ("group", "read", "written"), [("admins", 200, 200), ("auditors", 200, 403), ("x", 403, 403)]
)
def test_a_claim_of_pingone_is_a_role_in_pingaccess(group: str, read: int, written: int) -> None:
    automation = Automation(group=group)
    members = [
        {"attributes": [{"attributeName": "group", "attributeValue": name}], "enabled": True}
        for name in ("admins", "auditors")
    ]
    administrator = {"attributes": members[0]["attributes"]}
    automation.taken_by_pingaccess(
        {"enabled": True, "administrator": administrator, "auditor": members[1]}
    )
    token = automation.token()
    assert automation.asked(token, "GET", "/proxies").status_code == read
    assert automation.asked(token, "POST", "/proxies", PROXY).status_code == written


def _added(client: httpx.Client, path: str, body: dict[str, Any]) -> dict[str, Any]:
    return dict(client.post(path, json=body).raise_for_status().json())


def _trusting(pingaccess: httpx.Client, world: World, pingone: PingOne, roles: Any) -> None:
    """The PingAccess takes bearer tokens that the environment's keys verify."""
    data = b64encode(world.pingone_ca_pem.encode()).decode()
    certificate = _added(pingaccess, "/certificates", {"alias": "ca", "fileData": data})
    group = _added(
        pingaccess, "/trustedCertificateGroups", {"name": "ca", "certIds": [certificate["id"]]}
    )
    service = _added(
        pingaccess,
        "/thirdPartyServices",
        {
            "name": "PingOne",
            "targets": [f"{urlsplit(pingone.auth_url).netloc}:443"],
            "secure": True,
            "trustedCertificateGroupId": group["id"],
        },
    )
    path = f"/{pingone.environment_id}/as"
    validator = {
        "path": f"{path}/jwks",
        "issuer": f"{pingone.auth_url}{path}",
        "audience": "urn:pingaccess",
        "subjectAttributeName": "client_id",
        "thirdPartyService": service["id"],
    }
    body = {
        "enabled": True,
        "scope": "admin",
        "roleMapping": roles,
        "accessTokenValidator": {"className": PLUGIN, "configuration": validator},
    }
    pingaccess.put("/auth/oauth", json=body).raise_for_status()
