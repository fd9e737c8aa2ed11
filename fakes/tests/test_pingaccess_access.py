"""Sessions of the console, bearer tokens, and what each role may do."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import httpx
import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key

from fakes.clock import EPOCH_S
from fakes.pingaccess.system.singletons import unset
from fakes.tests.pingaccess_bodies import PLUGIN
from fakes.tests.pingaccess_core import Admin, good

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakes.message import Response
    from fakes.network import Proxy, Trust

ISSUER = "https://auth.example.com/as"
KEY = generate_private_key(65537, 2048)
JWK = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key())) | {"kid": "one"}
NOBODY: tuple[str, str] | None = None


class Issuer:
    """A network on which one host answers: with a key set, unless told otherwise."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.trusts: list[Trust] = []
        self.answer: Callable[[], httpx.Response] = lambda: httpx.Response(
            200, json={"keys": [JWK]}
        )

    def client(self, trust: Trust, proxy: Proxy | None = None) -> httpx.Client:
        """A client whose every request the issuer answers."""
        assert proxy is None
        self.trusts.append(trust)

        def answered(request: httpx.Request) -> httpx.Response:
            self.asked.append(str(request.url))
            return self.answer()

        return httpx.Client(transport=httpx.MockTransport(answered))


THIRD_PARTY = frozenset({"accessTokenValidators/JwksEndpoint.thirdPartyService"})
"""What a release needs for tokens of whoever is not its token provider."""


class Secured(Admin):
    """An administrator of a product that takes bearer tokens."""

    def __init__(self, roles: Any = None, **decisions: Any) -> None:
        super().__init__(**{"more_plugin_fields": THIRD_PARTY, **decisions})
        self.issuer = Issuer()
        self.fake.state.network = self.issuer
        service = self.add(
            "/thirdPartyServices",
            {"name": "issuer", "targets": ["auth.example.com:443"], "secure": True},
        )
        validator = {"path": "/jwks", "issuer": ISSUER, "audience": "pa"}
        self.update(
            "/auth/oauth",
            {
                "enabled": True,
                "scope": "admin",
                "roleMapping": roles,
                "accessTokenValidator": {
                    "className": f"{PLUGIN}accesstokenvalidators.JwksEndpoint",
                    "configuration": {**validator, "thirdPartyService": service["id"]},
                },
            },
        )

    def bearing(self, method: str, path: str, body: Any = ..., **claims: Any) -> Response:
        """The answer to a request with a token of these claims, good but for them."""
        return self.send(
            method, path, body, login=NOBODY, authorization=f"Bearer {token(**claims)}"
        )


def token(*, key: Any = KEY, kid: str = "one", algorithm: str = "RS256", **claims: Any) -> str:
    good_ones = {
        "iss": ISSUER,
        "aud": "pa",
        "sub": "ada",
        "scope": "openid admin",
        "exp": EPOCH_S + 60,
    }
    kept = {name: value for name, value in (good_ones | claims).items() if value is not None}
    return jwt.encode(kept, key, algorithm, {"kid": kid})


def role(name: str, *, enabled: bool = True) -> dict[str, Any]:
    return {
        "enabled": enabled,
        "attributes": [{"attributeName": "group", "attributeValue": name}],
    }


ROLES = {
    "enabled": True,
    "administrator": {"attributes": role("admins")["attributes"]},
    "platformAdmin": role("platform"),
    "auditor": role("auditors"),
}


def test_a_good_token_is_a_login() -> None:
    admin = Secured()
    assert admin.bearing("GET", "/version").status == 200
    assert admin.issuer.asked == ["https://auth.example.com/jwks"]
    shown = admin.bearing("GET", "/adminSessionInfo").json()
    assert (shown["sub"], shown["roles"]) == ("ada", ["ADMINISTRATOR"])
    proxy = {"name": "p", "host": "h", "port": 1}
    assert admin.bearing("POST", "/proxies", proxy).status == 200


@pytest.mark.parametrize(
    "claims",
    [
        {"exp": EPOCH_S},
        {"exp": None},
        {"exp": "soon"},
        {"nbf": EPOCH_S + 1},
        {"iss": "https://other.example.com"},
        {"iss": None},
        {"aud": "other"},
        {"scope": "openid"},
        {"scope": None},
        {"scope": 1},
        {"kid": "other"},
        {"key": generate_private_key(65537, 2048)},
        {"key": "x" * 32, "algorithm": "HS256"},
        {"key": None, "algorithm": "none"},
    ],
    ids=range(14),
)
def test_a_token_that_is_not_good_is_no_login(claims: dict[str, Any]) -> None:
    admin = Secured()
    assert admin.bearing("GET", "/version").status == 200
    answer = admin.bearing("GET", "/version", **claims)
    assert answer.status == 401
    assert "www-authenticate" in {name.lower() for name, _ in answer.headers}


def test_a_padded_token_is_a_login_only_where_it_is_read_loosely() -> None:
    sent: Any = {"login": NOBODY, "authorization": f"Bearer {token()}=="}
    assert Secured().send("GET", "/version", **sent).status == 401
    assert Secured(bearer_read_strictly=False).send("GET", "/version", **sent).status == 200


def test_a_token_whose_json_is_not_utf_8_is_a_login_only_where_it_is_read_loosely() -> None:
    good = json.loads(jwt.utils.base64url_decode(token().split(".")[1]))
    text = jwt.api_jws.encode(json.dumps(good).encode("utf-16"), KEY, "RS256", {"kid": "one"})
    sent: Any = {"login": NOBODY, "authorization": f"Bearer {text}"}
    assert Secured().send("GET", "/version", **sent).status == 401
    assert Secured(bearer_read_strictly=False).send("GET", "/version", **sent).status == 200


@pytest.mark.parametrize("text", ["", ".", "a.b.c", "e30.e30.", "\x00", "a" * 10_000], ids=range(6))
def test_what_is_no_token_is_no_login(text: str) -> None:
    answer = Secured().send("GET", "/version", login=NOBODY, authorization=f"Bearer {text}")
    assert answer.status == 401


@pytest.mark.parametrize(
    "answer",
    [
        lambda: httpx.Response(500),
        lambda: httpx.Response(200, content=b"nonsense"),
        lambda: httpx.Response(200, json={"keys": "none"}),
        lambda: httpx.Response(200, json=[]),
        lambda: httpx.Response(200, json={"keys": [1, {}, {"kid": "one", "kty": "none"}]}),
        lambda: httpx.Response(302, headers={"location": "https://elsewhere.example.com"}),
        lambda: httpx.Response(200, content=b"[" * 100_000),
        lambda: httpx.Response(200, json={"keys": [JWK], "padding": "x" * 2**21}),
    ],
    ids=["failure", "nonsense", "no list", "no object", "no key", "redirect", "deep", "large"],
)
def test_no_token_is_good_without_its_key(answer: Callable[[], httpx.Response]) -> None:
    admin = Secured()
    admin.issuer.answer = answer
    assert admin.bearing("GET", "/version").status == 401


def test_an_issuer_that_is_down_lets_nobody_in() -> None:
    def down() -> httpx.Response:
        raise httpx.ConnectError("down")

    admin = Secured()
    admin.issuer.answer = down
    assert admin.bearing("GET", "/version").status == 401


@pytest.mark.parametrize("name", [["sub"], {"sub": 1}, 5], ids=["list", "object", "number"])
def test_a_subject_of_an_archive_that_is_no_name_is_nobodys(name: Any) -> None:
    admin = Secured()
    archive = admin.get("/config/export")
    validator = archive["data"]["adminAuthOAuth"]["accessTokenValidator"]
    validator["configuration"]["subjectAttributeName"] = name
    assert admin.send("POST", "/config/import", archive).status == 200
    assert admin.bearing("GET", "/adminSessionInfo").json()["sub"] == ""


def test_a_token_counts_only_where_oauth_is_on() -> None:
    admin = Secured()
    settings = admin.get("/auth/oauth")
    admin.update("/auth/oauth", {**settings, "enabled": False})
    assert admin.bearing("GET", "/version").status == 401
    admin.update("/auth/oauth", {**settings, "accessTokenValidator": None})
    assert admin.bearing("GET", "/version").status == 401
    assert admin.issuer.asked == []


@pytest.mark.parametrize(
    ("groups", "roles"),
    [
        ("admins", ["ADMINISTRATOR"]),
        (["admins", "auditors"], ["ADMINISTRATOR", "AUDITOR"]),
        ("platform", ["PLATFORM_ADMIN"]),
        ("others", None),
        (None, None),
    ],
)
def test_attributes_make_the_roles(groups: Any, roles: list[str] | None) -> None:
    answer = Secured(ROLES).bearing("GET", "/adminSessionInfo", group=groups)
    assert answer.status == (403 if roles is None else 200)
    if roles is not None:
        assert answer.json()["roles"] == roles


MAY = [
    ("admins", "GET", "/users", 200),
    ("admins", "GET", "/auth/basic", 200),
    ("admins", "PUT", "/auth/basic", 403),
    ("admins", "PUT", "/environment", 403),
    ("admins", "PUT", "/users/1", 403),
    ("admins", "PUT", "/httpConfig/monitoring", 200),
    ("admins", "GET", "/config/export", 200),
    ("platform", "PUT", "/auth/basic", 200),
    ("platform", "PUT", "/environment", 200),
    ("auditors", "GET", "/sites", 200),
    ("auditors", "GET", "/auth/oauth", 200),
    ("auditors", "PUT", "/httpConfig/monitoring", 403),
    ("auditors", "POST", "/sites", 403),
    ("auditors", "DELETE", "/virtualhosts/1", 403),
    ("auditors", "GET", "/config/export", 403),
    ("auditors", "GET", "/config/import/workflows", 403),
    ("auditors", "GET", "/backup", 403),
    ("auditors", "GET", "/agents/1/config/1", 403),
    ("auditors", "DELETE", "/adminSessionInfo", 200),
]
BODIES = {
    "/auth/basic": {"enabled": True},
    "/environment": {"name": "Test"},
    "/httpConfig/monitoring": {"auditLevel": "ON"},
}


@pytest.mark.parametrize(("group", "method", "path", "status"), MAY)
def test_a_role_decides_what_its_callers_may_do(
    group: str, method: str, path: str, status: int
) -> None:
    admin = Secured(ROLES)
    body = BODIES.get(path, {}) if method in {"PUT", "POST"} else ...
    assert admin.bearing(method, path, body, group=group).status == status
    unchecked = Secured(ROLES, roles_checked=False)
    assert unchecked.bearing(method, path, body, group=group).status != 403


def test_without_platform_administrators_an_administrator_may_do_everything() -> None:
    admin = Secured(ROLES | {"platformAdmin": role("platform", enabled=False)})
    assert admin.bearing("PUT", "/environment", {"name": "x"}, group="admins").status == 200
    assert admin.bearing("GET", "/sites", group="platform").status == 403


def test_passwords_can_be_turned_off_and_tokens_turn_them_on_again() -> None:
    admin = Secured()
    admin.update("/auth/basic", {"enabled": False})
    assert admin.send("GET", "/version").status == 401
    assert admin.bearing("PUT", "/auth/basic", {"enabled": True}).status == 200
    assert admin.send("GET", "/version").status == 200


def cookie_of(answer: Response) -> str:
    """The cookie that an answer sets."""
    return next(value for name, value in answer.headers if name == "Set-Cookie").split(";")[0]


def by_cookie(admin: Admin, method: str, path: str, cookie: str) -> Response:
    return admin.send(method, path, login=NOBODY, cookie=cookie)


def test_a_session_begins_lasts_and_ends() -> None:
    admin = Admin()
    begun = admin.send("GET", "/adminSessionInfo")
    shown = good(begun)
    assert (shown["iat"], shown["exp"]) == (EPOCH_S, EPOCH_S + 30 * 60)
    assert (shown["sub"], shown["roles"]) == ("Administrator", ["ADMINISTRATOR"])
    cookie = cookie_of(begun)
    assert by_cookie(admin, "GET", "/sites", cookie).status == 200
    assert by_cookie(admin, "GET", "/sites", f"a=b; {cookie}; c=d").status == 200
    assert by_cookie(admin, "GET", "/sites", f"{cookie}x").status == 401
    ended = by_cookie(admin, "DELETE", "/adminSessionInfo", cookie)
    assert cookie_of(ended).endswith("=")
    assert by_cookie(admin, "GET", "/sites", cookie).status == 401


def test_a_session_that_is_used_lives_until_it_is_too_old() -> None:
    admin = Admin()
    cookie = cookie_of(admin.send("GET", "/adminSessionInfo"))
    for _ in range(11):
        admin.clock.advance(20 * 60)
        assert by_cookie(admin, "GET", "/adminSessionInfo", cookie).status == 200
    admin.clock.advance(19 * 60)
    shown = by_cookie(admin, "GET", "/adminSessionInfo/checkOnly", cookie).json()
    assert (shown["exp"], shown["showWarning"]) == (EPOCH_S + 240 * 60, True)
    admin.clock.advance(60)
    assert by_cookie(admin, "GET", "/adminSessionInfo", cookie).status == 401


def test_looking_only_does_not_make_a_session_last_longer() -> None:
    admin = Admin()
    cookie = cookie_of(admin.send("GET", "/adminSessionInfo"))
    admin.clock.advance(29 * 60)
    check = by_cookie(admin, "GET", "/adminSessionInfo/checkOnly", cookie)
    assert check.json()["exp"] == EPOCH_S + 30 * 60
    admin.clock.advance(60)
    assert by_cookie(admin, "GET", "/sites", cookie).status == 401


def test_the_times_of_a_session_are_those_of_the_setting() -> None:
    admin = Admin()
    settings = admin.get("/auth/webSession")
    admin.update("/auth/webSession", {**settings, "idleTimeoutInMinutes": 1})
    cookie = cookie_of(admin.send("GET", "/adminSessionInfo"))
    admin.clock.advance(60)
    assert by_cookie(admin, "GET", "/sites", cookie).status == 401


def test_the_oldest_session_makes_room() -> None:
    admin = Admin(sessions_most=2)
    first, *others = [cookie_of(admin.send("GET", "/adminSessionInfo")) for _ in range(3)]
    assert by_cookie(admin, "GET", "/sites", first).status == 401
    assert all(by_cookie(admin, "GET", "/sites", one).status == 200 for one in others)


def test_a_cookie_is_no_login_without_the_header_against_forgery() -> None:
    admin = Admin()
    cookie = cookie_of(admin.send("GET", "/adminSessionInfo"))
    answer = admin.send("GET", "/sites", login=NOBODY, cookie=cookie, x_xsrf_header="other")
    assert answer.status == 403


def test_an_export_knows_of_no_session() -> None:
    admin = Admin()
    cookie = cookie_of(admin.send("GET", "/adminSessionInfo"))
    assert cookie.partition("=")[2].encode() not in admin.send("GET", "/config/export").body


def test_every_setting_of_logins_is_whole() -> None:
    from fakes.pingaccess.access.administration import ADMINISTRATION  # noqa: PLC0415

    admin = Admin()
    for entity in ADMINISTRATION:
        assert admin.get(entity.path).keys() == unset(entity).keys()
