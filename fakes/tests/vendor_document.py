"""How the fake's own description of the admin API differs from the vendor's, line by line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_METHODS = ("get", "put", "post", "delete", "patch")


def differences(ours: Any, vendors: Any, missing: Mapping[str, str]) -> Iterator[str]:
    """Every difference in paths, operations and schemas; what is said to be missing is not one."""
    mine, theirs = _operations(ours, {}), _operations(vendors, missing)
    yield from (f"{place}: not served" for place in sorted(theirs.keys() - mine.keys()))
    yield from (f"{place}: not the vendor's" for place in sorted(mine.keys() - theirs.keys()))
    for place in sorted(mine.keys() & theirs.keys()):
        yield from _operations_differ(place, mine[place], theirs[place])
    yield from _schemas(ours["components"]["schemas"], vendors["components"]["schemas"])


def _operations_differ(place: str, mine: dict[str, Any], theirs: dict[str, Any]) -> Iterator[str]:
    for what, value in mine.items():
        other = theirs[what]
        if isinstance(value, set):
            yield from (f"{place}: {one}: here only" for one in sorted(value - other))
            yield from (f"{place}: {one}: there only" for one in sorted(other - value))
        elif value != other:
            yield f"{place}: {what} {value} here, {other} there"


def _operations(document: Any, missing: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    found = {}
    for path, item in document["paths"].items():
        lacking = missing.get(re.sub(r"\{[^}]*\}", "{}", path), "").lower().split()
        for method in item.keys() & set(_METHODS):
            if method not in lacking:
                found[f"{method.upper()} {path}"] = _operation(item[method])
    return found


def _operation(operation: Any) -> dict[str, Any]:
    return {
        "id": operation["operationId"],
        "parameters": {
            f"{one['name']} in {one['in']}, {_type(one['schema'])}{', required' * one['required']}"
            for one in operation.get("parameters", ())
        },
        "takes": _body(operation.get("requestBody", {})),
        "gives": _body(operation["responses"]["200"]),
        "refuses": _body(operation["responses"]["422"]),
    }


def _body(holder: Any) -> str:
    content = holder.get("content", {}).get("application/json")
    return _type(content["schema"]) if content else "nothing"


def _schemas(mine: Any, theirs: Any) -> Iterator[str]:
    yield from (f"schema {name}: missing" for name in sorted(theirs.keys() - mine.keys()))
    yield from (f"schema {name}: not the vendor's" for name in sorted(mine.keys() - theirs.keys()))
    for name in sorted(mine.keys() & theirs.keys()):
        yield from _schema(name, mine[name], theirs[name])


def _schema(name: str, mine: Any, theirs: Any) -> Iterator[str]:
    if sorted(mine.get("enum", ())) != sorted(theirs.get("enum", ())):
        yield f"schema {name}: values {mine.get('enum')} here, {theirs.get('enum')} there"
    here, there = mine.get("properties", {}), theirs.get("properties", {})
    yield from (f"schema {name}.{one}: missing" for one in sorted(there.keys() - here.keys()))
    yield from (
        f"schema {name}.{one}: not the vendor's" for one in sorted(here.keys() - there.keys())
    )
    for one in sorted(here.keys() & there.keys()):
        if _type(here[one]) != _type(there[one]):
            yield f"schema {name}.{one}: {_type(here[one])} here, {_type(there[one])} there"
    needed, wanted = set(mine.get("required", ())), set(theirs.get("required", ()))
    yield from (f"schema {name}.{one}: optional here" for one in sorted(wanted - needed))
    yield from (f"schema {name}.{one}: required here" for one in sorted(needed - wanted))


def _type(schema: Any) -> str:
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    kind = schema.get("type")
    if kind == "array":
        return f"[{_type(schema['items'])}]"
    more = schema.get("additionalProperties")
    if isinstance(more, dict) and more:
        return f"{{{_type(more)}}}"
    return f"{kind} {schema.get('format', '')}".strip()
