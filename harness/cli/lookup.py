"""Whatever has an id, found by it as a person writes it; near ones where nothing has it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from harness.cli import words
from harness.cli.catalogues import KINDS
from harness.errors import BadSettings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from harness.cli.catalogues import Row

FAKES = ("pingaccess", "pingone")
"""What ids of switches begin with."""

MOST_NEAR = 5
"""Ids that are suggested."""


def find(key: str) -> tuple[str, Row]:
    """Kind and row of the id, however it is capitalised.

    A scenario goes by the name of its function too, and without its parameters. Raises BadSettings,
    which names near ones, where nothing or more than one thing has that name.
    """
    wanted = key.strip().removeprefix("scenarios/").casefold()
    seen: list[str] = []
    for kind, rows in ROWS.items():
        found = rows()
        named = [row for row in found if wanted in _names(row["id"])]
        chosen = next((row for row in named if row["id"] == key), None)
        if chosen or len(named) == 1:
            return kind, chosen or named[0]
        if named:
            ids = ", ".join(row["id"] for row in named)
            raise BadSettings(f"explain: {key!r} is more than one: {ids}; give one in full")
        seen += [row["id"] for row in found]
    near = nearest(wanted, seen)
    kinds = f"what has an id: {', '.join(ROWS)} (`paconform list --help`)"
    hint = f"did you mean {', '.join(near)}?" if near else kinds
    raise BadSettings(f"explain: {key!r} is not the id of anything; {hint}")


def nearest(wanted: str, ids: Iterable[str]) -> list[str]:
    """Ids that begin with what is wanted, that hold it, and that are spelt like it, in that order.

    `wanted` is case-folded. Parameters of scenarios and variants of mutations stand behind others.
    """
    from difflib import get_close_matches  # noqa: PLC0415 - where something went wrong

    pool = {name: one for one in sorted(ids, key=_is_variant) for name in reversed(_names(one))}
    begin = [one for name, one in pool.items() if name.startswith(wanted)]
    hold = [one for name, one in pool.items() if wanted in name]
    alike = [pool[name] for name in get_close_matches(wanted, pool, MOST_NEAR, 0.6)]
    return list(dict.fromkeys([*begin, *hold, *alike] if wanted else []))[:MOST_NEAR]


def _names(key: str) -> tuple[str, ...]:
    """The names that an id goes by: itself, a scenario's function, a switch without its fake."""
    folded = key.casefold()
    if "::" in folded:
        return folded, folded.partition("::")[2]
    fake, dot, field = folded.partition(".")
    return (folded, field) if dot and fake in FAKES else (folded,)


def _is_variant(key: str) -> bool:
    return "[" in key or (key.startswith("JWT-") and "." in key)


def mutation_classes() -> list[Row]:
    """Every class of mutations, with what a reader must make of each of its variants."""
    from harness.mutations import by_kind  # noqa: PLC0415 - each kind loads its own

    return [
        {
            "id": kind,
            "judge": _told(one.judge.value for one in variants),
            "source": _told(one.source for one in variants),
            "variants": [f"{one.id}  {one.verdict.value}  {one.title}" for one in variants],
        }
        for kind, variants in by_kind().items()
    ]


def known_bugs() -> list[Row]:
    """Every bug that the vendor says a release has, with all releases that have it."""
    found: dict[str, Row] = {}
    for release in KINDS["releases"]():
        for key, bug in (release["known_bugs"] | release["bugs_not_measured"]).items():
            found.setdefault(key, {"id": key, **bug, "releases": []})["releases"].append(
                release["id"]
            )
    return list(found.values())


def scenarios() -> list[Row]:
    """Every scenario, and every one with parameters once more without them."""
    found = KINDS["scenarios"]()
    families: dict[str, Row] = {}
    for row in found:
        name, bracket, _ = row["id"].partition("[")
        if bracket:
            family = families.setdefault(
                name, {**row, "id": name, "requirements": [], "variants": []}
            )
            family["requirements"] = list(
                dict.fromkeys([*family["requirements"], *row["requirements"]])
            )
            family["variants"].append(row["id"])
    return [*found, *families.values()]


def _told(values: Iterable[Any]) -> str:
    return "; ".join(dict.fromkeys(map(str, values)))


ROWS: Mapping[str, Callable[[], list[Row]]] = {
    "exit code": words.exit_codes,
    "verdict": words.verdicts,
    "grade": words.grades,
    "area": words.areas,
    "requirement": KINDS["requirements"],
    "defect": KINDS["defects"],
    "release": KINDS["releases"],
    "known bug": known_bugs,
    "switch": KINDS["switches"],
    "mutation": KINDS["mutations"],
    "mutation class": mutation_classes,
    "scenario": scenarios,
}
"""Kind, and what has an id of it; the cheap ones first."""
