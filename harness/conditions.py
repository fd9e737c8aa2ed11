"""Checks as values: what was asked of an answer, so that it can be asked of another one.

`checks` makes them where a check is about one answer; evidence and bundles keep them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping  # noqa: TC003 - msgspec reads the annotations
from typing import TYPE_CHECKING, Any, Literal

from msgspec import UNSET, Struct, UnsetType, field

from harness.comparing import difference, missing

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_FOUND = 2
"""Places of a value that are looked for: two are as good as many, since none is chosen."""

ABOUT_STATUS = frozenset({"status", "answered"})
"""Checks that another class of status can pass; others were asked of an answer of that class."""


class Check(Struct, omit_defaults=True, forbid_unknown_fields=True):
    """One expectation of one answer. `pointer` (RFC 6901) says which part of its JSON is meant.

    status: it has one of `statuses`. object: it is a JSON object. items: it has items, an array of
    objects. error: an ApiError. complaint: form complains about `name`. member: `name` is there,
    and is one of `options` where there are any. detail: a detail has `name` with the first of
    `options`. header: `name` is the first of `options`. equal: the part is `expected`. members: it
    has what `expected` has. answered: there is an answer. hidden: `expected` stands nowhere in it.
    """

    kind: Literal[
        "status",
        "object",
        "items",
        "error",
        "complaint",
        "member",
        "detail",
        "header",
        "equal",
        "members",
        "answered",
        "hidden",
    ]
    statuses: list[int] = field(default_factory=list)
    pointer: str = ""
    name: str = ""
    options: list[str] = field(default_factory=list)
    expected: Any | UnsetType = UNSET


class Seen(Struct):
    """An answer as a check sees it: `shows` says whether a secret stands in it.

    `json` is UNSET where the body is none, `status` None where there is no answer.
    """

    status: int | None
    headers: Mapping[str, str]
    json: Any | UnsetType = UNSET
    shows: Callable[[str], bool] = bool


def holds(check: Check, seen: Seen) -> bool:
    """Whether the answer is what the check asks for."""
    if seen.status is None:
        return False
    return _HOLDS[check.kind](check, seen)


def at(document: Any, pointer: str) -> Any:
    """The part of a JSON document at a pointer (RFC 6901); LookupError where there is none."""
    found = document
    for written in pointer.split("/")[1:]:
        name = written.replace("~1", "/").replace("~0", "~")
        if isinstance(found, dict):
            found = found[name]
        elif isinstance(found, list) and name.isascii() and name.isdigit():
            found = found[int(name)]
        else:
            raise LookupError(pointer)
    return found


def step_down(pointer: str, name: str | int) -> str:
    """The pointer to a member of what this one points to."""
    return f"{pointer}/{str(name).replace('~', '~0').replace('/', '~1')}"


def places(document: Any, value: Any, pointer: str = "") -> Iterator[str]:
    """The pointers to every part of the document that is this value."""
    if _same(document, value):
        yield pointer
    elif isinstance(document, dict):
        for name, one in document.items():
            yield from places(one, value, step_down(pointer, name))
    elif isinstance(document, list):
        for number, one in enumerate(document):
            yield from places(one, value, step_down(pointer, number))


def place(document: Any, value: Any, words: str) -> str | None:
    """The pointer to the part that is this value; of several, the one that the words name.

    None where there is none, or nothing tells which: a guess would make a check of another thing.
    """
    found = list(places(document, value))
    if len(found) > 1:
        named = [one for one in found if one.rpartition("/")[2] in words.split()]
        found = named if len(named) == 1 else found
    return found[0] if len(found) == 1 else None


def _same(one: Any, other: Any) -> bool:
    return type(one) is type(other) and bool(one == other)


def _part(check: Check, seen: Seen) -> Any:
    """The part that the check is about; UNSET where the answer has none."""
    if seen.json is UNSET:
        return UNSET
    try:
        return at(seen.json, check.pointer)
    except (LookupError, RecursionError):
        return UNSET


def _status(check: Check, seen: Seen) -> bool:
    return seen.status in check.statuses


def _object(_: Check, seen: Seen) -> bool:
    return isinstance(seen.json, dict)


def _items(_: Check, seen: Seen) -> bool:
    items = seen.json.get("items") if isinstance(seen.json, dict) else None
    return isinstance(items, list) and all(isinstance(one, dict) for one in items)


def _error(_: Check, seen: Seen) -> bool:
    told = seen.json if isinstance(seen.json, dict) else {}
    form = told.get("form")
    return (
        _sentences(told.get("flash"))
        and isinstance(form, dict)
        and all(map(_sentences, form.values()))
    )


def _sentences(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _complaint(check: Check, seen: Seen) -> bool:
    return _error(check, seen) and bool(seen.json["form"].get(check.name))  # type: ignore[index]


def _member(check: Check, seen: Seen) -> bool:
    told = _part(check, seen)
    if not isinstance(told, dict) or check.name not in told:
        return False
    return not check.options or told[check.name] in check.options


def _detail(check: Check, seen: Seen) -> bool:
    details = seen.json.get("details") if isinstance(seen.json, dict) else None
    return isinstance(details, list) and check.options[0] in [
        one.get(check.name) for one in details if isinstance(one, dict)
    ]


def _header(check: Check, seen: Seen) -> bool:
    return seen.headers.get(check.name.lower()) == check.options[0]


def _equal(check: Check, seen: Seen) -> bool:
    told = _part(check, seen)
    if told is UNSET and check.expected is None and check.pointer:
        return seen.json is not UNSET  # a member that is null and one that is absent say the same
    return told is not UNSET and difference(told, check.expected) is None


def _members(check: Check, seen: Seen) -> bool:
    told = _part(check, seen)
    wanted = check.expected
    return told is not UNSET and isinstance(wanted, dict) and missing(told, wanted) is None


def _hidden(check: Check, seen: Seen) -> bool:
    return isinstance(check.expected, str) and not seen.shows(check.expected)


def _answered(_: Check, seen: Seen) -> bool:
    return seen.status is not None


_HOLDS: Mapping[str, Callable[[Check, Seen], bool]] = {
    "status": _status,
    "object": _object,
    "items": _items,
    "error": _error,
    "complaint": _complaint,
    "member": _member,
    "detail": _detail,
    "header": _header,
    "equal": _equal,
    "members": _members,
    "answered": _answered,
    "hidden": _hidden,
}
