"""A scenario while it runs, and the line of evidence that it becomes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import msgspec

from harness import evidence
from harness.cli.verdicts import CONFORMANT, HARNESS_ERROR, VERDICTS, Verdict
from harness.exchanges import shown
from harness.recorder import Record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from harness.conditions import Check
    from harness.errors import NonConformance
    from harness.evidence import ExchangeRecord
    from harness.product import Scenario as Opened
    from harness.recorder import Exchange
    from harness.redaction import Redactor
    from harness.requirements import Requirement
    from harness.shapes import Shapes

MOST_TRAFFIC = 200
"""Lines of traffic kept of one scenario."""
LARGEST = 4_000_000
"""Characters of exchanges kept of one scenario: those before the failure count most."""


class Scenario:
    """One test of the suite: its requirements, and what became of it."""

    def __init__(self, node: str, requirements: Sequence[Requirement], title: str) -> None:
        self.id = node.partition("scenarios/")[2] or node
        self.area = self.id.partition("/")[0]
        self.requirements = requirements
        self.title = title
        self.open: Opened | None = None
        self.record = Record(self.id, tuple(one.id for one in requirements))
        self.verdict = Verdict(CONFORMANT)
        self._began_s = 0.0

    def not_asked(self, release: str) -> str | None:
        """Why it is not asked of that release, where none of its requirements is."""
        if any(one.holds_in(release) for one in self.requirements):
            return None
        return "; ".join(one.outside(release) for one in self.requirements)

    def begin(self, now_s: float) -> None:
        """Nothing has happened yet, whatever happened in an earlier run of it."""
        self.open = None
        self.verdict = Verdict(CONFORMANT)
        self.record = Record(self.id, tuple(one.id for one in self.requirements))
        self._began_s = now_s

    def forget(self) -> None:
        """What was exchanged is in the evidence now, and nowhere else."""
        self.open = None
        self.record.restart()
        self.record = Record(self.id, ())

    def settle(self, found: Verdict) -> None:
        """The worse of this verdict and the one that it has."""
        if self.verdict.name == CONFORMANT or (
            VERDICTS.index(found.name) < VERDICTS.index(self.verdict.name)
        ):
            self.verdict = found

    def duration_ms(self, now_s: float) -> float:
        """Milliseconds since it began."""
        return round((now_s - self._began_s) * 1000, 3)


def finished(
    scenario: Scenario,
    now_s: float,
    redactor: Callable[[], Redactor],
    shapes: Shapes,
    *,
    every: bool = False,
) -> evidence.ScenarioResult:
    """Its line of evidence; exchanges stand in it where something is to be explained by them.

    `every`: and where nothing is.
    """
    found, record = scenario.verdict, scenario.record
    secrets = redactor()
    explains = every or found.name != CONFORMANT
    kept = _led_to(record.exchanges, found) if explains else []
    exchanges = [shown(one, secrets) for one in kept]
    first = _first_that_fits(exchanges)
    seen = record.exchanges[:MOST_TRAFFIC]
    answers, explained = shapes.of(seen, record.secrets, lambda: secrets)
    return evidence.ScenarioResult(
        id=scenario.id,
        area=scenario.area,
        requirements=list(record.requirements),
        title=scenario.title,
        verdict=found.name,
        reason=None if found.reason is None else secrets.text(found.reason),
        failure=_failure(found, kept[first:], secrets),
        exchanges=exchanges[first:],
        left_out=record.dropped + first if exchanges else 0,
        traffic=[secrets.text(_line(one)) for one in seen],
        answers=answers,
        shapes=explained,
        remade=_remade(record, secrets) if explains else [],
        duration_ms=scenario.duration_ms(now_s),
        timing=[
            (scenario.duration_ms(one.started_s), round(one.took_s * 1000, 3))
            for one in kept[first:]
        ],
    )


def _led_to(exchanges: Sequence[Exchange], found: Verdict) -> Sequence[Exchange]:
    """The exchanges up to the failure, the last of them its own where that is known."""
    culprit = found.broken.exchange if found.broken is not None else None
    return exchanges[: next((n + 1 for n, one in enumerate(exchanges) if one is culprit), None)]


def _first_that_fits(exchanges: Sequence[ExchangeRecord]) -> int:
    """The index from which on there is room for all; the last is always kept."""
    room = LARGEST
    for index in range(len(exchanges) - 1, -1, -1):
        room -= _size(exchanges[index])
        if room < 0:
            return min(index + 1, len(exchanges) - 1)
    return 0


def _size(exchange: ExchangeRecord) -> int:
    bodies = (exchange.request_body, exchange.response_body)
    headers = (*exchange.request_headers, *exchange.response_headers)
    return sum(len(one.text) + len(one.base64 or "") for one in bodies if one) + sum(
        len(name) + len(value) for name, value in headers
    )


def titled(function: Any) -> str:
    """The first line of a scenario's docstring, or its name as a sentence."""
    text = function.__doc__ or ""
    line = text.strip().partition("\n")[0]
    if line and not line.startswith("Source:"):
        return line
    name = str(getattr(function, "__name__", "")).removeprefix("test_")
    return f"{name[:1].upper()}{name[1:].replace('_', ' ')}."


def _failure(
    found: Verdict, exchanges: Sequence[Exchange], secrets: Redactor
) -> evidence.Failure | None:
    broken = found.broken
    if broken is None:
        if found.name != HARNESS_ERROR or found.where is None:
            return None
        text = secrets.text(found.reason or "")
        return evidence.Failure(
            requirement=None, expected="", actual="", message=text, exchange=None, where=found.where
        )
    at = next((n for n, one in enumerate(exchanges) if one is broken.exchange), None)
    return evidence.Failure(
        requirement=broken.requirement,
        expected=secrets.text(broken.expected),
        actual=secrets.text(broken.actual),
        message=secrets.text(str(broken)),
        exchange=at,
        where=found.where,
        check=_check(broken, secrets),
    )


def _check(broken: NonConformance, secrets: Redactor) -> Check | None:
    """The check without secrets; None where it cannot be told without them."""
    if broken.check is None:
        return None
    try:
        written = secrets.text(msgspec.json.encode(broken.check).decode())
        return msgspec.json.decode(written, type=type(broken.check))
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        return None


def _remade(record: Record, secrets: Redactor) -> list[evidence.Remade]:
    """The tokens that were made, each in every form in which evidence may show it."""
    made = []
    for token, recipe in record.recipes.items():
        of = secrets.text(recipe.of)
        shown = dict.fromkeys(one for one in _shown(token, secrets) if one != of)
        made.append(evidence.Remade([*shown], of, [*recipe.mutations]))
    return made


def _shown(token: str, secrets: Redactor) -> Iterator[str]:
    """How a token is shown as a member of JSON, in a form and as a bearer's."""
    for before, after in (('{"credential":{"value":"', '"}}'), ('{"credential":"', '"}')):
        written = secrets.text(before + json.dumps(token)[1:-1] + after)
        yield written.removeprefix(before).removesuffix(after)
    form = urlencode({"subject_token": token}, errors="surrogatepass")
    yield secrets.text(form).removeprefix("subject_token=")
    [(_, header)] = secrets.headers([("authorization", f"Bearer {token}")])
    yield header.removeprefix("Bearer ")


def _line(exchange: Exchange) -> str:
    url = exchange.request.url
    path = url.raw_path.partition(b"?")[0].decode("ascii")
    came = exchange.error if exchange.response is None else exchange.response.status_code
    return f"{exchange.party} {exchange.request.method} {path} {came}"
