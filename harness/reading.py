"""Files that people name: read up to a limit, for a device or a pipe may never end."""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

SETTINGS_BYTES = 1_000_000
"""More than any file of settings holds."""


def bytes_of(path: Path, most: int) -> bytes:
    """The content. OSError where it cannot be read or is larger than `most` bytes."""
    with path.open("rb") as file:
        content = file.read(most + 1)
    if len(content) > most:
        raise OSError(errno.EFBIG, f"it is larger than {most:,} bytes", str(path))
    return content
