"""Defects in what there is one of."""

from __future__ import annotations

from fakes.behaviour import Defect

SETTINGS = (
    Defect(
        "PA-D-632",
        "an update of where addresses come from forgets the last hop",
        "PA-SET-002",
        "not_kept",
        frozenset({("httpIpSource.fallbackToLastHopIp", "PUT")}),
    ),
    Defect(
        "PA-D-634",
        "web session management takes any type",
        "PA-SET-004",
        "types_not_checked",
        frozenset({("webSessionMgmt.nonceCookieTimeToLiveInMinutes", "PUT")}),
    ),
    Defect(
        "PA-D-635",
        "monitoring takes any level",
        "PA-SET-004",
        "choices_not_checked",
        frozenset({("httpMonitoring.auditLevel", "PUT")}),
    ),
    Defect(
        "PA-D-637",
        "the console needs no host and port",
        "PA-SET-005",
        "required_not_checked",
        frozenset({("adminConfig.hostPort", "PUT")}),
    ),
    Defect(
        "PA-D-639",
        "the console takes a proxy that is none",
        "PA-SET-008",
        "references_not_checked",
        frozenset({("adminConfig.httpsProxyId", "PUT")}),
    ),
    Defect(
        "PA-D-640",
        "a proxy of the console can be deleted",
        "PA-SET-009",
        "usage_not_checked",
        frozenset({("proxies", "adminConfig.httpProxyId")}),
    ),
    Defect(
        "PA-D-642",
        "settings do not come back with an import",
        "PA-SET-011",
        "archive_keeps_unmodelled",
        frozenset({"list"}),
    ),
    Defect(
        "PA-D-633",
        "a reset is answered 204",
        "PA-SET-003",
        "deleted_status",
        204,
    ),
    Defect(
        "PA-D-638",
        "a read of a setting shows its client secret",
        "PA-SET-006",
        "hidden_shown",
        frozenset({("pingFederateOAuth", "GET")}),
    ),
    Defect(
        "PA-D-641",
        "an export workflow lacks the cookie of web sessions",
        "PA-SET-010",
        "workflow_data_lacks",
        frozenset({"webSessionMgmt"}),
    ),
    Defect(
        "PA-D-645",
        "a token provider needs no issuer",
        "PA-SET-012",
        "required_not_checked",
        frozenset({("pingFederateRuntime.issuer", "PUT")}),
    ),
    Defect(
        "PA-D-643",
        "the metadata of an issuer are looked for elsewhere",
        "PA-SET-013",
        "issuer_path",
        "/nothing",
    ),
    Defect(
        "PA-D-644",
        "the administration of PingFederate is saved untested",
        "PA-SET-014",
        "pingfederate_tested",
        False,
    ),
)
