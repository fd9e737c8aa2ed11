"""A configuration export, read as hostile: its objects, and what in it is secret."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from harness.errors import BadSettings
from harness.reading import bytes_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    Json = dict[str, Any]

LARGEST_BYTES = 200_000_000
"""Four times what a product is asked for, and far above the export of any configuration."""
DEEPEST = 60

SECRET = re.compile(
    r"password|passphrase|secret|credential|token|private|fileData|encryptedValue|^k$|^value$|pin$",
    re.IGNORECASE,
)
"""Names of members whose text nobody else is to read, wherever they stand."""

_VERSION = re.compile(r"\d{1,4}(?:\.\d{1,6}){1,3}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Export:
    """An export: the version that wrote it, and its sections, lists of objects or settings."""

    version: str
    archive: Json = field(repr=False)

    @property
    def data(self) -> Json:
        """The sections by name."""
        data: Json = self.archive["data"]
        return data

    def rows(self, section: str) -> list[Json]:
        """The objects of a collection; none where there is no such section."""
        found = self.data.get(section, [])
        return found if isinstance(found, list) else []

    def members(self) -> frozenset[str]:
        """The names of all members of its objects and settings."""
        objects = (
            row
            for content in self.data.values()
            for row in (content if isinstance(content, list) else [content])
        )
        return frozenset(name for row in objects for name in row)

    def secrets(self) -> set[str]:
        """Every text in it that has a secret's place."""
        return set(_secrets(self.data)) | set(_secrets(self.archive.get("encryptionKey")))

    def foreign_secrets(self) -> int:
        """How many secrets are there as ciphertext only."""
        return sum(_is_foreign(one) for one in _objects(self.data))


def read(path: Path) -> Export:
    """The export in a file; BadSettings says what is wrong with it, and shows nothing of it."""
    try:
        raw = bytes_of(path, LARGEST_BYTES)
    except OSError as error:
        raise _bad(path, f"{error.strerror or error}; name a readable file") from None
    try:
        archive = json.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise _bad(path, "not UTF-8; give a configuration export of PingAccess") from None
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise _bad(path, f"not JSON ({where}); give a configuration export of PingAccess") from None
    except (ValueError, RecursionError):  # a number of thousands of digits, or nests without end
        raise _bad(path, "no readable JSON; give a configuration export of PingAccess") from None
    checked = Export(*_checked(archive, path))
    try:
        json.dumps(archive, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise _bad(path, "half of a character pair stands alone, such as \\ud800") from None
    return checked


def _checked(archive: Any, path: Path) -> tuple[str, Json]:
    if not isinstance(archive, dict) or not isinstance(archive.get("data"), dict):
        raise _bad(path, 'no configuration export of PingAccess: it has no object "data"')
    version = archive.get("version")
    if not isinstance(version, str) or not _VERSION.fullmatch(version):
        raise _bad(path, 'it has no "version" such as "7.3.0.2": which release wrote it?')
    if _too_deep(archive):
        raise _bad(path, f"nested deeper than {DEEPEST} levels, as no configuration is")
    for name, section in archive["data"].items():
        if isinstance(section, list) and not all(isinstance(one, dict) for one in section):
            raise _bad(path, f"data.{name[:60]!r}: a collection must hold objects only")
        if not isinstance(section, dict | list):
            raise _bad(path, f"data.{name[:60]!r}: must be an object or a list of objects")
    return version, archive


def _bad(path: Path, why: str) -> BadSettings:
    return BadSettings(f"--config: {path}: {why}")


def _too_deep(value: object) -> bool:
    level: list[Any] = [value]
    for _ in range(DEEPEST):
        level = [
            part
            for one in level
            for part in (one.values() if isinstance(one, dict) else one)
            if isinstance(part, dict | list)
        ]
        if not level:
            return False
    return True


def _objects(value: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(value, dict):
        yield value
    for one in value.values() if isinstance(value, dict) else value:
        if isinstance(one, dict | list):
            yield from _objects(one)


def _secrets(value: Any) -> Iterator[str]:
    for one in _objects(value) if isinstance(value, dict | list) else ():
        for name, text in one.items():
            if SECRET.search(name):
                texts = text if isinstance(text, list) else [text]
                yield from (part for part in texts if isinstance(part, str))


def _is_foreign(value: Mapping[str, Any]) -> bool:
    return isinstance(value.get("encryptedValue"), str) and not value.get("value")
