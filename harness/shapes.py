"""What an answer looked like, without what it said: kept of every exchange, so that runs compare.

A shape has names and types of members, never a text that somebody wrote. Values are kept only where
the product chose them: flags, numbers, words of members that the request did not have.
"""

from __future__ import annotations

import re
from functools import lru_cache
from hashlib import blake2b
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import msgspec

from harness.evidence import Shape

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from harness.recorder import Exchange
    from harness.redaction import Redactor

MOST_MEMBERS = 150
"""Members kept of one shape; the largest entity of the admin API has a third of them."""
LARGEST_BODY = 200_000
"""Bytes of an answer that is looked into."""
LARGEST_KNOWN = 20_000
"""Bytes of an answer, with those of its request, of which the shape is remembered."""
MOST_ITEMS = 200
"""Items of one list that are looked into."""
DEEPEST = 12

_NAME = re.compile(r"[A-Za-z_$][\w$.\-]{0,47}", re.ASCII)
_WORD = re.compile(r"[A-Za-z](?:[A-Za-z_-]|\d(?!\d\d)){0,23}", re.ASCII)
_SECRET = re.compile(
    r"password|passphrase|secret|credential|token|assertion|key|value", re.IGNORECASE
)
_IDENTITY = re.compile(r"(?:^id|I[dD]s?|^created|Modified|Expiration|^name|^alias)$")
_LARGEST_NUMBER = 10_000_000
"""What is larger is a moment, and no default."""
_encode = msgspec.json.Encoder().encode
_SORTED_BY = ("id", "name", "alias", "username")


class Shapes:
    """The shapes of a run; each is explained once, by the first scenario that meets it."""

    def __init__(self) -> None:
        self._keys: dict[str, str] = {}
        self._told: set[str] = set()

    def of(
        self,
        exchanges: Iterable[Exchange],
        secrets: Iterable[str],
        redactor: Callable[[], Redactor],
    ) -> tuple[list[str], dict[str, Shape]]:
        """A key for each exchange, and the shapes that were not explained before."""
        hidden = [one for one in secrets if len(one) > 3]
        keys: list[str] = []
        new: dict[str, Shape] = {}
        for exchange in exchanges:
            shape, text = written(exchange)
            key = self._keys.get(text)
            if key is None or _holds(text, hidden):
                shape = _clean(shape, redactor())
                key = blake2b(_encode(shape), digest_size=6).hexdigest()
                self._keys[text] = key
                if key not in self._told:
                    self._told.add(key)
                    new[key] = shape
            keys.append(key)
        return keys, new


def written(exchange: Exchange) -> tuple[Shape, str]:
    """The shape of the answer, and the same as JSON; `status` None where there was none."""
    answer = exchange.response
    if answer is None:
        shape = Shape(None, (exchange.error or "").partition(":")[0][:40])
        return shape, _encode(shape).decode()
    media, content = answer.headers.get("content-type", ""), answer.content
    stores = exchange.party == "pingaccess" and exchange.request.method in ("POST", "PUT")
    sent = exchange.request.content if stores and answer.is_success else None
    size = len(content) + len(sent or b"")
    read = _written if size < LARGEST_KNOWN else _written.__wrapped__
    return read(answer.status_code, media, content, sent)


@lru_cache(maxsize=4096)
def _written(status: int, media: str, content: bytes, sent: bytes | None) -> tuple[Shape, str]:
    """Scenarios of one seed get the same answers again and again; `sent` made what is stored."""
    shape = _shape(status, media.partition(";")[0].strip().lower()[:60], content, sent)
    return shape, _encode(shape).decode()


def _shape(status: int, media: str, content: bytes, sent: bytes | None) -> Shape:
    if not content or len(content) > LARGEST_BODY or content[:1] not in b"{[":
        return Shape(status, media)
    body = _read(content, "unreadable")
    members = sorted(dict(_members(body, "", 0)).items())[:MOST_MEMBERS]
    chosen = {} if sent is None else dict(_chosen(body, _read(sent, None)))
    return Shape(status, media, dict(members), chosen, _order(body))


def _holds(text: str, secrets: Iterable[str]) -> bool:
    for one in secrets:  # noqa: SIM110 - a generator costs more than what it looks for
        if one in text:
            return True
    return False


def _clean(shape: Shape, redactor: Redactor) -> Shape:
    """The shape without what the redactor knows as secret."""
    return Shape(
        shape.status,
        redactor.text(shape.media),
        {redactor.text(name): kind for name, kind in shape.members.items()},
        {redactor.text(name): redactor.text(value) for name, value in shape.chosen.items()},
        shape.order,
    )


def _read(content: bytes, unreadable: Any) -> Any:
    """The JSON value of a body."""
    try:
        return msgspec.json.decode(content)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return unreadable


def _members(value: Any, path: str, depth: int) -> Iterator[tuple[str, str]]:
    """Path and type of everything in the value; items of a list count as one."""
    if isinstance(value, dict) and depth < DEEPEST:
        yield path, "object"
        for name, one in value.items():
            shown = name if _NAME.fullmatch(name) else "*"
            yield from _members(one, f"{path}.{shown}" if path else shown, depth + 1)
    elif isinstance(value, list) and depth < DEEPEST:
        yield path, "array"
        kinds: dict[str, str] = {}
        for one in value[:MOST_ITEMS]:
            for name, kind in _members(one, f"{path}[]", depth + 1):
                known = kinds.get(name)
                kinds[name] = kind if known is None else _joined(known, kind)
        yield from kinds.items()
    else:
        yield path, kind_of(value)


def _joined(one: str, other: str) -> str:
    return "|".join(sorted({*one.split("|"), *other.split("|")})) if one != other else one


def kind_of(value: Any) -> str:
    """The JSON type of a value."""
    if value is None or isinstance(value, bool):
        return "null" if value is None else "boolean"
    if isinstance(value, int | float):
        return "number"
    if isinstance(value, str):
        return "text"
    return "array" if isinstance(value, list) else "object"


def _chosen(body: Any, sent: Any) -> Iterator[tuple[str, str]]:
    """Members of a stored object that the request did not have, with plain values."""
    if not isinstance(body, dict) or not isinstance(sent, dict):
        return
    for name, value in sorted(body.items()):
        if name not in sent and _NAME.fullmatch(name) and not _is_private(name):
            text = _plain(value)
            if text is not None:
                yield name, text


def _is_private(name: str) -> bool:
    return bool(_SECRET.search(name) or _IDENTITY.search(name))


def _plain(value: Any) -> str | None:
    """The value as JSON, where it is a flag, a small number, a word or empty."""
    if isinstance(value, str):
        ours = value.startswith("paconform")  # a name that a scenario gave
        return f'"{value}"' if not value or (_WORD.fullmatch(value) and not ours) else None
    if isinstance(value, dict | list):
        return None if value else ("{}" if isinstance(value, dict) else "[]")
    if isinstance(value, float) or (isinstance(value, int) and abs(value) > _LARGEST_NUMBER):
        return None
    return msgspec.json.encode(value).decode()


def plain_value(text: str) -> str | None:
    """The JSON text of a value, where it is one that a shape may hold; else None."""
    return _plain(msgspec.json.decode(text))


def _order(body: Any) -> str:
    """By what the items of a collection are sorted; "" where there are fewer than three."""
    items = body.get("items") if isinstance(body, dict) else None
    if not isinstance(items, list) or not 2 < len(items) <= MOST_ITEMS:
        return ""
    found = []
    for name in _SORTED_BY:
        values = [one.get(name) for one in items if isinstance(one, dict)]
        if len(values) == len(items) and len({type(one) for one in values}) == 1:
            found += [f"{name} {way}" for way in _ways(values)]
    return ", ".join(found) or "none"


def _ways(values: list[Any]) -> Iterator[str]:
    if not isinstance(values[0], str | int):
        return
    if all(one <= other for one, other in pairwise(values)):
        yield "up"
    elif all(one >= other for one, other in pairwise(values)):
        yield "down"
