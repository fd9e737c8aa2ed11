"""Where a run found its products, for the evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from harness.product import Session
    from harness.redaction import Redactor


def places(session: Session, redactor: Redactor) -> dict[str, str]:
    """Addresses and logins by the name of their setting, each secret by what stands for it."""
    pingone, control = session.pingone, session.control
    known = {
        "pingaccess_admin_url": session.admin_url,
        "pingaccess_username": session.username,
        "pingaccess_password": redactor.named(session.password),
        "pingone_api_url": pingone.api_url,
        "pingone_auth_url": pingone.auth_url,
        "pingone_environment_id": pingone.environment_id,
        "pingone_second_environment_id": pingone.second_environment_id,
        "pingone_client_id": pingone.client_id,
        "pingone_client_secret": redactor.named(pingone.client_secret),
        "control_url": control.url if control else None,
        "control_token": redactor.named(control.token or "") if control else None,
    }
    return {name: value for name, value in known.items() if value}
