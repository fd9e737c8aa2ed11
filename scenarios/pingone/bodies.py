"""Request bodies as the PingOne documents write them.

Source: PingOne management and risk openapi of the vendor's Go SDK; Protect API, risk policies.
"""

from collections.abc import Iterable
from typing import Any, TypeAlias

Json: TypeAlias = dict[str, Any]

PINGONE_ERRORS = ("INVALID_DATA", "INVALID_REQUEST", "REQUEST_FAILED")
"""Codes of a refusal with 400 (PingOne reference, error codes)."""

REFUSED = (400, 403, 404, 405, 409, 422)
"""Statuses of a refusal whose status is not documented: any of the client's class.

PingOne reference, error codes: a client branches on the class, since a number may change.
"""

ADDRESS = "198.51.100.7"
"""An address for documentation (RFC 5737), outside every range that a scenario asks for."""


def gateway(name: str, /, **members: object) -> Json:
    """A PingFederate gateway (create PING_FEDERATE gateway: name, description, type, enabled).

    A name among the members takes the place of the first one.
    """
    return {"name": name, "type": "PING_FEDERATE", "enabled": True, **members}


LDAP: Json = {
    "type": "LDAP",
    "bindDN": "cn=paconform",
    "bindPassword": "paconform",
    "serversHostAndPort": ["ldap.example.com:636"],
    "vendor": "PingDirectory",
}
"""What a gateway to a directory needs beside name and enabled (SDK GatewayTypeLDAP)."""


def listed(values: Iterable[str], of: str = "user.id") -> Json:
    """A level of a MAP predictor that holds for these values of a member of the event."""
    return {"contains": f"${{event.{of}}}", "list": list(values)}


def addresses(*ranges: str) -> Json:
    """A level of a MAP predictor that holds for the addresses in these ranges."""
    return {"contains": "${event.ip}", "ipRange": list(ranges)}


def predictor(name: str, **levels: object) -> Json:
    """A MAP predictor with the levels high, medium and low as given (RiskPredictorCustom)."""
    compact = "".join(letter for letter in name if letter.isascii() and letter.isalnum())
    return {"name": name, "compactName": compact, "type": "MAP", "map": levels}


def result(level: str) -> Json:
    """The result of a policy."""
    return {"level": level, "type": "VALUE"}


def scored(scores: dict[str, int], least: int, most: int, level: str) -> Json:
    """A policy that holds when the scores of the predictors sum to a number in this range."""
    asked = [{"value": f"${{details.{name}.level}}", "score": n} for name, n in scores.items()]
    between = {"minScore": least, "maxScore": most}
    condition = {"type": "AGGREGATED_SCORES", "aggregatedScores": asked, "between": between}
    return {"name": f"{level} scored", "condition": condition, "result": result(level)}


def weighted(weights: dict[str, int], least: int, most: int, level: str) -> Json:
    """A policy that holds when the weighted average of the predictors is in this range."""
    value = "${{details.aggregatedWeights.{}}}"
    asked = [{"value": value.format(name), "weight": n} for name, n in weights.items()]
    between = {"minScore": least, "maxScore": most}
    condition = {"type": "AGGREGATED_WEIGHTS", "aggregatedWeights": asked, "between": between}
    return {"name": f"{level} weighted", "condition": condition, "result": result(level)}


def override(compact_name: str, equals: str, level: str) -> Json:
    """A policy that holds when one predictor has exactly this level."""
    value = f"${{details.{compact_name}.level}}"
    condition = {"type": "VALUE_COMPARISON", "value": value, "equals": equals}
    return {"name": f"{equals} is {level}", "condition": condition, "result": result(level)}


def override_by_address(level: str, *ranges: str) -> Json:
    """A policy that holds for the addresses in these ranges."""
    condition = {"type": "IP_RANGE", "contains": "${event.ip}", "ipRange": list(ranges)}
    return {"name": f"address is {level}", "condition": condition, "result": result(level)}


def policy_set(name: str, policies: Iterable[Json], predictors: Iterable[Json]) -> Json:
    """A policy set of these policies that evaluates these predictors; LOW when none holds."""
    return {
        "name": name,
        "defaultResult": result("LOW"),
        "riskPolicies": list(policies),
        "evaluatedPredictors": [{"id": asked["id"]} for asked in predictors],
    }


def evaluation(user_id: str = "user-1", *, policy_set: Json | None = None, **event: object) -> Json:
    """The least that a risk evaluation needs, and what else is given of the event."""
    whole = {"ip": ADDRESS, "user": {"id": user_id, "type": "EXTERNAL"}, **event}
    return {"event": whole} | ({} if policy_set is None else {"riskPolicySet": policy_set})
