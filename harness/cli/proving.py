"""Whether a bundle does what it says: tried on the fakes of its run, before anybody gets it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from harness.cli.bundled import once
from harness.cli.targets import PINGACCESS, PINGONE, Embedded, Wanted
from harness.errors import BadSettings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from harness.bundles.format import Bundle


def doubts(bundle: Bundle) -> list[str]:
    """Why the steps alone are no proof, as the fakes of the run show it; empty for a real product.

    Evidence has no secrets, so a step may lack what mattered: a wrong password that was nearly
    right, for example.
    """
    made = bundle.made
    if bundle.cannot or bundle.check is None or made.target == "live":
        return []
    if not {PINGACCESS, PINGONE} <= {*made.fakes}:
        return []
    try:
        return list(_doubts(bundle))
    except BadSettings as error:
        return [f"the fakes of the run cannot be had again ({error})"]


def _doubts(bundle: Bundle) -> Iterator[str]:
    made = bundle.made
    fakes = Embedded(
        Wanted(
            "embedded",
            made.release,
            made.seed or 0,
            "proving",
            tuple(made.defects),
            None,
            tuple(made.switches),
            known_bugs=made.known_bugs,
        )
    )
    try:
        outcome, _ = once(bundle, fakes)
        if outcome.verdict != "STILL FAILING":
            yield f"tried on the fakes of the run, the steps come to {outcome.verdict}"
        elif made.defects:
            fakes.plant([])
            if once(bundle, fakes)[0].verdict == "STILL FAILING":
                yield "tried on fakes without the planted defect, the steps fail as well"
    finally:
        fakes.close()
