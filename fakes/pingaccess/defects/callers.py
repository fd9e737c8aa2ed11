"""Defects that scripts, sessions, tokens and runs of many steps meet."""

from __future__ import annotations

from fakes.behaviour import Defect

CALLERS = (
    Defect(
        "PA-D-651",
        "only what is called JSON is read as JSON",
        "PA-SCRIPT-001",
        "content_types",
        frozenset({"application/json"}),
    ),
    Defect(
        "PA-D-652",
        "a port as text is no port",
        "PA-SCRIPT-001",
        "scalars_from_text",
        False,
    ),
    Defect(
        "PA-D-661",
        "there is no session information",
        "PA-ACCESS-001",
        "paths_missing",
        frozenset({"adminSessionInfo"}),
    ),
    Defect(
        "PA-D-662",
        "the cookie of a session is no login",
        "PA-ACCESS-002",
        "session_cookie_taken",
        False,
    ),
    Defect(
        "PA-D-663",
        "passwords cannot be turned off",
        "PA-ACCESS-006",
        "basic_switchable",
        False,
    ),
    Defect(
        "PA-D-664",
        "a bearer token needs no scope",
        "PA-ACCESS-007",
        "bearer_checks",
        frozenset({"signature", "expiry", "issuer", "audience"}),
    ),
    Defect(
        "PA-D-665",
        "a new session ends every other one",
        "PA-ACCESS-003",
        "sessions_most",
        1,
    ),
    Defect(
        "PA-D-666",
        "a padded bearer token is a login",
        "PA-ACCESS-007",
        "bearer_read_strictly",
        False,
    ),
    Defect(
        "PA-D-667",
        "the signature of a bearer token is not looked at",
        "PA-ACCESS-007",
        "bearer_checks",
        frozenset({"expiry", "issuer", "audience", "scope"}),
    ),
    Defect(
        "PA-D-668",
        "whoever logs in may do everything",
        "PA-ACCESS-008",
        "roles_checked",
        False,
    ),
    Defect(
        "PA-D-669",
        "administrators change the platform beside its own administrators",
        "PA-ACCESS-009",
        "platform_paths",
        frozenset(),
    ),
    Defect(
        "PA-D-677",
        "the refusal of a bearer token repeats it",
        "PA-TOK-051",
        "bearer_refusal_shows",
        True,
    ),
    Defect(
        "PA-D-678",
        "after twenty bearer tokens that were refused none is a login",
        "PA-TOK-052",
        "bearer_refusals_most",
        20,
    ),
    Defect(
        "PA-D-679",
        "the credential of an import is called valid, whatever PingOne says of it",
        "PA-TOK-053",
        "metadata_statuses",
        (("VALID", "VALID"), ("INVALID", "VALID"), ("UNKNOWN", "UNKNOWN")),
    ),
    Defect(
        "PA-D-671",
        "what an archive lacks stays after an import",
        "PA-MODEL-001",
        "archive_replaces",
        False,
    ),
    Defect(
        "PA-D-672",
        "a proxy that only an update made used can be deleted",
        "PA-MODEL-001",
        "usage_not_checked",
        frozenset({("proxies", "engines.httpsProxyId")}),
    ),
    Defect(
        "PA-D-673",
        "a site that an application has can be deleted",
        "PA-MODEL-001",
        "usage_not_checked",
        frozenset({("sites", "applications.siteId")}),
    ),
)
