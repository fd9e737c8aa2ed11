"""Whether a bundle does what it says: tried on the fakes of its run, before anybody gets it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from harness.bundles.place import Place
from harness.bundles.replaying import replay
from harness.cli.bundled import once
from harness.cli.targets import PINGACCESS, PINGONE, Embedded, Wanted
from harness.errors import HarnessError
from harness.recorder import Record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from harness.bundles.format import Bundle
    from harness.patterns import Patterns


def doubts(bundle: Bundle) -> list[str]:
    """Why the steps alone are no proof, as the fakes of the run show it; empty for a real product.

    Evidence has no secrets, so a step may lack what mattered: a wrong password that was nearly
    right, for example.
    """
    if bundle.cannot or bundle.check is None or not _is_of_fakes(bundle):
        return []
    try:
        return list(_doubts(bundle))
    except HarnessError as error:
        return [f"tried on the fakes of the run, the steps cannot be sent ({error})"]


def configuration(bundle: Bundle, patterns: Patterns) -> Any:
    """What the fake PingAccess exports once it has failed, without secrets; None elsewhere."""
    if bundle.cannot or not _is_of_fakes(bundle):
        return None
    fakes = _fakes(bundle)
    try:
        fakes.fresh()
        place = Place(fakes.session, Record(bundle.scenario), patterns)
        replay(bundle, place)
        answer = place.scenario.product.api.config_export()
        return json.loads(place.redactor().body(answer.content)) if answer.is_success else None
    except (HarnessError, ValueError):
        return None
    finally:
        fakes.close()


def _doubts(bundle: Bundle) -> Iterator[str]:
    fakes = _fakes(bundle)
    try:
        outcome, _ = once(bundle, fakes)
        if outcome.verdict != "STILL FAILING":
            yield f"tried on the fakes of the run, the steps come to {outcome.verdict}"
        elif bundle.made.defects:
            fakes.plant([])
            if once(bundle, fakes)[0].verdict == "STILL FAILING":
                yield "tried on fakes without the planted defect, the steps fail as well"
    finally:
        fakes.close()


def _is_of_fakes(bundle: Bundle) -> bool:
    return bundle.made.target != "live" and {PINGACCESS, PINGONE} <= {*bundle.made.fakes}


def _fakes(bundle: Bundle) -> Embedded:
    made = bundle.made
    return Embedded(
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
