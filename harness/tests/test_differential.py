"""Four public libraries read every token of the registry; each disagreement is known and explained.

A row that must be refused is refused, one that must be accepted is accepted, and nothing but the
library's own errors comes out. What is listed in `KNOWN` is otherwise; an entry that no longer
holds fails as well. Libraries know nothing of gateway credentials: rows that only PingOne's claims
show are left out, and so are those that need a clock.
"""

from __future__ import annotations

from functools import cache

import pytest

from harness import jose
from harness.mutations import MUTATIONS, Mutation, Verdict, relative, spoil
from harness.mutations.rows import STRANGER_TRUSTED
from harness.tests.decoder import judge
from harness.tests.libraries import ACCEPTED, BROKEN, LIBRARIES, REFUSED, outcome
from harness.tests.tokens import CREDENTIAL, ISSUER, ISSUER_KEY

KEY = ISSUER_KEY.public_key()

PINGONES = ("environmentId", "gatewayId", "jti", "gatewayType", "authUrl")
"""Claims that no library looks at."""

LAST = "takes the last of two names, which is legal, and does not know that this one is no UUID"
UTF = "guesses the encoding of JSON as Python does (RFC 7515 section 5.2: UTF-8 only)"
NUMBERS = "reads NaN and Infinity as Python does (RFC 8259 section 6)"
DEEP = "reads as deep as Python does (RFC 8259 section 9 sets no bound)"
RECURSION = "lets the RecursionError of Python's JSON reader out"
LARGE = "has no bound for the size of a header (RFC 8259 section 9)"
SURROGATE = "lets the UnicodeEncodeError of half a surrogate pair out, with the token in its text"
PADDED = "drops padding at the end of the signature (RFC 7515 section 2)"
LOOSE = (
    "drops what is outside of base64, and takes the other alphabet (RFC 4648 sections 3.3 and 5)"
)
KIDS = "does not look at the type of kid (RFC 7515 section 4.1.4)"
CRIT = "iterates over crit without looking at its type (RFC 7515 section 4.1.11)"
ALG = "looks an alg up without looking at its type (RFC 7515 section 4.1.1)"
B64 = "does not look at b64 without crit, or at its type (RFC 7797 sections 3 and 6)"
TIMES = "does not ask whether a time is a number (RFC 7519 section 2)"
OTHERS = "says with a TypeError or ValueError of its caller's that this is a JWE, or none"
POLYGLOT = "takes JSON text with two dots in it for compact, and then reads it as JSON"
AUDIENCES = "does not look at the types inside aud (RFC 7519 section 4.1.3)"

KNOWN: dict[str, dict[str, dict[str, str]]] = {
    "pyjwt": {
        PADDED: {ACCEPTED: "B64-002.signature"},
        UTF: {ACCEPTED: "HJS-012.utf-16 HJS-012.utf-32 PJS-009.utf-16 PJS-009.utf-32-be"},
        NUMBERS: {
            ACCEPTED: "HJS-014.nan HJS-014.infinity HJS-014.minus PJS-011.nan PJS-011.infinity"
        },
        DEEP: {ACCEPTED: "HJS-016.100 PJS-012.100"},
        LAST: {ACCEPTED: "PJS-005.bad-last"},
        TIMES: {ACCEPTED: "TIM-012.text TIM-014.text"},
        LARGE: {ACCEPTED: "DOS-003.header"},
        B64: {ACCEPTED: "HDR-016.text HDR-016.number HDR-016.null"},
        SURROGATE: {BROKEN: "B64-008.surrogate"},
    },
    "joserfc": {
        UTF: {ACCEPTED: "HJS-012.utf-16 HJS-012.utf-32 PJS-009.utf-16 PJS-009.utf-32-be"},
        NUMBERS: {
            ACCEPTED: "HJS-014.nan HJS-014.infinity HJS-014.minus PJS-011.nan PJS-011.infinity"
        },
        DEEP: {ACCEPTED: "HJS-016.100 PJS-012.100"},
        RECURSION: {BROKEN: "PJS-012.5000"},
        LAST: {ACCEPTED: "PJS-005.bad-last"},
        CRIT: {BROKEN: "HDR-011.null HDR-011.numbers"},
        SURROGATE: {BROKEN: "B64-008.surrogate"},
    },
    "jwcrypto": {
        PADDED: {ACCEPTED: "B64-002.signature"},
        LOOSE: {ACCEPTED: "B64-001.letters PST-005.crlf"},
        NUMBERS: {
            ACCEPTED: "HJS-014.nan HJS-014.infinity HJS-014.minus PJS-011.nan PJS-011.infinity",
            BROKEN: "TIM-007.infinity TIM-007.exponent",
        },
        DEEP: {ACCEPTED: "HJS-016.100 PJS-012.100"},
        RECURSION: {BROKEN: "PJS-012.5000"},
        LAST: {ACCEPTED: "PJS-005.bad-last"},
        KIDS: {ACCEPTED: "HDR-021.number HDR-021.null HDR-021.array"},
        CRIT: {ACCEPTED: "HDR-011.object"},
        TIMES: {
            ACCEPTED: "TIM-003.text TIM-003.null TIM-012.text TIM-014.text TIM-014.null",
            BROKEN: "TIM-003.object TIM-014.array",
        },
        LARGE: {ACCEPTED: "DOS-003.header"},
        POLYGLOT: {ACCEPTED: "SER-006.polyglot"},
        OTHERS: {
            BROKEN: "PST-014.joined STR-009.five SER-010.jwe SER-011.no-tag SER-011.no-iv "
            "SER-011.no-key SER-011.no-text SER-012.rsa1-5 SER-013.curve DOS-005.zip "
            "DOS-006.million DOS-006.int32 DOS-006.beyond DOS-007.zero DOS-007.negative "
            "DOS-007.text SER-008.none SER-009.claims SER-014.token"
        },
    },
    "authlib": {
        PADDED: {ACCEPTED: "B64-002.signature B64-003.surplus"},
        LOOSE: {ACCEPTED: "B64-001.letters B64-007.emoji B64-007.wide PST-006.behind"},
        NUMBERS: {
            ACCEPTED: "HJS-014.nan HJS-014.infinity HJS-014.minus PJS-011.nan PJS-011.infinity "
            "TIM-007.infinity TIM-007.nan TIM-007.exponent"
        },
        DEEP: {ACCEPTED: "HJS-016.100 PJS-012.100"},
        RECURSION: {BROKEN: "HJS-016.5000 PJS-012.5000"},
        LAST: {ACCEPTED: "PJS-005.bad-last"},
        KIDS: {ACCEPTED: "HDR-021.number HDR-021.null HDR-021.array"},
        B64: {ACCEPTED: "HDR-015.b64 HDR-016.text HDR-016.number HDR-016.null"},
        ALG: {BROKEN: "HDR-002.array HDR-002.object"},
        AUDIENCES: {ACCEPTED: "CLM-006.mixed"},
        LARGE: {ACCEPTED: "DOS-003.header"},
        SURROGATE: {BROKEN: "B64-008.surrogate"},
    },
}
"""Library -> why -> what it does -> the rows, by their ids without JWT-."""


def expected(row: Mutation) -> set[str]:
    """What a reader may make of a token of this row."""
    if row.verdict is Verdict.REJECT:
        return {REFUSED}
    return {ACCEPTED} if row.verdict is Verdict.ACCEPT else {ACCEPTED, REFUSED}


@cache
def compared() -> tuple[tuple[Mutation, str], ...]:
    """The rows that libraries can judge, each with its token.

    Signed by the issuer where a strict reader sees the fault all the same, so that nothing but the
    fault is wrong; else nobody's signature is.
    """
    found = []
    for row in MUTATIONS:
        token = spoil(CREDENTIAL, row, signer=ISSUER).text
        complaints = judge(token, key=KEY).complaints
        ours = complaints and all(one.startswith(PINGONES) for one in complaints)
        if ours or row.act is relative.time_claim or row.needs == STRANGER_TRUSTED:
            continue
        if row.verdict is Verdict.REJECT and not complaints:
            token = spoil(CREDENTIAL, row, signer=jose.nobody).text
        found.append((row, token))
    return tuple(found)


def known(library: str) -> dict[str, str]:
    """Row -> what the library is known to make of it."""
    return {
        f"JWT-{id_}": made
        for whys in KNOWN[library].values()
        for made, ids in whys.items()
        for id_ in ids.split()
    }


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_library_disagrees_as_is_known(library: str) -> None:
    made = {row.id: (outcome(library, token), expected(row)) for row, token in compared()}

    assert {id_: was for id_, (was, may) in made.items() if was not in may} == known(library)


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_library_accepts_the_untouched_token(library: str) -> None:
    assert outcome(library, CREDENTIAL) == ACCEPTED
    assert outcome(library, f"{CREDENTIAL}.") == REFUSED


def test_most_rows_are_compared() -> None:
    layers = {row.layer for row, _ in compared()}

    assert len(compared()) > 400
    assert layers >= {"PST", "STR", "B64", "HJS", "HDR", "ALG", "SIG", "PJS", "TIM", "CLM", "SER"}


def test_no_library_accepts_what_is_unsigned_or_signed_with_another_key() -> None:
    """Whatever they overlook otherwise."""
    keys = ("JWT-SIG", "JWT-ALG", "JWT-STR")

    assert [
        (library, id_)
        for library in LIBRARIES
        for id_, made in known(library).items()
        if made == ACCEPTED and id_.startswith(keys)
    ] == []
