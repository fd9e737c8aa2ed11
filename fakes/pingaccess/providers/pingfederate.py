"""PingFederate is asked before its administration is saved.

PingAccess tests the connection when it is saved, and does not save where the test fails (latest
pa_configuring_pf_administration: documented); what the test sends is assumed.
"""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING, Any

import httpx

from fakes.pingaccess.connections.connections import trust_without_names
from fakes.pingaccess.outbound import Unanswered, answered
from fakes.pingaccess.problems import REACHING
from fakes.pingaccess.providers.proxied import proxy_of

if TYPE_CHECKING:
    from fakes.pingaccess.objects.reading import Reading
    from fakes.pingaccess.objects.spec import Draft
    from fakes.pingaccess.state import State

_LOGIN_REFUSED = frozenset({401, 403})


def prove_pingfederate(reading: Reading, draft: Draft) -> None:
    """PingFederate takes the login, or the reading has a complaint that says why not."""
    behaviour = reading.behaviour
    tested = draft.get("authenticationType") in behaviour.pingfederate_tested_types
    password = _password(reading.state, draft.get("adminPassword"))
    if not (behaviour.pingfederate_tested and tested) or password is None:
        return
    try:
        request = _request(reading, draft, password)
        client = reading.state.network.client(
            trust_without_names(reading.state, draft),
            proxy_of(reading.state, draft, secure=bool(draft["secure"])),
        )
        status = answered(client, request, behaviour.spending_answer_bytes).status
    except Unanswered as failed:
        reading.complain("host", REACHING[failed.why].format(host=draft["host"]))
        return
    except httpx.InvalidURL:
        reading.complain("host", "is no host name")
        return
    if status in _LOGIN_REFUSED:
        reading.complain("adminPassword", f"was refused by PingFederate (status {status})")
    elif status != httpx.codes.OK:
        reading.complain("host", f"did not answer as PingFederate does (status {status})")


def _request(reading: Reading, draft: Draft, password: str) -> httpx.Request:
    """The request of the test, which has the login and changes nothing."""
    method, path = reading.behaviour.pingfederate_test_request
    scheme = "https" if draft["secure"] else "http"
    url = f"{scheme}://{draft['host']}:{draft['port']}{draft['basePath'] or ''}{path}"
    pair = f"{draft['adminUsername'] or ''}:{password}".encode("utf-8", "surrogatepass")
    headers = {
        "Accept": "application/json",
        "Authorization": f"Basic {b64encode(pair).decode('ascii')}",
        "X-XSRF-Header": "PingFederate",
    }
    return httpx.Request(method, url, headers=headers)


def _password(state: State, hidden: Any) -> str | None:
    """The password as sent or as stored; None where it cannot be opened here."""
    if not isinstance(hidden, dict):
        return None
    text = hidden.get("value") or state.hidden.open(hidden.get("encryptedValue"))
    return str(text) if text else None
