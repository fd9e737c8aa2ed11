"""Headers that mean something wrong (HDR), and wrong algorithms (ALG).

The signature is nobody's: a reader that trusts the header before it checks the signature is
caught, and so is one that checks nothing.
"""

from __future__ import annotations

from harness.mutations import edits
from harness.mutations.model import Mutation, Stage
from harness.mutations.rows import from_issuer, reject

_TWICE = "RFC 7515 section 4"
_ALG = "RFC 7515 section 4.1.1"
_KID = "RFC 7515 section 4.1.4"
_CRIT = "RFC 7515 section 4.1.11"
_RECEIVED = "RFC 8725 section 3.10"

_ALGS: tuple[tuple[str, str, object], ...] = (
    ("002.null", "null", None),
    ("002.number", "a number", 256),
    ("002.array", "an array", ["RS256"]),
    ("002.object", "an object", {}),
    ("003.lower", "in lower case", "rs256"),
    ("003.space", "with a space", "RS256 "),
    ("003.nul", "with a NUL", "RS256\0"),
)

_KIDS: tuple[tuple[str, str, object], ...] = (
    ("021.number", "a number", 1),
    ("021.null", "null", None),
    ("021.array", "an array", []),
    ("022.unknown", "of no known key", "no-such-key"),
    ("023.empty", "empty", ""),
    ("024.path", "a path", "../../../../dev/null"),
    ("024.file", "a file", "file:///etc/passwd"),
    ("025.sql", "an SQL fragment", "x' UNION SELECT 'AAAA"),
    ("025.lookup", "a lookup", "${jndi:ldap://127.0.0.1:9/a}"),
    ("025.command", "a command", "key|sleep 10"),
)

HEADER_MEANING: tuple[Mutation, ...] = (
    reject("JWT-HDR-001.missing", "No alg", Stage.HEADER, _ALG, edits.drop_header, "alg"),
    *(
        reject(
            f"JWT-HDR-{id_}", f"alg is {title}", Stage.HEADER, _ALG, edits.set_header, "alg", alg
        )
        for id_, title, alg in _ALGS
    ),
    reject(
        "JWT-HDR-004.upper",
        "ALG instead of alg",
        Stage.HEADER,
        _TWICE,
        edits.rename_header,
        "alg",
        "ALG",
    ),
    *(
        from_issuer(
            f"JWT-HDR-006.{name}",
            f"typ {value}",
            Stage.HEADER,
            "RFC 7519 section 5.1; RFC 7515 section 4.1.9",
            edits.set_header,
            "typ",
            value,
        )
        for name, value in (("jwt", "JWT"), ("lower", "jwt"), ("media", "application/jwt"))
    ),
    from_issuer(
        "JWT-HDR-006.absent",
        "No typ",
        Stage.HEADER,
        "RFC 7519 section 5.1 (optional)",
        edits.drop_header,
        "typ",
    ),
    reject(
        "JWT-HDR-009.unknown",
        "A critical extension that nobody knows",
        Stage.HEADER,
        _CRIT,
        edits.last_header,
        "crit",
        ["bork"],
    ),
    *(
        reject(
            f"JWT-HDR-011.{name}",
            f"crit is {title}",
            Stage.HEADER,
            _CRIT,
            edits.last_header,
            "crit",
            value,
        )
        for name, title, value in (
            ("null", "null", None),
            ("text", "text", "b64"),
            ("object", "an object", {}),
            ("numbers", "an array of numbers", [1]),
        )
    ),
    reject(
        "JWT-HDR-015.b64",
        "b64 is false",
        Stage.HEADER,
        "RFC 7797 sections 6 and 7 (not for a JWT)",
        edits.last_header,
        "b64",
        False,
    ),
    from_issuer(
        "JWT-HDR-018.unknown",
        "A header member that nobody knows",
        Stage.HEADER,
        "RFC 7515 section 4 (unknown members are ignored)",
        edits.last_header,
        "bork",
        1,
    ),
    *(
        reject(
            f"JWT-HDR-{id_}", f"kid is {title}", Stage.HEADER, _KID, edits.set_header, "kid", kid
        )
        for id_, title, kid in _KIDS
    ),
    reject(
        "JWT-HDR-027.jwk",
        "Signed with a key of its own that the header shows",
        Stage.SIGNATURE,
        f"{_RECEIVED}; RFC 7515 section 4.1.3",
        edits.own_key,
    ),
    *(
        reject(
            f"JWT-HDR-{id_}.{name}",
            f"{member} points to a host of nobody",
            Stage.HEADER,
            f"RFC 7515 section {section}; {_RECEIVED}",
            edits.set_header,
            member,
            url,
        )
        for id_, name, member, section, url in (
            ("029", "jku", "jku", "4.1.2", "https://keys.paconform.invalid/jwks"),
            ("029", "file", "jku", "4.1.2", "file:///etc/passwd"),
            ("030", "userinfo", "jku", "4.1.2", "https://api.pingone.com@paconform.invalid/jwks"),
            ("031", "x5u", "x5u", "4.1.5", "https://keys.paconform.invalid/chain.pem"),
        )
    ),
)

ALGORITHMS: tuple[Mutation, ...] = (
    *(
        reject(
            f"JWT-ALG-001.{name}",
            f"alg {alg!r} and no signature",
            Stage.SIGNATURE,
            "RFC 7518 section 3.6; RFC 8725 section 3.1",
            edits.unsecured,
            alg,
        )
        for name, alg in (("none", "none"), ("title", "None"), ("upper", "NONE"), ("mixed", "nOnE"))
    ),
    reject(
        "JWT-ALG-002.kept",
        "alg none with the old signature",
        Stage.SIGNATURE,
        "RFC 7518 section 3.6",
        edits.kept,
        "header",
        "alg",
        "none",
    ),
    reject(
        "JWT-ALG-003.other",
        "alg none with a signature of nobody",
        Stage.HEADER,
        "RFC 7518 section 3.6 (the signature is empty)",
        edits.set_header,
        "alg",
        "none",
    ),
    *(
        reject(
            f"JWT-ALG-004.{name}",
            f"alg {alg!r}",
            Stage.HEADER,
            f"{_ALG}; RFC 8725 section 3.1",
            edits.set_header,
            "alg",
            alg,
        )
        for name, alg in (("empty", ""), ("unknown", "XX256"), ("rs1", "RS1"), ("es521", "ES521"))
    ),
    *(
        reject(
            f"JWT-ALG-{id_}",
            f"HS256 with {title} as the secret",
            Stage.SIGNATURE,
            source,
            edits.hashed_as,
            secret,
        )
        for id_, title, secret, source in (
            ("007.empty", "nothing", b"", "RFC 7518 section 3.2"),
            ("008.weak", "a common word", b"secret", "RFC 8725 section 3.5"),
        )
    ),
)
