"""Defects in what stands around an application: agents, proxies, services, plugins."""

from __future__ import annotations

from fakes.behaviour import Defect

AROUND = (
    Defect(
        "PA-D-601",
        "a new agent takes a secret that is none",
        "PA-ADMIN-044",
        "references_not_checked",
        frozenset({("agents.sharedSecretIds", "POST")}),
    ),
    Defect(
        "PA-D-602",
        "an update of an engine takes a proxy that is none",
        "PA-ADMIN-044",
        "references_not_checked",
        frozenset({("engines.httpsProxyId", "PUT")}),
    ),
    Defect(
        "PA-D-603",
        "a proxy that an engine uses can be deleted",
        "PA-ADMIN-045",
        "usage_not_checked",
        frozenset({("proxies", "engines.httpProxyId")}),
    ),
    Defect(
        "PA-D-604",
        "an availability profile of a third-party service can be deleted",
        "PA-ADMIN-045",
        "usage_not_checked",
        frozenset({("availabilityProfiles", "thirdPartyServices.availabilityProfileId")}),
    ),
    Defect(
        "PA-D-605",
        "the refusal of a deletion does not say what uses the object",
        "PA-ADMIN-076",
        "usage_names_users",
        False,
    ),
    Defect(
        "PA-D-606",
        "the name of a sideband client can be taken twice",
        "PA-ADMIN-042",
        "unique_not_checked",
        frozenset({("sidebandClients.name", "POST")}),
    ),
    Defect(
        "PA-D-607",
        "an update of an identity mapping answers what was stored before",
        "PA-ADMIN-035",
        "answers_old",
        frozenset({"identityMappings"}),
    ),
    Defect(
        "PA-D-608",
        "an authentication requirements list is not deleted",
        "PA-ADMIN-038",
        "not_deleted",
        frozenset({"authnReqLists"}),
    ),
)
