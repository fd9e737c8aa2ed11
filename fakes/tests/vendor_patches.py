"""The vendor's description of the admin API as it would have to be for what the product answers.

Each change is here with its reason; `patched` fails where one of them changes nothing any more.
"""

from __future__ import annotations

import copy
import re
from typing import TYPE_CHECKING, Any

from fakes.pingaccess.api.names import nouns
from fakes.pingaccess.entities import NESTED, ROUTED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from fakes.pingaccess.objects.spec import Field

_ACCOUNTS = "/acme/servers/{acmeServerId}/accounts"
LISTS = {
    "/riskPolicies": "RiskPolicy",
    "/proxies": "HttpClientProxy",
    "/hsmProviders": "HsmProvider",
    _ACCOUNTS: "AcmeAccount",
    f"{_ACCOUNTS}/{{acmeAccountId}}/certificateRequests": "AcmeCertificateRequest",
}
"""Lists that are declared as one object: every other collection is wrapped in items, and clients
that were tested against real servers read them so (facts: assumed for these)."""

NOBODY = "https://localhost:9/directory"
"""The only ACME server that is ever made: whoever registers there calls nobody else."""

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
    schemas = changed["components"]["schemas"]
    assert _in_milliseconds(schemas) > 0, DATES
    sent = _to_send(schemas)
    assert _nullable(schemas) > 0, NULLS
    schemas |= sent
    for operation in _operations(changed["paths"]):
        _send(operation, sent)
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


def _to_send(schemas: Any) -> dict[str, Any]:
    """What may be sent of each entity, as the description does not say it.

    Without it nearly all that is drawn would be refused. It says nothing of answers.
    """
    sent = {}
    for entity in (*ROUTED, *(one for one in NESTED if one.table != "resources")):
        name = nouns(entity.table, entity.label)[2]
        schema = copy.deepcopy(schemas[name])
        kept = {field.name for field in entity.fields if not field.read_only}
        schema["properties"] = {
            member: one for member, one in schema["properties"].items() if member in kept
        }
        needed = {field.name for field in entity.fields if field.required}
        schema["required"] = sorted(needed & kept)
        schema["additionalProperties"] = False
        _narrow_fields(entity.fields, schema["properties"])
        sent[f"{name}ToSend"] = schema
    return sent


def _send(operation: Any, sent: dict[str, Any]) -> None:
    content = operation.get("requestBody", {}).get("content", {}).get("application/json")
    name = content["schema"].get("$ref", "").rpartition("/")[2] if content else ""
    if f"{name}ToSend" in sent:
        content["schema"] = {"$ref": f"#/components/schemas/{name}ToSend"}


def _narrow_fields(fields: Iterable[Field], members: Any) -> None:
    for field in fields:
        member = members.get(field.name, {})
        if field.refers is not None and field.kind == "number":
            member["maximum"] = 0
            member["minimum"] = 0
        elif field.kind == "number" and field.low is not None:
            member["minimum"], member["maximum"] = field.low, field.high
        elif field.name == "targets":
            member["minItems"], member["maxItems"] = 1, 2
            member["items"] = {"type": "string", "enum": ["a.example.com:443", "b.example.com:80"]}
        elif field.kind == "text" and field.name in ("name", "alias"):
            member["minLength"] = 1
        elif field.name == "url" and not field.read_only:
            member["enum"] = [NOBODY]
        elif field.name == "host":
            member["enum"] = ["a.example.com", "b.example.com", "10.0.0.1"]
        elif field.refers is not None and field.kind == "numbers":
            member["maxItems"] = 0


def _nullable(schemas: Any) -> int:
    """How many members may be null now, those behind a reference by an alternative; no others.

    No others means: an answer with a member that the schema lacks is found.
    """
    count = 0
    for schema in schemas.values():
        if schema.get("properties"):
            schema["additionalProperties"] = False
        for name, member in schema.get("properties", {}).items():
            count += 1
            if "$ref" in member:
                null = {"enum": [None], "nullable": True}
                schema["properties"][name] = {"anyOf": [{"$ref": member["$ref"]}, null]}
            else:
                member["nullable"] = True
    return count


_METHODS = {"get", "put", "post", "delete", "patch"}
_DATES = {"validFrom", "expires", "created"}
