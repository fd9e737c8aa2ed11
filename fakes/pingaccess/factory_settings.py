"""Settings of a new product that are only exported: as in every export seen of 6.0 to 7.0.4."""

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
    "adminAuthBasic": {"enabled": True},
    "adminAuthWebSession": {
        "sessionPollIntervalInSeconds": 10,
        "expirationWarningInMinutes": 1,
        "audience": "PingAccessUI",
        "cookieDomain": None,
        "cookieType": "Encrypted",
        "idleTimeoutInMinutes": 30,
        "sessionTimeoutInMinutes": 240,
    },
    "authTokenMgmt": {
        "keyRollEnabled": True,
        "keyRollPeriodInHours": 24,
        "issuer": "PingAccessAuthToken",
        "signingAlgorithm": "P-256",
    },
    "engineListeners": [
        {
            "id": 1,
            "name": "Default Engine Listener",
            "port": 3000,
            "secure": True,
            "trustedCertificateGroupId": 0,
        }
    ],
    "httpHostSource": {"headerNameList": ["X-Forwarded-Host", "Host"], "listValueLocation": "LAST"},
    "httpIpSource": {
        "headerNameList": ["X-Forwarded-For"],
        "listValueLocation": "LAST",
        "fallbackToLastHopIp": True,
    },
    "httpMonitoring": {"auditLevel": "OFF"},
    "httpProtocolSource": {"headerName": "X-Forwarded-Proto"},
    "oauthKeyMgmt": {"keyRollEnabled": True, "keyRollPeriodInHours": 24},
    "reservedApplication": {"contextRoot": "/pa"},
    "tokenProvider": {"useThirdParty": False, "type": "PingFederate"},
    "unknownResources": {
        "errorStatusCode": 403,
        "errorTemplateFile": "general.error.page.template.html",
        "errorContentType": "HTML",
        "agentDefaultMode": "DENY",
        "agentDefaultCacheTTL": 900,
        "auditLevel": "ON",
    },
    "webSessionMgmt": {
        "keyRollEnabled": True,
        "keyRollPeriodInHours": 24,
        "issuer": "PingAccess",
        "signingAlgorithm": "P-256",
        "cookieName": "PA",
        "sessionStateCookieName": "PA_STATE",
        "updateTokenWindowInSeconds": 60,
        "encryptionAlgorithm": "A128CBC-HS256",
        "nonceCookieTimeToLiveInMinutes": 5,
    },
}
"""By section; key pairs and what needs them are left out: a new product makes its own."""
