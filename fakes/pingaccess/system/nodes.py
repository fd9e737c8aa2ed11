"""What the nodes of a cluster are given: configurations, and a token to register with."""

from __future__ import annotations

import json
from base64 import b64encode, urlsafe_b64encode
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from fakes.clock import iso
from fakes.keys import ec_key, rsa_key
from fakes.message import Response
from fakes.pingaccess.answers import ok
from fakes.pingaccess.downloads import ZIP, download, zipped
from fakes.pingaccess.keys.views import content_of
from fakes.pingaccess.objects.reading import Reading
from fakes.pingaccess.objects.records import completed, found
from fakes.pingaccess.objects.settings import current
from fakes.pingaccess.objects.spec import POST, Check, Entity, Field
from fakes.pingaccess.problems import not_found, not_possible
from fakes.pingaccess.system.agents import AGENTS, PROXIED, SELECTED, SHARED_SECRETS, is_known
from fakes.pingaccess.system.singletons import ADMIN_CONFIG

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fakes.pingaccess.answers import Call
    from fakes.pingaccess.state import State
    from fakes.store import Row

_INT_MAX = 2**31 - 1


def node_file(state: State, entity: Entity, call: Call) -> Response:
    """The configuration of an engine or replica, whose new public key is kept (zip, observed).

    The private key is in the download and nowhere else.
    """
    row = found(state, entity, call.ids[0])
    kid = state.ids.uuid()
    private = jwk_of(state, f"nodes/{kid}", kid)
    public = {name: value for name, value in private.items() if name != "d"}
    now_s = state.clock.now_s()
    created = int(now_s * 1000) if state.behaviour.node_key_created == "ms" else iso(now_s)
    keys = [*row["keys"], {"jwk": public, "created": created}][-state.behaviour.node_keys_most :]
    state.store.table(entity.table).put(row["id"], {**row, "keys": keys})
    folder = state.behaviour.node_file_folder
    files = {
        f"{folder}bootstrap.properties": _bootstrap(state, row, private),
        f"{folder}pa.jwk": _host_key(state, kid),
    }
    name = state.behaviour.node_file_name.replace("{name}", str(row["name"]))
    return download(state, name, ZIP, zipped(state, files))


def agent_file(state: State, call: Call) -> Response:
    """The agent.properties of an agent, with one of its shared secrets (admin API 7.3).

    Auditors do not get it (D90 pa_configuring_api_authn), for it holds the secret.
    """
    agent, secret = found(state, AGENTS, call.ids[0]), found(state, SHARED_SECRETS, call.ids[1])
    behaviour = state.behaviour
    if behaviour.agent_secret_own and secret["id"] not in agent["sharedSecretIds"]:
        raise not_found(SHARED_SECRETS.label, call.ids[1], behaviour)
    text = state.hidden.open((secret.get("secret") or {}).get("encryptedValue"))
    if text is None:
        raise not_possible("The shared secret was sealed by another host.", behaviour)
    name = behaviour.agent_file_name.replace("{name}", str(agent["name"]))
    content = _properties(_agent_values(state, agent, text))
    return download(state, name, behaviour.agent_file_type, content)


def registration_token(state: State, call: Call) -> Response:
    """A signed JWT with which an engine can register itself until it expires (admin API 7.3)."""
    import jwt  # noqa: PLC0415 - most fakes issue none

    draft = completed(Reading(state, REGISTRATION, POST, call.json(state)))
    key = rsa_key(state.seed, "engine-registration")
    token = jwt.encode(_claims(state, draft), key, "RS256", {"kid": "engine-registration"})
    headers = (("Content-Type", state.behaviour.registration_type), *state.common_headers())
    return Response(200, headers, token.encode("ascii"))


def engines_status(state: State, _: Call) -> Response:
    """How the engines are (admin API 7.3, EngineHealthStatus): no engine runs, so none has called.

    That engines stand under their ids is assumed.
    """
    now_ms = int(state.clock.now_s() * 1000)
    heard = state.store.table("engines") if state.behaviour.engines_heard else ()
    engines = {
        str(row["id"]): {
            "pollingDelay": state.behaviour.engine_polling_ms,
            "createdAt": now_ms,
            "lastUpdated": now_ms,
            "description": row["description"] or "",
            "name": row["name"],
        }
        for row in heard
    }
    return ok(state, {"currentServerTime": now_ms, "enginesStatus": engines})


def jwk_of(state: State, name: str, kid: str, bits: int = 256) -> dict[str, str]:
    """The private key on the curve of that size that seed and name stand for (RFC 7518 6.2)."""
    numbers = ec_key(state.seed, name, bits).private_numbers()
    size = (bits + 7) // 8
    public = numbers.public_numbers
    parts = {"x": public.x, "y": public.y, "d": numbers.private_value}
    return {
        "kty": "EC",
        "kid": kid,
        "crv": f"P-{bits}",
        **{part: _b64(value.to_bytes(size, "big")) for part, value in parts.items()},
    }


def _claims(state: State, draft: Mapping[str, Any]) -> dict[str, Any]:
    """What the token says: all but when it expires is assumed."""
    now_s, host = int(state.clock.now_s()), current(state, ADMIN_CONFIG)["hostPort"]
    claims = {
        "iss": "PingAccess",
        "jti": state.ids.uuid(),
        "iat": now_s,
        "exp": now_s + draft["expirationSeconds"],
        "hostPort": host,
        "httpProxyId": draft["httpProxyId"],
        "httpsProxyId": draft["httpsProxyId"],
        "selectedCertificateId": draft["selectedCertificateId"],
    }
    if not state.behaviour.registration_expires:
        del claims["exp"]
    return claims


def _bootstrap(state: State, row: Row, private: Mapping[str, str]) -> bytes:
    """The bootstrap.properties of a node (D91 clustering guide has the names of an engine's)."""
    host, _, port = str(current(state, ADMIN_CONFIG)["hostPort"]).rpartition(":")
    certificate = content_of(state, row["selectedCertificateId"])
    known = [] if certificate is None else [_trusted(certificate)]
    prefix = "engine.admin.configuration"
    return _properties(
        {
            f"{prefix}.host": host,
            f"{prefix}.port": port,
            f"{prefix}.userid": str(row["name"]),
            f"{prefix}.keypair": _json(private),
            f"{prefix}.bootstrap.truststore": _json({"keys": known}),
        }
    )


def _trusted(certificate: bytes) -> dict[str, Any]:
    """The certificate as a JWK: its key, where that is of RSA or EC, and x5c (RFC 7517 4.7)."""
    from cryptography import x509  # noqa: PLC0415 - 10 ms, if ever
    from cryptography.hazmat.primitives.asymmetric import ec, rsa  # noqa: PLC0415 - the same
    from jwt.algorithms import ECAlgorithm, RSAAlgorithm  # noqa: PLC0415 - the same

    key, jwk = x509.load_der_x509_certificate(certificate).public_key(), {}
    if isinstance(key, rsa.RSAPublicKey):
        jwk = RSAAlgorithm.to_jwk(key, as_dict=True)
    elif isinstance(key, ec.EllipticCurvePublicKey):
        jwk = ECAlgorithm.to_jwk(key, as_dict=True)
    return {**jwk, "x5c": [_b64_of(certificate)]}


def _host_key(state: State, kid: str) -> bytes:
    """The pa.jwk of a node: a key of its own, never the one that seals secrets here."""
    secret = sha256(f"{state.seed}/nodes/{kid}/host-key".encode()).digest()
    return _json({"kty": "oct", "kid": kid, "alg": "dir", "k": _b64(secret)}).encode("ascii")


def _agent_values(state: State, agent: Row, secret: str) -> dict[str, str]:
    """The names are those of D73 pa_iis_configuration; those of the failover are assumed."""
    certificate = content_of(state, agent["selectedCertificateId"])
    prefix = "agent.engine.configuration"
    values = {
        f"{prefix}.scheme": "https",
        f"{prefix}.host": str(agent["hostname"]),
        f"{prefix}.port": str(agent["port"]),
        f"{prefix}.username": str(agent["name"]),
        f"{prefix}.shared.secret": secret,
        f"{prefix}.maxConnections": "10",
        f"{prefix}.failover.hosts": ",".join(agent["failoverHosts"]),
        f"{prefix}.failover.failedRetryTimeout": str(agent["failedRetryTimeout"]),
        f"{prefix}.failover.maxRetries": str(agent["maxRetries"]),
    }
    if certificate is not None:
        values[f"{prefix}.bootstrap.truststore"] = _b64_of(certificate)
    return values


def _properties(values: Mapping[str, str]) -> bytes:
    """A properties file: one line for each value, whatever stands in it (java.util.Properties)."""
    return "".join(f"{name}={_escaped(value)}\n" for name, value in values.items()).encode("ascii")


def _escaped(value: str) -> str:
    text = value.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r")
    units = text.encode("utf-16-be", "surrogatepass")
    codes = (int.from_bytes(units[i : i + 2], "big") for i in range(0, len(units), 2))
    escaped = "".join(chr(code) if 32 <= code < 127 else f"\\u{code:04x}" for code in codes)
    return f"\\{escaped}" if escaped.startswith(" ") else escaped


def _json(value: Mapping[str, Any]) -> str:
    return json.dumps(value, separators=(",", ":"))


def _b64(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode("ascii")


def _b64_of(raw: bytes) -> str:
    return b64encode(raw).decode("ascii")


REGISTRATION = Entity(
    "engineRegistration",
    "Engine registration token",
    "/engines/registration/token",
    (
        *PROXIED,
        Field("expirationSeconds", "number", required=True, low=1, high=_INT_MAX),
        SELECTED,
    ),
    verbs=frozenset(),
    checks=(Check("engineRegistration.selectedCertificateId", is_known),),
)
"""What is sent to get a token (admin API 7.3, EngineRegistrationToken)."""
