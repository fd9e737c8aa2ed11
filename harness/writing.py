"""Files that people name to be written: whole or not at all, and no old one is lost unasked."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING

from harness.errors import BadSettings

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def refuse_old(option: str, *paths: Path, overwrite: bool, folder: Path | None = None) -> None:
    """BadSettings where a file is there already and shall stay, or can never be there.

    It can be in a `folder` that is yet to be made.
    """
    for path in paths:
        try:
            path.stat()
        except FileNotFoundError as error:
            if folder is None and not path.parent.exists():
                raise _unwritable(option, path, error) from None
            refuse_shut(option, path)
            continue
        except (OSError, ValueError) as error:
            raise _unwritable(option, path, error) from None
        if not path.is_file():
            raise BadSettings(f"{option}: {str(path)!r} is no file; name another")
        if not overwrite:
            raise BadSettings(
                f"{option}: {str(path)!r} is there already; name another, or add --overwrite"
            )


def refuse_shut(option: str, path: Path) -> None:
    """BadSettings for a new place where the nearest folder that is there takes nothing new."""
    nearest = next(one for one in path.absolute().parents if one.exists())
    if not os.access(nearest, os.W_OK):
        raise BadSettings(
            f"{option}: {str(path)!r} cannot be written (nothing new can be in {str(nearest)!r}); "
            "name another"
        )


def save(
    option: str, files: Mapping[Path, bytes], *, overwrite: bool, folder: Path | None = None
) -> None:
    """Every file, or none; BadSettings where one cannot be written or is there already.

    A `folder` is made where there is none.
    """
    refuse_old(option, *files, overwrite=overwrite, folder=folder)
    parts = {path: path.with_name(f".{path.name}.{os.getpid()}.part") for path in files}
    path = folder or next(iter(files))
    try:
        if folder:
            folder.mkdir(parents=True, exist_ok=True)
        for path, part in parts.items():
            part.write_bytes(files[path])
        for path, part in parts.items():
            part.replace(path)
    except OSError as error:
        raise _unwritable(option, path, error) from None
    finally:
        for part in parts.values():
            with suppress(OSError):
                part.unlink(missing_ok=True)


def _unwritable(option: str, path: Path, error: Exception) -> BadSettings:
    reason = getattr(error, "strerror", None) or error
    return BadSettings(f"{option}: {str(path)!r} cannot be written ({reason}); name another")
