"""The one file of a bundle: the same bytes for the same failure."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

DATE = (1980, 1, 1, 0, 0, 0)
"""The first date that a zip can hold: when a bundle is written changes nothing in it."""

EXECUTABLE = ".sh"


def zipped(files: Mapping[str, str]) -> bytes:
    """A zip of these texts, in this order."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, text in files.items():
            info = zipfile.ZipInfo(name, DATE)
            info.create_system = 3  # Unix, wherever it is written
            mode = 0o755 if name.endswith(EXECUTABLE) else 0o644
            info.external_attr = (0o100000 | mode) << 16
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, text.encode("utf-8", "backslashreplace"))
    return stream.getvalue()
