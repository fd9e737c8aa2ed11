"""Defects of PingOne connections: proof at PingOne, trust, metadata (PA-CONN)."""

from __future__ import annotations

from fakes.behaviour import Defect
from fakes.pingaccess.decisions.connections import ConnectionsBehaviour

_MEMBERS = ConnectionsBehaviour().metadata_members
_TABLE = "pingOneConnections"


def _on(verb: str, *kinds: str) -> frozenset[tuple[str, str]]:
    return frozenset((kind, verb) for kind in kinds)


def _members(**changed: str | None) -> tuple[tuple[str, str], ...]:
    """The members of the metadata with other claims behind them; None leaves a member out."""
    shown = ((name, changed.get(name, claim)) for name, claim in _MEMBERS)
    return tuple((name, claim) for name, claim in shown if claim is not None)


DEFECTS: tuple[Defect, ...] = (
    Defect(
        "PA-D-263",
        "A creation does not ask PingOne",
        "PA-CONN-023",
        "connection_checked_on",
        frozenset({"PUT"}),
    ),
    Defect(
        "PA-D-264",
        "An update does not ask PingOne",
        "PA-CONN-024",
        "connection_checked_on",
        frozenset({"POST"}),
    ),
    Defect(
        "PA-D-265",
        "An update without a new credential does not prove the stored one",
        "PA-CONN-024",
        "connection_respends",
        False,
    ),
    Defect(
        "PA-D-266",
        "PingOne is asked whether it is there, and the credential is not spent",
        "PA-CONN-025",
        "spending_exchanges",
        False,
    ),
    Defect(
        "PA-D-267",
        "A creation is saved although PingOne is not reached",
        "PA-CONN-027",
        "connection_accepted_outcomes",
        _on("POST", "unreachable"),
    ),
    Defect(
        "PA-D-268",
        "A save is refused without a word about PingOne",
        "PA-CONN-027",
        "connection_says_why",
        False,
    ),
    Defect(
        "PA-D-269",
        "A save is done although PingOne did not answer in time",
        "PA-CONN-028",
        "connection_accepted_outcomes",
        _on("POST", "timeout") | _on("PUT", "timeout"),
    ),
    Defect(
        "PA-D-270",
        "A save is done although PingOne answered with a server error",
        "PA-CONN-029",
        "connection_accepted_outcomes",
        _on("POST", "unavailable") | _on("PUT", "unavailable"),
    ),
    Defect(
        "PA-D-271",
        "A creation is saved although PingOne answered nonsense",
        "PA-CONN-030",
        "connection_accepted_outcomes",
        _on("POST", "nonsense"),
    ),
    Defect(
        "PA-D-272",
        "A save is done although the certificate of PingOne is not trusted",
        "PA-CONN-031",
        "connection_accepted_outcomes",
        _on("POST", "certificate") | _on("PUT", "certificate"),
    ),
    Defect(
        "PA-D-273",
        "A save is done although the certificate is for another host",
        "PA-CONN-032",
        "connection_accepted_outcomes",
        _on("POST", "hostname") | _on("PUT", "hostname"),
    ),
    Defect(
        "PA-D-274",
        "The exchange alone counts: the management API may fail",
        "PA-CONN-033",
        "spending_listing_needed",
        False,
    ),
    Defect(
        "PA-D-275",
        "A connection with other faults spends its credential all the same",
        "PA-CONN-035",
        "connection_local_first",
        False,
    ),
    Defect(
        "PA-D-276",
        "An update takes any text as a credential",
        "PA-CONN-036",
        "connection_read_on",
        frozenset({"POST"}),
    ),
    Defect(
        "PA-D-277",
        "An update takes a credential that PingOne did not sign",
        "PA-CONN-037",
        "connection_accepted_outcomes",
        _on("PUT", "refused"),
    ),
    Defect(
        "PA-D-278",
        "An update does not trust the certificates of a trusted certificate group",
        "PA-CONN-038",
        "trust_certificates_used",
        frozenset({"POST", "GET"}),
    ),
    Defect(
        "PA-D-279",
        "An update does not look at the trusted certificate group",
        "PA-CONN-038",
        "connection_trust_on",
        frozenset({"POST", "GET"}),
    ),
    Defect(
        "PA-D-280",
        "The metadata lack the credential's id",
        "PA-CONN-045",
        "metadata_members",
        _members(credentialId=None),
    ),
    Defect(
        "PA-D-281",
        "The metadata name the credential where the gateway belongs",
        "PA-CONN-046",
        "metadata_members",
        _members(pingOneConnectionId="credential_id"),
    ),
    Defect(
        "PA-D-282",
        "creationDate reads the seconds of the credential as milliseconds",
        "PA-CONN-048",
        "metadata_time_unit_s",
        0.001,
    ),
    Defect(
        "PA-D-283",
        "A good credential is shown as UNKNOWN",
        "PA-CONN-049",
        "metadata_statuses",
        (("VALID", "UNKNOWN"), ("INVALID", "INVALID"), ("UNKNOWN", "UNKNOWN")),
    ),
    Defect(
        "PA-D-284",
        "The metadata show what the last save saw",
        "PA-CONN-050",
        "metadata_live",
        False,
    ),
    Defect(
        "PA-D-285",
        "A credential that PingOne refuses is shown as UNKNOWN",
        "PA-CONN-050",
        "spending_refused",
        "UNKNOWN",
    ),
    Defect(
        "PA-D-286",
        "A credential is shown as INVALID while PingOne cannot be asked",
        "PA-CONN-051",
        "spending_unreached",
        "INVALID",
    ),
    Defect(
        "PA-D-287",
        "The metadata list no environment",
        "PA-CONN-052",
        "metadata_environments",
        0,
    ),
    Defect(
        "PA-D-288",
        "A refused update takes the new members",
        "PA-CONN-056",
        "stored_when_refused",
        frozenset({(_TABLE, "PUT", "all")}),
    ),
    Defect(
        "PA-D-289",
        "A refused creation takes its name",
        "PA-CONN-056",
        "stored_when_refused",
        frozenset({(_TABLE, "POST", "all")}),
    ),
    Defect(
        "PA-D-290",
        "A new credential is proved, and the old one is kept",
        "PA-CONN-057",
        "connection_rotates",
        False,
    ),
    Defect(
        "PA-D-291",
        "A connection that was saved is not stored",
        "FLOW-002",
        "not_stored_when_saved",
        frozenset({(_TABLE, "POST")}),
    ),
    Defect(
        "PA-D-292",
        "The metadata say of a good credential that it is INVALID",
        "FLOW-003",
        "metadata_statuses",
        (("VALID", "INVALID"), ("INVALID", "INVALID"), ("UNKNOWN", "UNKNOWN")),
    ),
)
