"""What the vendor says was, or is, wrong with some releases."""

import pytest
from cryptography import x509

from harness.checks import expect_equal, expect_items, expect_members, expect_saved, expect_that
from harness.product import Product
from scenarios.administration.kinds import RULE_SET
from scenarios.keys.pairs import brought
from scenarios.releases.probes import fields_of

OTHER_NAME = x509.OtherName(x509.ObjectIdentifier("1.3.6.1.4.1.311.20.2.3"), b"\x0c\x01u")
"""A user principal name (otherName of RFC 5280, section 4.2.1.6), a UTF8String."""

CROSS_ORIGIN = "Cross-Origin Request"
"""The label of the rule (PingAccess 9.0, adding cross-origin request rules)."""


@pytest.mark.requirement("PA-REL-021")
def test_a_rule_set_of_one_cross_origin_rule_can_be_assigned(product: Product) -> None:
    """Source: PingAccess 9.1.0 release notes, PA-15785 (an issue that is known and open)."""
    [plugin] = [
        one
        for one in expect_items(product.api.get_rule_descriptors())
        if one["label"] == CROSS_ORIGIN
    ]
    origins = next(one["name"] for one in fields_of(plugin) if one["label"] == "Allowed Origins")
    rule = product.admin.add_rule(
        className=plugin["className"], configuration={origins: ["https://www.example.com"]}
    )
    sets = RULE_SET.of(product)
    body = {"name": product.name("set"), "elementType": "Rule", "policy": [rule["id"]]}
    one = expect_saved(sets.collection.create({**body, "successCriteria": "SuccessIfAllSucceed"}))
    policy = {"Web": [{"type": "RuleSet", "id": one["id"]}], "API": []}

    answer = product.api.add_application(json=product.admin.application_body(policy=policy))

    expect_members(expect_saved(answer), {"policy": policy}, "the application")


@pytest.mark.requirement("PA-REL-022")
def test_the_automatic_order_holds_the_root_resource_beside_another_of_its_path(
    product: Product,
) -> None:
    """Source: PingAccess 9.0.4 and 9.1.0 release notes, PA-16495 (fixed)."""
    application = product.admin.add_application()
    key = application["id"]
    expect_equal(order_of(product, key), ids_of(product, key), "the order with the root alone")

    product.admin.add_resource(application, "/*", methods=["GET"])

    expect_equal(order_of(product, key), ids_of(product, key), "the order beside another of /*")


def order_of(product: Product, application: int) -> list[int]:
    """The ids of the automatic order, sorted: which place each has is asked elsewhere."""
    order = expect_saved(product.api.get_resource_auto_order(application))
    expect_that(isinstance(order.get("resourceIds"), list), "resourceIds, a list", order)
    return sorted(int(one) for one in order["resourceIds"])


def ids_of(product: Product, application: int) -> list[int]:
    """The ids of the application's resources."""
    return sorted(
        one["id"] for one in expect_items(product.api.get_application_resources(application))
    )


@pytest.mark.requirement("PA-REL-023")
def test_a_key_pair_with_an_other_name_can_be_imported(product: Product) -> None:
    """Source: PingAccess 9.0.4 and 9.1.0 release notes, PA-16530 (fixed)."""
    control, _ = brought(product)
    expect_saved(product.api.import_key_pair(json=control))
    named, _ = brought(product, OTHER_NAME)

    saved = expect_saved(product.api.import_key_pair(json=named))

    expect_equal(saved["alias"], named["alias"], "the alias of the key pair")
