"""Tokens inside tokens: sealed, signed twice, critical where nothing is protected (SER, HDR)."""

from __future__ import annotations

from harness import elliptic, jose
from harness.mutations import relative, texts
from harness.mutations.model import Mutation, Stage, Verdict
from harness.mutations.rows import from_issuer, reject

_UNSECURED = jose.b64url(b'{"alg":"none"}')
_SIGNED_FIRST = "RFC 8725 sections 2.5 and 3.3; RFC 7519 section 11.2"


def sealed(token: str, what: str) -> str:
    """A true JWE to the stranger's key.

    Inside: `none`, an unsecured token with the same payload; `claims`, the payload alone; `token`,
    the token without a `cty` that says so.
    """
    payload = [*token.split("."), ""][1]
    if what == "none":
        inner = f"{_UNSECURED}.{payload}."
        return elliptic.sealed(inner.encode("utf-8", "surrogatepass"), cty="JWT")
    data = token.encode("utf-8", "surrogatepass") if what == "token" else _decoded(payload)
    return elliptic.sealed(data)


def _decoded(payload: str) -> bytes:
    try:
        return jose.unb64url(payload)
    except ValueError:  # an earlier act has spoiled it
        return payload.encode("utf-8", "surrogatepass")


SEALED: tuple[Mutation, ...] = (
    reject(
        "JWT-HDR-013.unprotected",
        "crit where nothing is protected, in the JSON serialization",
        Stage.FORM,
        "RFC 7515 section 4.1.11",
        texts.as_json_jws,
        "critical",
    ),
    *(
        reject(f"JWT-SER-{id_}", title, Stage.FORM, source, sealed, what)
        for id_, what, title, source in (
            ("008.none", "none", "An unsecured token inside a true JWE", _SIGNED_FIRST),
            (
                "009.claims",
                "claims",
                "The claims inside a true JWE, and no signature",
                "RFC 8725 section 3.12",
            ),
            (
                "014.token",
                "token",
                "The token inside a true JWE that does not say so",
                "RFC 7519 section 5.2",
            ),
        )
    ),
    from_issuer(
        "JWT-SER-015.twice",
        "The token inside a signed token that says so",
        Stage.PAYLOAD,
        "RFC 7519 section 5.2",
        relative.inside_itself,
        ("cty", "JWT"),
        verdict=Verdict.PROFILE,
    ),
)
