"""The scenarios without running them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from harness.cli.run import run
from harness.cli.suite import SCENARIO
from harness.errors import HarnessError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from harness.cli.results import Scenario


def scenarios(arguments: Sequence[str] = ()) -> list[Scenario]:
    """Every scenario that these pytest arguments select; HarnessError where collection fails."""
    kept = _Kept()
    code = run(["--collect-only", *arguments], plugins=[kept])
    if code != 0:
        raise HarnessError("the scenarios cannot be collected:\n" + "\n".join(kept.problems))
    return kept.found


class _Kept:
    """Keeps what is collected, and lets pytest print nothing."""

    def __init__(self) -> None:
        self.found: list[Scenario] = []
        self.problems: list[str] = []

    @pytest.hookimpl(trylast=True)
    def pytest_configure(self, config: pytest.Config) -> None:
        silence(config)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self.problems.append(f"{report.nodeid}: {report.longrepr}")

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        found = (item.stash.get(SCENARIO, None) for item in session.items)
        self.found = [one for one in found if one is not None]


def silence(config: pytest.Config) -> None:
    """Pytest prints nothing from now on."""
    reporter: Any = config.pluginmanager.get_plugin("terminalreporter")
    if reporter is not None:
        config.pluginmanager.unregister(reporter)
