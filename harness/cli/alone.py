"""One scenario of the suite, run by itself and without a run folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from harness.cli.collected import silence
from harness.cli.run import run, suite_folder
from harness.cli.suite import SCENARIO, Suite
from harness.errors import BadSettings, HarnessError
from harness.evidence import ScenarioResult

if TYPE_CHECKING:
    from collections.abc import Sequence


def alone(scenario: str, arguments: Sequence[str]) -> ScenarioResult:
    """What the scenario of that id came to; HarnessError where it was not run to its end."""
    suite, quiet = Suite(keep=False), _Quiet(scenario)
    folder = suite_folder()
    file = (folder / scenario.partition("::")[0]).resolve()  # the id may be a stranger's
    if not file.is_relative_to(folder) or not file.is_file():
        raise BadSettings(f"this installation has no scenario {scenario!r}; try --steps")
    run([*arguments, str(file)], plugins=[suite, quiet])
    if suite.problem is not None:
        raise suite.problem
    if not quiet.ran:
        raise BadSettings(f"this installation has no scenario {scenario!r}; try --steps")
    if suite.run is None or not suite.run.counts:
        raise HarnessError("the scenario did not run")
    if suite.run.results:
        return suite.run.results[0]
    return ScenarioResult(id=scenario, area="", requirements=[], title="", verdict="conformant")


class _Quiet:
    """Leaves all other scenarios out, and lets pytest print nothing."""

    def __init__(self, scenario: str) -> None:
        self._scenario = scenario
        self.ran = False

    @pytest.hookimpl(trylast=True)
    def pytest_configure(self, config: pytest.Config) -> None:
        silence(config)

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items[:] = [
            one
            for one in items
            if SCENARIO in one.stash and one.stash[SCENARIO].id == self._scenario
        ]
        self.ran = bool(items)
