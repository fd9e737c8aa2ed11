"""Failures to make bundles of: the suite against planted defects, in one session of pytest."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from harness.cli.collected import silence
from harness.cli.proving import doubts
from harness.cli.run import run
from harness.cli.runs import _header
from harness.cli.suite import SCENARIO, Suite
from harness.cli.targets import Embedded
from harness.requirements import catalogue
from reports.bundles import bundle_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fakes.behaviour import Defect
    from harness.bundles.format import Bundle
    from harness.evidence import ExchangeRecord

CAUGHT = ("nonconformant", "warning")


class Failing:
    """A plugin that plants each defect and keeps the bundle of the first scenario that fails."""

    def __init__(self, suite: Suite, defects: Sequence[Defect]) -> None:
        self._suite = suite
        self._defects = defects
        self.bundles: dict[str, Bundle] = {}
        self.exchanges: dict[str, Sequence[ExchangeRecord]] = {}

    @pytest.hookimpl(trylast=True)
    def pytest_configure(self, config: pytest.Config) -> None:
        """Pytest prints nothing."""
        silence(config)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Each defect in turn, and the scenarios of what it breaks until one fails."""
        under_way = self._suite.run
        assert under_way is not None
        assert isinstance(under_way.target, Embedded)
        for defect in self._defects:
            under_way.target.plant([defect.id])
            for item in session.items:
                scenario = item.stash[SCENARIO]
                if not any(one.id == defect.breaks for one in scenario.requirements):
                    continue
                item.config.hook.pytest_runtest_protocol(item=item, nextitem=None)
                found = scenario.verdict
                if found.name in CAUGHT and found.broken and found.broken.exchange:
                    header = _header(session.config, under_way, 1)
                    header.options["defect"] = [defect.id]
                    result = under_way.results[-1]
                    bundle = bundle_of(header, result, catalogue())
                    bundle.cannot += doubts(bundle)
                    self.bundles[defect.id] = bundle
                    self.exchanges[defect.id] = result.exchanges
                    break
        return True


def failing(defects: Sequence[Defect], *arguments: str) -> Failing:
    """The bundles of these defects, by their id."""
    suite = Suite(keep=False)
    plugin = Failing(suite, defects)
    run([*arguments], plugins=[suite, plugin])
    if suite.problem is not None:
        raise suite.problem
    return plugin
