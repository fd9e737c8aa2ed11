"""The admin API as an OpenAPI 3.0 document: derived from entities, routes and two tables of text.

The vendor publishes such a document (facts of the admin API 7.3: paths, operation ids, schemas);
where it lies, and that it is OpenAPI 3.0, is assumed. The words in it are ours.
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, NamedTuple

from fakes.pingaccess.api import later
from fakes.pingaccess.api.names import nouns, part
from fakes.pingaccess.entities import ENTITIES, ROUTED, SETTINGS
from fakes.pingaccess.keys.certificates import CERTIFICATES
from fakes.pingaccess.objects.later import is_missing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from fakes.pingaccess.behaviour import Behaviour
    from fakes.pingaccess.objects.spec import Entity, Field

    Schemas = dict[str, Any]

INT32 = {"type": "integer", "format": "int32"}
TEXT = {"type": "string"}
_SIMPLE: Mapping[str, Any] = {
    "text": TEXT,
    "flag": {"type": "boolean"},
    "number": INT32,
    "int": {"type": "integer"},
    "int32": INT32,
    "long": {"type": "integer", "format": "int64"},
    "int64": {"type": "integer", "format": "int64"},
    "byte": {"type": "string", "format": "byte"},
    "date": {"type": "string", "format": "date-time"},
    "texts": {"type": "array", "items": TEXT},
    "numbers": {"type": "array", "items": INT32},
    "json": {"type": "object"},
    "object": {"type": "object"},
    "ids": {"type": "object", "additionalProperties": INT32},
}


class Operation(NamedTuple):
    """One operation: its place, its name, and the schemas of what it takes and gives."""

    method: str
    path: str
    key: str
    takes: str = ""
    gives: str = ""
    query: tuple[str, ...] = ()


def document(behaviour: Behaviour, routes: Mapping[str, Any]) -> dict[str, Any]:
    """The whole document of a release; operations without a route are left out."""
    paths: dict[str, dict[str, Any]] = {}
    known = [one for one in operations() if _has(routes, one)]
    for operation in (*known, *_of_settings(later.settings(behaviour))):
        if not is_missing(operation.path, behaviour.paths_missing):
            paths.setdefault(operation.path, {})[operation.method.lower()] = _shown(operation)
    return {
        "openapi": "3.0.1",
        "info": {"title": "PingAccess admin API of the fake", "version": behaviour.version},
        "servers": [{"url": "/pa-admin-api/v3"}],
        "paths": dict(sorted(paths.items())),
        "components": {"schemas": dict(sorted(later.grown(schemas(), behaviour, _put).items()))},
    }


def _has(routes: Mapping[str, Any], operation: Operation) -> bool:
    methods = routes.get(re.sub(r"\{[^}]*\}", "{}", operation.path), {})
    return methods.get(operation.method) is not None


@lru_cache(maxsize=1)
def operations() -> tuple[Operation, ...]:
    """Those of entities, and those of the table, which counts where both have one."""
    found = {
        (operation.method, re.sub(r"\{[^}]*\}", "{}", operation.path)): operation
        for operation in (*_of_entities(), *_of_table())
    }
    return tuple(found.values())


@lru_cache(maxsize=1)
def schemas() -> Schemas:
    """Those of entities and their parts, and those of the table."""
    found: Schemas = dict(_of_text())
    for entity in ENTITIES:
        _, many, name = nouns(entity.table, entity.label)
        if entity.table not in _TWO_SCHEMAS:
            identity = {} if entity.single else {"id": INT32 if entity.key == "number" else TEXT}
            _put(found, name, entity.fields, identity)
        if not entity.single and many not in found:
            found[many] = _wrapper(name)
    return found


def _of_entities() -> Iterator[Operation]:
    for entity in ROUTED:
        noun, many, name = nouns(entity.table, entity.label)
        one = f"{entity.path}/{{{_KEYS.get(entity.table, 'id')}}}"
        taken = _TAKEN_AS.get(entity.table, name)
        adding = "importTrustedCert" if entity is CERTIFICATES else f"add{noun}"
        gone = name if entity.table in _SHOWN_WHEN_GONE else ""
        each = {
            "LIST": Operation("GET", entity.path, f"get{many}", "", many, tuple(_query(entity))),
            "POST": Operation("POST", entity.path, adding, taken, name),
            "GET": Operation("GET", one, f"get{noun}", "", name),
            "PUT": Operation("PUT", one, f"update{noun}", taken, name),
            "DELETE": Operation("DELETE", one, f"delete{noun}", "", gone),
        }
        yield from (each[verb] for verb in sorted(entity.verbs))
    yield from _of_settings(SETTINGS)


def _of_settings(entities: Iterable[Entity]) -> Iterator[Operation]:
    for entity in entities:
        noun, _, name = nouns(entity.table, entity.label)
        changed = _CHANGED_AS.get(entity.table, noun)
        takes = _TAKEN_AS.get(entity.table, name)
        each = {
            "GET": Operation("GET", entity.path, f"get{noun}", "", name),
            "PUT": Operation("PUT", entity.path, f"update{changed}", takes, takes),
            "DELETE": Operation("DELETE", entity.path, f"delete{noun}"),
        }
        yield from (each[verb] for verb in sorted(entity.verbs))


_TAKEN_AS = {
    "trustedCerts": "X509FileImportDoc",
    "keyPairs": "PKCS12FileImportDoc",
    "adminAuthBasic": "BasicAuthConfig",
}
_TWO_SCHEMAS = frozenset({"trustedCerts", "keyPairs"})
"""Of these, what is sent and what is read are two schemas of the table."""
_KEYS = {"acmeServers": "acmeServerId"}
_CHANGED_AS = {"httpProtocolSource": "ProtocolSource"}
_SHOWN_WHEN_GONE = frozenset({"pingOneConnections", "acmeServers"})


def _query(entity: Entity) -> Iterator[str]:
    """The parameters of a list."""
    if entity.paged:
        yield from ("page", "numberPerPage", "filter")
    yield from (finder.parameter for finder in entity.finders)
    yield from (parameter for parameter, _ in entity.searches)
    if entity.find:
        yield entity.find
    yield from ("sortKey", "order")


def _of_table() -> Iterator[Operation]:
    for line in _lines("operations.txt"):
        method, path, key, takes, gives, *query = line.split()
        names = tuple(query[0].split(",")) if query else ()
        yield Operation(method, path, key, takes.strip("-"), gives.strip("-"), names)


def _of_text() -> Iterator[tuple[str, Any]]:
    for line in _lines("schemas.txt"):
        if " = " in line:
            name, _, values = line.partition(" = ")
            yield name, {"type": "string", "enum": values.split(" | ")}
            continue
        name, _, members = line.partition(":")
        properties: Schemas = {}
        required = []
        for member in filter(None, map(str.strip, members.split(","))):
            called, kind = member.split(" ", 1)
            properties[called.rstrip("*")] = _type(kind)
            if called.endswith("*"):
                required.append(called.rstrip("*"))
        yield name, _object(properties, required)


def _type(text: str) -> Any:
    if text.startswith("["):
        return {"type": "array", "items": _type(text[1:-1])}
    if text.startswith("{"):
        return {"type": "object", "additionalProperties": _type(text[1:-1])}
    return _SIMPLE.get(text) or _reference(text)


def _put(found: Schemas, name: str, fields: Iterable[Field], more: Schemas) -> None:
    """The schema of an entity or a part, and those of its own parts."""
    properties, required = dict(more), []
    for field in fields:
        properties[field.name] = _member(found, name, field)
        if field.required:
            required.append(field.name)
    found.setdefault(name, _object(properties, required))


def _member(found: Schemas, owner: str, field: Field) -> Any:
    if field.kind == "hidden":
        return _reference("HiddenField")
    if field.kind == "policy":
        items = {"type": "array", "items": _reference("PolicyItem")}
        return {"type": "object", "additionalProperties": items}
    name = part(owner, field.name)
    if field.kind in ("object", "objects"):
        _put(found, name, field.members, {})
        one = _reference(name)
        return one if field.kind == "object" else {"type": "array", "items": one}
    if field.kind == "text" and field.choices and f"{owner}.{field.name}" not in _PLAIN:
        found.setdefault(name, {"type": "string", "enum": sorted(field.choices)})
        return _reference(name)
    return dict(_SIMPLE[field.kind])


_PLAIN = frozenset({"PingFederateAdmin.auditLevel", "PingFederateRuntime.auditLevel"})
"""Members of some values that the vendor's document declares as any text."""


def _object(properties: Schemas, required: list[str]) -> Schemas:
    """An object; `required` is left out where it would be empty, as OpenAPI 3.0 wants it."""
    shown: Schemas = {"type": "object", "properties": properties}
    return shown | {"required": sorted(required)} if required else shown


def _wrapper(name: str) -> Schemas:
    items = {"type": "array", "items": _reference(name)}
    return _object({"items": items}, ["items"])


def _reference(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def _shown(operation: Operation) -> Schemas:
    good: Schemas = {"description": "Success"}
    if operation.gives:
        good["content"] = _json(operation.gives)
    bad = {"description": "Not possible", "content": _json("ApiError")}
    shown: Schemas = {
        "operationId": operation.key,
        "tags": [f"/{operation.path.split('/')[1]}"],
        "parameters": list(_parameters(operation)),
        "responses": {"200": good, "422": bad},
    }
    if operation.takes:
        shown["requestBody"] = {"required": True, "content": _json(operation.takes)}
    return shown


def _parameters(operation: Operation) -> Iterator[Schemas]:
    for name in re.findall(r"\{([^}]*)\}", operation.path):
        yield {"name": name, "in": "path", "required": True, "schema": TEXT}
    for name in operation.query:
        schema = _PARAMETERS.get(name, INT32 if name.endswith("Id") else TEXT)
        yield {"name": name, "in": "query", "required": name == "failFast", "schema": schema}


_PARAMETERS = {
    "page": INT32,
    "numberPerPage": INT32,
    "failFast": {"type": "boolean"},
    "sidebandClientId": TEXT,
    "clientId": TEXT,
    "keyPairId": TEXT,
}


def _json(name: str) -> Schemas:
    return {"application/json": {"schema": TEXT if name == "string" else _reference(name)}}


def _lines(name: str) -> list[str]:
    text = files(__package__).joinpath(name).read_text("utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]
