"""What Protect holds in a new environment: its default predictors and its default policy set."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakes.pingone.protect.kinds import FALLBACKS, VELOCITY

if TYPE_CHECKING:
    from fakes.seed import Stream

# compactName, name, type, default score, members of the type.
# Terraform provider, helpers/bootstrap_predictors.go; the last four: seen in current tenants.
_PREDICTORS: tuple[tuple[str, str, str, int, dict[str, Any]], ...] = (
    (
        "userRiskBehavior",
        "User Risk Behavior",
        "USER_RISK_BEHAVIOR",
        50,
        {"predictionModel": {"name": "login_anomaly_statistic"}},
    ),
    (
        "userBasedRiskBehavior",
        "User-Based Risk Behavior",
        "USER_RISK_BEHAVIOR",
        75,
        {"predictionModel": {"name": "points"}},
    ),
    (
        "ipVelocityByUser",
        "IP Velocity",
        "VELOCITY",
        75,
        {
            "of": "${event.ip}",
            "by": ["${event.user.id}"],
            **VELOCITY,
            "fallback": FALLBACKS["${event.ip}"],
        },
    ),
    (
        "userVelocityByIp",
        "User Velocity",
        "VELOCITY",
        75,
        {
            "of": "${event.user.id}",
            "by": ["${event.ip}"],
            **VELOCITY,
            "fallback": FALLBACKS["${event.user.id}"],
        },
    ),
    (
        "anonymousNetwork",
        "Anonymous Network Detection",
        "ANONYMOUS_NETWORK",
        50,
        {"whiteList": []},
    ),
    ("geoVelocity", "Geovelocity Anomaly", "GEO_VELOCITY", 50, {"whiteList": []}),
    ("ipRisk", "IP Reputation", "IP_REPUTATION", 50, {"whiteList": []}),
    ("newDevice", "New Device", "DEVICE", 75, {"detect": "NEW_DEVICE"}),
    (
        "userLocationAnomaly",
        "User Location Anomaly",
        "USER_LOCATION_ANOMALY",
        50,
        {"radius": {"distance": 50, "unit": "kilometers"}, "days": 50},
    ),
    (
        "trafficAnomaly",
        "Traffic Anomaly",
        "TRAFFIC_ANOMALY",
        50,
        {
            "rules": [
                {
                    "type": "UNIQUE_USERS_PER_DEVICE",
                    "enabled": True,
                    "interval": {"unit": "DAY", "quantity": 1},
                    "threshold": {"medium": 3, "high": 4},
                }
            ]
        },
    ),
    ("botDetection", "Bot Detection", "BOT", 50, {"includeRepeatedEventsWithoutSdk": False}),
    ("suspiciousDevice", "Suspicious Device", "DEVICE", 50, {"detect": "SUSPICIOUS_DEVICE"}),
    (
        "adversaryInTheMiddle",
        "Adversary In The Middle",
        "ADVERSARY_IN_THE_MIDDLE",
        50,
        {"domainWhiteList": []},
    ),
    ("emailReputation", "Email Reputation", "EMAIL_REPUTATION", 50, {}),
)

# Update risk policy set, older collection of requests with bodies: weights of the predictors.
_WEIGHTS = {
    "anonymousNetwork": 8,
    "geoVelocity": 4,
    "ipRisk": 8,
    "ipVelocityByUser": 5,
    "userRiskBehavior": 10,
    "userBasedRiskBehavior": 10,
    "userVelocityByIp": 5,
}


def default_predictors(stream: Stream, environment_id: str, created: str) -> list[dict[str, Any]]:
    """The predictors that every environment has and keeps."""
    return [
        {
            "id": stream.uuid(),
            "environment": {"id": environment_id},
            "name": name,
            "compactName": compact_name,
            "type": kind,
            "licensed": True,
            "deletable": False,
            "default": {"weight": 5, "score": score},
            **members,
            "createdAt": created,
            "updatedAt": created,
        }
        for compact_name, name, kind, score, members in _PREDICTORS
    ]


def default_policy_set(stream: Stream, environment_id: str, created: str) -> dict[str, Any]:
    """The default set, as public scripts restore it: an override, then weights."""
    weights = [
        {"value": f"${{details.aggregatedWeights.{name}}}", "weight": weight}
        for name, weight in _WEIGHTS.items()
    ]
    policies = [
        ("GEOVELOCITY_ANOMALY", "HIGH", _impossible_travel()),
        ("MEDIUM_WEIGHTED_POLICY", "MEDIUM", _weighted(weights, 40, 70)),
        ("HIGH_WEIGHTED_POLICY", "HIGH", _weighted(weights, 70, 100)),
    ]
    return {
        "id": stream.uuid(),
        "environment": {"id": environment_id},
        "name": "Default Risk Policy",
        "description": "The policy that judges where no other is asked for.",
        "default": True,
        "defaultResult": {"level": "LOW", "type": "VALUE"},
        "riskPolicies": [
            {
                "id": stream.uuid(),
                "name": name,
                "priority": priority,
                "result": {"level": level, "type": "VALUE"},
                "condition": condition,
                "createdAt": created,
                "updatedAt": created,
            }
            for priority, (name, level, condition) in enumerate(policies, 1)
        ],
        "createdAt": created,
        "updatedAt": created,
    }


def _impossible_travel() -> dict[str, Any]:
    return {"type": "VALUE_COMPARISON", "value": "${details.impossibleTravel}", "equals": True}


def _weighted(weights: list[dict[str, Any]], low: int, high: int) -> dict[str, Any]:
    return {
        "type": "AGGREGATED_WEIGHTS",
        "aggregatedWeights": weights,
        "between": {"minScore": low, "maxScore": high},
    }
