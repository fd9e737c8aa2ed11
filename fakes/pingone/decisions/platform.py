"""Decisions of the platform API: bearer tokens, error objects, collections, content types."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fakes.behaviour import decision
from fakes.pingone.compact import genuine

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, init=False, repr=False, eq=False)
class PlatformDecisions:
    """What holds for every resource of the platform API."""

    content_type: str = decision(
        "application/json",
        "Content-Type of answers.",
        grade="assumed",
        source="the SDK's OpenAPI says application/json; a capture of hal+json was never seen",
    )
    error_content_type: str = decision(
        "application/json",
        "Content-Type of errors.",
        grade="assumed",
        source="as that of other answers",
    )
    correlation_header: str = decision(
        "Correlation-Id",
        "Header that carries the id of the exchange; it is the id of an error object as well.",
        grade="assumed",
        source="named in public code; token errors carry such an id in their description",
    )
    bearer_checks: frozenset[str] = decision(
        frozenset({"signature", "expiry", "audience", "issuer"}),
        "What is checked of a bearer token.",
        grade="documented",
        source="access tokens are RS256 JWTs with exp, aud and iss (token claims page, 2026)",
    )
    bearer_genuine: Callable[[int, str, str], bool] = decision(  # noqa: RUF009 - a function cannot be changed
        genuine,
        "Whether a key signed a bearer token.",
        grade="documented",
        source="RFC 7515 section 5.2",
    )
    bearer_leeway_s: int = decision(
        0,
        "Seconds for which a token is good after its exp.",
        grade="documented",
        source="RFC 7519 section 4.1.4; a leeway is allowed, none is documented",
    )
    anonymous_reads: frozenset[str] = decision(
        frozenset(),
        "Collections that are read without a token.",
        grade="documented",
        source="SDK OpenAPI: every operation documents 401",
    )
    roles_checked_on: frozenset[str] = decision(
        frozenset({"GET", "POST", "PUT", "PATCH", "DELETE"}),
        "Methods for which a token needs a role in the environment.",
        grade="documented",
        source="worker applications have no scopes, their authority is role assignments",
    )
    environments_listed: str = decision(
        "assigned",
        "Which environments the list shows: those of the actor's roles, or all.",
        grade="documented",
        source="gateway role assignments page: a gateway acts with its roles",
    )
    environment_members: tuple[str, ...] = decision(
        (
            "id",
            "name",
            "description",
            "icon",
            "organization",
            "type",
            "region",
            "license",
            "status",
            "softDeletedAt",
            "hardDeletedAllowedAt",
            "createdAt",
            "updatedAt",
        ),
        "Members of an environment, those that it has.",
        grade="documented",
        source="SDK Environment: name, region, type and license are required",
    )
    environment_missing_status: int = decision(
        404,
        "Status of an environment, read by itself, that does not exist.",
        grade="observed",
        source="Terraform provider: GET of the environment answers 404",
    )
    missing_environment_status: int = decision(
        403,
        "Status for a resource of an environment that does not exist.",
        grade="assumed",
        source="Terraform provider: 400, 401 or 403 were seen; the guess is that roles come first",
    )
    missing_environment_refused_on: frozenset[str] = decision(
        frozenset({"GET", "POST", "PUT", "PATCH", "DELETE"}),
        "Methods that are refused below an environment that does not exist.",
        grade="observed",
        source="Terraform provider, CheckEnvironmentExistsOnPermissionsError",
    )
    unauthorized_status: int = decision(
        401,
        "Status for a bearer token that is missing or not good.",
        grade="documented",
        source="SDK management OpenAPI: every operation documents 401",
    )
    unauthorized_code: str = decision(
        "ACCESS_FAILED",
        "Top-level code of a 401.",
        grade="assumed",
        source="newer Go client's model; older write-ups show INVALID_TOKEN at the top",
    )
    unauthorized_detail: str = decision(
        "INVALID_TOKEN",
        "Detail code of a 401.",
        grade="documented",
        source="Go client, 401 error model: INSUFFICIENT_PERMISSIONS or INVALID_TOKEN",
    )
    unauthorized_challenge: str = decision(
        "Bearer",
        "WWW-Authenticate of a 401.",
        grade="assumed",
        source="RFC 9110 section 11.6.1 demands one; PingOne's own is not documented",
    )
    forbidden_status: int = decision(
        403,
        "Status for an environment in which the actor has no role.",
        grade="documented",
        source="Go client, 403 error model: ACCESS_FAILED",
    )
    forbidden_detail: str = decision(
        "INSUFFICIENT_PERMISSIONS",
        "Detail code of a 403.",
        grade="documented",
        source="Go client, 403 error model: INSUFFICIENT_PERMISSIONS or LICENSE_EXCEEDED",
    )
    not_found_status: int = decision(
        404,
        "Status for an object that does not exist.",
        grade="documented",
        source="SDK management and risk OpenAPI: NOT_FOUND",
    )
    json_types: frozenset[str] = decision(
        frozenset({"application/json"}),
        "Content types of a body that is JSON; empty means that it is not looked at.",
        grade="documented",
        source="SDK OpenAPI; vendor types name other actions on the same URL",
    )
    unsupported_status: int = decision(
        415,
        "Status for a body of another content type.",
        grade="documented",
        source="Go client: 415 INVALID_REQUEST",
    )
    malformed_status: int = decision(
        400,
        "Status of a body that cannot be read.",
        grade="documented",
        source="Go client, 400 error model: INVALID_REQUEST",
    )
    method_status: int = decision(
        405,
        "Status of a method that a resource does not have.",
        grade="documented",
        source="SDK OpenAPI: 405 on creates",
    )
    method_code: str = decision(
        "INVALID_REQUEST",
        "Top-level code of a 405.",
        grade="assumed",
        source="the SDK documents 405 with the error object, not its code",
    )
    error_members: tuple[str, ...] = decision(
        ("id", "code", "message", "details"),
        "Members of an error object; details only where there are some.",
        grade="documented",
        source="error codes page; SDK P1Error",
    )
    error_ids_own: bool = decision(
        True,
        "Every error has an id of its own.",
        grade="documented",
        source="error codes page: id, kept in the logs",
    )
    detail_members: tuple[str, ...] = decision(
        ("code", "target", "message", "innerError"),
        "Members of a detail; those without a value are left out.",
        grade="documented",
        source="error codes page; SDK P1Error details",
    )
    complaints_told: int | None = decision(
        None,
        "How many complaints one refusal tells; None for all.",
        grade="assumed",
        source="details is an array; that all are told at once is a guess",
    )
    invalid_data_status: int = decision(
        400,
        "Status of a body that breaks the rules, uniqueness included.",
        grade="documented",
        source="Terraform provider: uniqueness violations come as 400 INVALID_DATA, not 409",
    )
    transaction_headers_accepted: bool = decision(
        True,
        "X-Ping-External-Transaction-ID and -Session-ID are accepted on every request.",
        grade="documented",
        source="external transaction and session ids page",
    )
