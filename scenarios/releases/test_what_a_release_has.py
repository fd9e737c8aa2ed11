"""A release has what its documents say, and nothing that a later one announces as new."""

import pytest

from harness.checks import expect_saved, expect_that
from harness.product import Product
from harness.releases import known
from scenarios.releases.probes import PROBES

TOPICS = {one.topic: one.requirement for one in next(iter(known().values())).expects.values()}


@pytest.mark.parametrize(
    "topic",
    [pytest.param(one, marks=pytest.mark.requirement(key)) for one, key in TOPICS.items()],
)
def test_a_release_has_what_its_documents_say(product: Product, topic: str) -> None:
    """Source: the release notes and pages that harness/releases names for each topic and release.

    That a release lacks what a later one announces as new is assumed.
    """
    expected = product.expected(topic)
    expect_saved(product.api.version())

    found = PROBES[topic](product)

    what = f"{topic} in PingAccess {product.requirements}: {expected.value}"
    expect_that(found == expected.value, what, found, assumed=expected.grade == "assumed")
