"""The one file of a bundle, opened without trust: nothing is extracted, nothing is run.

Only `steps.json` is read, up to a limit; what else is in the file is for people. Whatever is not a
plain bundle of ours is refused before anything is unpacked.
"""

from __future__ import annotations

import io
import stat
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING

import msgspec

from harness.bundles.checking import check
from harness.bundles.format import SCHEMA, Bundle
from harness.errors import BadSettings
from harness.reading import bytes_of

if TYPE_CHECKING:
    from pathlib import Path

FILES = frozenset(
    {
        "README.md",
        "exchanges.har",
        "replay.sh",
        "steps.json",
        "steps.schema.json",
        "state.json",
        "test_reproduction.py",
    }
)
"""All that a bundle may hold: so no name can lead anywhere."""

LARGEST_FILE = 20_000_000
LARGEST_STEPS = 10_000_000
LARGEST_UNPACKED = 100_000_000
"""Bytes that the members may claim to be, together."""

_END = struct.Struct("<4s4H2LH")
"""The end of central directory record (APPNOTE 4.3.16)."""

_LOCATOR = b"PK\x06\x07"
_WAY_OUT = "have it written again by `paconform bundle`"


class _Version(msgspec.Struct):
    """The part of any version's `steps.json` that tells which one it is."""

    schema: int = 1


def read(path: Path) -> Bundle:
    """The bundle in a file; BadSettings where it is none, or is no good."""
    try:
        if not path.is_file():
            reason = "it is no file" if path.exists() else "it is not there"
            raise BadSettings(
                f"{str(path)!r} is no bundle: {reason}; `paconform bundle` writes one"
            )
        data = bytes_of(path, LARGEST_FILE)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise BadSettings(f"{str(path)!r} cannot be read: {reason}") from None
    try:
        return check(_steps(_member(data)))
    except BadSettings as error:
        raise BadSettings(f"{str(path)!r} is no bundle that can be used: {error}") from None


def _steps(content: bytes) -> Bundle:
    try:
        version = msgspec.json.decode(content, type=_Version).schema
        if version > SCHEMA:
            raise BadSettings(
                f"it is of format {version}, this version reads up to {SCHEMA}; take a newer one"
            )
        return msgspec.json.decode(content, type=Bundle)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        reason = str(error) or type(error).__name__
        raise BadSettings(f"steps.json: {reason[:200]}; {_WAY_OUT}") from None


def _member(data: bytes) -> bytes:
    """The bytes of steps.json, after the whole directory was looked at."""
    _refuse_odd_ends(data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _refuse_odd_members(archive.infolist())
            with archive.open("steps.json") as member:
                content = member.read(LARGEST_STEPS + 1)
                if len(content) > LARGEST_STEPS or member.read(1):
                    raise BadSettings("steps.json is larger than it may be")
                return content
    except KeyError:
        raise BadSettings(f"it holds no steps.json; {_WAY_OUT}") from None
    except (
        zipfile.BadZipFile,
        NotImplementedError,
        RuntimeError,
        EOFError,
        OSError,
        ValueError,
        struct.error,
        zlib.error,
    ) as error:
        raise BadSettings(f"its zip is damaged ({error}); {_WAY_OUT}") from None


def _refuse_odd_ends(data: bytes) -> None:
    """The end of the file says how much there is to look at: before anybody looks."""
    if len(data) < _END.size or not data.startswith(b"PK\x03\x04"):
        raise BadSettings(f"it is no zip; {_WAY_OUT}")
    sign, disk, first, here, count, size, at, comment = _END.unpack(data[-_END.size :])
    if sign != b"PK\x05\x06" or comment:
        raise BadSettings(f"its zip is cut off, or has something behind it; {_WAY_OUT}")
    if data[-_END.size - 20 : -_END.size - 16] == _LOCATOR or disk or first or here != count:
        raise BadSettings(f"its zip is of a kind that no bundle is; {_WAY_OUT}")
    if count > len(FILES) or size > 64_000 or at + size + _END.size != len(data):
        raise BadSettings(f"its zip holds {count} files in {size:,} bytes of names; {_WAY_OUT}")


def _refuse_odd_members(members: list[zipfile.ZipInfo]) -> None:
    seen: set[str] = set()
    for one in members:
        name = one.orig_filename
        if name not in FILES or one.filename != name or name in seen:
            what = "twice" if name in seen else "which no bundle holds"
            raise BadSettings(f"it holds {name[:80]!a}, {what}; {_WAY_OUT}")
        seen.add(name)
        if one.flag_bits & 0x1:
            raise BadSettings(f"{name} is encrypted; {_WAY_OUT}")
        kind = stat.S_IFMT(one.external_attr >> 16)
        if kind not in (0, stat.S_IFREG):
            raise BadSettings(f"{name} is no plain file; {_WAY_OUT}")
        if one.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise BadSettings(f"{name} is packed in a way that no bundle is; {_WAY_OUT}")
    if sum(one.file_size for one in members) > LARGEST_UNPACKED:
        raise BadSettings(f"its files are larger than {LARGEST_UNPACKED:,} bytes; {_WAY_OUT}")
