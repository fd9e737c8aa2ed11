"""ACME accounts: a key of the product's, registered at an ACME server (admin API 7.3, RFC 8555).

What is sent for url, publicKey and privateKey changes nothing (assumed): the product makes them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from fakes.clock import iso
from fakes.network import Trust
from fakes.pingaccess.acme import keys
from fakes.pingaccess.acme.orders import deactivated, registered
from fakes.pingaccess.acme.servers import ACME_SERVERS
from fakes.pingaccess.acme.session import Failed, Session
from fakes.pingaccess.keys.pairs import password_of
from fakes.pingaccess.objects import records
from fakes.pingaccess.objects.integrity import users
from fakes.pingaccess.objects.spec import Check, Entity, Field
from fakes.pingaccess.problems import not_found, not_possible
from fakes.pingaccess.system.agents import PUBLIC_KEY

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fakes.message import Response
    from fakes.pingaccess.answers import Call
    from fakes.pingaccess.keys.material import PrivateKey
    from fakes.pingaccess.objects.reading import Reading
    from fakes.pingaccess.objects.spec import Draft
    from fakes.pingaccess.state import State
    from fakes.store import Row


FOREIGN = "The private key of the ACME account was sealed by another host."


def get_all(state: State, call: Call) -> Response:
    """The accounts at the server of the path; 404 where there is no such server."""
    key = server_of(state, call)["id"]
    rows = [row for row in state.store.table(ACCOUNTS.table) if row["acmeServerId"] == key]
    return records.get_all(state, ACCOUNTS, call, rows)


def add(state: State, call: Call) -> Response:
    """Register a new key; 422 where the server does not take it, and then nothing is kept.

    The body may be missing (admin API 7.3, addAcmeAccount: not required).
    """
    key = server_of(state, call)["id"]
    if not call.request.body:
        call = call._replace(request=msgspec.structs.replace(call.request, body=b"{}"))
    return records.add(state, ACCOUNTS, call, key)


def get(state: State, call: Call) -> Response:
    """One account."""
    account_of(state, call)
    return records.get(state, ACCOUNTS, call)


def delete(state: State, call: Call, entities: Iterable[Entity]) -> Response:
    """Delete an account here; see acme_deactivates of the behaviour for what its server hears."""
    account, entities = account_of(state, call), tuple(entities)
    kept = users(state, entities, ACCOUNTS.table, account["id"])
    if state.behaviour.acme_deactivates and not kept:
        _leave(state, account)
    return records.delete(state, ACCOUNTS, call, entities)


def server_of(state: State, call: Call) -> Row:
    """The ACME server of the path."""
    return records.found(state, ACME_SERVERS, call.ids[0])


def account_of(state: State, call: Call) -> Row:
    """The account of the path, after it is sure that it is one of the server's."""
    server, account = server_of(state, call), records.found(state, ACCOUNTS, call.ids[1])
    if account["acmeServerId"] != server["id"]:
        raise not_found(ACCOUNTS.label, call.ids[1], state.behaviour)
    return account


def session_of(state: State, account: Row) -> Session | None:
    """A session with the account's key; None where that was sealed by another host."""
    key = keys.read(password_of(state, account.get("privateKey")))
    server = state.store.table(ACME_SERVERS.table).get(account["acmeServerId"])
    if key is None or server is None:
        return None
    url = account.get("url")
    return _session(state, server, key, url if isinstance(url, str) else None)


def _session(state: State, server: Row, key: PrivateKey, account: str | None = None) -> Session:
    trust = Trust(anything=state.behaviour.acme_trust == "anything")
    client = state.network.client(trust)
    return Session(client, server["url"], key, account, state.behaviour.acme_hosts_spared)


def _is_known(reading: Reading, draft: Draft) -> None:
    """The algorithm is one that account keys can be of; without one it is the default."""
    kinds = reading.behaviour.acme_key_kinds
    name = draft.get("keyAlgorithm")
    if reading.lenient or name in dict(kinds):
        return
    if name is None:
        draft["keyAlgorithm"] = kinds[0][0]
    else:
        reading.complain("keyAlgorithm", f"must be one of {', '.join(dict(kinds))}")


def _register(reading: Reading, draft: Draft) -> None:
    """Make the key and give it to the server; Refusal where that does not take it."""
    if reading.form:
        return
    state = reading.state
    server = state.store.table(ACME_SERVERS.table).get(draft["acmeServerId"]) or {}
    kind = dict(reading.behaviour.acme_key_kinds)[draft["keyAlgorithm"]]
    key = keys.made(state.seed, f"acme-{state.ids.uuid()}", kind)
    try:
        url = registered(_session(state, server, key), agreed=reading.behaviour.acme_terms_agreed)
    except Failed as failed:
        raise failed.refusal(reading.behaviour) from None
    public = {"jwk": keys.public_jwk(key), "created": _now(state)}
    draft.update(url=url, publicKey=public, privateKey={"value": keys.written(key)})


def _now(state: State) -> Any:
    now_s = state.clock.now_s()
    return int(now_s * 1000) if state.behaviour.node_key_created == "ms" else iso(now_s)


def _leave(state: State, account: Row) -> None:
    """Deactivate the account at its server; Refusal where that does not answer well."""
    session = session_of(state, account)
    if session is None:
        raise not_possible(FOREIGN, state.behaviour)
    try:
        deactivated(session, account.get("url"))
    except Failed as failed:
        raise failed.refusal(state.behaviour) from None


ACCOUNTS = Entity(
    "acmeAccounts",
    "ACME account",
    "/acme/servers/{}/accounts",
    (
        Field("url", read_only=True),
        Field("keyAlgorithm"),
        Field("publicKey", "object", read_only=True, members=PUBLIC_KEY),
        Field("privateKey", "hidden", read_only=True),
        Field("acmeServerId", read_only=True, refers=ACME_SERVERS.table),
    ),
    key="uuid",
    verbs=frozenset({"LIST", "POST", "GET", "DELETE"}),
    find="",
    named=(),
    unique=(),
    owner=("acmeServerId", ACME_SERVERS.table),
    checks=(Check("acmeAccounts.keyAlgorithm", _is_known),),
    reach=_register,
)
"""Its list is declared as one account (admin API 7.3); it is a list like the others (assumed)."""
