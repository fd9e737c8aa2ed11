"""The exchange of a gateway credential for an access token (RFC 8693)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakes.pingone.compact import NotCompact, genuine, read
from fakes.pingone.credentials import KEY
from fakes.pingone.errors import bad_token_request, malformed_subject, refused_subject
from fakes.pingone.tokens import token_answer

if TYPE_CHECKING:
    from fakes.pingone.compact import Token
    from fakes.pingone.errors import Answer
    from fakes.pingone.tenant import Tenant
    from fakes.store import Row

FIELDS = ("grant_type", "subject_token_type", "subject_token")
"""The three fields of an exchange (token exchange, gateway credential)."""

CREDENTIAL_TYPE = "pingone_gateway_credential"
"""subject_token_type of a gateway credential; a bare word, not a URN."""


def exchange(tenant: Tenant, environment_id: str, form: dict[str, str]) -> Answer:
    """An access token with the roles of the gateway, for a good credential of its own."""
    claims = _subject(tenant, _subject_text(tenant, form)).claims
    credential, gateway = _parties(tenant, claims, environment_id)
    if credential is not None:
        _mark_used(tenant, credential)
    actor = {tenant.behaviour.exchanged_actor_claim: gateway["id"]}
    lifetime_s = tenant.behaviour.exchanged_lifetime_s
    return token_answer(tenant, environment_id, actor, lifetime_s)


def _subject_text(tenant: Tenant, form: dict[str, str]) -> str:
    """The subject token of a request that has what it must have, and nothing else."""
    missing = [name for name in FIELDS if name not in form]
    if missing:
        raise bad_token_request("invalid_request", f"{', '.join(missing)} missing")
    if form["subject_token_type"] != CREDENTIAL_TYPE:
        problem = f"subject_token_type must be {CREDENTIAL_TYPE}"
        raise bad_token_request("invalid_request", problem)
    if tenant.behaviour.exchange_fields_exact and len(form) != len(FIELDS):
        problem = f"Only {', '.join(FIELDS)} are allowed"
        raise bad_token_request("invalid_request", problem)
    return form["subject_token"]


def _subject(tenant: Tenant, text: str) -> Token:
    """The credential as a token that this service signed."""
    checks = tenant.behaviour.subject_checks
    try:
        token = read(text)
    except NotCompact as problem:
        raise malformed_subject(tenant.behaviour, str(problem)) from None
    if "algorithm" in checks and token.header.get("alg") != "RS256":
        raise malformed_subject(tenant.behaviour, "the algorithm must be RS256")
    if "signature" in checks and not genuine(tenant.seed, KEY, text):
        raise malformed_subject(tenant.behaviour, "the signature is wrong")
    return token


def _parties(tenant: Tenant, claims: dict[str, Any], environment_id: str) -> tuple[Row | None, Row]:
    """The credential and its gateway, both in force, in this environment."""
    behaviour, checks = tenant.behaviour, tenant.behaviour.subject_checks
    credential = tenant.table("credentials").get(_text(claims, "jti"))
    if credential is None and "known" in checks:
        raise refused_subject(behaviour, "the credential is not known or was revoked")
    key = credential["gateway"]["id"] if credential else _text(claims, "gatewayId")
    gateway = tenant.table("gateways").get(key)
    if gateway is None or ("gateway" in checks and key != claims.get("gatewayId")):
        raise refused_subject(behaviour, "the gateway is not known")
    if "enabled" in checks and not gateway["enabled"]:
        raise refused_subject(behaviour, "the gateway is disabled")
    if behaviour.exchanged_gateway_types and gateway["type"] not in (
        behaviour.exchanged_gateway_types
    ):
        raise refused_subject(behaviour, "the gateway has no such right")
    if "environment" in checks and not (
        environment_id == claims.get("environmentId") == gateway["environment"]["id"]
    ):
        raise refused_subject(behaviour, "the environment is another")
    return credential, gateway


def _text(claims: dict[str, Any], name: str) -> str:
    value = claims.get(name)
    return value if isinstance(value, str) else ""


def _mark_used(tenant: Tenant, credential: Row) -> None:
    when = tenant.behaviour.last_used_updated
    if when == "always" or (when == "first" and "lastUsedAt" not in credential):
        used = {**credential, "lastUsedAt": tenant.clock.iso()}
        tenant.table("credentials").put(credential["id"], used)
