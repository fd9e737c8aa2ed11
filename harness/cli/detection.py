"""Whether the suite finds what is wrong: its scenarios, once for each seeded defect."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from harness.cli.collected import silence
from harness.cli.suite import SCENARIO, installed
from harness.cli.targets import Embedded
from harness.cli.verdicts import CONFORMANT, HARNESS_ERROR, NONCONFORMANT, NOT_MEASURED, WARNING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from fakes.behaviour import Defect
    from harness.cli.results import Scenario

CATCHES = (NONCONFORMANT, WARNING)


@dataclass
class Finding:
    """One defect, and what the scenarios of the requirement that it breaks made of it."""

    defect: Defect
    caught_by: str | None = None
    check: str | None = None
    tried: int = 0
    crashed: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)


class Detection:
    """A pytest plugin that replaces the loop over the tests.

    `baseline` lists what fails where nothing is planted: then no catch means anything. A catch is a
    check of the very requirement that the defect breaks; an error of the harness is none.
    """

    def __init__(self, defects: Sequence[Defect], progress: Callable[[int, int], None]) -> None:
        self.findings = [Finding(defect) for defect in defects]
        self.baseline: list[str] = []
        self.problems: list[str] = []
        self._progress = progress
        self._session: pytest.Session

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Collection errors are kept for the command to tell."""
        if report.failed:
            self.problems.append(f"{report.nodeid}: {report.longrepr}")

    @pytest.hookimpl(trylast=True)
    def pytest_configure(self, config: pytest.Config) -> None:
        """Pytest prints nothing: the command does."""
        silence(config)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Every needed scenario without a defect, then the few of each defect with it."""
        self._session = session
        run = installed(session.config).run
        if run is None or not isinstance(run.target, Embedded):
            return True
        by_requirement = _by_requirement(session.items)
        needed = {
            item.nodeid: item
            for finding in self.findings
            for item in by_requirement[finding.defect.breaks]
        }
        run.target.plant(())
        for item, scenario in self._ran(needed.values()):
            if scenario.verdict.name not in (CONFORMANT, NOT_MEASURED):
                self.baseline.append(f"{item.nodeid}: {scenario.verdict.reason}")
        for number, finding in enumerate(self.findings):
            self._progress(number, len(self.findings))
            run.target.plant([finding.defect.id])
            self._hunt(finding, by_requirement[finding.defect.breaks])
        self._progress(len(self.findings), len(self.findings))
        return True

    def _hunt(self, finding: Finding, items: Sequence[pytest.Item]) -> None:
        for item, scenario in self._ran(items):
            finding.tried += 1
            found = scenario.verdict
            if found.name == HARNESS_ERROR:
                finding.crashed.append(f"{scenario.id}: {found.reason}")
            elif found.name in CATCHES and found.broken is not None:
                if found.broken.requirement == finding.defect.breaks:
                    finding.caught_by, finding.check = item.nodeid, found.reason
                    return
                finding.elsewhere.append(f"{scenario.id}: {found.reason}")

    def _ran(self, items: Iterable[pytest.Item]) -> Iterable[tuple[pytest.Item, Scenario]]:
        for item in items:
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=None)
            yield item, item.stash[SCENARIO]
        if self._session.shouldstop:
            raise self._session.Interrupted(self._session.shouldstop)


def _by_requirement(items: Sequence[pytest.Item]) -> dict[str, list[pytest.Item]]:
    found: dict[str, list[pytest.Item]] = defaultdict(list)
    for item in items:
        scenario = item.stash.get(SCENARIO, None)
        for requirement in scenario.requirements if scenario is not None else ():
            found[requirement.id].append(item)
    return found
