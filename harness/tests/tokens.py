"""A gateway credential as PingOne documents it, signed by an issuer of these tests."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key

from harness import jose

ISSUER_KEY = generate_private_key(65537, 2048)
"""Made anew for every run: nothing here depends on its value."""

ISSUER = jose.rs256_signer(ISSUER_KEY)

CREDENTIAL = jose.Draft(
    header=(("alg", "RS256"),),
    claims=(
        ("aud", "https://api.pingone.com"),
        ("authUrl", "https://auth.pingone.com"),
        ("consoleUrl", "https://console.pingone.com"),
        ("environmentId", "3c8f6f4c-9f0a-4a53-9d5e-0a7d7b1f2c11"),
        ("environmentName", "Sandbox"),
        ("gatewayId", "5d1a7e0b-2f64-4c0e-8d39-6b1f0c9e7a22"),
        ("gatewayName", "canary of the tests"),
        ("gatewayType", "PING_FEDERATE"),
        ("iat", 1_767_225_600),
        ("iss", "wss://gateways.pingone.com"),
        ("jti", "7e2b8f1c-3a75-4d1f-9e4a-7c2f1d0e8b33"),
        ("organizationId", "9f3c9a2d-4b86-4e2a-8f5b-8d3a2e1f9c44"),
        ("organizationName", "Example"),
    ),
).compact(ISSUER)

VECTORS = Path(__file__).parents[3] / "shared" / "vectors"
"""Public test vectors beside the project, where there are any."""


def vectors(name: str) -> Any:
    """The JSON of one file of vectors; the test is skipped where it is absent."""
    path = VECTORS / name
    if not path.exists():
        pytest.skip(f"no vectors beside the project: {name}")
    return json.loads(path.read_text("utf-8"))


def folder(pattern: str) -> list[Path]:
    """The files of vectors that match; the test is skipped where there are none."""
    found = sorted(VECTORS.glob(pattern))
    if not found:
        pytest.skip(f"no vectors beside the project: {pattern}")
    return found
