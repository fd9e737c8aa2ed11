"""ACME accounts and certificate requests, at a strict ACME server of our own (RFC 8555)."""

from __future__ import annotations

import json
from typing import Any

import pytest

from fakes.network import Trust
from fakes.tests.acme_admin import SHOP, WWW, AcmeAdmin
from fakes.tests.acme_server import ROOT, AcmeServer
from fakes.tests.made_certificates import made
from fakes.tests.pingaccess_core import good


@pytest.fixture
def admin() -> AcmeAdmin:
    return AcmeAdmin()


@pytest.mark.parametrize(
    ("body", "name", "kind", "signed"),
    [({}, "EC", "EC", "ES256"), ({"keyAlgorithm": "RSA"}, "RSA", "RSA", "RS256")],
)
def test_an_account_is_a_key_that_the_server_knows(
    admin: AcmeAdmin, body: Any, name: str, kind: str, signed: str
) -> None:
    server = admin.acme_server()
    account = admin.add(f"{server}/accounts", body)
    (url,) = admin.server.keys
    assert (account["url"], account["keyAlgorithm"]) == (url, name)
    assert account["acmeServerId"] == server.rpartition("/")[2]
    assert account["publicKey"]["jwk"] == admin.server.keys[url]
    assert account["publicKey"]["jwk"]["kty"] == kind
    assert account["publicKey"]["created"] == int(admin.clock.now_s() * 1000)
    assert admin.server.signatures == [signed]
    assert admin.server.trusts == [Trust()]
    path = f"{server}/accounts/{account['id']}"
    assert admin.get(path) == account
    assert admin.items(f"{server}/accounts") == [account]
    assert admin.get(server)["acmeAccounts"] == [
        {"id": account["id"], "location": f"https://localhost:9000/pa-admin-api/v3{path}"}
    ]
    assert good(admin.send("DELETE", path)) == account
    assert admin.send("GET", path).status == 404
    assert admin.get(server)["acmeAccounts"] == []


def test_an_account_needs_no_body_and_can_choose_its_id(admin: AcmeAdmin) -> None:
    server = admin.acme_server()
    assert good(admin.send("POST", f"{server}/accounts"))["keyAlgorithm"] == "EC"
    assert admin.add(f"{server}/accounts", {"id": "mine"})["id"] == "mine"
    assert admin.send("POST", f"{server}/accounts", {"id": "mine"}).status == 422
    assert len(admin.server.keys) == 2  # who chooses a taken id is refused before anybody is asked


def test_an_account_is_refused_by_its_members_before_anybody_is_asked(admin: AcmeAdmin) -> None:
    server = admin.acme_server()
    assert set(admin.refused("POST", f"{server}/accounts", {"keyAlgorithm": "DSA"})) == {
        "keyAlgorithm"
    }
    assert set(admin.refused("POST", f"{server}/accounts", {"contact": "me"})) == {"contact"}
    assert admin.server.requests == []
    eager = AcmeAdmin(connection_local_first=False)
    path = f"{eager.acme_server()}/accounts"
    assert set(eager.refused("POST", path, {"keyAlgorithm": "DSA"})) == {"keyAlgorithm"}
    assert eager.server.requests == []


def test_two_accounts_have_two_keys(admin: AcmeAdmin) -> None:
    server = admin.acme_server()
    first, second = (admin.get(admin.account(server)) for _ in range(2))
    assert first["url"] != second["url"]
    assert first["publicKey"]["jwk"] != second["publicKey"]["jwk"]


def test_the_same_seed_makes_the_same_account() -> None:
    first, second = AcmeAdmin(), AcmeAdmin()
    assert first.get(first.account()) == second.get(second.account())
    sent = [[one.content for one in admin.server.requests] for admin in (first, second)]
    assert sent[0] == sent[1]


def test_a_nonce_that_is_refused_is_replaced() -> None:
    admin = AcmeAdmin(AcmeServer(stale=2))
    admin.account()
    assert len(admin.server.keys) == 1
    admin.server.stale = 99
    server = admin.acme_server("second")
    refusal = admin.send("POST", f"{server}/accounts", {})
    assert "badNonce" in refusal.json()["flash"][0]
    assert len(admin.server.requests) < 20


def test_a_certificate_is_got_for_every_name_of_the_key_pair(admin: AcmeAdmin) -> None:
    account, pair = admin.account(), admin.pair(SHOP, WWW)
    assert admin.send("GET", f"/keyPairs/{pair}/csr").status == 200  # another request is pending
    before = admin.get(f"/keyPairs/{pair}")
    path = f"{account}/certificateRequests"
    request = admin.add(path, {"keyPairId": pair})
    (order,) = admin.server.of("order")
    assert [one["value"] for one in order["identifiers"]] == [SHOP, WWW]
    assert request["acmeCertStatus"] == {"state": "PENDING", "problems": {}}
    assert request["url"].startswith(f"{ROOT}/order/")
    assert (request["acmeServerId"], request["acmeAccountId"]) == tuple(account.split("/")[3::2])
    assert admin.get(f"/keyPairs/{pair}") == before
    now = admin.get(f"{path}/{request['id']}")
    assert now == {**request, "acmeCertStatus": {"state": "VALID", "problems": {}}}
    (issued,) = admin.server.issued
    after = admin.get(f"/keyPairs/{pair}")
    assert after["subjectCn"] == "issued 0"
    assert [one["value"] for one in after["subjectAlternativeNames"]] == [SHOP, WWW]
    assert [one["subjectCn"] for one in after["chainCertificates"]] == ["ACME issuer"]
    assert (before["csrPending"], after["csrPending"]) == (True, False)
    assert after["alias"] == before["alias"]
    downloaded = admin.send("GET", f"/keyPairs/{pair}/certificate").body
    assert downloaded.splitlines() == issued.pem.splitlines()
    calls = len(admin.server.requests)
    assert admin.get(f"{path}/{request['id']}") == now
    assert len(admin.server.requests) == calls  # what has ended is not asked about again
    assert good(admin.send("DELETE", f"{path}/{request['id']}")) == now
    assert admin.get(f"/keyPairs/{pair}") == after


@pytest.mark.parametrize(
    ("name", "more"),
    [
        ("RSA", {"keyAlgorithm": "RSA", "keySize": 2048}),
        ("a common name alone", {"subjectAlternativeNames": []}),
    ],
)
def test_other_key_pairs_get_theirs(admin: AcmeAdmin, name: str, more: Any) -> None:
    request = admin.ordered(admin.account(), admin.pair(SHOP, alias=name, **more))
    assert admin.state_of(request) == "VALID"


def test_the_key_pair_of_a_listener_gets_a_certificate(admin: AcmeAdmin) -> None:
    assert set(
        admin.refused("POST", f"{admin.account()}/certificateRequests", {"keyPairId": 2})
    ) == {"keyPairId"}  # its only name is localhost
    assert admin.server.of("order") == []


def test_a_server_that_looks_finds_no_engine() -> None:
    admin = AcmeAdmin(AcmeServer(looks="invalid"))
    pair = admin.pair(SHOP, WWW)
    before = admin.get(f"/keyPairs/{pair}")
    request = admin.ordered(admin.account(), pair)
    status = admin.get(request)["acmeCertStatus"]
    kind = "urn:ietf:params:acme:error:connection"
    assert status == {
        "state": "INVALID",
        "problems": {name: {"type": kind, "detail": f"{name} refused"} for name in (SHOP, WWW)},
    }
    assert admin.get(f"/keyPairs/{pair}") == before


def test_an_order_goes_through_its_states() -> None:
    admin = AcmeAdmin(AcmeServer(looks="pending", slow=2))
    request = admin.ordered(admin.account(), admin.pair(SHOP))
    assert [admin.state_of(request) for _ in range(2)] == ["PENDING", "PENDING"]
    assert {one["status"] for one in admin.server.of("chall") if one["type"] == "http-01"} == {
        "processing"
    }
    admin.server.looks = "valid"
    assert [admin.state_of(request) for _ in range(3)] == ["PROCESSING", "PROCESSING", "VALID"]
    path = request.rpartition("/")[0]
    assert [one["acmeCertStatus"]["state"] for one in admin.items(path)] == ["VALID"]


def test_a_domain_without_an_http_challenge_waits_and_says_so(admin: AcmeAdmin) -> None:
    request = admin.ordered(admin.account(), admin.pair("*.example.com", commonName="any"))
    status = admin.get(request)["acmeCertStatus"]
    assert status["state"] == "PENDING"
    assert "http-01" in status["problems"]["*.example.com"]["detail"]


def test_the_requests_of_a_key_pair_are_found(admin: AcmeAdmin) -> None:
    account = admin.account()
    first, second = admin.pair(SHOP), admin.pair(WWW, alias="www", commonName=WWW)
    path = f"{account}/certificateRequests"
    keys = [admin.ordered(account, pair).rpartition("/")[2] for pair in (first, second)]
    assert [one["id"] for one in admin.items(path)] == keys
    assert [one["id"] for one in admin.items(path, "filter=none")] == keys  # not a parameter here
    assert [one["id"] for one in admin.items(path, f"keyPairId={second}")] == keys[1:]
    assert [one["id"] for one in admin.items(path, "page=2&numberPerPage=1")] == keys[1:]
    assert admin.send("GET", path, query="keyPairId=x").status == 422


def test_what_lies_elsewhere_is_not_found(admin: AcmeAdmin) -> None:
    here, there = admin.acme_server("here"), admin.acme_server("there")
    account, other = admin.account(here), admin.account(there)
    request = admin.ordered(account, admin.pair(SHOP))
    key, request_key = account.rpartition("/")[2], request.rpartition("/")[2]
    for path in (
        f"{there}/accounts/{key}",
        f"{other}/certificateRequests/{request_key}",
        f"{there}/accounts/{key}/certificateRequests",
        f"{here}/accounts/none",
        "/acme/servers/none/accounts",
    ):
        assert admin.send("GET", path).status == 404, path
    assert admin.send("DELETE", f"{there}/accounts/{key}").status == 404
    assert admin.send("DELETE", f"{other}/certificateRequests/{request_key}").status == 404
    assert admin.send("POST", "/acme/servers/none/accounts", {}).status == 404
    assert admin.items(f"{there}/accounts") == [admin.get(other)]
    assert admin.items(f"{other}/certificateRequests") == []
    for server, one in ((here, account), (there, other)):
        linked = [link["id"] for link in admin.get(server)["acmeAccounts"]]
        assert linked == [one.rpartition("/")[2]]
    assert admin.send("PUT", account, {}).status == 405
    assert admin.send("PUT", request, {}).status == 405


def test_a_request_is_for_a_key_pair_that_is_there(admin: AcmeAdmin) -> None:
    path = f"{admin.account()}/certificateRequests"
    assert set(admin.refused("POST", path, {"keyPairId": 99})) == {"keyPairId"}
    assert set(admin.refused("POST", path, {})) == {"keyPairId"}
    assert admin.server.of("order") == []


def test_what_is_in_use_is_not_deleted(admin: AcmeAdmin) -> None:
    server, pair = admin.acme_server(), admin.pair(SHOP)
    account = admin.account(server)
    request = admin.ordered(account, pair)
    uses = {
        server: f"ACME account '{account.rpartition('/')[2]}'",
        account: f"ACME certificate request '{request.rpartition('/')[2]}'",
        f"/keyPairs/{pair}": f"ACME certificate request '{request.rpartition('/')[2]}'",
    }
    for path, user in uses.items():
        refusal = admin.send("DELETE", path)
        assert refusal.status == 422
        assert user in refusal.json()["flash"][0]
        assert admin.send("GET", path).status == 200
    for path in (request, account, server, f"/keyPairs/{pair}"):
        assert admin.send("DELETE", path).status == 200


def test_accounts_and_requests_survive_an_export_and_an_import(admin: AcmeAdmin) -> None:
    server = admin.acme_server()
    account = admin.account(server)
    request = admin.ordered(account, admin.pair(SHOP))
    exported = admin.get("/config/export")
    (row,) = exported["data"]["acmeAccounts"]
    assert row["acmeServerId"] == server.rpartition("/")[2]
    assert admin.get(server) in exported["data"]["acmeServers"]
    other = AcmeAdmin(admin.server)
    assert other.send("POST", "/config/import", exported).status == 200
    assert other.get("/config/export") == exported
    for path in (server, account):
        assert other.get(path) == admin.get(path)
    assert other.state_of(request) == "VALID"  # the key came with the archive
    assert admin.send("POST", "/config/import", {**exported, "data": {}}).status == 200
    assert admin.send("GET", request).status == 404
    assert "acmeAccounts" not in admin.get("/config/export")["data"]


@pytest.mark.parametrize(
    ("section", "change", "member"),
    [
        ("acmeAccounts", {"acmeServerId": "none"}, "acmeServerId"),
        ("acmeAccounts", {"acmeServerId": None}, "acmeServerId"),
        ("acmeCertificateRequests", {"acmeAccountId": "none"}, "acmeAccountId"),
        ("acmeCertificateRequests", {"keyPairId": 99}, "keyPairId"),
    ],
)
def test_an_archive_whose_accounts_belong_to_nothing_is_refused(
    admin: AcmeAdmin, section: str, change: Any, member: str
) -> None:
    admin.ordered(admin.account(), admin.pair(SHOP))
    exported = admin.get("/config/export")
    (row,) = exported["data"][section]
    row.update(change)
    before = admin.kept()
    form = admin.refused("POST", "/config/import", exported)
    assert list(form) == [f"data.{section}[id={row['id']}].{member}"]
    assert admin.kept() == before


def test_an_account_of_another_host_cannot_sign(admin: AcmeAdmin) -> None:
    account = admin.account()
    pair = admin.pair(SHOP)
    request = admin.ordered(account, pair)
    exported = admin.get("/config/export")
    (row,) = exported["data"]["acmeAccounts"]
    row["privateKey"] = {"encryptedValue": "OBF:JWE:of another host"}
    assert admin.send("POST", "/config/import", exported).status == 200
    answer = admin.send("POST", f"{account}/certificateRequests", {"keyPairId": pair})
    assert (answer.status, "another host" in answer.json()["flash"][0]) == (422, True)
    assert admin.state_of(request) == "UNKNOWN"


def test_no_private_key_is_ever_seen(admin: AcmeAdmin) -> None:
    server = admin.acme_server()
    made_account = admin.send("POST", f"{server}/accounts", {})
    account = f"{server}/accounts/{made_account.json()['id']}"
    request = admin.ordered(account, admin.pair(SHOP))
    answers = [
        made_account,
        *(admin.send("GET", path) for path in (account, request, server, "/config/export")),
        admin.send("GET", f"{server}/accounts"),
    ]
    sealed = admin.get(account)["privateKey"]
    assert sealed.keys() == {"encryptedValue"}
    pem = admin.fake.state.hidden.open(sealed["encryptedValue"])
    assert pem is not None
    assert "BEGIN PRIVATE KEY" in pem
    secret = "".join(pem.splitlines()[1:-1])
    told = b"".join(answer.body for answer in answers).decode()
    assert "PRIVATE KEY" not in told
    assert secret[-40:] not in told
    assert '"d"' not in told
    assert secret[-40:] not in json.dumps(admin.kept(), default=str)
    sent = b"".join(one.content for one in admin.server.requests).decode()
    assert secret[-40:] not in sent


def test_a_certificate_for_another_key_is_not_stored(admin: AcmeAdmin) -> None:
    pair = admin.pair(SHOP)
    before = admin.get(f"/keyPairs/{pair}")
    request = admin.ordered(admin.account(), pair)
    stranger = made("stranger")
    good_issue = admin.server._issue  # noqa: SLF001 - the server goes wrong on purpose

    def issue(order: Any) -> None:
        good_issue(order)
        admin.server.objects[order["certificate"]]["pem"] = stranger.pem

    admin.server._issue = issue  # type: ignore[method-assign]  # noqa: SLF001 - the same
    assert admin.state_of(request) == "UNKNOWN"
    assert admin.get(f"/keyPairs/{pair}") == before
