"""Forms and queries as the authorization server reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from fakes.message import Malformed
from fakes.pingone.errors import bad_token_request

if TYPE_CHECKING:
    from fakes.message import Request
    from fakes.pingone.tenant import Tenant

FIELDS = 100
"""Fields of a form that are read; past that it is refused."""


def form(tenant: Tenant, request: Request) -> dict[str, str]:
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
        text = request.body.decode()
    except UnicodeDecodeError:
        raise bad_token_request("invalid_request", "The body is not a form in UTF-8") from None
    return fields(text)


def fields(text: str) -> dict[str, str]:
    """The fields of a form or query, read as above."""
    try:
        pairs = parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=FIELDS)
    except ValueError:
        raise bad_token_request("invalid_request", "The body is not a form in UTF-8") from None
    found = dict(pairs)
    if len(found) != len(pairs):
        raise bad_token_request("invalid_request", "A parameter is repeated")
    return {name: value for name, value in found.items() if value}


def _json_fields(request: Request) -> dict[str, str]:
    try:
        body = request.json()
    except Malformed:
        raise bad_token_request("invalid_request", "The body is not JSON") from None
    whole = body if isinstance(body, dict) else {}
    return {name: value for name, value in whole.items() if value and isinstance(value, str)}
