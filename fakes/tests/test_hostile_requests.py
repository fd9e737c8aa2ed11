"""Nothing that a client can send raises, or is answered 5xx but by 501, on any route."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fakes.message import Request, Response
from fakes.pingaccess.routes import ROUTES
from fakes.pingaccess.vendor_paths import UNMODELLED
from fakes.pingone.routes import ROUTES as PINGONE
from fakes.tests import pingone_tenant as p1
from fakes.tests.hostile import BODIES, QUERIES, TEXTS, Hostile, expect_civil, ids_in
from fakes.tests.pingaccess_bodies import BESIDE, NAMELESS, SETTINGS
from fakes.tests.pingaccess_core import Admin

if TYPE_CHECKING:
    from collections.abc import Mapping

METHODS = ("GET", "POST", "PUT", "DELETE", "PATCH")
METADATA = "/pingone/connections/{}/metadata"
"""The only route that goes outside: these fakes have none."""

HEADERS: Mapping[str, tuple[str, ...]] = {
    "authorization": (
        "",
        "\xff",
        "Basic \xff",
        "Basic Og==",
        "Bearer a.b.c",
        "Bearer " + "." * 999,
    ),
    "content-type": ("", "\xff", "text/html"),
    "cookie": ("\xff", "PingAccess=\xff; =;;", "PA_UI="),
    "x-xsrf-header": ("", "\xff"),
    "x-ping-external-transaction-id": ("1",),
}
STRANGE: tuple[dict[str, str], ...] = (
    *({}, {}, {}),
    *({name.replace("-", "_"): text} for name, texts in HEADERS.items() for text in texts),
)
FORM = ("client_id", "client_secret", "subject_token", "subject_token_type", "scope")
PARTS = ("", "e30", "bnVsbA", "W10", "_", "/w", "e30" * 9000)
"""Parts of a JWT that hold no claims, or none that can be read."""
ROUNDS = 60


def furnished() -> tuple[Admin, dict[str, list[Any]]]:
    """A PingAccess with an object of each kind, and good bodies by path."""
    admin, bodies = Admin(), {path: [body] for path, body in SETTINGS.items()}
    for path, body in {**BESIDE, **NAMELESS}.items():
        made = body(admin, f"of {path}")
        bodies[path] = [made, admin.send("POST", path, made).json()]
    policy, session = admin.risk_policy(), admin.web_session()
    shop = admin.application("/shop", webSessionId=session["id"], applicationType="Web")
    bodies |= {"/riskPolicies": [policy], "/webSessions": [session], "/applications": [shop]}
    bodies["/applications/{}/resources"] = [admin.resource(shop)]
    bodies["/rules"] = [admin.rule()]
    for path in (path for path, methods in ROUTES.items() if "GET" in methods and "{" not in path):
        answer = admin.send("GET", path)
        if answer.body.startswith(b'{"items":'):
            bodies.setdefault(path, []).extend(answer.json()["items"][:3])
    archive = admin.get("/config/export")
    bodies |= {"/config/import": [archive], "/config/import/workflows": [archive]}
    return admin, bodies


ADMIN, ADMIN_BODIES = furnished()
AT_FIRST = ADMIN.fake.snapshot()
ADMIN_IDS = ids_in(ADMIN_BODIES)


@pytest.mark.parametrize("path", sorted({*ROUTES, *UNMODELLED} - {METADATA}))
def test_pingaccess_answers_whatever_is_sent(path: str) -> None:
    good = ADMIN_BODIES.get(path) or ADMIN_BODIES.get(path.removesuffix("/{}"), [])
    known, client = [*ROUTES.get(path, METHODS)], Hostile(path)
    for step in range(ROUNDS):
        if step % 4 == 0:  # what is stored before that is what the others read
            ADMIN.fake.restore(AT_FIRST)
        method = client.one_of([*known, *known, *METHODS])
        body = client.body(good) if method != "GET" else b""
        sent: dict[str, Any] = client.one_of(STRANGE)
        query = client.one_of(("", "", *QUERIES))
        where = client.path(path, ADMIN_IDS)
        expect_civil(ADMIN.send(method, where, query=query, raw=body, **sent))
        for settled in ("/adminSessionInfo", "/authTokenManagement/keySet", "/httpsListeners"):
            expect_civil(ADMIN.send("GET", settled))


@pytest.mark.parametrize("section", sorted(ADMIN_BODIES["/config/import"][0]["data"]))
def test_pingaccess_answers_after_whatever_is_imported(section: str) -> None:
    archive, client = ADMIN_BODIES["/config/import"][0], Hostile(section)
    head = f'{{"version":"{archive["version"]}","data":{{"{section}":'.encode()
    for _ in range(ROUNDS):
        ADMIN.fake.restore(AT_FIRST)
        body = client.body([archive["data"][section]])
        answer = ADMIN.send("POST", "/config/import", raw=head + body + b"}}")
        expect_civil(answer)
        if answer.status == 200:
            for path, methods in ROUTES.items():
                if "GET" in methods and path != METADATA:
                    expect_civil(ADMIN.send("GET", path.replace("{}", "1")))


def furnished_tenant() -> tuple[p1.Tenant, dict[str, list[Any]]]:
    """A PingOne with an object of each kind, and good bodies by path."""
    tenant = p1.Tenant()
    gateway = tenant.gateway()
    predictor = tenant.predictor("abc")
    policies = [
        p1.override("abc", "HIGH", "HIGH"),
        p1.by_address("LOW", "10.0.0.0/8"),
        p1.scored({"abc": 50}, 10, 100, "HIGH"),
    ]
    policy_set = tenant.policy_set("set", policies)
    evaluated = tenant.evaluated("h", {"id": policy_set["id"]})
    environment = {"id": tenant.environment_id}
    listed = tenant.call("GET", "riskPredictors").json()["_embedded"]["riskPredictors"]
    bodies = {
        "gateways": [p1.gateway(), gateway],
        "credentials": [tenant.credential(gateway["id"]), environment],
        "riskPredictors": [p1.predictor("xyz"), predictor, *listed],
        "riskPolicySets": [policy_set],
        "riskEvaluations": [evaluated, p1.evaluation("u", {"id": policy_set["id"]})],
        "event": [{"completionStatus": "SUCCESS"}],
    }
    return tenant, bodies


TENANT, TENANT_BODIES = furnished_tenant()
TENANT_AT_FIRST = TENANT.fake.snapshot()
TENANT_IDS = ids_in(TENANT_BODIES)


@pytest.mark.parametrize("path", sorted(PINGONE))
def test_pingone_answers_whatever_is_sent(path: str) -> None:
    kind = next((step for step in reversed(path.split("/")) if step in TENANT_BODIES), "")
    own, client = path.replace("{}", TENANT.environment_id, 1), Hostile(path)
    known = [*PINGONE[path]]
    for step in range(ROUNDS):
        if step % 4 == 0:
            TENANT.fake.restore(TENANT_AT_FIRST)
        method = client.one_of([*known, *known, *METHODS])
        body = client.body(TENANT_BODIES.get(kind, []))
        where = f"{client.path(own, TENANT_IDS)}?{client.one_of(('', '', *QUERIES))}"
        sent = client.one_of(STRANGE)
        expect_civil(TENANT.call(method, where, body, **sent))


def test_the_token_endpoint_answers_whatever_is_sent() -> None:
    client, where = Hostile("token"), f"/{TENANT.environment_id}/as/token"
    TENANT.fake.restore(TENANT_AT_FIRST)
    texts = [text for text in TEXTS if text.isprintable()]
    for _ in range(ROUNDS):
        form = {name: client.one_of(texts) for name in FORM if client.one_of((True, False))}
        grant = client.one_of(("client_credentials", p1.EXCHANGE, "", "\0"))
        expect_civil(TENANT.grant({**form, "grant_type": grant}))
        parts = str(TENANT_BODIES["credentials"][0]["credential"]).split(".")
        parts[client.one_of(range(3))] = client.one_of(PARTS)
        expect_civil(TENANT.exchange(".".join(parts)))
        raw = client.one_of((b"\xff=\xff", b"%ff=%ff", b"&" * 9999, *BODIES))
        headers = {"content-type": p1.FORM}
        expect_civil(TENANT.fake.handle(Request("POST", where, "", headers, raw)))


@pytest.mark.parametrize(
    "wrong",
    [Response(500), Response(200, (("X", "a\r\nb"),)), Response(200, (("X", "\u202e"),))],
    ids=["500", "a line break in a header", "a header that is not Latin-1"],
)
def test_an_answer_that_cannot_be_carried_is_found(wrong: Response) -> None:
    with pytest.raises((AssertionError, UnicodeEncodeError)):
        expect_civil(wrong)
