"""PingOne connections: read locally, spent at PingOne, and only then stored (admin API 7.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakes.clock import iso
from fakes.network import Trust
from fakes.pingaccess.answers import ok
from fakes.pingaccess.connections.credential import Complaint, Credential, read_credential
from fakes.pingaccess.connections.spending import Environments, spend
from fakes.pingaccess.keys.certificates import der_of
from fakes.pingaccess.objects.records import found
from fakes.pingaccess.objects.spec import PUT, Entity, Field, described, named
from fakes.pingaccess.problems import Refusal
from fakes.pingaccess.providers.proxied import proxy_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fakes.message import Response
    from fakes.pingaccess.answers import Call
    from fakes.pingaccess.objects.reading import Reading
    from fakes.pingaccess.objects.spec import Draft
    from fakes.pingaccess.state import State
    from fakes.store import Row


def prove(reading: Reading, draft: Draft) -> None:
    """The credential works at PingOne, or the reading has a complaint that says why not.

    It is read before anybody is asked; what is sent back sealed is opened and spent again.
    """
    behaviour, sent = reading.behaviour, draft.get("credential")
    if not isinstance(sent, dict) or reading.verb not in behaviour.connection_read_on:
        return
    if _blocked(reading.state):
        reading.complain("credential", "was refused too often: try again later")
        return
    text, new = _text(reading.state, sent), "value" in sent
    if text is None and not behaviour.hidden_foreign_refused:
        return
    before = len(reading.form.get("credential", ()))
    _judge(reading, draft, text, new=new)
    if len(reading.form.get("credential", ())) > before:
        _follow_up(reading)
    elif new and reading.old is not None and not behaviour.connection_rotates:
        draft["credential"] = reading.old["credential"]


def read_imported(reading: Reading, draft: Draft) -> None:
    """The credential of an archive is one; nobody is asked.

    One that another host sealed, or its mask, cannot be read: it waits to be entered again.
    """
    hidden = draft.get("credential")
    text = _text(reading.state, hidden) if isinstance(hidden, dict) else None
    if text is None or reading.verb not in reading.behaviour.connection_read_on:
        return
    read = _read(reading.state, text, reading.verb, stored=False)
    for complaint in read if isinstance(read, list) else ():
        if complaint.kind != "mask":
            reading.complain("credential", complaint.text)


def _judge(reading: Reading, draft: Draft, text: object, *, new: bool) -> None:
    """Read locally, then spent, each where the behaviour wants it."""
    behaviour = reading.behaviour
    read = _read(reading.state, text, reading.verb, stored=not new)
    if isinstance(read, list):
        if any((one.kind, reading.verb) in behaviour.credential_crashes for one in read):
            raise Refusal(500, ["An unexpected error has occurred."])
        for complaint in read:
            reading.complain("credential", complaint.text)
        return
    if behaviour.connection_credential_once and _has_it(reading, read):
        reading.complain("credential", "is the credential of another connection")
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
    if (seen.outcome, reading.verb) in behaviour.connection_accepted_outcomes:
        return
    why = seen.problem if behaviour.connection_says_why else None
    reading.complain("credential", why or "could not be checked at PingOne")


def checked_at_pingone(state: State, row: Mapping[str, Any]) -> str | None:
    """Why the credential of a stored connection does not work; None where it does."""
    read = _read(state, _text(state, row.get("credential") or {}), PUT, stored=True)
    if isinstance(read, list):
        return "; ".join(complaint.text for complaint in read)
    return _asked(state, row, read, PUT).problem


def _follow_up(reading: Reading) -> None:
    """What else a refused credential does: in the documented product, nothing."""
    behaviour, state = reading.behaviour, reading.state
    if behaviour.connection_refusal_numbered:
        reading.complain("credential", f"Reference: {state.ids.uuid()}")
    if behaviour.connection_refusal_lasts_s:
        state.clock.advance(behaviour.connection_refusal_lasts_s)
    state.saves_blocked = behaviour.connection_refusal_blocks


def _blocked(state: State) -> bool:
    """Whether an earlier refusal still stands in the way; one save less from now on."""
    if not state.saves_blocked:
        return False
    state.saves_blocked -= 1
    return True


def _has_it(reading: Reading, credential: Credential) -> bool:
    """Whether another connection has that credential."""
    state = reading.state
    return any(
        row["id"] != reading.key and _text(state, row.get("credential") or {}) == credential.text
        for row in state.store.table(reading.entity.table)
    )


def _text(state: State, hidden: Mapping[str, Any]) -> Any:
    """The secret of a HiddenField, as sent or as stored; None where it cannot be opened here."""
    return hidden["value"] if "value" in hidden else state.hidden.open(hidden.get("encryptedValue"))


def metadata(state: State, entity: Entity, call: Call) -> Response:
    """What PingOne says of the connection (admin API 7.3, PingOneConnectionMetadata)."""
    row = found(state, entity, call.ids[0])
    read = _read(state, _text(state, row.get("credential") or {}), "GET", stored=True)
    if isinstance(read, list):  # imported: the ciphertext of another host
        return ok(state, _unknown(state, row))
    if state.behaviour.metadata_live:
        seen = _asked(state, row, read, "GET")
    else:
        seen = _remembered(state, row, read)
    members = {
        member: _member(getattr(read, claim), state)
        for member, claim in state.behaviour.metadata_members
        if getattr(read, claim) is not None
    }
    environments = [dict(item) for item in seen.items][: state.behaviour.metadata_environments]
    return ok(
        state,
        {
            **members,
            "credentialStatus": dict(state.behaviour.metadata_statuses)[seen.status],
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
    used = known if verb in behaviour.trust_certificates_used else []
    return Trust(
        anything=bool(group.get("ignoreAllCertificateErrors")) and behaviour.trust_any_works,
        system=bool(group.get("useJavaTrustStore")),
        certificates=frozenset(der_of(row) for row in used if row is not None),
        skip_dates=bool(group.get("skipCertificateDateCheck")) and behaviour.trust_skips_dates,
    )


def trust_without_names(state: State, row: Mapping[str, Any]) -> Trust:
    """The trust of a setting or service that may skip the verification of host names.

    Without a group of its own it then believes any certificate; with one, names are still compared.
    """
    if row.get("skipHostnameVerification") and not row.get("trustedCertificateGroupId"):
        return Trust(anything=True)
    return trust_of(state, row.get("trustedCertificateGroupId"), PUT)


def _asked(state: State, row: Mapping[str, Any], credential: Credential, verb: str) -> Environments:
    trust = trust_of(state, row.get("trustedCertificateGroupId"), verb)
    client = state.network.client(trust, proxy_of(state, row))
    return spend(credential, client, state.behaviour)


def _read(state: State, text: object, verb: str, *, stored: bool) -> Credential | list[Complaint]:
    if text is None:
        return [Complaint("sealed", "was sealed by another host: send its value")]
    now_s = state.clock.now_s()
    return read_credential(text, state.behaviour, state.origins, now_s, verb=verb, stored=stored)


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


def _member(value: Any, state: State) -> Any:
    """A claim as the metadata show it: dates in ISO 8601 (admin API 7.3, date-time)."""
    if isinstance(value, int):
        return iso(value * state.behaviour.metadata_time_unit_s)
    return value


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
    imported=read_imported,
)
"""The credential is required: 7.2 field page (the specification does not say so). Of the members of
trust the sources say different things: see required_besides of the behaviour."""
