"""The last run of each label on each release, and the gate that asks for it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from harness.cli import status
from harness.evidence import FILE, RunEnd, RunHeader

if TYPE_CHECKING:
    from pathlib import Path

GOOD, BAD = {"conformant": 3}, {"conformant": 2, "nonconformant": 1}


def run(folder: Path, day: int, release: str, counts: Any, **members: Any) -> None:
    """A run folder without scenarios; `counts` None is a run that stopped."""
    folder.mkdir(parents=True)
    started = f"2026-01-{day:02}T00:00:00Z"
    given: Any = {"label": "ours", **members}
    header = RunHeader(
        run_id=str(day), started=started, tool="x", target="embedded", release=release, **given
    )
    lines = [header] if counts is None else [header, RunEnd(ended=started, counts=counts)]
    text = b"".join(msgspec.json.encode(one) + b"\n" for one in lines)
    (folder / FILE).write_bytes(text)


@pytest.fixture
def runs(tmp_path: Path) -> Path:
    """Runs of two labels."""
    folder = tmp_path / "runs"
    run(folder / "c", 1, "8.0", GOOD)
    run(folder / "b", 2, "9.0", GOOD)
    run(folder / "a", 3, "9.0", BAD)
    run(folder / "d", 4, "9.1", {"conformant": 2})
    run(folder / "e", 5, "10.0", None)
    run(folder / "f", 6, "10.1", {"harness_error": 1, "nonconformant": 2})
    run(folder / "g", 7, "9.1", GOOD, label=None)
    run(folder / "h", 8, "9.2", {**GOOD, "not_measured": 9, "warning": 1, "refuted": 1})
    run(folder / "i", 9, "9.1", {"not_measured": 3}, label="idle")
    (folder / "other").mkdir()
    (folder / "other" / FILE).write_bytes(b"[\xff")
    return folder


def test_the_last_run_of_each_label_and_release_counts(
    runs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert status(["matrix", str(runs), "--json"]) == 0
    told = [json.loads(one) for one in capsys.readouterr().out.splitlines()]
    assert [(one["label"], one["release"], one["verdict"], one["partial"]) for one in told] == [
        ("(embedded)", "9.1", "conformant", False),
        ("idle", "9.1", "not_measured", False),
        ("ours", "8.0", "conformant", True),
        ("ours", "9.0", "nonconformant", True),
        ("ours", "9.1", "conformant", True),
        ("ours", "9.2", "conformant", False),
        ("ours", "10.0", "interrupted", True),
        ("ours", "10.1", "harness_error", True),
    ]


def test_a_table_has_a_line_for_each_label(runs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert status(["matrix", str(runs)]) == 0
    head, _, _, ours = capsys.readouterr().out.splitlines()
    assert head.split() == ["8.0", "9.0", "9.1", "9.2", "10.0", "10.1"]
    assert "nonconformant (3 of 14, 2026-01-03)" in ours
    assert status(["matrix", str(runs / "a"), str(runs / "d"), "--markdown"]) == 0
    rows = capsys.readouterr().out.splitlines()
    assert rows[1] == "| --- | --- | --- |"
    assert rows[2].startswith("| ours | nonconformant (3, 2026-01-03) | conformant (2 of 3")


def test_where_no_run_is_that_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for place in (tmp_path, tmp_path / "nowhere"):
        assert status(["matrix", str(place)]) == 2
        assert "there is no run; `paconform run` writes one" in capsys.readouterr().err


def test_a_label_forges_no_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(tmp_path / "a", 1, "9.1", GOOD, label="x\n| forged \x1b[31m")
    for more in ([], ["--markdown"]):
        assert status(["matrix", str(tmp_path), *more]) == 0
        out = capsys.readouterr().out
        assert "\x1b" not in out
        assert not [one for one in out.splitlines() if one.startswith("| forged")]


@pytest.mark.parametrize(
    ("label", "to", "code", "said"),
    [
        ("(embedded)", "9.1", 0, "yes: 9.0 to 9.1"),
        ("ours", "9.1", 0, "yes-but: 9.0 to 9.1, confidence medium: the last run of ours on 9.1 "),
        ("idle", "9.1", 4, "no: 9.0 to 9.1, confidence medium: the last run of idle on 9.1 is not"),
        ("theirs", "9.1", 4, "no: 9.0 to 9.1, confidence medium: no run of theirs on 9.1 is known"),
        ("ours", "9.0", 4, "no: 9.0 to 9.0, confidence medium: the last run of ours on 9.0 is non"),
    ],
)
def test_the_gate_asks_for_a_run(  # noqa: PLR0917 - what is asked, and what comes of it
    runs: Path, label: str, to: str, code: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["can-i-upgrade", "--from", "9.0", "--to", to, "--label", label, "--runs", str(runs)]
    assert status(asked) == code
    assert capsys.readouterr().out.startswith(said)
