"""What the commands that compare have in common: a page, and lines for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from harness.writing import save

if TYPE_CHECKING:
    from pathlib import Path

    from reports.sheet import Sheet


def written(path: Path, sheet: Sheet, *, overwrite: bool) -> None:
    """The sheet as a page in a file; BadSettings where it cannot be written."""
    save("--page", {path: page_of(sheet)}, overwrite=overwrite)


def page_of(sheet: Sheet) -> bytes:
    """The sheet as a page."""
    from reports.sheet import page  # noqa: PLC0415 - a template engine is not cheap to import

    return page(sheet).encode("utf-8", "backslashreplace")


def line(text: str) -> str:
    """The text on one line: what others wrote can neither colour nor forge a line of ours."""
    from reports.text import plain  # noqa: PLC0415 - keeps --help instant

    return plain(text.replace("\n", "\\n").replace("\t", "\\t"))


def short(text: str, most: int = 300) -> str:
    """The text, or its beginning and a sign that there is more."""
    return text if len(text) <= most else f"{text[:most]}…"
