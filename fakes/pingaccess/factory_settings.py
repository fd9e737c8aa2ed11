"""What a new product exports and shows nowhere yet: as in every export seen of 6.0 to 7.0.4."""

from __future__ import annotations

from typing import Any

SETTINGS: dict[str, Any] = {
    "acmeServers": [
        {
            "id": "08eb4cbc-20ed-409b-82c6-12fd0c92eb71",
            "name": "Let's Encrypt",
            "url": "https://acme-v02.api.letsencrypt.org/directory",
            "acmeAccounts": [],
        },
        {
            "id": "8572f98e-482e-41c2-8a3d-6a0b2fc99734",
            "name": "Let's Encrypt Staging Environment",
            "url": "https://acme-staging-v02.api.letsencrypt.org/directory",
            "acmeAccounts": [],
        },
    ],
}
"""By section."""
