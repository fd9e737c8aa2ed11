"""The vendor's description of the admin API as it would have to be for what the product answers.

Each change is here with its reason; `patched` fails where one of them changes nothing any more.
"""

from __future__ import annotations

import copy
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

LISTS = {
    "/riskPolicies": "RiskPolicy",
    "/proxies": "HttpClientProxy",
    "/hsmProviders": "HsmProvider",
}
"""Lists that are declared as one object: every other collection is wrapped in items, and clients
that were tested against real servers read them so (facts: assumed for these)."""

STATUSES = {
    "401": "Without a login, or with a wrong one (observed: a client maps it).",
    "403": "Without X-XSRF-Header, or with a role that does not allow it (assumed).",
    "404": "An id that nothing has (assumed: the specification has 422 for everything).",
}
"""Statuses that no operation declares."""

MAPS = "A type map, which OpenAPI does not have, is an object."
NULLS = (
    "A member that is not set is null: the vendor's scripts send and its captures show such "
    "members (email, realm, issuer), though the specification calls nothing nullable (observed)."
)
DATES = (
    "The dates of certificates are described as milliseconds since 1970, and declared as text: the "
    "description counts (certificate_dates of the behaviour). The export of 7.0.4 has the creation "
    "of a node's key so too (observed)."
)
LINKS = "The description links nothing: what a creation answers has the id of what is read."


def patched(spec: Any, missing: Mapping[str, str]) -> Any:
    """The description with every change made, without the operations that are not modelled."""
    changed = copy.deepcopy(spec)
    _drop(changed["paths"], missing)
    for path, schema in LISTS.items():
        _wrap(changed["paths"], path, schema)
    for operation in _operations(changed["paths"]):
        for status, why in STATUSES.items():
            assert status not in operation["responses"], f"{status} is declared now"
            operation["responses"][status] = {"description": why}
    assert _link(changed["paths"]) > 0, LINKS
    assert _map_types(changed) > 0, MAPS
    assert _in_milliseconds(changed["components"]["schemas"]) > 0, DATES
    assert _nullable(changed["components"]["schemas"]) > 0, NULLS
    return changed


def _operations(paths: Any) -> Iterator[Any]:
    for item in paths.values():
        yield from (operation for name, operation in item.items() if name in _METHODS)


def _drop(paths: Any, missing: Mapping[str, str]) -> None:
    for path in list(paths):
        names = missing.get(re.sub(r"\{[^}]*\}", "{}", path), "").lower().split()
        for name in names:
            del paths[path][name]
        if not paths[path].keys() & _METHODS:
            del paths[path]


def _wrap(paths: Any, path: str, schema: str) -> None:
    content = paths[path]["get"]["responses"]["200"]["content"]["application/json"]
    reference = {"$ref": f"#/components/schemas/{schema}"}
    assert content["schema"] == reference, f"{path} is declared as a list now"
    content["schema"] = {
        "type": "object",
        "required": ["items"],
        "properties": {"items": {"type": "array", "items": reference}},
    }


def _link(paths: Any) -> int:
    """How many operations on one object are linked to the creation of one."""
    count = 0
    for path, item in paths.items():
        above, _, name = path.rpartition("/")
        maker = paths.get(above, {}).get("post")
        if maker is None or not name.startswith("{"):
            continue
        answer = maker["responses"]["200"]
        assert "links" not in answer, f"{above} has links now"
        for method in item.keys() & _METHODS:
            link = {"operationId": item[method]["operationId"]}
            link["parameters"] = {f"path.{name.strip('{}')}": "$response.body#/id"}
            answer.setdefault("links", {})[method] = link
            count += 1
    return count


def _map_types(value: Any) -> int:
    """How many were changed."""
    if isinstance(value, list):
        return sum(map(_map_types, value))
    if not isinstance(value, dict):
        return 0
    found = value.get("type") == "map"
    if found:
        value["type"] = "object"
    return found + sum(map(_map_types, value.values()))


def _in_milliseconds(schemas: Any) -> int:
    """How many dates of certificates are numbers now; those of nodes' keys beside them."""
    count = 0
    schemas["PublicKey"]["properties"]["created"].update(type="integer", format="int64")
    for schema in schemas.values():
        for name in _DATES & schema.get("properties", {}).keys():
            member = schema["properties"][name]
            if "number of milliseconds" in member["description"] and member["type"] == "string":
                member.update(type="integer", format="int64")
                count += 1
    return count


def _nullable(schemas: Any) -> int:
    """How many members may be null now; those behind a reference, by an alternative."""
    count = 0
    for schema in schemas.values():
        for name, member in schema.get("properties", {}).items():
            count += 1
            if "$ref" in member:
                null = {"enum": [None], "nullable": True}
                schema["properties"][name] = {"anyOf": [{"$ref": member["$ref"]}, null]}
            else:
                member["nullable"] = True
    return count


_METHODS = {"get", "put", "post", "delete", "patch"}
_DATES = {"validFrom", "expires"}
