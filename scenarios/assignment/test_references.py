"""What applications and resources name must exist, and stays as long as they name it."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from harness.checks import expect_deleted, expect_refused, expect_saved, expect_unchanged
from harness.errors import HarnessError
from harness.product import Product
from scenarios.administration.kinds import KINDS as OTHERS
from scenarios.collection import UNKNOWN_NUMBER, Saving, unused_number

Json = dict[str, Any]

NOBODY = str(uuid.uuid5(uuid.NAMESPACE_URL, "nobody"))
"""An id of a challenge policy that no product gives."""


def web(kind: str, *keys: int) -> Json:
    """A policy map with these rules, or rule sets, for Web."""
    return {"policy": {"Web": [{"type": kind, "id": key} for key in keys], "API": []}}


UNKNOWN: dict[str, Json] = {
    "challenge policy": {"authenticationChallengePolicyId": NOBODY},
    "rule": web("Rule", UNKNOWN_NUMBER),
    "rule set": web("RuleSet", UNKNOWN_NUMBER),
}

AROUND: dict[str, Callable[[Any], Json]] = {
    "agent": lambda key: {"destination": "Agent", "siteId": 0, "agentId": key},
    "sideband client": lambda key: {
        "destination": "Sideband", "siteId": 0, "sidebandClientId": key
    },
    "identity mapping": lambda key: {"identityMappingIds": {"Web": key, "API": 0}},
    "access token validator": lambda key: {
        "applicationType": "API",
        "defaultAuthType": "API",
        "webSessionId": 0,
        "accessValidatorId": key,
    },
}  # fmt: skip
"""What names an object around an application (admin API 7.3, Application)."""

UNKNOWN_TO_APPLICATIONS: dict[str, Json] = {
    "site": {"siteId": UNKNOWN_NUMBER},
    "web session": {"webSessionId": UNKNOWN_NUMBER},
    "virtual host": {"virtualHostIds": [UNKNOWN_NUMBER]},
    "agent": AROUND["agent"](UNKNOWN_NUMBER),
    "sideband client": AROUND["sideband client"](NOBODY),
    "identity mapping": AROUND["identity mapping"](UNKNOWN_NUMBER),
    "access token validator": AROUND["access token validator"](UNKNOWN_NUMBER),
    **UNKNOWN,
}


@pytest.mark.requirement("PA-APP-009")
@pytest.mark.parametrize("kind", UNKNOWN_TO_APPLICATIONS)
def test_an_application_names_only_what_exists(application_saving: Saving, kind: str) -> None:
    """Source: assumed; the references are named in admin API 7.3, schema Application."""
    application_saving.refuses(application_saving.body(**UNKNOWN_TO_APPLICATIONS[kind]))

    application_saving.saves(application_saving.good)


@pytest.mark.requirement("PA-APP-009")
def test_one_unknown_object_among_known_ones_is_refused(
    product: Product, application_saving: Saving
) -> None:
    """Source: assumed; the references are named in admin API 7.3, schema Application."""
    saving, known = application_saving, product.admin.add_rule()["id"]
    hosts = saving.good["virtualHostIds"]

    saving.refuses(saving.body(virtualHostIds=[*hosts, UNKNOWN_NUMBER]))
    saving.refuses(saving.body(**web("Rule", known, UNKNOWN_NUMBER)))

    saving.saves(saving.body(**web("Rule", known)))


@pytest.mark.requirement("PA-APP-009")
def test_an_application_names_nothing_that_was_deleted(
    product: Product, application_saving: Saving
) -> None:
    """Source: assumed; the references are named in admin API 7.3, schema Application."""
    site, session = product.admin.add_site(), product.admin.add_web_session()
    for delete, gone in (
        (product.api.delete_site, site),
        (product.api.delete_web_session, session),
    ):
        if delete(gone["id"]).status_code != 200:
            raise HarnessError(f"{gone['name']} could not be deleted")

    application_saving.refuses(application_saving.body(siteId=site["id"]))
    application_saving.refuses(application_saving.body(webSessionId=session["id"]))


@pytest.mark.requirement("PA-RES-008")
@pytest.mark.parametrize("kind", UNKNOWN)
def test_a_resource_names_only_what_exists(resource_saving: Saving, kind: str) -> None:
    """Source: assumed; the references are named in admin API 7.3, schema Resource."""
    resource_saving.refuses(resource_saving.body(**UNKNOWN[kind]))

    resource_saving.saves(resource_saving.good)


@pytest.mark.requirement("PA-RES-008")
def test_a_rule_does_not_stand_for_a_rule_set(product: Product, resource_saving: Saving) -> None:
    """The id of a rule is no id of a rule set, though both are numbers.

    Source: admin API 7.3, PolicyItem (type and id); the refusal is assumed.
    """
    number = product.admin.add_rule(id=unused_number(product.name("number")))["id"]

    resource_saving.refuses(resource_saving.body(**web("RuleSet", number)))

    resource_saving.saves(resource_saving.body(**web("Rule", number)))


@dataclass(frozen=True, slots=True)
class Named:
    """An object that others name: the members that name it, and what reads and deletes it."""

    stored: Json
    members: Json
    read: Callable[..., httpx.Response]
    delete: Callable[..., httpx.Response]


def named(product: Product, kind: str) -> Named:
    """A new object of this kind."""
    admin, api = product.admin, product.api
    if kind == "site":
        made = admin.add_site()
        return Named(made, {"siteId": made["id"]}, api.get_site, api.delete_site)
    if kind == "web session":
        made = admin.add_web_session()
        return Named(
            made, {"webSessionId": made["id"]}, api.get_web_session, api.delete_web_session
        )
    if kind == "virtual host":
        made = admin.add_virtual_host()
        members = {"virtualHostIds": [made["id"]]}
        return Named(made, members, api.get_virtual_host, api.delete_virtual_host)
    if kind in AROUND:
        return named_around(product, kind)
    return named_by_both(product, kind)


def named_around(product: Product, kind: str) -> Named:
    """A new object of a kind that only applications name."""
    noun = kind.replace(" ", "_")
    stock = OTHERS[noun].of(product)
    made = stock.made()
    members = AROUND[kind](made["id"])
    return Named(made, members, stock.collection.get, stock.collection.delete)


def named_by_both(product: Product, kind: str) -> Named:
    """A new object of a kind that applications and resources name alike."""
    admin, api = product.admin, product.api
    if kind == "rule":
        made = admin.add_rule()
        return Named(made, web("Rule", made["id"]), api.get_rule, api.delete_rule)
    if kind == "rule set":
        made = admin.add_rule_set([admin.add_rule()])
        return Named(made, web("RuleSet", made["id"]), api.get_rule_set, api.delete_rule_set)
    made = admin.add_authentication_challenge_policy()
    return Named(
        made,
        {"authenticationChallengePolicyId": made["id"]},
        api.get_authentication_challenge_policy,
        api.delete_authentication_challenge_policy,
    )


def expect_undeletable(one: Named) -> None:
    """Holds when the object is not deleted and is what it was."""
    before = expect_saved(one.read(one.stored["id"]))
    expect_refused(one.delete(one.stored["id"]))
    expect_unchanged(before, expect_saved(one.read(one.stored["id"])), "the object in use")


KINDS = [
    "site", "virtual host", "web session", "challenge policy", "rule", "rule set",
    "agent", "sideband client", "identity mapping", "access token validator",
]  # fmt: skip


@pytest.mark.requirement("PA-APP-019")
@pytest.mark.parametrize("kind", KINDS)
def test_what_an_application_names_cannot_be_deleted(product: Product, kind: str) -> None:
    """Another object of the kind, which nobody names, can.

    Source: assumed, general rule of the product family for objects in use.
    """
    used, unused = named(product, kind), named(product, kind)

    product.admin.add_application(**used.members)

    expect_undeletable(used)
    expect_deleted(unused.delete(unused.stored["id"]))


@pytest.mark.requirement("PA-APP-019")
@pytest.mark.parametrize("kind", KINDS)
def test_what_an_application_names_since_an_update_cannot_be_deleted(
    product: Product, application: Json, kind: str
) -> None:
    """Source: assumed, general rule of the product family for objects in use."""
    used = named(product, kind)

    body = {**application, **used.members}
    expect_saved(product.api.update_application(application["id"], json=body))

    expect_undeletable(used)


@pytest.mark.requirement("PA-APP-019")
@pytest.mark.parametrize("kind", ["challenge policy", "rule", "rule set"])
def test_what_only_a_resource_names_since_an_update_cannot_be_deleted(
    product: Product, application: Json, kind: str
) -> None:
    """Source: assumed, general rule of the product family for objects in use."""
    used, resource = named(product, kind), product.admin.add_resource(application, "/pay")

    keys, body = (application["id"], resource["id"]), {**resource, **used.members}
    expect_saved(product.api.update_application_resource(*keys, json=body))

    expect_undeletable(used)


@pytest.mark.requirement("PA-APP-019")
@pytest.mark.parametrize("kind", ["challenge policy", "rule", "rule set"])
def test_what_only_a_resource_names_cannot_be_deleted(
    product: Product, application: Json, kind: str
) -> None:
    """Another object of the kind, which nobody names, can.

    Source: assumed, general rule of the product family for objects in use.
    """
    used, unused = named(product, kind), named(product, kind)

    product.admin.add_resource(application, "/pay", **used.members)

    expect_undeletable(used)
    expect_deleted(unused.delete(unused.stored["id"]))
