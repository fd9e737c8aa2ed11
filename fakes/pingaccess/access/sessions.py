"""Sessions of the admin console: begun with a login, carried by a cookie, over after a while.

The specification has the three operations; how a session begins, the name of its cookie and what
happens beyond the limit are assumed (see the behaviour). The times are those of /auth/webSession.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakes.message import Response
from fakes.pingaccess.access.administration import WEB_SESSION
from fakes.pingaccess.access.roles import Caller, directives
from fakes.pingaccess.answers import nothing, ok
from fakes.pingaccess.objects.settings import current

if TYPE_CHECKING:
    from fakes.message import Request
    from fakes.pingaccess.answers import Call
    from fakes.pingaccess.state import State
    from fakes.store import Row

SESSIONS = "adminSessions"
"""The table of sessions that may still be alive, by the token in their cookie."""


def caller_of(state: State, request: Request) -> Caller | None:
    """Whose session the request's cookie is of; None without one that is alive."""
    token = _cookie(state, request)
    row = None if token is None else state.store.table(SESSIONS).get(token)
    if row is None or token is None:
        return None
    if not _is_alive(state, row):
        state.store.table(SESSIONS).delete(token)
        return None
    if not request.path.endswith(CHECK_ONLY):
        row = state.store.table(SESSIONS).put(token, {**row, "seen_s": state.clock.now_s()})
    roles = frozenset(row["roles"])
    return Caller(row["user"], row["subject"], roles, row["split"], token)


def info(state: State, call: Call) -> Response:
    """The caller's session, which begins here where there was none (admin API 7.3, SessionInfo)."""
    caller = call.user
    if caller.session is None:
        caller = _begun(state, caller)
        return ok(state, _shown(state, caller), more=(("Set-Cookie", _set(state, caller.session)),))
    return ok(state, _shown(state, caller))


def check(state: State, call: Call) -> Response:
    """The same, and the session does not last longer for it (admin API 7.3)."""
    return ok(state, _shown(state, call.user))


def end(state: State, call: Call) -> Response:
    """The session is over, and its cookie is taken back."""
    if call.user.session is None:
        return nothing(state)
    state.store.table(SESSIONS).delete(call.user.session)
    answer = nothing(state)
    gone = ("Set-Cookie", f"{_set(state, '')}; Max-Age=0")
    return Response(answer.status, (*answer.headers, gone), answer.body)


def _begun(state: State, caller: Caller) -> Caller:
    table, now_s = state.store.table(SESSIONS), state.clock.now_s()
    for token in [row["id"] for row in table if not _is_alive(state, row)]:
        table.delete(token)
    while len(table) >= state.behaviour.sessions_most:
        table.delete(next(iter(table.rows)))
    token = state.ids.token()
    row = {
        "id": token,
        "user": caller.key,
        "subject": caller.subject,
        "roles": sorted(caller.roles),
        "split": caller.split,
        "began_s": now_s,
        "seen_s": now_s,
    }
    table.put(token, row)
    return caller._replace(session=token)


def _is_alive(state: State, row: Row) -> bool:
    """Neither idle for too long nor too old."""
    settings, now_s = current(state, WEB_SESSION), state.clock.now_s()
    idle_s = settings["idleTimeoutInMinutes"] * 60
    most_s = settings["sessionTimeoutInMinutes"] * 60
    return bool(now_s < row["seen_s"] + idle_s and now_s < row["began_s"] + most_s)


def _shown(state: State, caller: Caller) -> dict[str, Any]:
    settings, now_s = current(state, WEB_SESSION), state.clock.now_s()
    row = state.store.table(SESSIONS).get(caller.session or "") or {}
    seen_s, began_s = row.get("seen_s", now_s), row.get("began_s", now_s)
    most_s = settings["sessionTimeoutInMinutes"] * 60
    ends_s = min(seen_s + settings["idleTimeoutInMinutes"] * 60, began_s + most_s)
    return {
        "exp": int(ends_s),
        "iat": int(began_s),
        "expWarn": settings["expirationWarningInMinutes"] * 60,
        "sesTimeout": most_s,
        "sub": caller.subject,
        "flash": "",
        "pollIntervalSeconds": settings["sessionPollIntervalInSeconds"],
        "roles": sorted(caller.roles),
        "accessControlDirectives": directives(caller),
        "useSlo": False,
        "fipsMode": False,
        "displayLogSettings": True,
        "configurationExports": {"items": _statuses(state, "exportWorkflows")},
        "configurationImports": {"items": _statuses(state, "importWorkflows")},
        "sniEnabled": True,
        "maxFileUploadSize": state.behaviour.body_limit_bytes,
        "showWarning": bool(ends_s - now_s <= settings["expirationWarningInMinutes"] * 60),
    }


def _statuses(state: State, table: str) -> list[Any]:
    return [row["status"] for row in state.store.table(table)]


def _cookie(state: State, request: Request) -> str | None:
    name = state.behaviour.session_cookie
    for part in request.headers.get("cookie", "").split(";"):
        key, _, value = part.strip().partition("=")
        if key == name:
            return value
    return None


def _set(state: State, token: str | None) -> str:
    return f"{state.behaviour.session_cookie}={token or ''}; Path=/; Secure; HttpOnly"


CHECK_ONLY = "/adminSessionInfo/checkOnly"
