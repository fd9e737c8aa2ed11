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

from fakes.tests.made_certificates import PASSWORD, made

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakes.tests.pingaccess_core import Admin

    Body = dict[str, Any]

PLUGIN = "com.pingidentity.pa."
ISSUER = made("Shop issuer", ca=True)
SHOP = made("shop.example.com", issuer=ISSUER)


class Life(NamedTuple):
    """One object: what makes it, what an update has in place of it, and whose test that is.

    `secrets`: members, with dots between them, that are not read back as they were sent.
    """

    source: str
    path: str
    body: Callable[[Admin], Body]
    change: Body
    secrets: tuple[str, ...] = ()


def _plugin(class_name: str, name: str, configuration: Body) -> Body:
    return {"className": PLUGIN + class_name, "name": name, "configuration": configuration}


def fixed(body: Body) -> Callable[[Admin], Body]:
    """The same for everybody."""
    return lambda _: body


HEADERS: Body = {
    "exclusionList": False,
    "exclusionListAttributes": [],
    "exclusionListSubject": None,
    "headerNamePrefix": None,
    "attributeHeaderMappings": [{"subject": True, "attributeName": "sub", "headerName": "WHO"}],
    "headerClientCertificateMappings": [],
}
CLAIMS: Body = {
    "mapAsBearerToken": False,
    "headerName": "X-Who",
    "audience": "backend",
    "exclusionList": False,
    "exclusionListAttributes": ["active"],
    "exclusionListSubject": "auth_time",
    "attributeMappings": [
        {"subject": True, "userAttributeName": "sub", "jwtClaimName": "sub"},
        {"subject": False, "userAttributeName": "pi\\.pa\\.attr_exp", "jwtClaimName": "until"},
    ],
    "cacheJwt": True,
    "clientCertificateJwtClaimName": "chain",
    "maxDepth": 1,
}
RANGE: Body = {
    "cidrNotation": "192.0.2.0/24",
    "negate": False,
    "overrideIpSource": False,
    "headers": [],
    "headerValueLocation": "LAST",
    "fallbackToLastHopIp": True,
    "errorResponseCode": 404,
    "errorResponseStatusMsg": "Forbidden",
    "errorResponseTemplateFile": "policy.error.page.template.html",
    "errorResponseContentType": "text/html;charset=UTF-8",
    "rejectionHandler": None,
    "rejectionHandlingEnabled": False,
}
PROFILE: Body = {
    "connectTimeout": 9000,
    "pooledConnectionTimeout": -1,
    "readTimeout": -1,
    "maxRetries": 2,
    "retryDelay": 250,
    "failedRetryTimeout": 60,
    "failureHttpStatusCodes": [],
}
BASIC = "siteauthenticators.BasicAuthTargetSiteAuthenticator"
MUTUAL = "siteauthenticators.MutualTlsSiteAuthenticator"
JWKS = "accesstokenvalidators.JwksEndpoint"
PKCS11 = "hsm.pkcs11.plugin.PKCS11HsmProvider"
ON_DEMAND = "ha.availability.ondemand.OnDemandAvailabilityPlugin"
BY_HEADER = "ha.lb.header.HeaderBasedLoadBalancingPlugin"
TOKEN = "identitymappings.JwtIdentityMapping"
MAPPING = "identitymappings.HeaderIdentityMapping"
CIDR = "policy.CIDRPolicyInterceptor"
SITE: Body = {
    "name": "backend",
    "targets": ["localhost:8443"],
    "availabilityProfileId": 1,
    "expectedHostname": "",
    "keepAliveTimeout": 0,
    "loadBalancingStrategyId": 0,
    "maxConnections": -1,
    "maxWebSocketConnections": -1,
    "secure": False,
    "sendPaCookie": True,
    "siteAuthenticatorIds": [],
    "skipHostnameVerification": False,
    "trustedCertificateGroupId": 0,
    "useProxy": False,
    "useTargetHostHeader": False,
}
CREDENTIALS: Body = {
    "clientId": "shop",
    "clientSecret": {"value": "a secret of tests", "encryptedValue": ""},
    "credentialsType": "SECRET",
    "keyPairId": 0,
}
SESSION: Body = {
    "audience": "shoppers",
    "name": "session",
    "clientCredentials": CREDENTIALS,
    "cacheUserAttributes": False,
    "cookieType": "Encrypted",
    "enableRefreshUser": True,
    "httpOnlyCookie": True,
    "idleTimeoutInMinutes": 60,
    "oidcLoginType": "Code",
    "pkceChallengeType": "OFF",
    "pfsessionStateCacheInSeconds": 60,
    "refreshUserInfoClaimsInterval": 60,
    "requestPreservationType": "POST",
    "requestProfile": True,
    "sameSite": "None",
    "scopes": ["profile", "phone"],
    "secureCookie": True,
    "sendRequestedUrlToProvider": True,
    "sessionTimeoutInMinutes": 480,
    "validateSessionIsAlive": False,
    "webStorageType": "SessionStorage",
}
CREDENTIAL_SECRETS = ("clientCredentials.clientSecret",)


def application(admin: Admin) -> Body:
    """A web application with a site, a session and a rule of its own."""
    site = admin.add("/sites", SITE)
    session = admin.add("/webSessions", SESSION)
    rule = admin.add("/rules", _plugin(CIDR, "only from here", RANGE))
    return {
        "agentId": 0,
        "name": "shop",
        "applicationType": "Web",
        "defaultAuthType": "Web",
        "contextRoot": "/shop",
        "siteId": site["id"],
        "spaSupportEnabled": False,
        "virtualHostIds": [1],
        "caseSensitivePath": False,
        "accessValidatorId": 0,
        "destination": "Site",
        "webSessionId": session["id"],
        "identityMappingIds": {"Web": 0, "API": 0},
        "policy": {"Web": [{"id": rule["id"], "type": "Rule"}], "API": []},
    }


def _in_group(admin: Admin) -> Body:
    file = {"alias": "issuer", "fileData": ISSUER.data}
    return {
        "name": "ours",
        "certIds": [admin.add("/certificates", file)["id"]],
        "ignoreAllCertificateErrors": False,
        "skipCertificateDateCheck": True,
        "systemGroup": False,
        "useJavaTrustStore": True,
    }


def _rule_set(admin: Admin) -> Body:
    rule = admin.add("/rules", _plugin(CIDR, "of the set", RANGE))
    return {
        "name": "set",
        "successCriteria": "SuccessIfAllSucceed",
        "elementType": "Rule",
        "policy": [rule["id"]],
    }


def _validated_at(admin: Admin) -> Body:
    body = {
        "name": "keys",
        "targets": ["keys.example.com:443"],
        "secure": False,
        "maxConnections": 5,
        "availabilityProfileId": 1,
        "trustedCertificateGroupId": 0,
    }
    service = admin.add("/thirdPartyServices", body)
    configuration = {
        "path": "/keys",
        "subjectAttributeName": "sub",
        "issuer": "https://issuer.example.com",
        "audience": None,
        "thirdPartyService": str(service["id"]),
    }
    return _plugin(JWKS, "with a service", configuration)


LIVES = (
    Life(
        "IWT resource_pingaccess_rule_test.go",
        "/rules",
        fixed(
            {**_plugin(CIDR, "range", RANGE), "supportedDestinations": ["Site", "Agent"]},
        ),
        {"configuration": {**RANGE, "errorResponseCode": 403}},
        ("supportedDestinations",),
    ),
    Life(
        "IWS rules_test.go",
        "/rules",
        fixed(
            {**_plugin(CIDR, "range", RANGE), "supportedDestinations": ["nowhere:1"]},
        ),
        {"configuration": {**RANGE, "errorResponseStatusMsg": "No"}},
        ("supportedDestinations",),
    ),
    Life(
        "IWT resource_pingaccess_rulesets_test.go",
        "/rulesets",
        _rule_set,
        {"successCriteria": "SuccessIfAnyOneSucceeds"},
    ),
    Life(
        "IWT resource_pingaccess_identity_mapping_test.go",
        "/identityMappings",
        fixed(_plugin(MAPPING, "headers", HEADERS)),
        {"name": "other headers"},
    ),
    Life(
        "IWT internal/protocolprovider/resource_pingaccess_site_authenticator_test.go",
        "/siteAuthenticators",
        fixed(_plugin(BASIC, "basic", {"username": "site", "password": {"value": "of tests"}})),
        {"configuration": {"username": "site", "password": "plain text"}},
        ("configuration.password",),
    ),
    Life(
        "IWS siteAuthenticators_test.go",
        "/siteAuthenticators",
        fixed(_plugin(MUTUAL, "mutual", {"keyPairId": "2"})),
        {"configuration": {"keyPairId": "3"}},
    ),
    Life(
        "IWT internal/protocolprovider/resource_pingaccess_access_token_validator_test.go",
        "/accessTokenValidators",
        fixed(_plugin(JWKS, "keys", {"path": "/keys", "subjectAttributeName": "sub"})),
        {"configuration": {"path": "/keys/new", "subjectAttributeName": "sub"}},
    ),
    Life(
        "PTF accesstokenvalidator/access_token_validator_resource_test.go",
        "/accessTokenValidators",
        fixed({"id": 3, **_plugin(JWKS, "keys", {"path": "/keys"})}),
        {"name": "other keys", "configuration": {"path": "/keys/new"}},
    ),
    Life(
        "XF create-atv.feature",
        "/accessTokenValidators",
        _validated_at,
        {"name": "other keys"},
    ),
    Life(
        "IWT resource_pingaccess_hsm_provider_test.go",
        "/hsmProviders",
        fixed(
            _plugin(PKCS11, "hsm", {"slotId": "12", "library": "hsm.so", "password": "of tests"}),
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
                **_plugin(PKCS11, "hsm", {"slotId": "2", "library": "a", "password": "of tests"}),
            }
        ),
        {"configuration": {"slotId": "3", "library": "/b", "password": "of tests"}},
        ("configuration.password",),
    ),
    Life(
        "IWT resource_pingaccess_availability_profile_test.go",
        "/highAvailability/availabilityProfiles",
        fixed(_plugin(ON_DEMAND, "profile", PROFILE)),
        {"configuration": {**PROFILE, "connectTimeout": 4000}},
    ),
    Life(
        "PTF highavailabilityprofiles/high_availability_profiles_test.go",
        "/highAvailability/availabilityProfiles",
        fixed(
            {
                "id": 2,
                **_plugin(
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
            _plugin(
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
        _in_group,
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
        fixed(_plugin(TOKEN, "token", CLAIMS)),
        {"configuration": {**CLAIMS, "audience": "others"}},
    ),
    Life(
        "PTF examples/pingaccess_identity_mappings/resource.tf (session)",
        "/identityMappings",
        fixed(_plugin("identitymappings.WebSessionAccessTokenIdentityMapping", "session", {})),
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

TOKEN_SERVER: Body = {
    "introspectionEndpoint": "/introspect",
    "subjectAttributeName": "sub",
    "targets": ["tokens.example.com:9031"],
    "trustedCertificateGroupId": 1,
    "clientCredentials": CREDENTIALS,
    "auditLevel": "ON",
    "secure": True,
    "tokenTimeToLiveSeconds": -1,
}

SETTING_LIVES = (
    Life(
        "IWT resource_pingaccess_auth_token_management_test.go",
        "/authTokenManagement",
        fixed(
            {
                "issuer": "PingAccessAuthToken",
                "keyRollEnabled": False,
                "keyRollPeriodInHours": 24,
                "signingAlgorithm": "P-256",
            }
        ),
        {"keyRollPeriodInHours": 23},
    ),
    Life(
        "IWT resource_pingaccess_http_config_request_host_source_test.go",
        "/httpConfig/request/hostSource",
        fixed({"headerNameList": ["Host", "X-Forwarded-Host"], "listValueLocation": "FIRST"}),
        {"headerNameList": ["Host", "X-Shop"], "listValueLocation": "LAST"},
    ),
    Life(
        "IWT resource_pingaccess_oauth_server_test.go",
        "/oauth/authServer",
        fixed(TOKEN_SERVER),
        {"introspectionEndpoint": "/as/introspect"},
        CREDENTIAL_SECRETS,
    ),
    Life(
        "IWT resource_pingaccess_pingfederate_admin_test.go",
        "/pingfederate/admin",
        fixed(
            {
                "adminUsername": "Administrator",
                "adminPassword": {"value": "of tests", "encryptedValue": ""},
                "auditLevel": "ON",
                "basePath": "/path",
                "host": "pf.example.com",
                "port": 9999,
                "secure": True,
                "trustedCertificateGroupId": 2,
            }
        ),
        {"auditLevel": "OFF"},
        ("adminPassword",),
    ),
    Life(
        "IWT resource_pingaccess_pingfederate_oauth_test.go",
        "/pingfederate/accessTokens",
        fixed(
            {
                "accessValidatorId": 1,
                "cacheTokens": True,
                "subjectAttributeName": "sub",
                "name": "PingFederate",
                "clientCredentials": CREDENTIALS,
                "sendAudience": True,
                "tokenTimeToLiveSeconds": 300,
                "useTokenIntrospection": True,
            }
        ),
        {"subjectAttributeName": "username"},
        CREDENTIAL_SECRETS,
    ),
    Life(
        "IWT resource_pingaccess_pingfederate_runtime_test.go",
        "/pingfederate/runtime",
        fixed(
            {
                "issuer": "https://pf.example.com",
                "description": "runtime",
                "skipHostnameVerification": True,
                "stsTokenExchangeEndpoint": "https://sts.example.com/exchange",
                "useSlo": False,
                "trustedCertificateGroupId": 2,
                "useProxy": True,
            }
        ),
        {"description": "other runtime"},
    ),
)
