"""The decisions about how a PingOne credential is spent, and what is told of it.

The names of the sources are those of the facts: SPEC is the vendor's API description 7.3; D72,
D73 … are pages of docs.pingidentity.com of that release; DEV is
developer.pingidentity.com/pingone-api.
"""

from __future__ import annotations

from typing import Literal

from fakes.behaviour import chapter, decision
from fakes.pingaccess.decisions.credential import CredentialBehaviour, Match

Status = Literal["VALID", "INVALID", "UNKNOWN"]

_SILENT = "no document says; "


@chapter
class SpendingBehaviour(CredentialBehaviour):
    """What becomes of a credential at PingOne, and what the administrator reads."""

    spending_grant_type: str = decision(
        "urn:ietf:params:oauth:grant-type:token-exchange",
        "The grant with which a credential is exchanged.",
        grade="documented",
        source="DEV token-exchange-gateway-credential; that PingAccess uses it is inferred",
    )
    spending_token_type: str = decision(
        "pingone_gateway_credential",
        "The subject_token_type of the exchange.",
        grade="documented",
        source="DEV token-exchange-gateway-credential",
    )
    spending_bearer_types: frozenset[str] = decision(
        frozenset({"bearer"}),
        "Which token_type is taken, in lower case; an empty text stands for none.",
        grade="documented",
        source="RFC 6749 section 5.1 (case-insensitive, required)",
    )
    spending_refusals: frozenset[int] = decision(
        frozenset({400, 401, 403, 404}),
        "The statuses that, with an error object of PingOne, mean that it refuses.",
        grade="assumed",
        source="RFC 6749 section 5.2 (400, 401); 404 is a deleted environment",
    )
    spending_refusal_explained: bool = decision(
        True,
        "Whether a refusal counts only with an error object (a proxy refuses with a page).",
        grade="assumed",
        source=_SILENT + "INVALID should come from PingOne alone",
    )
    spending_refused: Status = decision(
        "INVALID",
        "The status of a credential that PingOne refuses.",
        grade="assumed",
        source="SPEC PingOneCredentialStatus names it, no document explains it",
    )
    spending_unreached: Status = decision(
        "UNKNOWN",
        "The status where PingOne is not reached: no connection, time-out, TLS.",
        grade="assumed",
        source="SPEC PingOneCredentialStatus names it, no document explains it",
    )
    spending_failed: Status = decision(
        "UNKNOWN",
        "The status where PingOne answers 429, 5xx or a redirect.",
        grade="assumed",
        source="SPEC PingOneCredentialStatus names it, no document explains it",
    )
    spending_nonsense: Status = decision(
        "UNKNOWN",
        "The status where the answer is not what the documents promise.",
        grade="assumed",
        source="SPEC PingOneCredentialStatus names it, no document explains it",
    )
    spending_exchanges: bool = decision(
        True,
        "Whether the credential is exchanged; else PingOne is only asked for its metadata.",
        grade="documented",
        source="D73 pa_p1connections_riskpolicies_endpoints (validates the credential)",
    )
    spending_listing_needed: bool = decision(
        True,
        "Whether a credential counts as good only once the environments could be listed with it.",
        grade="assumed",
        source="SPEC PingOneConnectionMetadata requires environments; D73 "
        "pa_p1connections_riskpolicies_endpoints (reaches what it needs at run time)",
    )
    spending_answer_bytes: int = decision(
        1_048_576,
        "The largest answer that is read.",
        grade="assumed",
        source=_SILENT + "an answer without end must not fill the memory",
    )
    spending_pages: int = decision(
        20,
        "How many pages of environments are read at most.",
        grade="assumed",
        source=_SILENT + "links that lead in a circle must not hold a save for ever",
    )
    spending_next_origin: Match = decision(
        "exact",
        "Which origins the link to the next page may lead to, held against the API's.",
        grade="assumed",
        source="RFC 6750 section 5.3 (a bearer token goes to nobody else)",
    )
    spending_problem_shows: frozenset[str] = decision(
        frozenset({"host", "status", "error"}),
        "What a problem tells: host, status, error (the OAuth code); never a token.",
        grade="assumed",
        source="the credential is a HiddenField (SPEC), so no answer may repeat it",
    )
