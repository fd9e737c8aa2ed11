"""Risk predictors: the vendor's own, and MAP predictors of the tenant (P1-PRED)."""

import pytest

from harness.checks import (
    expect_equal,
    expect_error,
    expect_members,
    expect_status,
    expect_that,
    expect_unchanged,
)
from harness.product import PingOne
from scenarios.pingone import bodies
from scenarios.pingone.bodies import REFUSED
from scenarios.pingone.resource import Resource, json_object, known

BUILT_IN = {
    "userRiskBehavior": "USER_RISK_BEHAVIOR",
    "userBasedRiskBehavior": "USER_RISK_BEHAVIOR",
    "ipVelocityByUser": "VELOCITY",
    "userVelocityByIp": "VELOCITY",
    "anonymousNetwork": "ANONYMOUS_NETWORK",
    "geoVelocity": "GEO_VELOCITY",
    "ipRisk": "IP_REPUTATION",
    "newDevice": "DEVICE",
    "userLocationAnomaly": "USER_LOCATION_ANOMALY",
}
"""Compact name and type of the predictors of a new environment (Terraform provider, bootstrap)."""


@pytest.mark.requirement("P1-PRED-001")
def test_an_environment_has_the_vendors_predictors(predictors: Resource) -> None:
    """Each is there, of its type, licensed, and not to be deleted.

    Source: Terraform provider, bootstrap predictors; PingOne Go SDK, RiskPredictor.deletable.
    """
    built_in = {item["compactName"]: item for item in predictors.all()}

    for compact_name, kind in BUILT_IN.items():
        expect_that(compact_name in built_in, f"a predictor {compact_name}", sorted(built_in))
        expected = {"type": kind, "deletable": False}
        expect_members(built_in[compact_name], expected, f"the predictor {compact_name}")


@pytest.mark.requirement("P1-PRED-001")
def test_the_vendors_predictors_cannot_be_deleted(predictors: Resource) -> None:
    """A deletion is refused, and the predictor is as it was.

    Source: PingOne Go SDK, risk openapi, RiskPredictor.deletable.
    """
    geo = next(item for item in predictors.all() if item["compactName"] == "geoVelocity")

    expect_status(predictors.delete(geo["id"]), *REFUSED)

    expect_unchanged(known(geo), known(predictors.stored(geo["id"])), "the predictor")


@pytest.mark.requirement("P1-PRED-002")
def test_a_new_map_predictor_is_read_back_as_it_was_made(predictors: Resource) -> None:
    """Created with 201 and an id, it may be deleted, and is read with what was sent.

    Source: PingOne Go SDK, risk openapi, CreateRiskPredictor (201), RiskPredictorCustom.
    """
    body = predictors.good(description="Who the suite rates")

    made = predictors.create(body)

    sent = {key: value for key, value in body.items() if key != "map"}
    expect_members(made, {**sent, "deletable": True, "licensed": True}, "the new predictor")
    expect_that(bool(made.get("id")), "an id", made)
    predictors.expect_kept(made)


@pytest.mark.requirement("P1-PRED-003")
def test_the_server_says_of_what_kind_a_map_is(predictors: Resource) -> None:
    """Each level holds what was sent and a type; that of a list of values is STRING_LIST.

    Source: PingOne Go SDK, risk openapi, RiskPredictorCustomItem (type: read only).
    """
    levels = {"high": bodies.listed(["h"]), "low": bodies.addresses("203.0.113.0/24")}

    shown = predictors.create(map=levels).get("map") or {}

    for level, sent in levels.items():
        expect_members(shown.get(level) or {}, sent, f"the map of {level}")
        expect_that(bool(shown[level].get("type")), f"a type of the map of {level}", shown[level])
    expect_equal(shown["high"]["type"], "STRING_LIST", "type of a list of values")


@pytest.mark.requirement("P1-PRED-004")
@pytest.mark.parametrize("member", ["name", "compactName", "type"])
def test_a_predictor_without_a_required_member_is_refused(
    predictors: Resource, member: str
) -> None:
    """The error names the member that is missing.

    Source: PingOne Go SDK, risk openapi, RiskPredictorCommon.required; PingOne error codes.
    """
    predictors.create()

    body = {key: value for key, value in predictors.good().items() if key != member}
    predictors.refuses(body, target=member)


@pytest.mark.requirement("P1-PRED-004")
@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("type", "GUESS"),
        ("type", "map"),
        ("type", None),
        ("name", None),
        ("name", ""),
        ("name", 7),
        ("description", "x" * 1025),
    ],
)
def test_a_value_that_a_predictor_does_not_take_is_refused(
    predictors: Resource, member: str, value: object
) -> None:
    """The error names the member; a description of 1024 characters is the longest.

    Source: PingOne Go SDK, risk openapi, EnumPredictorType, RiskPredictorCommon (maxLength).
    """
    predictors.create(description="x" * 1024)

    predictors.refuses(predictors.good(**{member: value}), target=member)


@pytest.mark.requirement("P1-PRED-005")
@pytest.mark.parametrize("spoil", ["{}-1", "{} 1", "{}_1", "é{}", "{}\n", "{}.level"])
def test_a_compact_name_other_than_letters_and_digits_is_refused(
    predictors: Resource, spoil: str
) -> None:
    """It stands in placeholders and answers, so its alphabet is small.

    Source: PingOne Go SDK, risk openapi, RiskPredictorCommon.compactName (^[a-zA-Z0-9]+$).
    """
    body = predictors.good()
    predictors.create()

    body["compactName"] = spoil.format(body["compactName"])
    predictors.refuses(body, target="compactName")


@pytest.mark.requirement("P1-PRED-006")
@pytest.mark.parametrize("taken", ["own", "built in"])
def test_a_compact_name_that_is_taken_is_refused(predictors: Resource, taken: str) -> None:
    """Whether a predictor of the tenant or one of the vendor has it.

    Source: PingOne Go SDK, risk openapi, RiskPredictorCommon.compactName is unique.
    """
    first = predictors.create()

    body = predictors.good()
    body["compactName"] = first["compactName"] if taken == "own" else "geoVelocity"
    predictors.refuses(body, target="compactName")


@pytest.mark.requirement("P1-PRED-007")
def test_the_compact_name_of_a_predictor_never_changes(predictors: Resource) -> None:
    """An update with another one is refused or leaves it alone.

    Source: PingOne Go SDK, risk openapi, RiskPredictorCommon.compactName is immutable.
    """
    made = predictors.create()

    expect_status(predictors.update(made["id"], json=predictors.good()), 200, 400)

    kept = predictors.stored(made["id"])["compactName"]
    expect_equal(kept, made["compactName"], "compactName after an update")


@pytest.mark.requirement("P1-PRED-008")
@pytest.mark.parametrize(
    "levels",
    [
        None,
        [],
        "high",
        {"high": ["h"]},
        {"high": {"list": ["h"]}},
        {"high": {"contains": "${event.user.id}"}},
        {"high": {"contains": "${event.user.id}", "list": "h"}},
        {"high": {"contains": "${event.user.id}", "list": [7]}},
        {"high": {"contains": "event.user.id", "list": ["h"]}},
        {"high": {"contains": "${event.ip}", "ipRange": ["203.0.113.0/33"]}},
        {"high": {"contains": "${event.ip}", "ipRange": ["everywhere"]}},
        {"high": {"contains": "${event.age}", "between": {"minScore": 9}}},
        {"highest": {"contains": "${event.user.id}", "list": ["h"]}},
    ],
    ids=[
        "null",
        "an array",
        "a text",
        "a level that is a list",
        "no member of the event",
        "no values",
        "a text for the list",
        "a number in the list",
        "no placeholder",
        "a prefix of 33",
        "no address",
        "half a range",
        "no level",
    ],
)
def test_a_map_that_is_none_is_refused(predictors: Resource, levels: object) -> None:
    """Each level says which member of the event it looks at, and for what.

    Source: PingOne Go SDK, risk openapi, RiskPredictorCustomItem (three kinds, all required).
    """
    predictors.create()

    predictors.refuses(predictors.good(map=levels))


@pytest.mark.requirement("P1-PRED-008")
def test_a_map_predictor_without_a_map_is_refused(predictors: Resource) -> None:
    """A MAP predictor rates by its map.

    Source: PingOne Go SDK, risk openapi, RiskPredictorCustom.map.
    """
    predictors.create()

    predictors.refuses({k: v for k, v in predictors.good().items() if k != "map"})


@pytest.mark.requirement("P1-PRED-009")
def test_an_update_of_a_predictor_counts_from_the_next_evaluation(
    predictors: Resource, policy_sets: Resource, pingone: PingOne
) -> None:
    """The same user is HIGH by the old map and LOW by the new one.

    Source: PingOne Go SDK, risk openapi, UpdateRiskPredictor (200).
    """
    body = predictors.good()
    made = predictors.create(body)
    override = bodies.override(made["compactName"], "HIGH", "HIGH")
    chosen = policy_sets.create(bodies.policy_set(policy_sets.good()["name"], [override], [made]))
    expect_equal(pingone.evaluate("h", chosen)["result"]["level"], "HIGH", "level before")

    changed = {**body, "map": {"high": bodies.listed(["x"]), "low": bodies.listed(["h"])}}
    updated = json_object(predictors.update(made["id"], json=changed), 200)

    expect_equal(updated["id"], made["id"], "id")
    expect_equal(pingone.evaluate("h", chosen)["result"]["level"], "LOW", "level of h after")
    expect_equal(pingone.evaluate("x", chosen)["result"]["level"], "HIGH", "level of x after")


@pytest.mark.requirement("P1-PRED-009")
def test_an_update_replaces_the_whole_predictor(predictors: Resource) -> None:
    """The new name is stored, the description that was not sent is gone.

    Source: PingOne Go SDK, risk openapi, UpdateRiskPredictor (200).
    """
    body = predictors.good()
    made = predictors.create(body, description="before")
    new = {**body, "name": predictors.good()["name"]}

    updated = json_object(predictors.update(made["id"], json=new), 200)

    expect_members(updated, {"id": made["id"], "name": new["name"]}, "the updated predictor")
    expect_equal(updated.get("description") or None, None, "a description that was not sent")
    predictors.expect_kept(updated)


@pytest.mark.requirement("P1-PRED-010")
def test_a_deleted_predictor_is_gone(predictors: Resource) -> None:
    """204, then 404 alone and for a second deletion, not in the list; its name is free.

    Source: PingOne Go SDK, risk openapi, DeleteRiskPredictor (204).
    """
    body = predictors.good()
    kept, gone = predictors.create(), predictors.create(body)

    expect_status(predictors.delete(gone["id"]), 204)

    predictors.expect_gone(gone["id"])
    predictors.expect_kept(kept)
    predictors.expect_kept(predictors.create(body))


@pytest.mark.requirement("P1-PRED-010")
def test_a_predictor_that_does_not_exist_is_not_updated(predictors: Resource) -> None:
    """An update of an unknown id answers 404 and makes nothing.

    Source: PingOne error codes (404 NOT_FOUND).
    """
    before = predictors.ids()
    nobodys = "00000000-0000-4000-8000-000000000000"

    expect_error(predictors.update(nobodys, json=predictors.good()), 404, "NOT_FOUND")

    expect_unchanged(before, predictors.ids(), "the ids of the predictors")
