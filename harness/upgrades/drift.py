"""What is different between two descriptions of an admin API, and how much it matters."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from harness.errors import HarnessError
from harness.upgrades import announcing, crossed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from harness.upgrades import Notice
    from harness.upgrades.surface import Member, Operation, Surface

SEVERITIES = ("high", "medium", "low")
"""high breaks who uses it, medium may, low does not."""
_VERSION = re.compile(r"\d{1,4}(?:\.\d{1,6}){1,3}", re.ASCII)
_MODEL = re.compile(r"[\[\]{}]")


@dataclass(frozen=True, slots=True)
class Drift:
    """One difference: what, where, and whether the vendor announced it (`note`)."""

    severity: str
    kind: str
    where: str
    text: str
    label: str = "unannounced"
    note: str = ""

    def as_json(self) -> dict[str, Any]:
        """Plain values, for a script."""
        return asdict(self)


def of_surfaces(old: Surface, new: Surface) -> list[Drift]:
    """Every difference of operations, parameters, members, types, values and duties."""
    renamed = _renamed(old, new)
    return [
        *_operations(old.operations, new.operations, renamed),
        *_models(old, new, renamed),
    ]


def labelled(
    found: Iterable[Drift], versions: tuple[str, str], *, is_guess: bool = False
) -> list[Drift]:
    """The differences, the gravest first, each with what announced it.

    `is_guess` where one side is a fake: what nobody announced is then as we assumed it.
    """
    told: tuple[Notice, ...] = ()
    numbers = [match[0] for one in versions if (match := _VERSION.match(one))]
    if len(numbers) == len(versions):
        try:
            told = tuple(crossed(*numbers))
        except HarnessError:
            told = ()
    rest = "assumed" if is_guess else "unannounced"
    with_notes = (
        replace(one, label="announced" if note else rest, note=note)
        for one in found
        for note in (announcing(f"{one.where} {one.text}", told),)
    )
    return sorted(with_notes, key=lambda one: (SEVERITIES.index(one.severity), one.where, one.text))


def _operations(
    old: Mapping[str, Operation], new: Mapping[str, Operation], renamed: Mapping[str, str]
) -> Iterator[Drift]:
    for place in sorted(old.keys() | new.keys()):
        before, after = old.get(place), new.get(place)
        if before is None:
            yield Drift("low", "added", place, "a new operation")
        elif after is None:
            yield Drift("high", "removed", place, "the operation is gone")
        else:
            yield from members(place, before.parameters, after.parameters, renamed)
            for what, one, other in (
                ("takes", before.takes, after.takes),
                ("gives", before.gives, after.gives),
            ):
                if _called(one, renamed) != other:
                    text = f"{what} {one or 'nothing'} → {other or 'nothing'}"
                    yield Drift("high" if one else "medium", "type", place, text)


def _models(old: Surface, new: Surface, renamed: Mapping[str, str]) -> Iterator[Drift]:
    for name, before in sorted(old.models.items()):
        called = renamed.get(name, name)
        if called not in new.models:
            yield Drift("medium", "removed", name, "the type is gone")
        else:
            where = name if called == name else f"{name} (now {called})"
            yield from members(where, before, new.models[called], renamed)
    for name in sorted(new.models.keys() - old.models.keys() - set(renamed.values())):
        yield Drift("low", "added", name, "a new type")


def members(
    where: str,
    old: Mapping[str, Member],
    new: Mapping[str, Member],
    renamed: Mapping[str, str],
) -> Iterator[Drift]:
    """What is different between the members of two objects, or the parameters of an operation."""
    for name in sorted(old.keys() | new.keys()):
        before, after = old.get(name), new.get(name)
        if before is None and after is not None:
            must = after.required
            text = f"{name} is new{' and must be given' if must else ''}"
            yield Drift("high" if must else "low", "added", where, text)
        elif after is None:
            yield Drift("high", "removed", where, f"{name} is gone")
        elif before is not None:
            yield from _member(where, name, before, after, renamed)


def _member(
    where: str, name: str, old: Member, new: Member, renamed: Mapping[str, str]
) -> Iterator[Drift]:
    if _called(old.type, renamed) != new.type:
        yield Drift("high", "type", where, f"{name}: {old.type} → {new.type}")
    if old.required != new.required:
        severity = "high" if new.required else "low"
        text = f"{name} {'must be given now' if new.required else 'need not be given any more'}"
        yield Drift(severity, "required", where, text)
    if not (old.enum or new.enum):
        return
    if not (old.enum and new.enum):
        severity = "high" if new.enum else "low"
        text = f"{name} {'takes only ' + ', '.join(new.enum[:20]) if new.enum else 'takes any'}"
        yield Drift(severity, "enum", where, text)
        return
    if gone := sorted(set(old.enum) - set(new.enum)):
        yield Drift("high", "enum", where, f"{name} cannot be {', '.join(gone)} any more")
    if more := sorted(set(new.enum) - set(old.enum)):
        yield Drift("medium", "enum", where, f"{name} can be {', '.join(more)} too")


def _called(kind: str, renamed: Mapping[str, str]) -> str:
    """A type of the old description by its names in the new one."""
    plain = _MODEL.sub("", kind)
    return kind.replace(plain, renamed[plain]) if plain in renamed else kind


def _renamed(old: Surface, new: Surface) -> dict[str, str]:
    """Types that have another name now: told by the operations and members that use them."""
    found: dict[str, str] = {}
    waiting = [
        pair
        for place, before in old.operations.items()
        if (after := new.operations.get(place)) is not None
        for pair in ((before.takes, after.takes), (before.gives, after.gives))
    ]
    while waiting:
        one, other = (_MODEL.sub("", kind) for kind in waiting.pop())
        if one not in old.models or other not in new.models:
            continue
        if one in found or one in new.models or other in old.models:
            continue
        found[one] = other
        was, now = old.models[one], new.models[other]
        waiting += [(was[name].type, now[name].type) for name in was.keys() & now.keys()]
    return found
