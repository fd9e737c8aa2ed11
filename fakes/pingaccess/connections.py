"""PingOne connections: read locally, spent at PingOne, and only then stored (admin API 7.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakes.clock import iso
from fakes.network import Trust
from fakes.pingaccess.answers import ok
from fakes.pingaccess.certificates import der_of
from fakes.pingaccess.credential import Credential, read_credential
from fakes.pingaccess.records import found
from fakes.pingaccess.spec import Entity, Field, described, named
from fakes.pingaccess.spending import Environments, spend

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fakes.message import Response
    from fakes.pingaccess.answers import Call
    from fakes.pingaccess.reading import Reading
    from fakes.pingaccess.spec import Draft
    from fakes.pingaccess.state import State
    from fakes.store import Row



def prove(reading: Reading, draft: Draft) -> None:
    """The credential works at PingOne, or the reading has a complaint that says why not.

    It is read before anybody is asked; what is sent back sealed is opened and spent again.
    """
    behaviour, sent = reading.behaviour, draft.get("credential")
    if not isinstance(sent, dict):
        return
    new = "value" in sent
    text = sent["value"] if new else reading.state.hidden.open(sent.get("encryptedValue"))
    if reading.verb not in behaviour.connection_read_on:
        return
    read = _read(reading.state, text)
    if isinstance(read, list):
        for complaint in read:
            reading.complain("credential", complaint)
        return
    if new:
        draft["credential"] = {"value": read.text}
    if reading.verb not in behaviour.connection_checked_on:
        return
    if reading.form and behaviour.connection_local_first:
        return
    if new or behaviour.connection_respends:
        _spend(reading, draft, read)


def _spend(reading: Reading, draft: Draft, credential: Credential) -> None:
    seen = _asked(reading.state, draft, credential, reading.verb)
    behaviour = reading.behaviour
    if seen.status in behaviour.connection_accepts:
        return
    if seen.outcome in behaviour.connection_accepted_outcomes:
        return
    why = seen.problem if behaviour.connection_says_why else None
    reading.complain("credential", why or "could not be checked at PingOne")


def metadata(state: State, entity: Entity, call: Call) -> Response:
    """What PingOne says of the connection (admin API 7.3, PingOneConnectionMetadata)."""
    row = found(state, entity, call.ids[0])
    read = _read(state, state.hidden.open((row.get("credential") or {}).get("encryptedValue")))
    if isinstance(read, list):  # imported: the ciphertext of another host
        return ok(state, _unknown(state, row))
    if state.behaviour.metadata_live:
        seen = _asked(state, row, read, "GET")
    else:
        seen = _remembered(state, row, read)
    members = {
        member: _member(getattr(read, claim))
        for member, claim in state.behaviour.metadata_members
        if getattr(read, claim) is not None
    }
    environments = [dict(item) for item in seen.items][: state.behaviour.metadata_environments]
    return ok(
        state,
        {
            **members,
            "credentialStatus": seen.status,
            "environments": environments,
            "id": row["id"],
        },
    )


def trust_of(state: State, group_id: Any, verb: str) -> Trust:
    """What a call may trust: the group's certificates, the Java trust store, or anything."""
    behaviour = state.behaviour
    group = state.store.table("trustedCertificateGroups").get(group_id or 0)
    if group is None or verb not in behaviour.connection_trust_on:
        return Trust(anything=behaviour.connection_trust_unset == "anything")
    certificates = state.store.table("trustedCerts")
    known = [certificates.get(key) for key in group.get("certIds") or ()]
    used = known if behaviour.trust_certificates_used else []
    return Trust(
        anything=bool(group.get("ignoreAllCertificateErrors")) and behaviour.trust_any_works,
        system=bool(group.get("useJavaTrustStore")),
        certificates=frozenset(der_of(row) for row in used if row is not None),
    )


def _asked(
    state: State, row: Mapping[str, Any], credential: Credential, verb: str
) -> Environments:
    trust = trust_of(state, row.get("trustedCertificateGroupId"), verb)
    client = state.network.client(trust, use_proxy=bool(row.get("useProxy")))
    return spend(credential, client, state.behaviour)


def _read(state: State, text: object) -> Credential | list[str]:
    if text is None:
        return ["was sealed by another host: send its value"]
    return read_credential(text, state.behaviour, state.origins, state.clock.now_s())


def _remembered(state: State, row: Row, credential: Credential) -> Environments:
    """What was seen when the credential was last asked about."""
    key = (row["id"], credential.text)
    seen = state.seen.get(key)
    if seen is None:
        seen = state.seen[key] = _asked(state, row, credential, "GET")
    return seen


def _unknown(state: State, row: Row) -> dict[str, Any]:
    """The metadata of a connection whose credential cannot be read here."""
    nothing = {member: None for member, _ in state.behaviour.metadata_members}
    return {**nothing, "credentialStatus": "UNKNOWN", "environments": [], "id": row["id"]}


def _member(value: Any) -> Any:
    """A claim as the metadata show it: dates in ISO 8601 (admin API 7.3, date-time)."""
    return iso(value) if isinstance(value, int) else value


CONNECTIONS = Entity(
    "pingOneConnections",
    "PingOne connection",
    "/pingone/connections",
    (
        named(),
        described(),
        Field("credential", "hidden", required=True),
        Field("useProxy", "flag", default=False, sortable=True),
        Field("trustedCertificateGroupId", "number", default=0, refers="trustedCertificateGroups"),
        Field("sslProtocols", "texts", default=()),
        Field("sslCiphers", "texts", default=()),
    ),
    key="uuid",
    reach=prove,
)
"""The credential is required: 7.2 field page (the specification does not say so)."""
