"""What Hypothesis found on one machine is where another one begins."""

from __future__ import annotations

import warnings
from threading import Thread
from typing import TYPE_CHECKING

import pytest
from fakeredis import TcpFakeServer
from hypothesis import Phase, find, settings
from hypothesis.database import InMemoryExampleDatabase
from hypothesis.errors import NoSuchExample
from redis import Redis

from harness.cli import profiles
from harness.cli.profiles import PROFILE, REDIS
from harness.strategies.tokens import malformed
from harness.tests.tokens import CREDENTIAL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hypothesis.database import ExampleDatabase

    from harness.strategies.tokens import Case


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
