"""Risk policy sets: overrides, scores and weights that turn predictors into one level."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakes.pingone.drafts import Complaints, Draft
from fakes.pingone.errors import Answer, detail, invalid_data
from fakes.pingone.protect.conditions import AGGREGATES, TYPES, read_condition, read_kind
from fakes.pingone.protect.kinds import LEVELS
from fakes.pingone.protect.mitigations import (
    FALLBACK,
    check_recommendations,
    is_recommendation,
    recommendation,
    recommends,
)
from fakes.pingone.protect.targets import targets_of, triggers_of

if TYPE_CHECKING:
    from fakes.pingone.tenant import Call, Tenant
    from fakes.store import Row


def get_risk_policy_sets(tenant: Tenant, call: Call) -> Answer:
    """The environment's policy sets."""
    rows = tenant.rows("riskPolicySets", call.environment_id)
    items = [_shown(tenant, row, "list") for row in rows]
    return tenant.collection("riskPolicySets", items, call.environment_id, "riskPolicySets")


def get_risk_policy_set(tenant: Tenant, call: Call) -> Answer:
    """One policy set."""
    return Answer(200, _shown(tenant, _policy_set(tenant, call), "read"))


def add_risk_policy_set(tenant: Tenant, call: Call) -> Answer:
    """A new policy set (201)."""
    drafted = _drafted(tenant, call, None)
    now = tenant.now()
    row = {"id": tenant.new_id(), "environment": {"id": call.environment_id}, **drafted}
    row |= {"createdAt": now, "updatedAt": now}
    shown = _shown(tenant, _stored(tenant, row, None), "create")
    return tenant.created("riskPolicySets", shown)


def update_risk_policy_set(tenant: Tenant, call: Call) -> Answer:
    """The policy set, replaced."""
    old, behaviour = _policy_set(tenant, call), tenant.behaviour
    drafted = _drafted(tenant, call, old)
    if old["default"] and behaviour.default_stays:
        drafted["default"] = True
    kept = {} if "riskPolicySets" in behaviour.update_replaces else dict(old)
    row = {**kept, "id": old["id"], "environment": old["environment"], **drafted}
    row |= {"createdAt": old["createdAt"], "updatedAt": tenant.now()}
    return Answer(200, _shown(tenant, _stored(tenant, row, old), "update"))


def delete_risk_policy_set(tenant: Tenant, call: Call) -> Answer:
    """204, unless it is the default one."""
    row, behaviour = _policy_set(tenant, call), tenant.behaviour
    if row["default"] and behaviour.default_set_kept:
        told = detail(behaviour.default_set_code, "id", "Unable to remove default policy")
        raise invalid_data(behaviour, [told])
    return tenant.forget("riskPolicySets", row["id"])


def default_set(tenant: Tenant, environment_id: str) -> Row | None:
    """The environment's default set."""
    rows = tenant.rows("riskPolicySets", environment_id)
    return next((row for row in rows if row["default"]), None)


def _policy_set(tenant: Tenant, call: Call) -> Row:
    return tenant.row("riskPolicySets", call.ids[1], call.environment_id)


def _shown(tenant: Tenant, row: Row, act: str) -> dict[str, Any]:
    links = tenant.links(row["environment"]["id"], "riskPolicySets", row["id"])
    return tenant.told("riskPolicySets", act, {"_links": links, **row})


def _stored(tenant: Tenant, row: dict[str, Any], old: Row | None) -> Row:
    """The row; where it is default now, no other one is."""
    table = tenant.table("riskPolicySets")
    if row["default"] and tenant.behaviour.default_moves:
        for other in tenant.rows("riskPolicySets", row["environment"]["id"]):
            if other["default"] and other["id"] != row["id"]:
                table.put(other["id"], {**other, "default": False})
    return tenant.save("riskPolicySets", row, old)


def _drafted(tenant: Tenant, call: Call, old: Row | None) -> dict[str, Any]:
    """What the body says of a set, checked; raises the refusal that tells everything."""
    behaviour, complaints = tenant.behaviour, Complaints(tenant.behaviour)
    draft = Draft(call.body, complaints)
    row: dict[str, Any] = {"name": _name(tenant, draft)}
    row["description"] = draft.text("description", limit=behaviour.description_limit)
    row["default"] = draft.flag("default") or False
    row["defaultResult"] = _default_result(tenant, draft)
    predictors = tenant.rows("riskPredictors", call.environment_id)
    row["evaluatedPredictors"] = _evaluated(tenant, draft, predictors)
    row["riskPolicies"] = _policies(tenant, draft, _usable(tenant, row, predictors))
    row["targets"] = targets_of(tenant, draft)
    row["triggers"] = triggers_of(tenant, draft, call.environment_id, old)
    check_recommendations(tenant, draft, row["riskPolicies"])
    _check_room(tenant, draft, row["name"], call.environment_id, old)
    complaints.settle()
    return {name: value for name, value in row.items() if value is not None}


def _name(tenant: Tenant, draft: Draft) -> str | None:
    """The name of a set or of a policy."""
    name = draft.text("name", required=True, limit=tenant.behaviour.set_name_limit)
    if tenant.behaviour.set_name_characters:
        draft.characters("name", name)
    return name


def _check_room(
    tenant: Tenant, draft: Draft, name: str | None, environment_id: str, old: Row | None
) -> None:
    """The name is free, and there are not too many sets."""
    behaviour, rows = tenant.behaviour, tenant.rows("riskPolicySets", environment_id)
    if ("update" if old else "create") in behaviour.set_name_unique_on:
        for row in rows:
            if row.get("name") == name and row is not old:
                message = "must be unique in the environment"
                draft.complain("UNIQUENESS_VIOLATION", "name", message, existingId=row["id"])
    if old is None and len(rows) >= behaviour.policy_set_limit:
        message = f"an environment has at most {behaviour.policy_set_limit} risk policy sets"
        inner = {"maximumValue": behaviour.policy_set_limit}
        draft.complain("CONSTRAINT_VIOLATION", "riskPolicySets", message, **inner)


def _default_result(tenant: Tenant, draft: Draft) -> dict[str, str]:
    """LOW is the only level that a set can fall back to."""
    inner = draft.inner("defaultResult")
    if inner:
        fold = "defaultResult" in tenant.behaviour.levels_fold_in
        inner.choice("level", tenant.behaviour.default_levels, fold=fold)
        inner.choice("type", ("VALUE",))
    return {"level": tenant.behaviour.default_result, "type": "VALUE"}


def _evaluated(tenant: Tenant, draft: Draft, predictors: list[Row]) -> list[dict[str, str]] | None:
    """Predictors by id; None where the set does not choose, and so evaluates all."""
    if not draft.has("evaluatedPredictors"):
        return None
    known, found = {row["id"] for row in predictors}, []
    checked = "evaluatedPredictors" in tenant.behaviour.predictors_known_in
    for item in draft.inners("evaluatedPredictors"):
        key = item.text("id", required=True)
        if key is not None and key not in known and checked:
            item.complain("INVALID_VALUE", "id", "is not a predictor of the environment")
        found.append({"id": key or ""})
    return found


def _usable(tenant: Tenant, row: dict[str, Any], predictors: list[Row]) -> dict[str, bool]:
    """The compactNames of all predictors, and whether the set evaluates each."""
    chosen = row["evaluatedPredictors"]
    ids = None if chosen is None else {one["id"] for one in chosen}
    free = ids is None or not tenant.behaviour.predictors_evaluated
    return {one.get("compactName", ""): free or one["id"] in (ids or ()) for one in predictors}


def _policies(tenant: Tenant, draft: Draft, usable: dict[str, bool]) -> list[dict[str, Any]]:
    """The policies with priorities by their order, overrides before all others."""
    policies, aggregated, now = [], False, tenant.now()
    limit, first = tenant.behaviour.policy_limit, tenant.behaviour.first_priority
    for index, item in enumerate(draft.inners("riskPolicies", limit=limit)):
        policy = _policy(tenant, item, usable)
        aggregate = policy.get("condition", {}).get("type") in AGGREGATES
        override = not aggregate and not recommends(policy)
        if override and aggregated and tenant.behaviour.overrides_first:
            item.complain("CONSTRAINT_VIOLATION", "condition", "overrides must come first")
        aggregated = aggregated or aggregate
        stamps = {"id": tenant.new_id(), "priority": index + first}
        policies.append({**stamps, **policy, "createdAt": now, "updatedAt": now})
    return policies


def _policy(tenant: Tenant, draft: Draft, usable: dict[str, bool]) -> dict[str, Any]:
    result = draft.inner("result", required=True)
    fallback = result is not None and result.body.get("type") == FALLBACK
    condition = draft.inner("condition", required=not fallback)
    policy = {
        "name": _name(tenant, draft),
        "description": draft.text("description", limit=tenant.behaviour.description_limit),
        "result": _result(result) if result else {},
        "condition": read_condition(tenant, condition, usable) if condition else None,
    }
    if condition and result and is_recommendation(result):
        _check_single(condition)
    return {name: value for name, value in policy.items() if value is not None}


def _check_single(draft: Draft) -> None:
    """A mitigation looks at one predictor or address (Terraform provider, risk policy)."""
    if read_kind(draft) in tuple(AGGREGATES):
        draft.complain("INVALID_VALUE", "type", f"must be one of {', '.join(TYPES[2:])}")


def _result(draft: Draft) -> dict[str, Any]:
    if is_recommendation(draft):
        return recommendation(draft)
    draft.choice("type", ("VALUE",))
    fold = "result" in draft.complaints.behaviour.levels_fold_in
    level = draft.choice("level", LEVELS, required=True, fold=fold)
    result = {"level": level, "type": "VALUE", "value": draft.text("value")}
    return {name: value for name, value in result.items() if value is not None}
