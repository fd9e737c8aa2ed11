"""Defects in how applications are found, and in what they use and hold."""

from __future__ import annotations

from fakes.behaviour import Defect

APPLICATION_USE = (
    Defect(
        "PA-D-132",
        "applications are not found by virtual host",
        "PA-APP-016",
        "parameters_ignored",
        frozenset({("applications", "virtualHostId")}),
    ),
    Defect(
        "PA-D-133",
        "applications are not found by site",
        "PA-APP-016",
        "parameters_ignored",
        frozenset({("applications", "siteId")}),
    ),
    Defect(
        "PA-D-134",
        "pages of applications are cut before the finders",
        "PA-APP-016",
        "pages_before_finding",
        frozenset({"applications"}),
    ),
    Defect(
        "PA-D-135",
        "an id chosen for an application is not kept",
        "PA-APP-017",
        "post_ignores_id",
        frozenset({"replicaAdmins", "applications"}),
    ),
    Defect(
        "PA-D-136",
        "a new application takes the place of the holder of its id",
        "PA-APP-017",
        "post_replaces",
        frozenset({"applications"}),
    ),
    Defect(
        "PA-D-137",
        "an application takes any type",
        "PA-APP-018",
        "choices_not_checked",
        frozenset(
            {("applications.applicationType", "POST"), ("applications.applicationType", "PUT")}
        ),
    ),
    Defect(
        "PA-D-138",
        "an application takes any destination",
        "PA-APP-018",
        "choices_not_checked",
        frozenset({("applications.destination", "POST"), ("applications.destination", "PUT")}),
    ),
    Defect(
        "PA-D-139",
        "a site in use can be deleted",
        "PA-APP-019",
        "usage_not_checked",
        frozenset({("sites", "applications.siteId")}),
    ),
    Defect(
        "PA-D-140",
        "a virtual host in use can be deleted",
        "PA-APP-019",
        "usage_not_checked",
        frozenset({("virtualHosts", "applications.virtualHostIds")}),
    ),
    Defect(
        "PA-D-141",
        "a web session in use can be deleted",
        "PA-APP-019",
        "usage_not_checked",
        frozenset({("webSessions", "applications.webSessionId")}),
    ),
    Defect(
        "PA-D-142",
        "a rule that only a resource uses can be deleted",
        "PA-APP-019",
        "usage_not_checked",
        frozenset({("rules", "resources.policy")}),
    ),
    Defect(
        "PA-D-143",
        "a rule set that only an application uses can be deleted",
        "PA-APP-019",
        "usage_not_checked",
        frozenset({("ruleSets", "applications.policy")}),
    ),
    Defect(
        "PA-D-144",
        "a challenge policy that only a resource uses can be deleted",
        "PA-APP-019",
        "usage_not_checked",
        frozenset({("authnChallengePolicies", "resources.authenticationChallengePolicyId")}),
    ),
    Defect(
        "PA-D-145",
        "a refused update of an application is stored",
        "PA-APP-021",
        "stored_when_refused",
        frozenset({("applications", "PUT", "all")}),
    ),
    Defect(
        "PA-D-146",
        "a refused update of a resource is stored",
        "PA-APP-021",
        "stored_when_refused",
        frozenset({("resources", "PUT", "all")}),
    ),
    Defect(
        "PA-D-147",
        "the rules of an application are kept the other way round",
        "PA-APP-022",
        "order_lost",
        frozenset({"applications.policy"}),
    ),
    Defect(
        "PA-D-148",
        "the rules of a resource are kept the other way round",
        "PA-APP-022",
        "order_lost",
        frozenset({"resources.policy"}),
    ),
    Defect(
        "PA-D-149",
        "rules of resources are not found among applications",
        "PA-APP-023",
        "finders_without_resources",
        frozenset({"ruleId"}),
    ),
    Defect(
        "PA-D-150",
        "resources are not found by rule set",
        "PA-APP-023",
        "parameters_ignored",
        frozenset({("resources", "rulesetId")}),
    ),
)
