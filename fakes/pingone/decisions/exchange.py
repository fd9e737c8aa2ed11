"""Decisions of the exchange of a gateway credential for an access token."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fakes.behaviour import decision
from fakes.pingone.compact import genuine
from fakes.pingone.decisions.measures import as_sent

if TYPE_CHECKING:
    from collections.abc import Callable


SUBJECT_CHECKS = frozenset(
    {"algorithm", "signature", "known", "exists", "gateway", "enabled", "environment", "host"}
)
"""Checks of a gateway credential beyond its structure, each named after what it looks at.

`known`: the credential was not revoked; `exists`: its gateway was not deleted; `gateway` and
`environment`: the claims name those of the stored credential, and of the token endpoint; `host`:
the credential names the host that was asked (assumed: no region knows another's environments).
"""


@dataclass(frozen=True, init=False, repr=False, eq=False)
class ExchangeDecisions:
    """Which credentials are exchanged, and what a refusal does."""

    exchanged_lifetime_s: int = decision(
        300,
        "Life of a token from the exchange of a gateway credential.",
        grade="documented",
        source="token exchange (gateway credential): 5 minutes in prose, 3600 in its example body",
    )
    exchanged_actor_claim: str = decision(
        "client_id",
        "Claim of an exchanged token that names the gateway.",
        grade="assumed",
        source="not documented; clients treat the token as opaque",
    )
    exchanged_token_type: str = decision(
        "Bearer",
        "token_type of an exchange.",
        grade="documented",
        source="token exchange (gateway credential): Bearer",
    )
    exchange_wants_client: bool = decision(
        False,
        "An exchange wants client authentication as well.",
        grade="assumed",
        source="the page lists three fields and no client; only its example has a header",
    )
    exchange_fields_exact: bool = decision(
        False,
        "An exchange with other fields than the three documented ones is refused.",
        grade="documented",
        source="RFC 6749 section 3.2: parameters that are not known are ignored",
    )
    subject_token_types: tuple[str, ...] = decision(
        ("pingone_gateway_credential",),
        "subject_token_type of a gateway credential.",
        grade="documented",
        source="token exchange (gateway credential): a bare word, not a URN",
    )
    subject_read_as: Callable[[str], str] = decision(  # noqa: RUF009 - a function cannot be changed
        as_sent,
        "What is taken from a subject token before it is read.",
        grade="documented",
        source="RFC 7515 section 5.2: nothing but the compact form",
    )
    subject_checks: frozenset[str] = decision(
        SUBJECT_CHECKS,
        "What is checked of a gateway credential beyond its structure.",
        grade="documented",
        source="any valid gateway credential can be exchanged; revoking and disabling end it",
    )
    subject_genuine: Callable[[int, str, str], bool] = decision(  # noqa: RUF009 - a function cannot be changed
        genuine,
        "Whether a key signed a subject token.",
        grade="documented",
        source="RFC 7515 section 5.2",
    )
    unsigned_accepted: frozenset[str] = decision(
        frozenset(),
        "Where a token with alg none is as good as a signed one: bearer, subject.",
        grade="documented",
        source="RFC 8725 section 3.2",
    )
    known_ids_believed: bool = decision(
        False,
        "A credential whose id is known is not verified.",
        grade="documented",
        source="RFC 8693 section 2.1: the server validates the subject token",
    )
    credential_uses: int | None = decision(
        None,
        "How often a credential can be exchanged; None for always.",
        grade="documented",
        source="connections page: credentials never expire",
    )
    exchanged_gateway_types: frozenset[str] = decision(
        frozenset(),
        "Types of gateway whose credentials can be exchanged; empty for all.",
        grade="documented",
        source="note of the page: any valid gateway credential",
    )
    subject_refused_status: int = decision(
        400,
        "Status of a subject token that is not accepted.",
        grade="documented",
        source="RFC 8693 section 2.2.2 with RFC 6749 section 5.2",
    )
    malformed_subject_error: str = decision(
        "invalid_request",
        "OAuth error of a subject token that is no good credential at all.",
        grade="documented",
        source="RFC 8693 section 2.2.2; PingOne's own wording is unknown",
    )
    refused_subject_error: str = decision(
        "invalid_grant",
        "OAuth error of a good credential that is revoked, foreign, or of a disabled gateway.",
        grade="assumed",
        source="not documented; RFC 6749 section 5.2 describes invalid_grant so",
    )
    refusal_shows_subject: frozenset[str] = decision(
        frozenset(),
        "Where a refusal repeats the subject token: description, header, or a part of it.",
        grade="documented",
        source="RFC 6749 section 5.2: a description for developers, no credential",
    )
    refusal_ends_credential: bool = decision(
        False,
        "A refused exchange revokes the credential that it names.",
        grade="assumed",
        source="not documented; anybody could end credentials",
    )
    refused_again_error: str | None = decision(
        None,
        "OAuth error from the second refusal of a subject token; None for that of the first.",
        grade="assumed",
        source="not documented; the same request has the same answer",
    )
    last_used_updated: str = decision(
        "always",
        "When lastUsedAt is set: always, first (use only), asked (refused too), creation, never.",
        grade="assumed",
        source="absent until first use is documented; that the exchange counts is a guess",
    )
