"""The exchange of a gateway credential for an access token (RFC 8693)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from zlib import crc32

from fakes.pingone.auth.tokens import Grant, token_answer
from fakes.pingone.compact import NotCompact, read
from fakes.pingone.errors import (
    OAuthRefusal,
    bad_token_request,
    malformed_subject,
    refused_subject,
)
from fakes.pingone.platform.credentials import KEY

if TYPE_CHECKING:
    from fakes.pingone.compact import Token
    from fakes.pingone.errors import Answer
    from fakes.pingone.tenant import Tenant
    from fakes.store import Row

FIELDS = ("grant_type", "subject_token_type", "subject_token")
"""The three fields of an exchange (token exchange, gateway credential)."""

_CLIENT_FIELDS = frozenset({"client_id", "client_secret"})


def exchange(tenant: Tenant, environment_id: str, form: dict[str, str]) -> Answer:
    """An access token with the roles of the gateway, for a good credential of its own."""
    text = tenant.behaviour.subject_read_as(_subject_text(tenant, form))
    try:
        claims = _subject(tenant, text).claims
        credential, gateway = _parties(tenant, claims, environment_id)
    except OAuthRefusal as refusal:
        raise _aftermath(tenant, text, refusal) from None
    if credential is not None:
        _mark_used(tenant, credential)
    behaviour = tenant.behaviour
    grant = Grant(
        environment_id,
        behaviour.exchanged_actor_claim,
        gateway["id"],
        behaviour.exchanged_lifetime_s,
        behaviour.exchanged_token_type,
    )
    return token_answer(tenant, grant)


def _subject_text(tenant: Tenant, form: dict[str, str]) -> str:
    """The subject token of a request that has what it must have, and nothing else."""
    behaviour = tenant.behaviour
    missing = [name for name in FIELDS if name not in form]
    if missing:
        raise bad_token_request("invalid_request", f"{', '.join(missing)} missing")
    if form["subject_token_type"] not in behaviour.subject_token_types:
        problem = f"subject_token_type must be {behaviour.subject_token_types[0]}"
        raise bad_token_request("invalid_request", problem)
    others = form.keys() - FIELDS - (_CLIENT_FIELDS if behaviour.exchange_wants_client else set())
    if others and behaviour.exchange_fields_exact:
        problem = f"Only {', '.join(FIELDS)} are allowed"
        raise bad_token_request("invalid_request", problem)
    return form["subject_token"]


def _subject(tenant: Tenant, text: str) -> Token:
    """The credential as a token that this service signed."""
    behaviour, unsigned = tenant.behaviour, "subject" in tenant.behaviour.unsigned_accepted
    try:
        token = read(text, unsigned=unsigned)
    except NotCompact as problem:
        raise malformed_subject(behaviour, str(problem)) from None
    algorithm = token.header.get("alg")
    if algorithm == "none" and unsigned:
        return token
    if "algorithm" in behaviour.subject_checks and algorithm != behaviour.credential_algorithm:
        wanted = behaviour.credential_algorithm
        raise malformed_subject(behaviour, f"the algorithm must be {wanted}")
    if _is_verified(tenant, token) and not behaviour.subject_genuine(tenant.seed, KEY, text):
        raise malformed_subject(behaviour, "the signature is wrong")
    return token


def _is_verified(tenant: Tenant, token: Token) -> bool:
    """Whether the signature is looked at."""
    believed = tenant.behaviour.known_ids_believed
    known = believed and _text(token.claims, "jti") in tenant.table("credentials")
    return "signature" in tenant.behaviour.subject_checks and not known


def _parties(tenant: Tenant, claims: dict[str, Any], environment_id: str) -> tuple[Row | None, Row]:
    """The credential and its gateway, both in force, in this environment."""
    behaviour, checks = tenant.behaviour, tenant.behaviour.subject_checks
    credential = tenant.table("credentials").get(_text(claims, "jti"))
    key = credential["gateway"]["id"] if credential else _text(claims, "gatewayId")
    gateway = tenant.table("gateways").get(key)
    if gateway is None:
        if "exists" in checks:
            raise refused_subject(behaviour, "the gateway is not known")
        return credential, {"id": key}
    if credential is None and "known" in checks:
        raise refused_subject(behaviour, "the credential is not known or was revoked")
    if "gateway" in checks and key != claims.get("gatewayId"):
        raise refused_subject(behaviour, "the gateway is another")
    if "environment" in checks and not (
        environment_id == claims.get("environmentId") == gateway["environment"]["id"]
    ):
        raise refused_subject(behaviour, "the environment is another")
    if "host" in checks and claims.get("authUrl", tenant.hosts.auth) != tenant.hosts.auth:
        raise refused_subject(behaviour, "the credential is for another host")
    _check_spendable(tenant, credential, gateway)
    return credential, gateway


def _check_spendable(tenant: Tenant, credential: Row | None, gateway: Row) -> None:
    behaviour = tenant.behaviour
    if "enabled" in behaviour.subject_checks and not gateway.get("enabled"):
        raise refused_subject(behaviour, "the gateway is disabled")
    kinds = behaviour.exchanged_gateway_types
    if kinds and gateway.get("type") not in kinds:
        raise refused_subject(behaviour, "the gateway has no such right")
    uses = credential.get("uses", 0) if credential else 0
    if behaviour.credential_uses is not None and uses >= behaviour.credential_uses:
        raise refused_subject(behaviour, "the credential is spent")


def _text(claims: dict[str, Any], name: str) -> str:
    value = claims.get(name)
    return value if isinstance(value, str) else ""


def _mark_used(tenant: Tenant, credential: Row) -> None:
    """One more use, and its time."""
    when, used = tenant.behaviour.last_used_updated, dict(credential)
    if when in ("always", "asked") or (when == "first" and "lastUsedAt" not in credential):
        used["lastUsedAt"] = tenant.now()
    used["uses"] = credential.get("uses", 0) + 1
    tenant.table("credentials").put(credential["id"], used)


def _aftermath(tenant: Tenant, text: str, refusal: OAuthRefusal) -> OAuthRefusal:
    """What a refusal does to the credential that the text names, and what it tells of the text."""
    behaviour = tenant.behaviour
    if behaviour.last_used_updated == "asked" or behaviour.refusal_ends_credential:
        _touch(tenant, text)
    if behaviour.refused_again_error and _refusals(tenant, text) > 1:
        refusal.code = behaviour.refused_again_error
    shows, shown = behaviour.refusal_shows_subject, text.encode("ascii", "backslashreplace")
    if "description" in shows:
        refusal.message += f": {text}"
    if "part" in shows:
        refusal.message += f": {text.split('.')[1:2]}"
    if "header" in shows:
        header = ("X-Subject-Token", shown.replace(b"\r", b"").replace(b"\n", b"").decode("ascii"))
        refusal.headers = (*refusal.headers, header)
    return refusal


def _touch(tenant: Tenant, text: str) -> None:
    try:
        key = _text(read(text, unsigned=True).claims, "jti")
    except NotCompact:
        return
    credential = tenant.table("credentials").get(key)
    if credential is None:
        return
    if tenant.behaviour.refusal_ends_credential:
        tenant.table("credentials").delete(key)
    else:
        _mark_used(tenant, credential)


def _refusals(tenant: Tenant, text: str) -> int:
    """How often the same text was refused, this time included."""
    key = crc32(text.encode("utf-8", "surrogatepass"))
    row = tenant.table("refusals").get(key)
    times = row["times"] + 1 if row else 1
    tenant.table("refusals").put(key, {"times": times})
    return times
