"""What every new environment has beside its licence: a population, and PingOne's own resources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fakes.seed import Stream

OPENID_SCOPES = ("openid", "profile", "email", "address", "phone")
"""Scopes of the resource openid (discovery document example)."""

_RESOURCES = (
    ("openid", "OPENID_CONNECT", OPENID_SCOPES),
    ("PingOne API", "PINGONE_API", ("p1:read:user", "p1:update:user")),
)


def directory(stream: Stream, environment_ids: Iterable[str], created: str) -> dict[str, Any]:
    """Rows of each environment, by table."""
    tables: dict[str, Any] = {"populations": {}, "resources": {}, "scopes": {}}
    for environment_id in environment_ids:
        for table, row in _rows(stream, environment_id, created):
            tables[table][row["id"]] = row
    return tables


def _rows(
    stream: Stream, environment_id: str, created: str
) -> Iterable[tuple[str, dict[str, Any]]]:
    dated = {
        "environment": {"id": environment_id},
        "createdAt": created,
        "updatedAt": created,
    }
    yield "populations", {"id": stream.uuid(), "name": "Default", "default": True, **dated}
    for name, kind, scopes in _RESOURCES:
        resource = {"id": stream.uuid(), "name": name, "type": kind, **dated}
        yield "resources", resource
        for scope in scopes:
            of = {"resource": {"id": resource["id"]}, **dated}
            yield "scopes", {"id": stream.uuid(), "name": scope, **of}
