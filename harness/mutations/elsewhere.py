"""Tokens that are right, somewhere else: other tenants, other uses, other times (VBW, CLM, TIM).

What decides is the reader's own place: whose audience it is, what time it is, which kind of token
it waits for. The signature is nobody's; under the issuer's key the verdict depends on that place.
"""

from __future__ import annotations

from harness.mutations import edits, relative
from harness.mutations.model import Judge, Mutation, Stage, Verdict
from harness.mutations.rows import CLOCK, from_issuer, reject

_OTHER = "0b1f3d1e-6f1c-4d6a-8a7e-2f9c1f6d3b10"
_ISSUERS = "RFC 8725 section 3.8"
_SCOPE = "RFC 9068 section 2.2.3; RFC 6750 section 3.1"
_BOUND = "RFC 9449 section 7.1; RFC 8705 section 3"
_EXPIRY = "RFC 7519 section 4.1.4"

_CLAIMED: tuple[tuple[str, str, object, str], ...] = (
    ("CLM-010.array", "scope", [], _SCOPE),
    ("CLM-010.number", "scope", 5, _SCOPE),
    ("CLM-010.unknown", "scope", "paconform:nothing", _SCOPE),
    ("CLM-014.proof", "cnf", {"jkt": 43 * "A"}, _BOUND),
    ("CLM-014.certificate", "cnf", {"x5t#S256": 43 * "A"}, _BOUND),
    ("VBW-005.environment", "environmentId", _OTHER, _ISSUERS),
    ("VBW-007.organisation", "organizationId", _OTHER, _ISSUERS),
    ("VBW-011.resource", "aud", "https://other.example.com", "RFC 8725 section 3.9"),
    ("VBW-012.scope", "scope", "openid", "RFC 6750 section 3.1 (insufficient_scope)"),
)

_DECIDED: tuple[tuple[str, str, object, str], ...] = (
    ("CLM-008.number", "sub", 5, "RFC 7519 section 4.1.2"),
    ("CLM-008.null", "sub", None, "RFC 7519 section 4.1.2"),
    ("CLM-008.empty", "sub", "", "RFC 7519 section 4.1.2"),
    ("CLM-009.array", "jti", [], "RFC 7519 section 4.1.7"),
    ("CLM-011.client", "client_id", _OTHER, "RFC 9068 section 2.2"),
    ("CLM-011.party", "azp", _OTHER, "OpenID Connect Core 1.0 section 2"),
    ("VBW-014.context", "acr", "0", "RFC 9470 section 3 (step-up)"),
    ("VBW-014.instant", "auth_time", 1, "RFC 9470 section 3 (step-up)"),
)

ELSEWHERE: tuple[Mutation, ...] = (
    *(
        reject(
            f"JWT-{id_}",
            f"{name} is {value!r}",
            Stage.CLAIMS,
            source,
            edits.set_claim,
            name,
            value,
            judge=Judge.ISSUER,
        )
        for id_, name, value, source in _CLAIMED
    ),
    *(
        from_issuer(
            f"JWT-{id_}",
            f"{name} is {value!r}",
            Stage.CLAIMS,
            source,
            edits.set_claim,
            name,
            value,
            verdict=Verdict.PROFILE,
        )
        for id_, name, value, source in _DECIDED
    ),
    from_issuer(
        "JWT-CLM-009.upper",
        "jti in upper case",
        Stage.CLAIMS,
        "RFC 7519 section 7.3; RFC 9562 section 4 (either case is read)",
        edits.change_claim,
        "jti",
        "{upper}",
        verdict=Verdict.PROFILE,
    ),
    from_issuer(
        "JWT-CLM-005.listed",
        "aud is an array with the right audience in it",
        Stage.CLAIMS,
        "RFC 7519 section 4.1.3",
        relative.listed,
        "aud",
        "https://other.example.com",
    ),
    reject(
        "JWT-CLM-004.listed",
        "aud is an array without the right audience",
        Stage.CLAIMS,
        "RFC 7519 section 4.1.3; RFC 8725 section 3.9",
        edits.set_claim,
        "aud",
        ["https://other.example.com"],
    ),
    reject(
        "JWT-CLM-016.id-token",
        "The claims of an ID token",
        Stage.CLAIMS,
        "RFC 8725 section 3.12; RFC 9068 section 5",
        edits.only_claims,
        ("iss", f"https://auth.pingone.com/{_OTHER}/as"),
        ("sub", _OTHER),
        ("aud", _OTHER),
        ("iat", relative.ISSUED),
        ("exp", relative.ISSUED + 3_600),
        ("nonce", "n-0S6_WzA2Mj"),
        ("at_hash", "77QmUPtjPfzWtF2AnpK9RQ"),
    ),
    reject(
        "JWT-PNG-004.path",
        "authUrl with the environment of somebody else",
        Stage.CLAIMS,
        _ISSUERS,
        relative.environment_in_url,
        _OTHER,
    ),
    reject(
        "JWT-VBW-006.region",
        "Every host in another region of PingOne",
        Stage.CLAIMS,
        "PingOne, regions; RFC 8725 section 3.8",
        relative.whole_region,
        judge=Judge.ISSUER,
    ),
    *(
        reject(f"JWT-{id_}", title, Stage.CLAIMS, source, relative.time_claim, name, after_s)
        for id_, title, name, after_s, source in (
            ("TIM-001.skew", "exp has passed longer ago than any skew", "exp", -3_601, _EXPIRY),
            ("VBW-004.hour", "exp has passed two hours ago", "exp", -7_200, _EXPIRY),
            (
                "VBW-013.hour",
                "nbf lies two hours ahead",
                "nbf",
                7_200,
                "RFC 7519 section 4.1.5",
            ),
        )
    ),
    Mutation(
        "JWT-TIM-002.second",
        "exp has passed a second ago, within the skew that is allowed",
        Stage.CLAIMS,
        Verdict.ACCEPT,
        Judge.ISSUER,
        f"{_EXPIRY} (some small leeway); PingFederate: 0 to 3600 s",
        relative.time_claim,
        ("exp", -1),
        CLOCK,
    ),
    from_issuer(
        "JWT-TIM-010.missing",
        "No exp",
        Stage.CLAIMS,
        f"{_EXPIRY} (optional); RFC 9068 section 2.2 (required); gateway credentials have none",
        edits.drop_claim,
        "exp",
        verdict=Verdict.PROFILE,
    ),
    *(
        from_issuer(
            f"JWT-DOS-002.{size}",
            f"A token of {size} kB",
            Stage.CLAIMS,
            "RFC 9110 section 2.3; RFC 6585 section 5",
            relative.grown,
            size * 1_024,
            verdict=Verdict.PROFILE,
        )
        for size in (8, 16, 32)
    ),
    *(
        from_issuer(
            f"JWT-HDR-019.{name}",
            f"{name} in the header too, with another value",
            Stage.HEADER,
            "RFC 7519 section 5.3",
            relative.replicated,
            name,
            value,
            verdict=Verdict.PROFILE,
        )
        for name, value in (("iss", "wss://gateways.paconform.invalid"), ("aud", "nobody"))
    ),
    from_issuer(
        "JWT-HDR-020.missing",
        "No kid",
        Stage.HEADER,
        "RFC 7515 section 4.1.4 (optional); PingOne, token claims (access tokens have one)",
        edits.drop_header,
        "kid",
        verdict=Verdict.PROFILE,
    ),
)
"""Edits whose verdict depends on the reader's own place."""
