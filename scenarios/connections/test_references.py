"""A connection stands as long as a risk policy stands on it, and refusals have one shape."""

import pytest

from harness.checks import (
    expect_deleted,
    expect_equal,
    expect_refused,
    expect_saved,
    expect_that,
    expect_unchanged,
)
from harness.product import PingOne, Product
from scenarios.collection import MALFORMED, Collection, Saving
from scenarios.connections.credentials import value


@pytest.mark.requirement("PA-CONN-054")
def test_a_connection_that_a_risk_policy_uses_cannot_be_deleted(
    product: Product, pingone: PingOne, connections: Collection
) -> None:
    """Source: assumed, general rule of the product family for objects in use."""
    stored = product.admin.add_pingone_connection(pingone.add_credential())
    policy = product.admin.add_risk_policy(stored)

    expect_refused(connections.delete(stored["id"]))

    expect_unchanged(stored, connections.stored(stored["id"]), "the connection")
    expect_equal(expect_saved(product.api.get_risk_policy(policy["id"])), policy, "the policy")


@pytest.mark.requirement("PA-CONN-054")
def test_a_connection_that_a_risk_policy_was_moved_to_cannot_be_deleted(
    product: Product, pingone: PingOne, connections: Collection
) -> None:
    """A use that began with an update counts as one that began with a creation.

    Source: assumed, general rule of the product family for objects in use.
    """
    credential = pingone.add_credential()
    old, new = (product.admin.add_pingone_connection(credential) for _ in range(2))
    policy = product.admin.add_risk_policy(old)
    moved = product.admin.risk_policy_body(new, name=policy["name"])
    expect_saved(product.api.update_risk_policy(policy["id"], json=moved))

    expect_refused(connections.delete(new["id"]))

    expect_unchanged(new, connections.stored(new["id"]), "the connection")


@pytest.mark.requirement("PA-CONN-055")
def test_a_connection_is_free_once_its_risk_policy_is_deleted(
    product: Product, pingone: PingOne, connections: Collection
) -> None:
    """Source: assumed, the other side of the rule for objects in use."""
    stored = product.admin.add_pingone_connection(pingone.add_credential())
    policy = product.admin.add_risk_policy(stored)
    expect_refused(connections.delete(stored["id"]))
    expect_deleted(product.api.delete_risk_policy(policy["id"]))

    expect_deleted(connections.delete(stored["id"]))


@pytest.mark.requirement("PA-CONN-055")
def test_a_connection_is_free_once_its_risk_policy_is_moved_away(
    product: Product, pingone: PingOne, connections: Collection
) -> None:
    """Source: assumed, the other side of the rule for objects in use."""
    credential = pingone.add_credential()
    old, new = (product.admin.add_pingone_connection(credential) for _ in range(2))
    policy = product.admin.add_risk_policy(old)
    moved = product.admin.risk_policy_body(new, name=policy["name"])
    expect_saved(product.api.update_risk_policy(policy["id"], json=moved))

    expect_deleted(connections.delete(old["id"]))


WRONG_TYPES: dict[str, dict[str, object]] = {
    "name is an object": {"name": {"first": "a"}},
    "description is a list": {"description": ["a"]},
    "credential is a text": {"credential": "text"},
    "credential is a list": {"credential": []},
    "useProxy is a word": {"useProxy": "perhaps"},
    "group is a word": {"trustedCertificateGroupId": "many"},
    "protocols are a text": {"sslProtocols": "TLSv1.2"},
    "ciphers are an object": {"sslCiphers": {}},
}


@pytest.mark.requirement("PA-CONN-044")
@pytest.mark.parametrize("fault", WRONG_TYPES)
def test_a_member_of_the_wrong_type_is_refused(saving: Saving, fault: str) -> None:
    """Source: admin API 7.3, schema PingOneConnection; status 422 or 400 is not documented."""
    saving.refuses(saving.body(**WRONG_TYPES[fault]), status=MALFORMED)


@pytest.mark.requirement("PA-CONN-044")
@pytest.mark.parametrize("body", [[], "text", None, 7], ids=repr)
def test_a_body_that_is_no_object_is_refused(saving: Saving, body: object) -> None:
    """Source: admin API 7.3, addPingOneConnection; status 422 or 400 is not documented."""
    saving.refuses(body, status=MALFORMED)


@pytest.mark.requirement("PA-CONN-059")
def test_every_refusal_has_the_shape_of_an_api_error(pingone: PingOne, saving: Saving) -> None:
    """Source: admin API 7.3, schema ApiError (flash and form required)."""
    revoked = pingone.add_credential()
    pingone.revoke(revoked)
    for fault in (
        {"name": None},
        {"trustedCertificateGroupId": 2_000_000_000},
        {"credential": value("one.two.three")},
        {"credential": value(revoked.token)},
    ):
        refusal = saving.refuses(saving.body(**fault))

        by_field = [said for texts in refusal["form"].values() for said in texts]
        sentences = [*refusal["flash"], *by_field]
        expect_that(all(sentences) and sentences != [], "sentences", refusal)


@pytest.mark.requirement("PA-CONN-059")
def test_a_refusal_of_one_member_names_it_and_no_other(saving: Saving) -> None:
    """Source: admin API 7.3, ApiError.form (the errors on specific fields)."""
    refusal = saving.refuses(saving.without("name"), field="name")

    expect_equal(list(refusal["form"]), ["name"], "fields of the refusal")
