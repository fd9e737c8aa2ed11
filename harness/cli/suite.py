"""What turns a pytest session into a run: requirements, verdicts, evidence, exit code."""

from __future__ import annotations

import gc
import os
import warnings
from contextvars import ContextVar
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

import pytest

from harness import recorder
from harness.cli import archives, summary, verdicts
from harness.cli.results import Scenario, finished, titled
from harness.cli.runs import Run
from harness.errors import BadSettings, HarnessError
from harness.requirements import catalogue

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable

    from harness.cli.events import Events
    from harness.product import Scenario as Opened
    from harness.requirements import Requirement

SUITE = Path(__file__).resolve().parents[2] / "scenarios"
INSIDE = f"{SUITE}{os.sep}"
SCENARIO = pytest.StashKey[Scenario]()
_UNDER_WAY: ContextVar[tuple[Run, Scenario]] = ContextVar("scenario under way")
"""What fixtures are asked for; they need not look for it in a request each time."""
CODES = {"nonconformant": 1, "harness": 3, "unreachable": 5}


class Suite:
    """The plugin. `run` is there once the options are understood; `problem` where they are not."""

    def __init__(self, *, keep: bool = True, events: Events | None = None) -> None:
        """`keep`: whether a run folder is written; `events`: where they go, before options."""
        self._keeps = keep
        self._events = events
        self.run: Run | None = None
        self.problem: HarnessError | None = None
        self.code: int | None = None
        self.interrupted = False
        self.others_failed = False
        self._gone: HarnessError | None = None
        self._lost: OSError | None = None
        self._planned = 0

    # --- before anything runs

    @pytest.hookimpl(trylast=True)
    def pytest_configure(self, config: pytest.Config) -> None:
        """Register the mark; refuse archives that are none before anything is collected."""
        line = "requirement(*ids): requirements of the catalogue that the scenario measures"
        config.addinivalue_line("markers", line)
        for name in config.option.paconform_archive:
            self._checked(lambda name=name: archives.checked(Path(name)))

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_collection_modifyitems(
        self, session: pytest.Session, items: list[pytest.Item]
    ) -> Generator[None, object, object]:
        """Every scenario has its requirements; those of other releases are not measured."""
        collected = [item for item in items if is_scenario(item)]
        if collected:
            known = self._checked(catalogue)
            self._checked(lambda: mark(collected, known))
        result = yield
        scenarios = [item for item in items if SCENARIO in item.stash]
        if scenarios and not session.config.option.collectonly and not session.testsfailed:
            self.run = self._checked(lambda: Run.of(session.config))
            self._spare(scenarios)
            self._planned = sum(SCENARIO in item.stash for item in items)
            if self._keeps:
                self._checked(lambda: self.run.keep(session.config, self._planned, self._events))
        return result

    def _spare(self, scenarios: Iterable[pytest.Item]) -> None:
        """What the release need not have is not measured."""
        assert self.run is not None  # noqa: S101 - made just before
        for item in scenarios:
            reason = item.stash[SCENARIO].not_asked(self.run.requirements)
            if reason:
                item.add_marker(pytest.mark.skip(reason=reason))

    @pytest.hookimpl(wrapper=True)
    def pytest_runtestloop(self) -> Generator[None, object, object]:
        """What was imported and collected stays: nobody need look through it for garbage again."""
        gc.freeze()
        return (yield)

    def pytest_keyboard_interrupt(self, excinfo: pytest.ExceptionInfo[BaseException]) -> None:
        """Somebody wants an end, unless it is pytest that stops."""
        self.interrupted |= not isinstance(excinfo.value, pytest.Session.Interrupted)

    # --- one scenario

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        """The record of what is exchanged is there from the first fixture to the last."""
        scenario = item.stash.get(SCENARIO, None)
        if scenario is None or self.run is None:
            return (yield)
        scenario.begin(perf_counter())
        self.run.begin(scenario)
        before = _UNDER_WAY.set((self.run, scenario))
        try:
            result = yield
        finally:
            _UNDER_WAY.reset(before)
            recorder.current.set(None)
        self._keep(item, scenario)
        return result

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_teardown(self, item: pytest.Item) -> Generator[None, object, object]:
        """What the scenario made is removed when its own fixtures have ended."""
        try:
            return (yield)
        finally:
            scenario = item.stash.get(SCENARIO, None)
            if scenario is not None and self.run is not None:
                self.run.shut(scenario)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """The verdict of the scenario, and pytest's idea of it bent to that."""
        report = yield
        scenario = item.stash.get(SCENARIO, None)
        if scenario is None or self.run is None:
            self.others_failed |= report.failed
            return report
        if call.excinfo is None:
            return report
        error = call.excinfo.value
        found = verdicts.verdict(
            error, call.when, catalogue(), self.run.target_name, self.run.requirements
        )
        scenario.settle(found)
        self._gone = self._gone or verdicts.unreachable(error)
        summary.bend(report, scenario, found)
        return report

    def _keep(self, item: pytest.Item, scenario: Scenario) -> None:
        """Write the scenario's line; end the session where the target or the disk has gone."""
        assert self.run is not None  # noqa: S101 - there is a scenario
        run, record = self.run, scenario.record
        result = finished(
            scenario,
            perf_counter(),
            lambda: run.redactor(record),
            run.shapes,
            every=run.keeps_every,
        )
        scenario.forget()
        self.run.count(result)
        if self._gone is not None:
            item.session.shouldstop = f"the target is unreachable: {self._gone}"
        try:
            self.run.write(result)
        except OSError as error:
            self._lost = error
            item.session.shouldstop = f"{self.run.folder}: {error.strerror}"

    # --- the end

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session, exitstatus: int) -> None:
        """The run folder is complete, and the exit code says what the run came to."""
        run = self.run
        if run is None:
            return
        try:
            undone = sum(run.counts.values()) < self._planned  # whatever pytest says of it
            run.end(interrupted=bool(session.shouldstop) or self.interrupted or undone)
        except OSError as error:
            self._lost = self._lost or error
        if self.interrupted:
            session.exitstatus = self.code = pytest.ExitCode.INTERRUPTED
        elif exitstatus in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED) or self._stopped:
            session.exitstatus = self.code = self._code(session)

    @property
    def _stopped(self) -> bool:
        return self._gone is not None or self._lost is not None

    @property
    def _cut(self) -> int | None:
        """How many scenarios there would have been, where somebody wanted an end before."""
        return self._planned if self.interrupted else None

    def _code(self, session: pytest.Session) -> int:
        assert self.run is not None  # noqa: S101 - asked for a run only
        counts = self.run.counts
        if self._gone is not None:
            return CODES["unreachable"]
        if self._lost is not None:
            return CODES["harness"]
        if counts[verdicts.NONCONFORMANT] or self.others_failed:
            return CODES["nonconformant"]
        if counts[verdicts.HARNESS_ERROR]:
            return CODES["harness"]
        return 0 if session.testsfailed == 0 else 1

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """What needs attention."""
        if self.run is not None and (self.run.folder or self.run.results):
            summary.write(terminalreporter, self.run)

    @pytest.hookimpl(tryfirst=True)
    def pytest_report_teststatus(
        self, report: pytest.TestReport, config: pytest.Config
    ) -> tuple[str, Any, Any] | None:
        """The letter of a scenario; none in a pipe."""
        reporter: Any = config.pluginmanager.get_plugin("terminalreporter")
        return summary.letter(report, terminal=reporter is not None and reporter.isatty)

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_unconfigure(self, config: pytest.Config) -> Generator[None]:
        """Everything is closed; the last line says where the result is."""
        if self.interrupted:  # what an interruption tears apart complains: that is no news
            warnings.simplefilter("ignore", pytest.PytestUnraisableExceptionWarning)
        yield
        if self.run is None:
            return
        self.run.close()
        if config.pluginmanager.has_plugin("terminalreporter"):
            summary.last_line(self.run, self._gone, self._lost, self._cut)

    def _checked(self, act: Any) -> Any:
        """What `act` gives; our own errors end pytest with one line."""
        try:
            return act()
        except HarnessError as error:
            self.problem = error
            raise pytest.UsageError(str(error)) from None


def opened() -> Opened:
    """The product and its PingOne, as the scenario that runs expects to find them.

    HarnessError where none does.
    """
    under_way = _UNDER_WAY.get(None)
    if under_way is None:
        raise HarnessError(f"product, pingone: fixtures of scenarios, which are in {SUITE}")
    run, scenario = under_way
    if scenario.open is None:
        scenario.open = run.open(scenario)
    return scenario.open


def is_scenario(item: pytest.Item) -> bool:
    """Whether the test is of the suite, and not one of our own."""
    return str(item.path).startswith(INSIDE)


def mark(items: Iterable[pytest.Item], known: dict[str, Requirement]) -> None:
    """Give every scenario its requirements; BadSettings names those without, or with others."""
    wrong = []
    for item in items:
        ids = [key for marker in item.iter_markers("requirement") for key in marker.args]
        unknown = [key for key in ids if key not in known]
        if not ids:
            wrong.append(f"{item.nodeid}: names no requirement")
        elif unknown:
            wrong.append(f"{item.nodeid}: {', '.join(map(str, unknown))} is not in the catalogue")
        named = [known[key] for key in ids if key in known]
        title = titled(getattr(item, "function", None))
        item.stash[SCENARIO] = Scenario(item.nodeid, named, title)
    if wrong:
        raise BadSettings("\n".join(["scenarios and catalogue do not fit:", *wrong]))


def installed(config: pytest.Config) -> Suite:
    """The suite's plugin of this session, registered where it is not yet."""
    for plugin in config.pluginmanager.get_plugins():
        if isinstance(plugin, Suite):
            return plugin
    suite = Suite()
    config.pluginmanager.register(suite, "paconform_suite")
    return suite
