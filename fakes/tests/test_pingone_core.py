"""What holds for the core of the fake PingOne as a whole, whatever is asked."""

from __future__ import annotations

import dataclasses
import json
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakes.behaviour import planted
from fakes.message import Request, Response
from fakes.pingone import CORRECT, DEFECTS, Behaviour
from fakes.pingone.compact import read
from fakes.pingone.routes import ROUTES
from fakes.tests.pingone_tenant import (
    EXCHANGE,
    FORM,
    NOBODYS,
    Tenant,
    evaluation,
    gateway,
    listed,
    override,
    predictor,
    scored,
)

REQUIREMENTS = Path(__file__).parents[2] / "harness" / "requirements"

methods = st.sampled_from(["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "NONSENSE"])
json_values: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@pytest.fixture(scope="module")
def tenant() -> Tenant:
    return Tenant()


def expect_answer(answer: Response) -> None:
    """A status of HTTP, headers that can be sent, and JSON where there is a body."""
    assert 200 <= answer.status <= 501
    assert all(value.isprintable() for pair in answer.headers for value in pair)
    page = dict(answer.headers).get("Content-Type", "").startswith("text/html")
    if answer.body and not page:
        json.loads(answer.body)


@st.composite
def paths(draw: st.DrawFn) -> str:
    """A path of a route with any ids, or any path."""
    pattern = draw(st.sampled_from(sorted(ROUTES)))
    ids = st.sampled_from([Tenant().environment_id, NOBODYS, ""]) | st.text()
    for _ in range(pattern.count("{}")):
        pattern = pattern.replace("{}", draw(ids), 1)
    return draw(st.sampled_from([pattern, f"{pattern}/"]) | st.text())


@given(methods, paths(), st.text(), st.binary(), st.tuples(st.text(), st.text()))
def test_no_request_raises(
    method: str, path: str, query: str, body: bytes, headers: tuple[str, str]
) -> None:
    tenant, (content_type, authorization) = Tenant(), headers
    for sent in (
        {"content-type": content_type, "authorization": authorization},
        {"content-type": "application/json", "authorization": f"Bearer {tenant.token}"},
        {"content-type": FORM},
    ):
        expect_answer(tenant.fake.handle(Request(method, path, query, sent, body)))


@given(
    st.sampled_from(["gateways", "riskPredictors", "riskPolicySets", "riskEvaluations"]), st.data()
)
def test_no_json_raises(kind: str, data: st.DataObject) -> None:
    tenant = Tenant()
    bodies = {
        "gateways": gateway(),
        "riskPredictors": predictor("who"),
        "riskPolicySets": {
            "name": "x",
            "riskPolicies": [
                override("geoVelocity", "HIGH", "HIGH"),
                scored({"geoVelocity": 50}, 0, 10, "LOW"),
            ],
        },
        "riskEvaluations": evaluation("u", {"name": "x"}),
    }
    body = _spoiled(bodies[kind], data)
    expect_answer(tenant.call("POST", kind, body))
    expect_answer(tenant.call("PUT", f"{kind}/{NOBODYS}", body))
    expect_answer(tenant.call("GET", kind))
    expect_answer(tenant.call("POST", "riskEvaluations", evaluation("u")))


def _spoiled(body: Any, data: st.DataObject) -> Any:
    """The body with any JSON in the place of one of its values, at any depth."""
    if isinstance(body, dict) and body and data.draw(st.booleans()):
        name = data.draw(st.sampled_from(sorted(body)))
        return {**body, name: _spoiled(body[name], data)}
    if isinstance(body, list) and body and data.draw(st.booleans()):
        return [_spoiled(body[0], data), *body[1:]]
    return data.draw(json_values)


@given(st.text() | st.sampled_from(["e30.e30.e30", "..", "eyJhbGciOiJSUzI1NiJ9.e30.AA"]), st.text())
def test_no_subject_token_raises(text: str, kind: str) -> None:
    tenant = Tenant()
    expect_answer(tenant.exchange(text))
    form = {"grant_type": EXCHANGE, "subject_token_type": kind, "subject_token": text}
    expect_answer(tenant.grant(form))


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"7",
        b'"text"',
        b"\xff\xfe",
        b"\xef\xbb\xbf{}",
        b'{"name":"\xff"}',
        b'{"name":"\\ud800"}',
        b'{"name":1e400}',
        b"[" * 100_000,
        b'{"a":' * 500 + b"1" + b"}" * 500,
        b'{"event":' + b"[" * 300 + b"]" * 300 + b"}",
    ],
    ids=lambda body: repr(body[:20]),
)
@pytest.mark.parametrize("kind", ["gateways", "riskPolicySets", "riskEvaluations"])
def test_a_body_that_is_no_json_object_is_refused(tenant: Tenant, kind: str, body: bytes) -> None:
    answer = tenant.call("POST", kind, body)
    assert (answer.status, answer.json()["code"]) == (400, "INVALID_REQUEST")


def test_a_deep_event_that_is_taken_can_be_read_again(tenant: Tenant) -> None:
    deep: Any = 1
    for _ in range(95):
        deep = [deep]
    made = tenant.evaluated("u", None, browser={"x": deep})
    assert tenant.call("GET", f"riskEvaluations/{made['id']}").json()["event"] == made["event"]


@pytest.mark.parametrize(
    "inner", [b'"' + b"x" * 20_000_000 + b'"', b"[" + b"1," * 10_000_000 + b"1]"]
)
def test_a_body_of_twenty_megabytes_is_answered(tenant: Tenant, inner: bytes) -> None:
    body = b'{"type":"PING_FEDERATE","enabled":true,"name":' + inner + b"}"
    assert tenant.call("POST", "gateways", body).status == 400
    path = f"/{tenant.environment_id}/as/token"
    sent = Request("POST", path, headers={"content-type": FORM}, body=b"grant_type=" + inner)
    assert tenant.fake.handle(sent).status == 400


def test_a_body_of_another_type_is_refused(tenant: Tenant) -> None:
    for content_type in ("", "text/plain", FORM, "application/json-patch+json", "json"):
        answer = tenant.call("POST", "gateways", gateway(), content_type=content_type)
        assert (answer.status, answer.json()["code"]) == (415, "INVALID_REQUEST")
    kind = "Application/JSON ; charset=UTF-8"
    made = tenant.call("POST", "gateways", gateway("typed"), content_type=kind)
    assert made.status == 201


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/", 501),
        ("GET", "/v1/organizations/x/capabilities", 501),
        ("GET", "signOnPolicies", 501),
        ("GET", "riskFeedback", 405),
        ("DELETE", "riskSettings", 405),
        ("GET", f"/{NOBODYS}/as/nonsense", 501),
        ("POST", f"users/{NOBODYS}/password", 501),
        ("GET", "/v1/environments?order=name", 501),
        ("POST", "/v1/roles", 405),
        ("PATCH", "gateways", 405),
        ("DELETE", "riskPredictors", 405),
        ("GET", "riskEvaluations", 405),
        ("DELETE", f"riskEvaluations/{NOBODYS}", 405),
        ("PUT", f"gateways/{NOBODYS}/credentials", 405),
        ("GET", f"/{NOBODYS}/as/token", 405),
        ("PATCH", "/v1/environments", 405),
    ],
)
def test_what_is_not_modelled_is_told_apart_from_what_is_not_allowed(
    tenant: Tenant, method: str, path: str, status: int
) -> None:
    answer = tenant.call(method, path)
    assert answer.status == status
    assert ("does not implement" in answer.json()["message"]) == (status == 501)
    assert ("Allow" in dict(answer.headers)) == (status == 405)


def test_an_environment_without_a_role_is_closed_and_unlisted(tenant: Tenant) -> None:
    other = tenant.fake.second_environment_id
    for method, path, body in (
        ("GET", "", None),
        ("GET", "/gateways", None),
        ("POST", "/gateways", gateway()),
        ("POST", "/riskEvaluations", evaluation("u")),
        ("DELETE", f"/gateways/{NOBODYS}", None),
    ):
        answer = tenant.call(method, f"/v1/environments/{other}{path}", body)
        assert (answer.status, answer.json()["code"]) == (403, "ACCESS_FAILED")
    listed_ones = tenant.call("GET", "/v1/environments").json()["_embedded"]["environments"]
    assert [one["id"] for one in listed_ones] == [tenant.environment_id]


def test_an_environment_that_does_not_exist_is_not_found(tenant: Tenant) -> None:
    assert tenant.call("GET", f"/v1/environments/{NOBODYS}").status == 404
    assert tenant.call("GET", f"/v1/environments/{NOBODYS}/gateways").status == 403


@pytest.mark.parametrize("limit", ["0", "-1", "x", "", "\u0661"])
def test_a_limit_that_is_none_is_refused(tenant: Tenant, limit: str) -> None:
    answer = tenant.call("GET", f"/v1/environments?limit={limit}")
    assert answer.json()["details"][0]["code"] == "INVALID_PARAMETER"
    assert tenant.call("GET", "/v1/environments?limit=1").status == 200


def test_every_link_of_an_object_leads_to_it(tenant: Tenant) -> None:
    made = [
        tenant.gateway("linked"),
        tenant.predictor("linked"),
        tenant.policy_set("linked", []),
        tenant.evaluated("u"),
    ]
    for one in made:
        href = one["_links"]["self"]["href"]
        assert href.startswith("https://api.pingone.com/v1/environments/")
        path = href.removeprefix("https://api.pingone.com")
        assert tenant.call("GET", path).json() == one


def test_every_error_has_the_id_of_its_exchange(tenant: Tenant) -> None:
    first, second = (tenant.call("GET", f"gateways/{NOBODYS}") for _ in range(2))
    assert first.json()["id"] == dict(first.headers)["Correlation-Id"] != second.json()["id"]


def busy(tenant: Tenant) -> list[Response]:
    """One of everything that changes something, and what can be seen of it."""
    made = tenant.gateway("busy")
    credential = tenant.credential(made["id"])
    tenant.exchange(credential["credential"])
    tenant.predictor("busy", high=listed("h"))
    chosen = tenant.policy_set("busy", [override("busy", "HIGH", "HIGH")], default=True)
    done = tenant.evaluated("h", {"id": chosen["id"]})
    tenant.call("PUT", f"riskEvaluations/{done['id']}/event", {"completionStatus": "SUCCESS"})
    return seen(tenant)


def seen(tenant: Tenant) -> list[Response]:
    paths_ = ("gateways", "riskPredictors", "riskPolicySets", "/v1/environments")
    return [tenant.call("GET", path) for path in paths_]


def test_a_seed_always_gives_the_same_answers() -> None:
    assert busy(Tenant(seed=3)) == busy(Tenant(seed=3))
    assert Tenant(seed=3).environment_id != Tenant(seed=4).environment_id


def test_a_snapshot_is_restored_exactly() -> None:
    tenant = Tenant()
    assert tenant.token
    before = tenant.fake.snapshot()
    first = busy(tenant)
    after = tenant.fake.snapshot()

    tenant.fake.restore(before)
    assert tenant.fake.snapshot() == before
    assert busy(tenant) == first
    tenant.gateway("more")
    tenant.fake.restore(after)
    assert tenant.fake.snapshot() == after
    kept = tenant.call("GET", "gateways").json()["_embedded"]["gateways"]
    assert [one["name"] for one in kept] == ["busy"]


def test_a_reset_fake_is_as_good_as_a_new_one() -> None:
    tenant = Tenant()
    new = tenant.fake.snapshot()
    busy(tenant)
    tenant.fake.reset()
    assert tenant.fake.snapshot() == new == Tenant().fake.snapshot()
    del tenant.__dict__["token"]
    assert busy(tenant) == busy(Tenant())


def test_two_fakes_of_one_seed_do_not_disturb_each_other() -> None:
    first, second = Tenant(), Tenant()
    busy(first)
    assert second.call("GET", "gateways").json()["_embedded"]["gateways"] == []
    assert seen(second)[2].json()["count"] == 1


def test_no_repr_shows_a_secret() -> None:
    tenant = Tenant()
    shown = repr(
        (tenant.fake, tenant.fake.snapshot(), tenant.fake.tenant.seeded, read(tenant.token))
    )
    for secret in (tenant.fake.client_secret, tenant.fake.post_client_secret, tenant.token):
        assert secret not in shown


def test_no_answer_shows_the_secret_of_a_client() -> None:
    tenant = Tenant()
    answers = [*busy(tenant), tenant.grant(), tenant.grant({"client_secret": "x"})]
    for secret in (tenant.fake.client_secret, tenant.fake.post_client_secret):
        assert secret not in repr(answers)


def test_every_decision_says_what_it_decides_and_how_that_is_known() -> None:
    for field in dataclasses.fields(Behaviour):
        assert set(field.metadata) == {"doc", "grade", "source"}, field.name
        assert all(field.metadata.values()), field.name
        assert field.metadata["grade"] in ("documented", "observed", "assumed"), field.name


def test_every_must_of_pingone_has_a_defect() -> None:
    musts = {
        row["id"]
        for file in ("pingone.toml", "tokens.toml", "flow.toml")
        for row in tomllib.loads((REQUIREMENTS / file).read_text())["requirement"]
        if row["level"] == "MUST" and (row["id"].startswith("P1-") or row["id"] == "FLOW-001")
    }
    assert musts - {defect.breaks for defect in DEFECTS} == set()


def test_every_defect_is_another_one() -> None:
    assert [key for key, times in Counter(one.id for one in DEFECTS).items() if times > 1] == []
    wrong = Counter((one.field, repr(one.value)) for one in DEFECTS)
    assert [key for key, times in wrong.items() if times > 1] == []


@pytest.mark.parametrize("defect", DEFECTS, ids=lambda defect: defect.id)
def test_a_fake_with_a_defect_still_answers(defect: Any) -> None:
    """A defect is a wrong answer, never an error of the fake."""
    tenant = Tenant(planted(CORRECT, defect))
    tenant.token = tenant.grant().json()["access_token"]
    for method, path, body in (
        ("POST", "gateways", gateway()),
        ("POST", "gateways", gateway()),
        ("POST", "gateways", gateway(enabled=...)),
        ("POST", "riskPredictors", predictor("who")),
        ("POST", "riskPredictors", {**predictor("them"), "map": None}),
        ("POST", "riskPolicySets", {"name": "x", "riskPolicies": [override("who", "HIGH", "LOW")]}),
        ("POST", "riskEvaluations", evaluation("h", {"name": "x"})),
        ("POST", "riskEvaluations", {"event": {"user": {"id": "u"}}}),
    ):
        _everything(tenant, path, tenant.call(method, path, body), body)
    expect_answer(tenant.exchange("e30.e30.e30"))


def _everything(tenant: Tenant, path: str, made: Response, body: object) -> None:
    expect_answer(made)
    expect_answer(tenant.call("GET", path))
    key = made.json().get("id")
    if made.status >= 300 or key is None:
        return
    if path == "gateways":
        credential = tenant.call("POST", f"{path}/{key}/credentials")
        expect_answer(credential)
        expect_answer(tenant.call("GET", f"{path}/{key}/credentials"))
        text = credential.json().get("credential", "")
        for token in (text, text[:-4], text):
            expect_answer(tenant.exchange(token))
    for method in ("GET", "PUT", "GET", "DELETE", "GET"):
        expect_answer(tenant.call(method, f"{path}/{key}", body))
