"""What is asked of an application and of a resource before it is saved, beyond its members."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from fakes.pingaccess.objects.modified import resources_of
from fakes.pingaccess.objects.spec import Check

if TYPE_CHECKING:
    from fakes.pingaccess.objects.reading import Reading
    from fakes.pingaccess.objects.spec import Draft
    from fakes.pingaccess.state import State
    from fakes.store import Row

GENERATORS = "applications/resources/responseGenerators"
"""The family of plugins that answer in place of a virtual resource."""
_GENERATOR = "resourceTypeConfiguration.responseGenerator."
_PATTERN_SIGNS = re.compile(r"[*?\[\]{}()|\\^$+]")


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
    if not isinstance(root, str):
        return
    for row in reading.state.store.table("applications").named(_context_root, root):
        if row["id"] != reading.key and hosts.intersection(row.get("virtualHostIds") or ()):
            reading.complain("contextRoot", "is taken on one of these virtual hosts")
            return


def _context_root(row: Row) -> str | None:
    root = row.get("contextRoot")
    return root if isinstance(root, str) else None


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


def settle_paths(draft: Draft) -> None:
    """The deprecated pathPrefixes are patterns where no others are, and else the wildcards.

    Source: admin API 7.3, Resource; observed: the vendor's exports have both.
    """
    prefixes = draft.get("pathPrefixes")
    if not draft.get("pathPatterns") and isinstance(prefixes, list):
        draft["pathPatterns"] = [{"pattern": text, "type": "WILDCARD"} for text in prefixes]
    patterns = draft.get("pathPatterns") or ()
    draft["pathPrefixes"] = [one["pattern"] for one in patterns if one.get("type") == "WILDCARD"]


def _has_a_path(reading: Reading, draft: Draft) -> None:
    """One path pattern or more (admin API 7.3)."""
    settle_paths(draft)
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


def _generates(reading: Reading, draft: Draft) -> None:
    """What answers in place of a virtual resource is an installed plugin.

    A virtual resource exists only in PingAccess, which generates a specified response (D90
    pa_adding_application_resources). An archive's plugin may be one that is not installed here.
    """
    part = (draft.get("resourceTypeConfiguration") or {}).get("responseGenerator")
    if part is None:
        if draft.get("resourceType") == "Virtual" and not reading.lenient:
            reading.complain(_GENERATOR.removesuffix("."), reading.behaviour.required_sentence)
        return
    known = reading.state.plugins.plugin(GENERATORS, part.get("className"))
    if known is not None or not reading.lenient:
        reading.hold_against_plugin(GENERATORS, part, _GENERATOR)


def _has_expression(row: Draft | Row) -> bool:
    return any(pattern.get("type") == "REGEX" for pattern in row.get("pathPatterns") or ())


def _assigns_no_lone_cors(reading: Reading, draft: Draft) -> None:
    """Only where the behaviour wants it: a rule set of one cross-origin rule is refused.

    The sentence is documented (D91 pa_release_notes, PA-15785).
    """
    if reading.behaviour.lone_cors_rule_set_assigned:
        return
    for items in (draft.get("policy") or {}).values():
        for item in items:
            if item.get("type") == "RuleSet" and _is_lone_cors(reading.state, item.get("id")):
                reading.complain(
                    "policy",
                    f"Invalid rule assignment for Application '{draft.get('name')}': assigning "
                    "multiple Cross-Origin Request Policies to a Resource or RuleSet isn't "
                    "allowed.",
                )


def _is_lone_cors(state: State, key: Any) -> bool:
    held = (state.store.table("ruleSets").get(key) or {}).get("policy") or ()
    rules = [state.store.table("rules").get(one) or {} for one in held]
    kinds = [state.plugins.plugin("rules", rule.get("className")) for rule in rules]
    return len(kinds) == 1 and kinds[0] is not None and kinds[0].kind == "CrossOriginRequest"


APPLICATION_CHECKS = (
    Check("applications.contextRoot", _is_root),
    Check("applications.reserved", _is_not_reserved),
    Check("applications.free", _is_free_root),
    Check("applications.protected", _knows_the_user),
    Check("applications.shared", _may_share),
    Check("applications.order", _orders_all),
    Check("applications.expression", _keeps_no_expression),
    Check("applications.cors", _assigns_no_lone_cors),
)
RESOURCE_CHECKS = (
    Check("resources.path", _has_a_path),
    Check("resources.pattern", _paths_fit),
    Check("resources.expression", _may_have_expression),
    Check("resources.protected", _is_protected),
    Check("resources.shared", _may_share),
    Check("resources.web", _is_of_a_web_application),
    Check("resources.generator", _generates),
    Check("resources.cors", _assigns_no_lone_cors),
)
