"""What the commands that compare have in common: a page, and lines for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from harness.errors import BadSettings

if TYPE_CHECKING:
    from pathlib import Path

    from reports.sheet import Sheet


def written(path: Path, sheet: Sheet) -> None:
    """The sheet as a page in a file; BadSettings where it cannot be written."""
    from reports.files import write  # noqa: PLC0415 - a template engine is not cheap to import
    from reports.sheet import page  # noqa: PLC0415 - the same

    try:
        write(path, page(sheet))
    except OSError as error:
        raise BadSettings(
            f"--page: {path}: {error.strerror or error}; name a file in a folder that is there"
        ) from None


def line(text: str) -> str:
    """The text on one line: what others wrote can neither colour nor forge a line of ours."""
    from reports.text import plain  # noqa: PLC0415 - keeps --help instant

    return plain(text.replace("\n", "\\n").replace("\t", "\\t"))
