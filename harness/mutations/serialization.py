"""Other serializations of the same token, and tokens of other kinds (SER, DOS, XPR)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from harness import jose
from harness.mutations import texts
from harness.mutations.model import Mutation, Stage
from harness.mutations.rows import reject

if TYPE_CHECKING:
    from collections.abc import Mapping

_COMPACT = "RFC 7515 section 7.2; RFC 7519 section 1 (compact only)"
_JWE = "RFC 7516 sections 5.2 and 9"
_KIND = "RFC 8725 section 3.12 (kinds of tokens are told apart)"


def _jwe(header: Mapping[str, object], *parts: str) -> str:
    """A compact JWE with these parts behind its header; nothing in it is really enciphered."""
    return ".".join([jose.b64url(json.dumps(header).encode()), *parts])


_RSA = {"alg": "RSA-OAEP", "enc": "A256GCM"}
_PASSWORD = {"alg": "PBES2-HS256+A128KW", "enc": "A128CBC-HS256", "p2s": 22 * "A"}
_IV, _TEXT, _TAG, _KEY = 16 * "A", 64 * "A", 22 * "A", 342 * "A"

_JWES = (
    ("SER-011.no-tag", "A JWE without its tag", _jwe(_RSA, _KEY, _IV, _TEXT, "")),
    ("SER-011.no-iv", "A JWE without its initialization vector", _jwe(_RSA, _KEY, "", _TEXT, _TAG)),
    ("SER-011.no-key", "A JWE without its key", _jwe(_RSA, "", _IV, _TEXT, _TAG)),
    ("SER-011.no-text", "A JWE without its ciphertext", _jwe(_RSA, _KEY, _IV, "", _TAG)),
    (
        "SER-012.rsa1-5",
        "A JWE under RSA1_5",
        _jwe({**_RSA, "alg": "RSA1_5"}, _KEY, _IV, _TEXT, _TAG),
    ),
    (
        "SER-013.curve",
        "A JWE with a point off its curve",
        _jwe(
            {
                "alg": "ECDH-ES",
                "enc": "A128GCM",
                "epk": {"kty": "EC", "crv": "P-256", "x": 43 * "A", "y": 43 * "A"},
            },
            "",
            _IV,
            _TEXT,
            _TAG,
        ),
    ),
    (
        "DOS-005.zip",
        "A JWE that says it is compressed",
        _jwe({**_RSA, "zip": "DEF"}, _KEY, _IV, 8_000 * "A", _TAG),
    ),
    *(
        (
            f"DOS-{id_}",
            f"A JWE whose key takes {count!r} rounds",
            _jwe({**_PASSWORD, "p2c": count}, 54 * "A", _IV, _TEXT, _TAG),
        )
        for id_, count in (
            ("006.million", 10**7),
            ("006.int32", 2**31 - 1),
            ("006.beyond", 10**20),
            ("007.zero", 0),
            ("007.negative", -1),
            ("007.text", "1000"),
        )
    ),
)

_HEADER = '{"alg":"RS256","typ":"%s"}'

_KINDS: tuple[tuple[str, str, Mapping[str, object]], ...] = (
    ("id-token", "JWT", {"iss": "https://auth.pingone.com/0/as", "aud": "client", "nonce": "n"}),
    ("proof", "dpop+jwt", {"htm": "POST", "htu": "https://auth.pingone.com/0/as/token"}),
    (
        "assertion",
        "JWT",
        {"iss": "client", "sub": "client", "aud": "https://auth.pingone.com/0/as"},
    ),
    (
        "logout",
        "logout+jwt",
        {"events": {"http://schemas.openid.net/event/backchannel-logout": {}}},
    ),
)

OTHER_FORMS: tuple[Mutation, ...] = (
    *(
        reject(
            f"JWT-SER-{id_}.{form}",
            f"The JWS in its JSON serialization ({title})",
            Stage.FORM,
            _COMPACT,
            texts.as_json_jws,
            form,
        )
        for id_, form, title in (
            ("003", "flattened-unprotected", "flattened, alg unprotected"),
            ("004", "two", "one bad and one good signature"),
        )
    ),
    reject(
        "JWT-DOS-009.signatures",
        "A JWS with five hundred signatures",
        Stage.FORM,
        "RFC 7515 section 7.2.1",
        texts.as_json_jws,
        "many",
    ),
    *(
        reject(f"JWT-{id_}", title, Stage.TEXT, _JWE, texts.text_is, token)
        for id_, title, token in _JWES
    ),
    *(
        reject(
            f"JWT-XPR-009.{name}",
            f"The claims of another kind of token ({name}), typ {typ}",
            Stage.TEXT,
            _KIND,
            texts.text_is,
            ".".join(
                [
                    jose.b64url((_HEADER % typ).encode()),
                    jose.b64url(json.dumps(claims).encode()),
                    342 * "A",
                ]
            ),
        )
        for name, typ, claims in _KINDS
    ),
    *(
        reject(
            f"JWT-XPR-013.{name}",
            f"Credentials of the scheme {name}",
            Stage.TEXT,
            "RFC 9110 section 11",
            texts.text_is,
            text,
        )
        for name, text in (
            ("basic", "Basic QWRtaW5pc3RyYXRvcjpub3QtYS1wYXNzd29yZA=="),
            ("negotiate", "Negotiate YIIZiQYJKoZIhvcSAQICAQBuggl4"),
        )
    ),
    *(
        reject(
            f"JWT-DOS-008.{depth}",
            f"The token inside {depth} others",
            Stage.TEXT,
            "RFC 7519 section 7.2 (8)",
            texts.wrapped_in_tokens,
            depth,
        )
        for depth in (2, 10)
    ),
)
