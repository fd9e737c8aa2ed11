"""Payloads that are no JSON object of claims (PJS), and times that are none (TIM).

The signature is nobody's.
"""

from __future__ import annotations

from harness.jose import Raw
from harness.mutations import edits
from harness.mutations.model import Judge, Mutation, Stage, Verdict
from harness.mutations.rows import from_issuer, reject

_OBJECT = "RFC 7519 section 7.2 (10)"
_TWICE = "RFC 7519 section 4"
_NUMBER = "RFC 7519 section 2 (NumericDate)"

_NO_JSON = (
    ("001.text", "Text that is no JSON", b"environmentId"),
    ("001.bytes", "Bytes that are no text", bytes(range(128, 148))),
    ("002.array", "A JSON array", b"[]"),
    ("002.string", "A JSON string", b'"claims"'),
    ("002.number", "A JSON number", b"3"),
    ("002.null", "JSON null", b"null"),
    ("002.true", "JSON true", b"true"),
    ("003.empty", "An empty JSON object", b"{}"),
)

PAYLOAD_JSON: tuple[Mutation, ...] = (
    *(
        reject(
            f"JWT-PJS-{id_}",
            f"{title} as the payload",
            Stage.PAYLOAD,
            _OBJECT,
            edits.payload_is,
            data,
        )
        for id_, title, data in _NO_JSON
    ),
    reject(
        "JWT-PJS-001.cut",
        "The payload's JSON cut off",
        Stage.PAYLOAD,
        _OBJECT,
        edits.payload_cut,
        0.5,
    ),
    from_issuer(
        "JWT-PJS-006.good-last",
        "environmentId twice: a stray one, then the good one",
        Stage.CLAIMS,
        _TWICE,
        edits.good_last,
        "environmentId",
        "11111111-1111-4111-8111-111111111111",
        verdict=Verdict.LAST,
    ),
    reject(
        "JWT-PJS-005.bad-last",
        "environmentId twice: the good one, then one that is no UUID",
        Stage.CLAIMS,
        _TWICE,
        edits.bad_last,
        "environmentId",
        "../v1",
    ),
    from_issuer(
        "JWT-PJS-007.nested",
        "A name twice inside an unknown claim",
        Stage.CLAIMS,
        "RFC 8259 section 4",
        edits.last_claim,
        "x",
        Raw('{"a":1,"a":2}'),
        verdict=Verdict.EITHER,
    ),
    from_issuer(
        "JWT-PJS-008.mark",
        "A byte order mark before the JSON",
        Stage.PAYLOAD,
        "RFC 8259 section 8.1 (a reader may ignore it)",
        edits.payload_with,
        b"\xef\xbb\xbf",
        verdict=Verdict.EITHER,
    ),
    *(
        reject(
            f"JWT-PJS-009.{encoding}",
            f"Claims in {encoding.upper()}",
            Stage.PAYLOAD,
            "RFC 7519 section 7.1 (3)",
            edits.payload_in,
            encoding,
        )
        for encoding in ("utf-16", "utf-32-be")
    ),
    *(
        reject(
            f"JWT-PJS-010.{name}",
            f"{title} in a claim",
            Stage.PAYLOAD,
            _OBJECT,
            edits.payload_swap,
            b"{",
            b'{"x":"' + data + b'",',
        )
        for name, title, data in (
            ("byte", "A byte that UTF-8 never has", b"\xff"),
            ("half", "Half of a UTF-8 sequence", b"\xe2\x82"),
        )
    ),
    *(
        reject(
            f"JWT-PJS-011.{name}",
            f"{text} as a claim",
            Stage.CLAIMS,
            "RFC 8259 section 6",
            edits.last_claim,
            "x",
            Raw(text),
        )
        for name, text in (("nan", "NaN"), ("infinity", "Infinity"))
    ),
    *(
        reject(
            f"JWT-PJS-012.{depth}",
            f"Arrays nested {depth} deep in a claim",
            Stage.CLAIMS,
            "RFC 8259 section 9",
            edits.last_claim,
            "x",
            edits.nested(depth),
            judge=judge,
        )
        for depth, judge in ((100, Judge.ISSUER), (5_000, Judge.READER))
    ),
    *(
        from_issuer(
            f"JWT-PJS-013.{name}",
            f"{title} as an unknown claim",
            Stage.CLAIMS,
            "RFC 8259 section 6",
            edits.last_claim,
            "x",
            number,
            verdict=Verdict.EITHER,
        )
        for name, title, number in (
            ("digits", "Five thousand digits", edits.LONG_NUMBER),
            ("exponent", "1e400", Raw("1e400")),
            ("minus-zero", "-0", Raw("-0")),
        )
    ),
    from_issuer(
        "JWT-PJS-014.surrogate",
        "Half a surrogate pair, escaped, in an unknown claim",
        Stage.CLAIMS,
        "RFC 8259 section 8.2",
        edits.last_claim,
        "x",
        Raw('"\\ud800"'),
        verdict=Verdict.EITHER,
    ),
    reject(
        "JWT-PJS-015.nul",
        "A NUL behind environmentId",
        Stage.CLAIMS,
        "RFC 7519 section 7.3",
        edits.change_claim,
        "environmentId",
        "{}\0",
    ),
    reject(
        "JWT-PJS-017.token",
        "A token as the payload of a token",
        Stage.PAYLOAD,
        "RFC 7519 section 7.2 (8)",
        edits.payload_is_token,
    ),
    from_issuer(
        "JWT-VAL-002.payload",
        "White space, another order and escaped slashes, all legal JSON",
        Stage.PAYLOAD,
        "RFC 8259 sections 2, 4 and 7",
        edits.payload_spread,
    ),
)

_TIMES: tuple[tuple[str, str, object], ...] = (
    ("003.text", "exp", "1"),
    ("003.null", "exp", None),
    ("003.object", "exp", {}),
    ("012.text", "nbf", "1"),
    ("014.text", "iat", "1"),
    ("014.null", "iat", None),
    ("014.array", "iat", []),
    ("017.iso", "iat", "2027-01-01T00:00:00Z"),
)

TIMES: tuple[Mutation, ...] = (
    *(
        reject(
            f"JWT-TIM-{id_}",
            f"{name} is {value!r}",
            Stage.CLAIMS,
            _NUMBER,
            edits.set_claim,
            name,
            value,
        )
        for id_, name, value in _TIMES
    ),
    reject(
        "JWT-TIM-001.past",
        "exp has passed long ago",
        Stage.CLAIMS,
        "RFC 7519 section 4.1.4",
        edits.set_claim,
        "exp",
        1,
    ),
    reject(
        "JWT-TIM-011.future",
        "nbf is far in the future",
        Stage.CLAIMS,
        "RFC 7519 section 4.1.5",
        edits.set_claim,
        "nbf",
        4_102_444_800,
    ),
    *(
        from_issuer(
            f"JWT-TIM-{id_}",
            f"exp is {text}",
            Stage.CLAIMS,
            source,
            edits.set_claim,
            "exp",
            Raw(text),
        )
        for id_, text, source in (
            ("004.fraction", "4102444800.5", _NUMBER),
            ("005.exponent", "4.1024448e9", "RFC 8259 section 6"),
        )
    ),
)
