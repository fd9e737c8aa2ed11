"""A history keeps runs, tells what changed when, and refuses what is none."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest
import sqlalchemy as sa

from harness.cli import status
from harness.errors import BadSettings
from harness.evidence import FILE, Failure, Run, RunEnd, RunHeader, ScenarioResult
from harness.history import asking, tables
from harness.history.rows import rows_of
from harness.history.store import History
from harness.run_folder import RunFolder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

VERDICTS = {"+": "conformant", "-": "nonconformant", "w": "warning", "0": "not_measured"}


def scenario(name: str, verdict: str) -> ScenarioResult:
    failure = Failure("PA-CONN-001", "a", "b", "a not b") if verdict == "nonconformant" else None
    given = {"area": "area", "requirements": ["PA-CONN-001"], "title": "It is so."}
    return ScenarioResult(id=name, verdict=verdict, failure=failure, **given)  # type: ignore[arg-type]


def run(number: int, *, label: str = "lab", end: bool = True, **scenarios: str) -> Run:
    """A run in which each of the scenarios came to the verdict of the sign."""
    header = RunHeader(
        run_id=f"r-{number}",
        started=f"2026-11-{number:02}T08:00:00+00:00",
        tool="pingaccess-conformance 0",
        target="live",
        label=label,
    )
    results = [scenario(name, VERDICTS[sign]) for name, sign in scenarios.items()]
    ended = RunEnd(ended=header.started, counts={}) if end else None
    return Run(header, results, ended, [])


def written(path: Path, one: Run) -> Path:
    folder = RunFolder.create(path, one.header)
    for result in one.scenarios:
        folder.write(result)
    if one.end:
        folder.end(one.end)
    folder.close()
    return path


@pytest.fixture(scope="module")
def postgresql() -> Iterator[str]:
    """A PostgreSQL of our own on a socket in a folder, gone at the end."""
    places = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    found = shutil.which("initdb") or (places and str(places[-1] / "initdb"))
    if not found:
        pytest.skip("no PostgreSQL is installed here")
    place = Path(tempfile.mkdtemp(prefix="paconform-pg-", dir="/tmp"))
    other = {"user": "nobody", "group": "nogroup", "extra_groups": []} if os.geteuid() == 0 else {}
    if other:
        shutil.chown(place, "nobody", "nogroup")
    data, programs = place / "data", Path(found).parent
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": place}
    options = f"-c listen_addresses='' -c fsync=off -c unix_socket_directories={place}"
    try:
        subprocess.run(
            [found, "-D", data, "-U", "tester", "-A", "trust", "--no-sync", "-E", "UTF8"],
            check=True, **quiet, **other,  # type: ignore[call-overload]
        )  # fmt: skip
        control = [programs / "pg_ctl", "-D", data, "-w", "-o", options]
        subprocess.run([*control, "start"], check=True, **quiet, **other)  # type: ignore[call-overload]
        try:
            yield f"postgresql+psycopg://tester@/postgres?host={place}"
        finally:
            subprocess.run([*control, "-m", "immediate", "stop"], check=True, **quiet, **other)  # type: ignore[call-overload]
    finally:
        shutil.rmtree(place, ignore_errors=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database of each kind that there is."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/history.db"
    found: str = request.getfixturevalue("postgresql")
    engine = sa.create_engine(found)
    with engine.begin() as connection:
        connection.execute(sa.text("drop schema public cascade"))
        connection.execute(sa.text("create schema public"))
    engine.dispose()
    return found


@pytest.fixture
def history(url: str) -> Iterator[History]:
    opened = History(url)
    yield opened
    opened.close()


# --- what it tells


def test_runs_are_told_in_their_order_with_their_counts(history: History) -> None:
    told = history.add([rows_of(run(2, a="-", b="+")), rows_of(run(1, a="+", b="+", c="0"))])

    assert told == ["added (2 scenarios)", "added (3 scenarios)"]
    with history.asked() as connection:
        found = asking.trends(connection)
        none = asking.trends(connection, "another")
    assert [(one.run_id, one.counts) for one in found] == [
        ("r-1", {"conformant": 2, "not_measured": 1}),
        ("r-2", {"conformant": 1, "nonconformant": 1}),
    ]
    assert none == []


@pytest.mark.parametrize(
    ("signs", "first_seen", "last_good", "verdict"),
    [
        ("++--", "r-3", "r-2", "fails"),
        ("--++", "r-4", "r-4", ""),
        ("+-+-", "r-4", "r-3", "flaky fails"),
        ("-+-+", "r-4", "r-4", "flaky"),
        ("-0--", "r-1", None, "fails"),
        ("+0-0", "r-3", "r-1", "fails"),
        ("+w-w", "r-2", "r-1", "flaky fails"),
        ("+-w-", "r-2", "r-1", "flaky fails"),
    ],
)
def test_a_scenario_has_a_first_bad_run_and_a_last_good_one(
    tmp_path: Path, signs: str, first_seen: str, last_good: str | None, verdict: str
) -> None:
    history = History(f"sqlite:///{tmp_path}/h.db")
    runs = [run(number, a=sign, always="+") for number, sign in enumerate(signs, 1)]
    history.add([rows_of(one) for one in reversed(runs)])

    with history.asked() as connection:
        failing, changing = asking.failing(connection), asking.flaky(connection)
    history.close()
    assert [one.scenario for one in failing] == ["a"] * ("fails" in verdict)
    assert [one.scenario for one in changing] == ["a"] * ("flaky" in verdict)
    for one in failing:
        assert (one.first_seen, one.last_good, one.series) == (first_seen, last_good, "lab, live")


def test_runs_of_another_label_are_another_series(history: History) -> None:
    signs = ["+", "-", "+", "-"]
    runs = [run(n, label=f"lab-{n % 2}", a=sign) for n, sign in enumerate(signs, 1)]
    history.add([rows_of(one) for one in runs])

    with history.asked() as connection:
        assert asking.flaky(connection) == []
        [failing] = asking.failing(connection)
    assert (failing.series, failing.first_seen, failing.last_good) == ("lab-0, live", "r-2", None)
    assert failing.requirement == "PA-CONN-001"


def test_a_run_is_kept_once_and_a_stopped_one_replaced_by_its_whole(history: History) -> None:
    stopped, whole = rows_of(run(1, end=False, a="-")), rows_of(run(1, a="+", b="+"))

    told = [history.add([one])[0] for one in (stopped, stopped, whole, stopped, whole)]

    assert told == [
        "added (1 scenarios, the run was stopped)",
        "is there already",
        "replaced (2 scenarios)",
        "is there already",
        "is there already",
    ]
    with history.asked() as connection:
        assert [one.counts for one in asking.trends(connection)] == [{"conformant": 2}]


def test_odd_and_long_names_stay_themselves(history: History) -> None:
    odd = [
        "x" * 5000 + "a",
        "x" * 5000 + "b",
        "a\0b",
        "\ud800",
        "'; drop table paconform_runs; --",
        "",
    ]
    one = run(1)
    one.scenarios.extend(scenario(name, "nonconformant") for name in odd)
    one.scenarios.append(scenario("twice", "nonconformant"))
    one.scenarios.append(scenario("twice", "conformant"))

    history.add([rows_of(one)])

    with history.asked() as connection:
        names = {story.scenario for story in asking.failing(connection)}
    assert len(names) == len(odd) + 1
    assert {"twice", "a\\0b", "\\ud800", ""} <= names


# --- formats


def test_an_older_format_is_brought_up_to_date_and_keeps_what_it_has(
    history: History, url: str
) -> None:
    engine = sa.create_engine(url)
    with engine.begin() as connection:
        tables.STEPS[0](connection)
        connection.execute(tables.FORMAT.insert().values(steps=1))
        old = rows_of(run(1, a="-")).head
        connection.execute(tables.RUNS.insert().values(**old))
    history.add([rows_of(run(2, a="-"))])

    with engine.begin() as connection:
        assert tables.taken(connection) == len(tables.STEPS) == 2
        assert sa.inspect(connection).get_indexes("paconform_results")
    with history.asked() as connection:
        assert [one.run_id for one in asking.trends(connection)] == ["r-1", "r-2"]
    engine.dispose()


def test_a_newer_format_is_refused_and_stays_as_it_is(history: History, url: str) -> None:
    history.add([rows_of(run(1, a="+"))])
    engine = sa.create_engine(url)
    with engine.begin() as connection:
        connection.execute(tables.FORMAT.update().values(steps=99))

    with pytest.raises(BadSettings, match="is of format 99, this version knows 2"):
        history.add([rows_of(run(2, a="+"))])
    with engine.begin() as connection:
        assert connection.execute(sa.select(tables.RUNS.c.run_id)).scalars().all() == ["r-1"]
    engine.dispose()


# --- what is no history


def test_a_database_of_something_else_is_not_touched(history: History, url: str) -> None:
    engine = sa.create_engine(url)
    with engine.begin() as connection:
        connection.execute(sa.text("create table thesis (page integer)"))

    with pytest.raises(BadSettings, match=r"holds something else \(table 'thesis'\)"):
        history.add([rows_of(run(1))])
    assert sa.inspect(engine).get_table_names() == ["thesis"]
    engine.dispose()


@pytest.fixture
def refused(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., str]:
    """Runs a command of the history that must be refused; gives its only line."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PACONFORM_HISTORY", raising=False)

    def one_line(*arguments: str) -> str:
        assert status(["history", *arguments]) == 2
        out, err = capsys.readouterr()
        assert out == ""
        assert len(err.splitlines()) == 1
        return err

    return one_line


def test_what_is_no_history_is_told_in_one_line(
    refused: Callable[..., str], tmp_path: Path
) -> None:
    good = str(written(tmp_path / "run", run(1, a="+")))
    (tmp_path / "text.db").write_text("mine, and no database at all\n" * 40)
    (tmp_path / "empty.db").write_bytes(b"")
    before = sorted(one.name for one in tmp_path.iterdir())

    assert "not a database" in refused("add", good, "--database", "sqlite:///text.db")
    assert "is empty" in refused("trends", "--database", "sqlite:///empty.db")
    assert "is not there" in refused("flaky", "--database", "sqlite:///none.db")
    assert "is not there" in refused("failing")
    odd = ("history.db", "", "sqlite:///x.db?foo=1", "sqlite:///a%00b", "postgresql://h:abc/x")
    for url in odd:
        assert "is no URL" in refused("add", good, "--database", url)
    assert "unable to open" in refused("add", good, "--database", "sqlite:///no/folder/x.db")
    assert "secret" not in refused("add", good, "--database", "oracle+nothing://me:secret@host/x")
    for place in ("me:secret@127.0.0.1:1/x", "me@127.0.0.1:1/x?password=secret"):
        assert "secret" not in refused("add", good, "--database", f"postgresql+psycopg://{place}")
    assert sorted(one.name for one in tmp_path.iterdir()) == before
    assert (tmp_path / "text.db").read_text().startswith("mine")


def test_without_the_extra_the_command_says_what_to_install(
    refused: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("harness.cli.history.find_spec", lambda _: None)

    assert "pip install '.[history]' in the clone" in refused("trends")


def test_a_history_that_may_not_be_written_can_be_read(
    refused: Callable[..., str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = (str(written(tmp_path / f"{n}", run(n, a="+"))) for n in (1, 2))
    assert status(["history", "add", first, "--database", "sqlite:///h.db"]) == 0
    locked = "sqlite:///file:h.db?mode=ro&uri=true"

    assert status(["history", "trends", "--database", locked]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "r-1: added (1 scenarios)",
        "r-1  lab, live: 1 conformant",
    ]
    assert "readonly" in refused("add", second, "--database", locked)
    with sqlite3.connect("h.db") as other:
        other.execute("begin exclusive")
        assert "locked" in refused("add", second, "--database", "sqlite:///h.db?timeout=0")
        other.rollback()
    other.close()


def test_a_run_that_cannot_be_read_keeps_the_others_out_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    good = written(tmp_path / "good", run(1, a="+"))
    half = written(tmp_path / "half", run(2, a="+", b="-", end=False))
    file = half / FILE
    file.write_bytes(file.read_bytes()[:-20])
    (tmp_path / "none").mkdir()

    assert status(["history", "add", str(good), "none", "--database", "sqlite:///h.db"]) == 2
    assert not (tmp_path / "h.db").exists()
    assert "'none' is no run folder" in capsys.readouterr().err
    assert status(["history", "add", str(good), str(half), "--database", "sqlite:///h.db"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "r-1: added (1 scenarios)",
        "r-2: added (1 scenarios, the run was stopped)",
    ]


def test_answers_are_for_people_and_for_scripts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    odd = run(3, a="-")
    odd.header = msgspec.structs.replace(odd.header, product={"PingAccess": "\x1b[31m\u202e"})
    runs = [run(1, a="+"), run(2, a="-"), odd, run(4, a="+"), run(5, a="-")]
    folders = [str(written(tmp_path / str(n), one)) for n, one in enumerate(runs)]
    monkeypatch.setenv("PACONFORM_HISTORY", "sqlite:///h.db")
    assert status(["history", "add", *folders]) == 0
    capsys.readouterr()

    told = {}
    for question in ("trends", "failing", "flaky"):
        assert status(["history", question]) == 0
        told[question] = capsys.readouterr().out
        assert status(["history", question, "--json"]) == 0
        assert json.loads(capsys.readouterr().out)
    assert told["failing"] == (
        "nonconformant  PA-CONN-001  a  (lab, live): first seen in r-5, last good in r-4\n"
    )
    assert told["flaky"] == "a  (lab, live): 3 changes in 5 runs, now nonconformant\n"
    assert told["trends"].splitlines()[0] == "r-1  lab, live: 1 conformant"
    for question in told:
        assert status(["history", question, "--label", "lap"]) == 2
        assert "no run is of 'lap'; there are lab" in capsys.readouterr().err
