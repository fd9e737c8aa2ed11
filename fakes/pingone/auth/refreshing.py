"""The exchange of refresh tokens: used once each; one used again ends all that came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fakes.pingone.auth import sessions, user_tokens
from fakes.pingone.auth.logins import Login
from fakes.pingone.auth.refresh_tokens import TABLE, end_family, found, refused
from fakes.pingone.errors import bad_token_request

if TYPE_CHECKING:
    from fakes.pingone.errors import Answer
    from fakes.pingone.tenant import Tenant
    from fakes.store import Row


def redeem(tenant: Tenant, client: Row, form: dict[str, str]) -> Answer:
    """New tokens for a refresh token, with its scopes or fewer (RFC 6749 section 6)."""
    row = found(tenant, client["environment"]["id"], form.get("refresh_token", ""))
    checks = tenant.behaviour.refresh_checks
    if row is None or ("client" in checks and row["client"] != client["id"]):
        raise refused("The refresh token is not known")
    if "expiry" in checks and tenant.clock.now_s() >= row["ends_s"]:
        raise refused("The refresh token has expired")
    login = Login(**row["login"])
    if "user" in checks:
        sessions.check_user(tenant, client, login.user_id)
    _check_once(tenant, client, row)
    tenant.table(TABLE).put(row["id"], {**row, "used_s": tenant.clock.now_s()})
    scope = _narrowed(row["scope"], form.get("scope"))
    return user_tokens.answer(tenant, client, login, scope, family=row["family"])


def _check_once(tenant: Tenant, client: Row, row: Row) -> None:
    """A used token is good for its period of grace; after that it ends its family."""
    used_s = row.get("used_s")
    grace_s = client.get("refreshTokenRollingGracePeriodDuration") or 0
    if used_s is None or "once" not in tenant.behaviour.refresh_checks:
        return
    if tenant.clock.now_s() - used_s < grace_s:
        return
    if client.get("additionalRefreshTokenReplayProtectionEnabled", True):
        end_family(tenant, row["family"])
    raise refused("The refresh token was used before")


def _narrowed(granted: str | None, wanted: str | None) -> str | None:
    if wanted is None:
        return granted
    if not set(wanted.split()) <= set((granted or "").split()):
        raise bad_token_request("invalid_scope", "The scope is wider than what was granted")
    return wanted
