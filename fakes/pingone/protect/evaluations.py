"""Risk evaluations: an event in, a level and its details out; completed once, in time."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from fakes.pingone.drafts import Complaints, Draft
from fakes.pingone.errors import Answer, invalid_data
from fakes.pingone.protect.history import count_event, learn, remember
from fakes.pingone.protect.networks import address
from fakes.pingone.protect.plans import plan_of
from fakes.pingone.protect.scenes import scene_of
from fakes.pingone.protect.targets import FLOWS, staged_sets, targeted_set

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from fakes.pingone.protect.plans import Judge, Plan
    from fakes.pingone.protect.scenes import Scene
    from fakes.pingone.tenant import Call, Tenant
    from fakes.store import Row

_SHARING = ("UNSPECIFIED", "SHARED", "PRIVATE")
_HIDDEN = ("created_s", "number", "staged")
_STATES = ("IN_PROGRESS", "SUCCESS", "FAILED")


def add_risk_evaluation(tenant: Tenant, call: Call) -> Answer:
    """A new evaluation, its level computed from the event by the policy set (201)."""
    environment_id = call.environment_id
    plan = plan_of(tenant, environment_id)
    event, policy_set = _drafted(tenant, call, plan)
    now, now_s = tenant.now(), tenant.clock.now_s()
    status = event.get("completionStatus") or "IN_PROGRESS"
    scene = scene_of(tenant, environment_id, event, now_s)
    touched = count_event(tenant, scene, plan.tallies)
    key, judge = tenant.new_id(), plan.judge(policy_set)
    row = {
        "id": key,
        "environment": {"id": environment_id},
        "createdAt": now,
        "updatedAt": now,
        "event": {**event, "completionStatus": status},
        "riskPolicySet": judge.named,
        **judge.outcome(scene),
        "staged": [_staged(scene, plan.judge(one)) for one in staged_sets(tenant, policy_set)],
        "created_s": now_s,
        "number": touched["number"],
    }
    tenant.save("riskEvaluations", row)
    remember(tenant, touched, row["id"])
    _learn(tenant, row, status)
    return tenant.created("riskEvaluations", _shown(tenant, row, "create"))


def _staged(scene: Scene, judge: Judge) -> dict[str, Any]:
    """What a set that is tried makes of the event (staging policies page)."""
    return {"riskPolicySet": judge.named, **judge.outcome(scene)}


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
    shown = {"_links": links, **row}
    for name in _HIDDEN:
        shown.pop(name, None)
    staged = tenant.behaviour.staged_shown_as
    if staged and row.get("staged"):
        shown[staged] = row["staged"]
    return tenant.told("riskEvaluations", act, shown)


def _event_links(tenant: Tenant, row: Row) -> dict[str, Any]:
    environment_id = row["environment"]["id"]
    links = tenant.links(environment_id, "riskEvaluations", row["id"], "event")
    evaluation = tenant.url(environment_id, "riskEvaluations", row["id"])
    return {**links, "riskEvaluation": {"href": evaluation}}


def _judged_again(tenant: Tenant, row: Row) -> Row:
    """What the set, or the default one where it is gone, makes of the event today."""
    environment_id = row["environment"]["id"]
    policy_set = tenant.table("riskPolicySets").get(row["riskPolicySet"]["id"])
    plan = plan_of(tenant, environment_id)
    policy_set = policy_set or plan.default_set
    scene = scene_of(tenant, environment_id, row["event"], row["created_s"])
    return plan.judge(policy_set).outcome(scene) if policy_set else {}


def _drafted(tenant: Tenant, call: Call, plan: Plan) -> tuple[dict[str, Any], Row]:
    """Event and policy set, checked; raises the refusal that tells everything."""
    complaints = Complaints(tenant.behaviour)
    draft = Draft(call.body, complaints)
    event = draft.inner("event", required=True)
    if event:
        user = _check_required(tenant, event)
        if tenant.behaviour.event_values_checked:
            _check_event(tenant, event, user)
    policy_set = _policy_set(tenant, draft, plan, call.environment_id)
    complaints.settle()
    if event is None or policy_set is None:  # pragma: no cover - settled above
        raise invalid_data(tenant.behaviour, complaints.found)
    return event.body, policy_set


def _check_required(tenant: Tenant, event: Draft) -> Draft | None:
    """The members that must be there, and the address; gives the user."""
    behaviour, needed = tenant.behaviour, tenant.behaviour.event_required
    ip = event.text("ip", required="ip" in needed)
    if ip is not None and address(ip) is None and behaviour.event_address_checked:
        event.complain("INVALID_VALUE", "ip", "must be an IP address")
    within = _within_user(needed)
    user = event.inner("user", required=bool(within))
    if user:
        for name in within:
            user.value(name, required=True)
    return user


@lru_cache(maxsize=64)
def _within_user(needed: tuple[str, ...]) -> list[str]:
    """Which of the members that must be there are the user's."""
    return [one.removeprefix("user.") for one in needed if one.startswith("user.")]


def _check_event(tenant: Tenant, event: Draft, user: Draft | None) -> None:
    """The values that have a kind or a length."""
    limit = tenant.behaviour.event_text_limit
    if user:
        _check_user(tenant, user, limit)
    for name, check in _CHECKS.items():
        if name in event.body:
            check(event, name, limit)


def _check_user(tenant: Tenant, user: Draft, limit: int) -> None:
    user.text("id", limit=limit)
    user.choice("type", tenant.behaviour.user_types)
    if user.has("name"):
        user.text("name", limit=limit)
    if user.has("groups"):
        for group in user.inners("groups"):
            group.text("name", required=True, limit=limit)


def _check_session(event: Draft, name: str, limit: int) -> None:
    session = event.inner(name)
    if session:
        session.text("id", required=True, limit=limit)


def _check_flow(event: Draft, name: str, _: int) -> None:
    flow = event.inner(name)
    if flow:
        flow.choice("type", FLOWS)


_CHECKS: Mapping[str, Callable[[Draft, str, int], object]] = {
    "session": _check_session,
    "flow": _check_flow,
    "sharingType": lambda event, name, _: event.choice(name, _SHARING),
    "completionStatus": lambda event, name, _: event.choice(name, _STATES),
    "origin": lambda event, name, limit: event.text(name, limit=limit),
    "targetResource": lambda event, name, _: event.inner(name),
    "browser": lambda event, name, _: event.inner(name),
    "sdk": lambda event, name, _: event.inner(name),
}
"""How the members of an event are read that may be left out."""


def _policy_set(tenant: Tenant, draft: Draft, plan: Plan, environment_id: str) -> Row | None:
    """The set of that id or name; the default one where neither is said."""
    wanted = draft.inner("riskPolicySet")
    if wanted is None:
        return plan.default_set
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
    return found or plan.default_set
