"""The plugins that map identities, read access tokens, sign on at sites, and hold keys."""

from __future__ import annotations

from fakes.pingaccess.plugins.fields import Field, Plugin

_CLIENT = "test data of public clients of the admin API; labels and what is required assumed"
_EXCLUDED = (
    Field("exclusionList", "Exclusion List", "CHECKBOX", default=False, advanced=True),
    Field("exclusionListAttributes", "Excluded Attributes", "LIST", default=(), advanced=True),
    Field("exclusionListSubject", "Subject Attribute Name", advanced=True),
)
_SUBJECT = Field("subject", "Subject", "CHECKBOX", default=False)

IDENTITY_MAPPINGS = (
    Plugin(
        "HeaderIdentityMapping",
        "Header Identity Mapping",
        "com.pingidentity.pa.identitymappings.HeaderIdentityMapping",
        (
            *_EXCLUDED,
            Field("headerNamePrefix", "Header Name Prefix", advanced=True),
            Field(
                "attributeHeaderMappings",
                "Attribute to Header Mapping",
                "TABLE",
                default=(),
                fields=(
                    _SUBJECT,
                    Field("attributeName", "Attribute Name", required=True),
                    Field("headerName", "Header Name", required=True),
                ),
            ),
            Field(
                "headerClientCertificateMappings",
                "Certificate to Header Mapping",
                "TABLE",
                default=(),
                fields=(Field("headerName", "Header Name", required=True),),
            ),
        ),
        "observed",
        _CLIENT,
    ),
    Plugin(
        "JwtIdentityMapping",
        "JWT Identity Mapping",
        "com.pingidentity.pa.identitymappings.JwtIdentityMapping",
        (
            Field("mapAsBearerToken", "Map as Bearer Token", "CHECKBOX", default=False),
            Field("headerName", "Header Name"),
            Field("audience", "Audience", required=True),
            *_EXCLUDED,
            Field(
                "attributeMappings",
                "Attribute to Claim Mapping",
                "TABLE",
                default=(),
                fields=(
                    _SUBJECT,
                    Field("userAttributeName", "User Attribute Name", required=True),
                    Field("jwtClaimName", "JWT Claim Name", required=True),
                ),
            ),
            Field("cacheJwt", "Cache JWT", "CHECKBOX", default=True, advanced=True),
            Field("clientCertificateJwtClaimName", "Certificate to Claim Mapping"),
            Field("maxDepth", "Client Certificate Chain Max Depth", default=1, span=(1, 100)),
        ),
        "observed",
        _CLIENT,
    ),
    Plugin(
        "WebSessionAccessTokenIdentityMapping",
        "Web Session Access Token Identity Mapping",
        "com.pingidentity.pa.identitymappings.WebSessionAccessTokenIdentityMapping",
        (),
        "observed",
        "an example of the vendor's Terraform provider (class name); keys unknown",
    ),
)

ACCESS_TOKEN_VALIDATORS = (
    Plugin(
        "JwksEndpoint",
        "JWKS Endpoint",
        "com.pingidentity.pa.accesstokenvalidators.JwksEndpoint",
        (
            Field("description", "Description"),
            Field("path", "JWKS Endpoint Path", required=True),
            Field("subjectAttributeName", "Subject Attribute Name"),
            Field("issuer", "Issuer"),
            Field("audience", "Audience"),
        ),
        "observed",
        _CLIENT + "; admin API 7.3, AccessTokenValidator, names them",
    ),
)

MORE_SITE_AUTHENTICATORS = (
    Plugin(
        "MutualTlsSiteAuthenticator",
        "Mutual TLS",
        "com.pingidentity.pa.siteauthenticators.MutualTlsSiteAuthenticator",
        (Field("keyPairId", "Key Pair", "SELECT", required=True, refers="keyPairs"),),
        "observed",
        _CLIENT,
    ),
    Plugin(
        "TokenMediatorSiteAuthenticator",
        "Token Mediator",
        "com.pingidentity.pa.siteauthenticators.TokenMediatorSiteAuthenticator",
        (),
        "observed",
        "test data of a public client of the admin API (class name); keys unknown",
    ),
)

HSM_PROVIDERS = (
    Plugin(
        "AwsCloudHsmProvider",
        "AWS CloudHSM Provider",
        "com.pingidentity.pa.hsm.cloudhsm.plugin.AwsCloudHsmProvider",
        (
            Field("user", "User", required=True),
            Field("password", "Password", "CONCEALED", required=True),
            Field("partition", "Partition", required=True),
        ),
        "observed",
        _CLIENT,
    ),
    Plugin(
        "PKCS11HsmProvider",
        "PKCS #11 HSM Provider",
        "com.pingidentity.pa.hsm.pkcs11.plugin.PKCS11HsmProvider",
        (
            Field("slotId", "Slot ID", required=True),
            Field("password", "Password", "CONCEALED", required=True),
            Field("library", "Library", required=True),
        ),
        "observed",
        _CLIENT,
    ),
)

OIDC_PROVIDERS = (
    Plugin(
        "AzureAd",
        "Microsoft Azure AD",
        "com.pingidentity.pa.oidcproviders.AzureAdOidcProvider",
        (),
        "assumed",
        "the release notes of 7.3.1 name it as a common token provider; all names assumed",
    ),
)
