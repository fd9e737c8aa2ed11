"""Decisions of gateway credentials."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fakes.behaviour import decision

if TYPE_CHECKING:
    from collections.abc import Callable


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


@dataclass(frozen=True, init=False, repr=False, eq=False)
class CredentialDecisions:
    """What a credential is, who sees it, and when it ends."""

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
    credential_limit_status: int = decision(
        400,
        "Status of one credential too many.",
        grade="assumed",
        source="the class of INVALID_DATA",
    )
    revoked_counted: bool = decision(
        False,
        "A revoked credential still counts towards the limit.",
        grade="documented",
        source="gateways page: credentials, at most five",
    )
    credential_member: str = decision(
        "credential",
        "Member that holds the JWT of a new credential.",
        grade="observed",
        source="SDK, Terraform acceptance test and an example; the page's table says token",
    )
    credential_members: tuple[str, ...] = decision(
        ("id", "createdAt", "lastUsedAt"),
        "Members of a credential beside its JWT; those without a value are left out.",
        grade="documented",
        source="SDK GatewayCredential",
    )
    credential_shown_on: frozenset[str] = decision(
        frozenset({"create"}),
        "Which answers hold the JWT: create, read, list.",
        grade="documented",
        source="gateway management page: PingOne does not keep it",
    )
    credential_header_on: frozenset[str] = decision(
        frozenset(),
        "Which answers repeat the JWT in a header: create, read, list, gateway.",
        grade="documented",
        source="gateway credentials page: the body of the creation alone holds the credential",
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
    credential_algorithm: str = decision(
        "RS256",
        "Algorithm that signs a credential.",
        grade="observed",
        source="decoded example of create gateway credentials",
    )
    credential_time: Callable[[float], int] = decision(  # noqa: RUF009 - a function cannot be changed
        int,
        "How iat tells the time of issue.",
        grade="documented",
        source="gateway credentials page: iat, seconds",
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
