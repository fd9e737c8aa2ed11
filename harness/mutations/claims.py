"""Claims with unusual values: issuers, audiences, times, duplicates, Unicode (CLM, TIM, PJS, UNI).

The signature is nobody's. Which of them PingAccess compares itself is published nowhere.
"""

from __future__ import annotations

from harness.jose import Raw
from harness.mutations import edits
from harness.mutations.model import Judge, Mutation, Stage, Verdict
from harness.mutations.rows import from_issuer, reject

_ISSUER = "wss://gateways.pingone.com"
_NUMBER = "RFC 7519 section 2 (NumericDate)"
_FAR = 4_102_444_800
"""The year 2100."""

_WRONG: tuple[tuple[str, str, object, str], ...] = (
    ("001.other", "iss", "wss://gateways.paconform.invalid", "RFC 8725 section 3.8"),
    ("002.array", "iss", [_ISSUER], "RFC 8725 section 3.8"),
    ("002.object", "iss", {}, "RFC 8725 section 3.8"),
    ("003.slash", "iss", f"{_ISSUER}/", "RFC 7519 section 7.3 (no normalisation)"),
    ("003.upper", "iss", "WSS://GATEWAYS.PINGONE.COM", "RFC 7519 section 7.3 (no normalisation)"),
    ("003.port", "iss", f"{_ISSUER}:443", "RFC 7519 section 7.3 (no normalisation)"),
    ("003.scheme", "iss", "https://gateways.pingone.com", "RFC 7519 section 7.3"),
    ("003.suffix", "iss", f"{_ISSUER}.paconform.invalid", "RFC 7519 section 7.3"),
    ("003.userinfo", "iss", "wss://gateways.pingone.com@paconform.invalid", "RFC 7519 section 7.3"),
    ("003.dot", "iss", f"{_ISSUER}.", "RFC 7519 section 7.3"),
    ("004.other", "aud", "https://api.example.com", "RFC 8725 section 3.9"),
    ("006.object", "aud", {}, "RFC 7519 section 4.1.3"),
    ("006.nested", "aud", [["https://api.pingone.com"]], "RFC 7519 section 4.1.3"),
    ("006.mixed", "aud", ["https://api.pingone.com", 1, None], "RFC 7519 section 4.1.3"),
    ("006.empty", "aud", "", "RFC 7519 section 4.1.3"),
    ("007.longer", "aud", "https://api.pingone.comx", "RFC 7519 section 7.3"),
    ("007.shorter", "aud", "https://api.pingone.co", "RFC 7519 section 7.3"),
)

_SHOWN: tuple[tuple[str, str, str], ...] = (
    ("CLM-018.html", "HTML", "<img src=x onerror=alert(1)>"),
    ("CLM-018.lookup", "a lookup", "${jndi:ldap://127.0.0.1:9/a}"),
    ("CLM-018.expression", "an expression", "#{7*7}%{7*7}"),
    ("CLM-018.format", "a format", "%s%n%x {0} {}"),
    ("CLM-018.lines", "line ends", "a\r\nSet-Cookie: b=c\r\n\r\n"),
    ("CLM-018.terminal", "terminal controls", "\x1b[2J\x1b[31m"),
    ("UNI-003.turned", "text that runs the other way", "\u202egnp.exe"),
    ("UNI-003.invisible", "an invisible character", "a\u200bb"),
    ("UNI-004.last", "the last character of the plane", "\uffff"),
    ("UNI-004.none", "a noncharacter", "\ufdd0"),
    ("PNG-015.controls", "control characters", "a\x00b\x7f"),
    ("PNG-015.accents", "letters of many scripts", "Gr\u00fc\u00dfe \u0416 \u4e2d \u05d0"),
)

ODD_CLAIMS: tuple[Mutation, ...] = (
    *(
        reject(
            f"JWT-CLM-{id_}",
            f"{name} is {value!r}",
            Stage.CLAIMS,
            source,
            edits.set_claim,
            name,
            value,
        )
        for id_, name, value, source in _WRONG
    ),
    *(
        reject(
            f"JWT-CLM-{id_}.missing",
            f"No {name}",
            Stage.CLAIMS,
            source,
            edits.drop_claim,
            name,
        )
        for id_, name, source in (
            ("002", "iss", "RFC 8725 section 3.8"),
            ("004", "aud", "RFC 8725 section 3.9"),
        )
    ),
    *(
        from_issuer(
            f"JWT-{id_}",
            f"organizationName holds {title}",
            Stage.CLAIMS,
            "RFC 8725 section 3.10; RFC 8259 section 8",
            edits.set_claim,
            "organizationName",
            text,
            verdict=Verdict.EITHER,
        )
        for id_, title, text in _SHOWN
    ),
    from_issuer(
        "JWT-CLM-015.actors",
        "Actors on behalf of actors",
        Stage.CLAIMS,
        "RFC 8693 section 4.1",
        edits.set_claim,
        "act",
        {"sub": "a", "act": {"sub": "b", "act": {"sub": "c"}}},
        verdict=Verdict.EITHER,
    ),
    reject(
        "JWT-UNI-001.nfd",
        "An issuer whose accent is a character of its own",
        Stage.CLAIMS,
        "RFC 7519 section 7.3 (no normalisation)",
        edits.set_claim,
        "iss",
        "wss://gateways.pingone\u0301.com",
        judge=Judge.ISSUER,
    ),
    from_issuer(
        "JWT-DOS-001.members",
        "Four thousand characters of claims that nobody knows",
        Stage.CLAIMS,
        "RFC 9110 section 2.3; RFC 7519 section 4",
        edits.last_claim,
        "roles",
        [f"role-{n:04}" for n in range(360)],
    ),
    from_issuer(
        "JWT-PJS-016.name",
        "A name of four thousand characters",
        Stage.CLAIMS,
        "RFC 8259 section 9",
        edits.last_claim,
        4_000 * "n",
        1,
        verdict=Verdict.EITHER,
    ),
    from_issuer(
        "JWT-PJS-004.last-good",
        "exp twice: passed long ago, then far in the future",
        Stage.CLAIMS,
        "RFC 7519 section 4",
        edits.two_claims,
        ("exp", 1),
        ("exp", _FAR),
        verdict=Verdict.LAST,
    ),
)

_NO_TIMES: tuple[tuple[str, str, object], ...] = (
    ("006.zero", "exp", 0),
    ("006.negative", "exp", -1),
    ("007.infinity", "exp", Raw("Infinity")),
    ("007.nan", "exp", Raw("NaN")),
    ("007.exponent", "exp", Raw("1e400")),
)

_UNUSUAL_TIMES: tuple[tuple[str, str, object, Verdict], ...] = (
    ("008.int32", "exp", 2**31, Verdict.EITHER),
    ("008.int53", "exp", 2**53, Verdict.EITHER),
    ("008.int64", "exp", 2**63, Verdict.EITHER),
    ("008.beyond", "exp", 10**20, Verdict.EITHER),
    ("009.milliseconds", "exp", _FAR * 1000, Verdict.EITHER),
    ("013.future", "iat", _FAR, Verdict.PROFILE),
    ("016.year-10000", "exp", 253_402_300_800, Verdict.EITHER),
)

ODD_TIMES: tuple[Mutation, ...] = (
    *(
        reject(
            f"JWT-TIM-{id_}",
            f"{name} is {getattr(value, 'text', value)}",
            Stage.CLAIMS,
            f"{_NUMBER}; RFC 7519 section 4.1.4",
            edits.set_claim,
            name,
            value,
        )
        for id_, name, value in _NO_TIMES
    ),
    reject(
        "JWT-TIM-015.contradiction",
        "exp lies before nbf",
        Stage.CLAIMS,
        "RFC 7519 section 4.1",
        edits.two_claims,
        ("nbf", 2_000),
        ("exp", 1_000),
    ),
    *(
        from_issuer(
            f"JWT-TIM-{id_}",
            f"{name} is {value}",
            Stage.CLAIMS,
            _NUMBER,
            edits.set_claim,
            name,
            value,
            verdict=verdict,
        )
        for id_, name, value, verdict in _UNUSUAL_TIMES
    ),
)
