"""Public JOSE libraries as readers of a credential: accept, refuse, or break.

Each is asked as its documentation says: RS256 alone, issuer and audience as expected. `BROKEN` is
an exception that the library does not document for a bad token.
"""

from __future__ import annotations

import json
import warnings
from typing import TYPE_CHECKING, Any

import joserfc.errors
import jwt
from joserfc import jwt as joserfc_jwt
from joserfc.jwk import RSAKey
from joserfc.jws import JWSRegistry
from jwcrypto import jwk
from jwcrypto import jwt as jwcrypto_jwt
from jwcrypto.common import JWException

from harness import jose
from harness.tests.tokens import ISSUER_KEY

if TYPE_CHECKING:
    from collections.abc import Callable

with warnings.catch_warnings(record=True):
    warnings.simplefilter("always")  # authlib.jose says that joserfc follows it
    from authlib.jose import JsonWebToken
    from authlib.jose.errors import JoseError

ACCEPTED, REFUSED, BROKEN = "accepted", "refused", "broken"

AUDIENCE = "https://api.pingone.com"
GATEWAYS = "wss://gateways.pingone.com"

_NUMBERS = ISSUER_KEY.public_key().public_numbers()
JWK: Any = {
    "kty": "RSA",
    "n": jose.b64url(_NUMBERS.n.to_bytes(256, "big")),
    "e": jose.b64url(_NUMBERS.e.to_bytes(3, "big")),
}


def pyjwt(token: str) -> Any:
    """Of PyJWT."""
    key = ISSUER_KEY.public_key()
    return jwt.decode(token, key, algorithms=["RS256"], audience=AUDIENCE, issuer=GATEWAYS)


def joserfc_reads(token: str) -> Any:
    """Of joserfc; unknown header members are allowed, as RFC 7515 section 4 has it."""
    registry = JWSRegistry(algorithms=["RS256"], strict_check_header=False)
    read = joserfc_jwt.decode(token, RSAKey.import_key(JWK), registry=registry)
    wanted = {"iss": {"essential": True, "value": GATEWAYS}}
    audience = {"aud": {"essential": True, "value": AUDIENCE}}
    joserfc_jwt.JWTClaimsRegistry(**wanted, **audience).validate(read.claims)  # type: ignore[arg-type]
    return read.claims


def jwcrypto_reads(token: str) -> Any:
    """Of jwcrypto."""
    read = jwcrypto_jwt.JWT(
        check_claims={"iss": GATEWAYS, "aud": AUDIENCE}, algs=["RS256"], expected_type="JWS"
    )
    read.deserialize(token, jwk.JWK(**JWK))
    return json.loads(read.claims)


def authlib_reads(token: str) -> Any:
    """Of Authlib."""
    options = {
        "iss": {"essential": True, "value": GATEWAYS},
        "aud": {"essential": True, "value": AUDIENCE},
    }
    claims = JsonWebToken(["RS256"]).decode(token, JWK, claims_options=options)
    claims.validate()
    return claims


LIBRARIES: dict[str, tuple[Callable[[str], Any], tuple[type[Exception], ...]]] = {
    "pyjwt": (pyjwt, (jwt.PyJWTError,)),
    "joserfc": (joserfc_reads, (joserfc.errors.JoseError,)),
    "jwcrypto": (jwcrypto_reads, (JWException, ValueError)),
    "authlib": (authlib_reads, (JoseError,)),
}
"""Name -> how it reads a token, and what it documents to raise for a bad one."""


def outcome(name: str, token: str) -> str:
    """What the library makes of the token; never raises."""
    read, documented = LIBRARIES[name]
    try:
        read(token)
    except documented:
        return REFUSED
    except Exception:  # noqa: BLE001 - that is what is looked for
        return BROKEN
    return ACCEPTED
