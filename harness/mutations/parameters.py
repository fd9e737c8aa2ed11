"""Header parameters that mean something elsewhere (HDR), and algorithms of other keys (ALG).

Extensions that a JWT has no use for, parameters of JWE on a JWS, keys and certificates inside the
header. The signature is nobody's, or a stranger's true one.
"""

from __future__ import annotations

from harness.mutations import edits
from harness.mutations.model import Mutation, Stage, Verdict
from harness.mutations.rows import from_issuer, reject

_CRIT = "RFC 7515 section 4.1.11"
_B64 = "RFC 7797 sections 3, 6 and 7 (not for a JWT)"
_KINDS = "RFC 8725 section 3.11 (kinds of tokens are told apart)"

_TYPES: tuple[tuple[str, object], ...] = (
    ("logout", "logout+jwt"),
    ("event", "secevent+jwt"),
    ("dpop", "dpop+jwt"),
    ("number", 7),
    ("array", []),
)

_KEYS: tuple[tuple[str, str, object], ...] = (
    ("028.oct", "jwk is a symmetric key", {"kty": "oct", "k": 43 * "A"}),
    ("028.private", "jwk is a private key", {"kty": "RSA", "n": "AQAB", "e": "AQAB", "d": "AQAB"}),
)

_EITHER: tuple[tuple[str, str, str, object, str], ...] = (
    ("008.jwt", "cty says that a JWT is inside", "cty", "JWT", "RFC 7519 section 5.2"),
    ("010.empty", "crit is an empty array", "crit", [], _CRIT),
    ("012.registered", "crit lists a registered name", "crit", ["alg"], _CRIT),
    ("012.absent", "crit lists a name that is not there", "crit", ["exp"], _CRIT),
    ("017.deflate", "zip on a JWS", "zip", "DEF", "RFC 7516 section 4.1.3 (JWE only)"),
    ("032.thumbprint", "x5t of no certificate", "x5t", 27 * "A", "RFC 7515 section 4.1.7"),
    ("033.enc", "enc on a JWS", "enc", "A128GCM", "RFC 7516 section 9"),
    ("033.p2c", "p2c on a JWS", "p2c", 2**31 - 1, "RFC 7516 section 9"),
)

PARAMETERS: tuple[Mutation, ...] = (
    *(
        reject(
            f"JWT-HDR-005.{name}",
            f"typ is {value!r}",
            Stage.HEADER,
            _KINDS,
            edits.set_header,
            "typ",
            value,
        )
        for name, value in _TYPES
    ),
    from_issuer(
        "JWT-HDR-007.access-token",
        "typ at+jwt",
        Stage.HEADER,
        "RFC 9068 sections 2.1 and 4; PingOne, token claims (always, from 2 March 2027)",
        edits.set_header,
        "typ",
        "at+jwt",
    ),
    *(
        from_issuer(
            f"JWT-HDR-{id_}",
            title,
            Stage.HEADER,
            source,
            edits.last_header,
            name,
            value,
            verdict=Verdict.EITHER,
        )
        for id_, title, name, value, source in _EITHER
    ),
    reject(
        "JWT-HDR-014.crit",
        "b64 is false, and crit says so",
        Stage.HEADER,
        _B64,
        edits.set_headers,
        ("b64", False),
        ("crit", ["b64"]),
    ),
    *(
        reject(
            f"JWT-HDR-016.{name}",
            f"b64 is {value!r}",
            Stage.HEADER,
            _B64,
            edits.last_header,
            "b64",
            value,
        )
        for name, value in (("text", "false"), ("number", 0), ("null", None))
    ),
    *(
        reject(
            f"JWT-HDR-{id_}",
            title,
            Stage.HEADER,
            "RFC 7515 section 4.1.3 (a public key)",
            edits.set_header,
            "jwk",
            key,
        )
        for id_, title, key in _KEYS
    ),
    *(
        reject(
            f"JWT-HDR-031.{name}",
            f"x5c is {title}",
            Stage.HEADER,
            "RFC 7515 section 4.1.6",
            edits.set_header,
            "x5c",
            value,
        )
        for name, title, value in (
            ("empty", "an empty array", []),
            ("text", "text", "MIIB"),
            ("nothing", "base64 of no certificate", ["AAAA"]),
            ("many", "a thousand of nothing", 1_000 * ["AAAA"]),
        )
    ),
    from_issuer(
        "JWT-B64-012.x5c",
        "White space inside a certificate in x5c",
        Stage.HEADER,
        "RFC 7515 section 4.1.6 (base64, not base64url)",
        edits.set_header,
        "x5c",
        ["MIIB\nMIIB"],
        verdict=Verdict.EITHER,
    ),
)

OTHER_ALGORITHMS: tuple[Mutation, ...] = (
    *(
        reject(
            f"JWT-ALG-005.{form}",
            f"HS256 with {title} as the secret",
            Stage.SIGNATURE,
            "RFC 8725 sections 2.1 and 3.1",
            edits.hashed_with_public_key,
            form,
        )
        for form, title in (
            ("pem", "a public key in PEM"),
            ("pem-stripped", "a public key in PEM without its last line feed"),
            ("der", "a public key in DER"),
            ("modulus", "the modulus of a public key"),
        )
    ),
    *(
        reject(
            f"JWT-ALG-{id_}",
            title,
            Stage.SIGNATURE,
            "RFC 7518 sections 3.3 and 3.5; RFC 8725 section 3.1",
            edits.signed_otherwise,
            how,
        )
        for id_, title, how in (
            ("009.pss", "RS256 over a signature of RSASSA-PSS", "pss"),
            ("010.sha384", "RS256 over a signature with SHA-384", "sha384"),
        )
    ),
    *(
        from_issuer(
            f"JWT-ALG-011.{alg.lower()}",
            f"alg {alg}",
            Stage.HEADER,
            "RFC 8725 section 3.1; PingOne gateway credentials page (RS256)",
            edits.set_header,
            "alg",
            alg,
            verdict=Verdict.PROFILE,
        )
        for alg in ("RS384", "RS512", "PS256")
    ),
    *(
        reject(
            f"JWT-ALG-016.{alg.lower()}",
            f"{alg} in the header over a signature of RS256",
            Stage.SIGNATURE,
            "RFC 7517 section 4.4",
            edits.kept,
            "header",
            "alg",
            alg,
        )
        for alg in ("RS384", "ES256")
    ),
    *(
        reject(
            f"JWT-SIG-005.{name}",
            f"ES256 with {title}",
            Stage.SIGNATURE,
            "RFC 7518 section 3.4",
            edits.elliptic,
            r_and_s,
        )
        for name, title, r_and_s in (
            ("zeros", "r and s of zero", bytes(64)),
            ("ones", "r and s of one", (31 * b"\0" + b"\x01") * 2),
            ("short", "half of a signature", bytes(32)),
        )
    ),
    *(
        reject(
            f"JWT-SIG-006.{name}",
            f"ES256 with {title}",
            Stage.SIGNATURE,
            "RFC 7518 section 3.4 (R and S, not DER)",
            edits.elliptic,
            data,
        )
        for name, title, data in (
            ("der", "r and s of one in DER", b"\x30\x06\x02\x01\x01\x02\x01\x01"),
            ("der-zero", "r and s of zero in DER", b"\x30\x06\x02\x01\x00\x02\x01\x00"),
        )
    ),
    reject(
        "JWT-SIG-009.padding",
        "A signature that is its own padding, as e = 1 or 3 would take it",
        Stage.SIGNATURE,
        "RFC 7518 section 3.3; RFC 8725 section 3.4",
        edits.bare_padding,
    ),
)
