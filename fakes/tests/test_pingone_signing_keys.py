"""The keys of an environment come, sign and go; whoever reads them by kid is never misled."""

from __future__ import annotations

import dataclasses
import ssl
from typing import TYPE_CHECKING, Any

import httpx
import jwt
import pytest

from fakes.handles import PingOne
from fakes.message import Request
from fakes.pingone import CORRECT
from fakes.pingone.auth import signing_keys
from fakes.served import ServedWorld
from fakes.tests.pingone_tenant import PLAIN, Tenant, parts

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def tenant() -> Tenant:
    """A tenant whose keys are published oldest first."""
    return Tenant(PLAIN)


def published(tenant: Tenant, environment_id: str | None = None) -> list[dict[str, Any]]:
    path = f"/{environment_id or tenant.environment_id}/as/jwks"
    return list(tenant.fake.handle(Request("GET", path)).json()["keys"])


def fresh(tenant: Tenant) -> str:
    return str(tenant.grant().json()["access_token"])


def verifies(tenant: Tenant, token: str) -> bool:
    """Whether a published key of the token's kid signed it."""
    kid = parts(token)[0]["kid"]
    for key in published(tenant):
        if key["kid"] != kid:
            continue
        try:
            jwt.api_jws.decode(token, jwt.PyJWK(key), algorithms=["RS256"])
        except jwt.InvalidSignatureError:
            continue
        return True
    return False


def listed(tenant: Tenant, token: str) -> int:
    return tenant.call("GET", "gateways", authorization=f"Bearer {token}").status


def test_a_key_is_published_before_it_signs(tenant: Tenant) -> None:
    core, here = tenant.fake.tenant, tenant.environment_id
    before = fresh(tenant)
    key = signing_keys.add(core, here)
    assert [one["kid"] for one in published(tenant)][-1] == key.kid
    assert parts(fresh(tenant))[0]["kid"] == parts(before)[0]["kid"]

    signing_keys.switch(core, here, key.name)
    after = fresh(tenant)

    assert parts(after)[0]["kid"] == key.kid
    assert verifies(tenant, before)
    assert verifies(tenant, after)
    assert listed(tenant, before) == listed(tenant, after) == 200


def test_a_key_that_is_retired_ends_its_tokens(tenant: Tenant) -> None:
    core, here = tenant.fake.tenant, tenant.environment_id
    before = fresh(tenant)
    assert listed(tenant, before) == 200
    old = signing_keys.current(core, here)
    signing_keys.switch(core, here, signing_keys.add(core, here).name)

    signing_keys.retire(core, here, old.name)

    assert old.kid not in [one["kid"] for one in published(tenant)]
    assert not verifies(tenant, before)
    assert listed(tenant, before) == 401
    assert listed(tenant, fresh(tenant)) == 200


def test_whether_a_retired_key_ends_its_tokens_is_chosen() -> None:
    tenant = Tenant(dataclasses.replace(CORRECT, retired_keys_end_tokens=False))
    core, here = tenant.fake.tenant, tenant.environment_id
    before, old = fresh(tenant), signing_keys.current(core, here)
    signing_keys.switch(core, here, signing_keys.add(core, here).name)
    signing_keys.retire(core, here, old.name)
    assert listed(tenant, before) == 200


def test_two_keys_of_one_kid_are_told_apart_by_trying(tenant: Tenant) -> None:
    core, here = tenant.fake.tenant, tenant.environment_id
    before, kid = fresh(tenant), signing_keys.current(core, here).kid
    twin = signing_keys.add(core, here, kid)
    assert [one["kid"] for one in published(tenant)] == [kid, kid]
    assert published(tenant)[0]["n"] != published(tenant)[1]["n"]

    signing_keys.switch(core, here, twin.name)
    after = fresh(tenant)

    assert parts(before)[0] == parts(after)[0]
    assert listed(tenant, before) == listed(tenant, after) == 200
    assert verifies(tenant, before)
    assert verifies(tenant, after)


def test_environments_have_keys_of_their_own(tenant: Tenant) -> None:
    second = tenant.fake.second_environment_id
    mine, theirs = published(tenant), published(tenant, second)
    assert {one["n"] for one in mine}.isdisjoint(one["n"] for one in theirs)


def test_a_key_that_signs_may_be_withdrawn(tenant: Tenant) -> None:
    """What no issuer should do, and a verifier must survive."""
    core, here = tenant.fake.tenant, tenant.environment_id
    signing_keys.retire(core, here, signing_keys.current(core, here).name)
    assert published(tenant) == []
    assert listed(tenant, fresh(tenant)) == 401


def policy(tenant: Tenant) -> dict[str, Any]:
    (found,) = tenant.call("GET", "keyRotationPolicies").json()["_embedded"]["keyRotationPolicies"]
    return dict(found)


def test_the_key_is_replaced_on_schedule(tenant: Tenant) -> None:
    kids = [parts(fresh(tenant))[0]["kid"]]
    upcoming = policy(tenant)["nextKeyId"]
    tenant.clock.advance(90 * 86_400 - 1)
    assert parts(fresh(tenant))[0]["kid"] == kids[0]
    last = fresh(tenant)
    tenant.clock.advance(1)

    kids.append(parts(fresh(tenant))[0]["kid"])

    assert kids[1] == upcoming != kids[0]
    assert [one["kid"] for one in published(tenant)] == kids
    assert listed(tenant, last) == 200
    tenant.token = fresh(tenant)
    assert policy(tenant)["rotatedAt"] == tenant.clock.iso()
    tenant.clock.advance(200 * 86_400)
    assert published(tenant)[0]["kid"] == kids[1]
    assert len(published(tenant)) == 2


def test_the_schedule_is_the_policys(tenant: Tenant) -> None:
    found = policy(tenant)
    path = f"keyRotationPolicies/{found['id']}"
    assert tenant.call("GET", path).json() == found
    body = {name: found[name] for name in found if name not in ("_links", "id", "environment")}
    changed = tenant.call("PUT", path, {**body, "name": "mine", "rotationPeriod": 1}).json()
    assert (changed["name"], changed["rotationPeriod"]) == ("mine", 1)
    assert changed["currentKeyId"] == found["currentKeyId"]
    tenant.clock.advance(86_400)
    assert parts(fresh(tenant))[0]["kid"] == found["nextKeyId"]
    tenant.token = fresh(tenant)
    assert tenant.call("PUT", path, {**body, "algorithm": "EC"}).status == 501
    assert tenant.call("PUT", path, {"name": "x"}).status == 400
    assert tenant.call("GET", f"keyRotationPolicies/{tenant.environment_id}").status == 404


def test_what_the_jwks_show_of_rotations_is_chosen() -> None:
    tenant = Tenant(dataclasses.replace(PLAIN, jwks_keys=frozenset({"used", "next"})))
    kids = [one["kid"] for one in published(tenant)]
    assert kids == [policy(tenant)["currentKeyId"], policy(tenant)["nextKeyId"]]
    still = Tenant(dataclasses.replace(CORRECT, keys_rotate=False))
    before = [one["kid"] for one in published(still)]
    still.clock.advance(1000 * 86_400)
    assert [one["kid"] for one in published(still)] == before


def test_keys_are_bounded_and_named(tenant: Tenant) -> None:
    core, here = tenant.fake.tenant, tenant.environment_id
    for _ in range(signing_keys.LIMIT - 1):
        signing_keys.add(core, here)
    with pytest.raises(ValueError, match="at most"):
        signing_keys.add(core, here)
    with pytest.raises(ValueError, match="is not one of pingone-tokens"):
        signing_keys.switch(core, here, "nonsense")


def test_keys_are_part_of_a_snapshot(tenant: Tenant) -> None:
    core, here = tenant.fake.tenant, tenant.environment_id
    before = tenant.fake.snapshot()
    shown = signing_keys.shown(core, here)
    signing_keys.switch(core, here, signing_keys.add(core, here).name)
    tenant.fake.restore(before)
    assert signing_keys.shown(core, here) == shown
    assert listed(tenant, fresh(tenant)) == 200


def test_keys_and_sessions_are_in_the_state_file(tmp_path: Path) -> None:
    path = tmp_path / "state"
    with ServedWorld(state=path) as served:
        handle = PingOne.served(served)
        before = handle.access_token()
        door = httpx.Client(
            base_url=served.control_url,
            headers={"Authorization": f"Bearer {served.control_token}"},
            verify=ssl.create_default_context(cadata=served.ca_pem.decode()),
        )
        with door:
            name = door.post("/keys", json={"act": "add"}).json()["keys"][-1]["name"]
            keys = door.post("/keys", json={"act": "switch", "name": name}).json()
            assert door.post("/keys", json={"act": "nonsense"}).status_code == 400
            assert door.get("/keys", params={"environment": "x"}).status_code == 400
    with ServedWorld(state=path) as again:
        fake = again.world.fake_pingone
        assert fake.signing_keys("show", {}) == keys
        assert parts(PingOne.served(again).access_token())[0]["kid"] == keys["keys"][-1]["kid"]
        bearer = {"authorization": f"Bearer {before}"}
        assert fake.handle(Request("GET", "/v1/environments", "", bearer)).status == 200
