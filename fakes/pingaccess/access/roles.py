"""What a caller may do: the three roles of the admin API (D90 pa_configuring_api_authn)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from fakes.pingaccess.problems import Refusal

if TYPE_CHECKING:
    from fakes.pingaccess.behaviour import Behaviour
    from fakes.store import Key

ADMINISTRATOR, AUDITOR, PLATFORM_ADMIN = "ADMINISTRATOR", "AUDITOR", "PLATFORM_ADMIN"
FULL = frozenset({ADMINISTRATOR})
"""The roles of a user who logs in with a password: the product has no other kind."""


class Caller(NamedTuple):
    """Who sent a request: the user's id (0 for none of ours), name, roles and session.

    `split`: the role of platform administrator is in use, and keeps some paths to itself.
    """

    key: Key
    subject: str = ""
    roles: frozenset[str] = FULL
    split: bool = False
    session: str | None = None


NOBODY = Caller(0)
"""Who sends a request that needs no login."""


def hold_to_roles(caller: Caller, method: str, path: str, behaviour: Behaviour) -> None:
    """Refusal where none of the caller's roles may do that at the path below the API's root."""
    if not behaviour.roles_checked or any(
        _may(role, caller, method, path, behaviour) for role in caller.roles
    ):
        return
    raise Refusal(behaviour.forbidden_status, ["Your role does not allow this."])


def directives(caller: Caller) -> list[str]:
    """What the console hides from the caller (admin API 7.3, AdminAccessControlDirective)."""
    if PLATFORM_ADMIN in caller.roles or (ADMINISTRATOR in caller.roles and not caller.split):
        return []
    kept = [
        "DENY_ADMIN_AUTHENTICATION_CONFIGURATION",
        "DENY_API_AUTHENTICATION_CONFIGURATION",
        "DENY_ENVIRONMENT_CONFIGURATION",
        "DENY_USERS_CONFIGURATION",
    ]
    return (
        kept
        if ADMINISTRATOR in caller.roles
        else [*kept, "DENY_BULK_CONFIG_ACCESS", "DENY_WRITE_ACCESS"]
    )


def _may(role: str, caller: Caller, method: str, path: str, behaviour: Behaviour) -> bool:
    steps = path.split("/")
    if role == PLATFORM_ADMIN:
        return True
    if role == ADMINISTRATOR:
        kept = caller.split and steps[1] in behaviour.platform_paths
        return method == "GET" or not kept
    if role == AUDITOR and (method == "GET" or path == OWN_SESSION):
        downloads = steps[1] == "agents" and "config" in steps[3:]
        return steps[1] not in behaviour.auditor_lacks and not downloads
    return False


OWN_SESSION = "/adminSessionInfo"
"""Whoever has a session may end it."""
