"""In which order the resources of an application are held against a request (admin API 7.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from fakes.pingaccess.answers import ok
from fakes.pingaccess.objects.modified import resources_of
from fakes.pingaccess.objects.records import found
from fakes.pingaccess.traffic.applications import APPLICATIONS
from fakes.pingaccess.traffic.services import GLOBAL_UNPROTECTED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from fakes.message import Response
    from fakes.pingaccess.answers import Call
    from fakes.pingaccess.state import State
    from fakes.store import Row

    Pattern = Mapping[str, Any]

Rank: TypeAlias = tuple[bool, int, bool, int, int, str]


def auto_order(state: State, call: Call) -> Response:
    """The ids of an application's resources, most specific first (admin API 7.3, ResourceOrder)."""
    application = found(state, APPLICATIONS, call.ids[0])
    kept = list(resources_of(state, application["id"]))
    if state.behaviour.wildcard_resource_hides_root and any(map(_is_second_root, kept)):
        kept = [row for row in kept if not row.get("rootResource")]
    rows = sorted(
        kept,
        key=lambda row: (min(_rank(state, row, one) for one in _patterns(row)), row["id"]),
    )
    return ok(state, {"resourceIds": [row["id"] for row in rows]})


def _is_second_root(row: Row) -> bool:
    """Whether it matches every path without being the root resource."""
    everything = any(one.get("pattern") == "/*" for one in _patterns(row))
    return everything and not row.get("rootResource")


def evaluation_order(state: State, call: Call) -> Response:
    """Every path pattern in the order in which it is tried (ResourceMatchingEvaluationOrder)."""
    application = found(state, APPLICATIONS, call.ids[0])
    entries = [_entry(state, row, one) for row, one in _ordered(state, application)]
    unprotected = [
        _unprotected(state, row)
        for row in state.store.table(GLOBAL_UNPROTECTED.table)
        if row["enabled"]
    ]
    match state.behaviour.order_unprotected:
        case "first":
            entries = unprotected + entries
        case "last":
            entries += unprotected
    return ok(state, {"entries": entries})


def _ordered(state: State, application: Row) -> list[tuple[Row, Pattern]]:
    """Resources with their patterns: in manual order, else the most specific pattern first.

    A manual order counts resources, and a resource's patterns stand as they were sent.
    """
    pairs = [
        (row, one)
        for row in resources_of(state, application["id"])
        if row["enabled"] or state.behaviour.order_disabled
        for one in _patterns(row)
    ]
    if application["manualOrderingEnabled"]:
        place = {key: index for index, key in enumerate(application["resourceOrder"] or ())}
        return sorted(pairs, key=lambda pair: place.get(pair[0]["id"], len(place)))
    return sorted(pairs, key=lambda pair: (_rank(state, *pair), pair[0]["id"]))


def _patterns(row: Row) -> Iterator[Pattern]:
    """The path patterns of a resource; one that matches everything where it has none."""
    yield from row.get("pathPatterns") or ({"pattern": "/*", "type": "WILDCARD"},)


def _rank(state: State, row: Row, pattern: Pattern) -> Rank:
    """How specific a pattern is: the less, the more.

    Documented: the most specific comes first (D90 pa_application_resources). Assumed: what that
    means, as named in the behaviour.
    """
    text, expression = str(pattern.get("pattern")), pattern.get("type") == "REGEX"
    prefix = 0 if expression else len(text.partition("*")[0])
    place = 0 if "*" not in text else 2
    if expression:
        place = 1 if state.behaviour.order_expressions == "before wildcards" else 3
    queried = bool((row.get("queryParamConfig") or {}).get("params"))
    return bool(row.get("rootResource")), place, not queried, -prefix, -len(text), text


def _entry(state: State, row: Row, pattern: Pattern) -> dict[str, Any]:
    path = f"/applications/{row['applicationId']}/resources/{row['id']}"
    kind = pattern.get("type") or "WILDCARD"
    return {
        "name": row["name"],
        "type": "ApplicationResource",
        "link": _link(state, row, path),
        "methods": list(row["methods"]),
        "pattern": pattern.get("pattern"),
        "patternType": kind,
    }


def _unprotected(state: State, row: Row) -> dict[str, Any]:
    return {
        "name": row["name"],
        "type": "GlobalUnprotectedResource",
        "link": _link(state, row, f"{GLOBAL_UNPROTECTED.path}/{row['id']}"),
        "methods": ["*"],
        "pattern": row["wildcardPath"],
        "patternType": "WILDCARD",
    }


def _link(state: State, row: Row, path: str) -> dict[str, str]:
    return {"id": str(row["id"]), "location": f"{state.behaviour.own_url}{path}"}
