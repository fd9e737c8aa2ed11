"""The exchanges of a failed scenario as steps that can be sent again."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import msgspec
from msgspec import UNSET

from harness.bundles.checking import is_deep
from harness.bundles.format import TEXT, VALUE, Answer, Body, Ref, Step
from reports.bundles.known import PLACEHOLDER, collection_of, is_id, stem_of

if TYPE_CHECKING:
    from harness.bundles.format import Form, Party, Text
    from harness.evidence import ExchangeRecord
    from reports.bundles.known import Known

OWN = frozenset({"host", "content-length", "accept-encoding", "connection", "transfer-encoding"})
"""Headers that whoever sends a request writes anew."""

_BASIC = re.compile(r"(basic) \((.*):([^:]*)\)", re.IGNORECASE)
_SECRET = re.compile(r"password|passphrase|secret", re.IGNORECASE)
_OF_PARENT = frozenset({"id", "ids", "value"})
"""Members that say nothing of what they are."""
_SCHEMA_KEYS = frozenset({VALUE, TEXT})


class Stepper:
    """Steps of one scenario, made in the order of its exchanges."""

    def __init__(self, known: Known, settings: dict[str, str]) -> None:
        self._known = known
        self._origins: list[tuple[str, Party]] = [
            (settings.get("control_url", ""), "control"),
            (settings.get("pingaccess_admin_url", ""), "pingaccess"),
            (settings.get("pingone_api_url", "").removesuffix("/v1"), "pingone_api"),
            (settings.get("pingone_auth_url", ""), "pingone_auth"),
        ]

    def step(self, number: int, exchange: ExchangeRecord, *, learn: bool) -> Step:
        """The step of an exchange; with `learn`, its answer is known from then on."""
        self._known.step = number
        party, path = self._place(exchange)
        step = Step(
            to=party,
            method=exchange.method,
            path=self._path(path),
            headers=[
                (name, self._header(party, name.lower(), value))
                for name, value in exchange.request_headers
                if name.lower() not in OWN
            ],
            body=self._body(exchange),
            operation=exchange.operation,
            answer=answer_of(exchange),
        )
        if learn:
            self._known.sent(exchange)
            self._known.answered(number, exchange)
        return step

    def tree(self, value: Any, stem: str, before: int | None = None) -> Any:
        """The JSON value with references; parts of answers before a step stand for themselves."""
        if before is not None and isinstance(value, dict | list) and value:
            name = self._known.part(value, before)
            if name is not None:
                return {VALUE: name}
        if isinstance(value, dict):
            kind = value.get("type")
            below = kind if isinstance(kind, str) else stem
            return {
                key: self.tree(one, below if key in _OF_PARENT else stem_of(key), before)
                for key, one in value.items()
            }
        if isinstance(value, list):
            return [self.tree(one, stem, before) for one in value]
        return self._leaf(value, stem)

    def _leaf(self, value: Any, stem: str) -> Any:
        if isinstance(value, bool) or not isinstance(value, str | int):
            return value
        if isinstance(value, int) or value.isdecimal():
            name = self._known.id(stem, value) if value != 0 else None
            if name is None:
                return value
            return {VALUE: name} if isinstance(value, int) else {TEXT: [{"value": name}]}
        text = self._known.text(value, mint=bool(_SECRET.search(stem)))
        if isinstance(text, str):
            return text
        if len(text) == 1 and isinstance(text[0], Ref):
            return {VALUE: text[0].value}
        return {TEXT: msgspec.to_builtins(text)}

    def _place(self, exchange: ExchangeRecord) -> tuple[Party, str]:
        """Whom it was sent to, and its path with the query."""
        found = [
            (party, exchange.url.removeprefix(origin))
            for origin, party in self._origins
            if origin and exchange.url.startswith(f"{origin}/") and _may_be(party, exchange.party)
        ]
        if len(found) > 1 and not found[0][1].startswith("/v1/"):
            return found[1]  # both doors of PingOne at one address: the API has its version first
        if found:
            return found[0]
        try:
            url = urlsplit(exchange.url)
        except ValueError:
            url = urlsplit("")
        self._known.fails("went to an address that is none of the run's")
        query = f"?{url.query}" if url.query else ""
        return "pingaccess", f"{url.path or '/'}{query}"

    def _path(self, path: str) -> Text:
        path, mark, query = path.partition("?")
        pieces: list[str | Ref] = []
        before = ""
        for part in path.split("/"):
            name = self._known.id(before, part) if is_id(part) else None
            pieces += [
                "/",
                *([Ref(name, "url")] if name else _listed(self._known.text(part, "url"))),
            ]
            before = before if is_id(part) else part
        if mark:
            pieces += ["?", *self._query(query)]
        return _joined(pieces[1:])

    def _query(self, query: str) -> list[str | Ref]:
        pieces: list[str | Ref] = []
        for number, pair in enumerate(query.split("&")):
            key, equals, value = pair.partition("=")
            name = self._known.id(stem_of(key), value) if value.isdecimal() else None
            text = [Ref(name, "form")] if name else _listed(self._known.text(value, "form"))
            pieces += ["&"] * bool(number) + [key, equals, *text]
        return pieces

    def _header(self, party: Party, name: str, value: str) -> Text:
        basic = _BASIC.fullmatch(value) if name == "authorization" else None
        if basic:
            return [f"{basic[1]} ", Ref(self._known.login(basic[2], basic[3]))]
        scheme, _, token = value.partition(" ")
        bearer = name == "authorization" and party == "pingone_api" and token[:3] == "JWT"
        if bearer and PLACEHOLDER.fullmatch(token) and self._known.is_of_worker(token):
            return [f"{scheme} ", Ref(self._known.worker_token())]
        return self._known.text(value, mint=name != "cookie")

    def _body(self, exchange: ExchangeRecord) -> Body | None:
        shown = exchange.request_body
        if shown is None:
            return None
        if shown.base64:
            return Body(base64=shown.base64)
        if shown.note:
            self._known.fails(f"sends a body that is not whole ({shown.note})")
        kind = next((v for k, v in exchange.request_headers if k.lower() == "content-type"), "")
        document = _canonical(shown.text)
        if document is not UNSET:
            return Body(json=self.tree(document, collection_of(exchange.url)))
        form: Form = "json" if "json" in kind else "form" if "urlencoded" in kind else "plain"
        named = [one for one in PLACEHOLDER.finditer(shown.text) if not self._known.knows(one[0])]
        mint = all(
            _SECRET.search(shown.text[max(0, one.start() - 20) : one.start()]) for one in named
        )
        return Body(text=self._known.text(shown.text, form, mint=mint))


def answer_of(exchange: ExchangeRecord) -> Answer:
    """What was answered, as a bundle keeps it."""
    body = exchange.response_body
    cut = bool(body is not None and body.note and "cut" in body.note)
    return Answer(exchange.status, body.text if body else None, exchange.error, cut=cut)


def _may_be(party: Party, told: str) -> bool:
    return party.partition("_")[0] == told


def _canonical(text: str) -> Any:
    """The JSON value, where a client that writes it writes this very text; else UNSET."""
    try:
        value = json.loads(text)
        same = json.dumps(value, separators=(",", ":")) == text
    except (ValueError, RecursionError):
        return UNSET
    return value if same and not is_deep(value) and not _holds_marks(value) else UNSET


def _holds_marks(value: Any) -> bool:
    if isinstance(value, dict):
        return bool(_SCHEMA_KEYS & value.keys()) or any(map(_holds_marks, value.values()))
    return isinstance(value, list) and any(map(_holds_marks, value))


def _listed(text: Text) -> list[str | Ref]:
    return [text] if isinstance(text, str) else text


def _joined(pieces: list[str | Ref]) -> Text:
    """The pieces with neighbouring texts as one."""
    joined: list[str | Ref] = []
    for one in pieces:
        if isinstance(one, str) and joined and isinstance(joined[-1], str):
            joined[-1] += one
        elif one != "":
            joined.append(one)
    if all(isinstance(one, str) for one in joined):
        return "".join(one for one in joined if isinstance(one, str))
    return joined
