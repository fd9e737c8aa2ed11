"""Risk predictors: the vendor's own and those that a client makes, of every type."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakes.pingone.drafts import Complaints, Draft
from fakes.pingone.errors import Answer, detail, invalid_data
from fakes.pingone.protect.kinds import LEVELS, TYPES, members_of
from fakes.pingone.protect.resolving import compact_name

if TYPE_CHECKING:
    from fakes.pingone.tenant import Call, Tenant
    from fakes.store import Row


def get_risk_predictors(tenant: Tenant, call: Call) -> Answer:
    """The environment's predictors."""
    rows = tenant.rows("riskPredictors", call.environment_id)
    items = [_shown(tenant, row, "list") for row in rows]
    return tenant.collection("riskPredictors", items, call.environment_id, "riskPredictors")


def get_risk_predictor(tenant: Tenant, call: Call) -> Answer:
    """One predictor."""
    return Answer(200, _shown(tenant, _predictor(tenant, call), "read"))


def add_risk_predictor(tenant: Tenant, call: Call) -> Answer:
    """A new predictor (201)."""
    drafted, complaints = _drafted(tenant, call, None)
    if not tenant.refuses_late("riskPredictors.create", complaints):
        complaints.settle()
    row = {
        "id": tenant.new_id(),
        "environment": {"id": call.environment_id},
        **drafted,
        "licensed": True,
        "deletable": True,
        "createdAt": tenant.now(),
        "updatedAt": tenant.now(),
    }
    saved = tenant.save("riskPredictors", row)
    complaints.settle()
    return tenant.created("riskPredictors", _shown(tenant, saved, "create"))


def update_risk_predictor(tenant: Tenant, call: Call) -> Answer:
    """The predictor, replaced; compactName and type stay."""
    behaviour = tenant.behaviour
    if call.ids[1] not in tenant.table("riskPredictors") and (
        "riskPredictors" in behaviour.update_creates
    ):
        return add_risk_predictor(tenant, call)
    old = _predictor(tenant, call)
    drafted, complaints = _drafted(tenant, call, old)
    complaints.settle()
    kept = {} if "riskPredictors" in behaviour.update_replaces else dict(old)
    row = {
        **kept,
        "id": old["id"],
        "environment": old["environment"],
        **drafted,
        "licensed": True,
        "deletable": old["deletable"],
        "createdAt": old["createdAt"],
        "updatedAt": tenant.now(),
    }
    return Answer(200, _shown(tenant, tenant.save("riskPredictors", row, old), "update"))


def delete_risk_predictor(tenant: Tenant, call: Call) -> Answer:
    """204, unless it is a default one or in use."""
    row, behaviour = _predictor(tenant, call), tenant.behaviour
    if not row["deletable"] and behaviour.default_predictors_kept:
        told = detail("CONSTRAINT_VIOLATION", "id", "Unable to remove default predictor")
        raise invalid_data(behaviour, [told])
    users = _users(tenant, row) if behaviour.predictor_in_use_kept else []
    if users and row["deletable"]:
        message = "The predictor is used by a risk policy set"
        told = detail("CONSTRAINT_VIOLATION", "id", message, referencedValues=users)
        raise invalid_data(behaviour, [told])
    return tenant.forget("riskPredictors", row["id"])


def _users(tenant: Tenant, row: Row) -> list[str]:
    """Ids of the policy sets that evaluate the predictor by id or name it in a condition."""
    sets = tenant.rows("riskPolicySets", row["environment"]["id"])
    return [
        one["id"]
        for one in sets
        if row.get("compactName") in named_in(one)
        or row["id"] in (each["id"] for each in one.get("evaluatedPredictors", ()))
    ]


def named_in(policy_set: Row) -> set[str]:
    """The compactNames that the conditions of a set name."""
    return {
        name
        for policy in policy_set["riskPolicies"]
        for name in names_of(policy.get("condition", {}))
    }


def names_of(condition: Row) -> list[str]:
    """The compactNames that one condition names."""
    parts = (*condition.get("aggregatedScores", ()), *condition.get("aggregatedWeights", ()))
    values = [part["value"] for part in parts] or [condition.get("value", "")]
    return [name for name in map(compact_name, values) if name]


def _predictor(tenant: Tenant, call: Call) -> Row:
    return tenant.row("riskPredictors", call.ids[1], call.environment_id)


def _shown(tenant: Tenant, row: Row, act: str) -> dict[str, Any]:
    links = tenant.links(row["environment"]["id"], "riskPredictors", row["id"])
    return tenant.told("riskPredictors", act, {"_links": links, **row})


def _drafted(tenant: Tenant, call: Call, old: Row | None) -> tuple[dict[str, Any], Complaints]:
    """What the body says of a predictor, and every complaint about it."""
    behaviour, complaints = tenant.behaviour, Complaints(tenant.behaviour)
    draft, needed = Draft(call.body, complaints), behaviour.predictor_required
    kind = draft.choice("type", TYPES, required="type" in needed)
    pattern, wanted = behaviour.compact_name_pattern, "compactName" in needed
    body: dict[str, Any] = {
        "name": draft.text("name", required="name" in needed, limit=256),
        "compactName": draft.text("compactName", required=wanted, limit=256, pattern=pattern),
        "type": kind,
        "description": draft.text("description", limit=behaviour.description_limit),
        "default": _default(tenant, draft),
        **(members_of(tenant, draft, kind) if kind else {}),
    }
    if old:
        _check_kept(tenant, draft, old, kind, body["compactName"])
    _check_free(tenant, draft, body, call.environment_id, old)
    if old is None and kind:
        _check_room(tenant, draft, kind, call.environment_id)
    return {member: value for member, value in body.items() if value is not None}, complaints


def _check_kept(
    tenant: Tenant, draft: Draft, old: Row, kind: str | None, compact: str | None
) -> None:
    behaviour = tenant.behaviour
    if behaviour.predictor_type_immutable and kind not in (None, old["type"]):
        draft.complain("INVALID_VALUE", "type", "cannot be changed", allowedValues=[old["type"]])
    if behaviour.compact_name_immutable and compact not in (None, old.get("compactName")):
        kept = [old.get("compactName")]
        draft.complain("INVALID_VALUE", "compactName", "cannot be changed", allowedValues=kept)


def _check_free(
    tenant: Tenant, draft: Draft, body: dict[str, Any], environment_id: str, old: Row | None
) -> None:
    """Name and compactName are no other predictor's."""
    behaviour, message = tenant.behaviour, "must be unique in the environment"
    named = ("update" if old else "create") in behaviour.predictor_name_unique_on
    for row in tenant.rows("riskPredictors", environment_id):
        if row is old:
            continue
        kind = "own" if row["deletable"] else "built-in"
        if kind in behaviour.compact_name_unique_among and _is_same(row, body, "compactName"):
            draft.complain("UNIQUENESS_VIOLATION", "compactName", message, existingId=row["id"])
        if named and _is_same(row, body, "name"):
            draft.complain("UNIQUENESS_VIOLATION", "name", message, existingId=row["id"])


def _check_room(tenant: Tenant, draft: Draft, kind: str, environment_id: str) -> None:
    """There are not too many predictors of the type beside the vendor's own."""
    limit = dict(tenant.behaviour.predictors_of_type).get(kind)
    rows = tenant.rows("riskPredictors", environment_id)
    if limit is not None and sum(row["deletable"] and row["type"] == kind for row in rows) >= limit:
        message = f"an environment has at most {limit} predictors of type {kind}"
        draft.complain("CONSTRAINT_VIOLATION", "type", message, maximumValue=limit)


def _is_same(row: Row, body: dict[str, Any], member: str) -> bool:
    return body[member] is not None and row.get(member) == body[member]


def _default(tenant: Tenant, draft: Draft) -> dict[str, Any]:
    """Weight, score and fallback level that policies take from the predictor."""
    behaviour = tenant.behaviour
    default: dict[str, Any] = {
        "weight": behaviour.predictor_weight,
        "score": behaviour.predictor_score,
    }
    inner = draft.inner("default")
    if inner is None:
        return default
    for name, low, high in (("weight", 1, 10), ("score", 0, 100)):
        value = inner.number(name, low, high)
        if value is not None:
            default[name] = value
    evaluated = inner.flag("evaluated")
    if evaluated is not None:
        default["evaluated"] = evaluated
    result = inner.inner("result")
    fold = "predictors" in behaviour.levels_fold_in
    level = result.choice("level", LEVELS, required=True, fold=fold) if result else None
    if level:
        default["result"] = {"level": level, "type": "VALUE"}
    return default
