"""What Hypothesis found on one machine is where another one begins."""

from __future__ import annotations

import os
import runpy
import subprocess
import sys
import warnings
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

import pytest
from fakeredis import TcpFakeServer
from hypothesis import Phase, find, settings
from hypothesis.database import InMemoryExampleDatabase
from hypothesis.errors import NoSuchExample
from hypothesis.internal import constants_ast
from hypothesis.internal.conjecture import providers
from redis import Redis

from harness.cli import profiles
from harness.cli.profiles import PROFILE, REDIS
from harness.strategies.tokens import malformed
from harness.tests.tokens import CREDENTIAL

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

    from hypothesis.database import ExampleDatabase

    from harness.strategies.tokens import Case


ROOT = Path(__file__).resolve().parents[2]
KEY = b"a test of both"
PHASES = (Phase.reuse, Phase.generate)


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    """The address of a Redis on loopback, written in Python."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        server = TcpFakeServer(("127.0.0.1", 0), server_type="redis")
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"redis://127.0.0.1:{server.server_address[1]}/0"
    server.shutdown()
    server.server_close()


@pytest.fixture(autouse=True)
def as_it_was() -> Iterator[None]:
    """The profiles of the other tests stay in force."""
    yield
    profiles.load({})


def is_rare(case: Case) -> bool:
    return any(mutation.layer == "XPR" for mutation in case.mutations)


def found(database: ExampleDatabase, examples: int) -> Case:
    """What a machine with this database finds among so many examples."""
    own = settings(max_examples=examples, database=database, phases=PHASES, derandomize=False)
    return find(malformed(CREDENTIAL), is_rare, settings=own, database_key=KEY)


def test_what_one_machine_found_another_one_finds_without_looking(url: str) -> None:
    first, second = (
        profiles.shared(InMemoryExampleDatabase(), Redis.from_url(url)) for _ in range(2)
    )
    with pytest.raises(NoSuchExample):
        found(second, 1)

    case = found(first, 5_000)
    assert [*first.fetch(KEY)]  # by now it is written

    assert found(second, 1) == case


def test_the_setting_is_for_the_profile_that_goes_on_looking(url: str) -> None:
    profiles.load({PROFILE: "deep", REDIS: url})
    assert "Redis" in repr(settings.get_profile("deep").database)
    assert settings().max_examples == 1_000

    profiles.load({REDIS: url})
    assert settings().database is None


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ({PROFILE: "nightly"}, "'nightly' is none of ci, deep"),
        ({PROFILE: "deep", REDIS: "http://:hunter2@nobody"}, "no address of a Redis"),
        ({PROFILE: "deep", REDIS: "redis://:hunter2@127.0.0.1:1/0"}, "ConnectionError"),
    ],
    ids=["profile", "address", "nobody there"],
)
def test_what_cannot_be_used_is_told_without_the_password(
    environment: dict[str, str], words: str
) -> None:
    with pytest.raises(pytest.UsageError) as told:
        profiles.load(environment)

    assert words in str(told.value)
    assert "hunter2" not in str(told.value)


DRAWN = """
import sys
from hypothesis import given, strategies as st
from harness.cli import profiles

profiles.load({"PACONFORM_HYPOTHESIS_PROFILE": sys.argv[1]})
if sys.argv[2:]:
    import needles
drawn = []

@given(st.text())
def test(text):
    drawn.append(text)

test()
print(ascii(drawn))
"""


def drawn(place: Path, *arguments: str) -> str:
    """What a test draws in a process of its own."""
    script = place / "drawing.py"
    script.write_text(DRAWN)
    told = {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{place}", "PYTHONHASHSEED": "0"}
    return subprocess.run(
        [sys.executable, str(script), *arguments],
        check=True,
        capture_output=True,
        text=True,
        cwd=place,
        env={**told, "HYPOTHESIS_STORAGE_DIRECTORY": str(place / "hypothesis")},
    ).stdout


def test_what_is_drawn_does_not_depend_on_the_modules_that_are_loaded(tmp_path: Path) -> None:
    needles = [f"needle {number}" for number in range(500)]
    (tmp_path / "needles.py").write_text(f"NEEDLES = {needles}\n")

    alone, among_others = drawn(tmp_path, "ci"), drawn(tmp_path, "ci", "needles")

    assert alone == among_others
    assert "needle" in drawn(tmp_path, "deep", "needles")  # with constants it would be otherwise


@pytest.mark.parametrize(
    ("module", "name"), [(providers, profiles.LOOKED_FOR), (constants_ast, "Constants")]
)
def test_a_hypothesis_that_looks_for_constants_otherwise_is_let_be(
    module: ModuleType, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(module, name)

    runpy.run_path(profiles.__file__)["load"]({})

    assert not hasattr(module, name)
