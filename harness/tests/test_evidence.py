"""Evidence is written line by line, outlives a crash, and holds no secret."""

from __future__ import annotations

import errno
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import httpx
import jsonschema
import msgspec
import pytest

from harness import evidence, run_folder
from harness.errors import BadSettings
from harness.evidence import (
    FILE,
    Failure,
    RunEnd,
    RunHeader,
    ScenarioResult,
    read,
    schema,
)
from harness.exchanges import shown
from harness.recorder import Exchange
from harness.redaction import Redactor
from harness.run_folder import RunFolder

if TYPE_CHECKING:
    from typing import BinaryIO

HEADER = RunHeader(
    run_id="r-1",
    started="2026-11-24T08:00:00+00:00",
    tool="pingaccess-conformance 0",
    target="embedded",
    product={"PingAccess": "fake"},
    options={"scenarios": 2},
)
END = RunEnd(ended="2026-11-24T08:00:01+00:00", counts={"conformant": 1})


def result(key: str = "area/test_a.py::test_b", **members: Any) -> ScenarioResult:
    given = {"area": "area", "requirements": ["PA-CONN-001"], "title": "It is so."}
    return ScenarioResult(id=key, **{"verdict": "conformant", **given, **members})


def failed() -> ScenarioResult:
    request = httpx.Request("POST", "https://a.invalid/x?q=1", json={"a": 1})
    exchange = Exchange("pingaccess", "add_x", request, httpx.Response(422, json={"flash": []}))
    failure = Failure("PA-CONN-001", "a", "b", "a not b", 0, "scenarios/x.py:1")
    return result(verdict="nonconformant", failure=failure, exchanges=[shown(exchange, Redactor())])


def whole(path: Path, *results: ScenarioResult) -> Path:
    folder = RunFolder.create(path, HEADER)
    for one in results:
        folder.write(one)
    folder.end(END)
    folder.close()
    return path


# --- what is written is read


def test_a_run_is_read_as_it_was_written(tmp_path: Path) -> None:
    run = read(whole(tmp_path / "run", result(), failed()))

    assert run.header == HEADER
    assert run.scenarios == [result(), failed()]
    assert (run.end, run.damaged, run.interrupted) == (END, [], False)


def test_a_line_is_on_disk_as_soon_as_it_is_written(tmp_path: Path) -> None:
    folder = RunFolder.create(tmp_path, HEADER)
    folder.write(result())

    run = read(tmp_path)

    assert run.scenarios == [result()]
    assert run.interrupted
    folder.close()


@pytest.mark.parametrize("kept", [1, 20, 100])
def test_a_torn_last_line_is_left_out_and_told(tmp_path: Path, kept: int) -> None:
    file = whole(tmp_path, result(), failed()) / FILE
    lines = file.read_bytes().splitlines(keepends=True)
    file.write_bytes(b"".join(lines[:2]) + lines[2][:kept])

    run = read(tmp_path)

    assert run.scenarios == [result()]
    assert run.damaged == ["line 3 is cut off: the run stopped while it was written"]


def test_a_damaged_line_in_the_middle_hides_only_itself(tmp_path: Path) -> None:
    file = whole(tmp_path, result("1"), result("2")) / FILE
    lines = file.read_bytes().splitlines(keepends=True)
    file.write_bytes(b"".join([lines[0], b"\xff{]\n", *lines[2:]]))

    run = read(tmp_path)

    assert [one.id for one in run.scenarios] == ["2"]
    assert run.damaged[0].startswith("line 2 cannot be read")


def test_half_a_surrogate_pair_out_of_a_product_can_be_written(tmp_path: Path) -> None:
    run = read(whole(tmp_path, result(reason="odd \ud800 text")))

    assert run.scenarios[0].reason == "odd \\ud800 text"


def test_members_of_a_later_format_are_passed_over(tmp_path: Path) -> None:
    file = whole(tmp_path, result()) / FILE
    file.write_bytes(file.read_bytes().replace(b'"title":', b'"new":{},"title":'))

    assert read(tmp_path).scenarios == [result()]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (None, "it holds no evidence.jsonl"),
        ("", "first line is not the header"),
        ("{", "first line is not the header"),
        ('{"kind":"end","ended":"x","counts":{}}\n', "first line is not the header"),
    ],
)
def test_a_folder_without_a_run_is_told_in_one_line(
    tmp_path: Path, text: str | None, complaint: str
) -> None:
    if text is not None:
        (tmp_path / FILE).write_text(text)

    with pytest.raises(BadSettings) as caught:
        read(tmp_path)

    assert complaint in str(caught.value)
    assert "\n" not in str(caught.value)


def test_evidence_of_the_first_format_is_still_read() -> None:
    """The file was written by the version that knew no other format."""
    run = read(Path(__file__).with_name("data") / "evidence-1.jsonl")

    assert (run.header.schema, run.damaged, run.interrupted) == (1, [], False)
    assert [one.verdict for one in run.scenarios] == ["conformant", "not_measured"]
    assert run.scenarios[1].exchanges[0].operation == "openid_configuration"
    assert (run.scenarios[1].timing, run.scenarios[1].left_out) == ([], 0)


def test_a_run_that_is_too_large_keeps_its_verdicts_without_exchanges(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run_folder, "LARGEST_RUN", 1200)

    kept = read(whole(tmp_path / "run", failed(), failed())).scenarios

    assert [len(one.exchanges) for one in kept] == [1, 0]
    assert [one.left_out for one in kept] == [0, 1]
    assert kept[1].failure is not None
    assert (kept[1].verdict, kept[1].failure.exchange) == ("nonconformant", None)


def test_a_newer_format_is_refused(tmp_path: Path) -> None:
    later = msgspec.structs.replace(HEADER, schema=evidence.SCHEMA + 1)
    RunFolder.create(tmp_path, later).close()

    with pytest.raises(BadSettings, match=f"was written in format {evidence.SCHEMA + 1}"):
        read(tmp_path)


# --- the folder


def test_a_folder_is_made_with_its_parents(tmp_path: Path) -> None:
    RunFolder.create(tmp_path / "a" / "b", HEADER).close()

    assert [entry.name for entry in (tmp_path / "a" / "b").iterdir()] == [FILE]


def test_a_folder_that_holds_a_run_is_replaced_only_when_asked(tmp_path: Path) -> None:
    whole(tmp_path, result())
    (tmp_path / "index.html").write_text("old")

    with pytest.raises(BadSettings, match="holds a run already"):
        RunFolder.create(tmp_path, HEADER)
    assert read(tmp_path).scenarios == [result()]

    RunFolder.create(tmp_path, HEADER, overwrite=True).close()
    assert read(tmp_path).scenarios == []
    assert not (tmp_path / "index.html").exists()


@pytest.mark.parametrize("overwrite", [False, True])
def test_a_folder_whose_run_is_still_written_is_not_taken(tmp_path: Path, overwrite: bool) -> None:
    first = RunFolder.create(tmp_path, HEADER)
    with pytest.raises(BadSettings, match=re.escape(str(tmp_path))):
        RunFolder.create(tmp_path, HEADER, overwrite=overwrite)
    first.close()
    assert read(tmp_path).header == HEADER
    RunFolder.create(tmp_path, HEADER, overwrite=True).close()


def test_evidence_without_an_end_is_not_read_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evidence, "LARGEST_FILE", 1000)
    with pytest.raises(BadSettings, match="larger than 1,000 bytes"):
        read(Path("/dev/zero"))


def test_a_folder_of_something_else_is_never_written_to(tmp_path: Path) -> None:
    (tmp_path / "thesis.tex").write_text("mine")

    with pytest.raises(BadSettings, match="holds something else"):
        RunFolder.create(tmp_path, HEADER, overwrite=True)
    assert [entry.name for entry in tmp_path.iterdir()] == ["thesis.tex"]


def test_a_file_is_no_run_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")

    with pytest.raises(BadSettings, match="--out"):
        RunFolder.create(tmp_path / "file", HEADER)
    with pytest.raises(BadSettings, match="--out"):
        RunFolder.create(tmp_path / "file" / "below", HEADER)


def test_the_journal_of_a_live_run_may_be_there_first(tmp_path: Path) -> None:
    (tmp_path / "journal.jsonl").write_text("")

    RunFolder.create(tmp_path, HEADER).close()

    assert read(tmp_path).header == HEADER


class FullDisk:
    """A file on a disk that has room for some bytes more."""

    def __init__(self, file: BinaryIO, room: int) -> None:
        self._file = file
        self._room = room

    def write(self, data: memoryview) -> int:
        """How many bytes there was room for; OSError where there was none."""
        if not self._room:
            raise OSError(errno.ENOSPC, "No space left on device")
        part = data[: self._room]
        self._room -= len(part)
        return self._file.write(part)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


def test_a_full_disk_is_told_and_leaves_no_half_line(tmp_path: Path) -> None:
    with (tmp_path / FILE).open("wb", buffering=0) as file:
        RunFolder(tmp_path, file).write(HEADER)
        full = RunFolder(tmp_path, cast("BinaryIO", FullDisk(file, 30)))

        with pytest.raises(OSError, match="No space left"):
            full.write(result())

    run = read(tmp_path)
    assert (run.scenarios, run.damaged) == ([], [])


def test_a_disk_that_was_full_goes_on_where_it_was(tmp_path: Path) -> None:
    with (tmp_path / FILE).open("wb", buffering=0) as file:
        folder = RunFolder(tmp_path, file)
        folder.write(HEADER)
        with pytest.raises(OSError, match="No space left"):
            RunFolder(tmp_path, cast("BinaryIO", FullDisk(file, 30))).write(result("lost"))
        folder.write(result("kept"))

    assert [one.id for one in read(tmp_path).scenarios] == ["kept"]


# --- the schema


def test_the_schema_that_ships_is_that_of_the_structs() -> None:
    shipped = Path(evidence.__file__).with_name("evidence.schema.json").read_text("utf-8")

    assert json.loads(shipped) == schema()


def test_every_line_is_of_the_schema_and_other_lines_are_not(tmp_path: Path) -> None:
    file = whole(tmp_path, result(), failed(), result(verdict="not_measured", reason="no")) / FILE
    validator = jsonschema.Draft202012Validator(schema())

    lines = [json.loads(line) for line in file.read_text("utf-8").splitlines()]

    assert [line["kind"] for line in lines] == ["run", "scenario", "scenario", "scenario", "end"]
    assert [validator.is_valid(line) for line in lines] == [True] * 5
    assert not validator.is_valid({**lines[1], "verdict": "fine"})
    assert not validator.is_valid({**lines[1], "kind": "test"})
    assert not validator.is_valid({"kind": "end"})
