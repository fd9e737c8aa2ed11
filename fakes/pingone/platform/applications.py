"""Applications that speak OpenID Connect: workers, and those that users log in to."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from fakes.clock import iso
from fakes.pingone.auth.scopes import of_application
from fakes.pingone.drafts import Complaints, Draft
from fakes.pingone.errors import Answer, not_implemented
from fakes.pingone.platform import assignments
from fakes.seed import Stream

if TYPE_CHECKING:
    from fakes.pingone.tenant import Call, Tenant
    from fakes.store import Row

TYPES = ("WEB_APP", "NATIVE_APP", "SINGLE_PAGE_APP", "WORKER", "SERVICE", "CUSTOM_APP")
GRANTS = (
    "AUTHORIZATION_CODE",
    "IMPLICIT",
    "REFRESH_TOKEN",
    "CLIENT_CREDENTIALS",
    "DEVICE_CODE",
    "TOKEN_EXCHANGE",
)
METHODS = (
    "NONE",
    "CLIENT_SECRET_BASIC",
    "CLIENT_SECRET_POST",
    "CLIENT_SECRET_JWT",
    "PRIVATE_KEY_JWT",
)
_SECRETS = frozenset({"secret", "previous"})
_NUMBERS = (
    ("refreshTokenDuration", 60, 2_147_483_647),
    ("refreshTokenRollingDuration", 60, 2_147_483_647),
    ("refreshTokenRollingGracePeriodDuration", 0, 86_400),
    ("deviceTimeout", 1, 3600),
    ("devicePollingInterval", 1, 60),
    ("parTimeout", 1, 600),
)
"""Members that are numbers, with their limits (SDK ApplicationOIDC)."""


def get_applications(tenant: Tenant, call: Call) -> Answer:
    """The environment's applications, without secrets."""
    rows = tenant.rows("applications", call.environment_id)
    items = [_shown(tenant, row, "list") for row in rows]
    return tenant.collection("applications", items, call.environment_id, "applications")


def add_application(tenant: Tenant, call: Call) -> Answer:
    """A new application with a secret of its own (201)."""
    row, now = _drafted(tenant, call, None), tenant.now()
    given = {"id": tenant.new_id(), "environment": {"id": call.environment_id}}
    dates = {"createdAt": now, "updatedAt": now, "secret": new_secret(tenant)}
    saved = tenant.save("applications", {**given, **row, **dates})
    if saved["type"] == "WORKER" and _inherits(tenant, call):
        _inherit(tenant, saved, call.actor)
    return tenant.created("applications", _shown(tenant, saved, "create"))


def get_application(tenant: Tenant, call: Call) -> Answer:
    """One application, without its secret."""
    return Answer(200, _shown(tenant, _application(tenant, call), "read"))


def update_application(tenant: Tenant, call: Call) -> Answer:
    """The application, replaced; its secret and its type stay."""
    old = _application(tenant, call)
    kept = {
        name: old[name] for name in ("id", "environment", "createdAt", *_SECRETS) if name in old
    }
    row = {**kept, **_drafted(tenant, call, old), "updatedAt": tenant.now()}
    return Answer(200, _shown(tenant, tenant.save("applications", row, old), "update"))


def delete_application(tenant: Tenant, call: Call) -> Answer:
    """204: the application, its grants and its roles are gone."""
    row = _application(tenant, call)
    answer = tenant.forget("applications", row["id"])
    for grant in tenant.table("grants").named(of_application, row["id"]):
        tenant.table("grants").delete(grant["id"])
    assignments.drop(tenant, row["id"])
    assignments.drop_scope(tenant, row["id"])
    return answer


def get_application_secret(tenant: Tenant, call: Call) -> Answer:
    """The secret, and the one before it while that is good."""
    return Answer(200, secret_shown(tenant, _application(tenant, call)))


def rotate_application_secret(tenant: Tenant, call: Call) -> Answer:
    """A new secret (200); the one before it stays good until `previous.expiresAt`, if given."""
    return rotated(tenant, call, "applications", _application(tenant, call))


def rotated(tenant: Tenant, call: Call, table: str, old: Row) -> Answer:
    """The answer to a new secret of an application or resource."""
    until_s = _until_s(tenant, call)
    before = {"secret": old["secret"], "ends_s": until_s}
    row = {**old, "secret": new_secret(tenant), "previous": before if until_s else None}
    saved = {name: row[name] for name in row if row[name] is not None}
    return Answer(200, secret_shown(tenant, tenant.table(table).put(old["id"], saved)))


def secret_shown(tenant: Tenant, row: Row) -> dict[str, Any]:
    """A secret, and the one before it while that is good (SDK ApplicationSecret)."""
    body: dict[str, Any] = {"environment": row["environment"], "secret": row["secret"]}
    before = row.get("previous")
    if before is not None and tenant.clock.now_s() < before["ends_s"]:
        body["previous"] = {"secret": before["secret"], "expiresAt": iso(before["ends_s"])}
    return body


def new_secret(tenant: Tenant) -> str:
    """A secret that was never given before."""
    return Stream(tenant.seed, f"pingone/secret/{tenant.new_id()}").token(64)


def _until_s(tenant: Tenant, call: Call) -> float | None:
    """When the secret before ends, as the body says."""
    complaints = Complaints(tenant.behaviour)
    inner = Draft(call.body, complaints).inner("previous")
    text = inner.text("expiresAt") if inner else None
    moment_s = None
    if inner is not None and text is not None:
        try:
            moment = datetime.fromisoformat(text)
            moment_s = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
        except (ValueError, OverflowError):
            inner.complain("INVALID_VALUE", "expiresAt", "must be a date and time")
    complaints.settle()
    return moment_s


def _inherits(tenant: Tenant, call: Call) -> bool:
    """Whether a new worker takes over the roles of who makes it."""
    wanted = call.body.get("assignActorRoles")
    return tenant.behaviour.worker_inherits_roles if wanted is None else bool(wanted)


def _inherit(tenant: Tenant, row: Row, creator: str) -> None:
    """The roles of the creator, wherever they reach (worker application permissions)."""
    home = row["environment"]["id"]
    for one in assignments.of(tenant, creator):
        role, scope = {**one["role"], "name": one["name"]}, one["scope"]
        holder = ("applications", row["id"])
        assignments.grant(tenant, holder, home, role, scope["id"], scope["type"])


def _application(tenant: Tenant, call: Call) -> Row:
    return tenant.row("applications", call.ids[1], call.environment_id)


def _shown(tenant: Tenant, row: Row, act: str) -> dict[str, Any]:
    links = tenant.links(
        row["environment"]["id"],
        "applications",
        row["id"],
        more=("secret", "grants", "roleAssignments"),
    )
    body = {"_links": links, **{name: row[name] for name in row if name not in _SECRETS}}
    return tenant.told("applications", act, body)


def _drafted(tenant: Tenant, call: Call, old: Row | None) -> dict[str, Any]:
    """What the body says of an application; raises the refusal with every complaint."""
    complaints = Complaints(tenant.behaviour)
    draft = Draft(call.body, complaints)
    row: dict[str, Any] = {
        "name": draft.text("name", required=True, limit=256),
        "description": draft.text("description", limit=tenant.behaviour.description_limit),
        "enabled": draft.flag("enabled", required=True),
        "type": draft.choice("type", TYPES, required=True),
        "protocol": draft.choice("protocol", ("OPENID_CONNECT", "SAML"), required=True),
    }
    if row["protocol"] == "SAML":
        raise not_implemented("applications of another protocol than OPENID_CONNECT")
    if old is not None and row["type"] not in (None, old["type"]):
        draft.complain("INVALID_VALUE", "type", "cannot be changed", allowedValues=[old["type"]])
    draft.flag("assignActorRoles")
    row.update(_openid(draft))
    row.update(_uris(draft))
    row.update({name: draft.number(name, low, high) for name, low, high in _NUMBERS})
    _check_keys(draft, row)
    complaints.settle()
    return {name: value for name, value in row.items() if value is not None}


def _openid(draft: Draft) -> dict[str, Any]:
    """Grants, response types, method and what enforces PKCE."""
    enforcements = ("OPTIONAL", "REQUIRED", "S256_REQUIRED")
    replay = "additionalRefreshTokenReplayProtectionEnabled"
    return {
        "grantTypes": _chosen(draft, "grantTypes", GRANTS, required=True),
        "responseTypes": _chosen(draft, "responseTypes", ("CODE", "TOKEN", "ID_TOKEN")) or None,
        "tokenEndpointAuthMethod": draft.choice("tokenEndpointAuthMethod", METHODS, required=True),
        "pkceEnforcement": draft.choice("pkceEnforcement", enforcements),
        "parRequirement": draft.choice("parRequirement", ("OPTIONAL", "REQUIRED")),
        replay: draft.flag(replay),
        "jwks": draft.text("jwks", limit=64 * 1024),
        "jwksUrl": draft.text("jwksUrl", pattern=r"https://\S+"),
    }


def _chosen(
    draft: Draft, name: str, allowed: tuple[str, ...], *, required: bool = False
) -> list[str]:
    items = draft.items(name, required=required, limit=20)
    for index, item in enumerate(items):
        if not isinstance(item, str) or item not in allowed:
            message = f"must be one of {', '.join(allowed)}"
            here = f"{name}[{index}]"
            draft.complain("INVALID_VALUE", here, message, allowedValues=list(allowed))
    return [item for item in items if isinstance(item, str)]


def _uris(draft: Draft) -> dict[str, Any]:
    """Where browsers are sent: absolute URIs without a fragment (RFC 6749 section 3.1.2)."""
    found: dict[str, Any] = {}
    for name in ("redirectUris", "postLogoutRedirectUris"):
        uris = draft.texts(name, limit=100)
        for index, uri in enumerate(uris):
            if not _is_uri(uri):
                message = "must be an absolute URI without a fragment"
                draft.complain("INVALID_VALUE", f"{name}[{index}]", message)
        found[name] = uris or None
    return found


def _is_uri(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    plain = all(32 < ord(one) < 127 for one in text)
    return bool(parts.scheme) and plain and "#" not in text and len(text) <= 2048


def _check_keys(draft: Draft, row: dict[str, Any]) -> None:
    """Keys are there where the method needs them, and are a JWK Set without private ones."""
    if row["tokenEndpointAuthMethod"] == "PRIVATE_KEY_JWT" and not (row["jwks"] or row["jwksUrl"]):
        draft.complain("REQUIRED_VALUE", "jwks", "jwks or jwksUrl must be present")
    if row["jwks"] is None:
        return
    try:
        keys = json.loads(row["jwks"])["keys"]
        good = all(isinstance(one, dict) and "kty" in one and "d" not in one for one in keys)
    except (ValueError, KeyError, TypeError, RecursionError):
        good, keys = False, []
    if not good or not isinstance(keys, list) or not keys:
        draft.complain("INVALID_VALUE", "jwks", "must be a JWK Set of public keys")
