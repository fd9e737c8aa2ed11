"""The root resource, which every application has."""

from typing import Any

from harness.checks import expect_equal, expect_items
from harness.product import Product

Json = dict[str, Any]


def the_root(product: Product, application: Json) -> Json:
    """The root resource of an application."""
    found = expect_items(product.api.get_application_resources(application["id"]))
    roots = [one for one in found if one.get("rootResource")]
    expect_equal(len(roots), 1, f"number of root resources of {application['name']}")
    root: Json = roots[0]
    return root
