"""Risk evaluations: an event in, a level and its details out; completed once, in time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakes.pingone.drafts import Complaints, Draft
from fakes.pingone.errors import Answer, detail, invalid_data
from fakes.pingone.policy_sets import default_set
from fakes.pingone.scoring import address, details_of, judged

if TYPE_CHECKING:
    from fakes.pingone.tenant import Call, Tenant
    from fakes.store import Row

_FLOWS = ("AUTHENTICATION", "REGISTRATION", "ACCESS", "AUTHORIZATION", "TRANSACTION")
_SHARING = ("UNSPECIFIED", "SHARED", "PRIVATE")
_STATES = ("IN_PROGRESS", "SUCCESS", "FAILED")


def add_risk_evaluation(tenant: Tenant, call: Call) -> Answer:
    """A new evaluation, its level computed from the event by the policy set (201)."""
    event, policy_set = _drafted(tenant, call)
    now = tenant.clock.iso()
    row = {
        "id": tenant.new_id(),
        "environment": {"id": call.environment_id},
        "createdAt": now,
        "updatedAt": now,
        "event": {**event, "completionStatus": event.get("completionStatus") or "IN_PROGRESS"},
        "riskPolicySet": {"id": policy_set["id"], "name": policy_set["name"]},
        **_outcome(tenant, call.environment_id, event, policy_set),
        "created_s": tenant.clock.now_s(),
    }
    tenant.table("riskEvaluations").put(row["id"], row)
    return Answer(tenant.behaviour.evaluation_status, _shown(tenant, row))


def get_risk_evaluation(tenant: Tenant, call: Call) -> Answer:
    """One evaluation."""
    return Answer(200, _shown(tenant, _evaluation(tenant, call)))


def update_risk_evaluation_event(tenant: Tenant, call: Call) -> Answer:
    """The event, completed: once, and within half an hour."""
    row, behaviour = _evaluation(tenant, call), tenant.behaviour
    complaints = Complaints(behaviour)
    status = Draft(call.body, complaints).choice("completionStatus", _STATES, required=True)
    complaints.settle()
    _check_open(tenant, row)
    event = {**row["event"], "completionStatus": status}
    if behaviour.completion_kept:
        changed = {**row, "event": event, "updatedAt": tenant.clock.iso()}
        tenant.table("riskEvaluations").put(row["id"], changed)
    return Answer(200, {"_links": _event_links(tenant, row), **event})


def _check_open(tenant: Tenant, row: Row) -> None:
    """Raises the refusal where the event is final or too old."""
    behaviour, message = tenant.behaviour, ""
    if behaviour.final_states_kept and row["event"]["completionStatus"] != "IN_PROGRESS":
        message = "The event is completed and cannot be changed"
    elif tenant.clock.now_s() - row["created_s"] > behaviour.event_window_s:
        message = "The evaluation is too old to be completed"
    if message:
        told = detail(behaviour.late_event_code, "completionStatus", message)
        raise invalid_data(behaviour, [told])


def _evaluation(tenant: Tenant, call: Call) -> Row:
    return tenant.row("riskEvaluations", call.ids[1], call.environment_id)


def _shown(tenant: Tenant, row: Row) -> dict[str, Any]:
    path = ("riskEvaluations", row["id"])
    links = tenant.links(row["environment"]["id"], *path, more=("event",))
    return {"_links": links, **{name: row[name] for name in row if name != "created_s"}}


def _event_links(tenant: Tenant, row: Row) -> dict[str, Any]:
    environment_id = row["environment"]["id"]
    links = tenant.links(environment_id, "riskEvaluations", row["id"], "event")
    evaluation = tenant.url(environment_id, "riskEvaluations", row["id"])
    return {**links, "riskEvaluation": {"href": evaluation}}


def _outcome(tenant: Tenant, environment_id: str, event: Row, policy_set: Row) -> dict[str, Any]:
    """`result` and `details`."""
    behaviour, judge = tenant.behaviour, policy_set
    if behaviour.set_that_judges == "default":
        judge = default_set(tenant, environment_id) or policy_set
    predictors = tenant.rows("riskPredictors", environment_id)
    chosen = policy_set.get("evaluatedPredictors")
    if chosen is not None:
        ids = {one["id"] for one in chosen}
        predictors = [row for row in predictors if row["id"] in ids]
    details = details_of(behaviour, event, predictors, tenant.seeded.places)
    verdict = judged(behaviour, judge["riskPolicies"], event, details)
    return {"result": verdict.shown(), "details": details}


def _drafted(tenant: Tenant, call: Call) -> tuple[dict[str, Any], Row]:
    """Event and policy set, checked; raises the refusal that tells everything."""
    complaints = Complaints(tenant.behaviour)
    draft = Draft(call.body, complaints)
    event = draft.inner("event", required=True)
    if event:
        _check_event(tenant, event)
    policy_set = _policy_set(tenant, draft, call.environment_id)
    complaints.settle()
    if event is None or policy_set is None:  # pragma: no cover - settled above
        raise invalid_data(tenant.behaviour, complaints.found)
    return event.body, policy_set


def _check_event(tenant: Tenant, event: Draft) -> None:
    needed = tenant.behaviour.event_required
    ip = event.text("ip", required="ip" in needed)
    if ip is not None and address(ip) is None:
        event.complain("INVALID_VALUE", "ip", "must be an IP address")
    _check_user(tenant, event)
    session = event.inner("session")
    if session:
        session.text("id", required=True)
    for name, choices in (("flow", _FLOWS),):
        inner = event.inner(name)
        if inner:
            inner.choice("type", choices)
    event.choice("sharingType", _SHARING)
    event.choice("completionStatus", _STATES)
    event.text("origin")
    for name in ("targetResource", "browser", "sdk"):
        event.inner(name)


def _check_user(tenant: Tenant, event: Draft) -> None:
    needed = tenant.behaviour.event_required
    user = event.inner("user", required=any(one.startswith("user.") for one in needed))
    if user is None:
        return
    user.text("id", required="user.id" in needed)
    user.choice("type", tenant.behaviour.user_types, required="user.type" in needed)
    user.text("name")
    for group in user.inners("groups"):
        group.text("name", required=True)


def _policy_set(tenant: Tenant, draft: Draft, environment_id: str) -> Row | None:
    """The set of that id or name; the default one where neither is said."""
    wanted = draft.inner("riskPolicySet")
    if wanted is None:
        return default_set(tenant, environment_id)
    for member in tenant.behaviour.set_chosen_by:
        value = wanted.text(member)
        if value is None:
            continue
        rows = tenant.rows("riskPolicySets", environment_id)
        found = next((row for row in rows if row[member] == value), None)
        if found is None:
            wanted.complain("INVALID_VALUE", member, "is not a risk policy set")
        return found
    return default_set(tenant, environment_id)
