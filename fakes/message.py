"""Requests and responses as plain values: what every core takes and gives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import parse_qsl

import msgspec

if TYPE_CHECKING:
    from collections.abc import Mapping

_NO_HEADERS: Mapping[str, str] = {}


class Malformed(ValueError):  # noqa: N818 - names what the body is, not that something went wrong
    """The body is not the JSON, or the form, that it should be; the text says where, never what."""


class Request(msgspec.Struct, frozen=True, gc=False):
    """One HTTP request, already read.

    `method` is upper-case; `path` is percent-decoded nowhere: it is what stood on the wire, without
    the query; `headers` has lower-case names, repeated fields joined by `", "` (RFC 9110 section
    5.2); `host` is the authority of the URL, with its port where one was given.
    """

    method: str
    path: str
    query: str = ""
    headers: Mapping[str, str] = msgspec.field(default_factory=lambda: _NO_HEADERS)
    body: bytes = b""
    host: str = ""

    def query_values(self) -> dict[str, str]:
        """Query parameters by name; of a repeated one, the last."""
        return dict(parse_qsl(self.query, keep_blank_values=True)) if self.query else {}

    def json(self) -> Any:
        """The body as a JSON value.

        Duplicate members: the last one wins, as in Jackson and in most readers. Raises Malformed
        where it is not UTF-8, not JSON, too deep, or holds a number out of range.
        """
        try:
            return msgspec.json.decode(self.body)
        except msgspec.MsgspecError as error:
            raise Malformed(_where(error)) from None
        except UnicodeDecodeError:
            raise Malformed("not UTF-8") from None
        except RecursionError:
            raise Malformed("nested too deeply") from None

    def form(self) -> dict[str, str]:
        """The body as `application/x-www-form-urlencoded` fields; of a repeated one, the last.

        Raises Malformed where it is not UTF-8.
        """
        try:
            pairs = parse_qsl(self.body.decode(), keep_blank_values=True, errors="strict")
        except ValueError:
            raise Malformed("not a form in UTF-8") from None
        return dict(pairs)


class Response(msgspec.Struct, frozen=True, gc=False):
    """One HTTP response, ready to be carried; header names as the product writes them."""

    status: int
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""

    def json(self) -> Any:
        """The body as a JSON value (for tests)."""
        return msgspec.json.decode(self.body)


class Core(Protocol):
    """Whatever answers requests without doing I/O of its own."""

    def handle(self, request: Request) -> Response:
        """Answer one request; never raises for anything a client can send."""


encode = msgspec.json.encode
"""JSON bytes of plain values, compact, members in the order of the mapping."""


def _where(error: msgspec.MsgspecError) -> str:
    """Place of a decoding error, without the text that stood there (it may be a secret)."""
    text = str(error)
    place = text.find("(byte ")
    return f"not JSON {text[place:]}" if place >= 0 else "not JSON"
