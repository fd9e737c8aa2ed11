"""What the admin API calls its entities and their parts, where the label does not say it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

IRREGULAR: Mapping[str, tuple[str, str, str]] = {
    "riskPolicies": ("RiskPolicy", "RiskPolicies", "RiskPolicy"),
    "trustedCerts": ("TrustedCert", "TrustedCerts", "TrustedCert"),
    "httpsListeners": ("HttpsListener", "HttpsListeners", "HttpsListener"),
    "authnChallengePolicies": (
        "AuthenticationChallengePolicy",
        "AuthenticationChallengePolicies",
        "AuthenticationChallengePolicy",
    ),
    "proxies": ("Proxy", "Proxies", "HttpClientProxy"),
    "authnReqLists": ("AuthnReqList", "AuthnReqLists", "AuthnReqList"),
    "acmeServers": ("AcmeServer", "AcmeServers", "AcmeServer"),
    "acmeAccounts": ("AcmeAccount", "AcmeAccounts", "AcmeAccount"),
    "acmeCertificateRequests": (
        "AcmeCertificateRequest",
        "AcmeCertificateRequests",
        "AcmeCertificateRequest",
    ),
    "loadBalancingStrategies": (
        "LoadBalancingStrategy",
        "LoadBalancingStrategies",
        "LoadBalancingStrategy",
    ),
    "hsmProviders": ("HsmProvider", "HsmProviders", "HsmProvider"),
    "adminConfig": ("AdminConfiguration", "", "AdminConfiguration"),
    "httpMonitoring": ("HttpMonitoring", "", "HttpMonitoring"),
    "httpHostSource": ("HostSource", "", "HostMultiValueSource"),
    "httpIpSource": ("IpSource", "", "IpMultiValueSource"),
    "httpProtocolSource": ("ProtoSource", "", "ProtocolSource"),
    "unknownResources": ("UnknownResourceSettings", "", "UnknownResourceSettings"),
    "tokenProvider": ("TokenProviderSetting", "", "TokenProviderSetting"),
    "pingOneForCustomers": ("PingOne4C", "", "PingOne4C"),
    "pingFederateRuntime": ("PingFederateRuntime", "", "PingFederateMetadataRuntime"),
    "pingFederateAdmin": ("PingFederateAdmin", "", "PingFederateAdmin"),
    "pingFederateOAuth": ("PingFederateAccessTokens", "", "PingFederateAccessToken"),
    "oauthAuthServer": ("AuthorizationServer", "", "AuthorizationServer"),
    "adminAuthBasic": ("BasicAuth", "", "BasicConfig"),
    "adminAuthOAuth": ("OAuthAuth", "", "OAuthConfig"),
    "adminAuthOidc": ("OidcAuth", "", "OidcConfig"),
    "adminAuthWebSession": ("AdminBasicWebSession", "", "AdminBasicWebSession"),
    "oidcProvider": ("OIDCProvider", "", "OIDCProvider"),
    "pingFederate": ("PingFederate", "", "PingFederateRuntime"),
    "acmeDefaultServer": ("DefaultAcmeServer", "", "Link"),
}
"""By table: the noun of its operations, that of many (empty for a setting), and its schema."""

PARTS: Mapping[str, str] = {
    "ReplicaAdmin.certificateHash": "Hash",
    "ReplicaAdmin.keys": "PublicKey",
    "AcmeCertStatus.state": "AcmeCertState",
    "AcmeServer.acmeAccounts": "Link",
    "AdminBasicWebSession.cookieType": "WebSessionCookieType",
    "AdminWebSessionOidcConfiguration.clientCredentials": "OAuthClientCredentials",
    "Agent.certificateHash": "Hash",
    "Agent.ipSource": "IpMultiValueSource",
    "AuthenticationChallengePolicy.challengeResponseChain": "ChallengeResponseMapping",
    "AuthenticationChallengePolicy.defaultChallengeResponse": "ChallengeResponse",
    "AuthorizationServer.clientCredentials": "OAuthClientCredentials",
    "ChallengeResponse.filter": "ChallengeResponseFilter",
    "ChallengeResponse.generator": "ChallengeResponseGenerator",
    "Engine.certificateHash": "Hash",
    "Engine.keys": "PublicKey",
    "Hash.algorithm": "HashAlgorithm",
    "KeyPair.chainCertificates": "ChainCertificate",
    "LogSettings.logCategories": "Category",
    "OAuthAuthenticationConfiguration.clientCredentials": "OAuthClientCredentials",
    "OAuthConfig.accessTokenValidator": "EmbeddableAccessTokenValidator",
    "OAuthConfig.clientCredentials": "OAuthClientCredentials",
    "OAuthConfig.roleMapping": "RoleMappingConfiguration",
    "OidcConfig.oidcConfiguration": "AdminWebSessionOidcConfiguration",
    "OidcConfig.roleMapping": "RoleMappingConfiguration",
    "OptionalAttributeMapping.attributes": "Attribute",
    "PathPattern.type": "PathPatternType",
    "PolicyItem.type": "PolicyItemType",
    "PingFederateAccessToken.clientCredentials": "OAuthClientCredentials",
    "OIDCProvider.plugin": "OIDCProviderPlugin",
    "OIDCProvider.queryParameters": "QueryParameter",
    "PingFederateRuntime.application": "PingFederateRuntimeApplication",
    "PingFederateRuntimeApplication.policy": "PolicyItem",
    "PingFederateAdmin.oAuthAuthenticationConfig": "OAuthAuthenticationConfiguration",
    "QueryParamConfig.params": "QueryParamPair",
    "QueryParamName.type": "QueryParamPatternType",
    "QueryParamPair.name": "QueryParamName",
    "QueryParamPair.value": "QueryParamValue",
    "QueryParamValue.type": "QueryParamPatternType",
    "Redirect.source": "HostPort",
    "Redirect.target": "TargetHostPort",
    "RequiredAttributeMapping.attributes": "Attribute",
    "Resource.defaultAuthTypeOverride": "DefaultAuthType",
    "Resource.pathPatterns": "PathPattern",
    "RoleMappingConfiguration.administrator": "RequiredAttributeMapping",
    "RoleMappingConfiguration.auditor": "OptionalAttributeMapping",
    "RoleMappingConfiguration.platformAdmin": "OptionalAttributeMapping",
    "RuleSet.elementType": "RuleSetElementType",
    "SidebandClient.clientCredentials": "SidebandClientCredentials",
    "SidebandClientCredentials.credentialsType": "SidebandClientCredentialsType",
    "SidebandClientCredentials.sharedSecretConfig": "SidebandSharedSecretConfig",
    "TokenProviderSetting.type": "TokenProviderType",
    "UnknownResourceSettings.agentDefaultMode": "UnknownResourceMode",
    "UnknownResourceSettings.errorContentType": "ContentType",
    "WebSession.clientCredentials": "OAuthClientCredentials",
    "WebSession.cookieType": "WebSessionCookieType",
    "WebSession.sameSite": "SameSiteType",
}
"""By schema and member: the schema of a part. Of a member that is not here, its own name is it."""


def nouns(table: str, label: str) -> tuple[str, str, str]:
    """The noun of an entity's operations, that of many, and the name of its schema."""
    if table in IRREGULAR:
        return IRREGULAR[table]
    noun = "".join(word[0].upper() + word[1:] for word in label.replace("-", " ").split())
    return noun, f"{noun}s", noun


def part(owner: str, member: str) -> str:
    """The name of the schema of a member that is an object, or one of some values."""
    return PARTS.get(f"{owner}.{member}", member[0].upper() + member[1:])
