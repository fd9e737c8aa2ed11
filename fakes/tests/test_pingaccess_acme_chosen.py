"""What no document says of ACME servers and their accounts is decided by name."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from fakes.tests.acme_admin import SHOP, AcmeAdmin
from fakes.tests.acme_answers import Pattern, directory, raising
from fakes.tests.acme_server import DIRECTORY, ROOT, AcmeServer


def test_what_an_account_key_can_be_is_chosen() -> None:
    admin = AcmeAdmin(acme_key_kinds=(("RSA_2048", "RS256"),))
    account = admin.get(admin.account())
    assert (account["keyAlgorithm"], account["publicKey"]["jwk"]["kty"]) == ("RSA_2048", "RSA")


def test_whether_the_terms_are_agreed_to_is_chosen() -> None:
    admin = AcmeAdmin(acme_terms_agreed=False)
    answer = admin.send("POST", f"{admin.acme_server()}/accounts", {})
    assert "userActionRequired" in answer.json()["flash"][0]


def test_what_an_acme_server_may_show_is_chosen() -> None:
    admin = AcmeAdmin(acme_trust="anything")
    admin.account()
    assert [trust.anything for trust in admin.server.trusts] == [True]


def test_whether_the_common_name_is_asked_for_is_chosen() -> None:
    for asked, names in ((True, [f"www.{SHOP}", SHOP]), (False, [f"www.{SHOP}"])):
        admin = AcmeAdmin(acme_common_name=asked)
        admin.ordered(admin.account(), admin.pair(f"www.{SHOP}"))
        (order,) = admin.server.of("order")
        assert [one["value"] for one in order["identifiers"]] == names


def test_whether_reading_asks_the_server_is_chosen() -> None:
    admin = AcmeAdmin(acme_asked_when_read=False)
    request = admin.ordered(admin.account(), admin.pair(SHOP))
    calls = len(admin.server.requests)
    assert (admin.state_of(request), len(admin.server.requests)) == ("PENDING", calls)


def test_what_is_read_while_the_server_is_away_is_chosen() -> None:
    admin = AcmeAdmin(acme_unasked_state="last")
    request = admin.ordered(admin.account(), admin.pair(SHOP))
    admin.server.spoilt = Pattern({"/order/*": raising(httpx.ConnectError)})
    assert admin.state_of(request) == "PENDING"


def test_whether_a_deleted_account_is_deactivated_is_chosen() -> None:
    for told, status in ((False, "valid"), (True, "deactivated")):
        admin = AcmeAdmin(acme_deactivates=told)
        account = admin.account()
        admin.send("DELETE", account)
        assert [one["status"] for one in admin.server.of("acct")] == [status]


def test_an_account_stays_where_its_server_does_not_let_it_go() -> None:
    admin = AcmeAdmin(acme_deactivates=True)
    account, pair = admin.account(), admin.pair(SHOP)
    request = admin.ordered(account, pair)
    assert admin.send("DELETE", account).status == 422
    assert [one["status"] for one in admin.server.of("acct")] == ["valid"]  # it is still in use
    admin.send("DELETE", request)
    admin.server.spoilt["/directory"] = raising(httpx.ConnectError)
    answer = admin.send("DELETE", account)
    assert (answer.status, "No connection" in answer.json()["flash"][0]) == (422, True)
    assert admin.get(account)["url"]


@pytest.mark.parametrize("deleted", ["server", "account", "pair"])
def test_what_goes_with_what_it_uses_is_chosen(deleted: str) -> None:
    cascades = {
        ("acmeServers", "acmeAccounts.acmeServerId"),
        ("acmeServers", "acmeCertificateRequests.acmeServerId"),
        ("acmeAccounts", "acmeCertificateRequests.acmeAccountId"),
        ("keyPairs", "acmeCertificateRequests.keyPairId"),
    }
    admin = AcmeAdmin(deletion_cascades=frozenset(cascades))
    server, pair = admin.acme_server(), admin.pair(SHOP)
    account = admin.account(server)
    admin.ordered(account, pair)
    paths = {"server": server, "account": account, "pair": f"/keyPairs/{pair}"}
    assert admin.send("DELETE", paths[deleted]).status == 200
    left = admin.kept()
    assert not left["acmeCertificateRequests"]
    assert bool(left["acmeAccounts"]) == (deleted == "pair")
    assert (admin.send("GET", server).status == 404) == (deleted == "server")
    assert (admin.send("GET", f"/keyPairs/{pair}").status == 404) == (deleted == "pair")


def test_the_sections_of_accounts_and_requests_are_chosen() -> None:
    names: dict[str, Any] = {
        "archive_acme_accounts_section": "a",
        "archive_acme_requests_section": "r",
    }
    admin = AcmeAdmin(**names)
    account = admin.account()
    request = admin.ordered(account, admin.pair(SHOP))
    exported = admin.get("/config/export")
    assert [one["id"] for one in exported["data"]["a"]] == [account.rpartition("/")[2]]
    assert [one["id"] for one in exported["data"]["r"]] == [request.rpartition("/")[2]]
    other = AcmeAdmin(AcmeServer(), **names)
    assert other.send("POST", "/config/import", exported).status == 200
    assert other.get(account) == admin.get(account)


def test_an_acme_server_with_another_directory_is_asked_there() -> None:
    admin = AcmeAdmin()
    path = admin.acme_server("other", f"{ROOT}/acme/other")
    admin.server.spoilt["/acme/other"] = directory()
    admin.account(path)
    assert str(admin.server.requests[0].url) == f"{ROOT}/acme/other" != DIRECTORY


@pytest.mark.parametrize("value", [None, "x", 7, [], [{}], {}, {"state": []}, {"state": {"a": 1}}])
@pytest.mark.parametrize(
    ("section", "member"),
    [
        ("acmeAccounts", "url"),
        ("acmeAccounts", "publicKey"),
        ("acmeAccounts", "privateKey"),
        ("acmeAccounts", "acmeServerId"),
        ("acmeCertificateRequests", "acmeCertStatus"),
        ("acmeCertificateRequests", "url"),
        ("acmeCertificateRequests", "acmeServerId"),
        ("acmeCertificateRequests", "acmeAccountId"),
    ],
)
def test_whatever_an_archive_has_of_accounts_can_be_asked_for(
    section: str, member: str, value: Any
) -> None:
    admin = AcmeAdmin()
    account, pair = admin.account(), admin.pair(SHOP)
    request = admin.ordered(account, pair)
    exported = admin.get("/config/export")
    exported["data"][section][0][member] = value
    assert admin.send("POST", "/config/import", exported).status in {200, 422}
    requests = request.rpartition("/")[0]
    for path in (request, requests, account, account.rpartition("/")[0]):
        assert admin.send("GET", path).status in {200, 404}
    assert admin.send("POST", requests, {"keyPairId": pair}).status in {200, 404, 422}
    for path in (f"/keyPairs/{pair}", request, account, account.partition("/accounts")[0]):
        assert admin.send("DELETE", path).status in {200, 404, 422}
    assert admin.send("GET", "/config/export").status == 200
