"""Feedback on risk evaluations: several items in the older form, one or several in the newer."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from fakes.pingone.drafts import Complaints, Draft
from fakes.pingone.errors import Answer, Refusal
from fakes.pingone.protect.kinds import LEVELS
from fakes.pingone.protect.moments import moment_s
from fakes.pingone.protect.targets import FLOWS

if TYPE_CHECKING:
    from fakes.pingone.tenant import Call, Tenant

SINGLE = "application/vnd.pingidentity.risk.feedback.v2+json"
BULK = "application/vnd.pingidentity.risk.feedback.bulk.v2+json"
"""Content types of the newer form (send risk evaluation feedback pages)."""

SUBJECTS = (
    "RISK_EVALUATION_ID",
    "EXTERNAL_TRANSACTION_ID",
    "PINGONE_USER_ID",
    "EXTERNAL_USER_ID",
    "IP_ADDRESS",
    "TIME_RANGE",
)
_VERDICTS = ("FRAUD", "SUSPECTED_FRAUD", "LEGITIMATE")
_TRIGGERS = ("CHARGEBACK", "MANUAL_REVIEW", "CUSTOMER_COMPLAINT", "THIRD_PARTY_SIGNAL")
_MILLISECONDS = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", re.ASCII)
_ATTRIBUTES, _NAME, _VALUE = 20, 100, 300


def add_risk_feedback(tenant: Tenant, call: Call) -> Answer:
    """Feedback in the form that the content type says."""
    media_type = call.request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type == BULK:
        return _add_several(tenant, call)
    read = _labelled if media_type == SINGLE else _older
    complaints = Complaints(tenant.behaviour)
    members = read(tenant, Draft(call.body, complaints), call.environment_id)
    complaints.settle()
    return Answer(tenant.behaviour.feedback_status, _kept(tenant, call, members))


def _add_several(tenant: Tenant, call: Call) -> Answer:
    """Each item taken or refused by itself (SDK, RiskFeedbackBulkResponse)."""
    complaints = Complaints(tenant.behaviour)
    limit = tenant.behaviour.bulk_feedback_limit
    items = list(Draft(call.body, complaints).inners("items", required=True, limit=limit))
    complaints.settle()
    responses = [_response(tenant, call, one.body) for one in items]
    failed = [n for n, one in enumerate(responses) if one["status"] != "SUCCESS"]
    summary = {
        "requested": len(items),
        "errors": len(failed),
        "successful": len(items) - len(failed),
        "skipped": 0,
    }
    errors = [{"$ref": f"#/responses/{n}"} for n in failed]
    body = {"summary": summary, "responses": responses, **({"errors": errors} if errors else {})}
    return Answer(tenant.behaviour.bulk_feedback_status, body)


def _response(tenant: Tenant, call: Call, body: dict[str, Any]) -> dict[str, Any]:
    """What became of one item: the stored feedback, or the error object."""
    complaints = Complaints(tenant.behaviour)
    members = _labelled(tenant, Draft(body, complaints), call.environment_id)
    try:
        complaints.settle()
    except Refusal as refusal:
        told = refusal.answer(tenant.behaviour, tenant.new_id()).body
        return {"status": "INVALID_DATA", "body": told}
    return {"status": "SUCCESS", "body": _kept(tenant, call, members)}


def _kept(tenant: Tenant, call: Call, members: dict[str, Any]) -> dict[str, Any]:
    """The feedback with its id and its times, stored."""
    now = tenant.now()
    told = {name: value for name, value in members.items() if value is not None}
    row = {"id": tenant.new_id(), "environment": {"id": call.environment_id}, **told}
    row |= {"createdAt": now, "updatedAt": now}
    tenant.table("riskFeedback").put(row["id"], row)
    return {"_links": tenant.links(call.environment_id, "riskFeedback", row["id"]), **row}


def _older(tenant: Tenant, draft: Draft, environment_id: str) -> dict[str, Any]:
    """A category, and perhaps a reason, for each evaluation."""
    found, categories = [], tenant.behaviour.feedback_categories
    needed = tenant.behaviour.feedback_required
    limit = tenant.behaviour.bulk_feedback_limit
    for item in draft.inners("evaluationFeedbackItems", required=True, limit=limit):
        evaluation = item.inner("riskEvaluation", required="riskEvaluation" in needed)
        key = evaluation.text("id", required=True) if evaluation else None
        if evaluation:
            _check_known(tenant, evaluation, "id", key, environment_id)
        must = "feedbackCategory" in needed
        category = (
            item.choice("feedbackCategory", categories, required=must)
            if categories
            else item.text("feedbackCategory", required=must)
        )
        read = {"riskEvaluation": {"id": key}, "feedbackCategory": category}
        found.append({**read, **({"reason": item.text("reason")} if item.has("reason") else {})})
    return {"evaluationFeedbackItems": found}


def _check_known(
    tenant: Tenant, draft: Draft, name: str, key: str | None, environment_id: str
) -> None:
    row = tenant.table("riskEvaluations").get(key or "")
    known = row is not None and row["environment"]["id"] == environment_id
    if key is not None and not known and tenant.behaviour.feedback_on_known:
        draft.complain("INVALID_VALUE", name, "is not a risk evaluation")


def _labelled(tenant: Tenant, draft: Draft, environment_id: str) -> dict[str, Any]:
    """A verdict on what the subject says (SDK, RiskFeedback)."""
    subject = draft.inner("subject", required=True)
    kind = subject.choice("type", SUBJECTS, required=True) if subject else None
    ranged = kind == "TIME_RANGE"
    value = subject.text("value", required=not ranged) if subject else None
    if subject and kind == "RISK_EVALUATION_ID":
        _check_known(tenant, subject, "value", value, environment_id)
    named = {"type": kind, **({"value": value} if value is not None else {})}
    return {
        "subject": named,
        "verdict": draft.choice("verdict", _VERDICTS, required=True),
        **_period(tenant, draft, ranged=ranged),
        "trigger": draft.choice("trigger", _TRIGGERS),
        "flowType": draft.choice("flowType", FLOWS),
        "confirmedAt": _moment(draft, "confirmedAt"),
        "reason": draft.text("reason", limit=200),
        "analyst": draft.text("analyst", limit=50),
        "confidence": draft.choice("confidence", LEVELS),
        "fraudType": draft.text("fraudType", limit=50),
        "attributes": _attributes(draft),
    }


def _period(tenant: Tenant, draft: Draft, *, ranged: bool) -> dict[str, str | None]:
    """When it was; until when for a range of time, and for nothing else."""
    start, end = _moment(draft, "occurredFrom", required=True), None
    if ranged:
        end = _moment(draft, "occurredTo", required=True)
    elif draft.has("occurredTo"):
        draft.complain("INVALID_VALUE", "occurredTo", "is for TIME_RANGE only")
    if start and end:
        span_s = (moment_s(end) or 0) - (moment_s(start) or 0)
        if not 0 <= span_s <= tenant.behaviour.feedback_range_s:
            draft.complain("OUT_OF_RANGE", "occurredTo", "must be at most 3 days later")
    return {"occurredFrom": start, "occurredTo": end}


def _moment(draft: Draft, name: str, *, required: bool = False) -> str | None:
    """A moment in UTC with milliseconds, which are required."""
    text = draft.text(name, required=required)
    if text is None or (_MILLISECONDS.fullmatch(text) and moment_s(text) is not None):
        return text
    draft.complain("INVALID_VALUE", name, "must be like 2026-01-31T12:00:00.000Z")
    return None


def _attributes(draft: Draft) -> dict[str, Any] | None:
    """A flat map of texts."""
    inner = draft.inner("attributes")
    if inner is None:
        return None
    if len(inner.body) > _ATTRIBUTES:
        message = f"must have at most {_ATTRIBUTES} members"
        draft.complain("SIZE_LIMIT_EXCEEDED", "attributes", message, maximumValue=_ATTRIBUTES)
    for name in inner.body:
        if len(name) > _NAME:
            message = f"must have names of at most {_NAME} characters"
            draft.complain("SIZE_LIMIT_EXCEEDED", "attributes", message, maximumValue=_NAME)
    return {name: inner.text(name, limit=_VALUE) for name in inner.body}
