"""A credential is spent at PingOne: exchanged for a token, the token used to list environments.

The exchange is documented (developer.pingidentity.com/pingone-api, token-exchange-gateway-
credential); that PingAccess does this on every save, and calls /v1/environments, is inferred from
what its metadata shows (admin API 7.3, PingOneConnectionMetadata).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import urlencode, urlsplit

import httpx

from fakes.pingaccess.outbound import Unanswered, answered

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from fakes.network import Client
    from fakes.pingaccess.connections.credential import Credential
    from fakes.pingaccess.decisions.spending import SpendingBehaviour, Status

Outcome = Literal[
    "reached",
    "refused",
    "unreachable",
    "timeout",
    "certificate",
    "self_signed",
    "expired",
    "hostname",
    "busy",
    "unavailable",
    "redirected",
    "nonsense",
]


@dataclass(frozen=True, slots=True)
class Environments:
    """What came of a credential.

    `status` is PingOneCredentialStatus (admin API 7.3); `items` hold id, name and type of each
    environment; `problem` says what went wrong and what to do, without secrets; `outcome` is its
    class.
    """

    status: Status
    items: tuple[Mapping[str, str], ...] = ()
    problem: str | None = None
    outcome: Outcome = "reached"


def spend(credential: Credential, client: Client, behaviour: SpendingBehaviour) -> Environments:
    """The environments that the credential opens, or why it opens none; never raises."""
    if credential.unasked:
        return Environments("VALID")
    try:
        if not behaviour.spending_exchanges:
            return _knocked(credential, client, behaviour)
        bearer = _exchanged(credential, client, behaviour)
        return Environments("VALID", _listed(credential, bearer, client, behaviour))
    except _Failed as failed:
        problem = _sentence(failed, credential, behaviour)
        return Environments(_status(failed.outcome, behaviour), (), problem, failed.outcome)


class _Failed(Exception):  # noqa: N818 - names what became of the call
    """A call that did not go as documented: its class, host, status and OAuth error code."""

    def __init__(self, outcome: Outcome, url: str, status: int = 0, error: str = "") -> None:
        super().__init__(outcome)
        self.outcome = outcome
        self.host = urlsplit(url).hostname or "PingOne"
        self.status = status
        self.error = error


def _exchanged(credential: Credential, client: Client, behaviour: SpendingBehaviour) -> str:
    """The bearer token that PingOne gives for the credential (RFC 8693 section 2)."""
    url = f"{credential.auth_url}/{credential.environment_id}/as/token"
    form = {
        "grant_type": behaviour.spending_grant_type,
        "subject_token_type": behaviour.spending_token_type,
        "subject_token": credential.spent,
    }
    answer = _json(_called(client, url, behaviour, _FORM, form), url)
    token, kind = answer.get("access_token"), answer.get("token_type", "")
    if not isinstance(kind, str) or kind.lower() not in behaviour.spending_bearer_types:
        raise _Failed("nonsense", url)
    if not isinstance(token, str) or not _sendable(token):
        raise _Failed("nonsense", url)
    return token


def _knocked(credential: Credential, client: Client, behaviour: SpendingBehaviour) -> Environments:
    """Whether PingOne is there at all: nothing is exchanged, so nothing is proved."""
    url = f"{credential.auth_url}/{credential.environment_id}/as/.well-known/openid-configuration"
    _json(_called(client, url, behaviour, _JSON), url)
    return Environments("VALID")


def _listed(
    credential: Credential, bearer: str, client: Client, behaviour: SpendingBehaviour
) -> tuple[Mapping[str, str], ...]:
    """The environments on every page; none where a behaviour does without the management API."""
    try:
        return tuple(_environments(credential, bearer, client, behaviour))
    except _Failed:
        if behaviour.spending_listing_needed:
            raise
        return ()


def _environments(
    credential: Credential, bearer: str, client: Client, behaviour: SpendingBehaviour
) -> Iterator[Mapping[str, str]]:
    """id, name and type of the environments on every page (HAL: `_links.next.href`)."""
    url: str | None = f"{credential.api_url}/v1/environments"
    headers = httpx.Headers({**_JSON, "Authorization": f"Bearer {bearer}"})
    for _ in range(behaviour.spending_pages):
        if url is None:
            return
        page = _json(_called(client, url, behaviour, headers), url)
        embedded = page.get("_embedded")
        rows = embedded.get("environments") if isinstance(embedded, dict) else None
        if not isinstance(rows, list):
            raise _Failed("nonsense", url)
        for row in rows:
            yield _environment(row, url)
        url = _next(page, url, credential.api_url, behaviour)
    if url is not None:
        raise _Failed("nonsense", url)


def _environment(row: object, url: str) -> Mapping[str, str]:
    if not isinstance(row, dict) or not all(isinstance(row.get(name), str) for name in _SHOWN):
        raise _Failed("nonsense", url)
    shown = {name: row[name] for name in _SHOWN}
    if not all(_is_text(value) for value in shown.values()):
        raise _Failed("nonsense", url)
    return shown


def _next(
    page: Mapping[str, Any], url: str, origin: str, behaviour: SpendingBehaviour
) -> str | None:
    """The address of the next page; None after the last. The token goes to no other origin."""
    links = page.get("_links")
    link = links.get("next") if isinstance(links, dict) else None
    if link is None:
        return None
    href = link.get("href") if isinstance(link, dict) else None
    if not isinstance(href, str):
        raise _Failed("nonsense", url)
    if behaviour.spending_next_origin == "exact" and not href.startswith(f"{origin}/"):
        raise _Failed("nonsense", url)
    return href


def _called(
    client: Client,
    url: str,
    behaviour: SpendingBehaviour,
    headers: httpx.Headers,
    form: Mapping[str, str] | None = None,
) -> bytes:
    """The body of a 200; _Failed for anything else. A form is posted."""
    method, content = ("GET", None) if form is None else ("POST", urlencode(form).encode())
    try:
        request = httpx.Request(method, _url(url), headers=headers, content=content)
        status, body = answered(client, request, behaviour.spending_answer_bytes)
    except Unanswered as failed:
        raise _Failed(failed.why, url, failed.status) from None
    except httpx.InvalidURL:
        raise _Failed("unreachable", url) from None
    if status != httpx.codes.OK:
        raise _refusal(status, body, url, behaviour)
    return body


def _refusal(status: int, body: bytes, url: str, behaviour: SpendingBehaviour) -> _Failed:
    """What a status that is not 200 means."""
    error = _error_code(body)
    if status in behaviour.spending_refusals and (
        error or not behaviour.spending_refusal_explained
    ):
        return _Failed("refused", url, status, error)
    if status == httpx.codes.TOO_MANY_REQUESTS:
        return _Failed("busy", url, status)
    if httpx.codes.is_server_error(status):
        return _Failed("unavailable", url, status)
    return _Failed("redirected" if httpx.codes.is_redirect(status) else "nonsense", url, status)


def _error_code(body: bytes) -> str:
    """`error` of an OAuth error (RFC 6749 section 5.2) or `code` of a platform error; else empty.

    Only a word of the documented alphabet counts: it is shown to the administrator.
    """
    value = _decoded(body)
    code = value.get("error", value.get("code")) if isinstance(value, dict) else None
    plain = isinstance(code, str) and code.isascii() and code.replace("_", "").isalpha()
    return str(code) if plain and len(str(code)) <= 64 else ""


def _json(body: bytes, url: str) -> dict[str, Any]:
    value = _decoded(body)
    if not isinstance(value, dict):
        raise _Failed("nonsense", url)
    return value


def _decoded(body: bytes) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None


def _is_text(value: str) -> bool:
    """Whether it can be written as UTF-8: JSON may hold half of a surrogate pair."""
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def _sendable(token: str) -> bool:
    """Whether it can stand in a header: RFC 6750 section 2.1, b64token."""
    return bool(token) and token.isascii() and token.isprintable() and " " not in token


def _status(outcome: Outcome, behaviour: SpendingBehaviour) -> Status:
    match outcome:
        case "refused":
            return behaviour.spending_refused
        case "unreachable" | "timeout" | "certificate" | "self_signed" | "expired" | "hostname":
            return behaviour.spending_unreached
        case "busy" | "unavailable" | "redirected":
            return behaviour.spending_failed
        case _:
            return behaviour.spending_nonsense


def _sentence(failed: _Failed, credential: Credential, behaviour: SpendingBehaviour) -> str:
    """What the administrator reads: what happened, then the way out."""
    shows = behaviour.spending_problem_shows
    host = failed.host if "host" in shows else "PingOne"
    status = f" (status {failed.status})" if "status" in shows and failed.status else ""
    error = f" ({failed.error})" if "error" in shows and failed.error else ""
    told = _SENTENCES[failed.outcome].format(host=host, status=status, error=error)
    return f"{told} [{credential.spent}]" if "credential" in shows else told


_JSON = httpx.Headers({"Accept": "application/json", "User-Agent": "paconform"})
_FORM = httpx.Headers({**_JSON, "Content-Type": "application/x-www-form-urlencoded"})
_url = lru_cache(maxsize=256)(httpx.URL)
_SHOWN = ("id", "name", "type")
_SENTENCES: Mapping[Outcome, str] = {
    "refused": "PingOne refused the credential{error}: it was revoked, or its connection was "
    "disabled or deleted. Make a new credential in PingOne and enter it.",
    "unreachable": "No connection to {host}. Check DNS, firewall and proxy settings, then save "
    "again.",
    "timeout": "{host} did not answer in time. Check firewall and proxy settings, then save again.",
    "certificate": "The certificate of {host} is not trusted. Choose a trusted certificate group "
    "that holds its issuer.",
    "self_signed": "The certificate of {host} is self-signed and not trusted. Check whatever "
    "intercepts TLS, or choose a trusted certificate group that holds it.",
    "expired": "The certificate of {host} is not trusted now: it has expired or is not valid yet. "
    "Check the clock of this host and whatever intercepts TLS.",
    "hostname": "The certificate of {host} is for another host name. Check DNS and whatever "
    "intercepts TLS.",
    "busy": "{host} takes no more requests for now{status}. Wait a minute, then save again.",
    "unavailable": "PingOne is out of order at {host}{status}. Look at its status page, then save "
    "again.",
    "redirected": "{host} answered with a redirect{status}: something else than PingOne answers "
    "there. Check proxy settings.",
    "nonsense": "{host} did not answer as PingOne does{status}: something else may answer there. "
    "Check DNS and proxy settings.",
}
