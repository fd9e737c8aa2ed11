"""The credential reader takes what PingOne writes, and nothing else."""

from __future__ import annotations

import json
from typing import Any

import pytest

from fakes.pingaccess.connections.credential import Credential, read_credential
from fakes.pingaccess.decisions.parts import CORRECT_PARTS
from fakes.tests.credential_reading import (
    HEADER,
    OWN,
    PAYLOAD,
    SEGMENTS,
    accepted,
    complaints,
    kinds,
)
from fakes.tests.parts_tokens import (
    CLAIMS,
    CREDENTIAL,
    ENVIRONMENT,
    GATEWAY,
    b64,
    compact,
    token,
)


def test_a_credential_tells_what_it_says_of_itself() -> None:
    found = accepted(token())
    assert found == Credential(
        text=token(),
        spent=token(),
        credential_id=CREDENTIAL,
        gateway_id=GATEWAY,
        environment_id=ENVIRONMENT,
        api_url="https://api.pingone.com",
        auth_url="https://auth.pingone.com",
        issued_s=1_767_225_600,
        organization_name="Canary Ltd",
        region="NA",
    )
    assert token() not in repr(found)


MUST_ACCEPT = {
    "an extra claim": token(customClaim={"deep": [1, 2, {"x": None}]}),
    "a claim named by a URL": token(**{"https://example.org/claim": True}),
    "an unknown header member": token({"alg": "RS256", "vendor": {"a": 1}}),
    "members with the names of prototypes": token(
        {"alg": "RS256", "__proto__": {}, "constructor": 1, "@type": "x", "$ref": "#"}
    ),
    "a kid and a thumbprint": token({"alg": "RS256", "kid": "k1", "x5t": "AAAA"}),
    "typ JWT": token({"alg": "RS256", "typ": "JWT"}),
    "typ at+jwt": token({"alg": "RS256", "typ": "at+jwt"}),
    "the header in another order": token({"typ": "JWT", "alg": "RS256"}),
    "escaped slashes": compact(HEADER, PAYLOAD.replace(b"/", b"\\/")),
    "escaped names": compact(b'{"\\u0061lg":"RS256"}', PAYLOAD),
    "white space in JSON": compact(
        b' {\n\t"alg" :\r\n "RS256" } ', json.dumps(CLAIMS, indent=4).encode()
    ),
    "claims in reverse order": compact(HEADER, json.dumps(dict(reversed(CLAIMS.items()))).encode()),
    "text beyond ASCII, unescaped": compact(
        HEADER,
        json.dumps({**CLAIMS, "organizationName": "Ünïcode 🦆"}, ensure_ascii=False).encode(),
    ),
    "a long name": token(organizationName="x" * 4000),
    "no organization and no region": token(
        organizationName=..., organizationId=..., targetGeography=..., targetClusterEnvironment=...
    ),
    "an audience list of one": token(aud=["https://api.pingone.com"]),
    "a fractional time": token(iat=1_767_225_600.25),
    "an exp in the far future": token(exp=4_102_444_800),
    "nesting as deep as every reader must take": token(x=json.loads("[" * 30 + "]" * 30)),
    "hosts that were allowed": token(
        aud="https://localhost:8443", authUrl="https://localhost:8443"
    ),
}


@pytest.mark.parametrize("text", MUST_ACCEPT.values(), ids=MUST_ACCEPT.keys())
def test_what_is_legal_is_accepted(text: str) -> None:
    assert accepted(text).text == text


@pytest.mark.parametrize(("code", "suffix"), CORRECT_PARTS.credential_regions)
def test_every_region_is_accepted(code: str, suffix: str) -> None:
    found = accepted(
        token(
            aud=f"https://api.pingone.{suffix}",
            authUrl=f"https://auth.pingone.{suffix}",
            iss=f"wss://gateways.pingone.{suffix}",
            targetGeography=code,
        )
    )
    assert found.region == code


@pytest.mark.parametrize("around", [" ", "\n", "\r\n", "\t", "  \r\n"])
def test_white_space_at_the_ends_is_cut_off_and_not_stored(around: str) -> None:
    assert accepted(f"{around}{token()}{around}").text == token()
    assert complaints(f"{token()}{around}", credential_trim="")
    assert complaints(f"{token()}{around}", stored=True), "what is stored has none"
    assert accepted(f"{token()}{around}", credential_kept="sent").text == f"{token()}{around}"


MUST_REFUSE: dict[str, object] = {
    "nothing": "",
    "white space only": " \t\r\n",
    "invisible characters only": "\u200b\ufeff\xa0",
    "null": None,
    "a number": 7,
    "a boolean": True,
    "bytes": token().encode(),
    "a list": [token()],
    "an object": {"value": token()},
    "a line break inside": token()[:80] + "\n" + token()[80:],
    "a space inside": token()[:80] + " " + token()[80:],
    "wrapped at 64": "\n".join(token()[at : at + 64] for at in range(0, len(token()), 64)),
    "a zero-width space at the end": token() + "\u200b",
    "a byte order mark in front": "\ufeff" + token(),
    "quotes around": f'"{token()}"',
    "a scheme in front": f"Bearer {token()}",
    "a JSON reply": json.dumps({"credential": token()}),
    "two credentials": f"{token()}\n{token()}",
    "percent-encoded dots": token().replace(".", "%2E"),
    "HTML-encoded dots": token().replace(".", "&#46;"),
    "a mask": "********",
    "ciphertext": "OBF:JWE:e30..AAAA.AAAA.AAAA",
    "lower case": token().lower(),
    "one segment": SEGMENTS[0],
    "two segments": ".".join(SEGMENTS[:2]),
    "four segments": token() + ".AAAA",
    "a trailing dot": token() + ".",
    "five segments": token() + ".AAAA.AAAA",
    "a million dots": "." * 10_000,
    "no segment filled": "..",
    "an empty header": "." + ".".join(SEGMENTS[1:]),
    "an empty payload": f"{SEGMENTS[0]}..{SEGMENTS[2]}",
    "an empty signature": f"{SEGMENTS[0]}.{SEGMENTS[1]}.",
    "segments permuted": ".".join((SEGMENTS[1], SEGMENTS[0], SEGMENTS[2])),
    "padding": ".".join(segment + "=" * (-len(segment) % 4) for segment in SEGMENTS),
    "surplus padding": token() + "===",
    "the standard alphabet": f"{SEGMENTS[0]}.{SEGMENTS[1]}.++//++//",
    "a length that no bytes have": f"{SEGMENTS[0]}.{SEGMENTS[1]}.AAAAA",
    "loose bits": f"{SEGMENTS[0]}.{SEGMENTS[1]}.AB",
    "a character of no alphabet": token()[:10] + "~" + token()[10:],
    "NUL": token()[:10] + "\0" + token()[10:],
    "a letter beyond ASCII": token()[:10] + "é" + token()[10:],
    "a fullwidth letter": token().replace("e", "\uff45", 1),
    "half of a surrogate pair": token()[:10] + "\ud800" + token()[10:],
    "double base64": ".".join(b64(segment.encode()) for segment in SEGMENTS),
    "raw JSON": f"{HEADER.decode()}.{PAYLOAD.decode()}.{SEGMENTS[2]}",
    "a header that is no JSON": compact(b"alg=RS256", PAYLOAD),
    "a header cut off": compact(HEADER[:-1], PAYLOAD),
    "a header with something behind it": compact(HEADER + b"{}", PAYLOAD),
    "a trailing comma": compact(b'{"alg":"RS256",}', PAYLOAD),
    "an array header": compact(b'["RS256"]', PAYLOAD),
    "a text header": compact(b'"RS256"', PAYLOAD),
    "an empty header object": compact(b"{}", PAYLOAD),
    "a header in UTF-16": compact(HEADER.decode().encode("utf-16"), PAYLOAD),
    "a header in UTF-16 without a mark": compact(HEADER.decode().encode("utf-16-le"), PAYLOAD),
    "a header that is not UTF-8": compact(b'{"alg":"RS256","x":"\xff"}', PAYLOAD),
    "a byte order mark in the header": compact(b"\xef\xbb\xbf" + HEADER, PAYLOAD),
    "NaN": compact(b'{"alg":"RS256","x":NaN}', PAYLOAD),
    "Infinity": compact(b'{"alg":"RS256","x":-Infinity}', PAYLOAD),
    "alg twice, none first": compact(b'{"alg":"none","alg":"RS256"}', PAYLOAD),
    "alg twice, none last": compact(b'{"alg":"RS256","alg":"none"}', PAYLOAD),
    "alg twice, once escaped": compact(b'{"alg":"RS256","\\u0061lg":"none"}', PAYLOAD),
    "a control character in a text": compact(b'{"alg":"RS256","x":"\t"}', PAYLOAD),
    "deep nesting": compact(b'{"alg":"RS256","x":' + b"[" * 100 + b"]" * 100 + b"}", PAYLOAD),
    "very deep nesting": compact(
        b'{"alg":"RS256","x":' + b"[" * 5000 + b"]" * 5000 + b"}", PAYLOAD
    ),
    "an integer of 5,000 digits": compact(b'{"alg":"RS256","x":' + b"9" * 5000 + b"}", PAYLOAD),
    "alg none": token({"alg": "none"}),
    "alg in lower case": token({"alg": "rs256"}),
    "alg with a space": token({"alg": "RS256 "}),
    "alg of a secret": token({"alg": "HS256"}),
    "alg in a list": token({"alg": ["RS256"]}),
    "alg null": token({"alg": None}),
    "crit": token({"alg": "RS256", "crit": ["bork"], "bork": 1}),
    "crit empty": token({"alg": "RS256", "crit": []}),
    "an unencoded payload": token({"alg": "RS256", "b64": False}),
    "a key of its own": token({"alg": "RS256", "jwk": {"kty": "RSA"}}),
    "the address of a key": token({"alg": "RS256", "jku": "https://keys.example/"}),
    "a kid that is a number": token({"alg": "RS256", "kid": 1}),
    "a payload that is no JSON": compact(HEADER, b"claims"),
    "an array payload": compact(HEADER, b"[]"),
    "a null payload": compact(HEADER, b"null"),
    "an empty payload object": compact(HEADER, b"{}"),
    "a payload in UTF-16": compact(HEADER, PAYLOAD.decode().encode("utf-16")),
    "a payload that is a token": compact(HEADER, token().encode()),
    "a claim twice": compact(HEADER, PAYLOAD[:-1] + b',"jti":"' + CREDENTIAL.encode() + b'"}'),
    "a claim in the wrong case": token(environmentId=..., EnvironmentId=ENVIRONMENT),
    "a NUL in a claim": token(environmentId=ENVIRONMENT + "\0"),
    "half a surrogate pair in a name": compact(
        HEADER, json.dumps({**CLAIMS, "organizationName": "\ud800"}).encode()
    ),
    "a name that is a number": token(organizationName=5),
    "too long": compact(HEADER, json.dumps({**CLAIMS, "x": "y" * 17_000}).encode()),
    "ten megabytes": "A" * 10_000_000,
}


@pytest.mark.parametrize("text", MUST_REFUSE.values(), ids=MUST_REFUSE.keys())
def test_what_is_malformed_is_refused(text: object) -> None:
    for complaint in complaints(text):
        assert CREDENTIAL not in complaint
        assert SEGMENTS[1][:12] not in complaint


WRONG_CLAIMS: list[tuple[str, list[Any]]] = [
    *(
        (
            name,
            [
                ..., None, "", 5, [], {}, True, ENVIRONMENT.upper(), ENVIRONMENT.replace("-", ""),
                f"{{{ENVIRONMENT}}}", ENVIRONMENT + "0", ENVIRONMENT + "\n", "../x", "a/b", "?x",
                "00000000-0000-0000-0000-000000000000", ENVIRONMENT + "/../" + ENVIRONMENT,
            ],
        )
        for name in ("environmentId", "gatewayId", "jti")
    ),
    ("gatewayType", [..., None, "", "LDAP", "RADIUS", "AUTHORIZE", "ping_federate", 1, []]),
    ("iat", [..., None, "1767225600", "x", True, [], {}, 0, -1, 10**20, 1_767_225_600_000]),
    (
        "iss",
        [
            ..., None, "", 1, [], ["wss://gateways.pingone.com"], "wss://gateways.pingone.xx",
            "wss://gateways.pingone.com/", "wss://GATEWAYS.pingone.com", "https://gateways.pingone.com",
            f"https://auth.pingone.com/{ENVIRONMENT}/as", "wss://gateways.pingone.com.evil.example",
        ],
    ),
    ("targetGeography", ["XX", "na", "", 1, [], "EU"]),
    ("exp", ["x", None, True, [], {}, "4102444800", 10**400]),
    ("nbf", ["x", None, True]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "value"), [(name, value) for name, values in WRONG_CLAIMS for value in values]
)
def test_a_claim_that_is_not_as_documented_is_named(name: str, value: object) -> None:
    found = complaints(token(**{name: value}))
    assert any(name in complaint for complaint in found), found


@pytest.mark.parametrize("name", ["aud", "authUrl"])
@pytest.mark.parametrize(
    "form",
    [
        ..., None, "", 5, {}, [], "https://", "{host}", "http://{host}", "wss://{host}", "file:///etc/passwd",
        "ldap://{host}", "https://{host}/", "https://{host}/v1", "https://{host}?x", "https://{host}#x",
        "https://{host}:443", "https://{host}:8443", "https://evil@{host}", "https://{host}@evil.example",
        "https://{host}.evil.example", "https://evil.example/{host}", "https://evil-{host}",
        "https://evil.example", "https://127.0.0.1", "https://[::1]", "https://169.254.169.254",
        "https://{host}\r\nX-Evil: 1", "https://{host}%2eevil.example", "https://{host}\\@evil.example",
        " https://{host}", "https://{host}.", "HTTPS://{host}", "https://{HOST}", "https://{host}\0",
        "https://{host}\u3002evil.example", "https://pingone.com", "https://{service}.pingone.xx",
        "https://{other}", "https://localhost", "https://localhost:8444", "http://localhost:8443",
    ],
)  # fmt: skip
def test_an_address_that_is_not_pingones_is_refused(name: str, form: object) -> None:
    service, other = ("api", "auth") if name == "aud" else ("auth", "api")
    host = f"{service}.pingone.com"
    value = form
    if isinstance(form, str):
        value = (
            form.replace("{host}", host)
            .replace("{HOST}", host.upper())
            .replace("{service}", service)
            .replace("{other}", f"{other}.pingone.com")
        )
    found = complaints(token(**{name: value}))
    assert any(name in complaint for complaint in found), found
    assert not any("evil" in complaint for complaint in found)


def test_an_address_of_another_region_is_refused() -> None:
    assert complaints(token(authUrl="https://auth.pingone.eu"))
    assert complaints(token(aud="https://api.pingone.ca"))
    assert complaints(token(iss="wss://gateways.pingone.asia"))


@pytest.mark.parametrize(
    "aud",
    [
        [],
        ["x"],
        [["https://api.pingone.com"]],
        ["https://api.pingone.com", 1, None],
        ["https://api.pingone.com", "https://api.pingone.eu"],
        {"a": 1},
    ],
)
def test_an_audience_list_needs_exactly_one_address(aud: object) -> None:
    assert complaints(token(aud=aud))


def test_expiry_counts_where_the_time_is_known() -> None:
    now = 1_767_225_600.0
    late, early = token(exp=int(now) - 3600), token(nbf=int(now) + 3600)
    for text in (late, early):
        assert isinstance(read_credential(text, CORRECT_PARTS, OWN, now), list)
        assert isinstance(read_credential(text, CORRECT_PARTS, OWN), Credential)
    inside = token(exp=int(now) - 59)
    assert isinstance(read_credential(inside, CORRECT_PARTS, OWN, now), Credential)
    assert isinstance(read_credential(token(exp=int(now) - 60), CORRECT_PARTS, OWN, now), list)


def test_every_complaint_is_told_at_once() -> None:
    found = complaints(compact(b'{"alg":"none"}', b'{"jti":1}', b""))
    assert len(found) >= 9
    assert any(complaint.startswith("signature") for complaint in found)
    assert any(complaint.startswith("header") for complaint in found)


def test_the_length_limit_is_inclusive() -> None:
    text = token()
    accepted(text, credential_max_characters=len(text))
    complaints(text, credential_max_characters=len(text) - 1)


def test_of_a_repeated_claim_the_last_counts_where_that_is_decided() -> None:
    bad_then_good = compact(HEADER, b'{"jti":1,' + PAYLOAD[1:])
    assert accepted(bad_then_good, credential_duplicates="last").credential_id == CREDENTIAL
    assert complaints(bad_then_good, credential_duplicates="first")


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("type", 7),
        ("empty", " "),
        ("mask", "********"),
        ("mask", "\u2022" * 8),
        ("mask", "OBF:JWE:e30..AAAA.AAAA.AAAA"),
        ("size", "A" * 20_000),
        ("segments", "a.b"),
        ("segments", f"{SEGMENTS[0]}..{SEGMENTS[2]}"),
        ("base64", f"Bearer {token()}"),
        ("header-json", compact(b"[]", PAYLOAD)),
        ("payload-json", compact(HEADER, b"[]")),
        ("header", token({"alg": "none"})),
        ("claim", token(gatewayType="LDAP")),
        ("host", token(authUrl="https://evil.example")),
        ("time", token(iat="yesterday")),
    ],
)
def test_a_complaint_has_its_kind_and_can_be_forgiven_where_that_is_decided(
    kind: str, text: object
) -> None:
    assert kinds(text) == {kind}
    assert accepted(text, credential_forgiven=frozenset({(kind, "POST")})).unasked
    assert complaints(text, credential_forgiven=frozenset({(kind, "PUT")}))


@pytest.mark.parametrize(
    ("repair", "text"),
    [
        ("skip", token()[:50] + " \r\n\t\u200b" + token()[50:]),
        ("skip", f'"{token()}"'),
        ("cut", token() + ".AAAA"),
        ("cut", token() + "."),
        ("unpad", token() + "=="),
        ("letters", token().replace("-", "+").replace("_", "/")),
    ],
)
def test_what_is_mended_is_spent_as_pingone_wrote_it_where_that_is_decided(
    repair: str, text: str
) -> None:
    assert accepted(text, credential_repaired=frozenset({(repair, "POST")})).spent == token()
    assert complaints(text, credential_repaired=frozenset({(repair, "PUT")}))


def test_the_signature_is_left_to_pingone() -> None:
    assert accepted(compact(HEADER, PAYLOAD, bytes(256)))


def test_a_number_out_of_range_is_no_time() -> None:
    payload = PAYLOAD[:-1] + b',"exp":1e400}'
    assert any("exp" in complaint for complaint in complaints(compact(HEADER, payload)))
