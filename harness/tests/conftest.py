"""What several test modules share: the command line, and a product that stores."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

import pytest

from harness.cli import status
from harness.recorder import Record
from harness.tests.answering import session
from harness.tests.product_answers import storing
from harness.tests.running import PACONFORM, environment, serving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from harness.product import Scenario
    from harness.tests.answering import Asked
    from harness.tests.running import Done


@pytest.fixture
def refused(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Callable[..., str]:
    """Runs a command that must fail with this code; gives its only line of error."""
    monkeypatch.chdir(tmp_path)
    for name in list(os.environ):
        if name.startswith("PACONFORM_"):
            monkeypatch.delenv(name)

    def run(code: int, *arguments: str) -> str:
        assert status(arguments) == code
        out, err = capsys.readouterr()
        lines = [
            line for line in err.splitlines() if line and not line.startswith(("Usage:", "Try"))
        ]
        assert out == ""
        assert len(lines) == 1
        return lines[0]

    return run


@pytest.fixture
def paconform(tmp_path: Path) -> Callable[..., Done]:
    """Runs a command in an empty folder, without settings but those given."""

    def run(*arguments: str, before: Callable[[], None] | None = None, **settings: str) -> Done:
        return subprocess.run(
            [PACONFORM, *arguments],
            cwd=tmp_path,
            env=environment(**settings),
            capture_output=True,
            text=True,
            check=False,
            preexec_fn=before,
            timeout=240,
        )

    return run


@pytest.fixture(scope="module")
def serve(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The settings of a `serve` in another process."""
    with serving(tmp_path_factory.mktemp("serve")) as settings:
        yield settings[0]


@pytest.fixture
def asked() -> Asked:
    """A product that stores what it is sent, and a PingOne that does."""
    return storing()


@pytest.fixture
def scenario(asked: Asked) -> Scenario:
    """A scenario of a run against it."""
    return session(asked).scenario(Record("a scenario", ("X-1",)))
