"""One run: its target, its folder, and what it came to."""

from __future__ import annotations

import os
import secrets
import sys
from collections import Counter
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from harness import recorder
from harness.cli import wallclock
from harness.cli.targets import Wanted, target
from harness.errors import BadSettings
from harness.evidence import RunEnd, RunFolder, RunHeader
from harness.redaction import Redactor
from harness.settings import load

if TYPE_CHECKING:
    import pytest

    from harness.cli.results import Scenario
    from harness.cli.targets import Target
    from harness.evidence import ScenarioResult
    from harness.journal import Journal
    from harness.product import Scenario as Opened
    from harness.recorder import Record
    from harness.settings import Settings

DEFAULT = Path("reports", "out")


class Run:
    """A run under way."""

    def __init__(self, run_id: str, chosen: Target, path: Path) -> None:
        self.id = run_id
        self.target = chosen
        self.target_name: str = chosen.session.target
        self.release = chosen.session.release
        self.counts: Counter[str] = Counter()
        self.results: list[ScenarioResult] = []
        self._path = path
        self._folder: RunFolder | None = None
        self._redactor = Redactor(chosen.session.secrets)
        self._notes: list[str] = []

    @classmethod
    def of(cls, config: pytest.Config) -> Run:
        """The run that the options ask for, its target ready; nothing is written yet.

        Raises BadSettings or Unreachable; then nothing is left listening.
        """
        option = config.option
        run_id = f"{wallclock.now():%Y%m%d-%H%M%S}-{secrets.token_hex(2)}"
        path = Path(option.paconform_out) if option.paconform_out else DEFAULT / run_id
        live = option.paconform_target == "live"
        if live and option.paconform_defect:
            raise BadSettings("--defect: can be planted in fakes only, not in a live product")
        if live and option.paconform_switch:
            raise BadSettings("--switch: only fakes can be switched, not a live product")
        settings = live_settings(option.paconform_settings) if live else None
        wanted = Wanted(
            option.paconform_target,
            option.paconform_release,
            option.paconform_seed,
            run_id,
            tuple(option.paconform_defect),
            settings,
            tuple(option.paconform_switch),
        )
        return cls(run_id, target(wanted, _journal(path) if live else None), path)

    def keep(self, config: pytest.Config, planned: int) -> None:
        """Begin the run folder; where that fails, the target is closed before the error goes up."""
        header = _header(config, self.id, self.target, planned)
        try:
            self._folder = RunFolder.create(
                self._path, header, overwrite=config.option.paconform_overwrite
            )
            if not config.option.paconform_out:
                _point_latest(self._path)
        except OSError as error:
            self.target.close()
            raise BadSettings(
                f"--out: {self._path}: {error.strerror}; choose another place"
            ) from None
        except BaseException:
            self.target.close()
            raise

    @property
    def folder(self) -> Path | None:
        """Where the run is written."""
        return self._folder.path if self._folder else None

    def begin(self, scenario: Scenario) -> None:
        """Exchanges from now on are this scenario's."""
        recorder.current.set(scenario.record)

    def shut(self, scenario: Scenario) -> None:
        """What the scenario made in a live product is removed; what cannot be is noted."""
        if scenario.open is None:
            return
        scenario.open.close()
        self._notes += [
            self._redactor.text(f"not removed after {scenario.id}: {one}")
            for one in scenario.open.left
        ]

    def open(self, scenario: Scenario) -> Opened:
        """The product as the scenario expects to find it."""
        self.target.fresh()
        return self.target.session.scenario(scenario.record)

    def redactor(self, record: Record) -> Redactor:
        """Takes out every secret known by now: of the run, and of its scenarios up to this one."""
        self._redactor.learn(self.target.session.secrets | record.secrets)
        return self._redactor

    def count(self, result: ScenarioResult) -> None:
        """Counted, and remembered where it needs attention."""
        self.counts[result.verdict] += 1
        if result.verdict != "conformant":
            self.results.append(result)

    def write(self, result: ScenarioResult) -> None:
        """A line in the folder; OSError where that is impossible."""
        if self._folder:
            self._folder.write(result)

    def end(self, *, interrupted: bool) -> None:
        """The last line, and the reports; OSError where that is impossible."""
        if not self._folder:
            return
        from reports import render  # noqa: PLC0415 - a template engine is not cheap to import

        self._folder.end(
            RunEnd(
                ended=wallclock.stamp(),
                counts=dict(self.counts),
                interrupted=interrupted,
                notes=self._notes,
            )
        )
        render(self._folder.path)

    def close(self) -> None:
        """Nothing is left open or listening."""
        if self._folder:
            self._folder.close()
        self.target.close()


def _header(config: pytest.Config, run_id: str, chosen: Target, planned: int) -> RunHeader:
    option = config.option
    python = ".".join(map(str, sys.version_info[:3]))
    return RunHeader(
        run_id=run_id,
        started=wallclock.stamp(),
        tool=f"pingaccess-conformance {version('pingaccess-conformance')}, Python {python}",
        target=chosen.session.target,
        release=chosen.session.release,
        seed=option.paconform_seed,
        label=option.paconform_label,
        product=dict(chosen.versions),
        fakes=list(chosen.fakes),
        options={
            "archive": [Path(name).name for name in option.paconform_archive],
            "defect": list(option.paconform_defect),
            "switch": list(option.paconform_switch),
            "scenarios": planned,
        },
    )


def live_settings(named: str | None) -> Settings:
    """The settings of a live run, whole; BadSettings names what is missing or wrong."""
    path = Path(named) if named else Path("paconform.toml")
    settings = load(os.environ, path if named or path.exists() else None, {})
    settings.needed_for_live()
    return settings


def _journal(folder: Path) -> Journal:
    from harness.journal import Journal  # noqa: PLC0415 - for live runs only

    return Journal(folder / "journal.jsonl")


def _point_latest(path: Path) -> None:
    """`latest` beside the run folder leads to it."""
    link = path.parent / "latest"
    part = link.with_name(f".latest-{os.getpid()}")
    part.unlink(missing_ok=True)
    part.symlink_to(path.name)
    part.replace(link)
