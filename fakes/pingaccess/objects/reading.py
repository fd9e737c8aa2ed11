"""A body becomes a draft: every member in its own type, defaults filled in, complaints collected.

Two leniencies of the product are honoured, each a field of the behaviour: numbers and booleans sent
as text, and bodies without a JSON content type (that one at the door).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from fakes.pingaccess.objects.later import fields_of
from fakes.pingaccess.problems import Form, unreadable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from fakes.pingaccess.behaviour import Behaviour
    from fakes.pingaccess.objects.spec import Draft, Entity, Field
    from fakes.pingaccess.state import State
    from fakes.store import Key, Row

_WHOLE = re.compile(r"-?[0-9]{1,19}", re.ASCII)
_INT32 = (-(2**31), 2**31 - 1)
_INT64 = (-(2**63), 2**63 - 1)
_AREAS = ("Web", "API")
_MISSING: Mapping[str, Any] = {}


class Reading:
    """One body that is to be saved, and every complaint about it.

    `verb` is POST or PUT, `key` the id that it is saved under (None until it is known), `old` what
    is stored under it, `parent` the id of the application where the path names one. A `lenient`
    reading drops members that the schema lacks: archives of other releases have them.
    """

    def __init__(  # noqa: PLR0913 - what a save knows
        self,
        state: State,
        entity: Entity,
        verb: str,
        body: Any,
        *,
        key: Key | None = None,
        old: Row | None = None,
        parent: Key | None = None,
        lenient: bool = False,
    ) -> None:
        self.state = state
        self.behaviour: Behaviour = state.behaviour
        self.entity = entity
        self.verb = verb
        self.key = key
        self.old = old
        self.parent = parent
        self.lenient = lenient
        self.form: Form = {}
        self.warnings: list[str] = []
        self.body = self._merged(body)

    def complain(self, field: str, message: str) -> None:
        """Note one complaint; the value itself stands in it only where the behaviour wants it."""
        if f"{self.entity.table}.{field}" in self.behaviour.refusals_quote:
            message = f"{message}: {self.body.get(field)!r}"
        self.form.setdefault(field, []).append(message)

    def excepted(self, exceptions: frozenset[tuple[str, str]], member: str) -> bool:
        """Whether a rule is not applied to this member with this method."""
        return bool(exceptions) and (f"{self.entity.table}.{member}", self.verb) in exceptions

    def _unless(self, exceptions: frozenset[tuple[str, str]], member: str, message: str) -> None:
        """Complain of a member unless the rule is not applied to it."""
        if not self.excepted(exceptions, member):
            self.complain(member, message)

    def draft(self) -> Draft:
        """Every member of the entity, read; what cannot be read has its default."""
        fields = fields_of(self.entity, self.behaviour.more_members)
        return self._object(fields, self.body, self.old or _MISSING, "")

    def hold_against_plugin(self, family: str, part: Draft, path: str = "") -> None:
        """Complain of a plugin's class name and configuration, or fill in the configuration.

        What an archive holds stays as it is; keys that are not known here may stand in it, and
        plugins that are not installed where the behaviour takes them.
        """
        plugins, name, configuration = self.state.plugins, part["className"], part["configuration"]
        if name is None or (plugins.plugin(family, name) is None and self._may_lack(path)):
            return
        problems = plugins.problems(
            family, name, configuration, self.state.knows, verb=self.verb, lenient=self.lenient
        )
        for field, messages in problems.items():
            for message in messages:
                self.complain(path + field, message)
        if not problems and not self.lenient:
            part["configuration"] = plugins.completed(family, name, configuration)

    def _may_lack(self, path: str) -> bool:
        """Whether the plugin at that path may be one that is not installed."""
        return self.lenient and (not path or self.behaviour.archive_unknown_challenge_plugins)

    def _merged(self, body: Any) -> Mapping[str, Any]:
        if not isinstance(body, dict):
            raise unreadable("it must be a JSON object", self.behaviour)
        if self.old is not None and self.entity.table in self.behaviour.put_merges:
            return {**self.old, **body}
        return body

    def _object(
        self, fields: tuple[Field, ...], body: Mapping[str, Any], old: Mapping[str, Any], path: str
    ) -> Draft:
        draft = {field.name: self._member(field, body, old, path) for field in fields}
        if len(body) > len(fields) or not body.keys() <= draft.keys():
            self._unknown(body.keys() - draft.keys(), path)
        return draft

    def _unknown(self, names: set[str], path: str) -> None:
        lenient = self.lenient and self.behaviour.archive_unknown_members
        if self.behaviour.unknown_members == "refuse" and not lenient:
            for name in sorted(names - ({"id"} if not path else set())):
                self.complain(path + name, "is not a member of this object")

    def _member(
        self, field: Field, body: Mapping[str, Any], old: Mapping[str, Any], path: str
    ) -> Any:
        name = path + field.name
        before = old.get(field.name) if isinstance(old, dict) else None
        raw = body.get(field.name)
        if field.read_only and f"{self.entity.table}.{name}" not in self.behaviour.read_only_taken:
            return field.default if before is None else before
        if raw is None and field.kind == "hidden" and self.behaviour.hidden_kept == "always":
            raw = before
        behaviour = self.behaviour
        if behaviour.not_kept and self.excepted(behaviour.not_kept, name):
            raw = None if not field.required else raw
        if raw is None or (raw == "" and field.required):
            return self._missing(field, name)
        if behaviour.types_not_checked and self.excepted(behaviour.types_not_checked, name):
            return raw
        return _READERS[field.kind](self, field, raw, before, name)

    def _missing(self, field: Field, name: str) -> Any:
        required = field.required or self._is_required_besides(name)
        if required and not self.excepted(self.behaviour.required_not_checked, name):
            if field.low is None:
                self.complain(name, self.behaviour.required_sentence)
            if field.low is not None or field.also:
                self.complain(name, _range(field))
        behaviour = self.behaviour
        lacking = behaviour.archive_not_defaulted if self.lenient else behaviour.not_defaulted
        if lacking and f"{self.entity.table}.{name}" in lacking:
            return None
        return field.default

    def _is_required_besides(self, name: str) -> bool:
        """Whether a save needs a member that has a default; archives may lack it."""
        besides = self.behaviour.required_besides
        return bool(besides) and not self.lenient and f"{self.entity.table}.{name}" in besides

    def read_text(self, field: Field, raw: Any, _: Any, name: str) -> Any:
        """Text, one of the choices where there are any."""
        if not isinstance(raw, str):
            if isinstance(raw, bool | int | float) and self.behaviour.text_from_scalars:
                return str(raw)
            return self._wrong(field, name, "must be text")
        if field.choices and raw not in field.choices and not self._is_new(name, raw):
            known = ", ".join(sorted(field.choices))
            self._unless(self.behaviour.choices_not_checked, name, f"must be one of {known}")
        elif field.longest is not None and len(raw) > field.longest:
            most = f"may have at most {field.longest} characters"
            self._unless(self.behaviour.ranges_not_checked, name, most)
        return raw

    def _is_new(self, name: str, raw: str) -> bool:
        """Whether a newer release has this value."""
        return (f"{self.entity.table}.{name}", raw) in self.behaviour.more_choices

    def read_flag(self, field: Field, raw: Any, _: Any, name: str) -> Any:
        """True or false, or the word for it."""
        if isinstance(raw, str) and self.behaviour.scalars_from_text:
            raw = {"true": True, "false": False}.get(raw.lower(), raw)
        return raw if isinstance(raw, bool) else self._wrong(field, name, "must be true or false")

    def read_number(self, field: Field, raw: Any, _: Any, name: str) -> Any:
        """A whole number within its bounds."""
        number = whole(raw, self.behaviour, _INT64 if field.kind == "long" else _INT32)
        if number is None:
            return self._wrong(field, name, "must be a whole number")
        if isinstance(raw, str) and self.behaviour.scalars_kept_as_text:
            return raw
        low, high = field.low, field.high
        if (low is not None and number < low) or (high is not None and number > high):
            self._unless(self.behaviour.ranges_not_checked, name, _range(field))
        return number

    def read_texts(self, field: Field, raw: Any, _: Any, name: str) -> Any:
        """A list of text, each kept once where many objects name the same hosts."""
        if not isinstance(raw, list) or not all(isinstance(one, str) for one in raw):
            return self._wrong(field, name, "must be a list of text")
        if field.choices and not field.choices.issuperset(raw):
            known = ", ".join(sorted(field.choices))
            self._unless(self.behaviour.choices_not_checked, name, f"may hold only {known}")
        return self._filled(field, [_shared(one) for one in raw], name)

    def read_numbers(self, field: Field, raw: Any, _: Any, name: str) -> Any:
        """A list of whole numbers."""
        numbers = [whole(one, self.behaviour) for one in raw] if isinstance(raw, list) else [None]
        if None in numbers:
            return self._wrong(field, name, "must be a list of whole numbers")
        return self._filled(field, numbers, name)

    def read_objects(self, field: Field, raw: Any, before: Any, name: str) -> Any:
        """A list of objects, each read by its members."""
        if not isinstance(raw, list):
            return self._wrong(field, name, "must be a list of objects")
        olds = before if isinstance(before, list) else []
        read = [
            self.read_nested(field, one, olds[i] if i < len(olds) else None, f"{name}[{i}]")
            for i, one in enumerate(raw)
        ]
        return self._filled(field, read, name)

    def _filled(self, field: Field, values: list[Any], name: str) -> list[Any]:
        if field.filled and not values:
            self._unless(self.behaviour.required_not_checked, name, "may not be empty")
        return values[:: self._step(name)]

    def _step(self, name: str) -> int:
        """-1 where the behaviour turns the order of a list round."""
        lost = self.behaviour.order_lost
        return -1 if lost and f"{self.entity.table}.{name}" in lost else 1

    def read_nested(self, field: Field, raw: Any, before: Any, name: str) -> Any:
        """An object, read by its members."""
        if not isinstance(raw, dict):
            instead = self._wrong(field, name, "must be an object")
            return instead if field.kind == "object" else {}  # else it is one of a list
        old = before if isinstance(before, dict) else _MISSING
        return self._object(field.members, raw, old, f"{name}.")

    def read_json(self, field: Field, raw: Any, _: Any, name: str) -> Any:
        """Any JSON object."""
        return raw if isinstance(raw, dict) else self._wrong(field, name, "must be a JSON object")

    def read_ids(self, field: Field, raw: Any, _: Any, name: str) -> Any:
        """A map of Web and API to an id each (admin API 7.3, identityMappingIds)."""
        if not isinstance(raw, dict) or not raw.keys() <= set(_AREAS):
            return self._wrong(field, name, "must be a map of Web and API")
        read = {area: whole(raw.get(area) or 0, self.behaviour) for area in _AREAS}
        return self._wrong(field, name, "must hold ids") if None in read.values() else read

    def read_policy(self, field: Field, raw: Any, _: Any, name: str) -> Any:
        """A map of Web and API to policy items, in the order that was sent (admin API 7.3)."""
        if not isinstance(raw, dict) or not raw.keys() <= set(_AREAS):
            return self._wrong(field, name, "must be a map of Web and API")
        lists = {area: raw.get(area) or [] for area in _AREAS}
        if not all(isinstance(items, list) for items in lists.values()):
            return self._wrong(field, name, "must hold lists of policy items")
        return {
            area: [
                self.read_nested(field, item, None, f"{name}.{area}[{i}]")
                for i, item in enumerate(items)
            ][:: self._step(name)]
            for area, items in lists.items()
        }

    def read_hidden(self, field: Field, raw: Any, before: Any, name: str) -> Any:
        """A HiddenField as it will be sealed: {"value"} or {"encryptedValue"} (admin API 7.3)."""
        if not isinstance(raw, dict) or not all(
            text is None or isinstance(text, str) for text in raw.values()
        ):
            return self._wrong(field, name, "must be an object with value or encryptedValue")
        if raw.keys() - {"value", "encryptedValue"}:
            self._unknown(raw.keys() - {"value", "encryptedValue"}, f"{name}.")
        first, second = ("value", "encryptedValue")
        if self.behaviour.hidden_wins == "encryptedValue":
            first, second = second, first
        member = first if raw.get(first) else second
        if not (text := raw.get(member)):
            return self._missing(field, name)
        if member == "value":
            return {"value": text}
        return self._sealed(field, text, before, name)

    def _sealed(self, field: Field, text: str, before: Any, name: str) -> Any:
        if self.behaviour.hidden_kept == "never":
            return self._missing(field, name)
        known = isinstance(before, dict) and before.get("encryptedValue") == text
        if known or not self.behaviour.hidden_foreign_refused:
            return {"encryptedValue": text}
        if self.state.hidden.open(text) is None:
            return self._wrong(field, name, "encryptedValue was not made by this host")
        return {"encryptedValue": text}

    def _wrong(self, field: Field, name: str, message: str) -> Any:
        self.complain(name, message)
        return field.default


def whole(raw: Any, behaviour: Behaviour, bounds: tuple[int, int] = _INT32) -> int | None:
    """The number within bounds that `raw` is; None where it is none (admin API 7.3: int32)."""
    if isinstance(raw, str) and behaviour.scalars_from_text and _WHOLE.fullmatch(raw):
        raw = int(raw)
    if not isinstance(raw, int) or isinstance(raw, bool):
        return None
    return raw if bounds[0] <= raw <= bounds[1] else None


@lru_cache(maxsize=1024)
def _shared(text: str) -> str:
    """The same text, as the one object that others have of it."""
    return text


def _range(field: Field) -> str:
    if field.also:
        return field.also
    if field.high is None:
        return f"must be {field.low} or more"
    return f"must be from {field.low} to {field.high}"


_READERS: Mapping[str, Callable[[Reading, Field, Any, Any, str], Any]] = {
    "text": Reading.read_text,
    "flag": Reading.read_flag,
    "number": Reading.read_number,
    "long": Reading.read_number,
    "date": Reading.read_text,
    "texts": Reading.read_texts,
    "numbers": Reading.read_numbers,
    "objects": Reading.read_objects,
    "object": Reading.read_nested,
    "json": Reading.read_json,
    "ids": Reading.read_ids,
    "policy": Reading.read_policy,
    "hidden": Reading.read_hidden,
}
