"""Files of the state as tests make and read them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from fakes.state_file import About, StateFile
from fakes.tests import killed

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state.db"


ABOUT = About(0, "9.0", killed.PORTS)


def ours(path: Path) -> None:
    with StateFile(path) as file:
        file.attach(ABOUT)


def contents(folder: Path) -> dict[str, bytes]:
    return {one.name: one.read_bytes() for one in folder.iterdir() if one.is_file()}
