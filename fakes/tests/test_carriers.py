"""The three carriers answer alike: httpx transport, ASGI server on a socket, respx mount."""

from __future__ import annotations

import ssl
from typing import TYPE_CHECKING

import httpx
import pytest
import respx

from fakes.ledger import KEPT, LARGEST_BYTES, Ledger, Recorded
from fakes.message import Request, Response
from fakes.server import PortTaken, Server, listen
from fakes.tls import authority
from fakes.transport import CoreTransport, given, received

if TYPE_CHECKING:
    from collections.abc import Iterator


class Echo:
    """Answers what it was asked, as text, with two headers of one name."""

    def handle(self, request: Request) -> Response:
        """The request's parts, a line each."""
        headers = request.headers.get("x-twice", "")
        lines = [request.method, request.path, request.query, headers, repr(request.body)]
        return Response(418, (("X-One", "1"), ("x-one", "2")), "\n".join(lines).encode())


@pytest.fixture(scope="module")
def clients() -> Iterator[dict[str, httpx.Client]]:
    server = Server(Echo(), sock := listen(), authority(0).server_context())
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_verify_locations(cadata=authority(0).pem.decode("ascii"))
    url = f"https://localhost:{sock.getsockname()[1]}"
    with respx.mock() as router:
        router.route(host="mounted.example").mock(
            side_effect=lambda request: given(Echo().handle(received(request)))
        )
        router.route(host="localhost").pass_through()
        made = {
            "in process": httpx.Client(
                base_url="https://fake.example",
                transport=CoreTransport({"fake.example": Echo()}),
                trust_env=False,
            ),
            "on a socket": httpx.Client(base_url=url, verify=context, trust_env=False),
            "behind respx": httpx.Client(
                base_url="https://mounted.example", verify=context, trust_env=False
            ),
        }
        yield made
        for client in made.values():
            client.close()
    server.stop()


REQUESTS = [
    {"method": "GET", "url": "/"},
    {"method": "GET", "url": "/a%2Fb/ü?x=1&x=2&y=%20"},
    {"method": "POST", "url": "/p", "content": b"\x00\xff bytes"},
    {"method": "PUT", "url": "/p", "headers": [("X-Twice", "a"), ("x-twice", "b")]},
    {"method": "DELETE", "url": "/p?"},
    {"method": "PATCH", "url": "/p", "content": b"x" * 1_000_000},
]


@pytest.mark.parametrize("request_", REQUESTS, ids=lambda r: f"{r['method']} {r['url'][:20]}")
def test_every_carrier_gives_the_same_answer(
    clients: dict[str, httpx.Client], request_: dict[str, object]
) -> None:
    answers = {name: client.request(**request_) for name, client in clients.items()}  # type: ignore[arg-type]

    seen = {
        (answer.status_code, answer.content, tuple(answer.headers.get_list("x-one")))
        for answer in answers.values()
    }
    assert len(seen) == 1, answers


def test_a_host_without_a_core_cannot_be_reached() -> None:
    with (
        httpx.Client(transport=CoreTransport({"fake.example": Echo()})) as client,
        pytest.raises(httpx.ConnectError, match=r"no fake answers for other\.example"),
    ):
        client.get("https://other.example/")


def test_a_taken_port_is_named_with_the_way_out() -> None:
    first = listen()
    port = first.getsockname()[1]
    with pytest.raises(PortTaken, match=rf"port {port} on 127\.0\.0\.1: .*; choose another"):
        listen(port)
    first.close()


def test_a_stopped_server_leaves_its_port_free() -> None:
    server = Server(Echo(), listen(), None)
    server.stop()
    listen(server.port).close()


def test_the_certificate_authority_of_a_seed_is_always_the_same_to_the_byte() -> None:
    """A PingAccess that trusts it by its certificate trusts it after another process made it."""
    first = authority(7)

    again = authority.__wrapped__(7)

    assert again is not first
    assert again.der == first.der
    assert authority(8).der != first.der


def test_a_ledger_forgets_the_oldest_exchanges() -> None:
    ledger = Ledger()
    core = Recorded(Echo(), ledger)
    for number in range(KEPT + 1):
        core.handle(Request("GET", f"/{number}"))
    assert len(ledger) == KEPT
    assert ledger.shown()[0]["url"].endswith("/1")


def test_a_ledger_keeps_the_beginning_of_large_bodies_only() -> None:
    ledger = Ledger()

    Recorded(Echo(), ledger).handle(Request("POST", "/", body=b"x" * 5_000_000))

    ((request, response, _),) = list(ledger)
    assert response is not None
    assert len(request.body) == len(response.body) == LARGEST_BYTES
