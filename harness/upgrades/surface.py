"""What an admin API says of itself, whatever the dialect: Swagger 1.2, OpenAPI 2 or OpenAPI 3.

Named enumerations are dissolved into the members that use them, names of path parameters are left
out, so that one API in two dialects reads the same.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from harness.errors import BadSettings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    Json = Mapping[str, Any]

METHODS = ("get", "put", "post", "delete", "patch", "head", "options")
DEEPEST = 8
MOST = 20_000
"""Operations or models of one description; that of PingAccess has some hundred."""

_PLAIN = {
    "int": "integer",
    "long": "integer",
    "float": "number",
    "double": "number",
    "map": "object",
    "void": "",
}


@dataclass(frozen=True, slots=True)
class Member:
    """A member of an object or a parameter: its type, whether it must be there, and its values."""

    type: str
    required: bool = False
    enum: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation: parameters by place and name, the types of what it takes and gives."""

    parameters: Mapping[str, Member]
    takes: str = ""
    gives: str = ""


@dataclass(slots=True)
class Surface:
    """A whole API: operations by method and path, members by model."""

    dialect: str
    version: str
    operations: dict[str, Operation] = field(default_factory=dict)
    models: dict[str, dict[str, Member]] = field(default_factory=dict)


def surface(documents: Sequence[Any], name: str) -> Surface:
    """The API of one document, or of declarations of Swagger 1.2; BadSettings says why not."""
    first = documents[0] if documents else None
    try:
        if isinstance(first, dict) and str(first.get("swaggerVersion")).startswith("1."):
            found = _declared(documents)
        elif isinstance(first, dict) and first.get("swagger") == "2.0":
            found = _openapi(first, first.get("definitions"), "OpenAPI 2")
        elif isinstance(first, dict) and str(first.get("openapi")).startswith("3."):
            parts = first.get("components")
            schemas = parts.get("schemas") if isinstance(parts, dict) else None
            found = _openapi(first, schemas, "OpenAPI 3")
        else:
            raise BadSettings(f"{name}: neither Swagger 1.2 nor OpenAPI 2 or 3")
    except (AttributeError, TypeError, KeyError, ValueError, RecursionError) as error:
        raise BadSettings(f"{name}: badly built description ({type(error).__name__})") from None
    if not found.operations:
        raise BadSettings(f"{name}: {found.dialect} without a single operation")
    if max(len(found.operations), len(found.models)) > MOST:
        raise BadSettings(f"{name}: more than {MOST:,} operations or models")
    return found


class _Types:
    """The types of one description, with its named enumerations."""

    def __init__(self, schemas: Json) -> None:
        self._enums = {
            name: tuple(sorted(map(str, schema["enum"])))
            for name, schema in schemas.items()
            if isinstance(schema, dict) and isinstance(schema.get("enum"), list)
        }
        self.models = {
            name: schema
            for name, schema in schemas.items()
            if isinstance(schema, dict) and name not in self._enums
        }

    def member(self, schema: Any, *, required: bool = False) -> Member:
        """A schema as a member."""
        kind, enum = self._of(schema, 0)
        return Member(kind, required, enum)

    def of(self, schema: Any) -> str:
        """The type alone."""
        return self._of(schema, 0)[0]

    def _of(self, schema: Any, depth: int) -> tuple[str, tuple[str, ...]]:
        if not isinstance(schema, dict) or depth > DEEPEST:
            return "any", ()
        for one in schema.get("allOf") or ():
            if isinstance(one, dict) and "$ref" in one:
                return self._of(one, depth + 1)
        name = str(schema["$ref"]).rpartition("/")[2] if "$ref" in schema else schema.get("type")
        if name in self._enums:
            return "string", self._enums[str(name)]
        if name == "array":
            kind, enum = self._of(schema.get("items"), depth + 1)
            return f"[{kind}]", enum
        if isinstance(schema.get("additionalProperties"), dict):
            kind, enum = self._of(schema["additionalProperties"], depth + 1)
            return f"{{{kind}}}", enum
        values = schema.get("enum")
        enum = tuple(sorted(map(str, values))) if isinstance(values, list) else ()
        name = str(name) if name else "object"
        return _PLAIN.get(name, name), enum

    def members(self, schema: Json) -> dict[str, Member]:
        """The members of a model, those of what it extends too."""
        found: dict[str, Member] = {}
        for one in schema.get("allOf") or ():
            if isinstance(one, dict) and "properties" in one:
                found |= self.members({**one, "allOf": ()})
        required = schema.get("required")
        needed = set(map(str, required)) if isinstance(required, list) else set()
        for name, one in (schema.get("properties") or {}).items():
            is_needed = name in needed or (isinstance(one, dict) and one.get("required") is True)
            found[name] = self.member(one, required=is_needed)
        return found


def _openapi(document: Json, schemas: Any, dialect: str) -> Surface:
    types = _Types(schemas if isinstance(schemas, dict) else {})
    found = Surface(dialect, str((document.get("info") or {}).get("version") or ""))
    found.models = {name: types.members(schema) for name, schema in types.models.items()}
    for path, item in document["paths"].items():
        shared = item.get("parameters") or []
        for method in METHODS:
            if method in item:
                own = [*shared, *(item[method].get("parameters") or [])]
                found.operations[_place(method, path)] = _operation(
                    document, own, item[method], types
                )
    return found


def _operation(document: Json, given: Sequence[Any], shown: Json, types: _Types) -> Operation:
    parameters, takes = {}, ""
    for one in given:
        parameter = _pointed(document, one)
        if parameter.get("in") == "body":
            takes = types.of(parameter.get("schema"))
        elif parameter.get("in") != "path":
            needed = parameter.get("required") is True
            schema = parameter.get("schema", parameter)
            parameters[f"{parameter['in']} {parameter['name']}"] = types.member(
                schema, required=needed
            )
    body = _pointed(document, shown.get("requestBody") or {})
    answers = shown.get("responses") or {}
    good: Any = next(
        (answers[key] for key in sorted(answers, key=str) if str(key).startswith("2")), {}
    )
    answer = _pointed(document, good)
    gives = types.of(answer["schema"]) if "schema" in answer else _content(answer, types)
    return Operation(parameters, takes or _content(body, types), gives)


def _pointed(document: Json, value: Any) -> Json:
    """What a local reference stands for; anything else as it is."""
    if not isinstance(value, dict) or not str(value.get("$ref")).startswith("#/"):
        return value if isinstance(value, dict) else {}
    found: Any = document
    for step in str(value["$ref"])[2:].split("/"):
        found = found[step]
    return found if isinstance(found, dict) else {}


def _content(message: Json, types: _Types) -> str:
    kinds = message.get("content") or {}
    return next((types.of(one["schema"]) for one in kinds.values() if "schema" in one), "")


def _declared(documents: Sequence[Json]) -> Surface:
    """The API of the declarations of a Swagger 1.2."""
    schemas: dict[str, Any] = {}
    for one in documents:
        schemas |= one.get("models") or {}
    types = _Types(schemas)
    version = next((str(one["apiVersion"]) for one in documents if one.get("apiVersion")), "")
    found = Surface("Swagger 1.2", version)
    found.models = {name: types.members(schema) for name, schema in types.models.items()}
    for path, shown in _apis(documents):
        parameters, takes = {}, ""
        for one in shown.get("parameters") or ():
            if one.get("paramType") == "body":
                takes = types.of(one)
            elif one.get("paramType") != "path":
                needed = one.get("required") is True
                place = f"{one['paramType']} {one['name']}"
                parameters[place] = types.member(one, required=needed)
        gives = types.of(shown) if shown.get("type") or shown.get("$ref") else ""
        found.operations[_place(shown["method"], path)] = Operation(parameters, takes, gives)
    return found


def _apis(documents: Sequence[Json]) -> Iterator[tuple[str, Json]]:
    for document in documents:
        for api in document.get("apis") or ():
            for shown in (api.get("operations") or ()) if isinstance(api, dict) else ():
                yield str(api["path"]), shown


def _place(method: str, path: str) -> str:
    return f"{method.upper()} {re.sub(r'[{][^}]*[}]', '{}', path)}"
