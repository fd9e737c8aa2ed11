"""The licence of the product, read of a file of properties (admin API 7.3, License).

Which line of the file makes which member: SPEC calls every member a value from the license file;
that the lines are named as the members are, in any case, is assumed after the licence file that
the vendor prints for PingIntelligence (D52 pingintelligence_copying_license).
"""

from __future__ import annotations

import binascii
import re
from base64 import b64decode
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from fakes.pingaccess.answers import ok
from fakes.pingaccess.objects.reading import Reading
from fakes.pingaccess.objects.spec import PUT, Entity, Field
from fakes.pingaccess.problems import save_failed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from fakes.message import Response
    from fakes.pingaccess.answers import Call
    from fakes.pingaccess.state import State

LICENCE = "licence"
"""The table of the licence, which has one row; no archive holds it (observed: no export does)."""
MEMBERS = (
    "tier",
    "maxApplications",
    "product",
    "version",
    "organization",
    "enforcementType",
    "expirationDate",
    "issueDate",
    "name",
    "id",
)
_NUMBERS = frozenset({"maxApplications", "enforcementType", "id"})
_DATES = frozenset({"expirationDate", "issueDate"})
_ONE_OF = ("name", "organization")
"""SPEC License.name is required if there is no organization."""
_WHOLE = re.compile(r"-?[0-9]{1,18}", re.ASCII)


def get(state: State, _: Call) -> Response:
    """The licence that was imported, or that of a new product."""
    row = state.store.table(LICENCE).get(1)
    return ok(state, _first(state) if row is None else row["licence"])


def update(state: State, call: Call) -> Response:
    """Import a licence in place of the one before: 200 with it, or 422 (POST and PUT alike)."""
    reading = Reading(state, IMPORT, PUT, call.json(state))
    data = reading.draft()["fileData"]
    if reading.form:
        raise save_failed(reading.form, state.behaviour)
    values = _values(_text(data, state.behaviour.license_file_bytes))
    for complaint in _complaints(state, values):
        reading.complain("fileData", complaint)
    if reading.form:
        raise save_failed(reading.form, state.behaviour)
    licence = {name: _read(name, values.get(name, "")) for name in MEMBERS}
    state.store.table(LICENCE).put(1, {"id": 1, "licence": licence})
    return ok(state, licence)


def _first(state: State) -> dict[str, Any]:
    release = ".".join(state.behaviour.version.split(".")[:2])
    whole = {"version": release, **dict(state.behaviour.license_first)}
    return {name: whole[name] for name in MEMBERS}


def _text(data: str, most: int) -> str:
    """The file as text; nothing where it is none, or too large."""
    try:
        content = b64decode("".join(data.split()), validate=True)
        return content.decode() if len(content) <= most else ""
    except (binascii.Error, ValueError):
        return ""


def _values(text: str) -> dict[str, str]:
    """The lines of a licence, by the member that each makes; comments and others left out."""
    names = {name.lower(): name for name in MEMBERS}
    pairs = (line.partition("=") for line in text.splitlines() if not line.startswith(("#", "!")))
    return {
        names[name.strip().lower()]: value.strip()
        for name, equals, value in pairs
        if equals and name.strip().lower() in names
    }


def _complaints(state: State, values: Mapping[str, str]) -> Iterator[str]:
    """What is wrong with a licence; the file itself is never repeated."""
    if not values:
        yield "is not a licence file (base64 of properties)"
        return
    lacking = [name for name in MEMBERS if not values.get(name) and name not in _ONE_OF]
    if lacking:
        yield f"lacks {', '.join(lacking)}"
    if not any(values.get(name) for name in _ONE_OF):
        yield "lacks organization or name"
    for name in MEMBERS:
        if values.get(name) and _read(name, values[name]) is None:
            yield f"{name} is not a {'number' if name in _NUMBERS else 'date such as 2030-12-31'}"
    yield from _refusals(state, values)


def _refusals(state: State, values: Mapping[str, str]) -> Iterator[str]:
    """What is wrong with a licence that is well formed."""
    checks = state.behaviour.license_checks
    if "product" in checks and values.get("product", "PingAccess").lower() != "pingaccess":
        yield "is the licence of another product"
    ends = _date(values.get("expirationDate", ""))
    today = datetime.fromtimestamp(state.clock.now_s(), UTC).date()
    if "expiry" in checks and ends is not None and ends < today:
        yield "has expired"


def _read(name: str, text: str) -> Any:
    """The value of a member; None where the text is none."""
    if name in _NUMBERS:
        return int(text) if _WHOLE.fullmatch(text) else None
    if name in _DATES:
        return text if _date(text) is not None else None
    return text


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


IMPORT = Entity(
    LICENCE,
    "Licence",
    "/license",
    (Field("fileData", required=True),),
    verbs=frozenset(),
    named=(),
    unique=(),
)
"""What is sent (admin API 7.3, LicenseImportDoc)."""
