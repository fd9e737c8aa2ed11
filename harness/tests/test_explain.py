"""Whatever has an id, or is a word of the tool, is explained so that a person can read it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from harness.cli import EXITS, status
from harness.cli.catalogues import KINDS
from harness.cli.lookup import ROWS, find, nearest
from harness.cli.prose import lines
from harness.cli.verdicts import VERDICTS
from harness.cli.words import VERDICTS as EXPLAINED

if TYPE_CHECKING:
    from collections.abc import Callable

STEP_3 = "flow/test_the_vendors_procedure.py::test_step_3_the_metadata_names_what_pingone_gave"


@pytest.fixture
def explained(capsys: pytest.CaptureFixture[str]) -> Callable[[str], str]:
    """What is printed of an id."""

    def run(key: str) -> str:
        assert status(["explain", key]) == 0
        return capsys.readouterr().out

    return run


def test_a_defect_is_explained_with_what_it_breaks(capsys: pytest.CaptureFixture[str]) -> None:
    assert status(["explain", "--json", "PA-D-001"]) == 0

    told = json.loads(capsys.readouterr().out)
    assert told["kind"] == "defect"
    assert told["breaks"] in {row["id"] for row in KINDS["requirements"]()}


def test_what_a_defect_changes_is_told_alike_by_every_process() -> None:
    values = [row["value"] for row in KINDS["defects"]()]

    assert not [value for value in values if "frozenset" in value or " at 0x" in value]
    assert '["GET", "POST"]' in values


@pytest.mark.parametrize(
    ("key", "kind"),
    [
        ("pa-conn-001", "requirement"),
        ("p1-d-001", "defect"),
        ("9.0", "release"),
        ("jwt-str-002.NO-SIGNATURE", "mutation"),
        ("jwt-str-002", "mutation class"),
        ("test_Step_3_the_metadata_names_what_pingone_gave", "scenario"),
        (f"scenarios/{STEP_3}", "scenario"),
    ],
)
def test_an_id_may_be_written_as_people_do(
    key: str, kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert status(["explain", key, "--json"]) == 0

    assert json.loads(capsys.readouterr().out)["kind"] == kind


def test_every_id_is_found_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    known = {kind: rows() for kind, rows in ROWS.items() if kind != "scenario"}
    cheap = {kind: lambda found=found: found for kind, found in known.items()}
    monkeypatch.setattr("harness.cli.lookup.ROWS", cheap)

    for kind, rows in known.items():
        assert [find(row["id"]) for row in rows] == [(kind, row) for row in rows]


def test_a_class_of_mutations_shows_its_variants(capsys: pytest.CaptureFixture[str]) -> None:
    assert status(["explain", "JWT-PST-002"]) == 0

    out = capsys.readouterr().out
    assert "JWT-PST-002.tab  reject  Nothing but tab" in out
    assert "JWT-PST-003" not in out


@pytest.mark.parametrize(
    ("wanted", "first"),
    [
        ("pa-con-001", "PA-CONN-001"),
        ("jwt-str-02", "JWT-STR-002"),
        ("vendors_procedure", "flow/test_a.py::test_the_vendors_procedure"),
        ("test_the_vendor_procedure", "flow/test_a.py::test_the_vendors_procedure"),
        ("jwt-str", "JWT-STR-002"),
    ],
)
def test_the_nearest_ids_come_first(wanted: str, first: str) -> None:
    ids = [
        "JWT-STR-002.no-signature",
        "JWT-STR-002",
        "JWT-DOS-002",
        "PA-CONN-010",
        "PA-CONN-001",
        "flow/test_a.py::test_the_vendors_procedure[x]",
        "flow/test_a.py::test_the_vendors_procedure",
    ]

    assert nearest(wanted, ids)[0] == first
    assert nearest("", ids) == []
    assert nearest("zzzzzzzz", ids) == []


@pytest.mark.parametrize(
    ("key", "told"),
    [
        ("PA-D-001", "requirement: Adding a connection with a working credential"),
        ("8.3", "    third-party JWKS endpoints: no document settles it\n        documented: Ping"),
        ("9.1", "changes:   9 (8 documented, 1 assumed)\n"),
        (
            "9.1",
            "    UI locales: yes\n        documented: PingAccess 9.1.0 release notes",
        ),
        ("7.2", "    SameSite values: Disabled, Lax, None\n"),
        ("9.1", "        breaks PA-REL-021; no fix published\n"),
        ("PA-16244", "releases: 8.1, 8.2, 8.3\n"),
        ("import_lasts_s", "use:     --switch pingaccess.import_lasts_s=JSON\n"),
        ("pingone.varied", "--switch 'pingone.varied=[\"lists\"]'"),
        ("5", "title: target unreachable\n"),
        ("Refuted", "title: a live product does otherwise than was assumed"),
        ("assumed", "title: a guess, with its reason"),
    ],
)
def test_each_kind_reads_well(key: str, told: str, explained: Callable[[str], str]) -> None:
    assert told in explained(key)


def test_defects_are_told_with_what_they_are() -> None:
    requirement = {"id": "PA-CONN-001", "scenarios": [], "defects": ["PA-D-001"]}

    assert list(lines("requirement", requirement))[-2:] == [
        "defects:",
        "    PA-D-001  a created connection is shown without its description",
    ]


def test_an_area_is_told_with_how_to_run_it() -> None:
    kind, row = find("flow")

    assert list(lines(kind, row))[:4] == [
        "id:   flow",
        "kind: area",
        "run:  paconform run flow",
        "requirements:",
    ]


def test_no_row_is_shown_as_data() -> None:
    """Neither a word of Python nor a name of a member of JSON."""
    for kind in ("release", "known bug", "area", "exit code", "verdict", "grade"):
        for row in ROWS[kind]():
            names = [line.partition(":")[0] for line in lines(kind, row) if line[0] != " "]
            text = "\n".join(lines(kind, row))
            assert not [name for name in names if "_" in name], row["id"]
            assert not [raw for raw in ("None;", "True", "False", "{'") if raw in text], row["id"]


def test_a_line_fits_on_a_terminal_and_is_whole_in_a_pipe() -> None:
    kind, row = find("9.1")
    pipe, terminal = list(lines(kind, row)), list(lines(kind, row, 60))

    assert max(map(len, pipe)) > 100
    assert max(map(len, terminal)) <= 60
    assert " ".join("".join(pipe).split()) == " ".join("".join(terminal).split())


def test_a_word_that_is_too_long_keeps_its_place() -> None:
    row = {"id": "x", "scenarios": ["y" * 30]}

    assert list(lines("mutation", row, 20))[-2:] == ["scenarios:", f"    {'y' * 30}"]


def test_every_verdict_and_every_exit_code_is_explained() -> None:
    assert set(EXPLAINED) == set(VERDICTS)
    assert [find(str(code))[0] for code in EXITS] == ["exit code"] * len(EXITS)


def test_what_is_like_nothing_is_answered_with_what_there_is(refused: Callable[..., str]) -> None:
    told = refused(2, "explain", "zzzzzzzz")

    assert "what has an id: exit code, verdict, grade, area, requirement" in told
