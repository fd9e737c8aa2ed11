"""Configuration exports to run the flow on: the suite's own, and those of the user."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from harness.errors import BadSettings

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pytest

OWN = Path(__file__).resolve().parents[2] / "scenarios" / "archives"
LARGEST_BYTES = 50_000_000


def parametrize(metafunc: pytest.Metafunc) -> None:
    """One scenario for each archive."""
    if "archive" not in metafunc.fixturenames:
        return
    given = metafunc.config.getoption("paconform_archive")
    try:
        files = [*sorted(OWN.glob("*.json")), *(checked(Path(name)) for name in given)]
    except BadSettings as error:
        import pytest  # noqa: PLC0415 - archives are looked at before it is loaded

        raise pytest.UsageError(str(error)) from None
    metafunc.parametrize("archive", files, ids=[file.stem for file in files], indirect=True)


def checked(file: Path) -> Path:
    """The file, if it holds a configuration export; else BadSettings."""
    read(file)
    return file


def read(file: Path) -> Mapping[str, Any]:
    """The archive; every scenario has its own."""
    archive: Mapping[str, Any] = json.loads(_text(file))
    return archive


@lru_cache(maxsize=64)
def _text(file: Path) -> str:
    try:
        with file.open("rb") as stream:
            raw = stream.read(LARGEST_BYTES + 1)
    except OSError as error:
        raise BadSettings(f"--archive: {file}: {error.strerror}; name a readable file") from None
    if len(raw) > LARGEST_BYTES:
        raise BadSettings(f"--archive: {file}: larger than {LARGEST_BYTES // 1_000_000} MB")
    try:
        text = raw.decode("utf-8")
        archive = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadSettings(
            f"--archive: {file}: not JSON ({error}); give a configuration export of PingAccess"
        ) from None
    if not isinstance(archive, dict) or not isinstance(archive.get("data"), dict):
        raise BadSettings(
            f'--archive: {file}: no configuration export of PingAccess: it has no object "data"'
        )
    return text
