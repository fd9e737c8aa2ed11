"""ACME servers that refuse, are away or talk nonsense; and what no document says of accounts."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from fakes.outside import disbelieved
from fakes.tests.acme_admin import SHOP, AcmeAdmin
from fakes.tests.acme_server import DIRECTORY, HOST, ROOT, AcmeServer, Problem
from fakes.tests.pingaccess_core import good

if TYPE_CHECKING:
    from collections.abc import Callable

    Spoil = Callable[[httpx.Request], httpx.Response]


def answering(status: int, body: Any = None, **headers: str) -> Spoil:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda _: httpx.Response(status, json=body, headers=named)


def raising(error: type[httpx.TransportError]) -> Spoil:
    def raised(request: httpx.Request) -> httpx.Response:
        raise error("a secret detail", request=request)

    return raised


def untrusted(request: httpx.Request) -> httpx.Response:
    raise disbelieved(request, "self-signed certificate")


def directory(**change: Any) -> Spoil:
    names = {name: f"{ROOT}/{name}" for name in ("newNonce", "newAccount", "newOrder")}
    return answering(200, names | change)


def refusing(kind: str, status: int = 403) -> Spoil:
    problem = Problem(kind, status=status)
    return answering(status, problem.document)


WRONG: dict[str, tuple[str, Spoil, str]] = {
    "refused connection": ("/directory", raising(httpx.ConnectError), "No connection"),
    "time-out": ("/directory", raising(httpx.ReadTimeout), "in time"),
    "broken off": ("/directory", raising(httpx.RemoteProtocolError), "No connection"),
    "untrusted": ("/directory", untrusted, "self-signed"),
    "no directory": ("/directory", answering(404, {}), "(status 404)"),
    "redirect": (
        "/directory",
        answering(301, None, Location="https://else.example.com"),
        "redirect",
    ),
    "out of order": ("/directory", answering(503), "out of order"),
    "a list": ("/directory", answering(200, ["a", "list"]), "as an ACME server does"),
    "HTML": (
        "/directory",
        lambda _: httpx.Response(200, html="<html>hello</html>"),
        "as an ACME server",
    ),
    "too deep": (
        "/directory",
        lambda _: httpx.Response(200, content=b"[" * 100_000),
        "as an ACME server",
    ),
    "too long": ("/directory", directory(more=" " * 2_000_000), "as an ACME server does"),
    "no newAccount": ("/directory", directory(newAccount=None), "as an ACME server does"),
    "plain http": (
        "/directory",
        directory(newAccount="http://acme.example.com/newAccount"),
        "as an ACME",
    ),
    "no host": ("/directory", directory(newAccount="https://"), "as an ACME server does"),
    "half an address": (
        "/directory",
        directory(newAccount="https://[half"),
        "as an ACME server does",
    ),
    "a blank in it": (
        "/directory",
        directory(newAccount=f"{ROOT}/new account"),
        "as an ACME server does",
    ),
    "a number": ("/directory", directory(newNonce=7), "as an ACME server does"),
    "no nonce": (
        "/newNonce",
        answering(200, None, Replay_Nonce="not a nonce!"),
        "as an ACME server does",
    ),
    "external account": (
        "/newAccount",
        refusing("externalAccountRequired"),
        "(externalAccountRequired)",
    ),
    "rate limit": ("/newAccount", refusing("rateLimited", 429), "no more requests"),
    "no error of ACME": ("/newAccount", refusing("<script>", 403), "as an ACME server does"),
    "no location": ("/newAccount", answering(201, {"status": "valid"}), "as an ACME server does"),
    "not valid": (
        "/newAccount",
        answering(201, {"status": "revoked"}, Location=ROOT),
        "as an ACME server",
    ),
    "no object": ("/newAccount", answering(201, [], Location=ROOT), "as an ACME server does"),
    "another scheme": (
        "/newAccount",
        answering(201, {"status": "valid"}, Location="ftp://a"),
        "as an ACME server",
    ),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_an_account_that_the_server_does_not_take_is_not_kept(wrong: str) -> None:
    path, spoil, says = WRONG[wrong]
    admin = AcmeAdmin()
    server = admin.acme_server()
    before = admin.kept()
    admin.server.spoilt[path] = spoil
    answer = admin.send("POST", f"{server}/accounts", {})
    assert answer.status == 422
    (sentence,) = answer.json()["flash"]
    assert says in sentence
    assert HOST in sentence
    assert answer.json()["form"] == {}
    assert "secret" not in sentence
    assert admin.kept() == before
    del admin.server.spoilt[path]
    assert good(admin.send("POST", f"{server}/accounts", {}))["url"]


ORDERS: dict[str, tuple[str, Spoil, str]] = {
    "refused connection": ("/newOrder", raising(httpx.ConnectError), "No connection"),
    "rejected": ("/newOrder", refusing("rejectedIdentifier"), "(rejectedIdentifier)"),
    "no authorizations": (
        "/newOrder",
        answering(201, {"status": "pending"}, Location=ROOT),
        "as an ACME server does",
    ),
    "no location": (
        "/newOrder",
        answering(201, {"status": "pending", "authorizations": []}),
        "as an ACME server does",
    ),
    "no status": (
        "/newOrder",
        answering(201, {"status": "new", "authorizations": []}, Location=ROOT),
        "as an ACME server does",
    ),
    "too many": (
        "/newOrder",
        answering(201, {"status": "pending", "authorizations": [ROOT] * 101}, Location=ROOT),
        "as an ACME server does",
    ),
    "no identifier": ("/authz/*", answering(200, {"status": "pending"}), "as an ACME server does"),
    "a number": (
        "/authz/*",
        answering(200, {"identifier": {"value": 7}}),
        "as an ACME server does",
    ),
    "challenge refused": ("/chall/*", refusing("malformed", 400), "(malformed)"),
}


class Pattern(dict[str, Any]):
    """Spoilt answers by path, where `*` stands for any number."""

    def __contains__(self, path: object) -> bool:
        return super().__contains__(self._plain(path))

    def __getitem__(self, path: str) -> Any:
        return super().__getitem__(self._plain(path))

    @staticmethod
    def _plain(path: object) -> str:
        head, _, last = str(path).rpartition("/")
        return f"{head}/*" if last.isdecimal() else str(path)


@pytest.mark.parametrize("wrong", ORDERS)
def test_a_request_that_the_server_does_not_take_is_not_kept(wrong: str) -> None:
    path, spoil, says = ORDERS[wrong]
    admin = AcmeAdmin()
    requests, pair = f"{admin.account()}/certificateRequests", admin.pair(SHOP)
    before = admin.kept()
    admin.server.spoilt = Pattern({path: spoil})
    answer = admin.send("POST", requests, {"keyPairId": pair})
    assert answer.status == 422
    (sentence,) = answer.json()["flash"]
    assert says in sentence
    assert HOST in sentence
    assert admin.kept() == before


LATER: dict[str, tuple[str, Spoil]] = {
    "refused connection": ("/order/*", raising(httpx.ConnectError)),
    "gone": ("/order/*", refusing("malformed", 404)),
    "no status": ("/order/*", answering(200, {"status": "lost"})),
    "finalize a number": ("/order/*", answering(200, {"status": "ready", "finalize": 7})),
    "no certificate": (
        "/order/*",
        answering(200, {"status": "valid", "certificate": f"{ROOT}/cert/0"}),
    ),
    "no list": ("/order/*", answering(200, {"status": "invalid", "authorizations": "none"})),
    "refused request": ("/finalize/*", refusing("badCSR", 400)),
    "text": ("/cert/*", lambda _: httpx.Response(200, content=b"no certificate")),
    "nothing": ("/cert/*", lambda _: httpx.Response(200, content=b"")),
}


@pytest.mark.parametrize("wrong", LATER)
def test_a_request_whose_server_cannot_be_asked_is_unknown_and_goes_on_later(wrong: str) -> None:
    path, spoil = LATER[wrong]
    admin = AcmeAdmin()
    request = admin.ordered(admin.account(), admin.pair(SHOP))
    before = admin.kept()
    admin.server.spoilt = Pattern({path: spoil})
    assert admin.state_of(request) == "UNKNOWN"
    (listed,) = admin.items(request.rpartition("/")[0])
    assert listed["acmeCertStatus"] == {"state": "UNKNOWN", "problems": {}}
    assert admin.kept() == before
    admin.server.spoilt = {}
    assert admin.state_of(request) == "VALID"


def test_the_problem_of_an_order_is_that_of_its_domains() -> None:
    admin = AcmeAdmin()
    request = admin.ordered(admin.account(), admin.pair(SHOP))
    detail = "half \ud800 of a pair, " + "x" * 5000
    problem = {"type": "about:blank", "detail": detail}
    identifiers = [{"type": "dns", "value": SHOP}]
    order = {"status": "invalid", "authorizations": [], "identifiers": identifiers}
    body = json.dumps({**order, "error": problem}).encode("ascii")
    admin.server.spoilt = Pattern({"/order/*": lambda _: httpx.Response(200, content=body)})
    status = admin.get(request)["acmeCertStatus"]
    assert status["state"] == "INVALID"
    assert status["problems"].keys() == {SHOP}
    assert status["problems"][SHOP]["type"] == "about:blank"
    assert status["problems"][SHOP]["detail"].startswith("half ? of a pair")
    assert len(status["problems"][SHOP]["detail"]) <= 1000


def test_no_public_authority_is_called() -> None:
    admin = AcmeAdmin()
    for server in admin.items("/acme/servers"):
        answer = admin.send("POST", f"/acme/servers/{server['id']}/accounts", {})
        assert answer.status == 501
        assert "letsencrypt.org" in answer.json()["flash"][0]
    far = "https://ACME-v02.api.letsencrypt.org./newAccount"
    admin.server.spoilt["/directory"] = directory(newAccount=far)
    server = admin.acme_server()
    assert admin.send("POST", f"{server}/accounts", {}).status == 501
    assert {one.url.host for one in admin.server.requests} == {HOST}
    allowed = AcmeAdmin(acme_hosts_spared=frozenset())
    with pytest.raises(AssertionError, match="letsencrypt"):  # the test's server is asked
        allowed.send("POST", f"/acme/servers/{allowed.items('/acme/servers')[0]['id']}/accounts")


# --- what no document says is decided by name ---


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
