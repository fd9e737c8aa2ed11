"""Files that the admin API hands out: their names, their types, and zip archives of them."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from fakes.message import Response

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fakes.pingaccess.state import State

ZIP = "application/zip"
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]")


def download(state: State, name: str, kind: str, content: bytes) -> Response:
    """The content as a file of that name (observed for backups: PCB 90-upload-backup-s3.sh)."""
    safe = _UNSAFE.sub("_", name)[-100:]
    headers = (
        ("Content-Type", kind),
        ("Content-Disposition", f'attachment; filename="{safe}"'),
        *state.common_headers(),
    )
    return Response(200, headers, content)


def zipped(state: State, files: Mapping[str, bytes]) -> bytes:
    """A zip archive of the files, the same for the same files and the same clock."""
    from zipfile import ZipFile, ZipInfo  # noqa: PLC0415 - most fakes hand out none

    now = datetime.fromtimestamp(state.clock.now_s(), UTC)
    moment = (min(now.year, 2107), now.month, now.day, now.hour, now.minute, now.second)
    written = io.BytesIO()
    with ZipFile(written, "w") as archive:
        for name, content in files.items():
            archive.writestr(ZipInfo(name, moment), content)
    return written.getvalue()
