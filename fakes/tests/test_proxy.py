"""Clients that have PingOne's host names built in reach the served fake, and nothing else."""

from __future__ import annotations

import json
import socket
import ssl
from base64 import b64encode, urlsafe_b64decode
from contextlib import closing, suppress
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from fakes.handles import PingAccess, PingOne
from fakes.pingone import HOSTS, VENDOR_NAMES
from fakes.proxy import ConnectProxy, Limits
from fakes.served import ServedWorld
from fakes.server import LOOPBACK, listen
from fakes.tls import authority

if TYPE_CHECKING:
    from collections.abc import Iterator

NAME = b"api.pingone.eu:443"


@pytest.fixture(scope="module")
def served() -> Iterator[ServedWorld]:
    with ServedWorld() as served:
        yield served


def claims_of(token: str) -> dict[str, Any]:
    part = token.split(".")[1]
    return dict(json.loads(urlsafe_b64decode(part + "=" * (-len(part) % 4))))


def added(admin: httpx.Client, path: str, body: dict[str, Any]) -> Any:
    return admin.post(path, json=body).raise_for_status().json()["id"]


def trusted(admin: httpx.Client, pem: bytes) -> int:
    """A trusted certificate group with that CA alone."""
    data = {"alias": f"ca {len(pem)}", "fileData": b64encode(pem).decode()}
    certificate = added(admin, "/certificates", data)
    group = {"name": f"ca {certificate}", "certIds": [certificate], "useJavaTrustStore": False}
    return int(added(admin, "/trustedCertificateGroups", group))


def going_through(admin: httpx.Client, port: int) -> None:
    """From now on the proxy of the node is at that port of this machine."""
    proxy = added(admin, "/proxies", {"name": f"at {port}", "host": "localhost", "port": port})
    body = {"hostPort": "localhost:9090", "httpsProxyId": proxy}
    admin.put("/adminConfig", json=body).raise_for_status()


def connected(admin: httpx.Client, credential: str, **members: Any) -> httpx.Response:
    tls: dict[str, list[str]] = {"sslProtocols": [], "sslCiphers": []}
    body = {"name": "Production", "credential": {"value": credential}, **tls, **members}
    return admin.post("/pingone/connections", json=body)


@pytest.mark.parametrize("code", HOSTS)
def test_a_pingaccess_connects_to_every_region_through_the_proxy(
    served: ServedWorld, code: str
) -> None:
    served.reset()
    pingone, hosts = PingOne.served(served).in_region(code), HOSTS[code]
    credential = pingone.credential()
    claims = claims_of(credential)
    assert (claims["aud"], claims["authUrl"]) == (hosts.api, hosts.auth)
    assert (claims["consoleUrl"], claims["targetGeography"]) == (hosts.console, code)
    with PingAccess.served(served).client() as admin:
        going_through(admin, int(served.proxy_url.rpartition(":")[2]))
        trust = {"useProxy": True, "trustedCertificateGroupId": trusted(admin, served.ca_pem)}
        made = connected(admin, credential, **trust)
        assert made.status_code == 200, made.text
        shown = admin.get(f"/pingone/connections/{made.json()['id']}/metadata").json()
    assert shown["credentialStatus"] == "VALID"
    assert shown["pingOneManagementApiEndpoint"] == hosts.api
    assert shown["environments"][0]["id"] == pingone.environment_id
    asked = {one["url"].split("/")[2] for one in served.world.outside.ledger.shown()}
    assert {f"https://{host}" for host in asked} == {hosts.api, hosts.auth}


def test_without_the_proxy_or_its_ca_the_region_is_not_reached(served: ServedWorld) -> None:
    served.reset()
    credential = PingOne.served(served).in_region("EU").credential()
    with PingAccess.served(served).client() as admin:
        right, wrong = trusted(admin, served.ca_pem), trusted(admin, authority(7).pem)
        good = {"useProxy": True, "trustedCertificateGroupId": right}
        assert connected(admin, credential, **good).status_code == 422  # the node has no proxy
        going_through(admin, int(served.proxy_url.rpartition(":")[2]))
        for change in ({"useProxy": False}, {"trustedCertificateGroupId": wrong}):
            refused = connected(admin, credential, **(good | change))
            assert refused.status_code == 422
            assert refused.json()["form"].keys() == {"credential"}
        assert connected(admin, credential, **good).status_code == 200


def test_what_a_region_gave_counts_there_alone(served: ServedWorld) -> None:
    served.reset()
    europe, canada = (PingOne.served(served).in_region(code) for code in ("EU", "CA"))
    with europe.client() as client:
        here = client.get("/gateways")
        there = client.get(f"{canada.api_url}/environments/{canada.environment_id}/gateways")
        swapped = client.get(f"{europe.auth_url}/v1/environments")
    assert (here.status_code, there.status_code, swapped.status_code) == (200, 401, 501)
    assert here.json()["_links"]["self"]["href"].startswith("https://api.pingone.eu/v1/")
    form = {
        "grant_type": "urn:ietf:params:oauth:grant-type:token-exchange",
        "subject_token_type": "pingone_gateway_credential",
        "subject_token": europe.credential(),
    }
    trust = ssl.create_default_context(cadata=europe.ca_pem)
    with httpx.Client(proxy=served.proxy_url, verify=trust, trust_env=False) as client:
        for region, status in ((europe, 200), (canada, 400)):
            url = f"{region.auth_url}/{region.environment_id}/as/token"
            assert client.post(url, data=form).status_code == status, url


def test_a_client_that_does_not_trust_the_ca_gets_nothing(served: ServedWorld) -> None:
    with (
        httpx.Client(proxy=served.proxy_url, trust_env=False) as client,
        pytest.raises(httpx.ConnectError, match="certificate verify failed"),
    ):
        client.get("https://api.pingone.com/v1/environments")


def test_a_refusal_is_read_where_clients_show_it(served: ServedWorld) -> None:
    with (
        httpx.Client(proxy=served.proxy_url, trust_env=False) as client,
        pytest.raises(httpx.ProxyError, match=r"403 .*www\.example\.com:443 is no host of PingOne"),
    ):
        client.get("https://www.example.com/")


REQUESTS = {
    "another host": (b"CONNECT www.example.com:443 HTTP/1.1", 403, "NO_PROXY"),
    "a host that ends alike": (b"CONNECT api.pingone.eu.example.com:443 HTTP/1.1", 403, "on port"),
    "a host that begins alike": (b"CONNECT xapi.pingone.eu:443 HTTP/1.1", 403, "on port"),
    "another port": (b"CONNECT api.pingone.eu:22 HTTP/1.1", 403, "api.pingone.eu:22 is not"),
    "a port that there is not": (b"CONNECT api.pingone.eu:99999 HTTP/1.1", 403, "99999 is not"),
    "no port": (b"CONNECT api.pingone.eu HTTP/1.1", 400, "send host:443"),
    "an address": (b"CONNECT 127.0.0.1:443 HTTP/1.1", 403, "127.0.0.1:443 is not"),
    "an address of IPv6": (b"CONNECT [::1]:443 HTTP/1.1", 403, "[::1]:443 is not"),
    "a dot at the end": (
        b"CONNECT api.pingone.eu.:443 HTTP/1.1",
        403,
        "api.pingone.eu.:443 is not",
    ),
    "an upgrade": (b"GET / HTTP/1.1\r\nUpgrade: websocket\r\nConnection: Upgrade", 405, "CONNECT"),
    "a login": (b"CONNECT me:hunter2@api.pingone.eu:443 HTTP/1.1", 400, "no login"),
    "a URL": (b"CONNECT https://api.pingone.eu/ HTTP/1.1", 400, "is no host and port"),
    "letters that are none": ("CONNECT api.pingone.ēu:443 HTTP/1.1".encode(), 400, "send host"),
    "another method": (b"GET http://api.pingone.eu/v1 HTTP/1.1", 405, "ask for an https URL"),
    "a path": (b"GET / HTTP/1.1", 405, "only CONNECT"),
    "another protocol": (b"SSH-2.0-x", 400, "as HTTP/1.1 does"),
    "HTTP/2": (b"PRI * HTTP/2.0", 400, "as HTTP/1.1 does"),
    "nothing": (b"", 400, "as HTTP/1.1 does"),
    "headers without end": (b"CONNECT " + NAME + b" HTTP/1.1\r\nX: " + b"x" * 99_999, 431, "bytes"),
    "many headers": (b"CONNECT " + NAME + b" HTTP/1.1" + b"\r\nx:y" * 9_999, 431, "16384 bytes"),
    "TLS to the proxy itself": (b"\x16\x03\x01\x02\x00\x01", 400, "name it by http://"),
}


@pytest.mark.parametrize("name", REQUESTS)
def test_what_is_refused_is_named_with_the_way_out(served: ServedWorld, name: str) -> None:
    line, status, words = REQUESTS[name]
    with closing(client_of(served.proxy_url)) as client:
        client.sendall(line + b"\r\n\r\n")
        head, _, body = answer_of(client).partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 %d " % status)
    sentence = json.loads(body)["error"]
    assert words in sentence
    assert b"hunter2" not in head + body
    assert len(head + body) < 1500


def client_of(url: str) -> socket.socket:
    return socket.create_connection((LOOPBACK, int(url.rpartition(":")[2])), timeout=5)


def answer_of(client: socket.socket) -> bytes:
    """Everything until the other side closes, or the head of a tunnel."""
    answer = b""
    while chunk := client.recv(65536):
        answer += chunk
        if answer.endswith(b"established\r\n\r\n"):
            break
    return answer


def attempt(url: str) -> bytes:
    """The answer to a client that goes away again."""
    with closing(client_of(url)) as client:
        client.sendall(b"CONNECT " + NAME + b" HTTP/1.1\r\n\r\n")
        return answer_of(client)


def tunnel(url: str) -> socket.socket:
    client = client_of(url)
    client.sendall(b"CONNECT " + NAME + b" HTTP/1.1\r\n\r\n")
    assert answer_of(client).startswith(b"HTTP/1.1 200 ")
    return client


@pytest.mark.parametrize("sent", [b"", b"CONN", b"CONNECT " + NAME + b" HTTP/1.1\r\nHost: x"])
def test_a_half_request_is_answered_when_the_client_has_ended(
    served: ServedWorld, sent: bytes
) -> None:
    with closing(client_of(served.proxy_url)) as client:
        client.sendall(sent)
        client.shutdown(socket.SHUT_WR)
        assert answer_of(client)[:12] == (b"HTTP/1.1 400" if sent else b"")


@pytest.mark.parametrize(
    ("name", "known"), [("auth.pingone.asia", True), ("www.example.com", False)]
)
def test_tls_may_name_another_host_of_pingone_than_the_tunnel_and_nothing_else(
    served: ServedWorld, name: str, known: bool
) -> None:
    trust = ssl.create_default_context(cadata=served.ca_pem.decode())
    with closing(tunnel(served.proxy_url)) as client:
        if not known:
            with pytest.raises(ssl.SSLCertVerificationError):
                trust.wrap_socket(client, server_hostname=name)
            return
        with trust.wrap_socket(client, server_hostname=name) as inside:
            path = (
                f"/{served.world.fake_pingone.environment_id}/as/.well-known/openid-configuration"
            )
            inside.sendall(f"GET {path} HTTP/1.1\r\nHost: {name}\r\n\r\n".encode())
            answer = inside.recv(65536) + inside.recv(65536)
    assert b"https://auth.pingone.asia/" in answer


def test_what_comes_with_the_request_goes_into_the_tunnel(served: ServedWorld) -> None:
    """A client may send its TLS greeting at once; name and case as it likes."""
    trust = ssl.create_default_context(cadata=served.ca_pem.decode())
    incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
    tls = trust.wrap_bio(incoming, outgoing, server_hostname="auth.pingone.asia")
    with pytest.raises(ssl.SSLWantReadError):
        tls.do_handshake()
    with closing(client_of(served.proxy_url)) as client:
        client.sendall(b"CONNECT Auth.PingOne.Asia:443 HTTP/1.0\n\n" + outgoing.read())
        answer = client.recv(65536)
        while b"\r\n\r\n" not in answer or answer.endswith(b"\r\n\r\n"):
            answer += client.recv(65536)
        assert answer.partition(b"\r\n\r\n")[2][:1] == b"\x16"


class Narrow:
    """A proxy that allows little, to a server that takes connections and never reads."""

    def __init__(self, **limits: Any) -> None:
        self.target = listen()
        self.proxy = ConnectProxy(
            sock := listen(), VENDOR_NAMES, self.target.getsockname(), Limits(**limits)
        )
        self.url = f"http://localhost:{sock.getsockname()[1]}"

    def close(self) -> None:
        """Neither answers any more."""
        self.proxy.stop()
        self.target.close()


def test_who_is_slow_to_ask_is_sent_away() -> None:
    with closing(Narrow(head_s=0.05)) as narrow, closing(client_of(narrow.url)) as client:
        client.sendall(b"CONNECT api")
        assert b"not whole in time" in answer_of(client)


def test_a_tunnel_in_which_nothing_moves_is_cut() -> None:
    with closing(Narrow(idle_s=0.05)) as narrow, closing(tunnel(narrow.url)) as client:
        assert client.recv(1) == b""


def test_more_connections_than_are_held_are_told_so() -> None:
    with closing(Narrow(tunnels=2)) as narrow:
        with closing(tunnel(narrow.url)), closing(tunnel(narrow.url)):
            assert attempt(narrow.url).startswith(b"HTTP/1.1 503 ")
        while (again := attempt(narrow.url)).startswith(b"HTTP/1.1 503 "):
            pass
        assert again.startswith(b"HTTP/1.1 200 ")


def test_no_more_is_held_than_the_other_side_takes() -> None:
    with closing(Narrow()) as narrow, closing(tunnel(narrow.url)) as client:
        client.settimeout(0.2)
        sent = 0
        with suppress(TimeoutError):
            while sent < 64 * 2**20:
                sent += client.send(b"x" * 2**16)
        assert sent < 16 * 2**20  # what the kernel holds on both ways, and one chunk


def test_a_pingone_that_has_ended_is_said_to_have() -> None:
    with closing(Narrow()) as narrow:
        narrow.target.close()
        with closing(client_of(narrow.url)) as client:
            client.sendall(b"CONNECT " + NAME + b" HTTP/1.1\r\n\r\n")
            assert b"502" in answer_of(client)[:12]


def test_it_stops_at_once_whatever_is_open(capfd: pytest.CaptureFixture[str]) -> None:
    narrow = Narrow()
    with closing(tunnel(narrow.url)) as client, closing(client_of(narrow.url)) as half:
        half.sendall(b"CONNECT ")
        narrow.close()
        for one in (client, half):
            assert gone(one)
    listen(int(narrow.url.rpartition(":")[2])).close()
    assert capfd.readouterr() == ("", "")


def gone(client: socket.socket) -> bool:
    try:
        return client.recv(1) == b""
    except ConnectionResetError:
        return True
