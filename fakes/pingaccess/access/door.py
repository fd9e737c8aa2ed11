"""Who may come in: login, lockout, X-XSRF-Header and the size of a body, for all routes alike."""

from __future__ import annotations

import binascii
from base64 import b64decode
from typing import TYPE_CHECKING

from fakes.pingaccess.access.administration import BASIC
from fakes.pingaccess.access.bearer import bearer_of
from fakes.pingaccess.access.roles import NOBODY, Caller
from fakes.pingaccess.access.sessions import caller_of
from fakes.pingaccess.access.users import PASSWORDS, is_password
from fakes.pingaccess.problems import no_xsrf_header, not_logged_in, too_large
from fakes.pingaccess.state import Failures

if TYPE_CHECKING:
    from fakes.message import Request
    from fakes.pingaccess.state import State
    from fakes.store import Key, Row

XSRF = "PingAccess"
"""The value of X-XSRF-Header (documented: latest pa_admin_api_endpoints)."""


def admitted(state: State, request: Request) -> Caller:
    """The caller whose request may go on; Refusal where it may not."""
    behaviour, method = state.behaviour, request.method
    caller = NOBODY
    if method not in behaviour.login_not_asked:
        caller = _logged_in(state, request)
    if method not in behaviour.xsrf_not_asked and not _has_xsrf(state, request):
        raise no_xsrf_header(behaviour)
    if len(request.body) > behaviour.body_limit_bytes:
        raise too_large(behaviour)
    return caller


def _logged_in(state: State, request: Request) -> Caller:
    """The caller; a password once right is right until it or a failure changes.

    An Authorization header counts before a cookie (assumed).
    """
    header = request.headers.get("authorization", "")
    known = state.logins.get(header)
    if known is not None:
        caller, row = known
        right = state.store.table(PASSWORDS).get(caller.key) is row
        if right and caller.key not in state.failures and _basic_is_on(state):
            return caller
    if header[:7].lower() == "bearer ":
        return bearer_of(state, header[7:].strip())
    by_cookie = not header and state.behaviour.session_cookie_taken
    caller_of_session = caller_of(state, request) if by_cookie else None
    return _checked(state, header) if caller_of_session is None else caller_of_session


def _basic_is_on(state: State) -> bool:
    """Whether passwords count (admin API 7.3, BasicAuthConfig.enabled)."""
    kept = state.store.table("kept").get(BASIC.table)
    if kept is None or not state.behaviour.basic_switchable:
        return True
    return bool(kept["section"].get("enabled", True))


def _checked(state: State, header: str) -> Caller:
    name, password = _basic(header)
    if name is None or not _basic_is_on(state):
        raise not_logged_in(state.behaviour, state.behaviour.login_status_malformed)
    user = _named(state, name)
    if user is None:
        raise not_logged_in(state.behaviour, state.behaviour.login_status_nobody)
    row = state.store.table(PASSWORDS).get(user)
    right = _is_right(state, row, password)
    if _is_locked(state, user) and not (right and not state.behaviour.lockout_for_good_password):
        raise not_logged_in(state.behaviour)
    if not right:
        _note_failure(state, user)
        raise not_logged_in(state.behaviour)
    if state.behaviour.lockout_reset_by_success:
        state.failures.pop(user, None)
    caller = Caller(user, name)
    if row is not None:
        state.logins[header] = (caller, row)
    return caller


def _is_right(state: State, row: Row | None, password: str) -> bool:
    if is_password(row, password) or not state.behaviour.login_checks_passwords:
        return True
    return state.behaviour.login_folds_passwords and any(
        is_password(row, other) for other in (password.swapcase(), password.title())
    )


def _is_locked(state: State, user: Key) -> bool:
    failed = state.failures.get(user)
    if failed is None:
        return False
    if state.clock.now_s() - failed.last_s >= state.behaviour.lockout_s:
        if failed.times >= state.behaviour.lockout_failures:
            del state.failures[user]  # the lockout is over, and counting begins anew
        return False
    return failed.times >= state.behaviour.lockout_failures


def _note_failure(state: State, user: Key) -> None:
    before = state.failures.get(user)
    times = 1 if before is None else before.times + 1
    state.failures[user] = Failures(times, state.clock.now_s())


def _named(state: State, name: str) -> Key | None:
    """The id of the user of that name."""
    folds = state.behaviour.login_folds_names
    wanted = name.casefold() if folds else name
    for row in state.store.table("users"):
        username = str(row["username"])
        if (username.casefold() if folds else username) == wanted:
            return row["id"]  # type: ignore[no-any-return]
    return None


def _basic(header: str) -> tuple[str | None, str]:
    """User name and password of Basic credentials (RFC 7617); no name where it is none."""
    scheme, _, token = header.partition(" ")
    if scheme.lower() != "basic":
        return None, ""
    try:
        text = b64decode(token.strip(), validate=True).decode()
    except (binascii.Error, ValueError):
        return None, ""
    name, colon, password = text.partition(":")
    return (name, password) if colon else (None, "")


def _has_xsrf(state: State, request: Request) -> bool:
    value = request.headers.get("x-xsrf-header")
    if value is None:
        return False
    match state.behaviour.xsrf_value:
        case "any":
            return True
        case "folded":
            return value.lower() == XSRF.lower()
        case "exact":
            return value == XSRF
