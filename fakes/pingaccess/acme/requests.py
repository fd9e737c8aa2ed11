"""Certificates of key pairs, asked of an ACME server (admin API 7.3, AcmeCertificateRequest).

Renewal, which the product does by itself (D72), is not modelled: nothing here runs between
requests.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from fakes.chains import ordered
from fakes.pingaccess.acme.accounts import ACCOUNTS, FOREIGN, account_of, session_of
from fakes.pingaccess.acme.orders import Order, advanced, placed
from fakes.pingaccess.acme.servers import ACME_SERVERS
from fakes.pingaccess.acme.session import Failed
from fakes.pingaccess.answers import ok
from fakes.pingaccess.keys import making
from fakes.pingaccess.keys import material as km
from fakes.pingaccess.keys.pairs import KEY_PAIRS, keep, material_of
from fakes.pingaccess.objects import records
from fakes.pingaccess.objects.spec import Entity, Field, Finder
from fakes.pingaccess.problems import not_found, not_possible

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fakes.message import Response
    from fakes.pingaccess.answers import Call
    from fakes.pingaccess.objects.reading import Reading
    from fakes.pingaccess.objects.spec import Draft
    from fakes.pingaccess.state import State
    from fakes.store import Row

STATES = frozenset({"PENDING", "READY", "PROCESSING", "VALID", "INVALID", "UNKNOWN"})
_ENDED = frozenset({"VALID", "INVALID"})
_HOST = re.compile(r"(\*\.)?([a-z0-9-]{1,63}\.)+[a-z0-9-]{1,63}", re.ASCII | re.IGNORECASE)


def get_all(state: State, call: Call) -> Response:
    """The requests of the account of the path, each as far as it is now."""
    key = account_of(state, call)["id"]
    mine = [row for row in state.store.table(REQUESTS.table) if row["acmeAccountId"] == key]
    return records.get_all(state, REQUESTS, call, [_watched(state, row) for row in mine])


def add(state: State, call: Call) -> Response:
    """Order a certificate; 422 where the server does not take it, and then nothing is kept."""
    return records.add(state, REQUESTS, call, account_of(state, call)["id"])


def get(state: State, call: Call) -> Response:
    """One request, as far as it is now."""
    return ok(state, _watched(state, _request_of(state, call)))


def delete(state: State, call: Call, entities: Iterable[Entity]) -> Response:
    """Delete a request; a certificate that came of it stays (assumed)."""
    _request_of(state, call)
    return records.delete(state, REQUESTS, call, entities)


def _request_of(state: State, call: Call) -> Row:
    """The request of the path, after it is sure that it is one of the account's."""
    account, row = account_of(state, call), records.found(state, REQUESTS, call.ids[2])
    if row["acmeAccountId"] != account["id"]:
        raise not_found(REQUESTS.label, call.ids[2], state.behaviour)
    return row


def _order(reading: Reading, draft: Draft) -> None:
    """Place the order; Refusal where the server does not take it."""
    state, key = reading.state, draft["keyPairId"]
    pair = state.store.table(KEY_PAIRS.table).get(key)
    account = state.store.table(ACCOUNTS.table).get(draft["acmeAccountId"]) or {}
    if pair is None or reading.form:
        return
    names = _names_of(reading, pair)
    session = session_of(state, account)
    if session is None:
        raise not_possible(FOREIGN, state.behaviour)
    if reading.form:
        return
    try:
        order = placed(session, names)
    except Failed as failed:
        raise failed.refusal(state.behaviour) from None
    draft.update(
        url=order.url, acmeServerId=account["acmeServerId"], acmeCertStatus=_status_of(order)
    )


def _names_of(reading: Reading, pair: Row) -> list[tuple[str, str]]:
    """What the certificate is to be for (RFC 8555 section 7.1.3, RFC 8738); complaints if none."""
    from cryptography import x509  # noqa: PLC0415 - 10 ms, if ever

    material = material_of(reading.state, pair)
    if material is None:
        reading.complain("keyPairId", "is of a key pair that this host cannot open")
        return []
    names = making.names_of(material.certificate)
    found = [("dns", name) for name in names.get_values_for_type(x509.DNSName)]
    found += [("ip", str(one)) for one in names.get_values_for_type(x509.IPAddress)]
    common = making.common_name_of(material.certificate)
    if reading.behaviour.acme_common_name and _HOST.fullmatch(common):
        found += [("dns", common)] if ("dns", common) not in found else []
    if not found:
        reading.complain("keyPairId", "is of a key pair without subject alternative names")
    return found


def _watched(state: State, row: Row) -> Row:
    """The request after its server was asked how far it is, and the certificate stored, if any."""
    before = _last_status(row)
    if before["state"] in _ENDED or not state.behaviour.acme_asked_when_read:
        return row
    try:
        status = _advanced(state, row)
    except Failed:
        if state.behaviour.acme_unasked_state == "UNKNOWN":
            before = {**before, "state": "UNKNOWN"}
        return {**row, "acmeCertStatus": before}
    row = {**row, "acmeCertStatus": status}
    state.store.table(REQUESTS.table).put(row["id"], row)
    return row


def _last_status(row: Row) -> dict[str, Any]:
    """The status when the server was last asked; an archive may have had anything in its place."""
    status = row.get("acmeCertStatus")
    if isinstance(status, dict) and status.get("state") in list(STATES):
        return status
    return _status_of(_NEVER_ASKED)


_NEVER_ASKED = Order("", "UNKNOWN", {})


def _advanced(state: State, row: Row) -> dict[str, Any]:
    """The new status; Failed where the server, or a key of another host, does not tell."""
    pairs = state.store.table(KEY_PAIRS.table)
    account = state.store.table(ACCOUNTS.table).get(row["acmeAccountId"])
    session = session_of(state, account) if account is not None else None
    pair = pairs.get(row["keyPairId"])
    material = material_of(state, pair) if pair is not None else None
    if session is None or pair is None or material is None:
        raise Failed("nonsense", row.get("url"))
    order = advanced(session, row.get("url"), lambda: making.request_der(material))
    if order.chain is not None:
        pairs.put(pair["id"], _certified(state, pair, material, order))
    return _status_of(order)


def _certified(state: State, pair: Row, material: km.Material, order: Order) -> Row:
    """The key pair with the certificate and chain that were issued; Failed where they do not fit.

    The first is that of the key (RFC 8555 section 7.4.2).
    """
    certificates = km.certificates_in(km.b64(order.chain or b""))
    if not certificates or not km.fits(certificates[0], material.key):
        raise Failed("nonsense", order.url)
    leaf, chain = certificates[0], ordered(certificates[0], certificates[1:])
    row = {name: value for name, value in pair.items() if name != "chainIds"}
    keep(state, row, km.Material(material.key, leaf, chain))
    return row


def _status_of(order: Order) -> dict[str, Any]:
    """AcmeCertStatus (admin API 7.3)."""
    return {"state": order.state, "problems": order.problems}


REQUESTS = Entity(
    "acmeCertificateRequests",
    "ACME certificate request",
    f"{ACCOUNTS.path}/{{}}/certificateRequests",
    (
        Field("keyPairId", "number", required=True, refers=KEY_PAIRS.table),
        Field(
            "acmeCertStatus",
            "object",
            read_only=True,
            members=(Field("state", required=True, choices=STATES), Field("problems", "json")),
        ),
        Field("url", read_only=True),
        Field("acmeServerId", read_only=True, refers=ACME_SERVERS.table),
        Field("acmeAccountId", read_only=True, refers=ACCOUNTS.table),
    ),
    key="uuid",
    verbs=frozenset({"LIST", "POST", "GET", "DELETE"}),
    find="",
    named=(),
    unique=(),
    finders=(Finder("keyPairId", "keyPairId"),),
    owner=("acmeAccountId", ACCOUNTS.table),
    reach=_order,
)
"""Its list is declared as one request (admin API 7.3); it is a list like the others (assumed)."""
