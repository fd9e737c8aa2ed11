"""One archive on its way into a store: sections into rows, complaints and warnings collected."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

from fakes.pingaccess.archives.sections import (
    SECTIONS,
    Section,
    is_setting,
    pointers,
    section_name,
    setting_pointers,
)
from fakes.pingaccess.objects.hidden import is_hidden
from fakes.pingaccess.plugins.descriptors import Plugins
from fakes.store import Key, Row  # noqa: TC001 - aliases below are made of them

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from fakes.pingaccess.decisions.parts import PartsBehaviour
    from fakes.pingaccess.objects.hidden import HiddenFields
    from fakes.pingaccess.objects.integrity import Reference
    from fakes.store import Snapshot

Form: TypeAlias = Mapping[str, list[str]]
"""Complaints by member."""
Refusal: TypeAlias = dict[str, Any]
"""An ApiError: `flash`, a list of sentences, and `form`, field to sentences (admin API 7.3)."""

KEPT = "kept"
"""The table of the sections that are not modelled: key is the section, row {"section": value}."""


class Rules(Protocol):
    """What the API shows of an object, and what it holds against one."""

    def shown(self, table: str, row: Row) -> tuple[Row, Form]:
        """The row as a save stores it, and what is wrong with its members."""

    def setting(self, name: str, section: Mapping[str, Any]) -> tuple[Row, Form]:
        """The section as it is kept, and what is wrong with its members where it is a setting."""

    def among(self, snapshot: Snapshot) -> Callable[[str, Row], Form]:
        """What is wrong with a row of a table where the store holds `snapshot`."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What the store holds after an import: to be restored as it is.

    `kept`: the names of the sections that are not modelled. `total`: objects and settings read.
    `refusal`: set only by a behaviour that applies half of an import that failed.
    """

    snapshot: Snapshot
    kept: tuple[str, ...]
    warnings: list[str]
    total: int
    refusal: Refusal | None = None


@dataclass(slots=True)
class Reading:
    """One archive on its way into a store."""

    data: Mapping[str, Any]
    behaviour: PartsBehaviour
    hidden: HiddenFields
    current: Snapshot
    rules: Rules | None
    rows: dict[str, dict[Key, Row]] = field(default_factory=dict)
    before_failure: dict[str, dict[Key, Row]] = field(default_factory=dict)
    problems: dict[str, list[str]] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    good: list[tuple[Section, Key]] = field(default_factory=list)
    foreign: int = 0
    known: dict[str, frozenset[str]] = field(default_factory=dict)

    def read(self, archive: Mapping[str, Any]) -> None:
        """Every section into rows; complaints and warnings on the way."""
        plugins = Plugins(self.behaviour)
        for section in SECTIONS:
            self.rows[section.table] = dict(self._objects(section))
        for section in SECTIONS:
            self._judge(section, plugins)
        self._keep(plugins)
        if self.rules is not None and self.behaviour.archive_rules_checked:
            self._judge_among_others(self.rules)
        if self.foreign:
            self.warnings.append(
                f"{self.foreign} secrets are encrypted with the key of another host and cannot be "
                "used: enter them again."
            )
        if "encryptionKey" in archive or "masterKeys" in archive:
            self.warnings.append("The encryption keys of the archive are not used.")
        if "users" in self.data:
            self.warnings.append("users: administrators are not imported.")

    def plan(self, rows: Mapping[str, Mapping[Key, Row]]) -> Plan:
        """The store with these rows in it, and with what survives an import."""
        snapshot: dict[str, dict[Key, Row]] = {}
        for table, old in self.current.items():
            stays = table not in self.rows and table != KEPT
            snapshot[table] = {
                key: row
                for key, row in old.items()
                if stays or not self.behaviour.archive_replaces or is_factory(row)
            }
        for table, new in rows.items():
            snapshot.setdefault(table, {}).update(new)
        total = sum(len(new) for new in rows.values())
        return Plan(snapshot, tuple(map(str, rows.get(KEPT, ()))), self.warnings, total)

    def knows(self, table: str, key: object) -> bool:
        """Whether the archive, or the factory, holds that object; ids may be numbers in text."""
        found = self.known.get(table)
        if found is None:
            section = self.data.get(section_name(table, self.behaviour))
            factory = filter(is_factory, self.current.get(table, {}).values())
            objects = (*(section if isinstance(section, list) else ()), *factory)
            ids = (row.get("id") for row in objects if isinstance(row, dict))
            found = self.known[table] = frozenset(map(str, ids))
        return str(key) in found

    def _objects(self, section: Section) -> Iterator[tuple[Key, Row]]:
        """Each object of a section by its id, secrets sealed."""
        name = section_name(section.table, self.behaviour)
        value = self.data.get(name, [])
        if not isinstance(value, list):
            self._complain_of_type(f"data.{name}", "must be a list of objects")
            return
        seen: set[Key] = set()
        for index, row in enumerate(value):
            place = f"data.{name}[{index}]"
            if not isinstance(row, dict):
                self._complain_of_type(place, "must be an object")
                continue
            key = _key(row.get("id"), section)
            if key is None:
                self._complain(f"{place}.id", "is missing or of the wrong type")
                continue
            if key in seen and not self.behaviour.archive_duplicate_ids:
                self._complain(f"{place}.id", "stands twice in this section")
            seen.add(key)
            yield key, self._sealed(row)

    def _judge_among_others(self, rules: Rules) -> None:
        """Every object that is good by itself, as a save would judge it beside all others."""
        judged = rules.among(self.plan(self.rows).snapshot)
        for section, key in self.good:
            place = self._place(section, key)
            for member, sentences in judged(section.table, self.rows[section.table][key]).items():
                for sentence in sentences:
                    self._complain(f"{place}.{member}", sentence)

    def _place(self, section: Section, key: Key) -> str:
        return f"data.{section_name(section.table, self.behaviour)}[id={key}]"

    def _judge(self, section: Section, plugins: Plugins) -> None:
        """Names, references and fields of a section's objects."""
        names: set[object] = set()
        for key, row in self.rows[section.table].items():
            place, before = self._place(section, key), len(self.problems)
            self._judge_name(section, row, names, place)
            self._judge_pointers(section, row, plugins, place)
            self._judge_plugin(section, row, plugins, place)
            self._judge_fields(section, key, row, place)
            if len(self.problems) == before:
                self.good.append((section, key))
            if not self.problems:
                kept = self.before_failure.setdefault(section.table, {})
                kept[key] = self.rows[section.table][key]

    def _judge_name(self, section: Section, row: Row, names: set[object], place: str) -> None:
        name = row.get("name")
        if section.unique and (not isinstance(name, str) or not name):
            self._complain(f"{place}.name", "is required")
        elif section.unique and name in names:
            self._complain(f"{place}.name", "stands twice in this section")
        names.add(name if isinstance(name, str) else None)

    def _judge_pointers(self, section: Section, row: Row, plugins: Plugins, place: str) -> None:
        self._judge_targets(section.table, pointers(section, row, plugins), place)

    def _judge_targets(self, owner: str, pointing: Iterable[Reference], place: str) -> None:
        if owner in self.behaviour.archive_unchecked_references:
            return
        for member, table, target in pointing:
            if not self.knows(table, target):
                self._complain(f"{place}.{member}", f"points at nothing in {table}")

    def _judge_plugin(self, section: Section, row: Row, plugins: Plugins, place: str) -> None:
        if section.family is None or plugins.plugin(section.family, row.get("className")):
            return
        if not isinstance(row.get("className"), str):
            self._complain(f"{place}.className", "is required")
        elif self.behaviour.archive_unknown_plugins:
            self.warnings.append(f"{place}: its plugin is not installed.")
        else:
            self._complain(f"{place}.className", "is not the class of an installed plugin")

    def _judge_fields(self, section: Section, key: Key, row: Row, place: str) -> None:
        if self.rules is None:
            return
        shown, problems = self.rules.shown(section.table, row)
        self.rows[section.table][key] = shown
        for member, sentences in problems.items():
            for sentence in sentences:
                self._complain(f"{place}.{member}", sentence)

    def _keep(self, plugins: Plugins) -> None:
        """The sections that are not modelled, as they are but for their secrets."""
        modelled = {section_name(section.table, self.behaviour) for section in SECTIONS}
        kept: dict[Key, Row] = {}
        for name, value in self.data.items():
            if name in modelled or name in self.behaviour.archive_left_out:
                continue
            if not isinstance(value, dict | list):
                self._complain_of_type(f"data.{name}", "must be an object or a list of objects")
                continue
            kept[name] = {"section": self._judged_setting(name, self._sealed(value))}
            if isinstance(value, dict):
                pointing = setting_pointers(name, value, plugins)
                self._judge_targets(name, pointing, f"data.{name}")
        self.rows[KEPT] = kept

    def _judged_setting(self, name: str, section: Any) -> Any:
        """The section as it is kept, after complaints about its members."""
        if self.rules is None or not self.behaviour.archive_types_checked:
            return section
        if not isinstance(section, dict):
            if is_setting(name):
                self._complain(f"data.{name}", "must be an object")
            return section
        kept, problems = self.rules.setting(name, section)
        for member, sentences in problems.items():
            for sentence in sentences:
                self._complain(f"data.{name}.{member}", sentence)
        return kept

    def _sealed(self, value: Any) -> Any:
        """`value` with each secret as ciphertext of this host; foreign ciphertext stays."""
        if isinstance(value, list):
            return [self._sealed(one) for one in value]
        if not isinstance(value, dict):
            return value
        if not is_hidden(value):
            return {name: self._sealed(one) for name, one in value.items()}
        if isinstance(value.get("value"), str):
            return self.hidden.shown(value["value"])
        self.foreign += self.hidden.open(value.get("encryptedValue")) is None
        return value

    def _complain_of_type(self, place: str, sentence: str) -> None:
        if self.behaviour.archive_types_checked:
            self._complain(place, sentence)

    def _complain(self, place: str, sentence: str) -> None:
        self.problems.setdefault(place, []).append(sentence)


def _key(value: object, section: Section) -> Key | None:
    """The id, where it has the type that the ids of the section have."""
    if section.textual:
        return value if isinstance(value, str) and value else None
    number = isinstance(value, int) and not isinstance(value, bool)
    return value if number and isinstance(value, int) and value > 0 else None


def is_factory(row: Mapping[str, Any]) -> bool:
    """Whether it came with the product and cannot be changed (SPEC systemGroup, system)."""
    return row.get("systemGroup") is True or row.get("system") is True
