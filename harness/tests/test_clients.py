"""Requests are written as the vendor documents them, and every answer is kept as it came."""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from harness.clients.admin_operations import KINDS, OPERATIONS, REPLACING
from harness.clients.wire import path_of, query_of
from harness.errors import HarnessError, NoAnswer, NonConformance, NotMeasured, Unreachable
from harness.product.made import DELETERS
from harness.recorder import Record
from harness.tests.answering import DOOR_TOKEN, PASSWORD, SECRET, Asked, session

if TYPE_CHECKING:
    from collections.abc import Callable

    from harness.product import Scenario

V3 = "/pa-admin-api/v3"
BASIC = "Basic " + b64encode(f"Administrator:{PASSWORD}".encode()).decode()
TOKEN_PATH = "POST /env-1/as/token"
MAKING_NOTHING = frozenset(
    {
        "add_config_export_workflow",
        "export_key_pair_pem",
        "export_key_pair_pkcs12",
        "get_admin_replica_file",
        "get_engine_config_file",
        "get_engine_registration_jwt",
        "post_import_csr_response",
        "post_import_license",
    }
)
BELOW_A_SERVER = frozenset({"add_acme_account", "add_acme_certificate_request"})
"""Their objects go with the ACME server that they are of."""


@pytest.fixture
def asked() -> Asked:
    """What the product is asked; the worker gets a token."""
    found = Asked()
    found.answers[TOKEN_PATH] = (200, {"access_token": "worker-token"})
    return found


@pytest.fixture
def scenario(asked: Asked) -> Scenario:
    """A scenario of a run against it."""
    return session(asked).scenario(Record("a scenario", ("X-1",)))


# --- PingAccess


def test_an_operation_is_sent_as_documented(asked: Asked, scenario: Scenario) -> None:
    """Basic login, the XSRF header and JSON (PingAccess, admin API endpoints)."""
    scenario.product.api.update_application_resource(7, 9, json={"name": "é"})

    request = asked.last
    assert request.method == "PUT"
    assert str(request.url) == f"https://pa.test:9000{V3}/applications/7/resources/9"
    sent = ("authorization", "x-xsrf-header", "content-type", "host", "accept")
    assert [request.headers[name] for name in sent] == [
        BASIC,
        "PingAccess",
        "application/json",
        "pa.test:9000",
        "application/json",
    ]
    assert asked.bodies() == [{"name": "é"}]


def test_an_answer_comes_back_raw_and_is_recorded(asked: Asked, scenario: Scenario) -> None:
    asked.answers[f"GET {V3}/version"] = lambda _: httpx.Response(302, headers={"location": "/x"})

    answer = scenario.product.api.version()

    assert answer.status_code == 302
    (exchange,) = scenario.record.exchanges
    assert (exchange.party, exchange.operation) == ("pingaccess", "version")
    assert exchange.response is answer
    assert exchange.request is asked.last


def test_a_transport_in_process_is_asked_straight(asked: Asked) -> None:
    """It is asked the same, and its answer is as complete as a client's."""
    asked.answers[f"GET {V3}/version"] = (200, {"version": "7.3.0.2"})
    by_client = session(asked)
    straight = session(asked, client=None, transport=httpx.MockTransport(asked))

    answers = [
        run.scenario(Record("a scenario")).product.api.version() for run in (by_client, straight)
    ]

    first, second = asked.requests
    assert (first.url, first.headers) == (second.url, second.headers)
    assert [answer.json() for answer in answers] == [{"version": "7.3.0.2"}] * 2
    assert answers[1].request is second


def test_a_body_of_none_is_null_and_no_body_is_none(asked: Asked, scenario: Scenario) -> None:
    scenario.product.api.add_risk_policy(json=None)
    scenario.product.api.add_risk_policy()
    scenario.product.api.add_risk_policy(content="{")

    sent = [(one.content, one.headers.get("content-type")) for one in asked.requests]
    assert sent == [(b"null", "application/json"), (b"", None), (b"{", None)]


def test_a_header_is_replaced_or_left_out_in_any_case(asked: Asked, scenario: Scenario) -> None:
    changes = {"X-XSRF-Header": None, "Content-Type": "text/plain", "X-More": "1"}
    scenario.product.api.add_rule(json={}, headers=changes)

    headers = asked.last.headers
    assert "x-xsrf-header" not in headers
    assert headers.get_list("content-type") == ["text/plain"]
    assert headers["x-more"] == "1"


def test_another_login_or_none_is_sent(asked: Asked, scenario: Scenario) -> None:
    scenario.product.api.version(login=("somebody", "another-password"))
    scenario.product.api.version(login=None)
    scenario.product.api.version(login=None, headers={"Authorization": "Bearer x"})

    first, second, third = (one.headers.get("authorization") for one in asked.requests)
    assert first == "Basic " + b64encode(b"somebody:another-password").decode()
    assert second is None
    assert third == "Bearer x"
    assert "another-password" in scenario.record.secrets


def test_any_path_can_be_asked(asked: Asked, scenario: Scenario) -> None:
    scenario.product.api.request("PATCH", "/keyPairs/1", json={}, params={"a b": True})

    assert (asked.last.method, asked.last.url.raw_path) == (
        "PATCH",
        f"{V3}/keyPairs/1?a+b=true".encode(),
    )


def test_an_operation_that_does_not_exist_names_its_neighbours(scenario: Scenario) -> None:
    with pytest.raises(AttributeError, match="add_risk_policy"):
        _ = scenario.product.api.add_risk_policyy
    with pytest.raises(AttributeError, match="get_gateway"):
        _ = scenario.pingone.api.get_gatway


def test_ids_are_encoded_and_counted(scenario: Scenario) -> None:
    assert path_of("/riskPolicies/{}", ("a/b ?",)) == "/riskPolicies/a%2Fb%20%3F"
    with pytest.raises(TypeError, match="takes 1 ids, not 2"):
        scenario.product.api.get_risk_policy(1, 2)


@pytest.mark.parametrize(
    ("params", "query"),
    [
        (None, ""),
        ({}, ""),
        ({"page": 1, "name": "a&b"}, "?page=1&name=a%26b"),
        ({"sortKey": ["a", "b"], "failFast": False}, "?sortKey=a&sortKey=b&failFast=false"),
    ],
)
def test_parameters_are_written_as_a_query(params: dict[str, Any] | None, query: str) -> None:
    assert query_of(params) == query


def test_every_kind_that_is_made_can_be_deleted() -> None:
    """Every creating operation is known, and its kind has a deleting one that exists."""
    creating = {name for name, (method, _) in OPERATIONS.items() if method == "POST"}
    assert creating == KINDS.keys() | REPLACING | MAKING_NOTHING | BELOW_A_SERVER
    for name, kind in KINDS.items():
        made_at, deleted_at = OPERATIONS[name][1], OPERATIONS[DELETERS[kind]][1]
        collection = made_at.removesuffix("/generate").removesuffix("/import")
        assert deleted_at == f"{collection}/{{}}"


def test_operations_and_paths_are_each_other_s() -> None:
    """No two operations are the same request (admin API 7.3, paths)."""
    assert len(set(OPERATIONS.values())) == len(OPERATIONS)
    for name, (method, path) in OPERATIONS.items():
        expected = {"add": "POST", "import": "POST", "update": "PUT", "delete": "DELETE"}
        assert method == expected.get(name.partition("_")[0], method)
        assert path.startswith("/")


# --- what goes wrong on the way


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (httpx.ConnectError, Unreachable),
        (httpx.ConnectTimeout, Unreachable),
        (httpx.ReadTimeout, NoAnswer),
        (httpx.ReadError, NoAnswer),
        (httpx.WriteError, NoAnswer),
        (httpx.RemoteProtocolError, NoAnswer),
        (httpx.DecodingError, NoAnswer),
        (httpx.LocalProtocolError, HarnessError),
        (httpx.UnsupportedProtocol, HarnessError),
    ],
)
def test_no_answer_is_no_verdict(error: type[httpx.RequestError], kind: type[HarnessError]) -> None:
    """It is recorded, and names party and request but no secret."""

    def fail(_: httpx.Request) -> httpx.Response:
        raise error(f"broken by {PASSWORD}")

    scenario = session(fail).scenario(Record("a scenario"))

    with pytest.raises(HarnessError) as told:
        scenario.product.api.version()

    assert type(told.value) is kind
    assert f"GET https://pa.test:9000{V3}/version" in str(told.value)
    assert "pingaccess" in str(told.value)
    assert PASSWORD not in str(told.value)
    (exchange,) = scenario.record.exchanges
    assert exchange.response is None
    assert (exchange.error or "").startswith(error.__name__)


def test_nothing_is_changed_where_writes_are_not_allowed(asked: Asked) -> None:
    """A token may be asked for: it changes nothing."""
    run = session(asked, target="live", allow_writes=False)
    scenario = run.scenario(Record("a scenario"))

    scenario.product.api.get_rules()
    scenario.pingone.api.get_gateways()
    for act in (scenario.product.api.add_rule, scenario.pingone.api.add_gateway):
        with pytest.raises(NotMeasured, match="ALLOW_WRITES"):
            act(json={})

    assert [one.method for one in asked.requests] == ["GET", "POST", "GET"]


# --- PingOne


def test_a_request_carries_the_worker_s_token(asked: Asked, scenario: Scenario) -> None:
    """Asked for once, by Basic (RFC 6749 section 2.3.1), and only when it is needed."""
    for _ in range(2):
        scenario.pingone.api.get_gateway("gw")

    token, first, second = asked.requests
    assert (
        token.headers["authorization"] == "Basic " + b64encode(f"worker:{SECRET}".encode()).decode()
    )
    assert token.content == b"grant_type=client_credentials"
    assert token.headers["content-type"] == "application/x-www-form-urlencoded"
    for one in (first, second):
        assert str(one.url) == "https://api.test/v1/environments/env-1/gateways/gw"
        assert one.headers["authorization"] == "Bearer worker-token"
    assert "worker-token" in scenario.record.secrets


def test_another_token_or_none_is_sent(asked: Asked, scenario: Scenario) -> None:
    scenario.pingone.api.get_environments(token="another-token")
    scenario.pingone.api.get_environment(token=None, environment_id="env-9")
    scenario.pingone.api.get_environments(token="")

    first, second, third = asked.requests
    assert third.headers["authorization"] == "Bearer"
    assert (first.url.path, first.headers["authorization"]) == (
        "/v1/environments",
        "Bearer another-token",
    )
    assert second.url.path == "/v1/environments/env-9"
    assert "authorization" not in second.headers
    assert "another-token" in scenario.record.secrets


@pytest.mark.parametrize(
    ("ask", "url"),
    [
        (
            lambda api: api.openid_configuration(),
            "https://auth.test/env-1/as/.well-known/openid-configuration",
        ),
        (
            lambda api: api.oauth_metadata(),
            "https://auth.test/.well-known/oauth-authorization-server/env-1/as",
        ),
        (lambda api: api.jwks(environment_id="e"), "https://auth.test/e/as/jwks"),
        (
            lambda api: api.request("PATCH", "gateways", token=None),
            "https://api.test/v1/environments/env-1/gateways",
        ),
        (lambda api: api.request("GET", "/x", token=None), "https://api.test/v1/x"),
    ],
)
def test_documents_and_paths_are_where_they_belong(
    asked: Asked, scenario: Scenario, ask: Callable[[Any], object], url: str
) -> None:
    ask(scenario.pingone.api)

    assert str(asked.last.url) == url
    assert "authorization" not in asked.last.headers


def test_the_token_endpoint_takes_another_client_or_none(asked: Asked, scenario: Scenario) -> None:
    api = scenario.pingone.api
    api.token({"a": "é"}, client=("someone", "wrong-secret"))
    api.token({"a": "b"}, client=None, headers={"Content-Type": "application/json"})

    first, second = asked.requests
    assert first.headers["authorization"] == "Basic " + b64encode(b"someone:wrong-secret").decode()
    assert first.content == b"a=%C3%A9"
    assert "authorization" not in second.headers
    assert (second.content, second.headers["content-type"]) == (b'{"a":"b"}', "application/json")


def test_a_link_is_followed_with_the_token_but_not_to_elsewhere(
    asked: Asked, scenario: Scenario
) -> None:
    asked.answers["GET /v1/environments/env-1"] = (200, {"id": "env-1"})

    answer = scenario.pingone.api.follow("https://api.test/v1/environments/env-1")

    assert answer.json() == {"id": "env-1"}
    assert asked.last.headers["authorization"] == "Bearer worker-token"
    before = len(asked.requests)
    for elsewhere in ("https://api.test.evil.test/v1/x", "http://api.test/v1/x", "/v1/x"):
        with pytest.raises(
            NonConformance, match=r"X-1: expected a link below https://api\.test/v1"
        ):
            scenario.pingone.api.follow(elsewhere)
    assert len(asked.requests) == before


# --- the control door


def test_the_door_is_asked_with_its_token(asked: Asked, scenario: Scenario) -> None:
    asked.answers |= {
        "POST /clock": (200, {"now_s": 5}),
        "GET /clock": (200, {"now_s": 5}),
        "PUT /faults": (200, {"faults": []}),
        "DELETE /faults": (200, {"faults": []}),
        "GET /ledger": (200, {"exchanges": [{"a": 1}]}),
        "DELETE /ledger": (200, None),
        "POST /snapshot": (200, {"id": "s"}),
        "POST /restore": (200, None),
        "POST /reset": (200, None),
        "GET /trust": (200, {"pingone_ca_pem": "PEM"}),
    }
    door = scenario.product.needs_control("a test")

    door.advance(1.5)
    assert door.now_s() == 5
    door.set_faults({"host": "auth", "kind": "timeout"})
    door.clear_faults()
    assert door.ledger("outbound") == [{"a": 1}]
    door.clear_ledger()
    door.restore(door.snapshot())
    door.reset()
    assert door.pingone_ca_pem() == "PEM"

    assert {one.headers["authorization"] for one in asked.requests} == {f"Bearer {DOOR_TOKEN}"}
    assert asked.bodies() == [
        {"advance_s": 1.5},
        {"faults": [{"host": "auth", "kind": "timeout"}]},
        {"id": "s"},
    ]
    assert {one.party for one in scenario.record.exchanges} == {"control"}
    assert [one.operation for one in scenario.record.exchanges] == [
        "advance",
        "now",
        "set_faults",
        "clear_faults",
        "ledger",
        "clear_ledger",
        "snapshot",
        "restore",
        "reset",
        "trust",
    ]


def test_a_door_that_refuses_is_an_error_of_ours(scenario: Scenario) -> None:
    with pytest.raises(HarnessError, match="404 to GET /clock"):
        scenario.product.needs_control("a test").now_s()


def test_a_token_is_asked_for_anew_once_time_has_passed(asked: Asked, scenario: Scenario) -> None:
    asked.answers["POST /clock"] = (200, {"now_s": 5})
    scenario.pingone.worker_token()

    scenario.pingone.needs_control("a test").advance(1)
    scenario.pingone.worker_token()

    assert [one.url.path for one in asked.requests].count("/env-1/as/token") == 2
