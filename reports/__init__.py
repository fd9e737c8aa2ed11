"""Reports: pure functions of the evidence of a run."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path


@contextmanager
def _garbage_left() -> Iterator[None]:
    """Evidence is many small objects that all stay: to look through them takes half of the time."""
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if before:
            gc.enable()


@_garbage_left()
def render(folder: Path, earlier: Sequence[Path] = (), power: Path | None = None) -> list[Path]:
    """The files rendered from a run folder's evidence, for people and for machines.

    The page, a summary in Markdown, JUnit's XML, CTRF, SARIF of what was found, and HAR of the
    exchanges behind it. `earlier` are folders of runs to compare it with, the latest first, and
    `power` the file that `paconform defects --out` wrote; what cannot be read of them is left out.

    Each is written whole or not at all. Raises BadSettings where there is no run, OSError where
    there is no room.
    """
    from harness.evidence import read  # noqa: PLC0415 - importing the house costs nothing
    from harness.requirements import catalogue  # noqa: PLC0415 - the same
    from reports import ctrf, files, har, html, junit, sarif, summary  # noqa: PLC0415 - the same
    from reports.around import around  # noqa: PLC0415 - the same
    from reports.model import Findings  # noqa: PLC0415 - the same

    run = read(folder)
    place = folder if folder.is_dir() else folder.parent
    findings = Findings(run, catalogue())
    return [
        files.write(place / "index.html", html.page(findings, catalogue(), around(earlier, power))),
        files.write(place / "junit.xml", junit.document(findings)),
        files.write(place / "summary.md", summary.text(findings)),
        files.write(place / "ctrf.json", ctrf.document(findings)),
        files.write(place / "results.sarif", sarif.document(findings)),
        files.write(place / "exchanges.har", har.document(findings)),
    ]
