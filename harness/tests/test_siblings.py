"""What lies beside a run folder: earlier runs of the same, and detection power."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from harness.cli.siblings import earlier, power
from harness.evidence import FILE, RunEnd, RunHeader
from harness.run_folder import RunFolder
from reports.around import around

if TYPE_CHECKING:
    from pathlib import Path


def run(folder: Path, day: int, *, end: bool = True, **members: Any) -> Path:
    """A run of that day."""
    started = f"2026-11-{day:02}T08:00:00+00:00"
    given = {"target": "live", "label": "staging", "release": "9.0", **members}
    written = RunFolder.create(folder, RunHeader(run_id="r", started=started, tool="t", **given))
    if end:
        written.end(RunEnd(ended=started, counts={}))
    written.close()
    return folder


def test_the_last_run_of_each_release_is_found(tmp_path: Path) -> None:
    now = run(tmp_path / "now", 9)
    last = run(tmp_path / "last", 8)
    run(tmp_path / "before", 7)
    old = run(tmp_path / "old", 6, release="8.3")
    (tmp_path / "latest").symlink_to("last")

    assert earlier(now) == [last, old]


@pytest.mark.parametrize(
    ("day", "other"),
    [
        (8, {"label": "production"}),
        (8, {"target": "served"}),
        (8, {"fakes": ["PingOne"]}),
        (10, {}),
    ],
)
def test_other_runs_are_no_earlier_ones(tmp_path: Path, day: int, other: dict[str, Any]) -> None:
    now = run(tmp_path / "now", 9)
    run(tmp_path / "other", day, **other)

    assert earlier(now) == []


def test_a_whole_run_goes_before_one_that_was_stopped(tmp_path: Path) -> None:
    now = run(tmp_path / "now", 9)
    run(tmp_path / "stopped", 8, end=False)
    whole = run(tmp_path / "whole", 7)

    assert earlier(now) == [whole]


@pytest.mark.parametrize(
    "data", [b"", b"{}\n", b"\xff\n", b'{"kind":"end"}\n', b"[" * 9_999 + b"\n"]
)
def test_what_is_no_run_is_passed_over(tmp_path: Path, data: bytes) -> None:
    now = run(tmp_path / "now", 9)
    (tmp_path / "odd").mkdir()
    (tmp_path / "odd" / FILE).write_bytes(data)
    (tmp_path / "file").write_bytes(data)

    assert earlier(now) == []
    assert earlier(tmp_path / "odd") == []


def test_detection_power_lies_in_the_folder_or_beside_it(tmp_path: Path) -> None:
    now = run(tmp_path / "now", 9)
    assert power(now) is None

    (tmp_path / "defects").mkdir()
    beside = tmp_path / "defects" / "defects.json"
    beside.write_text(json.dumps({"caught": 3, "survived": 1, "defects": []}))
    assert power(now) == beside

    found = around([tmp_path / "gone"], beside)
    assert found.power is not None
    assert (found.earlier, found.power.planted) == ((), 4)

    (now / "defects.json").write_text("{")
    assert power(now) == now / "defects.json"
    assert around([], now / "defects.json").power is None
