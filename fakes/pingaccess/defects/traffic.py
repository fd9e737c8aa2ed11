"""Defects in web sessions, sites and virtual hosts, and in the defaults of their members."""

from __future__ import annotations

from fakes.behaviour import Defect

TRAFFIC = (
    Defect(
        "PA-D-491",
        "a read of a web session shows its secret",
        "PA-ADMIN-068",
        "hidden_shown",
        frozenset({("webSessions", "GET")}),
    ),
    Defect(
        "PA-D-492",
        "a header of the answer to a save repeats the secret",
        "PA-ADMIN-068",
        "hidden_header",
        "X-Debug",
    ),
    Defect(
        "PA-D-493",
        "the audience of a web session has no limit",
        "PA-ADMIN-069",
        "ranges_not_checked",
        frozenset({("webSessions.audience", "POST"), ("webSessions.audience", "PUT")}),
    ),
    Defect(
        "PA-D-494",
        "an update takes anything as a target",
        "PA-ADMIN-070",
        "rules_not_checked",
        frozenset({("sites.targets", "PUT")}),
    ),
    Defect(
        "PA-D-495",
        "an update takes any port",
        "PA-ADMIN-071",
        "ranges_not_checked",
        frozenset({("virtualHosts.port", "PUT")}),
    ),
    Defect(
        "PA-D-496",
        "a virtual host is found by host and port only",
        "PA-ADMIN-072",
        "find_parts",
        False,
    ),
    Defect(
        "PA-D-497",
        "an update of a virtual host with a wildcard fails",
        "PA-ADMIN-073",
        "wildcard_hosts_on",
        frozenset({"POST"}),
    ),
    Defect(
        "PA-D-504",
        "a site has no default group",
        "PA-ADMIN-074",
        "not_defaulted",
        frozenset({"sites.trustedCertificateGroupId"}),
    ),
    Defect(
        "PA-D-505",
        "an agent may cache a virtual host for no documented time",
        "PA-ADMIN-074",
        "not_defaulted",
        frozenset({"virtualHosts.agentResourceCacheTTL"}),
    ),
)
