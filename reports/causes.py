"""Failures that have, probably, one cause; and why they are thought to have.

Two failures are put together where the same was found in both, values apart, and the operation or
the requirement is the same. Where nobody answered, that is the cause, whatever was asked.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from harness.evidence import ExchangeRecord, ScenarioResult

JUDGED = ("nonconformant", "refuted", "warning")
"""Verdicts on the product; a harness error is none, and has causes of its own."""

LONGEST = 160
"""Characters of a text that are compared, and shown as what failures have in common."""

_PARTIES = {"pingaccess": "PingAccess", "pingone": "PingOne", "control": "The control door"}
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"(\s*:)?')
_VALUE = re.compile(r"\b(?=[\w.:+-]*\d)[\w.:+-]+")
_ID = re.compile(r"(?<=/)(?=[^/?]*\d)(?!v\d+/)[^/?]+")


@dataclass(frozen=True, slots=True)
class Cause:
    """Results of one probable cause, in their order; `why` says what they have in common."""

    verdict: str
    results: list[ScenarioResult]
    requirements: list[str]
    title: str
    why: str


@dataclass(frozen=True, slots=True)
class _Sign:
    """What one failure shows: where, the status, and the shape of what was found."""

    kind: str
    place: str
    status: str
    shape: str
    requirement: str


def causes(results: Iterable[ScenarioResult], order: Mapping[str, int]) -> list[Cause]:
    """Every failure under its probable cause; the gravest first, then those with the most.

    `order` has the places of the requirements in the catalogue.
    """
    failed = [one for one in results if one.verdict in (*JUDGED, "harness_error")]
    signs = [_sign(one) for one in failed]
    found = [
        _cause([failed[n] for n in group], [signs[n] for n in group], order)
        for group in _groups(signs)
    ]
    rank = {name: n for n, name in enumerate(("nonconformant", "harness_error", *JUDGED[1:]))}
    found.sort(key=lambda one: (rank[one.verdict], -len(one.results)))
    return found


def shape(text: str) -> str:
    """The text without its values: what stays the same where only ids, names and times differ."""
    words = _STRING.sub(lambda found: found[0] if found[1] else '"…"', _head(text))
    return _VALUE.sub("#", words)[:LONGEST]


def _head(text: str) -> str:
    """What a check found, without the whole in which it found it."""
    return " ".join(text[: 10 * LONGEST].split()).partition(": in ")[0]


def exchange_of(result: ScenarioResult) -> ExchangeRecord | None:
    """The exchange that shows the failure, where the evidence has it."""
    at = result.failure.exchange if result.failure else None
    if at is None or not 0 <= at < len(result.exchanges):
        return None
    return result.exchanges[at]


def _sign(result: ScenarioResult) -> _Sign:
    failure, exchange = result.failure, exchange_of(result)
    requirement = (failure.requirement if failure else None) or (result.requirements or ["?"])[0]
    if result.verdict == "harness_error":
        last = result.exchanges[-1] if result.exchanges else None
        if last is not None and last.error is not None:
            return _Sign("unreachable", last.party, "", "", requirement)
        text = result.reason or (failure.message if failure else "")
        return _Sign("harness", "", "", shape(text), requirement)
    found = failure.actual if failure else result.reason or ""
    kind = "refuted" if result.verdict == "refuted" else "answer"
    place, status = "", ""
    if exchange is not None:
        place = exchange.operation or f"{exchange.method} {_path(exchange.url)}"
        status = "no answer" if exchange.status is None else str(exchange.status)
    return _Sign(kind, place, status, shape(found), requirement)


def _path(url: str) -> str:
    """The path of a URL without ids."""
    rest = url.partition("://")[2] or url
    return _ID.sub("{}", "/" + rest.partition("?")[0].partition("/")[2])


def _groups(signs: list[_Sign]) -> list[list[int]]:
    """Positions of signs that are joined, directly or through others."""
    parent = list(range(len(signs)))

    def root(n: int) -> int:
        while parent[n] != n:
            parent[n] = parent[parent[n]]
            n = parent[n]
        return n

    first: dict[tuple[str, ...], int] = {}
    for n, sign in enumerate(signs):
        for key in _keys(sign):
            parent[root(n)] = root(first.setdefault(key, n))
    found: dict[int, list[int]] = {}
    for n in range(len(signs)):
        found.setdefault(root(n), []).append(n)
    return list(found.values())


def _keys(sign: _Sign) -> Iterable[tuple[str, ...]]:
    """What joins it with others that have the same."""
    if sign.kind in ("unreachable", "harness"):
        yield (sign.kind, sign.place, sign.shape)
        return
    common = (sign.kind, sign.status, sign.shape)
    yield (*common, "requirement", sign.requirement)
    if sign.place:
        yield (*common, "operation", sign.place)


def _cause(results: list[ScenarioResult], signs: list[_Sign], order: Mapping[str, int]) -> Cause:
    worst = next(
        one
        for one in ("nonconformant", "harness_error", *JUDGED[1:])
        if any(result.verdict == one for result in results)
    )
    names = dict.fromkeys(sign.requirement for sign in signs)
    requirements = sorted(names, key=lambda name: order.get(name, len(order)))
    places = [name for name, _ in Counter(sign.place for sign in signs if sign.place).most_common()]
    return Cause(
        worst,
        results,
        requirements,
        _title(results[0], signs[0], places, len(requirements)),
        _why(signs, places, len(requirements)) if len(results) > 1 else "",
    )


def _title(result: ScenarioResult, sign: _Sign, places: list[str], requirements: int) -> str:
    """A sentence for causes that are no broken requirement; "" where the requirement says it."""
    if sign.kind == "unreachable":
        return f"{_PARTIES.get(sign.place, 'The target')} did not answer"
    if sign.kind == "harness":
        return "The harness failed, not the product"
    if requirements == 1:
        return ""
    where = f"{_listed(places)} answered {sign.status}" if places else "The answers"
    found = _head(result.failure.actual if result.failure else result.reason or "")[:LONGEST]
    return f"{where}: {found}" if found else where


def _why(signs: list[_Sign], places: list[str], requirements: int) -> str:
    sign = signs[0]
    if sign.kind == "unreachable":
        return "Put together because the last request of each got no answer."
    if sign.kind == "harness":
        return "Put together because the same went wrong in each, values apart."
    shared = ["the requirement"] if requirements == 1 else []
    if len(places) == 1:
        shared.append(f"the operation {places[0]}")
    elif requirements > 1:
        shared += ["an operation", "a requirement"] if places else ["a requirement"]
    both = " and " if 1 in (requirements, len(places)) else " or "
    status = f"status {sign.status}, " if sign.status else ""
    return (
        f"Put together because the same was found in each, values apart ({status}"
        f"“{sign.shape}”), and because they share {both.join(shared)}."
    )


def _listed(places: list[str]) -> str:
    shown = places[:3]
    rest = [f"{len(places) - 3} more"] if len(places) > 3 else []
    every = [*shown, *rest]
    return every[0] if len(every) == 1 else f"{', '.join(every[:-1])} and {every[-1]}"
