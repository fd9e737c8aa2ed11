"""One run: its target, its folder, and what it came to."""

from __future__ import annotations

import os
import secrets
import sys
from collections import Counter
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from harness import recorder, releases
from harness.cli import siblings, wallclock
from harness.cli.asked import check
from harness.cli.events import to_file
from harness.cli.options import of_pytest
from harness.cli.places import places
from harness.cli.targets import Wanted, target
from harness.errors import BadSettings
from harness.evidence import RunEnd, RunHeader
from harness.patterns import Patterns, patterns_in
from harness.redaction import Redactor
from harness.run_folder import RunFolder
from harness.settings import document, load
from harness.shapes import Shapes

if TYPE_CHECKING:
    import pytest

    from harness.cli.events import Events
    from harness.cli.results import Scenario
    from harness.cli.targets import Target
    from harness.evidence import ScenarioResult
    from harness.journal import Journal
    from harness.product import Scenario as Opened
    from harness.recorder import Record
    from harness.settings import Settings

DEFAULT = Path("reports", "out")

PACKAGES = {"paconform": "pingaccess-conformance", "httpx": "httpx", "pytest": "pytest"}
"""What judged, by the name that the evidence gives its version."""

CARRIED = {
    "embedded": "handed over in process: no bytes of HTTP were written",
    "sockets": (
        "HTTP/1.1 as httpx writes it: Host goes first; chunks and content codings are undone, and "
        "how TLS and TCP divide the bytes is not kept"
    ),
}
"""How requests go out. Source: h11, _writers.py (Host); httpcore speaks HTTP/1.1 unless asked."""


class Run:
    """A run under way."""

    def __init__(
        self,
        run_id: str,
        chosen: Target,
        path: Path,
        settings: Settings | None,
        patterns: Patterns,
    ) -> None:
        self.id = run_id
        self.keeps_every = False
        self.target = chosen
        self.target_name: str = chosen.session.target
        self.requirements = chosen.session.requirements or chosen.session.release
        self.counts: Counter[str] = Counter()
        self.results: list[ScenarioResult] = []
        self.shapes = Shapes()
        self._path = path
        self._settings = settings
        self._folder: RunFolder | None = None
        self._events: Events | None = None
        self._redactor = Redactor(chosen.session.secrets, patterns)
        self._notes: list[str] = []

    @classmethod
    def of(cls, config: pytest.Config) -> Run:
        """The run that the options ask for, its target ready; nothing is written yet.

        Raises BadSettings or Unreachable; then nothing is left listening.
        """
        option = config.option
        check(of_pytest(config))
        run_id = f"{wallclock.now():%Y%m%d-%H%M%S}-{secrets.token_hex(2)}"
        path = Path(option.paconform_out) if option.paconform_out else DEFAULT / run_id
        live = option.paconform_target == "live"
        asked = option.paconform_requirements and releases.asked(option.paconform_requirements)
        patterns = patterns_of(option.paconform_settings)
        settings = live_settings(option.paconform_settings) if live else None
        wanted = Wanted(
            option.paconform_target,
            option.paconform_release,
            option.paconform_seed,
            run_id,
            tuple(option.paconform_defect),
            settings,
            tuple(option.paconform_switch),
            option.paconform_with_known_bugs,
        )
        chosen = target(wanted, _journal(path) if live else None)
        chosen.session.requirements = asked
        run = cls(run_id, chosen, path, settings, patterns)
        run.keeps_every = option.paconform_evidence == "all"
        return run

    def keep(self, config: pytest.Config, planned: int, events: Events | None = None) -> None:
        """Begin folder and events; where that fails, the target is closed before the error goes up.

        `events` are there already where they go to standard output.
        """
        header = _header(config, self, planned)
        name, overwrite = config.option.paconform_events, config.option.paconform_overwrite
        try:
            self._events = events or (to_file(name, overwrite=overwrite) if name else None)
            self._folder = RunFolder.create(self._path, header, overwrite=overwrite)
            if self._events:
                self._events.begun(header, self.folder)
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

    def places(self) -> dict[str, str]:
        """Addresses and logins, without secrets."""
        return places(self.target.session, self._redactor)

    def settings(self) -> dict[str, str]:
        """The settings of a live run that are set, without secrets."""
        if self._settings is None:
            return {}
        return self._settings.shown(self._redactor.named, self._redactor.text)

    def shown(self, text: str) -> str:
        """The text without secrets."""
        return self._redactor.text(text)

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
        if self._events:
            self._events.ended(result)

    def end(self, *, interrupted: bool) -> None:
        """The last line, and the reports; OSError where that is impossible."""
        if not self._folder:
            return
        from reports import render  # noqa: PLC0415 - a template engine is not cheap to import

        end = RunEnd(
            ended=wallclock.stamp(),
            counts=dict(self.counts),
            interrupted=interrupted,
            notes=self._notes,
        )
        self._folder.end(end)
        path = self._folder.path
        render(path, siblings.earlier(path), siblings.power(path))
        if self._events:
            self._events.over(end)

    def close(self) -> None:
        """Nothing is left open or listening."""
        if self._folder:
            self._folder.close()
        if self._events:
            self._events.close()
        self.target.close()


def _header(config: pytest.Config, run: Run, planned: int) -> RunHeader:
    option, chosen = config.option, run.target
    versions = {name: version(package) for name, package in PACKAGES.items()}
    versions["python"] = ".".join(map(str, sys.version_info[:3]))
    return RunHeader(
        run_id=run.id,
        started=wallclock.stamp(),
        tool=f"pingaccess-conformance {versions['paconform']}, Python {versions['python']}",
        target=chosen.session.target,
        release=chosen.session.release,
        seed=option.paconform_seed,
        label=option.paconform_label,
        product={name: run.shown(told) for name, told in chosen.versions.items()},
        fakes=list(chosen.fakes),
        places=run.places(),
        options={
            "archive": [Path(name).name for name in option.paconform_archive],
            "defect": list(option.paconform_defect),
            "switch": list(option.paconform_switch),
            "evidence": option.paconform_evidence,
            "known_bugs": option.paconform_with_known_bugs,
            "requirements": chosen.session.requirements,
            "scenarios": planned,
        },
        versions=versions,
        settings=run.settings(),
        carried=CARRIED["embedded" if chosen.session.transport else "sockets"],
    )


def live_settings(named: str | None) -> Settings:
    """The settings of a live run, whole; BadSettings names what is missing or wrong."""
    settings = load(os.environ, _settings_file(named), {})
    settings.needed_for_live()
    return settings


def _settings_file(named: str | None) -> Path | None:
    path = Path(named) if named else Path("paconform.toml")
    return path if named or path.exists() else None


def patterns_of(named: str | None) -> Patterns:
    """What else is secret here, whatever the target; BadSettings where that cannot be told."""
    path = _settings_file(named)
    return patterns_in(document(path), path) if path else Patterns()


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
