"""A product that answers without end, or nothing that can be read, is told in one line."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import httpx
import pytest

from harness.cli import bounded
from harness.cli.bounded import BoundedClient
from harness.cli.live import check_pingone, product_version
from harness.errors import BadSettings, HarnessError, Unreachable
from harness.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SETTINGS = Settings(
    pingaccess_admin_url="https://pa.example:9000",
    pingaccess_username="Administrator",
    pingaccess_password="pa-pass-word",
    pingone_auth_url="https://auth.example",
    pingone_environment_id="3f8a1c52-0d1b-4e7a-9a44-6b1f0c2d3e4f",
    pingone_client_id="client",
    pingone_client_secret="client-sec-ret",
)
PACKED = {"content-encoding": "gzip"}


class Endless(httpx.SyncByteStream):
    """A body that goes on for as long as somebody reads it."""

    def __init__(self, part: bytes = b" " * 1_000_000) -> None:
        self.part = part
        self.closed = False

    def __iter__(self) -> Iterator[bytes]:
        while True:
            yield self.part

    def close(self) -> None:
        """Nobody reads on."""
        self.closed = True


def client(answer: Callable[[httpx.Request], httpx.Response]) -> BoundedClient:
    """A client of a product that answers so."""
    return BoundedClient(transport=httpx.MockTransport(answer))


def test_an_answer_without_an_end_is_not_read_to_it() -> None:
    stream = Endless()
    with (
        client(lambda _: httpx.Response(200, stream=stream)) as asked,
        pytest.raises(httpx.ReadError, match="larger than 50,000,000 bytes"),
    ):
        asked.get("https://pa.example/")
    assert stream.closed


def test_an_answer_that_trickles_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounded, "WHOLE_S", -1.0)
    with (
        client(lambda _: httpx.Response(200, stream=Endless())) as asked,
        pytest.raises(httpx.ReadTimeout, match="longer than"),
    ):
        asked.get("https://pa.example/")


def test_a_compressed_answer_is_bounded_before_it_is_unpacked() -> None:
    part = gzip.compress(bytes(100), 0) * 1000
    bomb = httpx.Response(200, headers=PACKED, stream=Endless(part))
    with (
        client(lambda _: bomb) as asked,
        pytest.raises(httpx.ReadError, match="larger than 1,000,000 bytes"),
    ):
        asked.get("https://pa.example/")
    small = httpx.ByteStream(gzip.compress(b"{}"))
    whole = httpx.Response(200, headers=PACKED, stream=small)
    with client(lambda _: whole) as asked:
        assert asked.get("https://pa.example/").json() == {}


HOSTILE: dict[str, tuple[httpx.Response, type[HarnessError]]] = {
    "nested": (httpx.Response(200, content=b"[" * 200_000), BadSettings),
    "a version of digits": (httpx.Response(200, json={"version": "9." + "9" * 9999}), BadSettings),
    "a version in red": (httpx.Response(200, json={"version": "9.0\x1b[31m"}), BadSettings),
    "a version on lines": (httpx.Response(200, json={"version": "9.0\n"}), BadSettings),
    "no gzip": (
        httpx.Response(200, headers=PACKED, stream=httpx.ByteStream(b"garbage")),
        Unreachable,
    ),
    "without an end": (httpx.Response(200, stream=Endless()), Unreachable),
    "a redirect": (httpx.Response(302, headers={"location": "https://evil.example/"}), BadSettings),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_what_is_no_pingaccess_is_told_in_one_line(what: str) -> None:
    answer, kind = HOSTILE[what]
    hosts = []

    def asked(request: httpx.Request) -> httpx.Response:
        hosts.append(request.url.host)
        return answer

    with client(asked) as own, pytest.raises(kind) as told:
        product_version(own, SETTINGS)
    text = str(told.value)
    assert "PACONFORM_PINGACCESS_ADMIN_URL" in text
    assert text.isprintable()
    assert "pa-pass-word" not in text
    assert hosts == ["pa.example"]


def test_a_pingone_without_an_end_is_told_in_one_line() -> None:
    with (
        client(lambda _: httpx.Response(200, stream=Endless())) as own,
        pytest.raises(Unreachable, match="PACONFORM_PINGONE_AUTH_URL"),
    ):
        check_pingone(own, SETTINGS)
