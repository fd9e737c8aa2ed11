"""The decisions of the admin API as a whole: login, headers, bodies and refusals.

Names of sources are those of the facts: SPEC is the vendor's API description 7.3; PCB the vendor's
cloud template (its 6.0 captures included); DB the vendor's container hooks; IWS and IWT a Go client
and a Terraform provider that were tested against real servers.
"""

from __future__ import annotations

from typing import Literal

from fakes.behaviour import chapter, decision
from fakes.pingaccess.decisions.access import AccessBehaviour

XsrfValue = Literal["any", "folded", "exact"]

_SILENT = "no document says; "

CAPTURED_HEADERS = (
    ("Cache-Control", "no-cache,no-store,max-age=0"),
    ("Pragma", "no-cache"),
    ("Expires", "0"),
    ("X-Frame-Options", "DENY"),
    ("X-XSS-Protection", "1; mode=block"),
    ("X-Content-Type-Options", "nosniff"),
    (
        "Content-Security-Policy",
        (
            "default-src 'self'; style-src 'self' 'unsafe-inline'; "
            "script-src 'self' 'unsafe-inline'; font-src 'self' data:;"
        ),
    ),
)


@chapter
class DoorBehaviour(AccessBehaviour):
    """How a request gets in, and what every answer has in common."""

    version: str = decision(
        "7.3.0.2",
        "What /version answers and what an export is marked with.",
        grade="documented",
        source="SPEC info.version; releases put their own here",
    )
    trailing_slash_ignored: bool = decision(
        True,
        "Whether a slash at the end of a path changes nothing.",
        grade="observed",
        source="IWS accessTokenValidators_test.go and acme_test.go read one without an id, with "
        "200; that other methods do alike is assumed",
    )
    login_not_asked: frozenset[str] = decision(
        frozenset(),
        "The methods for which no login is needed.",
        grade="documented",
        source="D82 pa_accessing_the_pa_admin_api (authentication for the admin API)",
    )
    login_status: int = decision(
        401, "A missing or wrong login.", grade="observed", source="IWS request.go maps 401"
    )
    login_challenge: str = decision(
        'Basic realm="PingAccess"',
        "The WWW-Authenticate header of a refused login.",
        grade="assumed",
        source="RFC 9110 section 11.6.1 requires one; the realm is a guess",
    )
    login_folds_names: bool = decision(
        True,
        "Whether upper and lower case of the user name are one.",
        grade="observed",
        source="PCB and DB scripts use Administrator and administrator; that this is why is "
        "inferred",
    )
    login_folds_passwords: bool = decision(
        False,
        "Whether upper and lower case of the password are one.",
        grade="documented",
        source="PCB run.properties: the rule asks for both",
    )
    login_checks_passwords: bool = decision(
        True,
        "Whether the password must be the user's.",
        grade="documented",
        source="D82 pa_accessing_the_pa_admin_api (HTTP Basic)",
    )
    login_status_nobody: int = decision(
        401,
        "A login with the name of nobody.",
        grade="observed",
        source="IWS request.go maps 401; that no name is told apart is assumed",
    )
    login_status_malformed: int = decision(
        401,
        "A login that is no Basic credentials.",
        grade="assumed",
        source="OAuth only where /auth/oauth is configured (SPEC); the status as for wrong ones",
    )
    lockout_failures: int = decision(
        3,
        "How many failures in a row lock a user out.",
        grade="observed",
        source="PCB run.properties account.locking.max.consecutive.failures",
    )
    lockout_s: float = decision(
        60.0,
        "How long a user stays locked out.",
        grade="observed",
        source="PCB run.properties, lockout period 1; that it counts minutes is inferred",
    )
    lockout_reset_by_success: bool = decision(
        True,
        "Whether a good login begins the count anew.",
        grade="observed",
        source="PCB run.properties: consecutive failures",
    )
    lockout_for_good_password: bool = decision(
        True,
        "Whether a locked user is refused even with the right password.",
        grade="assumed",
        source=_SILENT + "else it would be no lockout",
    )
    xsrf_not_asked: frozenset[str] = decision(
        frozenset(),
        "The methods for which X-XSRF-Header is not needed.",
        grade="documented",
        source="latest pa_admin_api_endpoints (required on all requests)",
    )
    xsrf_value: XsrfValue = decision(
        "folded",
        "How the value of X-XSRF-Header is held against PingAccess.",
        grade="observed",
        source="IWS request.go sends it in lower case; that other values are refused is assumed",
    )
    xsrf_status: int = decision(
        403,
        "A missing X-XSRF-Header.",
        grade="observed",
        source="ivanstambuk/message-xform, operations guide for 9.0.1, section 4",
    )
    body_limit_bytes: int = decision(
        15 * 1024 * 1024,
        "The largest body.",
        grade="observed",
        source="PCB run.properties admin.max.request.bodylength",
    )
    body_limit_status: int = decision(
        413, "A body that is too large.", grade="assumed", source=_SILENT + "RFC 9110 15.5.14"
    )
    content_types: frozenset[str] | None = decision(
        None,
        "The media types whose bodies are read as JSON; None for any, a leniency.",
        grade="observed",
        source="DB 83-change-password.sh and others: curl --data without a type, and 200",
    )
    body_depth: int = decision(
        100,
        "How deep a body may be nested.",
        grade="assumed",
        source=_SILENT + "some limit there is; Jackson's is 1000 since 2.15",
    )
    body_escapes: bool = decision(
        True,
        "Whether escapes such as \\u0041 in a body are undone; else the body is refused.",
        grade="documented",
        source="RFC 8259 section 7",
    )
    scalars_from_text: bool = decision(
        True,
        "Whether numbers and booleans may come as text, a leniency.",
        grade="observed",
        source="DB 81-after-start-process.sh and PCB templates: keyPairId, port, booleans as text",
    )
    scalars_kept_as_text: bool = decision(
        False,
        "Whether numbers that come as text are stored as text.",
        grade="documented",
        source="SPEC types of what is read",
    )
    text_from_scalars: bool = decision(
        False,
        "Whether text may come as a number or boolean.",
        grade="assumed",
        source=_SILENT + "strict until seen",
    )
    unknown_members: Literal["refuse", "ignore"] = decision(
        "refuse",
        "What a member that the schema lacks means.",
        grade="assumed",
        source=_SILENT + "strict, so that a misspelt member is noticed; the product may be lenient",
    )
    malformed_status: int = decision(
        422, "A body that is not JSON.", grade="assumed", source="SPEC declares 200 and 422 only"
    )
    refused_status: int = decision(
        422, "A validation failure.", grade="documented", source="SPEC, every operation"
    )
    missing_status: int = decision(
        404, "An unknown id or path.", grade="assumed", source=_SILENT + "the usual status"
    )
    method_status: int = decision(
        405, "A method that the path lacks.", grade="assumed", source="RFC 9110 section 15.5.6"
    )
    created_status: int = decision(
        200, "A creation.", grade="documented", source="SPEC: never 201; observed in IWS and DB"
    )
    deleted_status: int = decision(
        200, "A deletion.", grade="documented", source="SPEC; observed in DB 51-add-engine.sh"
    )
    failure_flash: str = decision(
        "Save Failed",
        "The flash of a refusal whose detail stands in the form.",
        grade="observed",
        source="IWS pingaccess_test.go, IWT resource_pingaccess_oauth_server_test.go",
    )
    failure_members: tuple[str, ...] = decision(
        ("flash", "form"),
        "The members of an ApiError.",
        grade="documented",
        source="SPEC ApiError.required",
    )
    complaints_per_save: int | None = decision(
        None,
        "How many fields a refusal names at most; None for all.",
        grade="observed",
        source="IWS pingaccess_test.go: POST /virtualhosts {} names host and port",
    )
    complaints_per_field: int | None = decision(
        None,
        "How many messages a field has at most; None for all.",
        grade="observed",
        source="IWS pingaccess_test.go: two messages for host",
    )
    response_headers: tuple[tuple[str, str], ...] = decision(
        CAPTURED_HEADERS,
        "The headers of every answer.",
        grade="observed",
        source="PCB resources/200-curl-http-response.txt (6.0)",
    )
    json_type: str = decision(
        "application/json",
        "Content-Type of an answer.",
        grade="observed",
        source="PCB resources/200-curl-http-response.txt",
    )
    error_type: str = decision(
        "application/json; charset=UTF-8",
        "Content-Type of a refusal.",
        grade="observed",
        source="PCB resources/422-curl-http-response.txt",
    )
    warning_agent: str | None = decision(
        "PingAccess",
        "The agent of the Warning header (code 199) of soft problems; None for no header.",
        grade="observed",
        source="PCB resources/200-curl-http-response.txt",
    )
    unresolved_suffixes: frozenset[str] = decision(
        frozenset({".invalid"}),
        "The ends of host names that do not resolve: nothing is looked up.",
        grade="documented",
        source="RFC 6761 section 6.4 reserves .invalid; the soft problem is observed in PCB",
    )
    warnings_lost_on: frozenset[str] = decision(
        frozenset(),
        "The methods whose answers have no Warning header.",
        grade="observed",
        source="PCB resources/200-curl-http-response.txt",
    )
    refusals_without_headers: bool = decision(
        False,
        "Whether refusals lack the headers that every answer has.",
        grade="observed",
        source="PCB resources/422-curl-http-response.txt",
    )
    paths_missing: frozenset[str] = decision(
        frozenset(),
        "Paths that this release does not have yet, with all below them.",
        grade="documented",
        source="releases name them",
    )
    methods_taken: frozenset[tuple[str, str]] = decision(
        frozenset(),
        "Methods that a path lacks and that are answered well all the same: method, first step.",
        grade="documented",
        source="SPEC (no such operation)",
    )
    heartbeat_login: bool = decision(
        False,
        "Whether /pa/heartbeat.ping needs a login.",
        grade="observed",
        source="DB 80-post-start.sh asks without one",
    )
