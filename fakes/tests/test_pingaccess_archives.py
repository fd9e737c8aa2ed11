"""The configuration exports at hand: every object of them reads back through the admin API."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from fakes.pingaccess.entities import SETTINGS, TABLES
from fakes.tests.pingaccess_core import Admin

CONFIGS = Path(__file__).parents[3] / "shared/configs"
ARCHIVES = sorted(CONFIGS.glob("*.json"))

pytestmark = pytest.mark.skipif(not ARCHIVES, reason="no configuration exports are here")

FILES = {"keyPairs", "trustedCerts"}
"""Sections whose objects are sent as a file, and read as what is in it."""
SEALED = {"password", "clientSecret", "adminPassword", "secret"}
"""Members that are read only as ciphertext."""


def differences(row: Any, read: Any, path: str = "") -> list[str]:
    """Members of the archive that are read back otherwise; what is read beside them may be more."""
    if isinstance(row, dict) and isinstance(read, dict):
        return [
            one
            for name, value in row.items()
            if name in read and name not in SEALED
            for one in differences(value, read[name], f"{path}.{name}")
        ]
    if isinstance(row, list) and isinstance(read, list) and len(row) == len(read):
        pairs = zip(row, read, strict=True)
        return [one for a, b in pairs for one in differences(a, b, f"{path}[]")]
    return [] if row == read else [f"{path}: {row!r} in the archive, {read!r} read"]


@pytest.mark.parametrize("path", ARCHIVES, ids=lambda path: path.stem)
def test_every_object_reads_back(path: Path) -> None:
    archive = json.loads(path.read_text("utf-8"))
    admin = Admin()
    assert admin.send("POST", "/config/import", archive).status == 200
    settings = {entity.table: entity for entity in SETTINGS}
    for section, value in archive["data"].items():
        if section in settings:
            assert differences(value, admin.get(settings[section].path)) == [], section
        elif section == "httpsListeners":
            _listeners_read_back(admin, value)
        else:
            assert section in TABLES, f"nothing reads {section}"
            _objects_read_back(admin, section, value)


def _listeners_read_back(admin: Admin, rows: list[Any]) -> None:
    """A newer release has more listeners, and a new key pair needs a restart (documented)."""
    for row in rows:
        kept = {name: value for name, value in row.items() if name != "restartRequired"}
        assert differences(kept, admin.get(f"/httpsListeners/{row['id']}")) == []


def _objects_read_back(admin: Admin, section: str, rows: list[Any]) -> None:
    entity = TABLES[section]
    for row in rows:
        resource = section == "resources"
        path = f"/applications/{row['applicationId']}/resources" if resource else entity.path
        one = f"{path}/{row['id']}"
        read = admin.get(one)
        file = section in FILES
        shown = {name: row[name] for name in ("id", "alias")} if file else row
        assert differences(shown, read) == [], one
        assert file or row.keys() <= read.keys() | OLD, one


OLD = {"manualOrderingEnabled"}
"""Members of older releases that 7.3 has no more."""


def test_a_difference_is_found() -> None:
    assert differences({"a": [{"b": 1}]}, {"a": [{"b": 2}], "c": 3}) == [
        ".a[].b: 1 in the archive, 2 read"
    ]
