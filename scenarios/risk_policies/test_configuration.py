"""The configuration of a risk policy is checked against what the descriptor asks for."""

import uuid
from typing import Any

import pytest

from harness.checks import expect_equal, expect_members, expect_saved, expect_status, expect_that
from harness.product import PingOne, Product
from scenarios.answered import member_of, number_of
from scenarios.collection import Collection, Saving, expect_complaint_about
from scenarios.risk_policies.descriptor import (
    INTERVAL,
    USER_ID,
    configured,
    key_of,
    keys_of,
    unconfigured,
)

Json = dict[str, Any]

DEFAULT_INTERVAL_MS = 20_000
A_DAY_MS = 86_400_000
CONNECTION_KEY = "pingOneConnectionId"
POLICY_SET_KEY = "pingOneRiskPolicyId"


@pytest.mark.requirement("PA-RISK-017")
@pytest.mark.parametrize("members", [{}, {"configuration": None}], ids=["left out", "null"])
def test_a_policy_without_a_configuration_is_refused(saving: Saving, members: Json) -> None:
    """Source: risk policy walkthrough 7.2 (className, configuration and name are required)."""
    saving.refuses({**saving.without("configuration"), **members})


@pytest.mark.requirement("PA-RISK-017")
def test_an_empty_configuration_is_refused(saving: Saving) -> None:
    """Source: risk policy walkthrough 7.2 (pingOneConnectionId is required)."""
    refusal = saving.refuses(saving.body(configuration={}))

    expect_complaint_about(refusal, CONNECTION_KEY)


@pytest.mark.requirement("PA-RISK-017")
@pytest.mark.parametrize("label", ["PingOne Connection", USER_ID])
def test_a_policy_without_a_required_key_is_refused(
    product: Product, saving: Saving, label: str
) -> None:
    """Source: risk policy field descriptions 7.2, 7.3 and 8.0 (required)."""
    key = key_of(product, label)

    for body in (
        unconfigured(saving.good, key),
        configured(saving.good, **{key: None}),
        configured(saving.good, **{key: ""}),
    ):
        expect_complaint_about(saving.refuses(body), key)


@pytest.mark.requirement("PA-RISK-018")
def test_a_policy_on_an_unknown_connection_is_refused(saving: Saving) -> None:
    """Source: risk policy walkthrough 7.2; PingOne connections page 8.0 (it must exist first)."""
    unknown = str(uuid.uuid5(uuid.NAMESPACE_URL, saving.good["name"]))

    refusal = saving.refuses(configured(saving.good, **{CONNECTION_KEY: unknown}))

    expect_complaint_about(refusal, CONNECTION_KEY)


@pytest.mark.requirement("PA-RISK-018")
def test_a_policy_on_a_deleted_connection_is_refused(
    product: Product, pingone: PingOne, saving: Saving
) -> None:
    """Source: PingOne connections page 8.0 (a connection must exist before a policy)."""
    gone = product.admin.add_pingone_connection(pingone.add_credential())
    body = configured(saving.good, **{CONNECTION_KEY: gone["id"]})
    expect_status(product.api.delete_pingone_connection(gone["id"]), 200)

    refusal = saving.refuses(body)

    expect_complaint_about(refusal, CONNECTION_KEY)


@pytest.mark.requirement("PA-RISK-018")
def test_the_name_of_a_connection_is_not_its_id(connection: Json, saving: Saving) -> None:
    """Source: risk policy walkthrough 7.2 (the id of the PingOne connection)."""
    saving.refuses(configured(saving.good, **{CONNECTION_KEY: connection["name"]}))


@pytest.mark.requirement("PA-RISK-019")
@pytest.mark.parametrize("how", ["left out", "null"])
def test_the_pingone_policy_id_is_optional(saving: Saving, how: str) -> None:
    """Source: risk policy walkthrough 7.2 (null is PingOne's default policy)."""
    body = unconfigured(saving.good, POLICY_SET_KEY)
    if how == "null":
        body = configured(body, **{POLICY_SET_KEY: None})

    saved = saving.saves(body)

    chosen = member_of(saved, "configuration").get(POLICY_SET_KEY)
    expect_that(not chosen, "no PingOne policy id", saved)


@pytest.mark.requirement("PA-RISK-019")
def test_the_pingone_policy_id_is_kept_as_sent(pingone: PingOne, saving: Saving) -> None:
    """Source: risk policy walkthrough 7.2 (pingOneRiskPolicyId)."""
    policy_set = pingone.add_risk_policy_set()

    saved = saving.saves(configured(saving.good, **{POLICY_SET_KEY: policy_set["id"]}))

    chosen = {"configuration": {POLICY_SET_KEY: policy_set["id"]}}
    expect_members(saved, chosen, "the answer")
    expect_members(saving.collection.stored(saved["id"]), chosen, "what is stored")


@pytest.mark.requirement("PA-RISK-020")
def test_an_unknown_pingone_policy_id_is_refused_or_kept(saving: Saving) -> None:
    """Source: assumed, whether the product asks PingOne about it is not documented."""
    unknown = str(uuid.uuid5(uuid.NAMESPACE_URL, saving.good["name"]))

    answer = saving.attempt(configured(saving.good, **{POLICY_SET_KEY: unknown}))

    expect_status(answer, 200, 422)
    if answer.status_code == 422:
        saving.expect_nothing_stored()
    else:
        kept = {"configuration": {POLICY_SET_KEY: unknown}}
        expect_members(expect_saved(answer), kept, "the answer")


@pytest.mark.requirement("PA-RISK-021")
def test_the_default_interval_is_stored_and_shown(product: Product, saving: Saving) -> None:
    """Source: risk policy field descriptions 7.2, 7.3 and 8.0 (20000 ms)."""
    key = key_of(product, INTERVAL)

    saved = saving.saves(unconfigured(saving.good, key))

    for shown in (saved, saving.collection.stored(saved["id"])):
        expect_equal(number_of(shown, "configuration", key), DEFAULT_INTERVAL_MS, key)


@pytest.mark.requirement("PA-RISK-022")
@pytest.mark.parametrize("interval_ms", [0, 1, DEFAULT_INTERVAL_MS + 1, A_DAY_MS - 1])
def test_an_interval_inside_the_range_is_stored(
    product: Product, saving: Saving, interval_ms: int
) -> None:
    """Source: risk policy field descriptions 7.2, 7.3 and 8.0 (0 evaluates every request)."""
    key = key_of(product, INTERVAL)

    saved = saving.saves(configured(saving.good, **{key: interval_ms}))

    stored = number_of(saving.collection.stored(saved["id"]), "configuration", key)
    expect_equal(stored, interval_ms, key)


@pytest.mark.requirement("PA-RISK-022")
@pytest.mark.parametrize("interval_ms", [-1, -A_DAY_MS, A_DAY_MS + 1, 10 * A_DAY_MS])
def test_an_interval_outside_the_range_is_refused(
    product: Product, saving: Saving, interval_ms: int
) -> None:
    """Source: risk policy field descriptions 7.2, 7.3 and 8.0 (from 0 to a day)."""
    key = key_of(product, INTERVAL)

    refusal = saving.refuses(configured(saving.good, **{key: interval_ms}))

    expect_complaint_about(refusal, key)


@pytest.mark.requirement("PA-RISK-023")
def test_an_interval_of_a_day_is_stored(product: Product, saving: Saving) -> None:
    """Source: assumed, up to a full day: whether the end is inclusive is not documented."""
    key = key_of(product, INTERVAL)

    saved = saving.saves(configured(saving.good, **{key: A_DAY_MS}))

    expect_equal(number_of(saved, "configuration", key), A_DAY_MS, key)


@pytest.mark.requirement("PA-RISK-022")
@pytest.mark.parametrize("value", ["soon", "20 000", "20000ms", [20000], {"ms": 1}], ids=repr)
def test_an_interval_that_is_no_number_is_refused(
    product: Product, saving: Saving, value: object
) -> None:
    """Source: risk policy field descriptions 7.2, 7.3 and 8.0 (milliseconds)."""
    key = key_of(product, INTERVAL)

    refusal = saving.refuses(configured(saving.good, **{key: value}))

    expect_complaint_about(refusal, key)


@pytest.mark.requirement("PA-RISK-025")
def test_an_interval_of_digits_is_taken_as_the_number(product: Product, saving: Saving) -> None:
    """Source: assumed; observed for other members in the vendor's own scripts."""
    key = key_of(product, INTERVAL)

    saved = saving.saves(configured(saving.good, **{key: "30000"}))

    expect_equal(number_of(saved, "configuration", key), 30000, key)


@pytest.mark.requirement("PA-RISK-041")
def test_an_unknown_key_does_no_harm(
    product: Product, connection: Json, policies: Collection
) -> None:
    """Source: assumed, refused or ignored: both are seen in products of this kind."""
    body = product.admin.risk_policy_body(connection, interval_ms=4000)

    answer = policies.create(configured(body, noSuchKey="noise"))

    expect_status(answer, 200, 422)
    if answer.status_code == 422:
        expect_equal(policies.named(body["name"]), [], "policies of the refused name")
    else:
        stored = policies.stored(expect_saved(answer)["id"])
        expect_members(stored, {"configuration": body["configuration"]}, "the known keys")


@pytest.mark.requirement("PA-RISK-044")
def test_a_refusal_names_every_faulty_key_at_once(product: Product, saving: Saving) -> None:
    """Source: virtual host tests of pingaccess-sdk-go (messages under each field)."""
    interval, user_id = keys_of(product, INTERVAL, USER_ID)
    wrong: Json = {CONNECTION_KEY: "no-such-connection", interval: -1, user_id: None}

    refusal = saving.refuses(configured(saving.good, **wrong))

    for key in wrong:
        expect_complaint_about(refusal, key)


@pytest.mark.requirement("PA-RISK-021")
def test_an_update_without_an_interval_falls_back_to_the_default(
    product: Product, connection: Json, policies: Collection
) -> None:
    """An update replaces the whole configuration: the interval of before is not kept.

    Source: risk policy field descriptions 7.3 (20000 ms unless said otherwise).
    """
    key = key_of(product, INTERVAL)
    stored = product.admin.add_risk_policy(connection, interval_ms=777)
    expect_equal(number_of(stored, "configuration", key), 777, "the interval before")

    updated = expect_saved(policies.update(stored["id"], json=unconfigured(stored, key)))

    expect_equal(number_of(updated, "configuration", key), DEFAULT_INTERVAL_MS, key)
