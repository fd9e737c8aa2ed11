"""Claims of no PingFederate gateway of PingOne (PNG), and unusual ones (CLM, UNI).

The signature is nobody's. What PingAccess compares before it asks PingOne is published nowhere; the
claims and hosts are those of PingOne's page Gateway credentials.
"""

from __future__ import annotations

from harness.mutations import edits
from harness.mutations.model import Judge, Mutation, Stage, Verdict
from harness.mutations.rows import from_issuer, reject

_CLAIMS = "PingOne, Gateway credentials (claims)"
_HOSTS = "PingOne, Gateway credentials and regions; RFC 8725 section 3.10"

_WRONG: tuple[tuple[str, str, object], ...] = (
    ("001.empty", "environmentId", ""),
    ("001.number", "environmentId", 5),
    ("001.array", "environmentId", []),
    ("002.path", "environmentId", "../v1"),
    ("002.slash", "environmentId", "0b1f3d1e-6f1c-4d6a-8a7e-2f9c1f6d3b10/as"),
    ("002.query", "environmentId", "0b1f3d1e-6f1c-4d6a-8a7e-2f9c1f6d3b10?a=b"),
    ("002.long", "environmentId", "0b1f3d1e-6f1c-4d6a-8a7e-2f9c1f6d3b10a"),
    ("009.null", "authUrl", None),
    ("009.array", "authUrl", []),
    ("009.number", "authUrl", 5),
    ("010.token", "iss", "https://auth.pingone.com/0b1f3d1e-6f1c-4d6a-8a7e-2f9c1f6d3b10/as"),
    ("010.null", "iss", None),
    ("011.ldap", "gatewayType", "LDAP"),
    ("011.radius", "gatewayType", "RADIUS"),
    ("011.authorize", "gatewayType", "AUTHORIZE"),
    ("011.api", "gatewayType", "API_GATEWAY_INTEGRATION"),
    ("011.lower", "gatewayType", "ping_federate"),
    ("011.unknown", "gatewayType", "PING_INTELLIGENCE"),
    ("012.number", "gatewayId", 7),
    ("012.text", "gatewayId", "gateway"),
    ("013.text", "jti", "credential"),
    ("013.number", "jti", 7),
    ("014.foreign", "aud", "https://api.paconform.invalid"),
    ("014.other", "aud", "https://console.pingone.com"),
    ("014.number", "aud", 5),
)

_ASTRAY = (
    ("006.region", "https://auth.pingone.xx"),
    ("007.foreign", "https://auth.paconform.invalid"),
    ("007.suffix", "https://auth.pingone.com.paconform.invalid"),
    ("007.prefix", "https://paconform.invalid/auth.pingone.com"),
    ("008.plain", "http://auth.pingone.com"),
    ("008.userinfo", "https://auth.pingone.com@paconform.invalid"),
    ("008.file", "file:///etc/passwd"),
    ("008.ldap", "ldap://127.0.0.1:9/"),
    ("008.socket", "wss://auth.pingone.com"),
    ("008.metadata", "https://169.254.169.254"),
    ("008.loopback", "https://[::1]:9"),
    ("008.port", "https://auth.pingone.com:9"),
    ("008.line", "https://auth.pingone.com\r\nHost: paconform.invalid"),
    ("008.long", "https://auth.pingone.com/" + 10_000 * "a"),
)

GATEWAY: tuple[Mutation, ...] = (
    *(
        reject(
            f"JWT-PNG-{id_}.missing", f"No {name}", Stage.CLAIMS, _CLAIMS, edits.drop_claim, name
        )
        for id_, name in (
            ("001", "environmentId"),
            ("009", "authUrl"),
            ("010", "iss"),
            ("011", "gatewayType"),
            ("012", "gatewayId"),
            ("013", "jti"),
            ("014", "aud"),
        )
    ),
    *(
        reject(
            f"JWT-PNG-{id_}",
            f"{name} is {value!r}",
            Stage.CLAIMS,
            _CLAIMS,
            edits.set_claim,
            name,
            value,
        )
        for id_, name, value in _WRONG
    ),
    *(
        reject(
            f"JWT-PNG-002.{name}",
            f"environmentId {title}",
            Stage.CLAIMS,
            _CLAIMS,
            edits.change_claim,
            "environmentId",
            how,
            judge=judge,
        )
        for name, title, how, judge in (
            ("bare", "without its dashes", "{bare}", Judge.READER),
            ("braces", "in braces", "{{{}}}", Judge.READER),
            ("upper", "in upper case", "{upper}", Judge.ISSUER),
        )
    ),
    reject(
        "JWT-PNG-003.other",
        "environmentId of another environment",
        Stage.CLAIMS,
        "RFC 8725 section 3.8",
        edits.set_claim,
        "environmentId",
        "0b1f3d1e-6f1c-4d6a-8a7e-2f9c1f6d3b10",
        judge=Judge.ISSUER,
    ),
    reject(
        "JWT-PNG-005.region",
        "authUrl of another region than aud",
        Stage.CLAIMS,
        "PingOne, regions",
        edits.other_region,
    ),
    *(
        reject(
            f"JWT-PNG-{id_}",
            f"authUrl is {url[:60]!r}",
            Stage.CLAIMS,
            _HOSTS,
            edits.set_claim,
            "authUrl",
            url,
        )
        for id_, url in _ASTRAY
    ),
    reject(
        "JWT-PNG-012.other",
        "gatewayId of another gateway",
        Stage.CLAIMS,
        _CLAIMS,
        edits.set_claim,
        "gatewayId",
        "0b1f3d1e-6f1c-4d6a-8a7e-2f9c1f6d3b10",
        judge=Judge.ISSUER,
    ),
    reject(
        "JWT-PNG-016.access-token",
        "The claims of an access token",
        Stage.CLAIMS,
        "RFC 8725 section 3.12; PingOne, token claims",
        edits.only_claims,
        ("client_id", "0b1f3d1e-6f1c-4d6a-8a7e-2f9c1f6d3b10"),
        ("iss", "https://auth.pingone.com/0b1f3d1e-6f1c-4d6a-8a7e-2f9c1f6d3b10/as"),
        ("iat", 1_767_225_600),
        ("exp", 1_767_229_200),
        ("aud", ["https://api.pingone.com"]),
    ),
)

_UNUSUAL: tuple[tuple[str, str, str, object], ...] = (
    ("CLM-012.nested", "An unknown claim", "x", {"a": [1, {"b": None}]}),
    ("CLM-013.uri", "A claim named with a URI", "https://example.com/claim", True),
    ("UNI-002.emoji", "An emoji in a name that is shown", "organizationName", "\U0001f511 & Co"),
)

CLAIMS: tuple[Mutation, ...] = (
    *(
        from_issuer(
            f"JWT-{id_}",
            title,
            Stage.CLAIMS,
            "RFC 7519 sections 4 and 4.2 (unknown claims are ignored); RFC 8259 section 8.1",
            edits.set_claim,
            name,
            value,
        )
        for id_, title, name, value in _UNUSUAL
    ),
    from_issuer(
        "JWT-PNG-015.long",
        "An organizationName of four thousand characters",
        Stage.CLAIMS,
        _CLAIMS,
        edits.set_claim,
        "organizationName",
        4_000 * "o",
        verdict=Verdict.EITHER,
    ),
    *(
        reject(
            f"JWT-CLM-017.{name}",
            f"{name} under a name in upper case",
            Stage.CLAIMS,
            "RFC 7519 section 4 (names are case-sensitive)",
            edits.rename_claim,
            name,
            name.upper(),
        )
        for name in ("jti", "authUrl")
    ),
    reject(
        "JWT-UNI-005.case",
        "A Kelvin sign in the host of authUrl",
        Stage.CLAIMS,
        "RFC 7515 section 10.13",
        edits.set_claim,
        "authUrl",
        "https://auth.pingone.s\u212a",
    ),
    reject(
        "JWT-UNI-006.overlong",
        "An overlong UTF-8 sequence in a claim",
        Stage.PAYLOAD,
        "RFC 3629 section 3",
        edits.payload_swap,
        b"{",
        b'{"x":"\xc0\x80",',
    ),
)
