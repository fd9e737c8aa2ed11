"""How a field of the fake differs from the vendor's schema of it, member by member."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fakes.pingaccess.objects.spec import Entity, Field

KINDS = {
    "text": {"string"},
    "flag": {"boolean"},
    "date": {"string"},
    "number": {"integer"},
    "long": {"integer"},
    "texts": {"array of string"},
    "numbers": {"array of integer"},
    "hidden": {"HiddenField"},
    "json": {"object", "map"},
    "ids": {"object"},
}
"""What the schema says of each kind of field; objects and lists of them are looked into."""


def sortable(schema: Any) -> set[str]:
    """The members that the vendor marks so."""
    return {
        name
        for name, member in schema["properties"].items()
        if member.get("description", "").startswith("(sortable)")
    }


def differences(entity: Entity, name: str, schemas: Any) -> Iterator[str]:
    """Every way in which the entity is not what the schema `name` says."""
    yield from _members(entity.fields, schemas[name], schemas, name, frozenset({"id"}))
    if not entity.single and entity.sortable() != sortable(schemas[name]):
        yield f"{name}: sortable {sorted(entity.sortable() ^ sortable(schemas[name]))}"


def _members(
    fields: tuple[Field, ...],
    schema: Any,
    schemas: Any,
    path: str,
    more: frozenset[str] = frozenset(),
) -> Iterator[str]:
    properties = schema.get("properties", {})
    ours = {field.name for field in fields}
    yield from (f"{path}.{name}: missing" for name in sorted(properties.keys() - ours - more))
    yield from (f"{path}.{name}: not the vendor's" for name in sorted(ours - properties.keys()))
    required = set(schema.get("required", ()))
    for field in fields:
        if field.name in properties:
            if field.required and field.name not in required:
                yield f"{path}.{field.name}: required here, optional there"
            if not field.required and field.name in required:
                yield f"{path}.{field.name}: optional here, required there"
            yield from _member(field, properties[field.name], schemas, f"{path}.{field.name}")


def _member(field: Field, member: Any, schemas: Any, path: str) -> Iterator[str]:
    kind, schema = _kind(member, schemas)
    if field.kind in ("object", "objects"):
        wanted = schema is not None and ("array" in kind) == (field.kind == "objects")
        if wanted:
            yield from _members(field.members, schema, schemas, path)
        else:
            yield f"{path}: {field.kind} here, {kind} there"
    elif field.kind == "policy":
        if schema is None and "array of PolicyItem" not in kind and kind != "object":
            yield f"{path}: policy here, {kind} there"
    elif schema is not None and "enum" in schema:
        if field.choices != frozenset(schema["enum"]):
            yield f"{path}: values {sorted(field.choices ^ frozenset(schema['enum']))}"
    elif kind not in KINDS[field.kind]:
        yield f"{path}: {field.kind} here, {kind} there"
    elif field.choices:
        yield f"{path}: values here, any text there"


def _kind(member: Any, schemas: Any) -> tuple[str, Any]:
    """What the vendor says of a member: a word for its type, and its schema where it has one."""
    if "$ref" in member:
        name = member["$ref"].rpartition("/")[2]
        return name, None if name == "HiddenField" else schemas[name]
    if member.get("type") == "array":
        kind, schema = _kind(member["items"], schemas)
        return f"array of {kind}", schema
    return str(member.get("type")), None
