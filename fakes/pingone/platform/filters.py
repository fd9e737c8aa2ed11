"""Filters of collections: as much of SCIM's language as each supports (RFC 7644 section 3.4.2.2).

`name sw "A" and (email eq "a@x" or enabled eq false)`, and `memberOfGroups[id eq "…"]`.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from fakes.store import Row

    Test = Callable[[Row], bool]

LONGEST = 4096
DEEPEST = 20
"""Length, and parentheses within parentheses: the fake's own limits, for PingOne tells none."""

_TOKEN = re.compile(
    r'\s*(?:(?P<text>"(?:[^"\\]|\\.)*")|(?P<mark>[()\[\]])'
    r"|(?P<number>-?\d+(?:\.\d+)?(?![\w.]))|(?P<word>[A-Za-z_][\w.]*))"
)
_OPERATORS: Mapping[str, Callable[[Any, Any], bool]] = {
    "eq": lambda value, wanted: value == wanted,
    "ne": lambda value, wanted: value != wanted,
    "sw": lambda value, wanted: value.startswith(wanted),
    "ew": lambda value, wanted: value.endswith(wanted),
    "co": lambda value, wanted: wanted in value,
    "lt": lambda value, wanted: value < wanted,
    "le": lambda value, wanted: value <= wanted,
    "gt": lambda value, wanted: value > wanted,
    "ge": lambda value, wanted: value >= wanted,
}
_OF_TEXTS = frozenset({"sw", "ew", "co"})


class Language(NamedTuple):
    """What a collection supports: operators by attribute, and how parts are joined."""

    operators: Mapping[str, frozenset[str]]
    joins: frozenset[str]
    folds: bool
    lax: bool


class BadFilter(ValueError):  # noqa: N818 - names what the filter is
    """A filter that is not in the collection's language; the text says why."""


def compiled(text: str, language: Language) -> Test:
    """Whether a row is one that the filter finds. Raises BadFilter."""
    if len(text) > LONGEST:
        raise BadFilter(f"it has more than {LONGEST} characters")
    parser = _Parser(_tokens(text), language)
    test = parser.either()
    if parser.rest:
        raise BadFilter(f"nothing is expected at {parser.rest[0]}")
    return test


def _tokens(text: str) -> list[str]:
    found, place = [], 0
    text = text.rstrip()
    while place < len(text):
        match = _TOKEN.match(text, place)
        if match is None:
            raise BadFilter(f"it cannot be read from character {place + 1} on")
        found.append(match[0].strip())
        place = match.end()
    return found


class _Parser:
    """One filter, read from left to right; and binds closer than or."""

    def __init__(self, tokens: list[str], language: Language) -> None:
        self.rest = tokens
        self.language = language
        self.depth = 0

    def either(self, within: str = "") -> Test:
        """One or more parts, any of which will do."""
        tests = [self._both(within)]
        while self._joined("or"):
            tests.append(self._both(within))
        return tests[0] if len(tests) == 1 else lambda row: any(test(row) for test in tests)

    def _both(self, within: str) -> Test:
        tests = [self._one(within)]
        while self._joined("and"):
            tests.append(self._one(within))
        return tests[0] if len(tests) == 1 else lambda row: all(test(row) for test in tests)

    def _joined(self, word: str) -> bool:
        if not self.rest or self.rest[0].lower() != word:
            return False
        if word not in self.language.joins:
            raise BadFilter(f"{word} is not supported")
        self.rest.pop(0)
        return True

    def _one(self, within: str) -> Test:
        token = self._next("an attribute")
        if token == "(":  # noqa: S105 - a mark
            return self._closed(")", within)
        name = f"{within}{token}"
        if self.rest and self.rest[0] == "[":
            self.rest.pop(0)
            return self._closed("]", f"{name}.")
        return self._compared(name)

    def _closed(self, mark: str, within: str) -> Test:
        self.depth += 1
        if self.depth > DEEPEST:
            raise BadFilter("it has too many parentheses")
        test = self.either(within)
        if self._next(mark) != mark:
            raise BadFilter(f"{mark} is missing")
        self.depth -= 1
        return test

    def _compared(self, name: str) -> Test:
        known = {one.lower(): one for one in self.language.operators}
        attribute = known.get(name.lower())
        operator = self._next("an operator").lower()
        supported = self.language.operators[attribute] if attribute else frozenset()
        if attribute is None and not self.language.lax:
            raise BadFilter(f"the attribute {name[:60]} is not supported")
        if operator not in _OPERATORS or (operator not in supported and not self.language.lax):
            raise BadFilter(f"the operator {operator[:60]} is not supported of {name[:60]}")
        wanted = self._value()
        if operator in _OF_TEXTS and not isinstance(wanted, str):
            raise BadFilter(f"{operator} compares texts")
        return _test(attribute or name, operator, wanted, folds=self.language.folds)

    def _value(self) -> Any:
        token = self._next("a value")
        try:
            return json.loads(token.lower() if token[0] != '"' else token)
        except ValueError:
            raise BadFilter('a value is a text in "", a number, true or false') from None

    def _next(self, expected: str) -> str:
        if not self.rest:
            raise BadFilter(f"{expected} is missing at its end")
        return self.rest.pop(0)


def _test(name: str, operator: str, wanted: Any, *, folds: bool) -> Test:
    """Whether any value of that name compares so; texts with texts, numbers with numbers."""
    compare, path = _OPERATORS[operator], name.split(".")
    wanted = wanted.casefold() if folds and isinstance(wanted, str) else wanted

    def test(row: Row) -> bool:
        for value in _values(row, path):
            if type(value) is not type(wanted):
                continue
            if compare(value.casefold() if folds and isinstance(value, str) else value, wanted):
                return True
        return False

    return test


def _values(value: Any, path: list[str]) -> list[Any]:
    """What stands at a path; at one that leads through a list, of each item."""
    if isinstance(value, list):
        return [found for item in value for found in _values(item, path)]
    if not path:
        return [value]
    if not hasattr(value, "get"):
        return []
    return _values(value.get(path[0]), path[1:])
