"""Applications and their resources, and the risk policies that they carry (admin API 7.3)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from fakes.pingaccess.answers import ok
from fakes.pingaccess.spec import Check, Entity, Field, Finder, named

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fakes.message import Response
    from fakes.pingaccess.answers import Call
    from fakes.pingaccess.reading import Reading
    from fakes.pingaccess.spec import Draft
    from fakes.pingaccess.state import State
    from fakes.store import Key, Row

METHODS = ("*", "GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH", "TRACE", "CONNECT")
"""Those of RFC 9110 and RFC 5789, and * for any (observed: exports have *; the list is assumed)."""
_WEB_OR_API = frozenset({"Web", "API"})
_EMPTY_POLICY: dict[str, Any] = {"Web": (), "API": ()}
_PATTERN_SIGNS = re.compile(r"[*?\[\]{}()|\\^$+]")


def methods(state: State, _: Call) -> Response:
    """The methods that a resource can name (admin API 7.3, Methods)."""
    return ok(state, {"items": [{"name": name} for name in METHODS]})


def resources_of(state: State, key: Key) -> Iterator[Row]:
    """The resources of an application."""
    return (row for row in state.store.table("resources") if row["applicationId"] == key)


def touch(state: State, key: Any) -> None:
    """The lastModified of an application is now (of it, its resources, its policy: SPEC)."""
    table = state.store.table("applications")
    row = table.get(key)
    if row is not None:
        table.put(key, {**row, **_modified(state, row)})


def touch_users(state: State, table: str, key: Key) -> None:
    """The lastModified is now of the applications that the object is part of."""
    if table not in state.behaviour.last_modified_moved_by:
        return
    kind = {"rules": "Rule", "ruleSets": "RuleSet"}.get(table)
    using = {
        row["id"] if name == "applications" else row["applicationId"]
        for name in ("applications", "resources")
        for row in state.store.table(name)
        if _carries(row, kind, key)
    }
    for one in using:
        touch(state, one)


def _carries(row: Row, kind: str | None, key: Key) -> bool:
    if kind is None:
        return bool(row.get("riskPolicyId") == key)
    policy = row.get("policy") or _EMPTY_POLICY
    return any(
        item.get("type") == kind and item.get("id") == key
        for items in policy.values()
        for item in items
    )


def _modified(state: State, row: Draft | Row) -> dict[str, int]:
    per_s = state.behaviour.last_modified_per_s
    now = int(state.clock.now_s() * per_s)
    kept_s = row.get("agentCacheInvalidatedResponseDuration") or 0
    return {"lastModified": now, "agentCacheInvalidatedExpiration": now + kept_s * per_s}


# --- applications ---------------------------------------------------------------------------


def _is_root(reading: Reading, draft: Draft) -> None:
    """Starts with a slash, ends with none, no pattern (latest field descriptions page)."""
    root = draft.get("contextRoot")
    if not isinstance(root, str):
        return
    if not root.startswith("/"):
        reading.complain("contextRoot", "must start with /")
    if root.endswith("/") and not (root == "/" and reading.behaviour.context_root_slash):
        reading.complain("contextRoot", "must not end with /")
    if _PATTERN_SIGNS.search(root):
        reading.complain("contextRoot", "must hold no wildcard and no regular expression")


def _is_not_reserved(reading: Reading, draft: Draft) -> None:
    """/pa belongs to the product (latest pa_application_field_descriptions)."""
    root = draft.get("contextRoot")
    if isinstance(root, str) and any(
        root == reserved or root.startswith(f"{reserved}/") for reserved in _reserved(reading.state)
    ):
        reading.complain("contextRoot", "is reserved for PingAccess")


def _reserved(state: State) -> frozenset[str]:
    """The reserved context root: that of an import, or the product's own."""
    kept = state.store.table("kept").get("reservedApplication")
    section = kept.get("section") if kept is not None else None
    imported = section.get("contextRoot") if isinstance(section, dict) else None
    own = state.behaviour.reserved_roots
    return frozenset({imported}) if own and isinstance(imported, str) and imported else own


def _is_free_root(reading: Reading, draft: Draft) -> None:
    """Context root and virtual host are one application's (latest field descriptions page)."""
    root, hosts = draft.get("contextRoot"), set(draft.get("virtualHostIds") or ())
    for row in reading.state.store.table("applications"):
        if row["id"] == reading.key or row.get("contextRoot") != root:
            continue
        if hosts.intersection(row.get("virtualHostIds") or ()):
            reading.complain("contextRoot", "is taken on one of these virtual hosts")
            return


def _knows_the_user(reading: Reading, draft: Draft) -> None:
    """Who carries a risk policy has a web session (D73 pa_assigning_risk_policies)."""
    if not _must_be_protected(reading, draft):
        return
    if draft.get("applicationType") not in reading.behaviour.risk_policy_types:
        reading.complain("riskPolicyId", "needs an application of type Web")
    elif not draft.get("webSessionId"):
        reading.complain("riskPolicyId", "needs a web session: the application is unprotected")


def _must_be_protected(reading: Reading, draft: Draft) -> bool:
    """Whether it carries a risk policy, which then has to know the user."""
    carried = draft.get("riskPolicyId")
    if reading.behaviour.protection_checked == "when assigned" and reading.old is not None:
        return bool(carried) and carried != reading.old.get("riskPolicyId")
    return bool(carried)


def _may_share(reading: Reading, draft: Draft) -> None:
    """Only where the behaviour wants it: the documented product lets a risk policy be shared."""
    carried = draft.get("riskPolicyId")
    if not carried or reading.behaviour.risk_policy_shared:
        return
    for table in ("applications", "resources"):
        for row in reading.state.store.table(table):
            own = table == reading.entity.table and row["id"] == reading.key
            if not own and row.get("riskPolicyId") == carried:
                reading.complain("riskPolicyId", "is carried by another")
                return


def _orders_all(reading: Reading, draft: Draft) -> None:
    """With manual ordering every resource stands in the order, and no other (admin API 7.3)."""
    order = list(draft.get("resourceOrder") or ())
    own = [] if reading.key is None else [r["id"] for r in resources_of(reading.state, reading.key)]
    if len(set(order)) < len(order):
        reading.complain("resourceOrder", "holds a resource twice")
    elif not set(order) <= set(own):
        reading.complain("resourceOrder", "holds what is no resource of this application")
    elif draft.get("manualOrderingEnabled") and len(order) < len(own):
        reading.complain("resourceOrder", "must hold every resource of the application")


def _keeps_no_expression(reading: Reading, draft: Draft) -> None:
    """Regular expressions stand only in manual order (admin API 7.3, manualOrderingEnabled)."""
    if draft.get("manualOrderingEnabled") or reading.key is None:
        return
    if any(_has_expression(row) for row in resources_of(reading.state, reading.key)):
        reading.complain("manualOrderingEnabled", "a resource has a regular expression as its path")


def _finish_application(reading: Reading, row: Draft) -> None:
    behaviour = reading.behaviour
    row["riskPolicyId"] = row["riskPolicyId"] or behaviour.risk_policy_unset
    if reading.old is None or "applications" in behaviour.last_modified_moved_by:
        row.update(_modified(reading.state, row))
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
    if behaviour.risk_policy_spreads == "down":
        for resource in list(resources_of(state, row["id"])):
            spread = {**resource, "riskPolicyId": row["riskPolicyId"]}
            state.store.table("resources").put(resource["id"], spread)


def _drop_resources(state: State, row: Row) -> None:
    if state.behaviour.resources_go_with_application:
        for resource in list(resources_of(state, row["id"])):
            state.store.table("resources").delete(resource["id"])


# --- resources ------------------------------------------------------------------------------


def _application(reading: Reading) -> Row:
    return reading.state.store.table("applications").get(reading.parent or 0) or {}


def _is_protected(reading: Reading, draft: Draft) -> None:
    """Who carries a risk policy is not unprotected (D73 pa_assigning_risk_policies)."""
    if _must_be_protected(reading, draft) and draft.get("unprotected"):
        reading.complain("riskPolicyId", "needs a protected resource")


def _is_of_a_web_application(reading: Reading, draft: Draft) -> None:
    """A risk policy belongs to a web application or resource (D80 pa_adding_a_risk_policy)."""
    if not draft.get("riskPolicyId"):
        return
    application, behaviour = _application(reading), reading.behaviour
    if application.get("applicationType") not in behaviour.risk_policy_types:
        reading.complain("riskPolicyId", "needs an application of type Web")
    elif behaviour.resource_needs_session and not application.get("webSessionId"):
        reading.complain("riskPolicyId", "needs a web session: the application is unprotected")


def _has_a_path(reading: Reading, draft: Draft) -> None:
    """One path pattern or more; the deprecated pathPrefixes are patterns too (admin API 7.3)."""
    prefixes = draft.get("pathPrefixes")
    if not draft.get("pathPatterns") and isinstance(prefixes, list):
        draft["pathPatterns"] = [{"pattern": text, "type": "WILDCARD"} for text in prefixes]
    if draft.get("pathPatterns"):
        return
    if not reading.excepted(reading.behaviour.required_not_checked, "pathPatterns"):
        reading.complain("pathPatterns", "needs a path pattern or more")


def _paths_fit(reading: Reading, draft: Draft) -> None:
    """Patterns start with a slash, or are regular expressions that compile (assumed)."""
    for pattern in draft.get("pathPatterns") or ():
        text, kind = pattern.get("pattern"), pattern.get("type")
        if not isinstance(text, str):
            continue
        if kind == "REGEX":
            try:
                re.compile(text)
            except (re.error, RecursionError, OverflowError):
                reading.complain("pathPatterns", "holds a regular expression that is none")
        elif not text.startswith("/"):
            reading.complain("pathPatterns", "must start with /")


def _may_have_expression(reading: Reading, draft: Draft) -> None:
    """Regular expressions stand only in manual order (admin API 7.3, manualOrderingEnabled)."""
    if _has_expression(draft) and not _application(reading).get("manualOrderingEnabled"):
        reading.complain("pathPatterns", "a regular expression needs manual ordering")


def _has_expression(row: Draft | Row) -> bool:
    return any(pattern.get("type") == "REGEX" for pattern in row.get("pathPatterns") or ())


def _finish_resource(reading: Reading, row: Draft) -> None:
    row["riskPolicyId"] = row["riskPolicyId"] or reading.behaviour.risk_policy_unset
    patterns = row.get("pathPatterns") or ()
    row["pathPrefixes"] = [one["pattern"] for one in patterns if one.get("type") == "WILDCARD"]


def _stored_resource(state: State, row: Row, old: Row | None) -> None:
    """The application is modified; in manual order a new resource comes last (assumed)."""
    key = row["applicationId"]
    application = state.store.table("applications").get(key)
    if application is None:
        return
    if old is None and application.get("manualOrderingEnabled"):
        order = [*application.get("resourceOrder", ()), row["id"]]
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
    return Field("policy", "policy", default=_EMPTY_POLICY, members=members)


_ACP = Field("authenticationChallengePolicyId", refers="authnChallengePolicies")
_RISK = Field("riskPolicyId", "number", default=0, refers="riskPolicies", low=0, high=2**31 - 1)

APPLICATIONS = Entity(
    "applications",
    "Application",
    "/applications",
    (
        Field("enabled", "flag", default=True, sortable=True),
        Field("agentCacheInvalidatedResponseDuration", "number", default=900),
        Field("agentCacheInvalidatedExpiration", "number", default=0, read_only=True),
        Field("lastModified", "number", default=0, read_only=True),
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
    checks=(
        Check("applications.contextRoot", _is_root),
        Check("applications.reserved", _is_not_reserved),
        Check("applications.free", _is_free_root),
        Check("applications.protected", _knows_the_user),
        Check("applications.shared", _may_share),
        Check("applications.order", _orders_all),
        Check("applications.expression", _keeps_no_expression),
    ),
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
        Field("queryParamConfig", "json"),
        Field("resourceType", default="Standard", choices=frozenset({"Standard", "Virtual"})),
        Field("resourceTypeConfiguration", "json", default={"responseGenerator": None}),
        _ACP,
        _RISK,
    ),
    unique=(),
    finders=(
        Finder("ruleId", "policy", "policy", "Rule"),
        Finder("rulesetId", "policy", "policy", "RuleSet"),
        Finder("riskPolicyId", "riskPolicyId"),
    ),
    checks=(
        Check("resources.path", _has_a_path),
        Check("resources.pattern", _paths_fit),
        Check("resources.expression", _may_have_expression),
        Check("resources.protected", _is_protected),
        Check("resources.shared", _may_share),
        Check("resources.web", _is_of_a_web_application),
    ),
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
