"""What a new organization has beside its environments: licences, roles, and who has which."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakes.clock import EPOCH_S, iso
from fakes.pingone.platform import assignments, bills

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from fakes.seed import Stream

ROLES = (
    "Organization Admin",
    "Environment Admin",
    "Identity Data Admin",
    "Identity Data Read Only",
    "Configuration Read Only",
    "Client Application Developer",
    "Application Owner",
    "Help Desk Admin",
    "Custom Roles Admin",
    "DaVinci Admin",
    "DaVinci Admin Read Only",
)
"""Names of the built-in roles (SDK EnumRoleName; those of PingFederate are left out)."""

PRODUCTS = (bills.PRODUCTS[:3], bills.PRODUCTS[:1])
"""Products of the seeded environments: the first has Protect, the second has not."""

_YEAR_S = 365 * 86_400
_SCOPES = ("ORGANIZATION", "ENVIRONMENT", "POPULATION", "APPLICATION")


def roles(stream: Stream) -> dict[Any, Any]:
    """The built-in roles by name (SDK Role: id, name, applicableTo)."""
    return {
        name: {"id": stream.uuid(), "name": name, "applicableTo": list(_SCOPES)} for name in ROLES
    }


def organization(row: Mapping[str, Any], created: str) -> dict[str, Any]:
    """The organization as it is read."""
    return {**row, "type": "INTERNAL", "createdAt": created, "updatedAt": created}


def licenses(environments: Iterable[Mapping[str, Any]]) -> dict[Any, Any]:
    """The licence of each environment (SDK License, as far as facts name its members)."""
    return {
        one["license"]["id"]: {
            "id": one["license"]["id"],
            "organization": one["organization"],
            "name": f"License of {one['name']}",
            "package": "INTERNAL",
            "status": "ACTIVE",
            "beginsAt": iso(EPOCH_S - _YEAR_S),
            "expiresAt": iso(EPOCH_S + 10 * _YEAR_S),
            "intelligence": {
                "allowRisk": "PING_ONE_RISK" in products,
                "allowAdvancedPredictors": True,
                "allowGeoVelocity": True,
                "allowAnonymousNetworkDetection": True,
                "allowReputation": True,
                "allowDataConsent": True,
            },
        }
        for one, products in zip(environments, PRODUCTS, strict=True)
    }


def holdings(
    stream: Stream,
    held: Iterable[tuple[Mapping[str, Any], Iterable[Mapping[str, str]], tuple[str, str]]],
) -> dict[Any, Any]:
    """Assignments by id: of roles, to applications, in a scope of an id and a type."""
    rows = (
        assignments.row_of(
            stream.uuid(),
            ("applications", worker["id"]),
            worker["environment"]["id"],
            role,
            *scope,
        )
        for worker, few, scope in held
        for role in few
    )
    return {row["id"]: row for row in rows}
