"""One product that holds the configuration: what it took, shows, and takes again unchanged."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import quote

from harness.errors import HarnessError, NotMeasured
from harness.upgrades.naming import KINDS, Kind, Names, is_same, kept, settled
from harness.waiting import no_time
from harness.waiting import settled as waited

if TYPE_CHECKING:
    from collections.abc import Iterator

    from harness.upgrades.naming import Json
    from harness.waiting import Pause

MOST_COMPLAINTS = 50
IMPORT_S = 900.0
"""How long a product may take for an import."""


class Asked(Protocol):
    """A way to the admin API of one product."""

    def __call__(self, method: str, path: str, body: Any = None) -> tuple[int, Any]:
        """Status and JSON of the answer to a request below its root."""


@dataclass(slots=True)
class Seen:
    """One object on one side: its effective settings, and what went wrong with it."""

    members: dict[str, str]
    problems: list[str] = field(default_factory=list)
    refused: str = ""
    key: str = ""


@dataclass(slots=True)
class Side:
    """What one product made of a configuration; objects by kind and name."""

    title: str
    refusal: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    objects: dict[str, dict[str, Seen]] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    unreadable: list[str] = field(default_factory=list)


def imported(ask: Asked, archive: Json, side: Side, pause: Pause = no_time) -> bool:
    """Whether the product took the archive; what it complained of is in the side.

    Raises HarnessError where it is not done within the limit.
    """
    status, told = ask("POST", "/config/import/workflows", archive)
    if status == 200 and isinstance(told, dict) and "id" in told:
        path = f"/config/import/workflows/{quote(str(told['id']), safe='')}"
        try:
            status, told = waited(
                lambda: ask("GET", path), _is_done, pause, what="the import", limit_s=IMPORT_S
            )
        except NotMeasured as late:
            raise HarnessError(f"{side.title}: {late}") from None
    told = told if isinstance(told, dict) else {}
    error = told.get("apiErrorView") or (told if status != 200 else None)
    side.warnings += [str(one) for one in told.get("warnings") or ()]
    if isinstance(error, dict):
        side.refusal += list(_complaints(error)) or [f"answered {status}"]
    elif status != 200 or told.get("status") != "Complete":
        side.refusal.append(f"the import is {told.get('status') or status}, not Complete")
    return not side.refusal


def _is_done(answer: tuple[int, Any]) -> bool:
    status, told = answer
    return not (status == 200 and isinstance(told, dict) and told.get("status") == "In Progress")


def looked_at(ask: Asked, side: Side, *, saves: bool) -> None:
    """Every object of the side read, its references followed, and where `saves` saved again."""
    names, rows = Names(), {}
    for kind in sorted(KINDS, key=lambda one: one.section == "resources"):
        found = _listed(ask, kind)
        if found is None:
            side.unreadable.append(kind.section)
            continue
        rows[kind.section] = found
        names.learn(kind.section, found)
    for kind in KINDS:
        own, free = side.objects.setdefault(kind.name, {}), _Free()
        for row in rows.get(kind.section, ()):
            name = free.name(names.of(kind.section, row))
            own[name] = _seen(ask, kind, row, names, saves=saves)
        side.counts[kind.name] = len(own)
    _settings(ask, side)


def _settings(ask: Asked, side: Side) -> None:
    """What only an export shows: settings, and collections that are compared as they stand."""
    status, told = ask("GET", "/config/export")
    data = told.get("data") if status == 200 and isinstance(told, dict) else None
    if not isinstance(data, dict):
        side.unreadable.append("settings (no export)")
        return
    known = {kind.section: kind for kind in KINDS}
    for section, content in data.items():
        items = content if isinstance(content, list) else []
        rows = [one for one in items if isinstance(one, dict)]
        if kind := known.get(section):
            listed = side.counts.get(kind.name, 0)
            if listed < len(rows):
                side.unreadable.append(f"all of {section} ({listed:,} of {len(rows):,})")
        elif isinstance(content, dict):
            side.objects[section] = {"": Seen(kept(content))}
        else:
            own, free = side.objects.setdefault(section, {}), _Free()
            for row in rows:
                own[free.name(_called(row))] = Seen(kept(row))


def _called(row: Json) -> str:
    """What an object of any section is called."""
    found = (row.get(one) for one in ("name", "alias", "host", "username", "className"))
    return next((str(one) for one in found if one), "?")


class _Free:
    """Names of one kind, each numbered where it comes again."""

    def __init__(self) -> None:
        self._seen: Counter[str] = Counter()

    def name(self, name: str) -> str:
        """The name, of which no other object is called."""
        self._seen[name] += 1
        number = self._seen[name]
        return name if number == 1 else f"{name} #{number}"


def _listed(ask: Asked, kind: Kind) -> list[Json] | None:
    """Every object of a collection; None where the product does not list them."""
    status, told = ask("GET", kind.path)
    if status != 200 or not isinstance(told, dict) or not isinstance(told.get("items"), list):
        return None
    return [one for one in told["items"] if isinstance(one, dict)]


def _seen(ask: Asked, kind: Kind, row: Json, names: Names, *, saves: bool) -> Seen:
    path = _place(kind, row)
    plain = settled(kind, row, names)
    found = Seen(plain.members, plain.broken, key=str(row.get("id")))
    if not kind.is_derived:
        return found
    status, alone = ask("GET", path)
    if status != 200:
        found.problems.append(f"listed, and {status} when it is asked for by itself")
        return found
    if not isinstance(alone, dict):
        found.problems.append("no object when it is asked for by itself")
        return found
    if not is_same(alone, row) and settled(kind, alone, names).members != plain.members:
        found.problems.append("the list and the object itself say different things")
    if saves:
        _save(ask, kind, alone, names, found)
    return found


def _save(ask: Asked, kind: Kind, row: Json, names: Names, found: Seen) -> None:
    """Save it as it was read; a product that takes it shows the same afterwards."""
    status, told = ask("PUT", _place(kind, row), row)
    if status != 200 or not isinstance(told, dict):
        found.refused = "; ".join(_complaints(told)) if isinstance(told, dict) else ""
        found.refused = found.refused or f"answered {status}"
        return
    if is_same(told, row):
        return
    now = settled(kind, told, names).members
    names_of_all = now.keys() | found.members.keys()
    changed = sorted(one for one in names_of_all if now.get(one) != found.members.get(one))
    if changed:
        found.problems.append(f"saved as it was read, it differs in {', '.join(changed[:5])}")


def _place(kind: Kind, row: Json) -> str:
    key = quote(str(row.get("id")), safe="")
    if kind.section == "resources":
        return f"/applications/{quote(str(row.get('applicationId')), safe='')}/resources/{key}"
    return f"{kind.path}/{key}"


def _complaints(error: Json) -> Iterator[str]:
    """What an ApiError says, place by place."""
    said = [str(one) for one in error.get("flash") or () if isinstance(one, str)]
    form = error.get("form")
    for place, sentences in form.items() if isinstance(form, dict) else ():
        told = sentences if isinstance(sentences, list) else [sentences]
        said += [f"{place}: {one}" for one in told]
    yield from said[:MOST_COMPLAINTS]
