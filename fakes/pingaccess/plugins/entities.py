"""Collections in which every object is one configured plugin (admin API 7.3)."""

from __future__ import annotations

from fakes.pingaccess.objects.spec import Entity, plugin


def _configured(table: str, label: str, path: str = "", lowest: int = 1) -> Entity:
    """Class name, name and configuration, held against the family's descriptors."""
    return Entity(table, label, path or f"/{table}", plugin(), family=table, lowest=lowest)


SITE_AUTHENTICATORS = _configured("siteAuthenticators", "Site authenticator")
REJECTION_HANDLERS = _configured("rejectionHandlers", "Rejection handler")
IDENTITY_MAPPINGS = _configured("identityMappings", "Identity mapping")
ACCESS_TOKEN_VALIDATORS = _configured("accessTokenValidators", "Access token validator", lowest=2)
"""Id 1 is the token provider's own (admin API 7.3, Application.accessValidatorId)."""
AVAILABILITY_PROFILES = _configured(
    "availabilityProfiles", "Availability profile", "/highAvailability/availabilityProfiles"
)
LOAD_BALANCING_STRATEGIES = _configured(
    "loadBalancingStrategies",
    "Load balancing strategy",
    "/highAvailability/loadBalancingStrategies",
)
HSM_PROVIDERS = _configured("hsmProviders", "HSM provider")

PLUGIN_ENTITIES = (
    SITE_AUTHENTICATORS,
    REJECTION_HANDLERS,
    IDENTITY_MAPPINGS,
    ACCESS_TOKEN_VALIDATORS,
    AVAILABILITY_PROFILES,
    LOAD_BALANCING_STRATEGIES,
    HSM_PROVIDERS,
)
"""Those with a page of descriptors each."""
