"""Settings name what is there, and what they name stays."""

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from harness.checks import (
    expect_deleted,
    expect_refused,
    expect_saved,
    expect_that,
    expect_unchanged,
)
from harness.product import Product
from scenarios.administration.kinds import KINDS
from scenarios.collection import UNKNOWN_NUMBER
from scenarios.settings.settings import Chosen, borrowed

Json = dict[str, Any]

NOBODY = str(uuid.uuid5(uuid.NAMESPACE_URL, "nobody"))


@dataclass(frozen=True, slots=True)
class Use:
    """A member of a setting that names an object of a kind (admin API 7.3)."""

    noun: str
    member: str
    kind: str
    unknown: object = UNKNOWN_NUMBER

    def __str__(self) -> str:
        return f"{self.noun}.{self.member}"


USES = (
    Use("admin_configuration", "httpProxyId", "proxy"),
    Use("admin_configuration", "httpsProxyId", "proxy"),
    Use(
        "application_defaults",
        "defaultAuthnChallengePolicyId",
        "authentication_challenge_policy",
        NOBODY,
    ),
    Use("authorization_server", "trustedCertificateGroupId", "trusted_certificate_group"),
)


@dataclass(frozen=True, slots=True)
class Naming:
    """A setting that names an object, and the operations on the object."""

    setting: Chosen
    use: Use
    target: Json
    read: Callable[[], Json]
    delete: Callable[..., Any]


@pytest.fixture(params=USES, ids=str)
def use(request: pytest.FixtureRequest) -> Use:
    """One member that names an object."""
    found: Use = request.param
    return found


@pytest.fixture
def named_from(product: Product, use: Use) -> Iterator[Chosen]:
    """The setting that has the member, on a product that may be changed."""
    with borrowed(product, use.noun) as chosen:
        yield chosen


@pytest.fixture
def naming(product: Product, use: Use, named_from: Chosen) -> Naming:
    """The setting, stored with a new object in the member."""
    stock = KINDS[use.kind].of(product)
    target = stock.made()
    named_from.saves({**named_from.edited(), use.member: target["id"]})
    collection = stock.collection
    return Naming(
        named_from,
        use,
        target,
        lambda: collection.stored(target["id"]),
        lambda: collection.delete(target["id"]),
    )


@pytest.mark.requirement("PA-SET-008")
def test_a_setting_names_only_what_exists(named_from: Chosen, use: Use) -> None:
    """Source: assumed; no document names the refusal."""
    body = named_from.edited()

    named_from.refuses({**body, use.member: use.unknown}, field=use.member)

    named_from.saves(body)


@pytest.mark.requirement("PA-SET-009")
def test_what_a_setting_names_cannot_be_deleted(naming: Naming) -> None:
    """Source: assumed, general rule of the product family for objects in use."""
    before = naming.setting.stored()

    expect_refused(naming.delete())

    expect_unchanged(naming.target, naming.read(), "what is named")
    expect_unchanged(before, naming.setting.stored(), "the setting")


@pytest.mark.requirement("PA-SET-009")
def test_it_can_be_deleted_once_the_setting_is_reset(naming: Naming) -> None:
    """Source: assumed, the other side of the rule for objects in use."""
    expect_refused(naming.delete())

    expect_deleted(naming.setting.reset())

    expect_deleted(naming.delete())


@pytest.mark.requirement("PA-SET-009")
def test_it_can_be_deleted_once_the_setting_names_another(product: Product, naming: Naming) -> None:
    """Source: assumed, the other side of the rule for objects in use."""
    other = KINDS[naming.use.kind].of(product).made()

    naming.setting.saves({**naming.setting.stored(), naming.use.member: other["id"]})

    expect_deleted(naming.delete())
    expect_saved(naming.setting.read())
    found = naming.setting.stored()[naming.use.member]
    expect_that(found == other["id"], f"the id {other['id']}", found)
