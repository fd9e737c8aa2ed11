"""What the nodes of a cluster are given: configurations, keys, and a token to register with."""

from __future__ import annotations

import io
import json
from base64 import b64decode, urlsafe_b64decode, urlsafe_b64encode
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

import jwt
import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from fakes.clock import EPOCH_S
from fakes.keys import rsa_key
from fakes.tests.made_certificates import made
from fakes.tests.pingaccess_bodies import BESIDE, SECRET
from fakes.tests.pingaccess_core import Admin, good

if TYPE_CHECKING:
    from fakes.message import Response

PATHS = ("/engines", "/adminConfig/replicaAdmins")
PREFIX = "engine.admin.configuration"
AGENT = "agent.engine.configuration"
EXPECTED = made("expected")
REGISTER = "/engines/registration/token"


@pytest.fixture
def admin() -> Admin:
    return Admin()


def node(admin: Admin, path: str = "/engines", name: str = "first", **more: Any) -> Any:
    return admin.add(path, {**BESIDE[path](admin, name), **more})


def files_of(answer: Response) -> dict[str, bytes]:
    """What is in a zip that was answered."""
    assert answer.status == 200, answer
    with ZipFile(io.BytesIO(answer.body)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def values_of(content: bytes) -> dict[str, str]:
    """The lines of a properties file."""
    pairs = (line.partition("=") for line in content.decode("ascii").splitlines())
    return {name: value for name, _, value in pairs}


def header(answer: Response, name: str) -> str:
    return dict(answer.headers)[name]


def trusted(admin: Admin) -> tuple[int, bytes]:
    """The id of a certificate that nodes can expect, and its content."""
    admin.add("/certificates", {"alias": "expected", "fileData": EXPECTED.data})
    (view,) = admin.items("/engines/certificates", "alias=expected")
    return int(view["id"]), EXPECTED.certificate.public_bytes(Encoding.DER)


@pytest.mark.parametrize("path", PATHS)
def test_a_node_gets_its_configuration_and_keeps_only_the_public_key(
    admin: Admin, path: str
) -> None:
    key, der = trusted(admin)
    first = node(admin, path, selectedCertificateId=key)
    assert first["keys"] == []
    admin.update("/adminConfig", {"hostPort": "console.example.com:9091"})
    answer = admin.send("POST", f"{path}/{first['id']}/config")
    assert header(answer, "Content-Type") == "application/zip"
    assert header(answer, "Content-Disposition") == 'attachment; filename="first_data.zip"'
    files = files_of(answer)
    assert list(files) == ["conf/bootstrap.properties", "conf/pa.jwk"]
    told = values_of(files["conf/bootstrap.properties"])
    assert (told[f"{PREFIX}.host"], told[f"{PREFIX}.port"]) == ("console.example.com", "9091")
    assert told[f"{PREFIX}.userid"] == "first"
    (certificate,) = json.loads(told[f"{PREFIX}.bootstrap.truststore"])["keys"]
    assert b64decode(certificate["x5c"][0]) == der
    assert certificate["kty"] in {"EC", "RSA"}
    private = json.loads(told[f"{PREFIX}.keypair"])
    (public,) = admin.get(f"{path}/{first['id']}")["keys"]
    assert public == {
        "jwk": {name: value for name, value in private.items() if name != "d"},
        "created": EPOCH_S * 1000,
    }
    token = jwt.encode({}, jwt.PyJWK(private, "ES256").key, "ES256")
    jwt.decode(token, jwt.PyJWK(public["jwk"], "ES256").key, ["ES256"])


@pytest.mark.parametrize("path", PATHS)
def test_no_private_key_of_a_node_is_kept(admin: Admin, path: str) -> None:
    first = node(admin, path)
    files = files_of(admin.send("POST", f"{path}/{first['id']}/config"))
    told = values_of(files["conf/bootstrap.properties"])
    secrets = [json.loads(told[f"{PREFIX}.keypair"])["d"], json.loads(files["conf/pa.jwk"])["k"]]
    rows = repr(admin.fake.state.store.snapshot())
    for text in secrets:
        assert text not in rows
        assert text.encode() not in admin.send("GET", "/config/export").body


def test_the_host_key_of_the_product_is_in_no_download(admin: Admin) -> None:
    first = node(admin)
    files = files_of(admin.send("POST", f"/engines/{first['id']}/config"))
    own = vars(admin.fake.state.hidden)["_key"]
    sent = json.loads(files["conf/pa.jwk"])["k"]
    assert len(own) == len(urlsafe_b64decode(sent + "="))
    assert all(urlsafe_b64encode(own).rstrip(b"=") not in one for one in files.values())


@pytest.mark.parametrize("path", PATHS)
def test_a_node_has_the_newest_keys(path: str) -> None:
    admin = Admin(node_keys_most=2, node_key_created="iso")
    first = node(admin, path)
    kids = []
    for _ in range(3):
        files_of(admin.send("POST", f"{path}/{first['id']}/config"))
        kids.append(admin.get(f"{path}/{first['id']}")["keys"][-1]["jwk"]["kid"])
        admin.clock.advance(60)
    keys = admin.get(f"{path}/{first['id']}")["keys"]
    assert [one["jwk"]["kid"] for one in keys] == kids[1:]
    assert keys[0]["created"] == "2026-01-01T00:01:00.000Z"
    changed = admin.update(f"{path}/{first['id']}", {**first, "name": "second"})
    assert changed["keys"] == keys


@pytest.mark.parametrize("path", PATHS)
def test_the_keys_of_a_node_survive_an_export_and_an_import(admin: Admin, path: str) -> None:
    first = node(admin, path)
    files_of(admin.send("POST", f"{path}/{first['id']}/config"))
    other = Admin()
    assert other.send("POST", "/config/import", admin.get("/config/export")).status == 200
    assert other.items(path) == admin.items(path)
    assert other.items(path)[0]["keys"]


def test_the_same_seed_gives_the_same_downloads() -> None:
    bodies = []
    for _ in range(2):
        admin = Admin()
        first = node(admin)
        bodies.append(admin.send("POST", f"/engines/{first['id']}/config").body)
    assert bodies[0] == bodies[1]


def test_what_is_not_there_gets_nothing(admin: Admin) -> None:
    for method, path in (
        ("POST", "/engines/9/config"),
        ("POST", "/adminConfig/replicaAdmins/9/config"),
        ("GET", "/agents/9/config/1"),
    ):
        assert admin.send(method, path).status == 404


def test_a_replica_gets_its_id_from_the_product(admin: Admin) -> None:
    assert node(admin, PATHS[1], id=7)["id"] == 1


def agent(admin: Admin, **more: Any) -> Any:
    return admin.add("/agents", {**BESIDE["/agents"](admin, "shop agent"), **more})


def test_an_agent_gets_its_properties_with_its_secret(admin: Admin) -> None:
    key, der = trusted(admin)
    hosts = ["a.example.com:3030", "b.example.com:3030"]
    own = agent(admin, failoverHosts=hosts, selectedCertificateId=key)
    answer = admin.send("GET", f"/agents/{own['id']}/config/{own['sharedSecretIds'][0]}")
    name = 'attachment; filename="shop_agent_agent.properties"'
    assert header(answer, "Content-Disposition") == name
    assert header(answer, "Content-Type") == "text/plain"
    told = values_of(answer.body)
    assert b64decode(told.pop(f"{AGENT}.bootstrap.truststore")) == der
    assert told == {
        f"{AGENT}.scheme": "https",
        f"{AGENT}.host": "agent.example.com",
        f"{AGENT}.port": "3030",
        f"{AGENT}.username": "shop agent",
        f"{AGENT}.shared.secret": SECRET,
        f"{AGENT}.maxConnections": "10",
        f"{AGENT}.failover.hosts": ",".join(hosts),
        f"{AGENT}.failover.failedRetryTimeout": "60",
        f"{AGENT}.failover.maxRetries": "2",
    }


def test_a_secret_of_another_agent_is_not_handed_out() -> None:
    for decisions, status in (({}, 404), ({"agent_secret_own": False}, 200)):
        admin = Admin(**decisions)
        own = agent(admin)
        other = admin.add("/sharedSecrets", {"secret": {"value": "other"}})
        assert admin.send("GET", f"/agents/{own['id']}/config/{other['id']}").status == status


def test_a_secret_of_another_host_cannot_be_handed_out(admin: Admin) -> None:
    own = agent(admin)
    archive = admin.get("/config/export")
    foreign = {"encryptedValue": "OBF:JWE:a..b.c.d"}
    archive["data"]["sharedSecrets"][0]["secret"] = foreign
    assert admin.send("POST", "/config/import", archive).status == 200
    refusal = admin.send("GET", f"/agents/{own['id']}/config/{own['sharedSecretIds'][0]}")
    assert (refusal.status, "another host" in refusal.json()["flash"][0]) == (422, True)


@pytest.mark.parametrize(
    ("name", "line", "file"),
    [
        ("a\nb=c", "a\\nb=c", "a_b_c_agent.properties"),
        (' "; x', '\\ "; x', "____x_agent.properties"),
        ("\u00e9\U0001f600\\", "\\u00e9\\ud83d\\ude00\\\\", "____agent.properties"),
    ],
)
def test_no_name_breaks_out_of_a_file_or_a_header(
    admin: Admin, name: str, line: str, file: str
) -> None:
    own = agent(admin, name=name)
    answer = admin.send("GET", f"/agents/{own['id']}/config/{own['sharedSecretIds'][0]}")
    assert values_of(answer.body)[f"{AGENT}.username"] == line
    assert header(answer, "Content-Disposition") == f'attachment; filename="{file}"'


def registered(admin: Admin, **body: Any) -> Any:
    """The claims of a token, after its signature was checked."""
    answer = admin.send("POST", REGISTER, {"expirationSeconds": 600, **body})
    assert answer.status == 200, answer
    assert header(answer, "Content-Type") == "application/jwt"
    key = rsa_key(admin.fake.state.seed, "engine-registration").public_key()
    return jwt.decode(answer.body, key, ["RS256"], options={"verify_exp": False})


def test_an_engine_can_register_itself_until_its_token_expires(admin: Admin) -> None:
    admin.clock.advance(100)
    claims = registered(admin)
    assert (claims["iat"], claims["exp"]) == (EPOCH_S + 100, EPOCH_S + 700)
    assert registered(admin)["jti"] != claims["jti"]
    proxy = admin.add("/proxies", BESIDE["/proxies"](admin, "p"))
    key, _ = trusted(admin)
    told = registered(admin, httpProxyId=proxy["id"], selectedCertificateId=key)
    assert (told["httpProxyId"], told["selectedCertificateId"]) == (proxy["id"], key)
    assert "exp" not in registered(Admin(registration_expires=False))


@pytest.mark.parametrize(
    ("body", "member"),
    [
        ({}, "expirationSeconds"),
        ({"expirationSeconds": 0}, "expirationSeconds"),
        ({"expirationSeconds": 2**31}, "expirationSeconds"),
        ({"expirationSeconds": 60, "httpProxyId": 9}, "httpProxyId"),
        ({"expirationSeconds": 60, "selectedCertificateId": 99}, "selectedCertificateId"),
        ({"expirationSeconds": 60, "nonsense": 1}, "nonsense"),
    ],
)
def test_a_token_is_asked_for_properly(admin: Admin, body: Any, member: str) -> None:
    assert set(admin.refused("POST", REGISTER, body)) == {member}


def test_no_engine_has_called_unless_they_have() -> None:
    silent = Admin()
    node(silent)
    now_ms = int(EPOCH_S * 1000)
    assert silent.get("/engines/status") == {"currentServerTime": now_ms, "enginesStatus": {}}
    heard = Admin(engines_heard=True)
    first = node(heard)
    heard.clock.advance(1)
    assert good(heard.send("GET", "/engines/status")) == {
        "currentServerTime": now_ms + 1000,
        "enginesStatus": {
            str(first["id"]): {
                "pollingDelay": 2000,
                "createdAt": now_ms + 1000,
                "lastUpdated": now_ms + 1000,
                "description": "",
                "name": "first",
            }
        },
    }
