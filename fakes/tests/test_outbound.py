"""The served fakes call this machine only, unless they are told otherwise."""

from __future__ import annotations

import httpx
import pytest

from fakes.network import Trust
from fakes.outside import Outside, SocketNetwork, is_loopback
from fakes.tls import authority


@pytest.mark.parametrize(
    "host", ["localhost", "LOCALHOST.", "127.0.0.1", "127.9.8.7", "::1", "[::1]"]
)
def test_this_machine_is_loopback(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize(
    "host",
    [
        "api.pingone.com",
        "localhost.example.com",
        "127.0.0.1.example.com",
        "2130706433",
        "0.0.0.0",
        "10.0.0.1",
        "192.0.2.1",
        "::ffff:192.0.2.1",
        "2001:db8::1",
        "",
    ],
)
def test_other_hosts_are_not(host: str) -> None:
    assert not is_loopback(host)


def test_another_host_is_not_called_and_looks_as_if_it_were_down() -> None:
    outside = Outside()
    network = SocketNetwork(authority(0).pem, outside)
    try:
        client = network.client(Trust())
        with pytest.raises(httpx.ConnectError, match="is not loopback"):
            client.send(httpx.Request("GET", "https://192.0.2.1/"))
        with pytest.raises(httpx.ConnectError, match="refused"):
            client.send(httpx.Request("GET", "https://127.0.0.1:9/"))
    finally:
        network.close()


def test_what_is_allowed_out_is_called() -> None:
    network = SocketNetwork(authority(0).pem, Outside(), timeout_s=0.2, allow_outbound=True)
    try:
        with pytest.raises(httpx.TransportError) as failed:
            network.client(Trust()).send(httpx.Request("GET", "https://0.0.0.0:9/"))
        assert "is not loopback" not in str(failed.value)
    finally:
        network.close()
