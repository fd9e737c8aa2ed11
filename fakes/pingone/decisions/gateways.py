"""Decisions of gateways."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fakes.behaviour import decision
from fakes.pingone.decisions.measures import is_name_character

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, init=False, repr=False, eq=False)
class GatewayDecisions:
    """What a gateway is, and which are refused."""

    gateway_types: tuple[str, ...] = decision(
        (
            "LDAP",
            "PING_FEDERATE",
            "PING_INTELLIGENCE",
            "API_GATEWAY_INTEGRATION",
            "RADIUS",
            "AUTHORIZE",
        ),
        "Types of gateway.",
        grade="documented",
        source="SDK enum, and AUTHORIZE of the gateways page (2026)",
    )
    gateway_type_any_case: bool = decision(
        False,
        "A gateway's type is known in small letters too.",
        grade="documented",
        source="SDK enum of gateway types",
    )
    gateway_type_members: tuple[tuple[str, tuple[str, ...]], ...] = decision(
        (
            ("LDAP", ("bindDN", "bindPassword", "serversHostAndPort", "vendor")),
            ("RADIUS", ("davinci", "radiusClients")),
        ),
        "Members that a type needs beside name, type and enabled.",
        grade="documented",
        source="SDK management OpenAPI: GatewayTypeLDAP, GatewayTypeRADIUS",
    )
    gateway_secrets: frozenset[str] = decision(
        frozenset({"bindPassword", "radiusDefaultSharedSecret"}),
        "Members of a gateway that are never shown again.",
        grade="assumed",
        source="passwords are write-only wherever PingOne documents one",
    )
    gateway_required: tuple[str, ...] = decision(
        ("name", "type", "enabled"),
        "Members that a gateway needs.",
        grade="documented",
        source="SDK Gateway: required",
    )
    gateway_required_on: frozenset[str] = decision(
        frozenset({"create", "update"}),
        "When a gateway's members are required.",
        grade="documented",
        source="SDK Gateway: required",
    )
    gateway_name_limit: int = decision(
        256,
        "Length of a gateway's name.",
        grade="assumed",
        source="the limit that policy sets have; none is documented here",
    )
    gateway_name_character: Callable[[str], bool] = decision(  # noqa: RUF009 - a function cannot be changed
        is_name_character,
        "Whether a character may stand in a name.",
        grade="documented",
        source="gateways page, name; SDK RiskPolicySet, name",
    )
    gateway_name_unique_on: frozenset[str] = decision(
        frozenset({"create", "update"}),
        "When a gateway's name must be free in its environment.",
        grade="documented",
        source="gateways page: name is unique in the environment",
    )
    taken_name_code: str = decision(
        "UNIQUENESS_VIOLATION",
        "Detail code of a gateway's name that is taken.",
        grade="assumed",
        source="the platform's pattern for unique values",
    )
    gateway_type_immutable: bool = decision(
        True,
        "A gateway's type cannot be changed.",
        grade="documented",
        source="gateways page: type is immutable",
    )
    texts_as_flags: bool = decision(
        False,
        "The texts true and false are as good as the values.",
        grade="documented",
        source="SDK Gateway: enabled is a boolean",
    )
    enabled_kept_on: frozenset[str] = decision(
        frozenset({"create", "update"}),
        "When enabled is stored as it was sent, and not as true.",
        grade="documented",
        source="SDK Gateway: enabled",
    )
    client_chosen: frozenset[str] = decision(
        frozenset(),
        "Read-only members of a gateway that the client may choose all the same.",
        grade="documented",
        source="SDK Gateway: id is read-only",
    )
    inherited_roles: tuple[str, ...] = decision(
        ("Environment Admin", "Identity Data Admin"),
        "Roles that a new PING_FEDERATE gateway has from its creator.",
        grade="documented",
        source="gateway role assignments page",
    )
    inherited_everywhere: bool = decision(
        False,
        "A gateway has its roles in every environment of the organization.",
        grade="documented",
        source="gateway role assignments page: for that environment",
    )
    disabling_revokes: bool = decision(
        False,
        "Disabling a gateway ends its credentials for good.",
        grade="documented",
        source="view connection details: a connection can be disabled and enabled",
    )
    credentials_embedded: bool = decision(
        True,
        "A gateway shows its credentials, where it has some.",
        grade="documented",
        source="SDK Gateway: credentials, at most five",
    )
    empty_credentials_shown: bool = decision(
        False,
        "A gateway without credentials shows an empty array.",
        grade="documented",
        source="SDK Gateway: credentials, absent when there are none",
    )
