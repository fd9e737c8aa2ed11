"""Credentials written by hand: any header, any payload, no key."""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from typing import Any

ENVIRONMENT = "3d0e6e0c-4b0c-4f0d-9c53-0b6f7f1a2b11"
GATEWAY = "7c1d2a54-90aa-4b7e-8d2e-1f6b5e4d3c22"
CREDENTIAL = "b0a1c2d3-e4f5-4a6b-8c7d-9e8f7a6b5c33"
CLAIMS: dict[str, Any] = {
    "aud": "https://api.pingone.com",
    "authUrl": "https://auth.pingone.com",
    "consoleUrl": "https://console.pingone.com",
    "environmentId": ENVIRONMENT,
    "environmentName": "Sandbox",
    "gatewayId": GATEWAY,
    "gatewayName": "PingAccess",
    "gatewayType": "PING_FEDERATE",
    "iat": 1_767_225_600,
    "iss": "wss://gateways.pingone.com",
    "jti": CREDENTIAL,
    "organizationId": "5e4d3c2b-1a09-4f8e-8d7c-6b5a49382711",
    "organizationName": "Canary Ltd",
    "targetClusterEnvironment": "PROD",
    "targetGeography": "NA",
}
SIGNATURE = bytes(range(256))


def b64(raw: bytes) -> str:
    """Base64url without padding."""
    return urlsafe_b64encode(raw).rstrip(b"=").decode("ascii")


def compact(header: bytes, payload: bytes, signature: bytes = SIGNATURE) -> str:
    """Three segments of exactly these bytes."""
    return f"{b64(header)}.{b64(payload)}.{b64(signature)}"


def token(header: object = None, **claims: Any) -> str:
    """A credential with these claims changed; those that are `...` are left out."""
    changed = {name: value for name, value in {**CLAIMS, **claims}.items() if value is not ...}
    head = {"alg": "RS256"} if header is None else header
    return compact(json.dumps(head).encode(), json.dumps(changed).encode())
