"""A bearer token as a login: read by the validator of /auth/oauth (D90 pa_configuring_api_authn).

Only a validator of the admin API's own is modelled, which fetches a JWK Set from a third-party
service; the token provider's introspection is not, so that without a validator no token is good.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import httpx

from fakes.pingaccess.access.administration import OAUTH
from fakes.pingaccess.access.roles import ADMINISTRATOR, AUDITOR, PLATFORM_ADMIN, Caller
from fakes.pingaccess.connections.compact import Unreadable, json_object, unpacked
from fakes.pingaccess.connections.connections import trust_without_names
from fakes.pingaccess.decisions.parts import CORRECT_PARTS
from fakes.pingaccess.objects.settings import current
from fakes.pingaccess.outbound import Unanswered, answered
from fakes.pingaccess.problems import Refusal, not_logged_in
from fakes.pingaccess.providers.proxied import proxy_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fakes.pingaccess.state import State

    Claims = Mapping[str, Any]

_ALGORITHMS = ["RS256", "RS384", "RS512", "ES256", "ES384", "ES512", "PS256", "PS384", "PS512"]
_REFUSALS = "bearerRefusals"
_MAPPED = (
    (ADMINISTRATOR, "administrator"),
    (PLATFORM_ADMIN, "platformAdmin"),
    (AUDITOR, "auditor"),
)


def bearer_of(state: State, token: str) -> Caller:
    """Whose token it is; Refusal where /auth/oauth is off or the token is not good."""
    settings = current(state, OAUTH)
    if not (settings["enabled"] and state.behaviour.bearer_taken):
        raise not_logged_in(state.behaviour, state.behaviour.login_status_malformed)
    part = settings["accessTokenValidator"]
    claims = _claims(state, token, part["configuration"] or {}) if part else None
    if claims is None or _is_locked(state) or not _has_scope(state, claims, settings["scope"]):
        raise _refused(state, token)
    split, roles = _roles(state, settings["roleMapping"], claims)
    if not roles:
        raise Refusal(state.behaviour.forbidden_status, ["No role is mapped to your token."])
    return Caller(0, _subject(settings, part, claims), roles, split)


def _refused(state: State, token: str) -> Refusal:
    """The refusal of a token that is not good; counted where that matters."""
    behaviour = state.behaviour
    if behaviour.bearer_refusals_most is not None:
        state.store.table(_REFUSALS).put("refused", {"count": _refusals(state) + 1})
    refusal = not_logged_in(behaviour, behaviour.login_status)
    if not behaviour.bearer_refusal_shows:
        return refusal
    return Refusal(behaviour.login_status, [f"{token} is no login."], headers=refusal.headers)


def _is_locked(state: State) -> bool:
    """Whether more tokens were refused than may be."""
    most = state.behaviour.bearer_refusals_most
    return most is not None and _refusals(state) > most


def _refusals(state: State) -> int:
    row = state.store.table(_REFUSALS).get("refused")
    return int(row["count"]) if row else 0


def _claims(state: State, token: str, validator: Mapping[str, Any]) -> Claims | None:
    """The claims of a token that is good; None of one that is not."""
    import jwt  # noqa: PLC0415 - most fakes never see a bearer token

    checks = state.behaviour.bearer_checks
    signed = "signature" in checks
    try:
        if state.behaviour.bearer_read_strictly:
            _read_strictly(token)
        key = _key(state, token, validator) if signed else ""
        claims: dict[str, Any] = jwt.decode(
            token,
            key,
            algorithms=_ALGORITHMS,
            issuer=(validator.get("issuer") or None) if "issuer" in checks else None,
            audience=(validator.get("audience") or None) if "audience" in checks else None,
            options={
                "verify_signature": signed,
                "verify_exp": False,
                "verify_nbf": False,
                "verify_iat": False,
                "verify_iss": "issuer" in checks and bool(validator.get("issuer")),
                "verify_aud": "audience" in checks and bool(validator.get("audience")),
            },
        )
    except (jwt.PyJWTError, _NoKey, Unreadable, ValueError, TypeError, RecursionError):
        return None
    return claims if "expiry" not in checks or _is_of_now(state, claims) else None


def _read_strictly(token: str) -> None:
    """Holds for three canonical segments around JSON objects (RFC 7515 sections 2 and 5.2).

    PyJWT drops padding, and guesses the encoding of JSON. As strict as with credentials, whatever a
    behaviour forgives there.
    """
    header, payload, signature = token.split(".")
    unpacked(signature, CORRECT_PARTS)
    json_object(unpacked(payload, CORRECT_PARTS), CORRECT_PARTS)
    if "b64" in json_object(unpacked(header, CORRECT_PARTS), CORRECT_PARTS):
        raise Unreadable("says b64, which no JWT needs")  # RFC 7797 sections 6 and 7


def _is_of_now(state: State, claims: Claims) -> bool:
    """Whether the token has begun and has not ended (RFC 7519 sections 4.1.4 and 4.1.5)."""
    now_s, ends_s, begins_s = state.clock.now_s(), claims.get("exp"), claims.get("nbf", 0)
    times = isinstance(ends_s, int | float) and isinstance(begins_s, int | float)
    return bool(times and begins_s <= now_s < ends_s)  # type: ignore[operator]


class _NoKey(Exception):  # noqa: N818 - names what is missing
    """The JWK Set cannot be had, or has no key for the token."""


def _key(state: State, token: str, validator: Mapping[str, Any]) -> Any:
    import jwt  # noqa: PLC0415 - loaded by then

    wanted = jwt.get_unverified_header(token).get("kid")
    for jwk in _key_set(state, validator):
        if isinstance(jwk, dict) and (wanted is None or jwk.get("kid") == wanted):
            return jwt.PyJWK.from_dict(jwk).key
    raise _NoKey


def _key_set(state: State, validator: Mapping[str, Any]) -> list[Any]:
    """The keys at the validator's path of its third-party service (asked each time)."""
    service = state.store.table("thirdPartyServices").get(validator.get("thirdPartyService") or "")
    if service is None:
        raise _NoKey
    client = state.network.client(
        trust_without_names(state, service),
        proxy_of(state, service, secure=bool(service["secure"])),
    )
    scheme = "https" if service["secure"] else "http"
    url = f"{scheme}://{service['targets'][0]}{validator.get('path') or ''}"
    try:
        request = httpx.Request("GET", url, headers={"Accept": "application/json"})
        answer = answered(client, request, state.behaviour.spending_answer_bytes)
        keys = json.loads(answer.body)["keys"] if answer.status == httpx.codes.OK else None
    except (Unanswered, httpx.InvalidURL, ValueError, KeyError, TypeError, RecursionError):
        raise _NoKey from None
    if not isinstance(keys, list):
        raise _NoKey
    return keys


def _has_scope(state: State, claims: Claims, wanted: str) -> bool:
    """Whether the token has the scope (RFC 8693 section 4.2: names with spaces between)."""
    if "scope" not in state.behaviour.bearer_checks:
        return True
    scope = claims.get("scope", "")
    names = scope.split() if isinstance(scope, str) else scope
    return isinstance(names, list) and wanted in names


def _subject(settings: Mapping[str, Any], part: Mapping[str, Any], claims: Claims) -> str:
    configuration = part["configuration"] or {}
    named = settings["subjectAttributeName"] or configuration.get("subjectAttributeName") or "sub"
    return str(claims.get(str(named), ""))


def _roles(
    state: State, mapping: Mapping[str, Any] | None, claims: Claims
) -> tuple[bool, frozenset[str]]:
    """Whether there are platform administrators, and the roles that the claims give.

    Without a mapping everybody is an administrator (assumed).
    """
    if not mapping or not mapping.get("enabled"):
        return False, frozenset({ADMINISTRATOR})
    split = bool((mapping.get("platformAdmin") or {}).get("enabled"))
    return split, frozenset(
        role
        for role, member in _MAPPED
        if _is_mapped(state, mapping.get(member), claims, always=role == ADMINISTRATOR)
    )


def _is_mapped(
    state: State, mapping: Mapping[str, Any] | None, claims: Claims, *, always: bool
) -> bool:
    if not mapping or not (always or mapping.get("enabled")):
        return False
    held = [_holds(claims, pair) for pair in mapping.get("attributes") or ()]
    return bool(held) and (all(held) if state.behaviour.bearer_roles_all else any(held))


def _holds(claims: Claims, pair: Mapping[str, Any]) -> bool:
    value = claims.get(pair["attributeName"])
    values = value if isinstance(value, list) else [value]
    return pair["attributeValue"] in [str(one) for one in values if one is not None]
