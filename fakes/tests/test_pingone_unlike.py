"""What the documents leave open differs between seeds, is the same for one, and can be turned off.

Whoever automates against one seed finds out with another what was luck.
"""

from __future__ import annotations

import dataclasses
import json
from base64 import urlsafe_b64decode
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from fakes.message import Request
from fakes.pingone import CORRECT
from fakes.tests.pingone_actors import Actors
from fakes.tests.pingone_logins import Logins, refusal
from fakes.tests.pingone_tenant import Tenant, parts

if TYPE_CHECKING:
    from collections.abc import Callable

SEEDS = range(6)


def _items(tenant: Tenant, name: str) -> list[dict[str, Any]]:
    return list(tenant.call("GET", name).json()["_embedded"][name])


def _at(tenant: Tenant, path: str) -> dict[str, Any]:
    answer = tenant.fake.handle(Request("GET", f"/{tenant.environment_id}/as/{path}"))
    return dict(answer.json())


def _roles(tenant: Tenant) -> list[str]:
    return [one["name"] for one in tenant.call("GET", "/v1/roles").json()["_embedded"]["roles"]]


def _details(tenant: Tenant) -> list[str]:
    answer = tenant.call("POST", "gateways", {"name": "<", "type": "X", "enabled": 0})
    return [one["target"] for one in answer.json()["details"]]


def _more(whole: dict[str, Any]) -> list[str]:
    return sorted(name for name in whole if name.startswith("future"))


def _payload(tenant: Tenant) -> bytes:
    part = tenant.token.split(".")[1]
    return urlsafe_b64decode(part + "=" * (-len(part) % 4))


def _credential(tenant: Tenant) -> dict[str, Any]:
    return parts(tenant.credential(tenant.gateway()["id"])["credential"])[1]


def _page(tenant: Tenant) -> list[int]:
    """Sizes of the pages of ten users."""
    for number in range(10):
        tenant.made("users", {"username": f"user-{number}", "email": f"u{number}@example.com"})
    page, sizes = tenant.call("GET", "users?limit=8").json(), []
    while True:
        sizes.append(page["size"])
        if "next" not in page["_links"]:
            return sizes
        where = urlsplit(page["_links"]["next"]["href"])
        page = tenant.call("GET", f"{where.path}?{where.query}").json()


OPEN: dict[str, Callable[[Tenant], Any]] = {
    "lists: predictors": lambda one: [row["compactName"] for row in _items(one, "riskPredictors")],
    "lists: roles": _roles,
    "lists: complaints": _details,
    "lists: metadata": lambda one: _at(one, ".well-known/openid-configuration")["scopes_supported"],
    "members: gateway": lambda one: [name for name in one.gateway() if name in "id name type"],
    "members: links": lambda one: [n for n in one.gateway()["_links"] if "future" not in n],
    "members: key": lambda one: [n for n in _at(one, "jwks")["keys"][0] if "future" not in n],
    "members: claims": lambda one: [name for name in parts(one.token)[1] if "future" not in name],
    "extras: object": lambda one: _more(one.gateway()),
    "extras: links": lambda one: _more(one.gateway()["_links"]),
    "extras: key": lambda one: _more(_at(one, "jwks")["keys"][0]),
    "extras: metadata": lambda one: _more(_at(one, ".well-known/openid-configuration")),
    "extras: token answer": lambda one: _more(one.grant().json()),
    "extras: claims": lambda one: _more(parts(one.token)[1]),
    "extras: credential": lambda one: _more(_credential(one)),
    "pages": _page,
    "tokens: typ": lambda one: parts(one.token)[0].get("typ"),
    "tokens: slashes": lambda one: b"\\/" in _payload(one),
}
"""For each thing that is left open, what shows how one seed decides it."""


@pytest.mark.parametrize("name", OPEN)
def test_seeds_decide_what_is_open_and_each_always_alike(name: str) -> None:
    seen = [json.dumps(OPEN[name](Tenant(seed=seed))) for seed in SEEDS]
    assert len(set(seen)) > 1
    assert seen == [json.dumps(OPEN[name](Tenant(seed=seed))) for seed in SEEDS]


@pytest.mark.parametrize("name", OPEN)
def test_each_of_them_can_be_turned_off(name: str) -> None:
    kind = name.partition(":")[0]
    without = dataclasses.replace(CORRECT, varied=CORRECT.varied - {kind})
    seen = {json.dumps(OPEN[name](Tenant(without, seed=seed))) for seed in SEEDS}
    assert len(seen) == 1


def test_an_object_is_the_same_wherever_it_is_read() -> None:
    for seed in SEEDS:
        tenant = Tenant(seed=seed)
        made = tenant.gateway()
        listed, read = _items(tenant, "gateways"), tenant.call("GET", f"gateways/{made['id']}")
        assert [list(one) for one in listed] == [list(made)]
        assert listed == [made] == [read.json()]


def test_what_was_read_can_be_sent_back() -> None:
    tenant = Actors(seed=1)
    user = tenant.user("ada")
    answer = tenant.call("PUT", f"users/{user['id']}", user)
    assert (answer.status, {**answer.json(), "updatedAt": ""}) == (200, {**user, "updatedAt": ""})


def test_what_a_client_sends_is_never_taken_for_the_fakes_own() -> None:
    tenant = Tenant(seed=1)
    bodies: tuple[dict[str, Any], ...] = (
        {"_links": 1},
        {"_links": {"self": []}},
        {"kty": []},
        {"details": [1, {}]},
    )
    for number, hostile in enumerate(bodies):
        made = tenant.gateway(f"number {number}", **hostile)
        assert made["_links"]["self"]["href"].endswith(made["id"])


def test_refusals_that_must_say_nothing_more_say_nothing_more() -> None:
    """RFC 7662 section 2.2: no additional information; RFC 6749 section 5.2."""
    for seed in SEEDS:
        site = Logins(seed=seed)
        assert site.introspected("x") == {"active": False}
        answer = site.grant({"grant_type": "x"})
        assert refusal(answer)
        assert set(answer.json()) == {"error", "error_description"}


def test_a_code_comes_back_beside_what_the_client_ignores() -> None:
    orders = set()
    for seed in SEEDS:
        site = Logins(seed=seed)
        back = site.log_in()
        orders.add(tuple(name for name in back if not name.startswith("future")))
        assert {"code", "state"} <= set(back)
    assert len(orders) == 2
