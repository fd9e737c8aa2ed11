"""Issuers are asked for their metadata, and PingFederate before its administration is saved."""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from fakes.handles import PingAccess, PingOne
from fakes.network import Proxy
from fakes.outside import Fault, disbelieved
from fakes.served import ServedWorld
from fakes.tests.pingaccess_bodies import SECRET, SETTINGS
from fakes.tests.pingaccess_core import Admin
from fakes.world import World

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakes.message import Response
    from fakes.network import Trust

    Answer = Callable[[httpx.Request], httpx.Response]

ISSUER = "https://auth.example.com/as"
METADATA: dict[str, Any] = {
    "issuer": ISSUER,
    "jwks_uri": f"{ISSUER}/jwks",
    "scopes_supported": ["openid", "profile", "email"],
    "claims_parameter_supported": False,
    "mtls_endpoint_aliases": {"token_endpoint": f"{ISSUER}/mtls"},
    "device_authorization_endpoint": f"{ISSUER}/device",
    "service_documentation": None,
}
SHOWN = {
    name: value
    for name, value in METADATA.items()
    if name not in {"device_authorization_endpoint", "service_documentation"}
}
BY_ISSUER = ("/oidc/provider", "/pingfederate/runtime", "/pingone/customers", "/auth/tokenProvider")
ADMIN = "/pingfederate/admin"


class Outside:
    """A network on which everything is answered in one way."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        self.asked: list[httpx.Request] = []
        self.given: list[tuple[Trust, Proxy | None]] = []

    def client(self, trust: Trust, proxy: Proxy | None = None) -> httpx.Client:
        """A client whose requests are noted."""
        self.given.append((trust, proxy))

        def answered(request: httpx.Request) -> httpx.Response:
            self.asked.append(request)
            return self.answer(request)

        return httpx.Client(transport=httpx.MockTransport(answered))


def told(value: Any = METADATA, status: int = 200) -> Answer:
    return lambda _: httpx.Response(status, json=value)


def asking(answer: Answer | None = None, **decisions: Any) -> tuple[Admin, Outside]:
    """An administrator of a product that is answered so; else with good metadata."""
    admin, outside = Admin(**decisions), Outside(answer or told())
    admin.fake.state.network = outside
    return admin, outside


def sentence(answer: Response) -> str:
    assert (answer.status, answer.json()["form"]) == (422, {}), answer
    (flash,) = answer.json()["flash"]
    return str(flash)


@pytest.mark.parametrize("path", BY_ISSUER)
def test_metadata_are_what_the_issuer_says_as_far_as_the_schema_goes(path: str) -> None:
    admin, outside = asking()
    proxy = admin.add("/proxies", {"name": "out", "host": "proxy.example.com", "port": 8080})
    admin.update("/adminConfig", {"hostPort": "pa:9090", "httpsProxyId": proxy["id"]})
    admin.update(path, {"issuer": ISSUER, "useProxy": True, "trustedCertificateGroupId": 2})
    assert admin.get(f"{path}/metadata") == SHOWN
    (request,) = outside.asked
    assert (request.method, str(request.url)) == (
        "GET",
        f"{ISSUER}/.well-known/openid-configuration",
    )
    ((trust, given),) = outside.given
    assert (trust.anything, given) == (True, Proxy("proxy.example.com", 8080))


def test_the_deprecated_setting_has_no_issuer_but_a_host() -> None:
    admin, outside = asking(told({**METADATA, "issuer": "https://front.example.com"}))
    admin.update("/pingfederate", {"host": "pf.example.com", "port": 9031, "basePath": "/pf"})
    assert admin.get("/pingfederate/metadata")["issuer"] == "https://front.example.com"
    assert str(outside.asked[0].url) == (
        "https://pf.example.com:9031/pf/.well-known/openid-configuration"
    )
    admin.update("/pingfederate", {"host": "pf.example.com", "port": 80, "secure": False})
    admin.get("/pingfederate/metadata")
    assert outside.asked[1].url.scheme == "http"


@pytest.mark.parametrize("path", [*BY_ISSUER, "/pingfederate"])
def test_without_an_issuer_nobody_is_asked(path: str) -> None:
    admin, outside = asking()
    assert "no issuer" in sentence(admin.send("GET", f"{path}/metadata"))
    for issuer in ("none", "ftp://x.example.com", "https://", "https://x.example.com?a=b", "//x"):
        admin.update("/oidc/provider", {"issuer": issuer})
        assert "no issuer" in sentence(admin.send("GET", "/oidc/provider/metadata"))
    assert outside.asked == []


def raising(error: Exception) -> Answer:
    def raised(_: httpx.Request) -> httpx.Response:
        raise error

    return raised


REQUEST = httpx.Request("GET", ISSUER)
FAILURES: list[tuple[Answer, str]] = [
    (raising(httpx.ConnectError("refused")), "No connection to auth.example.com"),
    (raising(httpx.ReadTimeout("late")), "in time"),
    (raising(disbelieved(REQUEST, "unable to get local issuer certificate")), "not trusted"),
    (raising(disbelieved(REQUEST, "self-signed certificate")), "self-signed"),
    (raising(disbelieved(REQUEST, "certificate has expired")), "expired"),
    (raising(disbelieved(REQUEST, "Hostname mismatch, not valid for")), "another host name"),
    (told(status=503), "status 503"),
    (told(status=404), "status 404"),
    (lambda _: httpx.Response(302, headers={"location": "https://x.example.com"}), "status 302"),
    (lambda _: httpx.Response(200, html="<html>Sign in</html>"), "metadata of an OpenID"),
    (lambda _: httpx.Response(200, content=b"\xff"), "metadata of an OpenID"),
    (lambda _: httpx.Response(200, content=b"[" * 100_000), "metadata of an OpenID"),
    (lambda _: httpx.Response(200, content=b'{"issuer":"\\ud800"}'), "metadata"),
    (lambda _: httpx.Response(200, content=b"{" + b" " * 2_000_000), "as expected"),
    (told([METADATA]), "metadata of an OpenID"),
    (told({}), "metadata of an OpenID"),
    (told({**METADATA, "issuer": 1}), "metadata of an OpenID"),
    (told({**METADATA, "scopes_supported": "openid"}), "metadata of an OpenID"),
    (told({**METADATA, "scopes_supported": [1]}), "metadata of an OpenID"),
    (told({**METADATA, "claims_parameter_supported": "no"}), "metadata of an OpenID"),
    (told({**METADATA, "mtls_endpoint_aliases": {"a": 1}}), "metadata of an OpenID"),
    (told({**METADATA, "issuer": "https://other.example.com"}), "another issuer"),
]


@pytest.mark.parametrize(("answer", "why"), FAILURES, ids=range(len(FAILURES)))
def test_what_is_wrong_with_an_issuer_is_said(answer: Answer, why: str) -> None:
    admin, outside = asking(answer)
    admin.update("/oidc/provider", {"issuer": ISSUER})
    assert why in sentence(admin.send("GET", "/oidc/provider/metadata"))
    assert len(outside.asked) == 1
    outside.answer = told()
    assert admin.get("/oidc/provider/metadata") == SHOWN


def test_whether_and_where_an_issuer_is_believed_is_chosen() -> None:
    other = {**METADATA, "issuer": "https://other.example.com"}
    admin, outside = asking(told(other), issuer_compared=False, issuer_path="/metadata")
    admin.update("/oidc/provider", {"issuer": f"{ISSUER}/"})
    assert admin.get("/oidc/provider/metadata")["issuer"] == other["issuer"]
    assert str(outside.asked[0].url) == f"{ISSUER}/metadata"


def provided(admin: Admin, kind: str, path: str) -> None:
    admin.update("/tokenProvider/settings", {"type": kind})
    admin.update(path, {"issuer": ISSUER})


@pytest.mark.parametrize(
    ("kind", "path"),
    [
        ("Common", "/oidc/provider"),
        ("PingFederate", "/pingfederate/runtime"),
        ("PingOneForCustomers", "/pingone/customers"),
    ],
)
def test_the_scopes_are_those_of_the_chosen_provider(kind: str, path: str) -> None:
    admin, _ = asking()
    admin.update("/tokenProvider/settings", {"type": kind})
    assert "no issuer" in sentence(admin.send("GET", "/webSessionManagement/oidcScopes"))
    admin.update(path, {"issuer": ISSUER})
    for where in ("/webSessionManagement/oidcScopes", "/auth/oidc/scopes"):
        assert admin.get(where) == {"scopes": ["profile", "email"], "clientId": None}
        assert admin.get(where, "clientId=pa")["clientId"] == "pa"


def test_pingfederate_may_still_be_set_the_old_way() -> None:
    admin, _ = asking()
    admin.update("/pingfederate", {"host": "pf.example.com", "port": 9031})
    assert admin.get("/webSessionManagement/oidcScopes")["scopes"] == ["profile", "email"]


def test_administrators_may_have_a_provider_of_their_own() -> None:
    admin, outside = asking()
    provided(admin, "Common", "/oidc/provider")
    outside.answer = lambda request: httpx.Response(
        200, json={"issuer": str(request.url)[:-33], "scopes_supported": [request.url.host]}
    )
    admin.update("/auth/tokenProvider", {"issuer": "https://admins.example.com"})
    assert admin.get("/auth/oidc/scopes")["scopes"] == ["admins.example.com"]
    assert admin.get("/webSessionManagement/oidcScopes")["scopes"] == ["auth.example.com"]


def test_which_scopes_are_listed_is_chosen() -> None:
    admin, _ = asking(scopes_left_out=frozenset(), admin_scopes_of_system=False)
    provided(admin, "Common", "/oidc/provider")
    assert admin.get("/webSessionManagement/oidcScopes")["scopes"] == METADATA["scopes_supported"]
    assert "no issuer" in sentence(admin.send("GET", "/auth/oidc/scopes"))
    silent, outside = asking()
    outside.answer = told({"issuer": ISSUER})
    provided(silent, "Common", "/oidc/provider")
    assert silent.get("/webSessionManagement/oidcScopes")["scopes"] == []


def test_pingone_of_the_same_world_is_an_issuer() -> None:
    world = World()
    pingone = PingOne.embedded(world)
    issuer = f"{pingone.auth_url}/{pingone.environment_id}/as"
    with PingAccess.embedded(world).client() as admin:
        assert admin.put("/pingone/customers", json={"issuer": issuer}).status_code == 200
        found = admin.get("/pingone/customers/metadata")
        assert found.json()["token_endpoint"] == f"{issuer}/token"
        assert "device_authorization_endpoint" not in found.json()
        world.outside.put_faults([Fault("auth", "self_signed", times=1)])
        assert "self-signed" in admin.get("/pingone/customers/metadata").json()["flash"][0]
        admin.put("/pingone/customers", json={"issuer": issuer.replace("/as", "x/as")})
        assert "status 404" in admin.get("/pingone/customers/metadata").json()["flash"][0]
        admin.put("/pingone/customers", json={"issuer": "https://nobody.example.com"})
        assert admin.get("/pingone/customers/metadata").status_code == 422


def test_pingone_that_is_served_is_an_issuer() -> None:
    with ServedWorld() as world:
        pingone = PingOne.served(world)
        issuer = f"{pingone.auth_url}/{pingone.environment_id}/as"
        with PingAccess.served(world).client() as admin:
            admin.put("/pingone/customers", json={"issuer": issuer})
            assert admin.get("/pingone/customers/metadata").json()["issuer"] == issuer
            admin.put("/pingone/customers", json={"issuer": "https://127.0.0.1:1/as"})
            answer = admin.get("/pingone/customers/metadata")
            assert "No connection to 127.0.0.1" in answer.json()["flash"][0]


# --- PingFederate ---

BODY = SETTINGS[ADMIN]


def saving(answer: Answer | None = None, **decisions: Any) -> tuple[Admin, Outside]:
    return asking(answer, **{"pingfederate_tested": True, **decisions})


def test_pingfederate_is_asked_with_the_login_before_it_is_saved() -> None:
    admin, outside = saving()
    stored = admin.update(ADMIN, {**BODY, "basePath": "/pf", "trustedCertificateGroupId": 2})
    (request,) = outside.asked
    assert str(request.url) == "https://pf.example.com:9999/pf/pf-admin-api/v1/version"
    login = b64encode(f"Administrator:{SECRET}".encode()).decode()
    assert request.headers["authorization"] == f"Basic {login}"
    assert request.headers["x-xsrf-header"] == "PingFederate"
    assert [trust.anything for trust, _ in outside.given] == [True]
    admin.update(ADMIN, stored)
    assert outside.asked[1].headers["authorization"] == f"Basic {login}"


@pytest.mark.parametrize(
    ("answer", "member"),
    [
        (told({}, 401), "adminPassword"),
        (told({}, 403), "adminPassword"),
        (told({}, 404), "host"),
        (told({}, 302), "host"),
        *((answer, "host") for answer, _ in FAILURES[:6]),
    ],
    ids=range(10),
)
def test_pingfederate_that_does_not_work_is_not_saved(answer: Answer, member: str) -> None:
    admin, outside = saving(answer)
    before = admin.get(ADMIN)
    refusal = admin.send("PUT", ADMIN, BODY)
    assert (refusal.status, set(refusal.json()["form"])) == (422, {member})
    assert SECRET.encode() not in refusal.body
    assert admin.get(ADMIN) == before
    outside.answer = told({})
    assert admin.send("PUT", ADMIN, BODY).status == 200


def test_pingfederate_is_asked_only_where_everything_else_is_in_order() -> None:
    admin, outside = saving()
    assert set(admin.refused("PUT", ADMIN, {**BODY, "port": 0})) == {"port"}
    assert outside.asked == []
    assert set(admin.refused("PUT", ADMIN, {**BODY, "host": "a b\n"})) == {"host"}


@pytest.mark.parametrize("kind", ["OAuth", "Cookie"])
def test_how_pingfederate_is_tested_is_chosen(kind: str) -> None:
    other = {**BODY, "authenticationType": kind}
    for decisions, asked in (
        ({}, 0),
        ({"pingfederate_tested_types": frozenset({kind})}, 1),
        ({"pingfederate_tested": False, "pingfederate_tested_types": frozenset({kind})}, 0),
    ):
        admin, outside = saving(**decisions)
        admin.update(ADMIN, other)
        assert len(outside.asked) == asked
    admin, outside = saving(pingfederate_test_request=("HEAD", "/x"))
    admin.update(ADMIN, {**BODY, "skipHostnameVerification": True, "secure": False})
    assert (outside.asked[0].method, str(outside.asked[0].url)) == (
        "HEAD",
        "http://pf.example.com:9999/x",
    )
    assert outside.given[0][0].anything


def test_an_application_before_pingfederate_uses_what_it_names() -> None:
    admin = Admin()
    rule, host = (
        admin.rule()["id"],
        admin.add("/virtualhosts", {"host": "x.example.com", "port": 1}),
    )
    application = {
        "primaryVirtualHostId": host["id"],
        "policy": [{"type": "Rule", "id": rule}],
    }
    body = {"host": "", "port": 1, "application": application}
    assert set(admin.refused("PUT", "/pingfederate", body)) == {"host"}
    admin.update("/pingfederate", {**body, "host": "pf.example.com"})
    for path in (f"/rules/{rule}", f"/virtualhosts/{host['id']}"):
        refusal = admin.send("DELETE", path)
        assert (refusal.status, "PingFederate" in refusal.json()["flash"][0]) == (422, True)
    missing = {**application, "primaryVirtualHostId": 99, "policy": [{"type": "Rule", "id": 99}]}
    form = admin.refused("PUT", "/pingfederate", {**body, "host": "x", "application": missing})
    assert set(form) == {"application.primaryVirtualHostId", "application.policy[0]"}


def test_the_plugin_of_a_provider_is_one_that_is_installed() -> None:
    admin = Admin()
    (plugin,) = admin.items("/oidc/provider/descriptors")
    assert admin.get(f"/oidc/provider/descriptors/{plugin['type']}") == plugin
    body = {"issuer": ISSUER, "plugin": {"className": "none", "configuration": {}}}
    assert set(admin.refused("PUT", "/oidc/provider", body)) == {"plugin.className"}
