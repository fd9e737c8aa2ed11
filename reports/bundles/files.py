"""The files of a bundle, each rendered from its steps and exchanges."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import msgspec

from harness.bundles.format import schema
from harness.evidence import Run, RunHeader, ScenarioResult
from reports import har
from reports.bundles import pytest_file, readme, shell, state
from reports.bundles.zipping import zipped
from reports.model import Findings

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from harness.bundles.format import Bundle
    from harness.evidence import ExchangeRecord
    from harness.requirements import Requirement

README, HAR, SHELL = "README.md", "exchanges.har", "replay.sh"
STEPS, SCHEMA, STATE, TEST = "steps.json", "steps.schema.json", "state.json", "test_reproduction.py"


def written(
    bundle: Bundle,
    exchanges: Sequence[ExchangeRecord],
    catalogue: Mapping[str, Requirement],
    *,
    configuration: Any = None,
    test: bool = False,
) -> bytes:
    """The bytes of the bundle; with `test`, a pytest file in it (ValueError where none can be).

    `configuration` is what PingAccess had when it failed, where that is known.
    """
    reproduction = {TEST: pytest_file.source(bundle)} if test else {}
    names = [README, HAR, SHELL, STEPS, SCHEMA, STATE, *reproduction]
    return zipped(
        {
            README: readme.text(bundle, names),
            HAR: har.document(_findings(bundle, exchanges, catalogue)),
            SHELL: shell.script(bundle),
            STEPS: steps_of(bundle),
            SCHEMA: json.dumps(schema(), indent=1) + "\n",
            STATE: state.document(bundle, configuration),
            **reproduction,
        }
    )


def steps_of(bundle: Bundle) -> str:
    """`steps.json`."""
    return msgspec.json.format(msgspec.json.encode(bundle), indent=1).decode() + "\n"


def _findings(
    bundle: Bundle, exchanges: Sequence[ExchangeRecord], catalogue: Mapping[str, Requirement]
) -> Findings:
    """A run of this one scenario."""
    made = bundle.made
    header = RunHeader(
        run_id=made.run_id,
        started=made.started,
        tool=made.tool,
        target=made.target,
        release=made.release,
        seed=made.seed,
    )
    scenario = ScenarioResult(
        id=bundle.scenario,
        area=bundle.scenario.partition("/")[0],
        requirements=[bundle.requirement],
        title=bundle.title,
        verdict=bundle.verdict,
        reason=f"expected {bundle.expected}; actual {bundle.actual}",
        exchanges=[*exchanges],
    )
    return Findings(Run(header, [scenario], None, []), catalogue)
