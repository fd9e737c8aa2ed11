"""Bundles: one failure of a run in one small file, a pure function of the evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from harness.bundles.checking import is_deep
from harness.bundles.format import Bundle, Made
from harness.conditions import Check, at
from reports.bundles.known import Known, collection_of, json_of
from reports.bundles.steps import Stepper

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from harness.evidence import ExchangeRecord, RunHeader, ScenarioResult
    from harness.requirements import Requirement

FAILED = ("nonconformant", "warning", "refuted")
"""Verdicts of which a bundle can be made: a check of the product failed."""

LIMITED = 429

_ACTS = ("POST", "PUT", "DELETE")


def bundle_of(
    header: RunHeader, result: ScenarioResult, catalogue: Mapping[str, Requirement]
) -> Bundle:
    """The bundle of a scenario whose check failed; ValueError where none did."""
    failure = result.failure
    if result.verdict not in FAILED or failure is None or not result.exchanges:
        raise ValueError(f"{result.id} is {result.verdict}: there is no failed exchange to bundle")
    known = Known(header.places, result.remade)
    stepper = Stepper(known, header.places)
    exchanges, failing = kept(result)
    steps = [
        stepper.step(number, one, learn=number < failing) for number, one in enumerate(exchanges)
    ]
    requirement = catalogue.get(failure.requirement or "")
    check = failure.check
    if check is not None and (
        is_deep(check.expected) or is_one_of_many(json_of(exchanges[failing]), check.pointer)
    ):
        check = None
    if check is not None and check.expected is not None:
        collection = collection_of(exchanges[failing].url)
        check = Check(
            **{name: getattr(check, name) for name in check.__struct_fields__[:-1]},
            expected=stepper.tree(check.expected, collection, failing),
        )
    if result.left_out:
        known.cannot.append(f"the evidence lacks the first {result.left_out} exchanges")
    return Bundle(
        scenario=result.id,
        title=result.title,
        requirement=failure.requirement or "",
        requires=requirement.title if requirement else "",
        verdict=result.verdict,
        expected=failure.expected,
        actual=failure.actual,
        made=made(header),
        failing=failing,
        steps=steps,
        values=known.values,
        check=check,
        cannot=list(dict.fromkeys(known.cannot)),
    )


def is_one_of_many(document: Any, pointer: str) -> bool:
    """Whether it points to one of several items: another product may list them otherwise."""
    parts = pointer.split("/")
    for length in range(1, len(parts)):
        try:
            whole = at(document, "/".join(parts[:length]))
        except LookupError:
            return False
        if isinstance(whole, list) and len(whole) > 1:
            return True
    return False


def made(header: RunHeader) -> Made:
    """The run, as far as it matters for the failure."""
    return Made(
        tool=header.tool,
        run_id=header.run_id,
        started=header.started,
        target=header.target,
        release=header.release,
        seed=header.seed,
        label=header.label,
        product=header.product,
        fakes=header.fakes,
        defects=[*header.options.get("defect", ())],
        switches=[*header.options.get("switch", ())],
        known_bugs=bool(header.options.get("known_bugs")),
    )


def kept(result: ScenarioResult) -> tuple[Sequence[ExchangeRecord], int]:
    """The exchanges up to the one that failed, and its index; a look at the door is no step."""
    failing = result.failure.exchange if result.failure else None
    if failing is None:
        failing = len(result.exchanges) - 1
    culprit = result.exchanges[failing]
    before = list(_answered(result.exchanges[: failing + 1]))[:-1]
    if culprit.party != "control":
        before = [one for one in before if one.party != "control" or _acts(one)]
    return [*before, culprit], len(before)


def _answered(exchanges: Sequence[ExchangeRecord]) -> Iterator[ExchangeRecord]:
    """Without what PingOne limited and was asked again, unless the scenario set the limit."""
    sets = any(one.party == "control" and one.url.endswith("/rates") for one in exchanges)
    for one, later in zip(exchanges, [*exchanges[1:], None], strict=True):
        limited = one.party == "pingone" and one.status == LIMITED and later is not None
        again = limited and (one.method, one.url) == (later.method, later.url)  # type: ignore[union-attr]
        if sets or not again:
            yield one


def _acts(exchange: ExchangeRecord) -> bool:
    return exchange.method in _ACTS and not exchange.url.endswith("/ledger")
