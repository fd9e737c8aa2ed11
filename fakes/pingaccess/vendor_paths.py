"""What the product answers and this fake does not: data, so that the two are never confused."""

from __future__ import annotations

UNMODELLED: dict[str, str] = {
    "/acme/servers/{}/accounts": "GET POST",
    "/acme/servers/{}/accounts/{}": "GET DELETE",
    "/acme/servers/{}/accounts/{}/certificateRequests": "GET POST",
    "/acme/servers/{}/accounts/{}/certificateRequests/{}": "GET DELETE",
    "/auth/oidc/scopes": "GET",
    "/auth/tokenProvider/metadata": "GET",
    "/oidc/provider": "GET PUT DELETE",
    "/oidc/provider/descriptors": "GET",
    "/oidc/provider/descriptors/{}": "GET",
    "/oidc/provider/metadata": "GET",
    "/pingfederate": "GET PUT DELETE",
    "/pingfederate/metadata": "GET",
    "/pingfederate/runtime/metadata": "GET",
    "/pingone/customers/metadata": "GET",
    "/webSessionManagement/oidcScopes": "GET",
}
"""Paths of the admin API 7.3 (below `/pa-admin-api/v3`, `{}` for an id) and their methods."""
