"""One tenant at the hosts of six regions: what it says follows the name that it is asked by."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpx
import pytest

from fakes.embedded import PROXY
from fakes.handles import PingAccess, PingOne
from fakes.message import Request
from fakes.pingone import HOSTS
from fakes.tests.pingone_tenant import parts
from fakes.world import World

if TYPE_CHECKING:
    import respx

WELL_KNOWN = ".well-known/openid-configuration"


@pytest.fixture(scope="module")
def world() -> World:
    return World()


@pytest.mark.parametrize("code", HOSTS)
def test_a_region_names_its_own_hosts_alone(world: World, code: str) -> None:
    world.reset()
    pingone, hosts = PingOne.embedded(world).in_region(code), HOSTS[code]
    with pingone.client() as client:
        read = client.get(str(client.base_url).rstrip("/")).json()
        metadata = client.get(f"{hosts.auth}/{pingone.environment_id}/as/{WELL_KNOWN}").json()
    assert read["region"] == code
    assert read["_links"]["self"]["href"].startswith(f"{hosts.api}/v1/")
    said = [value for value in metadata.values() if str(value).startswith("https://")]
    assert len(said) == 10
    assert all(value.startswith(f"{hosts.auth}/") for value in said)
    _, claims = parts(pingone.access_token())
    assert (claims["aud"], claims["iss"]) == ([hosts.api], metadata["issuer"])
    _, claims = parts(pingone.credential())
    assert (claims["aud"], claims["authUrl"]) == (hosts.api, hosts.auth)
    assert claims["iss"] == f"wss://gateways.{hosts.api.partition('api.')[2]}"


def test_a_token_of_one_region_opens_nothing_in_another(world: World) -> None:
    europe = PingOne.embedded(world).in_region("EU")
    bearer = {"authorization": f"Bearer {europe.access_token()}"}
    for code, hosts in HOSTS.items():
        host = hosts.api.removeprefix("https://")
        answer = world.pingone.handle(Request("GET", "/v1/environments", "", bearer, b"", host))
        assert answer.status == (200 if code == "EU" else 401), code


@pytest.mark.parametrize("host", ["API.PingOne.eu", "api.pingone.eu:443"])
def test_a_host_is_the_same_however_it_is_written(world: World, host: str) -> None:
    bearer = {"authorization": f"Bearer {PingOne.embedded(world).in_region('EU').access_token()}"}
    assert (
        world.pingone.handle(Request("GET", "/v1/environments", "", bearer, b"", host)).status
        == 200
    )


@pytest.mark.parametrize(
    ("host", "path"), [("auth.pingone.eu", "/v1/environments"), ("api.pingone.eu", "/x/as/jwks")]
)
def test_a_host_does_not_answer_for_the_other(world: World, host: str, path: str) -> None:
    answer = world.pingone.handle(Request("GET", path, host=host))
    assert answer.status == 501
    assert f"GET {path} of {host}" in answer.json()["message"]


def saved(admin: httpx.Client, credential: str, **members: Any) -> int:
    tls: dict[str, list[str]] = {"sslProtocols": [], "sslCiphers": []}
    body = {"name": "x", "credential": {"value": credential}, **tls, **members}
    return admin.post("/pingone/connections", json=body).status_code


def test_in_process_too_a_connection_goes_through_the_proxy_that_is_set(world: World) -> None:
    world.reset()
    credential = PingOne.embedded(world).in_region("CA").credential()
    with PingAccess.embedded(world).client() as admin:
        for name, (host, port) in {"wrong": ("127.0.0.1", 9), "right": PROXY}.items():
            proxy = {"name": name, "host": host, "port": port}
            key = admin.post("/proxies", json=proxy).raise_for_status().json()["id"]
            node = {"hostPort": "localhost:9090", "httpsProxyId": key}
            admin.put("/adminConfig", json=node).raise_for_status()
            assert saved(admin, credential, useProxy=True) == (422 if name == "wrong" else 200)
            if name == "wrong":
                assert world.outside.ledger.shown()[-1]["status"] is None
    with PingAccess.embedded(world).client() as admin:
        assert admin.put("/adminConfig", json={"hostPort": "localhost:9090"}).status_code == 200
        connections = admin.get("/pingone/connections").json()["items"]
        assert [one["useProxy"] for one in connections] == [True]


def test_any_client_of_httpx_finds_every_region(
    ping_respx: respx.MockRouter, paconform_world: World
) -> None:
    assert ping_respx
    for hosts in HOSTS.values():
        environment_id = paconform_world.fake_pingone.environment_id
        url = f"{hosts.auth}/{environment_id}/as/{WELL_KNOWN}"
        assert httpx.get(url).json()["issuer"].startswith(f"{hosts.auth}/")
