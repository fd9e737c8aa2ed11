"""Scopes, grants and attributes one by one: read, replaced, and found below their owner only."""

from __future__ import annotations

from typing import Any

import pytest

from fakes.tests.pingone_logins import Logins, refusal
from fakes.tests.pingone_tenant import NOBODYS, parts, targets


class Owned:
    """An application, a custom resource with two scopes and an attribute, and a grant."""

    def __init__(self) -> None:
        self.site = site = Logins(grantTypes=["CLIENT_CREDENTIALS"], type="SERVICE")
        self.resource = site.made("resources", {"name": "urn:shop"})
        inside = f"resources/{self.resource['id']}"
        self.scopes = [site.made(f"{inside}/scopes", {"name": name}) for name in ("read", "write")]
        attribute = site.made(f"{inside}/attributes", {"name": "tier", "value": "gold"})
        granted = site.made(f"applications/{site.app['id']}/grants", self.grant_of(0))
        self.paths = {
            "scopes": f"{inside}/scopes/{self.scopes[0]['id']}",
            "attributes": f"{inside}/attributes/{attribute['id']}",
            "grants": f"applications/{site.app['id']}/grants/{granted['id']}",
        }
        self.new: dict[str, Any] = {
            "scopes": {"name": "list", "description": "Reads lists"},
            "attributes": {"name": "tier", "value": "silver"},
            "grants": self.grant_of(1),
        }

    def grant_of(self, number: int) -> dict[str, Any]:
        """The body of a grant of one of the scopes."""
        scopes = [{"id": self.scopes[number]["id"]}]
        return {"resource": {"id": self.resource["id"]}, "scopes": scopes}

    def token(self, scope: str) -> Any:
        """The answer to the application's request for a token."""
        return self.site.at("token", {"grant_type": "client_credentials", "scope": scope})


@pytest.fixture
def owned() -> Owned:
    return Owned()


KINDS = ("scopes", "attributes", "grants")


@pytest.mark.parametrize("kind", KINDS)
def test_one_is_read_as_the_list_shows_it(owned: Owned, kind: str) -> None:
    path = owned.paths[kind]
    listed = owned.site.call("GET", path.rpartition("/")[0]).json()["_embedded"][kind]
    told = owned.site.call("GET", path)
    assert told.status == 200
    assert told.json() in listed
    assert told.json()["_links"]["self"]["href"].endswith(path)


@pytest.mark.parametrize("kind", KINDS)
def test_one_is_replaced(owned: Owned, kind: str) -> None:
    path, old = owned.paths[kind], owned.site.call("GET", owned.paths[kind]).json()
    owned.site.clock.advance(60)
    told = owned.site.call("PUT", path, owned.new[kind]).json()
    assert told == owned.site.call("GET", path).json()
    assert owned.new[kind].items() <= told.items()
    assert (told["id"], told["createdAt"]) == (old["id"], old["createdAt"])
    assert told["updatedAt"] > old["updatedAt"]


def test_tokens_follow_what_was_replaced(owned: Owned) -> None:
    assert parts(owned.token("read").json()["access_token"])[1]["tier"] == "gold"
    for kind in ("attributes", "grants"):
        owned.site.call("PUT", owned.paths[kind], owned.new[kind])
    assert refusal(owned.token("read")) == "invalid_scope"
    assert parts(owned.token("write").json()["access_token"])[1]["tier"] == "silver"


def test_a_name_stays_free_for_its_owner_alone(owned: Owned) -> None:
    path = owned.paths["scopes"]
    assert owned.site.call("PUT", path, {"name": "read"}).status == 200
    assert targets(owned.site.call("PUT", path, {"name": "write"})) == {
        "name": "UNIQUENESS_VIOLATION"
    }
    assert owned.site.call("GET", path).json()["name"] == "read"


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
@pytest.mark.parametrize("kind", KINDS)
def test_one_is_found_below_its_owner_only(owned: Owned, kind: str, method: str) -> None:
    other = owned.site.made("resources", {"name": "urn:other"})
    apart = owned.site.application("other", grantTypes=["CLIENT_CREDENTIALS"])
    collection, owner, _, key = owned.paths[kind].split("/")
    stranger = apart["id"] if kind == "grants" else other["id"]
    for path in (f"{collection}/{stranger}/{kind}/{key}", f"{collection}/{owner}/{kind}/{NOBODYS}"):
        body = owned.new[kind] if method == "PUT" else None
        assert owned.site.call(method, path, body).status == 404
    assert owned.site.call("GET", owned.paths[kind]).status == 200
