"""The operations of the admin API: name, method and path.

Names are the operation ids of the vendor's specification 7.3 in snake case ("PingOne" and
"PingFederate" are one word each). The table is `admin_operations.txt`: a path, and its operations.
Source: admin API 7.3, paths.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

TABLE = Path(__file__).with_suffix(".txt")


def _rows() -> Iterator[tuple[str, tuple[str, str]]]:
    path = ""
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if line.startswith("/"):
            path = line
        else:
            method, name = line.split()
            yield name, (method, path)


OPERATIONS: dict[str, tuple[str, str]] = dict(_rows())
"""Method and path template (`{}` for each id) by operation."""

KINDS: dict[str, str] = {
    "import_trusted_cert": "certificate",
    "add_application_resource": "resource",
    "generate_key_pair": "key_pair",
    "import_key_pair": "key_pair",
    **{
        f"add_{kind}": kind
        for kind in (
            "access_token_validator",
            "acme_server",
            "agent",
            "application",
            "authentication_challenge_policy",
            "authn_req_list",
            "availability_profile",
            "engine",
            "engine_listener",
            "global_unprotected_resource",
            "hsm_provider",
            "identity_mapping",
            "load_balancing_strategy",
            "pingone_connection",
            "proxy",
            "redirect",
            "replica_admin",
            "rejection_handler",
            "risk_policy",
            "rule",
            "rule_set",
            "shared_secret",
            "sideband_client",
            "site",
            "site_authenticator",
            "third_party_service",
            "trusted_certificate_group",
            "virtual_host",
            "web_session",
        )
    },
}
"""The kind of object that each creating operation makes."""

REPLACING = frozenset({"add_config_import_workflow", "config_import"})
"""Operations after which nothing that was there before can be relied on."""
