"""What public clients send to make and change one object of each kind.

The members are those that each client marshals (an unset one left out, null or empty as it does
it); the values are our own. Each entry names the repository and the file whose test it stands for:
IWT is iwarapter/terraform-provider-pingaccess (its folder internal/sdkv2provider, or
internal/protocolprovider where it says so), IWS iwarapter/pingaccess-sdk-go (folder pingaccess),
PTF pingidentity/terraform-provider-pingaccess (folder internal/acctest), XF
ivanstambuk/message-xform (folder e2e-pingaccess/src/test/java/e2e/setup).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from fakes.tests.client_values import (
    BASIC,
    BY_HEADER,
    CIDR,
    CLAIMS,
    CREDENTIAL_SECRETS,
    HEADERS,
    ISSUER,
    JWKS,
    MAPPING,
    MUTUAL,
    ON_DEMAND,
    PKCS11,
    PROFILE,
    RANGE,
    SESSION,
    SHOP,
    SITE,
    TOKEN,
    application,
    in_group,
    plugin,
    rule_set,
    validated_at,
)
from fakes.tests.made_certificates import PASSWORD

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakes.tests.pingaccess_core import Admin

    Body = dict[str, Any]


class Life(NamedTuple):
    """One object: what makes it, what an update has in place of it, and whose test that is.

    `secrets`: members, with dots between them, that are not read back as they were sent.
    """

    source: str
    path: str
    body: Callable[[Admin], Body]
    change: Body
    secrets: tuple[str, ...] = ()


def fixed(body: Body) -> Callable[[Admin], Body]:
    """The same for everybody."""
    return lambda _: body


LIVES = (
    Life(
        "IWT resource_pingaccess_rule_test.go",
        "/rules",
        fixed(
            {**plugin(CIDR, "range", RANGE), "supportedDestinations": ["Site", "Agent"]},
        ),
        {"configuration": {**RANGE, "errorResponseCode": 403}},
        ("supportedDestinations",),
    ),
    Life(
        "IWS rules_test.go",
        "/rules",
        fixed(
            {**plugin(CIDR, "range", RANGE), "supportedDestinations": ["nowhere:1"]},
        ),
        {"configuration": {**RANGE, "errorResponseStatusMsg": "No"}},
        ("supportedDestinations",),
    ),
    Life(
        "IWT resource_pingaccess_rulesets_test.go",
        "/rulesets",
        rule_set,
        {"successCriteria": "SuccessIfAnyOneSucceeds"},
    ),
    Life(
        "IWT resource_pingaccess_identity_mapping_test.go",
        "/identityMappings",
        fixed(plugin(MAPPING, "headers", HEADERS)),
        {"name": "other headers"},
    ),
    Life(
        "IWT internal/protocolprovider/resource_pingaccess_site_authenticator_test.go",
        "/siteAuthenticators",
        fixed(plugin(BASIC, "basic", {"username": "site", "password": {"value": "of tests"}})),
        {"configuration": {"username": "site", "password": "plain text"}},
        ("configuration.password",),
    ),
    Life(
        "IWS siteAuthenticators_test.go",
        "/siteAuthenticators",
        fixed(plugin(MUTUAL, "mutual", {"keyPairId": "2"})),
        {"configuration": {"keyPairId": "3"}},
    ),
    Life(
        "IWT internal/protocolprovider/resource_pingaccess_access_token_validator_test.go",
        "/accessTokenValidators",
        fixed(plugin(JWKS, "keys", {"path": "/keys", "subjectAttributeName": "sub"})),
        {"configuration": {"path": "/keys/new", "subjectAttributeName": "sub"}},
    ),
    Life(
        "PTF accesstokenvalidator/access_token_validator_resource_test.go",
        "/accessTokenValidators",
        fixed({"id": 3, **plugin(JWKS, "keys", {"path": "/keys"})}),
        {"name": "other keys", "configuration": {"path": "/keys/new"}},
    ),
    Life(
        "XF create-atv.feature",
        "/accessTokenValidators",
        validated_at,
        {"name": "other keys"},
    ),
    Life(
        "IWT resource_pingaccess_hsm_provider_test.go",
        "/hsmProviders",
        fixed(
            plugin(PKCS11, "hsm", {"slotId": "12", "library": "hsm.so", "password": "of tests"}),
        ),
        {"name": "other hsm"},
        ("configuration.password",),
    ),
    Life(
        "PTF hsmproviders/hsm_providers_resource_test.go",
        "/hsmProviders",
        fixed(
            {
                "id": 2,
                **plugin(PKCS11, "hsm", {"slotId": "2", "library": "a", "password": "of tests"}),
            }
        ),
        {"configuration": {"slotId": "3", "library": "/b", "password": "of tests"}},
        ("configuration.password",),
    ),
    Life(
        "IWT resource_pingaccess_availability_profile_test.go",
        "/highAvailability/availabilityProfiles",
        fixed(plugin(ON_DEMAND, "profile", PROFILE)),
        {"configuration": {**PROFILE, "connectTimeout": 4000}},
    ),
    Life(
        "PTF highavailabilityprofiles/high_availability_profiles_test.go",
        "/highAvailability/availabilityProfiles",
        fixed(
            {
                "id": 2,
                **plugin(
                    ON_DEMAND,
                    "profile",
                    {"failedRetryTimeout": 30, "failureHttpStatusCodes": ["503", "504"]},
                ),
            }
        ),
        {"configuration": {"failedRetryTimeout": 35, "failureHttpStatusCodes": ["503"]}},
    ),
    Life(
        "IWT resource_pingaccess_load_balancing_strategy_test.go",
        "/highAvailability/loadBalancingStrategies",
        fixed(
            plugin(
                BY_HEADER, "by header", {"headerName": "X-A", "fallbackToFirstAvailableHost": False}
            )
        ),
        {"configuration": {"headerName": "X-B", "fallbackToFirstAvailableHost": False}},
    ),
    Life(
        "IWT resource_pingaccess_site_test.go",
        "/sites",
        fixed(SITE),
        {"name": "other backend", "targets": ["localhost:9443"]},
    ),
    Life(
        "IWS sites_test.go",
        "/sites",
        fixed(
            {
                "name": "backend",
                "targets": ["localhost:8443"],
                "maxConnections": -1,
                "maxWebSocketConnections": -1,
            }
        ),
        {"targets": ["localhost:8443", "localhost:9443"]},
    ),
    Life(
        "XF pa-provision.feature",
        "/sites",
        fixed(
            {
                "name": "backend",
                "targets": ["backend:8080"],
                "secure": False,
                "maxConnections": 10,
                "sendPaCookie": False,
                "availabilityProfileId": 1,
                "trustedCertificateGroupId": 0,
            }
        ),
        {"maxConnections": 20},
    ),
    Life(
        "IWT resource_pingaccess_virtualhost_test.go",
        "/virtualhosts",
        fixed(
            {
                "host": "shop.example.com",
                "port": 3000,
                "agentResourceCacheTTL": 900,
                "keyPairId": 0,
                "trustedCertificateGroupId": 0,
            }
        ),
        {"port": 3001},
    ),
    Life(
        "IWT resource_pingaccess_websession_test.go",
        "/webSessions",
        fixed(SESSION),
        {"audience": "buyers"},
        CREDENTIAL_SECRETS,
    ),
    Life(
        "IWS webSessions_test.go",
        "/webSessions",
        fixed(
            {
                "audience": "shoppers",
                "name": "session",
                "clientCredentials": {"clientId": "shop", "clientSecret": {"value": "of tests"}},
            }
        ),
        {"audience": "buyers"},
        CREDENTIAL_SECRETS,
    ),
    Life(
        "IWT resource_pingaccess_application_test.go",
        "/applications",
        application,
        {"contextRoot": "/store"},
    ),
    Life(
        "IWT resource_pingaccess_third_party_service_test.go",
        "/thirdPartyServices",
        fixed(
            {
                "name": "service",
                "targets": ["localhost:1234"],
                "availabilityProfileId": 1,
                "loadBalancingStrategyId": 0,
                "maxConnections": -1,
                "secure": False,
                "skipHostnameVerification": False,
                "trustedCertificateGroupId": 0,
                "useProxy": False,
            }
        ),
        {"targets": ["localhost:1235"]},
    ),
    Life(
        "IWT resource_pingaccess_engine_listener_test.go",
        "/engineListeners",
        fixed({"name": "listener", "port": 443, "secure": True, "trustedCertificateGroupId": 0}),
        {"secure": False},
    ),
    Life(
        "IWT resource_pingaccess_authn_req_list_test.go",
        "/authnReqLists",
        fixed({"name": "list", "authnReqs": ["one", "two"]}),
        {"authnReqs": ["two", "one"]},
    ),
    Life(
        "IWT resource_pingaccess_trusted_certificate_groups_test.go",
        "/trustedCertificateGroups",
        in_group,
        {"skipCertificateDateCheck": False},
    ),
    Life(
        "PTF proxies/proxies_test.go",
        "/proxies",
        fixed(
            {
                "id": 2,
                "name": "proxy",
                "host": "example",
                "port": 1025,
                "requiresAuthentication": True,
                "username": "user",
                "password": {"value": "of tests"},
            }
        ),
        {"name": "other proxy", "port": 1026},
        ("password",),
    ),
    Life(
        "PTF trustedcertificategroups/trusted_certificate_groups_test.go",
        "/trustedCertificateGroups",
        fixed(
            {
                "id": 3,
                "name": "checked",
                "useJavaTrustStore": True,
                "revocationChecking": {"crlChecking": True, "ocsp": True},
            }
        ),
        {"revocationChecking": {"crlChecking": False, "ocsp": False}},
    ),
    Life(
        "PTF examples/pingaccess_identity_mappings/resource.tf (JWT)",
        "/identityMappings",
        fixed(plugin(TOKEN, "token", CLAIMS)),
        {"configuration": {**CLAIMS, "audience": "others"}},
    ),
    Life(
        "PTF examples/pingaccess_identity_mappings/resource.tf (session)",
        "/identityMappings",
        fixed(plugin("identitymappings.WebSessionAccessTokenIdentityMapping", "session", {})),
        {"name": "other session"},
    ),
    Life(
        "IWT resource_pingaccess_certificate_test.go",
        "/certificates",
        fixed({"alias": "issuer", "fileData": ISSUER.data}),
        {"alias": "other issuer"},
        ("fileData",),
    ),
    Life(
        "IWT resource_pingaccess_keypair_test.go",
        "/keyPairs/import",
        fixed(
            {
                "alias": "pair",
                "fileData": SHOP.pkcs12(),
                "password": {"value": PASSWORD},
                "chainCertificates": [],
                "hsmProviderId": 0,
            }
        ),
        {"alias": "other pair"},
        ("fileData", "password", "chainCertificates"),
    ),
    Life(
        "IWT resource_pingaccess_keypair_test.go (generated)",
        "/keyPairs/generate",
        fixed(
            {
                "alias": "pair",
                "city": "Town",
                "commonName": "Shop",
                "country": "GB",
                "keyAlgorithm": "RSA",
                "keySize": 2048,
                "organization": "Example",
                "organizationUnit": "Shops",
                "state": "County",
                "validDays": 365,
                "hsmProviderId": 0,
            }
        ),
        {},
        (
            *("city", "commonName", "country", "keyAlgorithm", "keySize"),
            *("organization", "organizationUnit", "state", "validDays"),
        ),
    ),
)
