"""What public clients send to change each of the settings, as `client_lives` has it of objects."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakes.tests.client_lives import Life, fixed
from fakes.tests.client_values import CREDENTIAL_SECRETS, CREDENTIALS

if TYPE_CHECKING:
    Body = dict[str, Any]


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
