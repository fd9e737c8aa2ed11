"""Users who log in: their passwords, and the sessions that a cookie holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakes.pingone.auth import refresh_tokens
from fakes.pingone.auth.expiring import alive, keep
from fakes.pingone.auth.logins import Login

if TYPE_CHECKING:
    from fakes.message import Request
    from fakes.pingone.tenant import Headers, Tenant
    from fakes.store import Row

TABLE = "sessions"
LONGEST_S = 2_592_000
"""Life of an access token at most (resource's accessTokenValiditySeconds)."""


def user(tenant: Tenant, environment_id: str, user_id: str) -> Row | None:
    """The user, where it is one of the environment who may log in."""
    row = tenant.table("users").get(user_id)
    if row is None or row["environment"]["id"] != environment_id:
        return None
    return row if _may_log_in(tenant, row) else None


def _may_log_in(tenant: Tenant, row: Row) -> bool:
    return bool(row["enabled"]) or not tenant.behaviour.disabled_users_refused


def check_user(tenant: Tenant, client: Row, user_id: str) -> None:
    """Nothing, where the user may still log in; else the grant is not good."""
    if user(tenant, client["environment"]["id"], user_id) is None:
        raise refresh_tokens.refused("The user may not log in")


def by_password(tenant: Tenant, environment_id: str, name: str, password: str) -> Row | None:
    """The user of that name and password."""
    for row in called(tenant, environment_id, name):
        known = tenant.table("passwords").get(row["id"])
        if known is None or not _may_log_in(tenant, row):
            continue
        if tenant.behaviour.password_matches(known["value"], password):
            return row
    return None


def called(tenant: Tenant, environment_id: str, name: str) -> list[Row]:
    """The users of that name; in any case, where that does not matter."""
    rows = tenant.table("users").named(_name, (environment_id, name.casefold()))
    return [row for row in rows if tenant.behaviour.usernames_fold or row["username"] == name]


def _name(row: Row) -> Any:
    """What users are looked up by."""
    return row["environment"]["id"], row["username"].casefold()


def begin(tenant: Tenant, environment_id: str, user_id: str) -> Row:
    """A new session; its id is the value of the cookie, its `sid` what tokens tell."""
    now_s, key = tenant.clock.now_s(), tenant.new_id()
    row = {
        "id": key,
        "sid": tenant.new_id(),
        "environment": {"id": environment_id},
        "user": {"id": user_id},
        "auth_s": int(now_s),
        "ends_s": now_s + tenant.behaviour.session_lifetime_s,
    }
    return keep(tenant, TABLE, key, row)


def of_request(tenant: Tenant, environment_id: str, request: Request) -> Row | None:
    """The session of the cookie, where it is one of the environment and still good."""
    row = alive(tenant, TABLE, _cookie(tenant, request))
    if row is None or row["environment"]["id"] != environment_id:
        return None
    return row if user(tenant, environment_id, row["user"]["id"]) else None


def login_of(session: Row) -> Login:
    """What tokens tell of a session."""
    return Login(session["user"]["id"], session["sid"], session["auth_s"])


def ended(tenant: Tenant, sid: str) -> bool:
    """Whether the user signed off from the session that tokens name."""
    return alive(tenant, "endedSessions", sid) is not None


def end(tenant: Tenant, session: Row) -> None:
    """The session is over, and what came of it as far as a sign-off reaches."""
    tenant.table(TABLE).delete(session["id"])
    if "access_token" in tenant.behaviour.signoff_ends:
        ends_s = tenant.clock.now_s() + LONGEST_S
        keep(tenant, "endedSessions", session["sid"], {"ends_s": ends_s})
    if "refresh_token" in tenant.behaviour.signoff_ends:
        refresh_tokens.end_session(tenant, session["sid"])


def cookies(tenant: Tenant, environment_id: str, value: str) -> Headers:
    """Set-Cookie, twice: with SameSite and without; an empty value ends them."""
    behaviour, path = tenant.behaviour, f"; Path=/{environment_id}/; Secure; HttpOnly"
    gone = "" if value else "; Max-Age=0"
    return (
        ("Set-Cookie", f"{behaviour.session_cookie}={value}{path}; SameSite=None{gone}"),
        ("Set-Cookie", f"{behaviour.session_cookie_lax}={value}{path}{gone}"),
    )


def _cookie(tenant: Tenant, request: Request) -> str:
    """The session token of the request; "" where it has none."""
    found: dict[str, str] = {}
    for part in request.headers.get("cookie", "").replace(",", ";").split(";")[:50]:
        name, _, value = part.strip().partition("=")
        found.setdefault(name, value.strip())
    behaviour = tenant.behaviour
    return found.get(behaviour.session_cookie) or found.get(behaviour.session_cookie_lax, "")
