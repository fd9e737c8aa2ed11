"""What is asked of each release: written down, frozen, and what tells releases apart."""

from __future__ import annotations

import ast
import itertools
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from harness import evidence, releases
from harness.cli import lookup
from harness.cli.catalogues import releases as listed
from harness.cli.comparison import page
from harness.errors import BadSettings, HarnessError, NotMeasured
from harness.releases import freezing, known
from harness.requirements import catalogue
from harness.tests.running import PACONFORM, environment

ROOT = Path(__file__).resolve().parents[2]

DOOR = ROOT / "scenarios" / "administration" / "test_the_door.py"
HOSTS = DOOR.with_name("test_sites_and_hosts.py")
UPGRADE = str(ROOT / "scenarios" / "upgrade" / "test_crossing.py")
SEPARATING = (
    str(ROOT / "scenarios" / "releases"),
    f"{DOOR}::test_the_version_is_of_the_release",
)
"""The scenarios that tell releases apart."""
ASKED = {"product.requirements", "product.expected"}
"""What tells a scenario whose requirements are asked."""

FOUND = """
import json, sys
from fakes.behaviour import Defect
from fakes.pingaccess import CORRECT
from fakes.releases import of_release, releases
from harness.cli.targets import Embedded, Wanted
from harness.recorder import Record
from scenarios.releases.probes import PROBES

def shown(release, *defects):
    target = Embedded(Wanted("embedded", release, 0, "pairs"))
    target._defects = defects
    found = {}
    for topic, probe in PROBES.items():
        target.fresh()
        found[topic] = probe(target.session.scenario(Record(topic, ())).product)
    target.close()
    return found

def without(release, delta):
    before = CORRECT
    for name, one in releases().items():
        if name == release:
            break
        before = of_release(CORRECT, name)
    others = [one for one in releases()[release].deltas if one is not delta]
    value = getattr(before, delta.field)
    for one in others:
        value = one.over(value) if one.field == delta.field else value
    return Defect(delta.title, delta.title, "", delta.field, value)

json.dump({
    "releases": {name: shown(name) for name in releases()},
    "deltas": {
        f"{name}: {delta.title}": [name, shown(name, without(name, delta))]
        for name, one in releases().items()
        for delta in one.deltas
        if delta.grade == "documented"
    },
}, sys.stdout)
"""
"""What every personality shows of each topic, and what it shows without one documented delta."""


@pytest.fixture(scope="module")
def found() -> Any:
    done = subprocess.run(
        [sys.executable, "-c", FOUND], env=environment(), capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)


def reported(requirements: str, shown: dict[str, Any]) -> set[str]:
    """The topics in which a product is not what the documents of that release say."""
    expects = known()[requirements].expects.values()
    return {one.topic for one in expects if one.known and shown[one.topic] != one.value}


@pytest.mark.parametrize("pair", list(itertools.product(known(), known())), ids="-on-".join)
def test_requirements_of_one_release_find_in_another_what_separates_them(
    pair: tuple[str, str], found: Any
) -> None:
    """And nothing else: only where no document settles the other one, either is right."""
    mine, theirs = pair
    separating = {one.topic for one, _ in releases.differences(mine, theirs)}
    unsettled = {one.topic for one in known()[theirs].expects.values() if not one.known}

    assert reported(mine, found["releases"][theirs]) - unsettled == separating


def test_no_other_scenario_asks_whose_requirements_are_asked() -> None:
    """So that those of one release against another find nothing but what separates them."""
    readers = {
        path
        for path in (ROOT / "scenarios").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Attribute) and ast.unparse(node) in ASKED
    }
    assert readers == {DOOR, ROOT / "scenarios" / "releases" / "test_what_a_release_has.py"}


def test_every_documented_change_of_a_release_is_noticed_where_it_lacks(found: Any) -> None:
    assert len(found["deltas"]) >= 20
    unnoticed = [
        title for title, (release, shown) in found["deltas"].items() if not reported(release, shown)
    ]
    assert unnoticed == []


def ran(folder: Path, release: str, *options: str) -> subprocess.CompletedProcess[str]:
    """A run on that release of the fake, written into `run`."""
    return subprocess.run(
        [PACONFORM, "run", "--release", release, "--out", "run", *options],
        cwd=folder,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_run_with_the_requirements_of_another_release_reports_the_differences(
    tmp_path: Path,
) -> None:
    """The same through the command, with the version that differs too."""
    done = ran(tmp_path, "8.2", "--requirements=8.0", *SEPARATING)

    run = evidence.read(tmp_path / "run")
    failed = {
        key for one in run.scenarios if one.verdict == "nonconformant" for key in one.requirements
    }
    separating = {one.requirement for one, _ in releases.differences("8.0", "8.2")}
    assert failed == separating | {"PA-ADMIN-001"}
    assert (done.returncode, run.header.options["requirements"]) == (1, "8.0")


OLDER = """
import dataclasses, sys
from harness.cli import suite
from harness.cli.run import run
from harness.requirements import catalogue

known = dict(catalogue())
known["PA-ADMIN-001"] = dataclasses.replace(known["PA-ADMIN-001"], until="8.3")
suite.catalogue = lambda: known
run(["--release=9.0", "--out=run", *sys.argv[1:]])
"""


def test_what_is_asked_of_other_releases_is_not_measured(tmp_path: Path) -> None:
    """It is in the evidence with its reason: a run does not shrink by it."""
    subprocess.run(
        [sys.executable, "-c", OLDER, SEPARATING[1]],
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        check=True,
    )

    [one] = evidence.read(tmp_path / "run").scenarios
    asked = "PA-ADMIN-001 is asked of the first to 8.3, not of 9.0"
    assert (one.verdict, one.reason, one.traffic) == ("not_measured", asked, [])


@pytest.mark.parametrize("release", ["8.3", "9.0"])
def test_known_bugs_of_a_release_are_found_and_nothing_else(tmp_path: Path, release: str) -> None:
    [bugs] = [row["known_bugs"] for row in listed() if row["id"] == release]

    done = ran(tmp_path, release, "--with-known-bugs", *SEPARATING, str(HOSTS), UPGRADE)

    scenarios = evidence.read(tmp_path / "run").scenarios
    failed = {one.requirements[0] for one in scenarios if one.verdict == "nonconformant"}
    assert failed == {bug["breaks"] for bug in bugs.values()} != set()
    assert f"with {', '.join(bugs)}" in done.stdout


def test_the_page_has_every_change_expectation_and_bug_with_its_source() -> None:
    text = page()
    for row in listed():
        more = [*row["differs"].values(), *row["known_bugs"].values(), *row["expected"].values()]
        more += [*row["bugs_not_measured"].values(), *row["not_measured"].values()]
        assert [one["source"] for one in more if one["source"] not in text] == []
        section = text.partition(f"## {row['id']} ")[2].partition("\n## ")[0]
        assert section.count("\n- ") == len(more)


def test_a_bug_that_is_not_measured_is_none_that_the_fake_can_have() -> None:
    for row in listed():
        assert not row["known_bugs"].keys() & row["bugs_not_measured"].keys()
    kind, found = lookup.find("pa-15741")
    assert (kind, found["releases"]) == ("known bug", ["7.3", "8.0"])


def test_what_is_asked_of_published_releases_is_frozen() -> None:
    """`make freeze` writes down what is new; it wants a REASON for what changes."""
    before = freezing.frozen(freezing.FROZEN.read_text("utf-8"))
    assert freezing.changes(freezing.lines(catalogue(), known()), before) == {
        "new": [],
        "changed": [],
        "gone": [],
    }


def test_a_change_of_what_is_frozen_needs_a_reason() -> None:
    """What is new needs none: its line is the entry."""
    before = {"A": "A  -  1", "B": "B  -  2", "C": "C  gone  # once"}
    now = {"A": "A  -  1", "D": "D  7.3-  4"}

    assert freezing.refrozen({**now, "B": "B  -  2"}, before, "") == (
        "A  -  1\nB  -  2\nC  gone  # once\nD  7.3-  4\n"
    )
    with pytest.raises(BadSettings, match="B: asked of releases"):
        freezing.refrozen(now, before, " ")
    assert "B  gone  # too strict\n" in freezing.refrozen(now, before, "too\n strict")
    changed = freezing.refrozen({**now, "B": "B  -  3"}, before, "clearer")
    assert "B  -  3  # clearer\n" in changed
    again = freezing.frozen(changed)
    assert freezing.refrozen({**now, "B": "B  -  3"}, again, "") == changed


def test_every_expectation_is_of_a_requirement_that_is_asked_of_every_release() -> None:
    for release in known().values():
        for one in release.expects.values():
            asked = catalogue()[one.requirement]
            assert asked.holds_in(release.name), one
            assert one.grade in {"documented", "observed", "assumed"}, one


def test_the_page_that_compares_the_releases_is_of_today() -> None:
    """`make freeze` writes it."""
    assert (ROOT / "docs" / "releases.md").read_text("utf-8") == page()


def test_a_release_that_nobody_knows_has_no_requirements() -> None:
    with pytest.raises(BadSettings, match=r"'7\.1' is no release with requirements; try 7\.2"):
        releases.asked("7.1")
    with pytest.raises(NotMeasured, match=r"PingAccess 7\.1"):
        releases.expected("7.1", "log settings")
    with pytest.raises(NotMeasured, match=r"no document settles it for PingAccess 8\.3"):
        releases.expected("8.3", "third-party JWKS endpoints")
    assert releases.expected("12.4", "log settings").value is True  # as the newest that is known
    assert releases.documented("7.1", "log settings") is None


BASE = 'published = "2020-01"\npublished_source = "x"\n'
ROW = """[[expect]]
topic = "t"
requirement = "R-001"
value = true
grade = "assumed"
source = "s"
"""


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("published =", "1.0.toml: Invalid value"),
        (ROW, "published is missing"),
        (BASE + "more = 1\n", "unknown key 'more'"),
        (BASE + ROW.replace("value", "valeu"), "t: unknown key 'valeu'"),
        (BASE + ROW.replace("true", "7"), "t: value cannot be 7"),
        (BASE + ROW.replace('source = "s"\n', ""), "t: source is missing"),
        (BASE + '[[announced]]\ntitle = "a"\nsource = "s"\n', "a: why is missing"),
    ],
)
def test_a_file_of_a_release_that_is_wrong_is_refused(text: str, complaint: str) -> None:
    with pytest.raises(HarnessError, match=complaint):
        releases.parse({"1.0": text})


@pytest.mark.parametrize(
    ("later", "complaint"),
    [
        (ROW.replace('"t"', '"u"'), "2.0.toml: u: 1.0 lacks it"),
        (ROW.replace("R-001", "R-002"), "2.0.toml: t: another requirement"),
    ],
)
def test_a_topic_is_known_from_the_first_release_on(later: str, complaint: str) -> None:
    with pytest.raises(HarnessError, match=complaint):
        releases.parse({"1.0": BASE + ROW, "2.0": BASE + later})
