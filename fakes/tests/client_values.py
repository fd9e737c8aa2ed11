"""What public clients send in more than one place, as `client_lives` tells where from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakes.tests.made_certificates import made

if TYPE_CHECKING:
    from fakes.tests.pingaccess_core import Admin

    Body = dict[str, Any]


PLUGIN = "com.pingidentity.pa."
ISSUER = made("Shop issuer", ca=True)
SHOP = made("shop.example.com", issuer=ISSUER)


def plugin(class_name: str, name: str, configuration: Body) -> Body:
    return {"className": PLUGIN + class_name, "name": name, "configuration": configuration}


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
    rule = admin.add("/rules", plugin(CIDR, "only from here", RANGE))
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


def in_group(admin: Admin) -> Body:
    file = {"alias": "issuer", "fileData": ISSUER.data}
    return {
        "name": "ours",
        "certIds": [admin.add("/certificates", file)["id"]],
        "ignoreAllCertificateErrors": False,
        "skipCertificateDateCheck": True,
        "systemGroup": False,
        "useJavaTrustStore": True,
    }


def rule_set(admin: Admin) -> Body:
    rule = admin.add("/rules", plugin(CIDR, "of the set", RANGE))
    return {
        "name": "set",
        "successCriteria": "SuccessIfAllSucceed",
        "elementType": "Rule",
        "policy": [rule["id"]],
    }


def validated_at(admin: Admin) -> Body:
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
    return plugin(JWKS, "with a service", configuration)


OF_9_0 = frozenset({"accessTokenValidators/JwksEndpoint.thirdPartyService"})
"""What one client, of 9.0.1, needs beside the product of 7.3."""
