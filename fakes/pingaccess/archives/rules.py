"""The rules of the API, held against the objects of an archive."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakes.pingaccess.entities import SETTINGS
from fakes.pingaccess.objects import sealing
from fakes.pingaccess.objects.later import unset
from fakes.pingaccess.objects.reading import Reading
from fakes.pingaccess.objects.records import hold_against_rules
from fakes.pingaccess.objects.spec import PUT
from fakes.pingaccess.traffic.application_rules import settle_paths

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from fakes.pingaccess.objects.spec import Entity
    from fakes.pingaccess.state import State
    from fakes.store import Row, Snapshot

    Form = Mapping[str, list[str]]


class ApiRules:
    """What a save would complain of, and what a read would show."""

    def __init__(self, state: State, entities: Mapping[str, Entity]) -> None:
        self._state = state
        self._entities = entities

    def shown(self, table: str, row: Row) -> tuple[Row, Form]:
        """The row as the API stores it, secrets sealed, and what is wrong with its members.

        Members that the schema lacks are dropped: archives of other releases have them.
        """
        entity = self._entities.get(table)
        if entity is None:
            return row, {}
        reading = _reading(self._state, entity, row)
        draft = reading.draft()
        if "riskPolicyId" in draft:
            unset = self._state.behaviour.risk_policy_unset
            draft["riskPolicyId"] = draft["riskPolicyId"] or unset
        if "pathPrefixes" in draft:
            settle_paths(draft)
        stored = {"id": row["id"], **draft}
        sealing.seal(self._state, entity, stored)
        return stored, reading.form

    def setting(self, name: str, section: Mapping[str, Any]) -> tuple[Row, Form]:
        """The section of a setting with its members in their own types, and what is wrong in it.

        What it lacks has its default, and what the schema lacks is kept: both are other releases'.
        A required member may be null in it (observed: environment.name in exports of 7.0).
        """
        entity = _SETTINGS.get(name)
        if entity is None:
            return section, {}
        whole = {**unset(entity, self._state.behaviour.more_members), **section}
        reading = Reading(self._state, entity, PUT, whole, old=whole, lenient=True)
        draft = reading.draft()
        form = {
            member: sentences
            for member, sentences in reading.form.items()
            if section.get(member.partition(".")[0]) not in (None, "")
            and sentences != [self._state.behaviour.required_sentence]
        }
        return {key: _kept(draft, key, value) for key, value in section.items()}, form

    def among(self, snapshot: Snapshot) -> Callable[[str, Row], Form]:
        """What is wrong with a row of a table where the store holds `snapshot`.

        References are not looked up: the archive has its own complaint about those.
        """
        state = self._state.holding(snapshot)

        def judged(table: str, row: Row) -> Form:
            entity = self._entities.get(table)
            if entity is None:
                return {}
            reading, draft = _reading(state, entity, row), dict(row)
            hold_against_rules(reading, draft)
            if entity.imported is not None:
                entity.imported(reading, draft)
            return reading.form

        return judged


def _kept(draft: Mapping[str, Any], member: str, value: Any) -> Any:
    """What is kept of a member: what was read of it; null stays null where nothing else is due."""
    read = draft.get(member, value)
    return value if value is None and read == "" else read


def _reading(state: State, entity: Entity, row: Mapping[str, Any]) -> Reading:
    parent = row.get(entity.owner[0]) if entity.owner is not None else None
    return Reading(state, entity, PUT, row, key=row["id"], old=row, parent=parent, lenient=True)


_SETTINGS = {entity.table: entity for entity in SETTINGS}
