"""Whether a bundle may be used: it is somebody else's file, and nothing in it is trusted."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import UNSET

from harness.bundles.format import (
    TEXT,
    VALUE,
    Login,
    Minted,
    OfAnswer,
    OfTarget,
    Ref,
    Spoiled,
    Text,
)
from harness.errors import BadSettings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from harness.bundles.format import Bundle, Source, Step

FRAMING = frozenset(
    {"host", "content-length", "transfer-encoding", "connection", "upgrade", "te", "trailer"}
)
"""Headers that the sender alone writes: whom a request is for, and where it ends."""

DOOR = frozenset(
    {
        *(("POST", path) for path in ("/clock", "/keys", "/reset", "/snapshot", "/restore")),
        *(("GET", path) for path in ("/clock", "/faults", "/ledger", "/trust", "/keys")),
        *(("PUT", path) for path in ("/faults", "/rates", "/instances")),
        *(("DELETE", path) for path in ("/faults", "/ledger")),
    }
)
"""What a step may ask of the door of the fakes."""

DEEPEST = 100
"""Levels of arrays and objects in a value."""

_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]{1,200}")
_PATH = re.compile(r"[!\"$-~]*")
"""What a path may hold as it is: visible ASCII, and no number sign (RFC 3986 section 3.3)."""
_VALUE = re.compile(r"[^\x00\r\n]*")
_POINTER = re.compile(r"(?:/(?:[^~/]|~[01])*)*")


def check(bundle: Bundle) -> Bundle:
    """The bundle, when all in it fits together; else BadSettings says what does not."""
    for problem in _problems(bundle):
        raise BadSettings(f"{problem}; have the bundle written again")
    return bundle


def _problems(bundle: Bundle) -> Iterator[str]:
    if bundle.failing >= len(bundle.steps):
        yield f"failing: {bundle.failing} is none of the {len(bundle.steps)} steps"
    for name, source in bundle.values.items():
        for problem in _of_source(bundle, source):
            yield f"values: {name}: {problem}"
    for number, step in enumerate(bundle.steps):
        for problem in _of_step(step):
            yield f"steps: {number + 1}: {problem}"
        for used in refs_of_step(step):
            yield from _of_use(bundle, used, number)
    expected = bundle.check.expected if bundle.check else UNSET
    if is_deep(expected):
        yield f"check: expected: nested deeper than {DEEPEST} levels"
    for used in refs_in(None if expected is UNSET else expected):
        yield from _of_use(bundle, used, bundle.failing)
    if bundle.check and bundle.check.kind in ("header", "detail") and not bundle.check.options:
        yield "check: options: empty"


def _of_use(bundle: Bundle, used: str, number: int) -> Iterator[str]:
    if used not in bundle.values:
        yield f"steps: {number + 1}: the value {used!r} is none of those given"
    elif (last := last_step(bundle, used)) >= number:
        yield f"steps: {number + 1}: the value {used!r} is of step {last + 1}, which comes later"


def last_step(bundle: Bundle, name: str) -> int:
    """The latest step whose answer the value needs; -1 for none."""
    source = bundle.values[name]
    if isinstance(source, OfAnswer):
        return source.step
    return max((last_step(bundle, one) for one in needed_by(source)), default=-1)


def needed_by(source: Source) -> list[str]:
    """The values that a value is made of."""
    if isinstance(source, Spoiled):
        return [source.of]
    if isinstance(source, Login):
        return [*refs_of_text(source.user), source.password]
    return []


def _of_source(bundle: Bundle, source: Source) -> Iterator[str]:
    if isinstance(source, OfAnswer):
        given = [one for one in (source.pointer, source.header, source.cookie) if one is not None]
        if not 0 <= source.step < len(bundle.steps):
            yield f"step {source.step} is none of the {len(bundle.steps)}"
        if len(given) != 1:
            yield "one of pointer, header and cookie must be given"
        named = source.header or source.cookie
        if named is not None and not _NAME.fullmatch(named):
            yield f"{named[:80]!r} is no header or cookie"
        if source.pointer is not None and not _POINTER.fullmatch(source.pointer):
            yield f"pointer: {source.pointer!r} is none"
    for one in needed_by(source):
        inner = bundle.values.get(one)
        if not isinstance(inner, OfAnswer | OfTarget | Minted):
            yield f"{one!r} is no value that another can be made of"
    if isinstance(source, Login) and not _VALUE.fullmatch(_literal(source.user)):
        yield "user: holds a line break"


def _of_step(step: Step) -> Iterator[str]:
    literal = _literal(step.path)
    first = step.path if isinstance(step.path, str) else next(iter(step.path), "")
    if not isinstance(first, str) or not first.startswith("/") or not _PATH.fullmatch(literal):
        yield f"path: {literal[:80]!r} is no path; it begins with / and holds visible ASCII"
    if step.to == "control" and (step.method, literal.partition("?")[0]) not in DOOR:
        yield f"{step.method} {literal[:80]!r} is nothing that the control door does"
    for name, value in step.headers:
        if not _NAME.fullmatch(name) or name.lower() in FRAMING:
            yield f"headers: {name[:80]!r} is none that a step may send"
        elif not _VALUE.fullmatch(_literal(value)):
            yield f"headers: {name}: the value holds a line break"
    body = step.body
    if body is not None:
        given = [one for one in (body.json, body.text, body.base64) if one is not UNSET]
        if len(given) != 1:
            yield "body: one of json, text and base64 must be given"
        elif is_deep(body.json):
            yield f"body: nested deeper than {DEEPEST} levels"
        elif body.json is not UNSET and not _tree_is_sound(body.json):
            yield f"body: {VALUE} and {TEXT} stand alone in their object"


def is_deep(value: Any) -> bool:
    """Whether a JSON value is nested deeper than a bundle may be: so recursion has an end."""
    level = [value]
    for _ in range(DEEPEST):
        below: list[Any] = []
        for one in level:
            if isinstance(one, dict):
                below += one.values()
            elif isinstance(one, list):
                below += one
        if not below:
            return False
        level = below
    return True


def _tree_is_sound(value: Any) -> bool:
    if isinstance(value, dict):
        if VALUE in value or TEXT in value:
            inner = next(iter(value.values()))
            sound = isinstance(inner, str) if VALUE in value else _is_text(inner)
            return len(value) == 1 and sound
        return all(map(_tree_is_sound, value.values()))
    return not isinstance(value, list) or all(map(_tree_is_sound, value))


def _is_text(value: Any) -> bool:
    """Whether raw JSON is a list of texts and references."""
    try:
        msgspec.convert(value, Text)
    except msgspec.ValidationError:
        return False
    return isinstance(value, list)


def refs_of_text(text: Text) -> list[str]:
    """The names of the values that stand in a text."""
    return [] if isinstance(text, str) else [one.value for one in text if isinstance(one, Ref)]


def refs_in(value: Any) -> Iterator[str]:
    """The names of the values that stand in a JSON value."""
    if isinstance(value, dict):
        if VALUE in value:
            yield str(value[VALUE])
        elif TEXT in value:
            yield from (one["value"] for one in value[TEXT] if not isinstance(one, str))
        else:
            for one in value.values():
                yield from refs_in(one)
    elif isinstance(value, list):
        for one in value:
            yield from refs_in(one)


def refs_of_step(step: Step) -> Iterator[str]:
    """The names of the values that a step sends."""
    yield from refs_of_text(step.path)
    for _, value in step.headers:
        yield from refs_of_text(value)
    body = step.body
    if body is not None and body.json is not UNSET:
        yield from refs_in(body.json)
    elif body is not None and body.text is not UNSET:
        yield from refs_of_text(body.text)


def _literal(text: Text) -> str:
    return text if isinstance(text, str) else "".join(one for one in text if isinstance(one, str))
