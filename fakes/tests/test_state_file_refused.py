"""A file that cannot be used is named, and left as it is."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from fakes.keeping import agreed
from fakes.served import Ports, ServedWorld
from fakes.state_file import About, House, StateFile
from fakes.state_opening import StateFileUnusable
from fakes.tests import killed
from fakes.tests.pingone_tenant import Tenant
from fakes.tests.state_files import ABOUT, contents, ours

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state.db"


def _text(path: Path) -> None:
    path.write_text("dear diary")


def _short(path: Path) -> None:
    path.write_bytes(b"SQLite format 3\0")


def _foreign(path: Path) -> None:
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE accounts (id)")
    db.close()


def _changed(path: Path, statement: str) -> None:
    ours(path)
    db = sqlite3.connect(path)
    db.executescript(statement)
    db.close()


def _newer(path: Path) -> None:
    _changed(path, "PRAGMA user_version = 3")


def _without_tables(path: Path) -> None:
    _changed(path, "DROP TABLE rows")


def _about_nothing(path: Path) -> None:
    _changed(path, "UPDATE rows SET row = '[]'")


def _not_json(path: Path) -> None:
    _changed(path, "UPDATE rows SET row = 'x'")


def _truncated(path: Path) -> None:
    pair = killed.kept(file := StateFile(path))
    assert pair.world
    file.close()
    os.truncate(path, path.stat().st_size // 2)


def _folder(path: Path) -> None:
    path.mkdir()


def _pipe(path: Path) -> None:
    os.mkfifo(path)


def _orphan(path: Path) -> None:
    path.with_name(f"{path.name}-wal").write_text("of another")


HOSTILE = {
    _text: "not a state file",
    _short: "not a state file",
    _foreign: "not a state file",
    _newer: "version 3",
    _without_tables: "damaged",
    _about_nothing: "damaged",
    _not_json: "damaged",
    _truncated: "damaged|malformed",
    _folder: "not a file",
    _pipe: "not a file",
    _orphan: "state.db-wal",
}


@pytest.mark.parametrize("make", HOSTILE, ids=lambda make: make.__name__)
def test_a_file_that_cannot_be_used_is_named_and_left_as_it_is(path: Path, make: Any) -> None:
    make(path)
    before = contents(path.parent)
    with pytest.raises(StateFileUnusable, match=HOSTILE[make]) as refused:
        StateFile(path)
    assert str(path) in str(refused.value)
    assert "\n" not in str(refused.value)
    assert contents(path.parent) == before


def test_rows_that_make_no_sense_are_refused_as_damage(path: Path) -> None:
    ours(path)
    with StateFile(path) as file, pytest.raises(StateFileUnusable, match="damaged"):
        file.attach(ABOUT, House("pingone", Tenant().fake.tenant))


def test_a_folder_that_is_not_there_is_named(path: Path) -> None:
    with pytest.raises(StateFileUnusable, match="No such file"):
        StateFile(path / "state.db")


def test_a_second_user_of_the_file_is_refused(path: Path) -> None:
    ours(path)
    program = "import sys; from pathlib import Path; from fakes.state_file import StateFile; "
    with StateFile(path):
        done = subprocess.run(
            [sys.executable, "-c", f"{program} StateFile(Path(sys.argv[1]))", str(path)],
            capture_output=True,
            text=True,
            check=False,
            env=os.environ | {"PYTHONPATH": str(Path(killed.__file__).parents[2])},
        )
        assert "another `paconform serve` has it" in done.stderr
    StateFile(path).close()


@pytest.fixture
def nobodys() -> Iterator[Path]:
    """A folder that every user can look into."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def test_a_file_that_may_only_be_read_is_refused(nobodys: Path) -> None:
    path = nobodys / "state.db"
    ours(path)
    path.chmod(0o444)
    before = contents(nobodys)
    root = os.geteuid() == 0  # who may write everything
    if root:
        os.seteuid(65534)
    try:
        with pytest.raises(StateFileUnusable, match="may not be read and written"):
            StateFile(path)
    finally:
        if root:
            os.seteuid(0)
    assert contents(nobodys) == before


def test_a_new_file_that_nothing_came_into_is_gone(path: Path) -> None:
    with StateFile(path):
        assert path.stat().st_mode & 0o777 == 0o600
    assert not list(path.parent.iterdir())


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"seed": 2}, "--seed 2.*--seed 1"),
        ({"seed": 0}, "--seed 0.*--seed 1"),
        ({"release": "9.0"}, "--release 9.0.*--release 8.0"),
        ({"ports": Ports(pingone=1)}, "--pingone-port 1:.*--pingone-port 4"),
    ],
)
def test_a_file_of_another_seed_release_or_port_is_refused(
    path: Path, asked: dict[str, Any], words: str
) -> None:
    with StateFile(path) as file:
        file.attach(About(1, "8.0", {"pingaccess": 3, "pingone": 4, "control": 5}))
        found = agreed(file, None, None, Ports(pingaccess=7)._asdict())
        # "proxy" is not in the files of before there was one
        assert found == (1, "8.0", {"pingaccess": 7, "pingone": 4, "control": 5, "proxy": 0})
    with pytest.raises(StateFileUnusable, match=words):
        ServedWorld(state=path, **asked)
    StateFile(path).close()  # it is free again
