"""Export and import: the configuration as one JSON document (admin API 7.3, ExportData)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from fakes.pingaccess.archive_reading import KEPT, Check, Knows, Plan, Reading, Refusal, is_factory
from fakes.pingaccess.archive_sections import SECTIONS, section_name
from fakes.pingaccess.hidden import is_hidden

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from fakes.pingaccess.hidden import HiddenFields
    from fakes.pingaccess.parts_behaviour import PartsBehaviour
    from fakes.store import Row, Snapshot, Store

    Shape = Callable[[str, Row], Mapping[str, Any]]

__all__ = ["KEPT", "Check", "Knows", "Plan", "Refusal", "planned", "refusal", "written"]

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
    if behaviour.archive_keeps_unmodelled:
        for name, row in store.table(KEPT).rows.items():
            data[str(name)] = _shown(row["section"], behaviour, hidden)
    for section in SECTIONS:
        if section.table in behaviour.archive_left_out:
            continue
        rows = [
            _shown(shape(section.table, row) if shape else row, behaviour, hidden)
            for row in store.table(section.table)
            if behaviour.archive_system_rows or not is_factory(row)
        ]
        if rows:
            data[section_name(section.table, behaviour)] = rows
    return {"version": version, "data": dict(sorted(data.items()))}


def planned(  # noqa: PLR0913 - an import needs all of it, each by name
    archive: object,
    behaviour: PartsBehaviour,
    fail_fast: bool,
    check: Check | None = None,
    *,
    hidden: HiddenFields,
    version: str,
    current: Snapshot,
) -> Plan | Refusal:
    """What an import makes of the store, or the ApiError with which it fails; never raises.

    `version` is the product's, `current` what the store holds now: users and factory groups
    survive. `check` gives a row as the API shows it, and complaints by field.
    """
    problems = _envelope_problems(archive, behaviour, version)
    if problems or not isinstance(archive, dict):
        return refusal(problems, behaviour, fail_fast=fail_fast)
    reading = Reading(archive["data"], behaviour, hidden, current, check)
    reading.read(archive)
    if not reading.problems:
        return reading.plan(reading.rows)
    told = refusal(reading.problems, behaviour, fail_fast=fail_fast)
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
    problems: dict[str, list[str]] = {}
    exported = _release(archive.get("version"))
    own = _release(version) or ()
    if exported is None:
        problems["version"] = ["is required: the version of PingAccess that wrote the archive"]
    elif exported < behaviour.archive_oldest:
        problems["version"] = ["is older than 5.0: export it again from a newer PingAccess"]
    elif exported[: len(own)] > own and behaviour.archive_newer_refused:
        problems["version"] = [f"is newer than this PingAccess ({version}): upgrade it first"]
    if not isinstance(archive.get("data"), dict):
        problems["data"] = ["is required and must be an object"]
    elif _too_deep(archive["data"]):
        problems["data"] = ["is nested too deeply"]
    for name, shape in (("encryptionKey", dict), ("masterKeys", dict)):
        if not isinstance(archive.get(name, {}), shape | None):
            problems[name] = ["must be an object"]
    return problems


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
