"""What an environment does with an event: its predictors and sets, made ready while they last."""

from __future__ import annotations

from operator import is_
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from fakes.pingone.protect.counting import Dimension, Tally, dimensions
from fakes.pingone.protect.policy_sets import default_set
from fakes.pingone.protect.predictors import named_in
from fakes.pingone.protect.rating import RATERS, needs_traces
from fakes.pingone.protect.scoring import Policies
from fakes.pingone.protect.telling import Predictor
from fakes.pingone.unlike import Constant

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fakes.pingone.behaviour import Behaviour
    from fakes.pingone.protect.rating import Rate
    from fakes.pingone.protect.scenes import Scene
    from fakes.pingone.tenant import Tenant
    from fakes.store import Row

_KEPT = 64
"""Outcomes of one set that are kept: the last for each choice of members of the details."""


class Plan:
    """An environment's predictors and policy sets as they are now, and what is to be counted."""

    def __init__(self, tenant: Tenant, environment_id: str) -> None:
        self._behaviour = tenant.behaviour
        self.default_set = default_set(tenant, environment_id)
        tallies: dict[Dimension, Tally] = {}
        self._predictors = []
        for row in tenant.rows("riskPredictors", environment_id):
            wanted = dimensions(row)
            tallies |= {one: Tally(environment_id, one) for one in wanted if one not in tallies}
            own = [tallies[one] for one in wanted]
            self._predictors.append(Predictor(self._behaviour, row, own))
        self.tallies = list(tallies.values())
        self._judges: dict[str, Judge] = {}

    def judge(self, policy_set: Row) -> Judge:
        """The policy set of the environment, ready to judge."""
        judge = self._judges.get(policy_set["id"])
        if judge is None:
            decides = policy_set
            if self._behaviour.set_that_judges == "default":
                decides = self.default_set or policy_set
            asked = _asked(self._behaviour, policy_set, self._predictors)
            policies = Policies(self._behaviour, decides["riskPolicies"])
            judge = Judge(self._behaviour, policy_set, asked, policies)
            self._judges[policy_set["id"]] = judge
        return judge


class Judge:
    """What one policy set makes of an event; of events with the very same details, the same."""

    def __init__(
        self,
        behaviour: Behaviour,
        policy_set: Row,
        predictors: Sequence[Predictor],
        policies: Policies,
    ) -> None:
        self.named = Constant({"id": policy_set["id"], "name": policy_set["name"]})
        self._behaviour = behaviour
        self._policies = policies
        early = {one.name: one for one in predictors if not one.is_late}
        self._early = [_rater(one) for one in early.values()]
        self._late = [_rater(one) for one in predictors if one.is_late]
        self._traceless = [_rater(one) for one in early.values() if not needs_traces(one)]
        self._untraced: dict[str, Row] = {}
        self._names = [name for name, _, _ in (*self._early, *self._late)]
        self._bots = [one.name for one in predictors if one.row["type"] == "BOT"]
        self._last: dict[tuple[str, ...], dict[str, Any]] = {}

    def outcome(self, scene: Scene) -> Row:
        """`result` and `details` of the event."""
        details = self._details(scene)
        last = self._last.get(tuple(details))
        if last is None or not all(map(is_, last["details"].values(), details.values())):
            return self._judged(scene, details)
        if type(last["details"]) is dict:
            last = {"result": Constant(last["result"]), "details": Constant(details)}
            self._last[tuple(details)] = last
        return last

    def _judged(self, scene: Scene, details: dict[str, Any]) -> Row:
        """The outcome, remembered where it follows from the details."""
        context = {**scene.context, "details": details}
        result = self._policies.verdict(context).shown()
        mitigations = self._policies.mitigations(context)
        if mitigations:
            result["mitigations"] = mitigations
        if self._behaviour.bot_recommendation and self._is_bot(details):
            result["recommendedAction"] = self._behaviour.bot_recommendation
        outcome = {"result": result, "details": details}
        if self._policies.look_at_details:
            if len(self._last) >= _KEPT:
                self._last.clear()
            self._last[tuple(details)] = outcome
        return outcome

    def _details(self, scene: Scene) -> dict[str, Any]:
        """What is known of the event, then one member for each predictor, by compactName.

        Composite predictors see what the others found. Source: create risk evaluation page.
        """
        details = self._early_details(scene)
        for name, rate, one in self._late:
            whole = replace(scene, context={**scene.context, "details": details})
            details[name] = rate(one, whole)
        if self._behaviour.undecided_shown:
            return details
        found = {name: details[name] for name in self._names if "level" in details[name]}
        return {**scene.details, **found}

    def _early_details(self, scene: Scene) -> dict[str, Any]:
        """What those find that see nothing of each other.

        Of an event without traces, what was found of the first one stays where it needs them.
        """
        details, raters = {**scene.details}, self._early
        if not scene.traces and self._untraced:
            details |= self._untraced
            raters = self._traceless
        for name, rate, one in raters:
            details[name] = rate(one, scene)
        if not scene.traces and not self._untraced:
            self._untraced = {name: details[name] for name, _, _ in self._early}
        return details

    def _is_bot(self, details: Row) -> bool:
        """Whether a bot predictor finds the event HIGH."""
        found = map(details.get, self._bots)
        return any(isinstance(one, dict) and one.get("level") == "HIGH" for one in found)


def _rater(predictor: Predictor) -> tuple[str, Rate, Predictor]:
    return predictor.name, RATERS[predictor.row["type"]], predictor


def plan_of(tenant: Tenant, environment_id: str) -> Plan:
    """The plan of the environment, made anew when a predictor or a set has changed."""
    return tenant.derived(Plan, environment_id, "riskPredictors", "riskPolicySets")


def _asked(
    behaviour: Behaviour, policy_set: Row, predictors: Sequence[Predictor]
) -> Sequence[Predictor]:
    """The predictors that the set evaluates."""
    chosen = policy_set.get("evaluatedPredictors")
    if behaviour.unasked_predictors == "shown":
        return predictors
    if chosen is not None:
        ids = {one["id"] for one in chosen}
        return [one for one in predictors if one.row["id"] in ids]
    if behaviour.unnamed_set_evaluates == "named":
        names = named_in(policy_set)
        return [one for one in predictors if one.row.get("compactName") in names]
    return predictors
