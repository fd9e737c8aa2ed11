"""Refresh tokens as they are issued, and what is kept of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakes.pingone.auth.expiring import keep
from fakes.pingone.auth.tokens import issuer, own_token, signed_by
from fakes.pingone.errors import bad_token_request

if TYPE_CHECKING:
    from fakes.pingone.auth.logins import Login
    from fakes.pingone.tenant import Tenant
    from fakes.store import Row

TABLE = "refreshTokens"


def new(tenant: Tenant, client: Row, login: Login, scope: str | None, *, family: str | None) -> str:
    """A refresh token, of which the store knows whether it is still good.

    `family` is that of the token in whose place it comes (application's refresh token properties).
    """
    now_s, key = tenant.clock.now_s(), tenant.new_id()
    own_s = client.get("refreshTokenDuration", tenant.behaviour.refresh_lifetime_s)
    until_s = _until_s(tenant, client, family)
    ends_s = now_s + own_s if until_s is None else min(now_s + own_s, until_s)
    row = {
        "id": key,
        "environment": client["environment"],
        "client": client["id"],
        "login": login._asdict(),
        "scope": scope,
        "family": family or key,
        "until_s": until_s,
        "ends_s": ends_s,
    }
    keep(tenant, TABLE, key, row)
    if tenant.behaviour.refresh_form == "opaque":
        return key
    return signed_by(tenant, client["environment"]["id"], None, _claims(tenant, client, row))


def _claims(tenant: Tenant, client: Row, row: Row) -> dict[str, Any]:
    """What stands in a refresh token: the form is assumed, exp is the application's own."""
    return {
        "iss": issuer(tenant, client["environment"]["id"]),
        "jti": row["id"],
        "iat": int(tenant.clock.now_s()),
        "exp": int(row["ends_s"]),
        "aud": issuer(tenant, client["environment"]["id"]),
        "client_id": client["id"],
        "sub": row["login"]["user_id"],
        "sid": row["login"]["sid"],
        "typ": "refresh",
    }


def _until_s(tenant: Tenant, client: Row, family: str | None) -> float | None:
    """When the last of a family ends, counted from its first; None for never."""
    rolling_s = client.get("refreshTokenRollingDuration")
    if rolling_s is None:
        return None
    old = next(iter(of_family(tenant, family)), None) if family else None
    return float(old["until_s"] if old else tenant.clock.now_s() + rolling_s)


def found(tenant: Tenant, environment_id: str, text: str) -> Row | None:
    """What is known of a refresh token of this environment; it may be used, or have expired."""
    if tenant.behaviour.refresh_form == "opaque":
        row = tenant.table(TABLE).get(text)
        return row if row and row["environment"]["id"] == environment_id else None
    token = own_token(tenant, environment_id, text)
    if token is None or token.claims.get("typ") != "refresh":
        return None
    key = token.claims.get("jti")
    return tenant.table(TABLE).get(key) if isinstance(key, str) else None


def of_family(tenant: Tenant, family: str) -> list[Row]:
    """The tokens that came of one login."""
    return tenant.table(TABLE).named(_family, family)


def end_family(tenant: Tenant, family: str) -> None:
    """None of them is good any more."""
    for row in of_family(tenant, family):
        tenant.table(TABLE).delete(row["id"])


def end_session(tenant: Tenant, sid: str) -> None:
    """None that came of a login in that session is good any more."""
    for row in tenant.table(TABLE).named(_sid, sid):
        tenant.table(TABLE).delete(row["id"])


def _family(row: Row) -> Any:
    return row["family"]


def _sid(row: Row) -> Any:
    return row["login"]["sid"]


def refused(problem: str) -> Exception:
    """A grant that is not good (RFC 6749 section 5.2)."""
    return bad_token_request("invalid_grant", problem)
