"""Authorization codes: issued for a login, exchanged once, by the client that asked."""

from __future__ import annotations

import re
from base64 import urlsafe_b64encode
from hashlib import sha256
from typing import TYPE_CHECKING

from fakes.pingone.auth import refresh_tokens, sessions, user_tokens
from fakes.pingone.auth.expiring import keep
from fakes.pingone.auth.logins import Login
from fakes.pingone.decisions.measures import same_secret
from fakes.pingone.errors import bad_token_request

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fakes.pingone.errors import Answer
    from fakes.pingone.tenant import Tenant
    from fakes.store import Row

TABLE = "codes"
_VERIFIER = re.compile(r"[A-Za-z0-9._~-]{43,128}")


def issue(tenant: Tenant, asked: Mapping[str, str], session: Row) -> str:
    """A new code for what was asked (RFC 6749 section 4.1.2)."""
    key = tenant.new_id()
    row = {
        "asked": dict(asked),
        "login": sessions.login_of(session)._asdict(),
        "good_until_s": tenant.clock.now_s() + tenant.behaviour.code_lifetime_s,
        # Kept beyond that, so that a second use is told from a code that never was.
        "ends_s": tenant.clock.now_s() + 10 * tenant.behaviour.code_lifetime_s,
    }
    keep(tenant, TABLE, key, row)
    return key


def redeem(tenant: Tenant, client: Row, form: dict[str, str]) -> Answer:
    """Tokens for a code (RFC 6749 section 4.1.3)."""
    key, checks = form.get("code", ""), tenant.behaviour.code_checks
    if not key:
        raise bad_token_request("invalid_request", "code is missing")
    row = tenant.table(TABLE).get(key)
    asked = row["asked"] if row else {}
    if row is None or ("client" in checks and asked["client_id"] != client["id"]):
        raise refresh_tokens.refused("The code is not known")
    _check_once(tenant, row)
    if "expiry" in checks and tenant.clock.now_s() >= row["good_until_s"]:
        raise refresh_tokens.refused("The code has expired")
    if "redirect_uri" in checks and form.get("redirect_uri") != asked.get("redirect_uri"):
        raise refresh_tokens.refused("redirect_uri is another")
    if "verifier" in checks:
        _check_verifier(tenant, asked, form.get("code_verifier"))
    login = Login(**row["login"])
    sessions.check_user(tenant, client, login.user_id)
    family = tenant.new_id()
    tenant.table(TABLE).put(key, {**row, "family": family})
    return user_tokens.answer(
        tenant, client, login, asked.get("scope"), nonce=asked.get("nonce"), family=family
    )


def _check_once(tenant: Tenant, row: Row) -> None:
    """A code that was used before ends what came of it."""
    family = row.get("family")
    if family is None or "once" not in tenant.behaviour.code_checks:
        return
    if tenant.behaviour.code_reuse_ends_tokens:
        refresh_tokens.end_family(tenant, family)
    raise refresh_tokens.refused("The code was used before")


def _check_verifier(tenant: Tenant, asked: Mapping[str, str], verifier: str | None) -> None:
    """PKCE: the verifier is that of the challenge (RFC 7636 section 4.6)."""
    challenge, behaviour = asked.get("code_challenge"), tenant.behaviour
    needed = challenge is not None and "verifier_sent" in behaviour.code_checks
    if verifier is None and not needed:
        return
    if challenge is None or verifier is None or not _VERIFIER.fullmatch(verifier):
        raise refresh_tokens.refused("code_verifier does not fit")
    derived = verifier
    if asked.get("code_challenge_method", "plain") == "S256":
        digest = sha256(verifier.encode("ascii")).digest()
        derived = urlsafe_b64encode(digest).rstrip(b"=").decode("ascii")
    if not same_secret(derived, challenge):
        shown = f" ({verifier})" if behaviour.refusal_shows_verifier else ""
        raise refresh_tokens.refused(f"code_verifier does not fit{shown}")
