"""Defects of the token service: clients, access tokens, metadata."""

from __future__ import annotations

from fakes.behaviour import Defect
from fakes.pingone.behaviour import CORRECT
from fakes.pingone.defects.wrong import (
    lacking,
    same_beginning,
    same_but_for_case,
    without,
)

TOKENS = (
    Defect(
        "P1-D-101",
        "A worker's token is of no known type",
        "P1-TOKEN-001",
        "worker_token_type",
        "N_A",
    ),
    Defect(
        "P1-D-102",
        "An access token does not name its key",
        "P1-TOKEN-002",
        "access_token_header",
        lacking(CORRECT.access_token_header, "kid"),
    ),
    Defect(
        "P1-D-103",
        "An access token is of no organization",
        "P1-TOKEN-003",
        "access_token_claims",
        lacking(CORRECT.access_token_claims, "org"),
    ),
    Defect(
        "P1-D-104",
        "An access token has another request id than its own",
        "P1-TOKEN-003",
        "request_id_is_jti",
        False,
    ),
    Defect(
        "P1-D-105",
        "An answer promises two hours of a token that has less",
        "P1-TOKEN-004",
        "expires_in_shown",
        7200,
    ),
    Defect(
        "P1-D-106",
        "The published key is that of gateway credentials",
        "P1-TOKEN-005",
        "published_key",
        "pingone-gateways",
    ),
    Defect(
        "P1-D-107",
        "The published key holds its private exponent",
        "P1-TOKEN-005",
        "jwk_members",
        (*CORRECT.jwk_members, "d"),
    ),
    Defect(
        "P1-D-108",
        "Discovery names another token endpoint",
        "P1-TOKEN-006",
        "token_endpoint_path",
        "/token.oauth2",
    ),
    Defect(
        "P1-D-109",
        "The issuer of the RFC 8414 metadata ends with a slash",
        "P1-TOKEN-006",
        "metadata_issuer_end",
        "/",
    ),
    Defect(
        "P1-D-110",
        "Discovery does not list client_credentials",
        "P1-TOKEN-006",
        "grants_listed",
        lacking(CORRECT.grants_listed, "client_credentials"),
    ),
    Defect(
        "P1-D-111",
        "The case of a secret does not matter",
        "P1-TOKEN-007",
        "secret_matches",
        same_but_for_case,
    ),
    Defect(
        "P1-D-112",
        "The beginning of a secret is enough",
        "P1-TOKEN-007",
        "secret_matches",
        same_beginning,
    ),
    Defect(
        "P1-D-113",
        "A refused client is given no correlation id",
        "P1-TOKEN-008",
        "correlation_in_description",
        False,
    ),
    Defect(
        "P1-D-114",
        "A client is known in every environment",
        "P1-TOKEN-009",
        "client_checks",
        without(CORRECT.client_checks, "environment"),
    ),
    Defect(
        "P1-D-115",
        "The error tells that a client does not exist",
        "P1-TOKEN-009",
        "unknown_client_error",
        "unauthorized_client",
    ),
    Defect(
        "P1-D-116",
        "Any authentication method is taken from any client",
        "P1-TOKEN-010",
        "client_checks",
        without(CORRECT.client_checks, "method"),
    ),
    Defect(
        "P1-D-117",
        "An unknown grant type is told as another error",
        "P1-TOKEN-011",
        "unsupported_grant_error",
        "invalid_request",
    ),
    Defect(
        "P1-D-118",
        "A token request may be JSON",
        "P1-TOKEN-011",
        "form_types",
        CORRECT.form_types | {"application/json"},
    ),
    Defect("P1-D-119", "A token may be stored by caches", "P1-TOKEN-012", "token_headers", ()),
    Defect(
        "P1-D-120",
        "A token may be stored by caches, if they ask before they use it",
        "P1-TOKEN-012",
        "token_headers",
        (("Cache-Control", "no-cache"), ("Pragma", "no-cache")),
    ),
    Defect(
        "P1-D-121",
        "A worker's token is good for the console too",
        "P1-TOKEN-013",
        "token_audience",
        ("api", "console"),
    ),
    Defect("P1-D-122", "A worker's token has a scope", "P1-TOKEN-013", "worker_scope", "openid"),
    Defect(
        "P1-D-123",
        "The key of the next rotation is published, and the one that signs is not",
        "P1-TOKEN-005",
        "jwks_keys",
        frozenset({"next"}),
    ),
)
"""P1-TOKEN."""
