"""Who asks PingAccess for decisions: agents, sideband clients, engines and their shared secrets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakes.clock import iso
from fakes.pingaccess.keys.views import certificates
from fakes.pingaccess.objects.spec import Check, Entity, Field, described, named
from fakes.pingaccess.problems import Refusal

if TYPE_CHECKING:
    from fakes.pingaccess.objects.reading import Reading
    from fakes.pingaccess.objects.spec import Draft

_INT_MAX = 2**31 - 1

IP_SOURCE = (
    Field("headerNameList", "texts", required=True, default=("X-Forwarded-For",)),
    Field("listValueLocation", required=True, default="LAST", choices=frozenset({"FIRST", "LAST"})),
    Field("fallbackToLastHopIp", "flag", default=True),
)
"""Where the address of a client stands (admin API 7.3, IpMultiValueSource)."""

PUBLIC_KEY = (Field("jwk", "json", required=True), Field("created", "date"))
"""The key of a node of the cluster (admin API 7.3, PublicKey)."""

PROXIED = (
    Field("httpProxyId", "number", default=0, refers="proxies"),
    Field("httpsProxyId", "number", default=0, refers="proxies"),
)
"""The proxies that a node of the cluster goes through; zero for none (admin API 7.3)."""

SELECTED = Field("selectedCertificateId", "number", default=0)
"""The certificate that a node expects of the console (admin API 7.3)."""

_CERTIFIED = (
    SELECTED,
    Field(
        "certificateHash",
        "object",
        read_only=True,
        members=(
            Field(
                "algorithm",
                choices=frozenset({"MD5", "SHA1", "SHA256", "SHA384", "SHA512"}),
            ),
            Field("hexValue"),
        ),
    ),
)


def _now(reading: Reading) -> Any:
    """As the descriptions have it: milliseconds (the formats, and certificate_dates, as there)."""
    now_s = reading.state.clock.now_s()
    return int(now_s * 1000) if reading.behaviour.certificate_dates == "ms" else iso(now_s)


def _dated(reading: Reading, row: Draft) -> None:
    """When a secret was made; an update keeps it."""
    old = reading.old or {}
    row["created"] = old.get("created") or _now(reading)


def _credentials_dated(reading: Reading, row: Draft) -> None:
    now = _now(reading)
    row["clientCredentials"] = [
        {**one, "created": one.get("created") or now} for one in row["clientCredentials"]
    ]


def _hosts_and_ports(reading: Reading, draft: Draft) -> None:
    """The failover hosts of an agent are pairs of host and port (admin API 7.3)."""
    for text in draft.get("failoverHosts") or ():
        host, _, port = text.rpartition(":")
        if not (host and port.isascii() and port.isdecimal() and 0 < int(port[:6]) <= 65535):
            reading.complain("failoverHosts", "must be pairs of host and port, such as host:3000")
            return


def is_known(reading: Reading, draft: Draft) -> None:
    """The certificate that is expected is one that is here; an archive's may be of another host."""
    key = draft.get("selectedCertificateId")
    if key and not reading.lenient and key not in certificates(reading.state):
        reading.complain("selectedCertificateId", f"{key!r} does not exist")


def _hashed(reading: Reading, row: Draft) -> None:
    """The hash of the certificate that is expected (admin API 7.3, Hash)."""
    name = reading.behaviour.expected_certificate_hash
    key = row.get("selectedCertificateId")
    told = certificates(reading.state).get(key) if key else None
    hexadecimal = told and told.get(f"{name.lower()}sum")
    row["certificateHash"] = told and {"algorithm": name, "hexValue": hexadecimal}


def _has_length(reading: Reading, draft: Draft) -> None:
    """Refused in its own words, with a flash of its own (observed); an archive's is sealed."""
    secret, length = draft.get("secret"), reading.behaviour.shared_secret_length
    text = secret.get("value") if isinstance(secret, dict) else None
    if length is None or reading.lenient or not isinstance(text, str) or len(text) == length:
        return
    form = {"value": [f"The Shared Secret value must be {length} in length."]}
    flash = ["Failed to add a new Shared Secret."]
    raise Refusal(reading.behaviour.refused_status, flash, form)


SHARED_SECRETS = Entity(
    "sharedSecrets",
    "Shared secret",
    "/sharedSecrets",
    (
        Field("created", "date", read_only=True, sortable=True),
        Field("secret", "hidden", required=True),
    ),
    verbs=frozenset({"LIST", "POST", "GET", "DELETE"}),
    find="",
    named=("id",),
    paged=False,
    unique=(),
    checks=(Check("sharedSecrets.length", _has_length),),
    finish=_dated,
)
"""They cannot be changed, only made and deleted (admin API 7.3)."""

AGENTS = Entity(
    "agents",
    "Agent",
    "/agents",
    (
        named(),
        described(),
        Field("hostname", required=True, sortable=True),
        Field("port", "number", required=True, sortable=True, low=1, high=65535),
        Field("sharedSecretIds", "numbers", required=True, refers="sharedSecrets"),
        Field("overrideIpSource", "flag", default=False, sortable=True),
        Field("ipSource", "object", members=IP_SOURCE),
        Field("failoverHosts", "texts", default=()),
        Field("failedRetryTimeout", "number", default=60, low=0, high=_INT_MAX),
        Field("maxRetries", "number", default=2, low=0, high=_INT_MAX),
        Field("unknownResourceMode", choices=frozenset({"DENY", "PASSTHROUGH"})),
        *_CERTIFIED,
    ),
    checks=(
        Check("agents.failoverHosts", _hosts_and_ports),
        Check("agents.selectedCertificateId", is_known),
    ),
    finish=_hashed,
)
"""The defaults of an agent are assumed: those of an on-demand availability profile."""

ENGINES = Entity(
    "engines",
    "Engine",
    "/engines",
    (
        named(),
        described(),
        Field("configReplicationEnabled", "flag", default=True, sortable=True),
        Field("keys", "objects", default=(), read_only=True, members=PUBLIC_KEY),
        *PROXIED,
        *_CERTIFIED,
    ),
    checks=(Check("engines.selectedCertificateId", is_known),),
    finish=_hashed,
)
"""Keys appear when the configuration of an engine is downloaded."""

REPLICA_ADMINS = Entity(
    "replicaAdmins",
    "Replica admin",
    "/adminConfig/replicaAdmins",
    (
        Field("name", required=True),
        Field("description"),
        Field("configReplicationEnabled", "flag", default=True),
        Field("keys", "objects", default=(), read_only=True, members=PUBLIC_KEY),
        *PROXIED,
        Field("hostPort", required=True),
        *_CERTIFIED,
    ),
    find="",
    paged=False,
    checks=(Check("replicaAdmins.selectedCertificateId", is_known),),
    finish=_hashed,
)
"""Their list has neither pages nor an order, and they choose no id (admin API 7.3)."""

SIDEBAND_CLIENTS = Entity(
    "sidebandClients",
    "Sideband client",
    "/sidebandClients",
    (
        named(),
        described(),
        Field(
            "clientCredentials",
            "objects",
            required=True,
            members=(
                Field("created", "date", read_only=True),
                Field("credentialsType", default="SECRET", choices=frozenset({"SECRET"})),
                Field(
                    "sharedSecretConfig",
                    "object",
                    required=True,
                    members=(
                        Field("sharedSecretHeaderName", default="CLIENT-TOKEN"),
                        Field("secret", "hidden"),
                    ),
                ),
            ),
        ),
    ),
    key="uuid",
    finish=_credentials_dated,
)
