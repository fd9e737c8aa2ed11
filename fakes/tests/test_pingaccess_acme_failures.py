"""ACME servers that refuse, are away or talk nonsense leave nothing half-made behind."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import httpx
import pytest

from fakes.tests.acme_admin import SHOP, AcmeAdmin
from fakes.tests.acme_answers import Pattern, answering, directory, raising, refusing, untrusted
from fakes.tests.acme_server import HOST, ROOT
from fakes.tests.pingaccess_core import good

if TYPE_CHECKING:
    from collections.abc import Callable

    Spoil = Callable[[httpx.Request], httpx.Response]


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
