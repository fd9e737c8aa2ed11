"""What is asked of a run, looked at before pytest is loaded and anything is collected."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from harness.errors import BadSettings

if TYPE_CHECKING:
    from collections.abc import Mapping

FAKES_ONLY = {
    "defect": "--defect: can be planted in fakes only, not in a live product",
    "switch": "--switch: only fakes can be switched, not a live product",
    "with_known_bugs": "--with-known-bugs: fakes only; a live product has bugs of its own",
}


def check(asked: Mapping[str, Any]) -> None:
    """Holds when these options, by their names, can be met; else BadSettings.

    Nothing is written. An option that is not there counts as not given.
    """
    from harness import releases  # noqa: PLC0415 - keeps --help instant
    from harness.cli import archives, runs  # noqa: PLC0415 - the same

    for name in asked.get("archive") or ():
        archives.checked(Path(name))
    _places(asked)
    if requirements := asked.get("requirements"):
        releases.asked(requirements)
    runs.patterns_of(asked.get("settings"))
    if asked.get("target") == "live":
        _live(asked)
    else:
        _fakes(asked)


def _live(asked: Mapping[str, Any]) -> None:
    from harness.cli.runs import live_settings  # noqa: PLC0415 - keeps --help instant

    for name, refusal in FAKES_ONLY.items():
        if asked.get(name):
            raise BadSettings(refusal)
    live_settings(asked.get("settings"))


def _fakes(asked: Mapping[str, Any]) -> None:
    from harness.cli.planted import known_defects, known_switches  # noqa: PLC0415 - the same
    from harness.cli.targets import known_release  # noqa: PLC0415 - the same

    known_release(asked.get("release"))
    known_switches(asked.get("switch") or ())
    known_defects(asked.get("defect") or ())


def _places(asked: Mapping[str, Any]) -> None:
    from harness.cli import events  # noqa: PLC0415 - keeps --help instant
    from harness.run_folder import usable  # noqa: PLC0415 - the same

    overwrite = bool(asked.get("overwrite"))
    if asked.get("out"):
        usable(Path(asked["out"]), overwrite=overwrite)
    if asked.get("events") not in (None, "-"):
        events.usable(asked["events"], overwrite=overwrite)
