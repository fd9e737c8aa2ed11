"""Risk evaluations: an event in, a level and its details out; completed once, in time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakes.pingone.drafts import Complaints, Draft
from fakes.pingone.errors import Answer, invalid_data
from fakes.pingone.protect.history import count_event, learn, remember
from fakes.pingone.protect.networks import address
from fakes.pingone.protect.policy_sets import default_set
from fakes.pingone.protect.predictors import named_in
from fakes.pingone.protect.scenes import Scene, scene_of
from fakes.pingone.protect.scoring import details_of, judged, recommended
from fakes.pingone.protect.targets import FLOWS, staged_sets, targeted_set

if TYPE_CHECKING:
    from fakes.pingone.behaviour import Behaviour
    from fakes.pingone.tenant import Call, Tenant
    from fakes.store import Row

_SHARING = ("UNSPECIFIED", "SHARED", "PRIVATE")
_HIDDEN = frozenset({"created_s", "number", "staged"})
_STATES = ("IN_PROGRESS", "SUCCESS", "FAILED")


def add_risk_evaluation(tenant: Tenant, call: Call) -> Answer:
    """A new evaluation, its level computed from the event by the policy set (201)."""
    event, policy_set = _drafted(tenant, call)
    now, now_s = tenant.now(), tenant.clock.now_s()
    status = event.get("completionStatus") or "IN_PROGRESS"
    scene = scene_of(tenant, call.environment_id, event, now_s)
    predictors = tenant.rows("riskPredictors", call.environment_id)
    touched = count_event(tenant, scene, predictors)
    row = {
        "id": tenant.new_id(),
        "environment": {"id": call.environment_id},
        "createdAt": now,
        "updatedAt": now,
        "event": {**event, "completionStatus": status},
        "riskPolicySet": {"id": policy_set["id"], "name": policy_set["name"]},
        **_outcome(tenant, scene, policy_set, predictors),
        "staged": [
            _staged(tenant, scene, one, predictors) for one in staged_sets(tenant, policy_set)
        ],
        "created_s": now_s,
        "number": touched["number"],
    }
    tenant.save("riskEvaluations", row)
    remember(tenant, touched, row["id"])
    _learn(tenant, row, status)
    return tenant.created("riskEvaluations", _shown(tenant, row, "create"))


def _staged(tenant: Tenant, scene: Scene, policy_set: Row, predictors: list[Row]) -> dict[str, Any]:
    """What a set that is tried makes of the event (staging policies page)."""
    named = {"id": policy_set["id"], "name": policy_set["name"]}
    return {"riskPolicySet": named, **_outcome(tenant, scene, policy_set, predictors)}


def _learn(tenant: Tenant, row: Row, status: str) -> None:
    """What a completion in that state teaches the predictors, if anything."""
    if status in tenant.behaviour.learned_from:
        scene = scene_of(tenant, row["environment"]["id"], row["event"], row["created_s"])
        learn(tenant, scene, row["number"])


def get_risk_evaluation(tenant: Tenant, call: Call) -> Answer:
    """One evaluation."""
    row = _evaluation(tenant, call)
    if not tenant.behaviour.result_kept:
        row = {**row, **_judged_again(tenant, row)}
    return Answer(200, _shown(tenant, row, "read"))


def update_risk_evaluation_event(tenant: Tenant, call: Call) -> Answer:
    """The event, completed: once, and within half an hour."""
    row, behaviour = _evaluation(tenant, call), tenant.behaviour
    complaints = Complaints(behaviour)
    status = Draft(call.body, complaints).choice("completionStatus", _STATES, required=True)
    complaints.settle()
    _check_open(tenant, row, complaints, str(status))
    if not tenant.refuses_late("riskEvaluations.update", complaints):
        complaints.settle()
    event = {**row["event"], "completionStatus": status}
    tenant.save("riskEvaluations", {**row, "event": event, "updatedAt": tenant.now()}, row)
    _learn(tenant, row, str(status))
    complaints.settle()
    return Answer(200, {"_links": _event_links(tenant, row), **event})


def _check_open(tenant: Tenant, row: Row, complaints: Complaints, status: str) -> None:
    """A complaint where the event is final or too old."""
    behaviour, message = tenant.behaviour, ""
    final = row["event"]["completionStatus"] != "IN_PROGRESS"
    if behaviour.final_states_kept and final and status not in behaviour.completed_by:
        message = "The event is completed and cannot be changed"
    elif tenant.clock.now_s() - row["created_s"] > behaviour.event_window_s:
        message = "The evaluation is too old to be completed"
    if message:
        complaints.add(behaviour.late_event_code, "completionStatus", message)


def _evaluation(tenant: Tenant, call: Call) -> Row:
    return tenant.row("riskEvaluations", call.ids[1], call.environment_id)


def _shown(tenant: Tenant, row: Row, act: str) -> dict[str, Any]:
    path = ("riskEvaluations", row["id"])
    links = tenant.links(row["environment"]["id"], *path, more=("event",))
    members = {name: row[name] for name in row if name not in _HIDDEN}
    staged = tenant.behaviour.staged_shown_as
    if staged and row.get("staged"):
        members[staged] = row["staged"]
    return tenant.told("riskEvaluations", act, {"_links": links, **members})


def _event_links(tenant: Tenant, row: Row) -> dict[str, Any]:
    environment_id = row["environment"]["id"]
    links = tenant.links(environment_id, "riskEvaluations", row["id"], "event")
    evaluation = tenant.url(environment_id, "riskEvaluations", row["id"])
    return {**links, "riskEvaluation": {"href": evaluation}}


def _outcome(tenant: Tenant, scene: Scene, policy_set: Row, known: list[Row]) -> dict[str, Any]:
    """`result` and `details`, of the predictors that the environment has."""
    behaviour, judge = tenant.behaviour, policy_set
    if behaviour.set_that_judges == "default":
        judge = default_set(tenant, scene.environment_id) or policy_set
    predictors = _asked(tenant.behaviour, policy_set, known)
    details = details_of(scene, predictors)
    policies = judge["riskPolicies"]
    result = judged(behaviour, policies, scene.event, details).shown()
    mitigations = recommended(behaviour, policies, scene.event, details)
    if mitigations:
        result["mitigations"] = mitigations
    if behaviour.bot_recommendation and _is_bot(predictors, details):
        result["recommendedAction"] = behaviour.bot_recommendation
    return {"result": result, "details": details}


def _is_bot(predictors: list[Row], details: Row) -> bool:
    """Whether a bot predictor finds the event HIGH."""
    bots = [row["compactName"] for row in predictors if row["type"] == "BOT"]
    found = (details.get(name) for name in bots)
    return any(isinstance(one, dict) and one.get("level") == "HIGH" for one in found)


def _asked(behaviour: Behaviour, policy_set: Row, predictors: list[Row]) -> list[Row]:
    """The predictors that the set evaluates."""
    chosen = policy_set.get("evaluatedPredictors")
    if behaviour.unasked_predictors == "shown":
        return predictors
    if chosen is not None:
        ids = {one["id"] for one in chosen}
        return [row for row in predictors if row["id"] in ids]
    if behaviour.unnamed_set_evaluates == "named":
        names = named_in(policy_set)
        return [row for row in predictors if row.get("compactName") in names]
    return predictors


def _judged_again(tenant: Tenant, row: Row) -> dict[str, Any]:
    """What the set, or the default one where it is gone, makes of the event today."""
    environment_id = row["environment"]["id"]
    policy_set = tenant.table("riskPolicySets").get(row["riskPolicySet"]["id"])
    policy_set = policy_set or default_set(tenant, environment_id)
    scene = scene_of(tenant, environment_id, row["event"], row["created_s"])
    predictors = tenant.rows("riskPredictors", environment_id)
    return _outcome(tenant, scene, policy_set, predictors) if policy_set else {}


def _drafted(tenant: Tenant, call: Call) -> tuple[dict[str, Any], Row]:
    """Event and policy set, checked; raises the refusal that tells everything."""
    complaints = Complaints(tenant.behaviour)
    draft = Draft(call.body, complaints)
    event = draft.inner("event", required=True)
    if event:
        _check_required(tenant, event)
        if tenant.behaviour.event_values_checked:
            _check_event(tenant, event)
    policy_set = _policy_set(tenant, draft, call.environment_id)
    complaints.settle()
    if event is None or policy_set is None:  # pragma: no cover - settled above
        raise invalid_data(tenant.behaviour, complaints.found)
    return event.body, policy_set


def _check_required(tenant: Tenant, event: Draft) -> None:
    """The members that must be there, and the address."""
    behaviour, needed = tenant.behaviour, tenant.behaviour.event_required
    ip = event.text("ip", required="ip" in needed)
    if ip is not None and address(ip) is None and behaviour.event_address_checked:
        event.complain("INVALID_VALUE", "ip", "must be an IP address")
    within = [one.removeprefix("user.") for one in needed if one.startswith("user.")]
    user = event.inner("user", required=bool(within))
    if user:
        for name in within:
            user.value(name, required=True)


def _check_event(tenant: Tenant, event: Draft) -> None:
    """The values that have a kind or a length."""
    limit = tenant.behaviour.event_text_limit
    _check_user(tenant, event, limit)
    session, flow = event.inner("session"), event.inner("flow")
    if session:
        session.text("id", required=True, limit=limit)
    if flow:
        flow.choice("type", FLOWS)
    event.choice("sharingType", _SHARING)
    event.choice("completionStatus", _STATES)
    event.text("origin", limit=limit)
    for name in ("targetResource", "browser", "sdk"):
        event.inner(name)


def _check_user(tenant: Tenant, event: Draft, limit: int) -> None:
    body = event.body.get("user")
    if not isinstance(body, dict):
        return
    user = Draft(body, event.complaints, f"{event.path}user.")
    user.text("id", limit=limit)
    user.choice("type", tenant.behaviour.user_types)
    user.text("name", limit=limit)
    for group in user.inners("groups"):
        group.text("name", required=True, limit=limit)


def _policy_set(tenant: Tenant, draft: Draft, environment_id: str) -> Row | None:
    """The set of that id or name; the default one where neither is said."""
    wanted = draft.inner("riskPolicySet")
    if wanted is None:
        return default_set(tenant, environment_id)
    targeted = wanted.flag("targeted")
    for member in tenant.behaviour.set_chosen_by:
        value = wanted.text(member)
        if value is None:
            continue
        rows = tenant.rows("riskPolicySets", environment_id)
        found = next((row for row in rows if row.get(member) == value), None)
        if found is None and not tenant.behaviour.unknown_set_refused:
            break
        if found is None:
            wanted.complain("INVALID_VALUE", member, "is not a risk policy set")
        return found
    event = draft.body.get("event")
    found = targeted_set(tenant, environment_id, event) if targeted and event else None
    return found or default_set(tenant, environment_id)
