"""The routes of ACME accounts, and of the certificates that are asked of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fakes.pingaccess.acme import accounts as a
from fakes.pingaccess.acme import requests as r
from fakes.pingaccess.entities import ENTITIES

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakes.message import Response
    from fakes.pingaccess.answers import Call
    from fakes.pingaccess.state import State

ACME: dict[str, dict[str, Callable[[State, Call], Response] | None]] = {
    a.ACCOUNTS.path: {"GET": a.get_all, "POST": a.add},
    f"{a.ACCOUNTS.path}/{{}}": {
        "GET": a.get,
        "DELETE": lambda state, call: a.delete(state, call, ENTITIES),
    },
    r.REQUESTS.path: {"GET": r.get_all, "POST": r.add},
    f"{r.REQUESTS.path}/{{}}": {
        "GET": r.get,
        "DELETE": lambda state, call: r.delete(state, call, ENTITIES),
    },
}
"""Methods and handlers by path; `{}` stands for an id."""
