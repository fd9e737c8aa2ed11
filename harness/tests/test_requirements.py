"""The catalogue is read whole, and refuses rows that say too little or too much."""

from __future__ import annotations

import subprocess
import sys

import pytest

from harness.errors import HarnessError
from harness.requirements import GRADES, LEVELS, catalogue, parse

ROW = """
[[requirement]]
id = "PA-CONN-001"
title = "A sentence."
level = "MUST"
grade = "documented"
source = "admin API 7.3"
"""


def changed(old: str, new: str) -> str:
    text = ROW.replace(old, new)
    assert text != ROW
    return text


def test_every_requirement_of_the_package_is_well_formed() -> None:
    found = catalogue()

    assert len(found) >= 120  # issue 2
    assert all(key == one.id for key, one in found.items())
    assert {one.level for one in found.values()} <= set(LEVELS)
    assert {one.grade for one in found.values()} <= set(GRADES)
    assert all(one.title.endswith(".") for one in found.values())


def test_the_catalogue_is_read_once_and_nobody_changes_it() -> None:
    assert catalogue() is catalogue()
    with pytest.raises(TypeError):
        catalogue()["X-001"] = catalogue()["FLOW-001"]  # type: ignore[index]


def test_the_area_is_the_name_of_the_file() -> None:
    one = parse({"connections": changed("admin API 7.3", "a page")})["PA-CONN-001"]

    assert (one.area, one.title, one.source) == ("connections", "A sentence.", "a page")
    assert (one.since, one.until) == (None, None)


def test_first_and_last_release_may_be_named() -> None:
    one = parse({"a": ROW + 'since = "7.2"\nuntil = "8.0"\n'})["PA-CONN-001"]

    assert (one.since, one.until) == ("7.2", "8.0")


@pytest.mark.parametrize(
    ("bounds", "held"),
    [
        ("", ["7.1", "7.2", "7.2.1", "8.0", "8.0.3", "8.1", "10.0"]),
        ('since = "7.2"', ["7.2", "7.2.1", "8.0", "8.0.3", "8.1", "10.0"]),
        ('until = "8.0"', ["7.1", "7.2", "7.2.1", "8.0", "8.0.3"]),
        ('since = "7.2"\nuntil = "8.0"', ["7.2", "7.2.1", "8.0", "8.0.3"]),
        ('since = "8.1"\nuntil = "8.1"', ["8.1"]),
    ],
)
def test_a_requirement_holds_from_its_first_release_to_its_last(
    bounds: str, held: list[str]
) -> None:
    one = parse({"a": f"{ROW}{bounds}\n"})["PA-CONN-001"]

    releases = ["7.1", "7.2", "7.2.1", "8.0", "8.0.3", "8.1", "10.0"]
    assert [release for release in releases if one.holds_in(release)] == held


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (changed('level = "MUST"\n', ""), "PA-CONN-001: level is missing"),
        (changed('title = "A sentence."', 'title = ""'), "title is missing"),
        (changed("MUST", "must"), "level 'must' is none of MUST, SHOULD, MAY"),
        (changed("documented", "guessed"), "grade 'guessed' is none of documented"),
        (changed("PA-CONN-001", "pa-conn-1"), "id 'pa-conn-1' is not of the form AREA-001"),
        (ROW + 'sinse = "7.2"', "unknown key 'sinse'"),
        (ROW + "since = 7.2", "since must be a text that is not empty, not 7.2"),
        (ROW + 'until = "next"', "until 'next' is not of the form 7.3"),
        (ROW + ROW, "PA-CONN-001: the id stands twice (also in a.toml)"),
        ("[[requirement]]\nid =", "a.toml: Invalid value"),
        ("[requirements]\n", "only [[requirement]] rows"),
        ("requirement = [1]", "only [[requirement]] rows"),
    ],
)
def test_a_wrong_row_is_refused_with_its_place(text: str, complaint: str) -> None:
    with pytest.raises(HarnessError) as caught:
        parse({"a": text})

    assert complaint in str(caught.value)
    assert "a.toml" in str(caught.value)


def test_an_id_of_another_area_is_taken() -> None:
    with pytest.raises(HarnessError, match=r"b\.toml: PA-CONN-001: .* twice \(also in a\.toml\)"):
        parse({"a": ROW, "b": ROW})


def test_everything_that_is_wrong_is_said_at_once() -> None:
    text = changed("MUST", "must").replace("documented", "guessed")
    with pytest.raises(HarnessError) as caught:
        parse({"a": text, "b": changed("title", "sentence")})

    assert [line.partition(": ")[0] for line in str(caught.value).splitlines()[1:]] == [
        "a.toml",
        "a.toml",
        "b.toml",
        "b.toml",
    ]


def test_the_catalogue_loads_nothing_heavy() -> None:
    code = (
        "import sys; from harness.requirements import catalogue; catalogue();"
        "print(*{'httpx', 'msgspec', 'jinja2', 'pytest', 'click'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.split() == []
