"""What decides about a request: rules, rule sets, challenge policies and risk policies."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from fakes.message import encode
from fakes.pingaccess.answers import ok, raw
from fakes.pingaccess.objects.integrity import POLICY_TABLES
from fakes.pingaccess.objects.modified import touch_users
from fakes.pingaccess.objects.spec import Check, Entity, Field, named, plugin, plugin_part
from fakes.pingaccess.problems import not_found

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from fakes.message import Response
    from fakes.pingaccess.answers import Call
    from fakes.pingaccess.objects.reading import Reading
    from fakes.pingaccess.objects.spec import Draft
    from fakes.pingaccess.plugins.descriptors import Plugins
    from fakes.pingaccess.state import State
    from fakes.store import Row

    Part = tuple[str, str, Mapping[str, Any]]

ACP = "authenticationChallengePolicies"


def descriptors(state: State, family: str, _: Call) -> Response:
    """Every descriptor of a family (admin API 7.3, Descriptors)."""
    return raw(state, _encoded(state.plugins, family))


def descriptor(state: State, family: str, call: Call) -> Response:
    """The descriptor of one type (admin API 7.3, Descriptor)."""
    shown = state.plugins.descriptor(family, call.ids[0])
    if shown is None:
        raise not_found("Descriptor", call.ids[0], state.behaviour)
    return ok(state, shown)


@lru_cache(maxsize=64)
def _encoded(plugins: Plugins, family: str) -> bytes:
    """The descriptors as JSON: the same for every fake of a behaviour."""
    return encode({"items": plugins.descriptors(family)})


def element_types(state: State, _: Call) -> Response:
    """What a rule set can hold (admin API 7.3, RuleSetElementTypes)."""
    return ok(state, {"items": _items(_ELEMENTS)})


def success_criteria(state: State, _: Call) -> Response:
    """When a rule set is met (admin API 7.3, RuleSetSuccessCriteria)."""
    shown = {name: _CRITERIA[name] for name in state.behaviour.rule_set_criteria}
    return ok(state, {"items": _items(shown)})


def _items(names: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"name": name, "description": text} for name, text in names.items()]


def _destinations(reading: Reading, row: Draft) -> None:
    """The supportedDestinations are the plugin's (admin API 7.3: read-only)."""
    found = reading.state.plugins.plugin("rules", row["className"])
    taken = "rules.supportedDestinations" in reading.behaviour.read_only_taken
    if found is not None and not (taken and row["supportedDestinations"]):
        row["supportedDestinations"] = list(found.modes)


def _rule_stored(state: State, row: Row, _: Row | None) -> None:
    touch_users(state, "rules", row["id"])


def _set_stored(state: State, row: Row, _: Row | None) -> None:
    touch_users(state, "ruleSets", row["id"])


def _risk_policy_stored(state: State, row: Row, _: Row | None) -> None:
    touch_users(state, "riskPolicies", row["id"])


def _elements(row: Mapping[str, Any]) -> Iterator[tuple[str, str, Any]]:
    """The rules, or the rule sets, that a rule set holds; elementType says which."""
    table = POLICY_TABLES.get(str(row.get("elementType")), "rules")
    held = row.get("policy")
    for key in held if isinstance(held, list) else ():
        if isinstance(key, int | str):
            yield "policy", table, key


def _holds_no_loop(reading: Reading, draft: Draft) -> None:
    """A rule set does not hold itself, not even through others (assumed: it never would end)."""
    if draft.get("elementType") != "RuleSet" or reading.key is None:
        return
    sets = reading.state.store.table("ruleSets")
    seen: set[Any] = set()
    left = list(draft.get("policy") or ())
    while left:
        key = left.pop()
        if key == reading.key:
            reading.complain("policy", "holds the rule set itself")
            return
        row = sets.get(key) if key not in seen else None
        seen.add(key)
        if row is not None and row.get("elementType") == "RuleSet":
            left.extend(row.get("policy") or ())


def _challenges(row: Mapping[str, Any]) -> Iterator[Part]:
    """Every plugin in a challenge policy: family, member, and the part that names its class."""
    yield from _response(row.get("defaultChallengeResponse"), "defaultChallengeResponse")
    chain = row.get("challengeResponseChain")
    for index, link in enumerate(chain if isinstance(chain, list | tuple) else ()):
        if not isinstance(link, dict):
            continue
        member = f"challengeResponseChain[{index}]"
        if isinstance(matcher := link.get("requestMatcher"), dict):
            yield f"{ACP}/requestMatchers", f"{member}.requestMatcher", matcher
        yield from _response(link.get("challengeResponse"), f"{member}.challengeResponse")


def _response(response: Any, member: str) -> Iterator[Part]:
    if not isinstance(response, dict):
        return
    for name, family in (("generator", "responseGenerators"), ("filter", "responseFilters")):
        if isinstance(part := response.get(name), dict):
            yield f"{ACP}/{family}", f"{member}.{name}", part


def _plugins_fit(reading: Reading, draft: Draft) -> None:
    """Every class is known, and its configuration is what its descriptor asks for."""
    for family, member, part in _challenges(draft):
        if isinstance(part, dict):  # read for this draft, so it may be filled in
            reading.hold_against_plugin(family, part, f"{member}.")


def _plugin_field(name: str, *, required: bool) -> Field:
    return Field(name, "object", required=required, members=plugin_part())


_RESPONSE = (
    _plugin_field("generator", required=True),
    _plugin_field("filter", required=False),
)
_ELEMENTS = {"Rule": "Rules", "RuleSet": "Rule sets"}
_CRITERIA = {
    "SuccessIfAllSucceed": "All rules must succeed.",
    "SuccessIfAnyOneSucceeds": "One rule must succeed.",
}


def _has_its_connection_alone(reading: Reading, draft: Draft) -> None:
    """Only where the behaviour wants it: the documented product lets policies share."""
    if reading.behaviour.connection_shared:
        return
    mine = (draft.get("configuration") or {}).get("pingOneConnectionId")
    for row in reading.state.store.table("riskPolicies"):
        theirs = (row.get("configuration") or {}).get("pingOneConnectionId")
        if row["id"] != reading.key and theirs == mine:
            reading.complain("configuration.pingOneConnectionId", "is used by another policy")
            return


RULES = Entity(
    "rules",
    "Rule",
    "/rules",
    (*plugin(), Field("supportedDestinations", "texts", default=(), read_only=True)),
    family="rules",
    finish=_destinations,
    stored=_rule_stored,
)

RULE_SETS = Entity(
    "ruleSets",
    "Rule set",
    "/rulesets",
    (
        named(),
        Field("successCriteria", default="SuccessIfAllSucceed", choices=frozenset(_CRITERIA)),
        Field("elementType", default="Rule", choices=frozenset(_ELEMENTS)),
        Field("policy", "numbers", required=True, filled=True),
    ),
    checks=(Check("ruleSets.loop", _holds_no_loop),),
    references=_elements,
    stored=_set_stored,
)
"""The defaults of successCriteria and elementType are assumed: no document has one."""

CHALLENGE_POLICIES = Entity(
    "authnChallengePolicies",
    "Authentication challenge policy",
    f"/{ACP}",
    (
        named(longest=64),
        Field("description", sortable=True, longest=1000),
        Field("system", "flag", default=False, sortable=True, read_only=True),
        Field(
            "challengeResponseChain",
            "objects",
            required=True,
            members=(
                _plugin_field("requestMatcher", required=True),
                Field("challengeResponse", "object", required=True, members=_RESPONSE),
            ),
        ),
        Field("defaultChallengeResponse", "object", required=True, members=_RESPONSE),
    ),
    key="uuid",
    locked="system",
    checks=(Check("authnChallengePolicies.plugins", _plugins_fit),),
    plugins=_challenges,
)

RISK_POLICIES = Entity(
    "riskPolicies",
    "Risk policy",
    "/riskPolicies",
    (
        Field("className", required=True, sortable=True),
        named(),
        Field("configuration", "json", required=True),
    ),
    family="riskPolicies",
    checks=(Check("riskPolicies.connection", _has_its_connection_alone),),
    stored=_risk_policy_stored,
)
"""The configuration is required: D72 pa_using_the_admin_api_to_create_a_risk_policy."""
