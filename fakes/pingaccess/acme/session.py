"""Requests to an ACME server: nonces, signatures, and what answers can be wrong with (RFC 8555).

Whatever the server says is hostile: bounded, and held to its form before it is used.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

import httpx

from fakes.pingaccess.acme import keys
from fakes.pingaccess.outbound import Unanswered, received
from fakes.pingaccess.problems import not_modelled, not_possible

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fakes.network import Client
    from fakes.pingaccess.behaviour import Behaviour
    from fakes.pingaccess.connections.spending import Outcome
    from fakes.pingaccess.keys.material import PrivateKey
    from fakes.pingaccess.problems import Refusal

ERROR = "urn:ietf:params:acme:error:"
"""What the types of ACME's problems begin with (RFC 8555 section 6.7)."""
_TRIES = 3
_LONGEST = 1 << 20
_TOKEN = re.compile(r"[A-Za-z0-9_-]{1,512}", re.ASCII)
_HEADERS = {"User-Agent": "paconform", "Accept-Language": "en"}
_SIGNED = {**_HEADERS, "Content-Type": "application/jose+json"}


class Failed(Exception):  # noqa: N818 - names what became of the call
    """A call that did not go as RFC 8555 says: its class, host, status and error word."""

    def __init__(self, outcome: Outcome, url: object, status: int = 0, error: str = "") -> None:
        super().__init__(outcome)
        self.outcome = outcome
        self.host = _host(url) or "The ACME server"
        self.status = status
        self.error = error

    @property
    def sentence(self) -> str:
        """What the administrator reads: what happened, then the way out."""
        status = f" (status {self.status})" if self.status else ""
        error = f" ({self.error})" if self.error else ""
        return _SENTENCES[self.outcome].format(host=self.host, status=status, error=error)

    def refusal(self, behaviour: Behaviour) -> Refusal:
        """What is answered where the call was needed."""
        return not_possible(self.sentence, behaviour)


class Spared(Failed):
    """A host that the fake does not call, though the product would."""

    def refusal(self, _: Behaviour) -> Refusal:
        """A 501, never the product's own refusal."""
        return not_modelled(f"ACME accounts at {self.host}")


class Answer(NamedTuple):
    """A status of success, with headers and body."""

    url: str
    status: int
    headers: httpx.Headers
    body: bytes

    def json(self) -> dict[str, Any]:
        """The body as an object; Failed where it is none."""
        value = _decoded(self.body)
        if not isinstance(value, dict):
            raise Failed("nonsense", self.url, self.status)
        return value

    def location(self) -> str:
        """Where the new object is; Failed where the answer does not say."""
        return usable(self.headers.get("Location"), self.url)


class Session:
    """One key at one ACME server; `account` is the URL of its account, where there is one yet."""

    def __init__(
        self,
        client: Client,
        directory: str,
        key: PrivateKey,
        account: str | None = None,
        spared: frozenset[str] = frozenset(),
    ) -> None:
        """`spared`: hosts that are not called."""
        self._client = client
        self._url = directory
        self._key = key
        self._account = account
        self._spared = spared
        self._nonce: str | None = None
        self._directory: dict[str, Any] | None = None

    def resource(self, name: str) -> str:
        """The URL that the directory has for a resource (section 7.1.1)."""
        if self._directory is None:
            self._directory = self._sent("GET", self._url, _HEADERS).json()
        return usable(self._directory.get(name), self._url)

    def fetch(self, url: object) -> Answer:
        """What is at a URL, read with POST-as-GET (section 6.3)."""
        return self.post(url, None)

    def post(self, url: object, payload: Mapping[str, Any] | None) -> Answer:
        """The answer to a signed request; a nonce that is refused is replaced (section 6.5)."""
        target = usable(url, self._url)
        for _ in range(_TRIES - 1):
            try:
                return self._posted(target, payload)
            except Failed as failed:
                if failed.error != "badNonce":
                    raise
        return self._posted(target, payload)

    def _posted(self, url: str, payload: Mapping[str, Any] | None) -> Answer:
        content = b"" if payload is None else json.dumps(payload).encode()
        who = {"kid": self._account} if self._account else {"jwk": keys.public_jwk(self._key)}
        protected = {"nonce": self._fresh_nonce(), "url": url, **who}
        return self._sent("POST", url, _SIGNED, keys.signed(self._key, protected, content))

    def _fresh_nonce(self) -> str:
        """A nonce that has not been used: that of the last answer, or a new one (section 7.2)."""
        if self._nonce is None:
            url = self.resource("newNonce")
            self._sent("HEAD", url, _HEADERS)
            if self._nonce is None:
                raise Failed("nonsense", url)
        nonce, self._nonce = self._nonce, None
        return nonce

    def _sent(
        self, method: str, url: str, headers: Mapping[str, str], content: bytes | None = None
    ) -> Answer:
        if _host(url) in self._spared:
            raise Spared("unreachable", url)
        try:
            request = httpx.Request(method, url, headers=headers, content=content)
            response, body = received(self._client, request, _LONGEST)
        except Unanswered as failed:
            raise Failed(failed.why, url, failed.status) from None
        except httpx.InvalidURL:
            raise Failed("nonsense", url) from None
        nonce = response.headers.get("Replay-Nonce")
        self._nonce = nonce if nonce and _TOKEN.fullmatch(nonce) else None
        if not response.is_success:
            raise _refusal(response.status_code, body, url)
        return Answer(url, response.status_code, response.headers, body)


def usable(url: object, source: str) -> str:
    """A URL that can be called: https (section 6.1), with a host; Failed for anything else."""
    if not isinstance(url, str) or not (url.isascii() and url.isprintable() and len(url) < 2048):
        raise Failed("nonsense", source)
    if not url.startswith("https://") or not _host(url) or " " in url:
        raise Failed("nonsense", source)
    return url


def word_of(kind: object) -> str:
    """The last word of an ACME error type; empty where it is none."""
    word = kind.removeprefix(ERROR) if isinstance(kind, str) and kind.startswith(ERROR) else ""
    return word if word.isascii() and word.isalpha() and len(word) <= 64 else ""


def _host(url: object) -> str:
    try:
        return (urlsplit(url).hostname or "").rstrip(".") if isinstance(url, str) else ""
    except ValueError:
        return ""


def _refusal(status: int, body: bytes, url: str) -> Failed:
    """What a status that is no success means; a problem of ACME has a type (section 6.7)."""
    problem = _decoded(body)
    error = word_of(problem.get("type")) if isinstance(problem, dict) else ""
    if status == httpx.codes.TOO_MANY_REQUESTS or error == "rateLimited":
        return Failed("busy", url, status, error)
    if httpx.codes.is_server_error(status):
        return Failed("unavailable", url, status)
    if httpx.codes.is_redirect(status):
        return Failed("redirected", url, status)
    return Failed("refused" if error else "nonsense", url, status, error)


def _decoded(body: bytes) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None


_SENTENCES: Mapping[Outcome, str] = {
    "refused": "The ACME server at {host} refused{error}. Mend what it names, then try again.",
    "unreachable": "No connection to {host}. Check the URL of the ACME server, DNS and firewall.",
    "timeout": "{host} did not answer in time. Check firewall and proxy settings, then try again.",
    "certificate": "The certificate of {host} is not trusted: its issuer is not a public one.",
    "self_signed": "The certificate of {host} is self-signed and not trusted.",
    "expired": "The certificate of {host} is not trusted now: it has expired or is not valid yet.",
    "hostname": "The certificate of {host} is for another host name.",
    "busy": "{host} takes no more requests for now{status}. Wait, then try again.",
    "unavailable": "The ACME server at {host} is out of order{status}. Try again later.",
    "redirected": "{host} answered with a redirect{status}: check the URL of the ACME server.",
    "nonsense": "{host} did not answer as an ACME server does{status}. Check its URL.",
}
