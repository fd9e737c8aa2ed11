"""Who gets in, and what answers where there is nothing."""

from __future__ import annotations

from base64 import b64encode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fakes.message import Request
from fakes.tests.pingaccess_core import ROOT, Admin

WRONG = ("Administrator", "wrong-Password-1")


@pytest.fixture
def admin() -> Admin:
    return Admin()


def test_the_version_is_that_of_the_behaviour(admin: Admin) -> None:
    assert admin.get("/version") == {"version": admin.fake.state.behaviour.version}


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD"])
def test_no_method_works_without_a_login(admin: Admin, method: str) -> None:
    answer = admin.send(method, "/rules", login=None)
    assert answer.status == 401
    assert ("WWW-Authenticate", 'Basic realm="PingAccess"') in answer.headers


@pytest.mark.parametrize(
    "header",
    ["", "Basic", "Basic !", "Basic " + b64encode(b"\xff").decode(), "Bearer x", "Basic eA=="],
)
def test_a_malformed_login_is_none(admin: Admin, header: str) -> None:
    assert admin.send("GET", "/version", login=None, authorization=header).status == 401


def test_the_user_name_is_folded_and_the_password_is_not(admin: Admin) -> None:
    assert admin.send("GET", "/version", login=("aDMINISTRATOR", "2Access")).status == 200
    assert admin.send("GET", "/version", login=("Administrator", "2access")).status == 401


def test_three_failures_lock_a_user_out_for_a_minute(admin: Admin) -> None:
    for _ in range(3):
        assert admin.send("GET", "/version", login=WRONG).status == 401
    assert admin.send("GET", "/version").status == 401
    admin.clock.advance(59)
    assert admin.send("GET", "/version").status == 401
    admin.clock.advance(1)
    assert admin.send("GET", "/version").status == 200


def test_a_success_begins_the_count_again(admin: Admin) -> None:
    for _ in range(3):
        assert admin.send("GET", "/version", login=WRONG).status == 401
        assert admin.send("GET", "/version", login=WRONG).status == 401
        assert admin.send("GET", "/version").status == 200


def test_a_login_that_was_right_is_checked_again_after_a_change(admin: Admin) -> None:
    assert admin.send("GET", "/version").status == 200
    change = {"currentPassword": "2Access", "newPassword": "2FederateM0re"}
    assert admin.send("PUT", "/users/1/password", change).status == 200
    assert admin.send("GET", "/version").status == 401
    assert admin.send("GET", "/version", login=("Administrator", "2FederateM0re")).status == 200


@pytest.mark.parametrize(
    "new", ["Short1x", "nodigitsatALL", "NOLOWER11", "noupper11", "A1" + "a" * 63]
)
def test_a_new_password_obeys_the_rule(admin: Admin, new: str) -> None:
    change = {"currentPassword": "2Access", "newPassword": new}
    assert set(admin.refused("PUT", "/users/1/password", change)) == {"newPassword"}
    assert admin.send("GET", "/version").status == 200


def test_passwords_are_not_stored(admin: Admin) -> None:
    assert "2Access" not in repr(admin.fake.snapshot())


@pytest.mark.parametrize(("value", "status"), [("pingaccess", 200), ("other", 403)])
def test_the_xsrf_header_is_compared_whatever_its_case(
    admin: Admin, value: str, status: int
) -> None:
    assert admin.send("GET", "/version", x_xsrf_header=value).status == status


@pytest.mark.parametrize("size", [15 * 1024 * 1024, 20_000_000])
def test_a_large_body_is_refused_for_its_size(admin: Admin, size: int) -> None:
    body = b'{"name":"' + b"x" * (size - 11) + b'"}'
    answer = admin.send("POST", "/rules", raw=body)
    assert answer.status == (413 if size > 15 * 1024 * 1024 else 422)
    assert len(answer.body) < 1000


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nothing", 404),
        ("GET", "/rules//", 404),
        ("GET", "//rules", 404),
        ("GET", "/rules/1/2", 404),
        ("GET", "/acme/servers/1/accounts", 404),
        ("DELETE", "/acme/servers/1/accounts/1", 404),
        ("PATCH", "/agents", 405),
        ("POST", "/users", 405),
        ("DELETE", "/users/1", 405),
        ("GET", "/applications/1/resourceMatchingEvaluationOrder", 404),
        ("GET", "/applications/1/resources/autoOrder", 404),
        ("PUT", "/acme/servers/1", 405),
        ("GET", "/rules/99", 404),
        ("GET", "/rules/x", 404),
        ("GET", "/rules/%20", 404),
    ],
)
def test_what_is_missing_says_how(admin: Admin, method: str, path: str, status: int) -> None:
    answer = admin.send(method, path)
    assert answer.status == status
    assert set(answer.json()) == {"flash", "form"}
    assert "paconform" not in answer.json()["flash"][0]


def test_an_operation_that_is_not_modelled_says_so(
    admin: Admin, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fakes.pingaccess.fake.find", lambda _: ({"GET": None}, ()))
    answer = admin.send("GET", "/new/thing")
    assert answer.status == 501
    assert "paconform: the fake PingAccess does not model GET" in answer.json()["flash"][0]
    assert admin.send("PUT", "/new/thing").status == 405


def test_the_heartbeat_needs_no_login_and_the_console_is_not_modelled(admin: Admin) -> None:
    assert admin.fake.handle(Request("GET", "/pa/heartbeat.ping")).status == 200
    assert admin.fake.handle(Request("GET", "/")).status == 501
    assert admin.fake.handle(Request("GET", "/pa-admin-api/v2/version")).status == 501


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"\xff",
        b"[]",
        b'"x"',
        b"null",
        b"[" * 100_000,
        b'{"a":' * 99 + b"1" + b"}" * 99 + b"x",
        b'{"name":"\\ud800"}',
    ],
)
def test_a_body_that_is_no_object_is_unreadable(admin: Admin, body: bytes) -> None:
    for method, path in (
        ("POST", "/rules"),
        ("PUT", "/virtualhosts/1"),
        ("POST", "/config/import"),
    ):
        answer = admin.send(method, path, raw=body)
        assert answer.status == 422
        assert answer.json()["form"] == {}


def test_a_deep_body_is_refused_and_a_huge_number_is_kept(admin: Admin) -> None:
    nested = b'{"a":' * 900 + b"1" + b"}" * 900
    answer = admin.send("POST", "/rules", raw=b'{"configuration":%s}' % nested)
    assert answer.status == 422
    assert answer.json()["form"] == {}
    archive = admin.get("/config/export")
    archive["data"]["environment"] = {"name": "of tests", "size": 10**40}
    assert admin.send("POST", "/config/import", archive).status == 200
    assert admin.get("/config/export")["data"]["environment"] == {
        "name": "of tests",
        "size": 10**40,
    }


_TEXT = st.text(st.characters(max_codepoint=255), max_size=30)
_PATHS = st.sampled_from(
    ["", "/rules", "/rules/1", "/users/1/password", "/applications/1/resources/1", "/certificates"]
)


@given(
    st.sampled_from(["GET", "POST", "PUT", "DELETE", "PATCH", "TRACE", "\x00"]),
    st.builds("{}{}".format, _PATHS, st.one_of(st.just(""), _TEXT)),
    _TEXT,
    st.dictionaries(st.sampled_from(["authorization", "content-type", "accept"]), _TEXT),
    st.binary(max_size=60),
)
@settings(max_examples=150, deadline=None, derandomize=True, database=None)
def test_no_bytes_of_a_request_raise(
    method: str, path: str, query: str, headers: dict[str, str], body: bytes
) -> None:
    answer = _FUZZED.send(method, path, query=query, raw=body, **headers)  # type: ignore[arg-type]
    assert 200 <= answer.status < 600
    _FUZZED.fake.reset()


_JSON = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(allow_nan=False, allow_infinity=False),
        st.text(),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(
    st.sampled_from(
        [
            ("/rules", ("name", "className", "configuration")),
            ("/rulesets", ("name", "policy", "elementType", "successCriteria")),
            ("/riskPolicies", ("name", "className", "configuration")),
            (
                "/authenticationChallengePolicies",
                ("name", "challengeResponseChain", "defaultChallengeResponse"),
            ),
            ("/trustedCertificateGroups", ("name", "certIds", "revocationChecking")),
            ("/certificates", ("alias", "fileData")),
            ("/webSessions", ("name", "audience", "clientCredentials", "scopes")),
            ("/sites", ("name", "targets", "siteAuthenticatorIds")),
            ("/virtualhosts", ("host", "port", "id")),
            (
                "/applications",
                (
                    "name",
                    "contextRoot",
                    "virtualHostIds",
                    "policy",
                    "resourceOrder",
                    "identityMappingIds",
                    "riskPolicyId",
                ),
            ),
            (
                "/applications/1/resources",
                ("name", "methods", "pathPatterns", "pathPrefixes", "policy", "queryParamConfig"),
            ),
            (
                "/pingone/connections",
                ("name", "credential", "sslProtocols", "trustedCertificateGroupId"),
            ),
            ("/config/import", ("version", "data")),
        ]
    ),
    st.data(),
)
@settings(max_examples=250, deadline=None, derandomize=True, database=None)
def test_no_json_value_of_a_member_raises(
    entity: tuple[str, tuple[str, ...]], data: st.DataObject
) -> None:
    path, members = entity
    _FUZZED.fake.reset()
    _FUZZED.application()
    body = {name: data.draw(_JSON) for name in members}
    made = _FUZZED.send("POST", path, body)
    assert made.status in {200, 422}, made
    assert _FUZZED.send("GET", path.replace("/import", "/export")).status == 200
    assert _FUZZED.send("GET", "/config/export").status == 200


_FUZZED = Admin()


def test_the_root_alone_is_not_the_api(admin: Admin) -> None:
    assert admin.fake.handle(Request("GET", ROOT)).status == 501
