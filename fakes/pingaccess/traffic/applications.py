"""Applications and their resources, and the risk policies that they carry (admin API 7.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakes.pingaccess.answers import ok
from fakes.pingaccess.objects.modified import EMPTY_POLICY, modified, resources_of, touch
from fakes.pingaccess.objects.spec import Entity, Field, Finder, named, plugin_part
from fakes.pingaccess.traffic.application_rules import (
    APPLICATION_CHECKS,
    RESOURCE_CHECKS,
    settle_paths,
)

if TYPE_CHECKING:
    from fakes.message import Response
    from fakes.pingaccess.answers import Call
    from fakes.pingaccess.objects.reading import Reading
    from fakes.pingaccess.objects.spec import Draft
    from fakes.pingaccess.state import State
    from fakes.store import Row

METHODS = ("*", "GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH", "TRACE", "CONNECT")
"""Those of RFC 9110 and RFC 5789, and * for any (observed: exports have *; the list is assumed)."""
_WEB_OR_API = frozenset({"Web", "API"})


def methods(state: State, _: Call) -> Response:
    """The methods that a resource can name (admin API 7.3, Methods)."""
    return ok(state, {"items": [{"name": name} for name in METHODS]})


def _finish_application(reading: Reading, row: Draft) -> None:
    behaviour = reading.behaviour
    row["riskPolicyId"] = row["riskPolicyId"] or behaviour.risk_policy_unset
    if reading.body.get("enabled") is None:
        row["enabled"] = behaviour.application_enabled_unsent
    if reading.old is None or "applications" in behaviour.last_modified_moved_by:
        row.update(modified(reading.state, row))
    sent = reading.body.get("lastModified")
    if behaviour.last_modified_sent and sent is not None:
        row["lastModified"] = sent


def _stored_application(state: State, row: Row, old: Row | None) -> None:
    """Every application has a root resource from the beginning (observed: the vendor's exports)."""
    behaviour = state.behaviour
    if old is None and behaviour.root_resource_made:
        key = state.next_number("resources")
        root = {**_ROOT, **dict(behaviour.root_resource_differs), "id": key}
        root |= {"applicationId": row["id"], "riskPolicyId": behaviour.risk_policy_unset}
        state.store.table("resources").put(key, root)
        if row["manualOrderingEnabled"] and behaviour.root_resource_ordered:
            state.store.table("applications").put(row["id"], {**row, "resourceOrder": [key]})
    if behaviour.risk_policy_spreads == "down":
        for resource in list(resources_of(state, row["id"])):
            spread = {**resource, "riskPolicyId": row["riskPolicyId"]}
            state.store.table("resources").put(resource["id"], spread)


def _drop_resources(state: State, row: Row) -> None:
    if state.behaviour.resources_go_with_application:
        for resource in list(resources_of(state, row["id"])):
            state.store.table("resources").delete(resource["id"])


def _finish_resource(reading: Reading, row: Draft) -> None:
    row["riskPolicyId"] = row["riskPolicyId"] or reading.behaviour.risk_policy_unset
    settle_paths(row)


def _stored_resource(state: State, row: Row, old: Row | None) -> None:
    """The application is modified; in manual order a new resource has its place."""
    key = row["applicationId"]
    application = state.store.table("applications").get(key)
    if application is None:
        return
    if old is None and application.get("manualOrderingEnabled"):
        order = list(application.get("resourceOrder") or ())
        order.insert(len(order) if state.behaviour.new_resource_place == "last" else 0, row["id"])
        state.store.table("applications").put(key, {**application, "resourceOrder": order})
    if state.behaviour.risk_policy_spreads == "up":
        spread = {**(state.store.table("applications").get(key) or {})}
        spread["riskPolicyId"] = row["riskPolicyId"]
        state.store.table("applications").put(key, spread)
    if "resources" in state.behaviour.last_modified_moved_by:
        touch(state, key)


def _gone_resource(state: State, row: Row) -> None:
    key = row["applicationId"]
    application = state.store.table("applications").get(key)
    if application is None:
        return
    order = list(application.get("resourceOrder") or ())
    if row["id"] in order:
        order.remove(row["id"])
        state.store.table("applications").put(key, {**application, "resourceOrder": order})
    if "resources deleted" in state.behaviour.last_modified_moved_by:
        touch(state, key)


def _keep_root(state: State, row: Row) -> str | None:
    """The root resource stays (assumed: every application of every export has one)."""
    if row.get("rootResource") and not state.behaviour.root_resource_deletable:
        return "The root resource cannot be deleted: delete its application."
    return None


def _policy() -> Field:
    """A map of Web and API to the rules and rule sets that are held against a request."""
    members = (
        Field("type", required=True, choices=frozenset({"Rule", "RuleSet"})),
        Field("id", "number", required=True, low=1, high=2**31 - 1),
    )
    return Field("policy", "policy", default=EMPTY_POLICY, members=members)


_ACP = Field("authenticationChallengePolicyId", refers="authnChallengePolicies")
_RISK = Field("riskPolicyId", "number", default=0, refers="riskPolicies", low=0, high=2**31 - 1)

_PATTERN = Field("pattern", required=True)
_EXACT = Field("type", default="EXACT", choices=frozenset({"EXACT"}))
_PARAMETERS = (
    Field("matchesNoParams", "flag", default=False),
    Field(
        "params",
        "objects",
        default=(),
        members=(
            Field("name", "object", members=(_PATTERN, _EXACT)),
            Field("value", "object", members=(Field("matchAny", "flag"), Field("pattern"), _EXACT)),
        ),
    ),
)
"""QueryParamConfig (admin API 7.3); that the pattern of a name is required is assumed."""

APPLICATIONS = Entity(
    "applications",
    "Application",
    "/applications",
    (
        Field("enabled", "flag", default=False, sortable=True),
        Field("agentCacheInvalidatedResponseDuration", "number", default=900),
        Field("agentCacheInvalidatedExpiration", "long", default=0, read_only=True),
        Field("lastModified", "long", default=0, read_only=True),
        Field("requireHTTPS", "flag", default=False, sortable=True),
        named(),
        Field("description", sortable=True),
        Field("manualOrderingEnabled", "flag", default=False),
        Field("resourceOrder", "numbers", default=()),
        Field("applicationType", default="Web", choices=frozenset({"Web", "API", "Dynamic"})),
        Field("defaultAuthType", default="Web", choices=_WEB_OR_API),
        Field("spaSupportEnabled", "flag", default=True),
        Field("fallbackPostEncoding", default="UTF-8", sortable=True),
        Field("destination", default="Site", choices=frozenset({"Site", "Agent", "Sideband"})),
        Field("contextRoot", required=True, sortable=True),
        Field("realm", sortable=True),
        Field("caseSensitivePath", "flag", default=False, sortable=True),
        Field("allowEmptyPathSegments", "flag", default=False),
        Field("webSessionId", "number", default=0, refers="webSessions"),
        Field("issuer"),
        Field("siteId", "number", default=0, refers="sites"),
        Field("agentId", "number", default=0, refers="agents"),
        Field("sidebandClientId", refers="sidebandClients"),
        Field("virtualHostIds", "numbers", required=True, filled=True, refers="virtualHosts"),
        Field("identityMappingIds", "ids", default={"Web": 0, "API": 0}, refers="identityMappings"),
        Field(
            "accessValidatorId",
            "number",
            default=0,
            refers="accessTokenValidators",
            free_ids=frozenset({1}),
        ),
        _policy(),
        _ACP,
        _RISK,
        Field("deployReservedResources", "flag", default=False),
    ),
    finders=(
        Finder("siteId", "siteId"),
        Finder("agentId", "agentId"),
        Finder("sidebandClientId", "sidebandClientId", textual=True),
        Finder("virtualHostId", "virtualHostIds", "ids"),
        Finder("ruleId", "policy", "policy", "Rule", "resources"),
        Finder("rulesetId", "policy", "policy", "RuleSet", "resources"),
        Finder("riskPolicyId", "riskPolicyId", children="resources"),
    ),
    checks=APPLICATION_CHECKS,
    finish=_finish_application,
    stored=_stored_application,
    gone=_drop_resources,
)
"""Defaults are those of a captured list of applications (observed: PCB15) and of the exports.

That accessValidatorId 1 is no object: admin API 7.3 (protected by an authorization server).
"""

RESOURCES = Entity(
    "resources",
    "Resource",
    "/applications/{}/resources",
    (
        named(),
        Field("methods", "texts", required=True, filled=True, choices=frozenset(METHODS)),
        Field(
            "pathPatterns",
            "objects",
            default=(),
            members=(
                Field("pattern", required=True),
                Field("type", default="WILDCARD", choices=frozenset({"WILDCARD", "REGEX"})),
            ),
        ),
        Field("pathPrefixes", "texts", default=()),
        Field("auditLevel", default="ON", choices=frozenset({"ON", "OFF"})),
        Field("rootResource", "flag", default=False, sortable=True, read_only=True),
        Field("anonymous", "flag", default=False, sortable=True),
        Field("enabled", "flag", default=True, sortable=True),
        Field("unprotected", "flag", default=False, sortable=True),
        _policy(),
        Field("defaultAuthTypeOverride", choices=_WEB_OR_API),
        Field("applicationId", "number", default=0, read_only=True),
        Field("queryParamConfig", "object", members=_PARAMETERS),
        Field("resourceType", default="Standard", choices=frozenset({"Standard", "Virtual"})),
        Field(
            "resourceTypeConfiguration",
            "object",
            default={"responseGenerator": None},
            members=(Field("responseGenerator", "object", members=plugin_part()),),
        ),
        _ACP,
        _RISK,
    ),
    unique=(),
    owner=("applicationId", "applications"),
    finders=(
        Finder("ruleId", "policy", "policy", "Rule"),
        Finder("rulesetId", "policy", "policy", "RuleSet"),
        Finder("riskPolicyId", "riskPolicyId"),
    ),
    checks=RESOURCE_CHECKS,
    finish=_finish_resource,
    stored=_stored_resource,
    guard=_keep_root,
    gone=_gone_resource,
)

_ROOT: dict[str, Any] = {
    "id": 0,
    **{field.name: field.default for field in RESOURCES.fields},
    "name": "Root Resource",
    "methods": ["*"],
    "pathPatterns": [{"pattern": "/*", "type": "WILDCARD"}],
    "pathPrefixes": ["/*"],
    "rootResource": True,
}
