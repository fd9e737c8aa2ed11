"""The token endpoint: forms, client authentication, grants."""

from __future__ import annotations

import binascii
from base64 import b64decode
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import parse_qsl, unquote_plus

from fakes.message import Malformed
from fakes.pingone.errors import bad_token_request, invalid_client, wrong_method
from fakes.pingone.exchange import exchange
from fakes.pingone.tokens import Grant, token_answer

if TYPE_CHECKING:
    from fakes.message import Request
    from fakes.pingone.errors import Answer
    from fakes.pingone.tenant import Call, Tenant
    from fakes.store import Row

EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange"
"""Grant type of RFC 8693."""

_USERS_GRANTS = frozenset(
    {
        "authorization_code",
        "implicit",
        "refresh_token",
        "urn:ietf:params:oauth:grant-type:device_code",
    }
)


class Client(NamedTuple):
    """How a client says who it is."""

    method: str
    key: str
    secret: str

    def __repr__(self) -> str:
        return f"Client({self.method!r}, {self.key!r}, …)"


def token(tenant: Tenant, call: Call) -> Answer:
    """An access token, by client_credentials or for a gateway credential (RFC 6749, RFC 8693)."""
    form = _form(tenant, call.request)
    grant = form.get("grant_type")
    if grant == EXCHANGE:
        if tenant.behaviour.exchange_wants_client:
            _authenticated(tenant, call, form)
        return exchange(tenant, call.environment_id, form)
    if grant == "client_credentials":
        return client_credentials(tenant, call, form)
    if not grant:
        raise bad_token_request("invalid_request", "grant_type is missing")
    if grant in _USERS_GRANTS:
        _authenticated(tenant, call, form)
        raise bad_token_request("unauthorized_client", "The application may not use this grant")
    raise bad_token_request(tenant.behaviour.unsupported_grant_error, "Unsupported grant type")


def client_credentials(tenant: Tenant, call: Call, form: dict[str, str]) -> Answer:
    """A worker's token; it has no scope (RFC 6749 section 4.4)."""
    client, behaviour = _authenticated(tenant, call, form), tenant.behaviour
    grant = Grant(
        client["environment"],
        "client_id",
        client["id"],
        behaviour.worker_lifetime_s,
        behaviour.worker_token_type,
        behaviour.worker_scope,
    )
    return token_answer(tenant, grant)


def _form(tenant: Tenant, request: Request) -> dict[str, str]:
    """The fields; one that is empty counts as absent, one that is repeated is refused.

    Source: RFC 6749 sections 3.2 and 5.2.
    """
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    behaviour = tenant.behaviour
    if media_type not in behaviour.form_types:
        status = behaviour.form_type_status
        raise bad_token_request("invalid_request", "The body must be a form", status)
    if media_type == "application/json":
        return _json_fields(request)
    try:
        pairs = parse_qsl(
            request.body.decode(), keep_blank_values=True, errors="strict", max_num_fields=100
        )
    except ValueError:
        raise bad_token_request("invalid_request", "The body is not a form in UTF-8") from None
    form = dict(pairs)
    if len(form) != len(pairs):
        raise bad_token_request("invalid_request", "A parameter is repeated")
    return {name: value for name, value in form.items() if value}


def _json_fields(request: Request) -> dict[str, str]:
    try:
        body = request.json()
    except Malformed:
        raise bad_token_request("invalid_request", "The body is not JSON") from None
    fields = body if isinstance(body, dict) else {}
    return {name: value for name, value in fields.items() if value and isinstance(value, str)}


def _authenticated(tenant: Tenant, call: Call, form: dict[str, str]) -> Row:
    """The application; unknown, foreign and disabled ones are told like a wrong secret."""
    behaviour, client = tenant.behaviour, _client(tenant, call.request, form)
    basic = client.method == "CLIENT_SECRET_BASIC"
    row = tenant.table("applications").get(client.key)
    if row is None or not _welcome(tenant, row, call.environment_id):
        raise invalid_client(behaviour, basic=basic, known=row is not None)
    if "method" in behaviour.client_checks and client.method != row["method"]:
        raise wrong_method(behaviour, basic=basic)
    if not behaviour.secret_matches(row["secret"], client.secret):
        raise invalid_client(behaviour, basic=basic)
    return row


def _welcome(tenant: Tenant, row: Row, environment_id: str) -> bool:
    checks = tenant.behaviour.client_checks
    here = row["environment"] == environment_id or "environment" not in checks
    return here and (row["enabled"] or "enabled" not in checks)


def _client(tenant: Tenant, request: Request, form: dict[str, str]) -> Client:
    """CLIENT_SECRET_BASIC or CLIENT_SECRET_POST; both at once is refused."""
    basic = _basic(tenant, request.headers.get("authorization", ""))
    posted = form.get("client_secret")
    if basic and posted and tenant.behaviour.one_client_method:
        raise bad_token_request("invalid_request", "More than one authentication method")
    if "client_assertion" in form and not basic:
        raise wrong_method(tenant.behaviour, basic=False)
    if basic:
        return basic
    method = "CLIENT_SECRET_POST" if posted else "NONE"
    return Client(method, form.get("client_id", ""), posted or "")


def _basic(tenant: Tenant, header: str) -> Client | None:
    """Id and secret of an Authorization header, each form-encoded (RFC 6749 section 2.3.1)."""
    scheme, _, value = header.partition(" ")
    if not scheme:
        return None
    try:
        text = b64decode(value.strip(), validate=True).decode()
    except (binascii.Error, ValueError):
        raise invalid_client(tenant.behaviour, basic=True) from None
    key, colon, secret = text.partition(":")
    if scheme.lower() != "basic" or not colon:
        raise invalid_client(tenant.behaviour, basic=True)
    return Client("CLIENT_SECRET_BASIC", unquote_plus(key), unquote_plus(secret))
