"""What hostile clients send: good bodies of every route with something in them spoilt."""

from __future__ import annotations

import json
from copy import deepcopy
from random import Random
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fakes.message import Response

TEXTS = (
    "", " ", "a", "0", "-1", "1", "9" * 5000, "1e999", "NaN", "true", "null", "*", "**", "/*",
    "../..", "%2e%2e%2f", "(a+)+$", "\0", "\r\nX-Evil: 1", "<script>alert(1)</script>", "\x1b[31m",
    "ünï\u202e", "\U0001f600", "\ud800", "²", "٣", "x" * 3000, '"', "\\", "${jndi:ldap://x}",
    "host:99999", f"host:{'9' * 5000}", "[::1]:1", "http://[", "https://u:p@h/", "10.0.0.0/33",
    "::/0", "2026-02-30", "9999999-01-01", "ffffffff-ffff-ffff-ffff-ffffffffffff",
)  # fmt: skip
"""Texts that readers of names, numbers, paths, addresses and dates stumble over."""

VALUES: tuple[Any, ...] = (
    *TEXTS, None, True, False, 0, -1, 1, 2**31, 2**63, -(2**63), 2**64 - 1, 1e308, -0.0, 1.5,
    [], {}, [[]], [None], {"": None}, [1, "a", None, {}], {"value": 1}, {"value": "x"},
    {"encryptedValue": {}}, {"encryptedValue": "x"}, {"id": []}, [{"id": 1e300}],
    {"Web": "1", "API": {}}, {"Web": [None]}, {"Web": [{"type": "Rule", "id": "x"}]}, ["a"] * 300,
)  # fmt: skip
"""Values of every type, most of them of the wrong one."""

BODIES = (
    b"", b"null", b"[]", b'"\\ud800"', b'{"name":"\\ud800"}', b'{"name":1,"name":2}', b"\xff",
    b"\xef\xbb\xbf{}", b"[" * 50_000, b'{"a":' * 50_000, b'{"name":1%s}' % (b"0" * 5000), b"NaN",
    b'{"name":1e9999}',
)  # fmt: skip
"""Bodies that are no object, or hardly one."""

QUERIES = (
    "page=%ff", f"page={'9' * 5000}", "numberPerPage=%d9%a3", "&;=&&", "\xff", "filter=%00",
    "sortKey=id.name", "order=", f"limit={'9' * 5000}", "limit=%c2%b2", "id=%ff", "failFast=",
)  # fmt: skip
"""Queries, with names that lists know."""


class Hostile:
    """A client that spoils what it sends; the same one each time, by its name.

    Drawing from `random` and not by Hypothesis makes it fifty times faster, and a request that
    breaks a fake is short enough to read.
    """

    def __init__(self, name: str) -> None:
        self._random = Random(name)  # noqa: S311 - repeatable is what it has to be
        self.one_of = self._random.choice

    def body(self, good: Sequence[Any]) -> bytes:
        """One of the good bodies with up to three of its members replaced, dropped or added to."""
        if self._random.random() < 0.1:
            return self.one_of((*BODIES, self._random.randbytes(20)))
        body = deepcopy(self.one_of(good)) if good else {}
        for _ in range(self.one_of((0, 1, 1, 1, 2, 3))):
            body = self._spoilt(body, self._value(good))
        ascii_only = self._random.random() < 0.5
        return json.dumps(body, ensure_ascii=ascii_only).encode("utf-8", "surrogatepass")

    def path(self, pattern: str, ids: Sequence[str]) -> str:
        """The path with known ids, or strange ones, in place of its `{}`."""
        while "{}" in pattern:
            pattern = pattern.replace("{}", self._id(ids), 1)
        return pattern

    def _id(self, ids: Sequence[str]) -> str:
        if ids and self._random.random() < 0.8:
            return self.one_of(ids)
        text = self.one_of(TEXTS).encode("utf-8", "surrogatepass")
        return self.one_of(("%", "%zz", "%ff", "%00", quote(text, safe="")))

    def _value(self, others: Sequence[Any]) -> Any:
        kind = self._random.random()
        if kind < 0.1:
            depth = self.one_of((5, 60, 99, 100, 101, 130))
            return json.loads('{"a":' * depth + "1" + "}" * depth)
        return deepcopy(self.one_of(others if others and kind < 0.2 else VALUES))

    def _spoilt(self, body: Any, value: Any) -> Any:
        """The body with one place in it spoilt, at whatever depth."""
        if not isinstance(body, dict | list) or not body:
            return value
        key = self.one_of(list(body) if isinstance(body, dict) else range(len(body)))
        act = self.one_of(("deeper", "deeper", "here", "here", "drop", "add"))
        if act == "deeper":
            body[key] = self._spoilt(body[key], value)
        elif act == "drop":
            del body[key]
        elif act == "add" and isinstance(body, dict):
            body[self.one_of(TEXTS)] = value
        else:
            body[key] = value
        return body


def ids_in(bodies: Mapping[str, Sequence[Any]]) -> list[str]:
    """Every id of a known object."""
    every = (body for some in bodies.values() for body in some if isinstance(body, dict))
    return sorted({str(body["id"]) for body in every if "id" in body})


def expect_civil(answer: Response) -> None:
    """The answer is of a status that says whose fault it is, in headers that can be carried."""
    assert answer.status < 500 or answer.status == 501, answer
    for name, value in answer.headers:
        value.encode("latin-1")
        assert name.isascii(), name
        assert not set("\r\n\0") & set(name + value), (name, value)
