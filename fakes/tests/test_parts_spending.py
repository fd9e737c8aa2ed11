"""A credential is spent as documented, and whatever answers is taken for what it is."""

from __future__ import annotations

import dataclasses
import json
import ssl
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakes import chains
from fakes.pingaccess.connections.credential import Credential, read_credential
from fakes.pingaccess.connections.spending import Environments, spend
from fakes.pingaccess.decisions.parts import CORRECT_PARTS
from fakes.tests.parts_tokens import CREDENTIAL, ENVIRONMENT, token

if TYPE_CHECKING:
    from collections.abc import Callable

    Handler = Callable[[httpx.Request], httpx.Response]

TOKEN_URL = f"https://auth.pingone.com/{ENVIRONMENT}/as/token"
LIST_URL = "https://api.pingone.com/v1/environments"
BEARER = {"access_token": "bearer-canary", "token_type": "Bearer", "expires_in": 3600}
SANDBOX = {"id": ENVIRONMENT, "name": "Sandbox", "type": "SANDBOX"}
LIST = {"_embedded": {"environments": [{**SANDBOX, "region": "NA"}]}, "size": 1}
SECRETS = (token(), *token().split("."), "bearer-canary")


def credential() -> Credential:
    found = read_credential(token(), CORRECT_PARTS, frozenset())
    assert isinstance(found, Credential)
    return found


def spent(handler: Handler, **decisions: Any) -> Environments:
    client = httpx.Client(transport=httpx.MockTransport(handler))
    found = spend(credential(), client, dataclasses.replace(CORRECT_PARTS, **decisions))
    for secret in SECRETS:
        assert secret not in (found.problem or "")
    return found


def answering(exchange: Any, listing: Any = LIST) -> Handler:
    """PingOne with these two answers: JSON values, or whole responses."""

    def handler(request: httpx.Request) -> httpx.Response:
        value = exchange if request.url.path.endswith("/as/token") else listing
        return value if isinstance(value, httpx.Response) else httpx.Response(200, json=value)

    return handler


def test_a_good_credential_opens_the_environments_that_pingone_lists() -> None:
    seen: list[httpx.Request] = []

    def handler(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return answering(BEARER)(request)

    assert spent(handler) == Environments("VALID", (SANDBOX,))
    exchange, listing = seen
    assert (exchange.method, str(exchange.url)) == ("POST", TOKEN_URL)
    assert dict(parse_qsl(exchange.content.decode())) == {
        "grant_type": "urn:ietf:params:oauth:grant-type:token-exchange",
        "subject_token_type": "pingone_gateway_credential",
        "subject_token": token(),
    }
    assert "authorization" not in exchange.headers
    assert (listing.method, str(listing.url)) == ("GET", LIST_URL)
    assert listing.headers["authorization"] == "Bearer bearer-canary"


def test_every_page_of_the_environments_is_read() -> None:
    other = {"id": CREDENTIAL, "name": "Production", "type": "PRODUCTION"}

    def handler(request: httpx.Request) -> httpx.Response:
        if request.url.params.get("cursor"):
            return httpx.Response(200, json={"_embedded": {"environments": [other]}})
        more = {"_links": {"next": {"href": f"{LIST_URL}?cursor=2"}}}
        return answering(BEARER, {**LIST, **more})(request)

    assert spent(handler).items == (SANDBOX, other)


@pytest.mark.parametrize(
    "href",
    [
        "https://evil.example/v1/environments",
        "https://api.pingone.com.evil.example/v1/environments",
        "http://api.pingone.com/v1/environments",
        "/v1/environments",
        7,
        None,
    ],
)
def test_a_bearer_token_never_follows_a_link_to_another_host(href: object) -> None:
    hosts: list[str] = []

    def handler(request: httpx.Request) -> httpx.Response:
        hosts.append(request.url.host)
        return answering(BEARER, {**LIST, "_links": {"next": {"href": href}}})(request)

    assert spent(handler).outcome == "nonsense"
    assert hosts == ["auth.pingone.com", "api.pingone.com"]


def test_pages_that_lead_in_a_circle_come_to_an_end() -> None:
    circle = {**LIST, "_links": {"next": {"href": LIST_URL}}}
    assert spent(answering(BEARER, circle)).outcome == "nonsense"


@pytest.mark.parametrize("call", ["exchange", "listing"])
@pytest.mark.parametrize(
    ("answer", "status", "outcome"),
    [
        (httpx.Response(400, json={"error": "invalid_grant"}), "INVALID", "refused"),
        (httpx.Response(401, json={"error": "invalid_client"}), "INVALID", "refused"),
        (httpx.Response(403, json={"code": "ACCESS_FAILED"}), "INVALID", "refused"),
        (httpx.Response(404, json={"code": "NOT_FOUND"}), "INVALID", "refused"),
        (httpx.Response(400, html="<html>proxy</html>"), "UNKNOWN", "nonsense"),
        (httpx.Response(403, content=b""), "UNKNOWN", "nonsense"),
        (httpx.Response(407, json={"error": "proxy"}), "UNKNOWN", "nonsense"),
        (httpx.Response(429, json={}), "UNKNOWN", "busy"),
        (httpx.Response(500, json={"code": "UNEXPECTED_ERROR"}), "UNKNOWN", "unavailable"),
        (httpx.Response(503, html="<html>later</html>"), "UNKNOWN", "unavailable"),
        (httpx.Response(302, headers={"location": "https://x.example"}), "UNKNOWN", "redirected"),
        (httpx.Response(204), "UNKNOWN", "nonsense"),
        (httpx.Response(201, json=BEARER), "UNKNOWN", "nonsense"),
        (httpx.Response(200, html="<html>Sign in</html>"), "UNKNOWN", "nonsense"),
        (httpx.Response(200, content=b""), "UNKNOWN", "nonsense"),
        (httpx.Response(200, content=b'{"access_token":"'), "UNKNOWN", "nonsense"),
        (httpx.Response(200, content=b"[" * 100_000), "UNKNOWN", "nonsense"),
        (httpx.Response(200, content=b"\xff\xfe"), "UNKNOWN", "nonsense"),
        (httpx.Response(200, json=[BEARER]), "UNKNOWN", "nonsense"),
        (httpx.Response(200, content=b" " * 2_000_000), "UNKNOWN", "nonsense"),
        (httpx.Response(200, json=None), "UNKNOWN", "nonsense"),
    ],
)
def test_a_wrong_answer_is_told_by_its_class(
    call: str, answer: httpx.Response, status: str, outcome: str
) -> None:
    found = spent(answering(answer) if call == "exchange" else answering(BEARER, answer))
    assert (found.status, found.outcome, found.items) == (status, outcome, ())
    host = "auth.pingone.com" if call == "exchange" else "api.pingone.com"
    assert outcome == "refused" or host in (found.problem or "")


def raising(error: Exception) -> Handler:
    def handler(_: httpx.Request) -> httpx.Response:
        raise error

    return handler


def certificate(message: str) -> httpx.ConnectError:
    cause = ssl.SSLCertVerificationError(1, f"certificate verify failed: {message}")
    cause.verify_message = message
    error = httpx.ConnectError(str(cause))
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "outcome", "word"),
    [
        (httpx.ConnectError("[Errno 111] Connection refused"), "unreachable", "No connection"),
        (httpx.ConnectError("[Errno -2] Name or service not known"), "unreachable", "DNS"),
        (httpx.RemoteProtocolError("Server disconnected"), "unreachable", "No connection"),
        (httpx.ConnectTimeout("timed out"), "timeout", "in time"),
        (httpx.ReadTimeout("timed out"), "timeout", "in time"),
        (certificate(chains.UNKNOWN_ROOT), "certificate", "holds its issuer"),
        (certificate(chains.UNKNOWN_ISSUER), "certificate", "holds its issuer"),
        (certificate(chains.SELF_SIGNED), "self_signed", "self-signed"),
        (certificate("self signed certificate"), "self_signed", "self-signed"),
        (certificate(chains.EXPIRED), "expired", "expired"),
        (certificate(chains.NOT_YET_VALID), "expired", "not valid yet"),
        (certificate("Hostname mismatch, certificate is not valid"), "hostname", "host name"),
        (certificate("IP address mismatch, certificate is not valid"), "hostname", "host name"),
        (httpx.DecodingError("bad gzip"), "nonsense", "did not answer as PingOne"),
    ],
)
def test_who_is_not_reached_is_told_by_its_class(error: Exception, outcome: str, word: str) -> None:
    found = spent(raising(error))
    assert (found.status, found.outcome) == ("UNKNOWN", outcome)
    assert word in (found.problem or "")


@pytest.mark.parametrize(
    "answer",
    [
        {},
        {"access_token": "x"},
        {"access_token": "x", "token_type": "mac"},
        {"access_token": "x", "token_type": None},
        {"access_token": "", "token_type": "Bearer"},
        {"access_token": 5, "token_type": "Bearer"},
        {"access_token": "a b", "token_type": "Bearer"},
        {"access_token": "a\r\nX-Evil: 1", "token_type": "Bearer"},
        {"access_token": "\u00e9", "token_type": "Bearer"},
    ],
)
def test_a_token_that_cannot_be_sent_is_nonsense(answer: dict[str, Any]) -> None:
    assert spent(answering(answer)).outcome == "nonsense"


@pytest.mark.parametrize(
    "listing",
    [
        {},
        {"_embedded": {}},
        {"_embedded": {"environments": {}}},
        {"_embedded": {"environments": [None]}},
        {"_embedded": {"environments": [{"id": "x", "name": "y"}]}},
        {"_embedded": {"environments": [{"id": 1, "name": "y", "type": "z"}]}},
        {"_embedded": {"environments": []}, "_links": {"next": "x"}},
    ],
)
def test_a_listing_that_is_none_is_nonsense(listing: dict[str, Any]) -> None:
    assert spent(answering(BEARER, listing)).outcome == "nonsense"


def test_half_of_a_surrogate_pair_in_a_name_is_nonsense() -> None:
    body = json.dumps({"_embedded": {"environments": [{**SANDBOX, "name": "\ud800"}]}})
    assert spent(answering(BEARER, httpx.Response(200, content=body))).outcome == "nonsense"


def test_only_a_plain_error_code_is_repeated() -> None:
    evil = httpx.Response(400, json={"error": "<script>x</script>"})
    assert "script" not in (spent(answering(evil)).problem or "")
    plain = httpx.Response(400, json={"error": "invalid_grant"})
    assert "invalid_grant" in (spent(answering(plain)).problem or "")


def test_nobody_is_asked_where_a_behaviour_takes_a_credential_unasked() -> None:
    client = httpx.Client(transport=httpx.MockTransport(raising(AssertionError("asked"))))
    unasked = dataclasses.replace(credential(), unasked=True)
    assert spend(unasked, client, CORRECT_PARTS).status == "VALID"


def test_the_exchange_alone_is_enough_where_that_is_decided() -> None:
    handler = answering(BEARER, httpx.Response(503))
    assert spent(handler).status == "UNKNOWN"
    assert spent(handler, spending_listing_needed=False) == Environments("VALID")


def test_nothing_is_exchanged_where_that_is_decided() -> None:
    def handler(request: httpx.Request) -> httpx.Response:
        assert request.url.path.endswith("/.well-known/openid-configuration")
        return httpx.Response(200, json={"issuer": "x"})

    assert spent(handler, spending_exchanges=False) == Environments("VALID")


ANSWERS = st.builds(
    httpx.Response,
    st.integers(200, 599),
    content=st.binary(max_size=200)
    | st.sampled_from([json.dumps(BEARER).encode(), json.dumps(LIST).encode(), b"{}", b"null"]),
)


@given(ANSWERS, ANSWERS)
def test_any_two_answers_get_a_status(exchange: httpx.Response, listing: httpx.Response) -> None:
    found = spent(answering(exchange, listing))
    assert (found.status == "VALID") is (found.problem is None)
