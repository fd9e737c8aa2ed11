"""Decisions of gateways and their credentials."""

from __future__ import annotations

from dataclasses import dataclass

from fakes.behaviour import decision

CREDENTIAL_CLAIMS = (
    "aud",
    "authUrl",
    "consoleUrl",
    "environmentId",
    "environmentName",
    "gatewayId",
    "gatewayName",
    "gatewayType",
    "iat",
    "iss",
    "jti",
    "organizationId",
    "organizationName",
    "region",
    "targetClusterEnvironment",
    "targetGeography",
)
"""Claims of a credential in the documented order; "region" stands for `region_claim`."""


@dataclass(frozen=True)
class GatewayDecisions:
    """What a gateway and a credential are, and which are refused."""

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
    gateway_name_limit: int = decision(
        256,
        "Length of a gateway's name.",
        grade="assumed",
        source="the limit that policy sets have; none is documented here",
    )
    description_limit: int = decision(
        1024,
        "Length of a description.",
        grade="documented",
        source="SDK risk OpenAPI; assumed for gateways",
    )
    gateway_name_unique_on: frozenset[str] = decision(
        frozenset({"create", "update"}),
        "When a gateway's name must be free in its environment.",
        grade="documented",
        source="gateways page: name is unique in the environment",
    )
    gateway_name_characters: bool = decision(
        True,
        "A name holds only letters and marks of any script, digits, / . ' _ space and -.",
        grade="documented",
        source="gateways page, name",
    )
    gateway_type_immutable: bool = decision(
        True,
        "A gateway's type cannot be changed.",
        grade="documented",
        source="gateways page: type is immutable",
    )
    update_replaces: bool = decision(
        True,
        "A PUT of a gateway replaces it: what is left out is gone.",
        grade="documented",
        source="SDK management OpenAPI: PUT with the whole gateway",
    )
    delete_forgets: frozenset[str] = decision(
        frozenset({"gateways", "credentials", "riskPredictors", "riskPolicySets"}),
        "Of which objects a DELETE that is answered 204 really takes one away.",
        grade="documented",
        source="SDK OpenAPI: 204, and 404 afterwards",
    )
    inherited_roles: tuple[str, ...] = decision(
        ("Environment Admin", "Identity Data Admin"),
        "Roles that a new PING_FEDERATE gateway has from its creator.",
        grade="documented",
        source="gateway role assignments page",
    )
    credentials_embedded: bool = decision(
        True,
        "A gateway shows its credentials, where it has some.",
        grade="documented",
        source="SDK Gateway: credentials, at most five",
    )
    credential_limit: int = decision(
        5,
        "Credentials of one gateway.",
        grade="documented",
        source="gateway credentials page",
    )
    credential_limit_code: str = decision(
        "CONSTRAINT_VIOLATION",
        "Detail code for one credential too many.",
        grade="assumed",
        source="not documented; SIZE_LIMIT_EXCEEDED would be as natural",
    )
    credential_member: str = decision(
        "credential",
        "Member that holds the JWT of a new credential.",
        grade="observed",
        source="SDK, Terraform acceptance test and an example; the page's table says token",
    )
    credential_shown_on: frozenset[str] = decision(
        frozenset({"create"}),
        "Which answers hold the JWT.",
        grade="documented",
        source="gateway management page: PingOne does not keep it",
    )
    credential_header_on: frozenset[str] = decision(
        frozenset(),
        "Which answers repeat the JWT in a header.",
        grade="documented",
        source="gateway credentials page: the body of the creation alone holds the credential",
    )
    credential_claims: tuple[str, ...] = decision(
        CREDENTIAL_CLAIMS,
        "Claims of a credential.",
        grade="documented",
        source="gateway credentials page (2026-08): no exp, no sub",
    )
    credential_id_is_jti: bool = decision(
        True,
        "The id of a credential is its jti.",
        grade="observed",
        source="decoded example of create gateway credentials",
    )
    credential_kid: str | None = decision(
        None,
        "kid in the header of a credential.",
        grade="observed",
        source="decoded example of 2020: alg alone; whether today's has one is unknown",
    )
    region_claim: str = decision(
        "region",
        "Claim that holds the name of the target region.",
        grade="assumed",
        source="its description is documented, its name was never seen",
    )
    target_cluster: str = decision(
        "PROD",
        "targetClusterEnvironment of a credential.",
        grade="observed",
        source="decoded example of create gateway credentials",
    )
    gateway_required: tuple[str, ...] = decision(
        ("name", "type", "enabled"),
        "Members that a gateway needs.",
        grade="documented",
        source="SDK Gateway: required",
    )
    gateway_created_status: int = decision(
        201,
        "Status of a new gateway.",
        grade="documented",
        source="SDK management OpenAPI: 201",
    )
    gateways_listed_without: frozenset[str] = decision(
        frozenset(),
        "Members of a gateway that the list leaves out.",
        grade="documented",
        source="SDK management OpenAPI: the list holds gateways",
    )
    taken_name_code: str = decision(
        "UNIQUENESS_VIOLATION",
        "Detail code of a gateway's name that is taken.",
        grade="assumed",
        source="the platform's pattern for unique values",
    )
    client_chosen: frozenset[str] = decision(
        frozenset(),
        "Read-only members of a gateway that the client may choose all the same.",
        grade="documented",
        source="SDK Gateway: id is read-only",
    )
    credential_members: tuple[str, ...] = decision(
        ("id", "createdAt", "lastUsedAt"),
        "Members of a credential beside its JWT; those without a value are left out.",
        grade="documented",
        source="SDK GatewayCredential",
    )
    credential_limit_status: int = decision(
        400,
        "Status of one credential too many.",
        grade="assumed",
        source="the class of INVALID_DATA",
    )
    credential_scope_checked: bool = decision(
        True,
        "A credential is found below its own gateway only.",
        grade="documented",
        source="paths of the gateway credentials pages",
    )
    revoking_ends: str = decision(
        "one",
        "What a revocation ends: one credential, or all of its gateway.",
        grade="documented",
        source="connections page: rotate by a new one, then revoke the old one",
    )
