"""Headers that are no JSON object (HJS), that mean something wrong (HDR), wrong algorithms (ALG).

The signature is nobody's: a reader that trusts the header before it checks the signature is
caught, and so is one that checks nothing.
"""

from __future__ import annotations

from harness.jose import Raw
from harness.mutations import acts
from harness.mutations.model import Judge, Mutation, Stage, Verdict
from harness.mutations.rows import from_issuer, reject

_OBJECT = "RFC 7515 section 5.2 (3)"
_JSON = "RFC 8259 section 2"
_TWICE = "RFC 7515 section 4"
_ALG = "RFC 7515 section 4.1.1"
_KID = "RFC 7515 section 4.1.4"
_CRIT = "RFC 7515 section 4.1.11"
_RECEIVED = "RFC 8725 section 3.10"

_NO_JSON = (
    ("001.text", "Text that is no JSON", b"RS256"),
    ("001.bytes", "Bytes that are no text", bytes(range(128, 148))),
    ("003.array", "A JSON array", b"[]"),
    ("003.string", "A JSON string", b'"RS256"'),
    ("003.number", "A JSON number", b"3"),
    ("003.null", "JSON null", b"null"),
    ("003.true", "JSON true", b"true"),
    ("004.empty", "An empty JSON object", b"{}"),
    ("005.comma", "A comma at the end", b'{"alg":"RS256",}'),
    ("005.comment", "A comment", b'{"alg":"RS256"/*x*/}'),
    ("005.quotes", "Single quotation marks", b"{'alg':'RS256'}"),
    ("005.bare", "A name without quotation marks", b'{alg:"RS256"}'),
    ("012.utf-16", "JSON in UTF-16", '{"alg":"RS256"}'.encode("utf-16")),
    ("012.utf-32", "JSON in UTF-32", '{"alg":"RS256"}'.encode("utf-32-be")),
    ("013.byte", "A byte that UTF-8 never has", b'{"alg":"RS256","a":"\xff"}'),
    ("013.overlong", "An overlong UTF-8 sequence", b'{"alg":"RS256","a":"\xc0\x80"}'),
    ("013.half", "Half of a UTF-8 sequence", b'{"alg":"RS256","a":"\xe2\x82"}'),
    ("017.nul", "A NUL in the name of alg", b'{"al\\u0000g":"RS256"}'),
    ("018.tab", "A bare tab in a string", b'{"alg":"RS256","a":"\t"}'),
    ("018.lf", "A bare line feed in a string", b'{"alg":"RS256","a":"\n"}'),
)

HEADER_JSON: tuple[Mutation, ...] = (
    *(
        reject(
            f"JWT-HJS-{id_}",
            f"{title} as the header",
            Stage.HEADER_BYTES,
            _OBJECT,
            acts.header_is,
            data,
        )
        for id_, title, data in _NO_JSON
    ),
    *(
        reject(
            f"JWT-HJS-002.{name}",
            "The header's JSON cut off",
            Stage.HEADER_BYTES,
            _OBJECT,
            acts.header_cut,
            part,
        )
        for name, part in (("end", 1.0), ("middle", 0.5))
    ),
    *(
        reject(
            f"JWT-HJS-006.{name}",
            f"{data!r} behind the header's JSON",
            Stage.HEADER_BYTES,
            _JSON,
            acts.header_with,
            b"",
            data,
        )
        for name, data in (("object", b"{}"), ("nul", b"\0"), ("text", b" x"))
    ),
    from_issuer(
        "JWT-HJS-007.none-first",
        "alg twice: none, then RS256",
        Stage.HEADER,
        _TWICE,
        acts.repeat_header,
        "alg",
        "none",
        "RS256",
        verdict=Verdict.LAST,
    ),
    reject(
        "JWT-HJS-008.none-last",
        "alg twice: RS256, then none",
        Stage.HEADER,
        f"{_TWICE}; section 5.2",
        acts.repeat_header,
        "alg",
        "RS256",
        "none",
    ),
    from_issuer(
        "JWT-HJS-009.typ",
        "typ twice",
        Stage.HEADER,
        _TWICE,
        acts.repeat_header,
        "typ",
        "at+jwt",
        "JWT",
        verdict=Verdict.LAST,
    ),
    from_issuer(
        "JWT-HJS-010.escape",
        "alg twice, once with an escape in its name",
        Stage.HEADER_BYTES,
        "RFC 8259 section 8.3; RFC 7515 section 10.13",
        acts.header_swap,
        b'{"alg"',
        b'{"\\u0061lg":"none","alg"',
        verdict=Verdict.LAST,
    ),
    from_issuer(
        "JWT-HJS-011.mark",
        "A byte order mark before the JSON",
        Stage.HEADER_BYTES,
        "RFC 8259 section 8.1 (a reader may ignore it)",
        acts.header_with,
        b"\xef\xbb\xbf",
        verdict=Verdict.EITHER,
    ),
    *(
        reject(
            f"JWT-HJS-014.{name}",
            f"{text} as a value",
            Stage.HEADER,
            "RFC 8259 section 6",
            acts.last_header,
            "x",
            Raw(text),
        )
        for name, text in (("nan", "NaN"), ("infinity", "Infinity"), ("minus", "-Infinity"))
    ),
    from_issuer(
        "JWT-HJS-015.digits",
        "A number of five thousand digits",
        Stage.HEADER,
        "RFC 8259 sections 6 and 9",
        acts.last_header,
        "x",
        acts.LONG_NUMBER,
        verdict=Verdict.EITHER,
    ),
    *(
        reject(
            f"JWT-HJS-016.{depth}",
            f"Arrays nested {depth} deep",
            Stage.HEADER,
            "RFC 8259 section 9",
            acts.last_header,
            "x",
            acts.nested(depth),
            judge=judge,
        )
        for depth, judge in ((100, Judge.ISSUER), (5_000, Judge.READER))
    ),
    *(
        from_issuer(
            f"JWT-HJS-019.{name}",
            f"An unknown member {member!r}",
            Stage.HEADER,
            "RFC 7515 section 4 (unknown members are ignored)",
            acts.last_header,
            member,
            value,
        )
        for name, member, value in (
            ("proto", "__proto__", {"alg": "none"}),
            ("constructor", "constructor", {"prototype": {}}),
            ("type", "@type", "java.lang.Object"),
            ("ref", "$ref", "#/alg"),
        )
    ),
    from_issuer(
        "JWT-VAL-001.header",
        "White space, another order and an escaped name, all legal JSON",
        Stage.HEADER_BYTES,
        "RFC 8259 sections 2, 4 and 7",
        acts.header_spread,
    ),
)

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
    reject("JWT-HDR-001.missing", "No alg", Stage.HEADER, _ALG, acts.drop_header, "alg"),
    *(
        reject(f"JWT-HDR-{id_}", f"alg is {title}", Stage.HEADER, _ALG, acts.set_header, "alg", alg)
        for id_, title, alg in _ALGS
    ),
    reject(
        "JWT-HDR-004.upper",
        "ALG instead of alg",
        Stage.HEADER,
        _TWICE,
        acts.rename_header,
        "alg",
        "ALG",
    ),
    *(
        from_issuer(
            f"JWT-HDR-006.{name}",
            f"typ {value}",
            Stage.HEADER,
            "RFC 7519 section 5.1; RFC 7515 section 4.1.9",
            acts.set_header,
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
        acts.drop_header,
        "typ",
    ),
    reject(
        "JWT-HDR-009.unknown",
        "A critical extension that nobody knows",
        Stage.HEADER,
        _CRIT,
        acts.last_header,
        "crit",
        ["bork"],
    ),
    *(
        reject(
            f"JWT-HDR-011.{name}",
            f"crit is {title}",
            Stage.HEADER,
            _CRIT,
            acts.last_header,
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
        acts.last_header,
        "b64",
        False,
    ),
    from_issuer(
        "JWT-HDR-018.unknown",
        "A header member that nobody knows",
        Stage.HEADER,
        "RFC 7515 section 4 (unknown members are ignored)",
        acts.last_header,
        "bork",
        1,
    ),
    *(
        reject(f"JWT-HDR-{id_}", f"kid is {title}", Stage.HEADER, _KID, acts.set_header, "kid", kid)
        for id_, title, kid in _KIDS
    ),
    reject(
        "JWT-HDR-027.jwk",
        "Signed with a key of its own that the header shows",
        Stage.SIGNATURE,
        f"{_RECEIVED}; RFC 7515 section 4.1.3",
        acts.own_key,
    ),
    *(
        reject(
            f"JWT-HDR-{id_}.{name}",
            f"{member} points to a host of nobody",
            Stage.HEADER,
            f"RFC 7515 section {section}; {_RECEIVED}",
            acts.set_header,
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
            acts.unsecured,
            alg,
        )
        for name, alg in (("none", "none"), ("title", "None"), ("upper", "NONE"), ("mixed", "nOnE"))
    ),
    reject(
        "JWT-ALG-002.kept",
        "alg none with the old signature",
        Stage.SIGNATURE,
        "RFC 7518 section 3.6",
        acts.kept,
        "header",
        "alg",
        "none",
    ),
    reject(
        "JWT-ALG-003.other",
        "alg none with a signature of nobody",
        Stage.HEADER,
        "RFC 7518 section 3.6 (the signature is empty)",
        acts.set_header,
        "alg",
        "none",
    ),
    *(
        reject(
            f"JWT-ALG-004.{name}",
            f"alg {alg!r}",
            Stage.HEADER,
            f"{_ALG}; RFC 8725 section 3.1",
            acts.set_header,
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
            acts.hashed_as,
            secret,
        )
        for id_, title, secret, source in (
            ("007.empty", "nothing", b"", "RFC 7518 section 3.2"),
            ("008.weak", "a common word", b"secret", "RFC 8725 section 3.5"),
        )
    ),
)
