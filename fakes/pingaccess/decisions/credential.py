"""The decisions about how a PingOne credential is read.

The names of the sources are those of the facts: SPEC is the vendor's API description 7.3; D72,
D73 … are pages of docs.pingidentity.com of that release; DEV is
developer.pingidentity.com/pingone-api.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

from fakes.behaviour import chapter, decision

Duplicates = Literal["refuse", "last", "first"]
OnVerbs: TypeAlias = frozenset[tuple[str, str]]
"""Exceptions: what, and the method (POST or PUT) for which it holds."""
Match = Literal["exact", "prefix", "suffix", "any"]

_SILENT = "no document says; "
_UUID = (
    "(?!00000000-0000-0000-0000-000000000000)"
    "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
)


@chapter
class CredentialBehaviour:
    """How the text of a gateway credential is read before anybody is called."""

    credential_max_characters: int = decision(
        16_384,
        "The longest text that is read at all.",
        grade="assumed",
        source=_SILENT + "real credentials have under 2,000 characters, the body may have 15 MB",
    )
    credential_trim: str = decision(
        " \t\r\n",
        "The characters that are cut off at both ends before reading; what is stored is the rest.",
        grade="assumed",
        source=_SILENT + "it is pasted from a console, and a line break at its end is no fault",
    )
    credential_kept: Literal["trimmed", "sent"] = decision(
        "trimmed",
        "Whether what is stored is what was read, or the text as it was sent.",
        grade="assumed",
        source=_SILENT + "white space is no part of the credential (RFC 7515 section 2)",
    )
    credential_repaired: OnVerbs = decision(
        frozenset(),
        "What is mended before reading, by method: skip (characters of no token dropped), cut "
        "(segments after the third dropped), unpad (= dropped), letters (+ and / read as - and _).",
        grade="documented",
        source="RFC 7515 sections 2 and 7.1 (nothing of it is a compact JWS); RFC 4648 section 3.3",
    )
    credential_forgiven: OnVerbs = decision(
        frozenset(),
        "The kinds of complaint with which a credential is taken all the same, unasked, by method.",
        grade="assumed",
        source="D73 pa_p1connections_riskpolicies_endpoints (checked on every create and edit)",
    )
    credential_crashes: OnVerbs = decision(
        frozenset(),
        "The kinds of complaint that end in status 500, by method.",
        grade="documented",
        source="SPEC addPingOneConnection, updatePingOneConnection (200 and 422)",
    )
    credential_segments: frozenset[int] = decision(
        frozenset({3}),
        "How many segments the compact form may have.",
        grade="documented",
        source="RFC 7515 section 7.1",
    )
    credential_empty_segments: frozenset[str] = decision(
        frozenset(),
        "Which segments may be empty.",
        grade="documented",
        source="RFC 7515 section 5.2; RFC 7519 section 7.2",
    )
    credential_alphabets: frozenset[str] = decision(
        frozenset({"url"}),
        "Which alphabets a segment may use: url, standard.",
        grade="documented",
        source="RFC 7515 section 2; RFC 4648 section 5",
    )
    credential_padding: bool = decision(
        False,
        "Whether a segment may end in =.",
        grade="documented",
        source="RFC 7515 section 2 (all trailing = omitted)",
    )
    credential_loose_bits: bool = decision(
        False,
        "Whether the unused bits of a segment's last character may be set.",
        grade="assumed",
        source="RFC 4648 section 3.5 leaves it open; a strict reader has one text per credential",
    )
    credential_encodings: tuple[str, ...] = decision(
        ("utf-8",),
        "The encodings in which header and payload are tried.",
        grade="documented",
        source="RFC 7519 section 7.2; RFC 8725 section 3.7",
    )
    credential_json_literals: frozenset[str] = decision(
        frozenset(),
        "Which of NaN, Infinity and -Infinity are read as numbers.",
        grade="documented",
        source="RFC 8259 section 6",
    )
    credential_json_depth: int = decision(
        32,
        "How deep header and payload may be nested.",
        grade="assumed",
        source="RFC 8259 section 9 allows a limit; 32 is what every reader must take",
    )
    credential_duplicates: Duplicates = decision(
        "refuse",
        "What a name that stands twice in one object means.",
        grade="assumed",
        source="RFC 7519 section 4 allows to refuse or to take the last; refusing leaves no doubt",
    )
    credential_algorithms: frozenset[str] = decision(
        frozenset({"RS256"}),
        "Which signature algorithms the header may name.",
        grade="observed",
        source="the sample credential of the vendor's API collection, header alg",
    )
    credential_critical: bool = decision(
        False,
        "Whether a header with crit or with b64=false is taken.",
        grade="documented",
        source="RFC 7515 section 4.1.11; RFC 7797 section 7",
    )
    credential_key_members: frozenset[str] = decision(
        frozenset({"jwk", "jku", "x5c", "x5u"}),
        "The header members for which a credential is refused, since they bring a key of its own.",
        grade="assumed",
        source="RFC 8725 section 3.10; no credential of PingOne has one",
    )
    credential_members_named: bool = decision(
        True,
        "Whether typ and kid, where they stand in the header, must be texts.",
        grade="documented",
        source="RFC 7515 sections 4.1.4 and 4.1.9",
    )
    credential_claims: tuple[str, ...] = decision(
        ("environmentId", "gatewayId", "gatewayType", "jti", "iat", "iss", "aud", "authUrl"),
        "The claims without which a credential is refused.",
        grade="documented",
        source="DEV gateway-credentials (2026-08-11); that each is needed is assumed",
    )
    credential_gateway_types: frozenset[str] = decision(
        frozenset({"PING_FEDERATE"}),
        "Which gatewayType a credential may have.",
        grade="documented",
        source="D72 pa_connecting_pa_and_p1risk (a PingFederate connection); that it is checked "
        "here is assumed",
    )
    credential_uuid: str = decision(
        _UUID,
        "The pattern of environmentId, gatewayId and jti (the first becomes part of a URL).",
        grade="assumed",
        source="DEV says uuid; lower case in every sample; the nil UUID names nothing",
    )
    credential_issued_s: tuple[int, int] = decision(
        (1_420_070_400, 253_402_300_799),
        "The seconds between which iat must lie: 2015, before there was PingOne, and year 9999.",
        grade="assumed",
        source=_SILENT + "a date outside could not be shown as creationDate",
    )
    credential_expiry: bool = decision(
        True,
        "Whether exp and nbf are honoured where a credential has them.",
        grade="assumed",
        source="RFC 7519 section 4.1.4; documented credentials have no exp",
    )
    credential_skew_s: int = decision(
        60,
        "How far the clocks of PingOne and PingAccess may differ for exp and nbf.",
        grade="assumed",
        source="RFC 7519 section 4.1.4 (no more than a few minutes)",
    )
    credential_issuer: str = decision(
        "wss://gateways.pingone.",
        "What iss begins with; a region's suffix follows.",
        grade="documented",
        source="DEV gateway-credentials, iss; regional forms are inferred",
    )
    credential_regions: tuple[tuple[str, str], ...] = decision(
        (
            ("NA", "com"),
            ("CA", "ca"),
            ("EU", "eu"),
            ("AU", "com.au"),
            ("SG", "sg"),
            ("AP", "asia"),
        ),
        "The regions: code of targetGeography, and suffix of the hosts.",
        grade="documented",
        source="DEV using-the-pingone-postman-environment; the vendor's Go SDK, model of regions",
    )
    credential_regions_agree: bool = decision(
        True,
        "Whether aud, authUrl, iss and targetGeography must name one region.",
        grade="assumed",
        source=_SILENT + "a credential of two regions cannot come from PingOne",
    )
    credential_host_match: Match = decision(
        "exact",
        "How the host of aud and of authUrl is held against the hosts that are allowed.",
        grade="assumed",
        source="RFC 8725 section 3.10; else the product would post its secret to a stranger",
    )
    credential_schemes: frozenset[str] = decision(
        frozenset({"https"}),
        "Which schemes aud and authUrl may have.",
        grade="documented",
        source="DEV gateway-credentials (roots of https URLs); RFC 6749 section 3.2 (TLS)",
    )
    credential_url_extras: frozenset[str] = decision(
        frozenset(),
        "What aud and authUrl may hold beside scheme and host: userinfo, port, path.",
        grade="assumed",
        source="DEV shows roots only; an allowed origin may have a port of its own",
    )
    credential_audience_list: bool = decision(
        True,
        "Whether aud may be a list of strings with exactly one allowed origin.",
        grade="documented",
        source="RFC 7519 section 4.1.3; DEV shows a string",
    )
    credential_names: str = decision(
        r"(?s).*",
        "What a name in a credential (of gateway, organization, environment) matches as a whole.",
        grade="documented",
        source="RFC 8259 section 8.1; DEV gateway-credentials (the gateway's name)",
    )
    credential_complaint_shows: frozenset[str] = decision(
        frozenset({"claim", "reason"}),
        "What a complaint tells: claim, reason. token, base64 (the token in base64) and internals "
        "(a class of the product) would tell too much.",
        grade="assumed",
        source="the credential is a HiddenField (SPEC), so no answer may repeat it",
    )
