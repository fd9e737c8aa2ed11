"""Risk data of a user, erased on request (risk data page)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fakes.pingone.drafts import Complaints, Draft
from fakes.pingone.errors import Answer
from fakes.pingone.protect.counting import Counting
from fakes.pingone.protect.history import USERS, user_key
from fakes.pingone.protect.plans import plan_of

if TYPE_CHECKING:
    from fakes.pingone.tenant import Call, Tenant

RESET = "application/vnd.pingidentity.risk.userProfile.reset+json"
"""Content type of the one action on a user's profile."""


def reset_risk_user_profile(tenant: Tenant, call: Call) -> Answer:
    """200: nothing is known of the user any more, nor counted for them."""
    complaints = Complaints(tenant.behaviour)
    user = Draft(call.body, complaints).inner("user", required=True)
    if user:
        user.text("id", required=True, limit=tenant.behaviour.event_text_limit)
        user.choice("type", tenant.behaviour.user_types, required=True)
    complaints.settle()
    tenant.table(USERS).delete(user_key(call.environment_id, call.body))
    counting = Counting(tenant, {"event": call.body})
    for tally in plan_of(tenant, call.environment_id).tallies:
        counting.forget(tally)
    return Answer(200, {"_links": tenant.links(call.environment_id, "riskUserProfile")})
