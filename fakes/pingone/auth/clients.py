"""Who a client is, by any of the ways in which its application may say so."""

from __future__ import annotations

import binascii
from base64 import b64decode
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote_plus

from fakes.pingone.auth import assertions
from fakes.pingone.errors import bad_token_request, invalid_client, wrong_method

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fakes.message import Request
    from fakes.pingone.tenant import Call, Tenant
    from fakes.store import Row


class Client(NamedTuple):
    """How a client says who it is; `secret` is a client assertion where the method is a JWT."""

    method: str
    key: str
    secret: str

    def __repr__(self) -> str:
        return f"Client({self.method!r}, {self.key!r}, …)"


class Registered(NamedTuple):
    """What is known of a client: its environment, method, and what proves that it is the one."""

    environment_id: str
    method: str
    enabled: bool
    row: Row


def authenticated(tenant: Tenant, call: Call, form: Mapping[str, str]) -> Row:
    """The application; unknown, foreign and disabled ones are told like a wrong secret."""
    client = presented(tenant, call.request, form)
    row = tenant.table("applications").get(client.key)
    known = None if row is None else application(row)
    return proven(tenant, call, client, known)


def application(row: Row) -> Registered:
    """What an application proves itself by."""
    method = row.get("tokenEndpointAuthMethod", "NONE")
    return Registered(row["environment"]["id"], method, bool(row.get("enabled")), row)


def proven(tenant: Tenant, call: Call, client: Client, known: Registered | None) -> Row:
    """The row of a client that is who it says; raises the refusal of one that is not."""
    behaviour, basic = tenant.behaviour, client.method == "CLIENT_SECRET_BASIC"
    if known is None or not _welcome(tenant, known, call.environment_id):
        raise invalid_client(behaviour, basic=basic, known=known is not None)
    if "method" in behaviour.client_checks and client.method != known.method:
        raise wrong_method(behaviour, basic=basic)
    if client.method.endswith("_JWT"):
        assertions.check(tenant, call, known.row, client.secret)
    elif client.method == known.method == "NONE":
        pass
    elif not _is_secret(tenant, known.row, client.secret):
        raise invalid_client(behaviour, basic=basic)
    return known.row


def presented(tenant: Tenant, request: Request, form: Mapping[str, str]) -> Client:
    """The client as the request presents it; two ways at once are refused."""
    basic = _basic(tenant, request.headers.get("authorization", ""))
    posted, asserted = form.get("client_secret"), form.get("client_assertion")
    if sum(map(bool, (basic, posted, asserted))) > 1 and tenant.behaviour.one_client_method:
        raise bad_token_request("invalid_request", "More than one authentication method")
    if basic:
        return basic
    if asserted:
        return _asserted(tenant, form, asserted)
    method = "CLIENT_SECRET_POST" if posted else "NONE"
    return Client(method, form.get("client_id", ""), posted or "")


def _asserted(tenant: Tenant, form: Mapping[str, str], text: str) -> Client:
    """The client that an assertion names, not yet believed (RFC 7521 section 4.2)."""
    if form.get("client_assertion_type") != assertions.TYPE:
        raise bad_token_request("invalid_request", "client_assertion_type is not known")
    method, key = assertions.named(tenant, text)
    if form.get("client_id", key) != key:
        raise invalid_client(tenant.behaviour, basic=False)
    return Client(method, key, text)


def _welcome(tenant: Tenant, known: Registered, environment_id: str) -> bool:
    checks = tenant.behaviour.client_checks
    here = known.environment_id == environment_id or "environment" not in checks
    return here and (known.enabled or "enabled" not in checks)


def _is_secret(tenant: Tenant, row: Row, given: str) -> bool:
    """Whether it is the secret, or the one before while that is still good."""
    matches, before = tenant.behaviour.secret_matches, row.get("previous")
    if matches(row["secret"], given):
        return True
    still = before is not None and tenant.clock.now_s() < before["ends_s"]
    return bool(still and before and matches(before["secret"], given))


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
