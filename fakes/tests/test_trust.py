"""Trusted certificates really decide whether PingOne is believed, in process and over sockets."""

from __future__ import annotations

import dataclasses
import ssl
from dataclasses import dataclass
from datetime import UTC, datetime
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING, Any

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from fakes.chains import judged
from fakes.clock import Clock
from fakes.embedded import EmbeddedNetwork
from fakes.handles import PingAccess, PingOne
from fakes.message import Request, Response, encode
from fakes.network import Trust
from fakes.outside import Fault, Outside, SocketNetwork
from fakes.pingaccess.connections.connections import trust_of
from fakes.pingaccess.connections.spending import spend
from fakes.pingaccess.decisions.parts import CORRECT_PARTS
from fakes.served import ServedWorld
from fakes.server import Server, listen
from fakes.tests.made_certificates import ENDED, b64, made
from fakes.tests.pingaccess_core import Admin
from fakes.tests.test_parts_spending import BEARER, LIST, credential
from fakes.tls import NAMES, authority, shown_by
from fakes.world import World

if TYPE_CHECKING:
    from collections.abc import Iterator

    import httpx
    from cryptography.x509 import Certificate

    from fakes.network import Network
    from fakes.pingaccess.connections.spending import Environments
    from fakes.tests.made_certificates import Made

HERE = ("localhost",)
LATER = datetime(2059, 1, 1, tzinfo=UTC)
ROOT = made("Root", ca=True)
ISSUER = made("Issuer", ROOT, ca=True)
OTHER = made("Another root", ca=True)
PUBLIC = made("Public root", ca=True)
OLD_ISSUER = made("Old issuer", ROOT, ca=True, ends=ENDED)
NO_ISSUER = made("No authority", ROOT)
SERVER = made("server", ISSUER, hosts=HERE)
ALONE = made("alone", hosts=HERE)


@dataclass(frozen=True)
class Case:
    """What a server shows, what the client trusts, and what comes of it."""

    outcome: str
    server: Made
    trusted: tuple[Made, ...] = ()
    system: bool = False
    anything: bool = False
    skip_dates: bool = False
    sent: int = 2

    @property
    def shown(self) -> tuple[Certificate, ...]:
        """The chain that the server sends: by default all but the root."""
        return (self.server.certificate, *self.server.issuers)[: self.sent]

    @property
    def trust(self) -> Trust:
        """What the client is told to trust."""
        der = (one.certificate.public_bytes(Encoding.DER) for one in self.trusted)
        return Trust(self.anything, self.system, frozenset(der), self.skip_dates)


CASES = {
    "its root": Case("reached", SERVER, (ROOT,)),
    "its root among others": Case("reached", SERVER, (OTHER, ROOT)),
    "its issuer": Case("reached", SERVER, (ISSUER,)),
    "itself": Case("reached", SERVER, (SERVER,)),
    "itself, self-signed": Case("reached", ALONE, (ALONE,)),
    "nothing": Case("certificate", SERVER),
    "another root": Case("certificate", SERVER, (OTHER,)),
    "another root, its own sent": Case("certificate", SERVER, (OTHER,), sent=3),
    "its root, the issuer not sent": Case("certificate", SERVER, (ROOT,), sent=1),
    "an issuer that is no authority": Case(
        "certificate", made("below", NO_ISSUER, hosts=HERE), (ROOT,)
    ),
    "another root, self-signed": Case("self_signed", ALONE, (OTHER,)),
    "expired": Case("expired", made("old", ISSUER, hosts=HERE, ends=ENDED), (ROOT,)),
    "expired, dates skipped": Case(
        "reached", made("old", ISSUER, hosts=HERE, ends=ENDED), (ROOT,), skip_dates=True
    ),
    "not yet valid": Case("expired", made("young", ISSUER, hosts=HERE, begins=LATER), (ROOT,)),
    "issuer expired": Case("expired", made("of old", OLD_ISSUER, hosts=HERE), (ROOT,)),
    "dates skipped, another root": Case("certificate", SERVER, (OTHER,), skip_dates=True),
    "another host": Case("hostname", made("other", ISSUER, hosts=("x.example",)), (ROOT,)),
    "no host": Case("hostname", made("hostless", ISSUER), (ROOT,)),
    "the public ones": Case("reached", made("public", PUBLIC, hosts=HERE), system=True),
    "the public ones and a group": Case("reached", SERVER, (ROOT,), system=True),
    "only the public ones": Case("certificate", SERVER, system=True),
    "a group without the public ones": Case(
        "certificate", made("public", PUBLIC, hosts=HERE), (ROOT,)
    ),
    "anything": Case("reached", made("wrong", hosts=("x.example",), ends=ENDED), anything=True),
}


class FakeOfPingOne:
    """A core that gives a token and lists environments."""

    def handle(self, request: Request) -> Response:
        """The answer, by the path."""
        value = BEARER if request.path.endswith("/as/token") else LIST
        return Response(200, (("content-type", "application/json"),), encode(value))


def spent_at(port: int, network: Network, trust: Trust) -> Environments:
    """What comes of a credential whose PingOne is at that port of this host."""
    url = f"https://localhost:{port}"
    asked = dataclasses.replace(credential(), auth_url=url, api_url=url)
    return spend(asked, network.client(trust), CORRECT_PARTS)


def context_of(case: Case) -> ssl.SSLContext:
    """A server's context that shows what the case says."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    chain = b"".join(one.public_bytes(Encoding.PEM) for one in case.shown)
    with NamedTemporaryFile(suffix=".pem") as file:
        file.write(case.server.pem_key(None) + chain)
        file.flush()
        context.load_cert_chain(file.name)
    return context


@pytest.mark.parametrize("name", CASES)
def test_in_process_a_chain_is_believed_as_the_trust_says(name: str) -> None:
    case = CASES[name]
    public = PUBLIC.certificate.public_bytes(Encoding.DER)
    cores = {"localhost:1": FakeOfPingOne()}
    network = EmbeddedNetwork(cores, case.shown, public, Outside(), Clock())
    assert spent_at(1, network, case.trust).outcome == case.outcome


@pytest.mark.parametrize("name", CASES)
def test_over_sockets_the_same_chain_is_believed_alike(name: str) -> None:
    case = CASES[name]
    sock = listen()
    server = Server(FakeOfPingOne(), sock, context_of(case))
    network = SocketNetwork(PUBLIC.pem, Outside())
    try:
        assert spent_at(server.port, network, case.trust).outcome == case.outcome
    finally:
        network.close()
        server.stop()


@pytest.mark.parametrize(
    ("host", "problem"),
    [
        ("www.example.com", None),
        ("WWW.example.com", None),
        ("example.com", "Hostname mismatch, certificate is not valid for 'example.com'."),
        (
            "a.b.example.com",
            "Hostname mismatch, certificate is not valid for 'a.b.example.com'.",
        ),
        ("127.0.0.1", "IP address mismatch, certificate is not valid for '127.0.0.1'."),
    ],
)
def test_a_wildcard_stands_for_one_label(host: str, problem: str | None) -> None:
    wild = made("wild", ROOT, hosts=("*.example.com",))
    anchors = frozenset({ROOT.certificate.public_bytes(Encoding.DER)})
    assert judged([wild.certificate], anchors, host).problem == problem


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "::1"])
def test_the_fakes_own_certificate_is_for_every_name_of_this_host(host: str) -> None:
    anchors = frozenset({authority(0).der})
    assert judged(shown_by(0, NAMES), anchors, host).problem is None


# --- the admin API: groups decide ---


@dataclass(frozen=True)
class Pair:
    """Both fakes, as a user of the admin API has them."""

    world: World
    pingone: PingOne
    admin: httpx.Client

    def group_of(self, data: str, **more: Any) -> int:
        """The id of a new group that trusts one certificate, base64."""
        name = f"group {self.world.clock.now_s()} {len(data)} {sorted(more)}"
        body = {"alias": name, "fileData": data}
        trusted = self.admin.post("/certificates", json=body).raise_for_status().json()
        group = {"name": name, "certIds": [trusted["id"]], **more}
        answer = self.admin.post("/trustedCertificateGroups", json=group).raise_for_status()
        return int(answer.json()["id"])

    def saved(self, group: int) -> str:
        """What is said of a new connection with that group: nothing, where it is saved."""
        body = {
            "name": f"with {group} at {self.world.clock.now_s()}",
            "credential": {"value": self.pingone.credential()},
            "trustedCertificateGroupId": group,
            "sslProtocols": [],
            "sslCiphers": [],
        }
        answer = self.admin.post("/pingone/connections", json=body)
        if answer.status_code == 200:
            return ""
        assert answer.status_code == 422
        (told,) = answer.json()["form"]["credential"]
        return str(told)


@pytest.fixture(scope="module", params=["embedded", "served"])
def shared(request: pytest.FixtureRequest) -> Iterator[Pair]:
    if request.param == "served":
        with ServedWorld() as served, PingAccess.served(served).client() as admin:
            yield Pair(served.world, PingOne.served(served), admin)
    else:
        world = World()
        with PingAccess.embedded(world).client() as admin:
            yield Pair(world, PingOne.embedded(world), admin)


@pytest.fixture
def pair(shared: Pair) -> Pair:
    shared.world.reset()
    return shared


def test_a_group_decides_whether_pingone_is_believed(pair: Pair) -> None:
    own = b64(pair.world.pingone_ca_pem.encode())
    assert pair.saved(0) == ""
    assert pair.saved(pair.group_of(own)) == ""
    assert "holds its issuer" in pair.saved(pair.group_of(OTHER.data))
    assert pair.saved(2) == ""  # Trust Any
    assert pair.saved(pair.group_of(OTHER.data, useJavaTrustStore=True)) == ""


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("certificate", "holds its issuer"),
        ("untrusted", "holds its issuer"),
        ("self_signed", "is self-signed"),
        ("expired", "has expired"),
        ("hostname", "another host name"),
    ],
)
def test_what_is_wrong_with_a_certificate_is_told(pair: Pair, kind: Any, words: str) -> None:
    pair.world.outside.put_faults([Fault("any", kind)])
    assert words in pair.saved(0)
    pair.world.outside.put_faults([])
    assert pair.saved(0) == ""


def test_the_dates_of_pingones_certificate_are_those_of_the_clock_unless_skipped() -> None:
    world = World()
    own = b64(world.pingone_ca_pem.encode())
    with PingAccess.embedded(world).client() as admin:
        pair = Pair(world, PingOne.embedded(world), admin)
        strict = pair.group_of(own)
        lenient = pair.group_of(own, skipCertificateDateCheck=True)
        world.clock.advance(24 * 365.25 * 86_400)
        assert "has expired" in pair.saved(strict)
        assert pair.saved(lenient) == ""


def test_a_decision_can_keep_the_dates_checked() -> None:
    group = {"name": "lenient", "skipCertificateDateCheck": True}
    for decided in (True, False):
        admin = Admin(trust_skips_dates=decided)
        key = admin.add("/trustedCertificateGroups", group)["id"]
        assert trust_of(admin.fake.state, key, "POST").skip_dates is decided
