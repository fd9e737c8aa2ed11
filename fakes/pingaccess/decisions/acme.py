"""The decisions about ACME accounts and certificate requests.

SPEC and D72 as in the decisions about archives; beside them RFC 8555 says what an ACME server gets.
"""

from __future__ import annotations

from typing import Literal

from fakes.behaviour import chapter, decision
from fakes.pingaccess.decisions.key_pair import KeyPairBehaviour

_SILENT = "no document says; "


@chapter
class AcmeBehaviour(KeyPairBehaviour):
    """How certificates are got from an ACME server."""

    acme_key_kinds: tuple[tuple[str, str], ...] = decision(
        (("EC", "ES256"), ("RSA", "RS256")),
        "What the key of an account can be, with its signature; the first is the default.",
        grade="assumed",
        source="SPEC AcmeAccount.keyAlgorithm names none; RFC 8555 section 6.2 requires ES256",
    )
    acme_terms_agreed: bool = decision(
        True,
        "Whether the product agrees to the terms of service of an ACME server.",
        grade="assumed",
        source="SPEC AcmeAccount has no member for it; public servers refuse without",
    )
    acme_trust: Literal["public", "anything"] = decision(
        "public",
        "Which certificates an ACME server may show.",
        grade="assumed",
        source="SPEC AcmeServer names no trusted certificate group",
    )
    acme_common_name: bool = decision(
        True,
        "Whether a common name that is a host's is asked for beside the alternative names.",
        grade="assumed",
        source="RFC 8555 section 7.4: the order names all that the signing request does",
    )
    acme_asked_when_read: bool = decision(
        True,
        "Whether reading a certificate request asks the ACME server how far it is.",
        grade="assumed",
        source="D72 pa_managing_certificates_for_key_pairs_with_acme: Pending first, then Valid; "
        "the product asks by itself, and nothing here runs between requests",
    )
    acme_unasked_state: Literal["UNKNOWN", "last"] = decision(
        "UNKNOWN",
        "What is read of a certificate request while its ACME server cannot be asked.",
        grade="assumed",
        source="SPEC AcmeCertState has UNKNOWN, which no state of RFC 8555 section 7.1.6 is",
    )
    acme_deactivates: bool = decision(
        False,
        "Whether the deletion of an account deactivates it at the ACME server.",
        grade="assumed",
        source=_SILENT + "it would have to fail where the server is away (RFC 8555 section 7.3.6)",
    )
    acme_hosts_spared: frozenset[str] = decision(
        frozenset({"acme-v02.api.letsencrypt.org", "acme-staging-v02.api.letsencrypt.org"}),
        "Hosts that are never called, which is said with a 501: a limit of the fake.",
        grade="assumed",
        source="keys that come from a seed are everybody's: no public authority may get one",
    )
    deletion_cascades: frozenset[tuple[str, str]] = decision(
        frozenset(),
        "What goes with the object that it uses: the object's table, and the member that uses it.",
        grade="assumed",
        source=_SILENT + "alike for every object that others use: they keep it",
    )
