"""A run folder gets its reports, whole or not at all."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

import reports
from harness.errors import BadSettings
from harness.evidence import FILE, RunEnd
from harness.run_folder import RunFolder
from reports import junit, summary
from reports.curl import curl
from reports.tests.runs import EXCHANGES, HEADER, findings, mixed, scenario

if TYPE_CHECKING:
    from reports.model import Findings

END = RunEnd(ended="2026-11-24T08:00:01+00:00", counts={})
NAMES = [
    "index.html",
    "junit.xml",
    "summary.md",
    "ctrf.json",
    "results.sarif",
    "exchanges.har",
]


def run_folder(path: Path, *, end: bool = True) -> Path:
    folder = RunFolder.create(path, HEADER)
    for one in mixed().run.scenarios:
        folder.write(one)
    if end:
        folder.end(END)
    folder.close()
    return path


def test_no_report_of_an_old_run_stays_when_another_begins_there(tmp_path: Path) -> None:
    reports.render(run_folder(tmp_path))
    RunFolder.create(tmp_path, HEADER, overwrite=True).close()
    assert [entry.name for entry in tmp_path.iterdir()] == [FILE]


def test_every_report_is_written_beside_the_evidence(tmp_path: Path) -> None:
    assert reports.render(run_folder(tmp_path)) == [tmp_path / name for name in NAMES]
    assert sorted(entry.name for entry in tmp_path.iterdir()) == sorted([FILE, *NAMES])


def test_the_same_evidence_gives_the_same_reports(tmp_path: Path) -> None:
    first = [path.read_bytes() for path in reports.render(run_folder(tmp_path))]

    assert [path.read_bytes() for path in reports.render(tmp_path)] == first


def test_a_killed_run_is_rendered(tmp_path: Path) -> None:
    file = run_folder(tmp_path, end=False) / FILE
    file.write_bytes(file.read_bytes()[:-40])

    page = reports.render(tmp_path)[0].read_text("utf-8")

    assert "Stopped after 6 of 5 scenarios" in page
    assert "is cut off" in page


def test_a_folder_without_a_run_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadSettings, match="is no run folder"):
        reports.render(tmp_path)


def test_a_full_disk_leaves_the_old_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run_folder(tmp_path)
    (tmp_path / "index.html").write_text("old")

    def half(self: Path, text: str, **_: object) -> int:
        self.write_bytes(text.encode()[:100])
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_text", half)
    with pytest.raises(OSError, match="No space left"):
        reports.render(tmp_path)

    assert (tmp_path / "index.html").read_bytes() == b"old"
    assert sorted(entry.name for entry in tmp_path.iterdir()) == [FILE, "index.html"]


# --- JUnit


def xml(found: Findings) -> ET.Element:
    return ET.fromstring(junit.document(found))  # noqa: S314 - our own


def test_junit_has_a_testcase_for_each_scenario() -> None:
    cases = xml(mixed()).findall(".//testcase")

    assert len(cases) == len(mixed().run.scenarios)
    assert cases[1].attrib == {
        "classname": "scenarios.connections.test_crud",
        "name": "test_nonconformant_1[create]",
        "time": "1.500",
    }


def test_junit_says_of_each_verdict_what_it_is() -> None:
    root = xml(mixed())

    outcomes = [[child.tag for child in case] for case in root.findall(".//testcase")]
    assert outcomes == [[], ["failure"], ["failure"], [], [], ["error"], ["skipped"]]
    told = (root.findtext("testsuite/system-out") or "").splitlines()
    assert [line.partition(":")[0] for line in told] == ["warning", "refuted"]
    assert "test_warning_1[create]: not 200" in told[0]


def test_junit_counts_and_gives_reasons() -> None:
    root = xml(mixed())
    suite = root.find("testsuite")

    assert suite is not None
    counts = {name: suite.attrib[name] for name in ("tests", "failures", "errors", "skipped")}
    assert counts == {"tests": "7", "failures": "2", "errors": "1", "skipped": "1"}
    failure, skipped = root.find(".//failure"), root.find(".//skipped")
    assert failure is not None
    assert failure.attrib == {"message": "not 200", "type": "PA-CONN-001"}
    assert "expected: status 200\nactual: status 422" in (failure.text or "")
    assert skipped is not None
    assert skipped.attrib["message"] == "the reason of not_measured"


def test_junit_says_that_a_run_was_stopped() -> None:
    said = xml(findings(scenario(), end=False)).findtext(".//system-err")

    assert said is not None
    assert said.startswith("Stopped after 1 of 5 scenarios")
    assert not xml(mixed()).findtext(".//system-err")


def test_junit_holds_no_character_that_xml_forbids_or_that_cannot_be_seen() -> None:
    bad = "a\0b\x1bc\ud800d\ufffe\u202e\u2066]]><e>&"

    root = xml(findings(scenario("harness_error", reason=bad, title=bad, id=f"x.py::{bad}")))

    error = root.find(".//error")
    assert error is not None
    assert error.attrib["message"] == r"a\x00b\x1bc\ud800d\u202e\u2066]]><e>&"


# --- Markdown


def test_the_summary_fits_a_step_summary() -> None:
    text = summary.text(mixed())

    assert text.startswith("## ❌ The product does not conform.\n")
    assert "| Connections | 1 |" in text
    assert "- **PA-CONN-001** (MUST, documented) The sentence of PA-CONN-001." in text
    assert "  - expected status 200; actual status 422" in text
    assert "- 1 scenario: the reason of not\\_measured" in text
    assert len(text.splitlines()) < 60


def test_foreign_text_is_no_markdown() -> None:
    bad = "# a\n<b> `c` [d](e) | *f* @g ![h](i)\u202e"

    text = summary.text(findings(scenario("not_measured", reason=bad)))

    assert "\\# a \\<b\\> \\`c\\` \\[d\\](e) \\| \\*f\\* \\@g \\!\\[h\\](i)\\\\u202e" in text


def test_a_long_list_is_cut_in_the_summary() -> None:
    found = findings(*(scenario("nonconformant", f"OLD-{n:03}") for n in range(50)))

    text = summary.text(found)

    assert "… 30 more in index.html" in text
    assert len(text.splitlines()) < 100


# --- curl


def test_a_request_becomes_a_line_for_a_shell() -> None:
    line, inexact = curl(EXCHANGES[0], target="live")

    assert line == (
        "curl --silent --show-error --include 'https://api.invalid/v1/environments?limit=1'"
    )
    assert inexact == ""


def test_the_line_says_where_it_is_inexact() -> None:
    line, inexact = curl(EXCHANGES[1], target="embedded")

    assert line == (
        "curl --silent --show-error --include --request POST"
        " --user Administrator:REDACTED-1 --header 'X-XSRF-Header: PingAccess'"
        """ --data-raw '{"name":"it'"'"'s"}'"""
        " https://pa.invalid:9000/pa-admin-api/v3/pingone/connections"
    )
    assert "put in the secrets" in inexact
    assert "paconform serve" in inexact
