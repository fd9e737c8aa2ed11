"""What the product answers and this fake does not: data, so that the two are never confused."""

from __future__ import annotations

UNMODELLED: dict[str, str] = {
    "/acme/servers/{}/accounts": "GET POST",
    "/acme/servers/{}/accounts/{}": "GET DELETE",
    "/acme/servers/{}/accounts/{}/certificateRequests": "GET POST",
    "/acme/servers/{}/accounts/{}/certificateRequests/{}": "GET DELETE",
}
"""Paths of the admin API 7.3 (below `/pa-admin-api/v3`, `{}` for an id) and their methods.

ACME accounts and what they request need a certificate authority that answers challenges at an
engine (RFC 8555 section 8), and neither is here.
"""
