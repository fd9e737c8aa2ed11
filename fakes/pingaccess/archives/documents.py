"""Export and import: the configuration as one JSON document (admin API 7.3, ExportData)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from fakes.pingaccess.archives.reading import KEPT, Plan, Reading, Refusal, Rules, is_factory
from fakes.pingaccess.archives.sections import SECTIONS, section_name
from fakes.pingaccess.objects.hidden import is_hidden

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from fakes.pingaccess.decisions.parts import PartsBehaviour
    from fakes.pingaccess.objects.hidden import HiddenFields
    from fakes.store import Row, Snapshot, Store

    Shape = Callable[[str, Row], Mapping[str, Any]]

__all__ = ["KEPT", "Plan", "Refusal", "Rules", "planned", "refusal", "written"]

_DEPTH = 64


def written(
    store: Store,
    behaviour: PartsBehaviour,
    *,
    version: str,
    hidden: HiddenFields | None = None,
    shape: Shape | None = None,
) -> dict[str, Any]:
    """The archive of what the store holds: version and data, sections in order of their names.

    `shape` makes of a row what the archive shows of it, such as the file of a certificate. Empty
    collections are absent (observed). Users and signing keys are never in it (documented).
    """
    data: dict[str, Any] = {}
    for name, row in store.table(KEPT).rows.items():
        section = row["section"]
        kind = "list" if isinstance(section, list) else "object"
        if kind in behaviour.archive_keeps_unmodelled:
            data[str(name)] = _shown(section, behaviour, hidden)
    for section in SECTIONS:
        if section.table in behaviour.archive_left_out:
            continue
        lacks = _lacking(section.table, behaviour)
        rows = [
            _shown(_whole(shape(section.table, row) if shape else row, lacks), behaviour, hidden)
            for row in store.table(section.table)
            if behaviour.archive_system_rows or not is_factory(row)
        ]
        if rows:
            data[section_name(section.table, behaviour)] = rows
    if "users" not in behaviour.archive_left_out:
        data["users"] = [dict(row) for row in store.table("users")]
    version = behaviour.archive_version or version
    return {"version": version, "data": dict(sorted(data.items()))}


def _lacking(table: str, behaviour: PartsBehaviour) -> frozenset[str]:
    """The members of a table's rows that the archive lacks: in the documented product, none."""
    places = (place.partition(".") for place in behaviour.archive_members_left_out)
    return frozenset(member for owner, _, member in places if owner == table)


def _whole(row: Mapping[str, Any], lacks: frozenset[str]) -> Mapping[str, Any]:
    return {name: value for name, value in row.items() if name not in lacks} if lacks else row


def planned(  # noqa: PLR0913 - an import needs all of it, each by name
    archive: object,
    behaviour: PartsBehaviour,
    fail_fast: bool,
    rules: Rules | None = None,
    *,
    hidden: HiddenFields,
    version: str,
    current: Snapshot,
) -> Plan | Refusal:
    """What an import makes of the store, or the ApiError with which it fails; never raises.

    `version` is the product's, `current` what the store holds now: users and factory groups
    survive. `rules` are those of the API; without any, objects are kept as they are.
    """
    problems = _envelope_problems(archive, behaviour, version)
    if problems or not isinstance(archive, dict):
        return refusal(problems, behaviour, fail_fast=fail_fast)
    reading = Reading(archive.get("data", {}), behaviour, hidden, current, rules)
    reading.read(archive)
    if not reading.problems:
        return reading.plan(reading.rows)
    told = refusal(reading.problems, behaviour, fail_fast=fail_fast)
    if behaviour.archive_refusal_quotes:
        told["flash"].append(f"Read: {archive['data']}")
    if not behaviour.archive_half:
        return told
    half = reading.plan(reading.before_failure)
    return Plan(half.snapshot, half.kept, half.warnings, half.total, told)


def refusal(
    problems: Mapping[str, list[str]], behaviour: PartsBehaviour, *, fail_fast: bool
) -> Refusal:
    """The ApiError of an import: the first complaint with failFast, else all of them."""
    if (fail_fast and behaviour.archive_stops_early) or not behaviour.archive_collects:
        first = next(iter(problems))
        problems = {first: problems[first][:1]}
    return {
        "flash": ["The configuration was not imported: nothing has been changed."],
        "form": {place: list(sentences) for place, sentences in problems.items()},
    }


def _envelope_problems(
    archive: object, behaviour: PartsBehaviour, version: str
) -> dict[str, list[str]]:
    """What is wrong with the archive before its sections are looked at."""
    if not isinstance(archive, dict):
        return {"archive": ["must be a JSON object with version and data"]}
    found = {
        "version": _version_problem(archive, behaviour, version),
        "data": _data_problem(archive, behaviour),
    }
    for name in ("encryptionKey", "masterKeys"):
        if not isinstance(archive.get(name), dict | None):
            found[name] = "must be an object"
    return {name: [problem] for name, problem in found.items() if problem}


def _version_problem(
    archive: Mapping[str, Any], behaviour: PartsBehaviour, version: str
) -> str | None:
    if archive.get("version") is None and "version" not in behaviour.archive_needs:
        return None
    exported = _release(archive.get("version"))
    own = _release(version) or ()
    if exported is None:
        return "is required: the version of PingAccess that wrote the archive"
    if exported < behaviour.archive_oldest:
        return "is older than 5.0: export it again from a newer PingAccess"
    if exported[: len(own)] > own and behaviour.archive_newer_refused:
        return f"is newer than this PingAccess ({version}): upgrade it first"
    return None


def _data_problem(archive: Mapping[str, Any], behaviour: PartsBehaviour) -> str | None:
    if "data" not in archive and "data" not in behaviour.archive_needs:
        return None
    if not isinstance(archive.get("data"), dict):
        return "is required and must be an object"
    return "is nested too deeply" if _too_deep(archive["data"]) else None


def _release(version: object) -> tuple[int, ...] | None:
    """The numbers of a version, such as 7.3.0.2; None where it is none."""
    if not isinstance(version, str) or not _VERSION.fullmatch(version):
        return None
    return tuple(map(int, version.partition("-")[0].split(".")))


def _shown(value: Any, behaviour: PartsBehaviour, hidden: HiddenFields | None) -> Any:
    """`value` with each secret in the one member that an archive shows."""
    if isinstance(value, list):
        return [_shown(one, behaviour, hidden) for one in value]
    if not isinstance(value, dict):
        return value
    if not is_hidden(value):
        return {name: _shown(one, behaviour, hidden) for name, one in value.items()}
    if behaviour.archive_secrets == "value" and hidden is not None:
        return {"value": hidden.open(value.get("encryptedValue"))}
    return {"encryptedValue": value.get("encryptedValue")}


def _too_deep(value: object, left: int = _DEPTH) -> bool:
    """Whether it is nested deeper than any configuration, which would exhaust the stack."""
    level = [value]
    for _ in range(left):
        inner = [one for one in level if isinstance(one, dict | list)]
        if not inner:
            return False
        level = [part for one in inner for part in (one.values() if isinstance(one, dict) else one)]
    return True


_VERSION = re.compile(r"[0-9]{1,4}(\.[0-9]{1,6}){1,3}(-[A-Za-z0-9]{1,20})?", re.ASCII)
