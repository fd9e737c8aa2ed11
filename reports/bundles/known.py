"""Values that stand in the requests of a failure, and where each of them came from."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from msgspec import UNSET, UnsetType

from harness.bundles.checking import is_deep
from harness.bundles.format import Login, Minted, Mutated, OfAnswer, OfTarget, Ref, Spoiled
from harness.conditions import places, step_down

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from harness.bundles.format import Form, Setting, Source, Text
    from harness.evidence import ExchangeRecord, Remade

PLACEHOLDER = re.compile(r"REDACTED-\d+|JWT-\d+\([^()]*\)")
PREFIX = re.compile(r"\bpaconform(?:-\d{8}-\d{6}-[0-9a-f]{4}-[0-9a-f]{8})?(?=-\w)")
LETTERS = re.compile(r"\bpaconform(?:\d{14}[0-9a-f]{12})?(?=[a-z]+\d+\b)")
"""Names that a scenario gives begin so: the one of the target that is replayed on replaces it."""

UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
SHORTEST = 20
"""Characters of a text that nobody writes by chance."""

_TEXTS: tuple[Setting, ...] = ("pingaccess_admin_url", "pingone_api_url", "pingone_auth_url")
_IDS: tuple[Setting, ...] = (
    "pingone_environment_id",
    "pingone_second_environment_id",
    "pingone_client_id",
)
_SECRETS: tuple[Setting, ...] = ("pingaccess_password", "pingone_client_secret", "control_token")
_OF_TARGET: tuple[Setting, ...] = (*_TEXTS, *_IDS, *_SECRETS)


class Known:
    """What is known by the time of a step; answers are learnt one after the other."""

    def __init__(self, settings: dict[str, str], remade: Iterable[Remade]) -> None:
        self.values: dict[str, Source] = {}
        self.cannot: list[str] = []
        self.step = 0
        self._names: dict[str, str] = {}
        self._texts: dict[str, Source] = {}
        self._ids: list[tuple[str, Any, OfAnswer]] = []
        self._answers: list[tuple[int, Any]] = []
        self._sent = ""
        self._minted: dict[str, Minted] = {}
        self._may_mint = True
        self._worker = ""
        self._username = settings.get("pingaccess_username", "")
        for name in _OF_TARGET:
            if settings.get(name):
                self._texts[settings[name]] = OfTarget(name)
        self._remade: dict[str, Remade] = {}
        for one in remade:
            forms = [form for form in one.shown if PLACEHOLDER.search(form) and form != one.of]
            self._remade.update(dict.fromkeys(forms, one))
            if not forms:
                self.cannot.append("a spoiled token is shown as the good one is")

    def fails(self, why: str) -> None:
        """The step alone does not do again what it did."""
        self.cannot.append(f"step {self.step + 1} {why}")

    # --- learning

    def sent(self, exchange: ExchangeRecord) -> None:
        """What the sender wrote itself comes from no answer, though answers repeat it."""
        body = exchange.request_body
        self._sent += f"{exchange.url}\n{body.text if body else ''}\n"

    def answered(self, step: int, exchange: ExchangeRecord) -> None:
        """What the answer to a step brought."""
        for name, value in exchange.response_headers:
            self._header(step, name.lower(), value)
        document = json_of(exchange)
        if document is UNSET:
            return
        self._answers.append((step, document))
        collection = collection_of(exchange.url)
        for pointer, name, value in _leaves(document):
            source = OfAnswer(step, pointer)
            if name == "id" and value not in ("", 0) and not isinstance(value, bool):
                self._id(collection, value, source)
            if isinstance(value, str) and self._is_rare(value):
                self._texts.setdefault(value, source)

    def _id(self, collection: str, value: Any, source: OfAnswer) -> None:
        """The first answer that shows an id counts: it is that of what made the thing."""
        if not any(one[:2] == (collection, value) for one in self._ids):
            self._ids.append((collection, value, source))

    def _header(self, step: int, name: str, value: str) -> None:
        if name == "set-cookie":
            cookie, _, rest = value.partition("=")
            found = PLACEHOLDER.match(rest)
            if found:
                self._texts.setdefault(found[0], OfAnswer(step, cookie=cookie.strip()))
        elif PLACEHOLDER.fullmatch(value):
            self._texts.setdefault(value, OfAnswer(step, header=name))

    def _is_rare(self, value: str) -> bool:
        if PLACEHOLDER.fullmatch(value):
            return True
        if UUID.fullmatch(value):
            return value not in self._sent
        long = len(value) >= SHORTEST and not value.startswith("http")
        return long and not re.search(r"\s", value) and value not in self._sent

    # --- finding

    def text(self, text: str, form: Form = "plain", *, mint: bool = False) -> Text:
        """The text with a reference for each value that is known or was redacted.

        `mint`: whether a secret that nobody knows may be another one, as a password may.
        """
        self._may_mint = mint
        pieces: list[str | Ref] = []
        done = 0
        for start, end, name in self._found(text):
            pieces += [text[done:start], Ref(name, form)]
            done = end
        pieces = [one for one in [*pieces, text[done:]] if one != ""]
        if not any(isinstance(one, Ref) for one in pieces):
            return text
        return pieces

    def id(self, stem: str, value: Any) -> str | None:
        """The name of the value, where an earlier answer gave it as the id of such a thing."""
        for collection, known, source in self._ids:
            if str(known) == str(value) and _fit(stem, collection):
                return self.named(source, f"step{source.step + 1}_id")
        return None

    def part(self, value: Any, before: int) -> str | None:
        """The name of the part of an answer before that step which is this value."""
        for step, document in reversed(self._answers):
            found = next(places(document, value), None) if step < before else None
            if found is not None:
                return self.named(OfAnswer(step, found), f"step{step + 1}_part")
        return None

    def login(self, user: str, secret: str) -> str:
        """The name of user and password in base64."""
        shown: Text = user
        if user == self._username:
            shown = [Ref(self.named(OfTarget("pingaccess_username"), "pingaccess_username"))]
        else:
            shown = self.text(user)
        if "?" in user:
            self.fails("sends a user's name that is not shown whole")
        self._may_mint = True
        return self.named(Login(shown, self._secret(secret)), "login")

    def is_of_worker(self, placeholder: str) -> bool:
        """Whether a bearer that no answer brought can be the one of earlier scenarios.

        Only one can; where an answer brought one, another is of the sender's own making.
        """
        if self.knows(placeholder) or any(one.startswith("JWT") for one in self._texts):
            return False
        self._worker = self._worker or placeholder
        return placeholder == self._worker

    def worker_token(self) -> str:
        """The name of a token of the target's worker."""
        return self.named(OfTarget("worker_token"), "worker_token")

    def knows(self, placeholder: str) -> bool:
        """Whether it is known where this secret came from."""
        return placeholder in self._texts or placeholder in self._remade

    def named(self, source: Source, name: str) -> str:
        """The name under which the source is kept; `name`, or numbered where that is another's."""
        key = repr(source)
        if key not in self._names:
            wanted, number = name, 1
            while wanted in self.values:
                number += 1
                wanted = f"{name}_{number}"
            self._names[key] = wanted
            self.values[wanted] = source
        return self._names[key]

    def _found(self, text: str) -> Iterator[tuple[int, int, str]]:
        known = sorted([*self._remade, *self._texts], key=len, reverse=True)
        here = [_whole(one) for one in known if one in text]
        any_of = re.compile("|".join([*here, *(one.pattern for one in _PATTERNS)]))
        for found in any_of.finditer(text):
            yield found.start(), found.end(), self._name(found[0])

    def _name(self, text: str) -> str:
        if text in self._remade or text in self._texts or PLACEHOLDER.fullmatch(text):
            return self._secret(text)
        if text.startswith("paconform-") or text == "paconform":
            return self.named(OfTarget("name_prefix"), "name_prefix")
        return self.named(OfTarget("name_letters"), "name_letters")

    def _secret(self, shown: str) -> str:
        one = self._remade.get(shown)
        base = self._texts.get(one.of) if one is not None else None
        if one is not None and base is not None:
            mutations = [Mutated(key, args) for key, args in one.mutations]
            of = self.named(base, _called(base))
            return self.named(Spoiled(of, mutations), "spoiled")
        source = self._texts.get(shown)
        if isinstance(source, OfTarget):
            return self.named(source, source.setting)
        if source is not None:
            return self.named(source, _called(source))
        if shown.startswith("JWT"):
            self.fails("sends a token whose origin is not known")
        if shown not in self._minted and not self._may_mint:
            self.fails("sends a secret that cannot be made again")
        number = len(self._minted) + 1
        return self.named(self._minted.setdefault(shown, Minted(number)), "secret")


_PATTERNS = (PLACEHOLDER, PREFIX, LETTERS)


def json_of(exchange: ExchangeRecord) -> Any | UnsetType:
    """The JSON of an answer; UNSET where it is none, or not whole."""
    body = exchange.response_body
    if body is None or (body.note and "cut" in body.note):
        return UNSET
    try:
        value = json.loads(body.text)
    except (ValueError, RecursionError):
        return UNSET
    return UNSET if is_deep(value) else value


def collection_of(url: str) -> str:
    """The last part of the path that is no id."""
    path = url.partition("?")[0].rstrip("/")
    parts = [one for one in path.split("/") if one and not is_id(one)]
    return parts[-1] if parts else ""


def is_id(part: str) -> bool:
    """Whether part of a path looks like an id."""
    return part.isdecimal() or UUID.fullmatch(part) is not None


def stem_of(name: str) -> str:
    """What a member names that holds ids: site for siteId, virtualHost for virtualHostIds."""
    return re.sub(r"[iI][dD]s?$", "", name)


def _leaves(value: Any, pointer: str = "", name: str = "") -> Iterator[tuple[str, str, Any]]:
    if isinstance(value, dict):
        for key, one in value.items():
            yield from _leaves(one, step_down(pointer, key), key)
    elif isinstance(value, list):
        for number, one in enumerate(value):
            yield from _leaves(one, step_down(pointer, number), name)
    elif isinstance(value, str | int):
        yield pointer, name, value


def _fit(stem: str, collection: str) -> bool:
    one, other = _singular(stem), _singular(collection)
    if min(len(one), len(other)) < 4:
        return one == other and bool(one)
    return one.endswith(other) or other.endswith(one) or other.startswith(one)


def _singular(word: str) -> str:
    word = re.sub(r"[^a-z0-9]", "", word.lower())
    return f"{word[:-3]}y" if word.endswith("ies") else word.removesuffix("s")


def _whole(text: str) -> str:
    """A pattern for the text, which is not the beginning of another placeholder."""
    return re.escape(text) + (r"(?!\d)" if text[-1].isdigit() else "")


def _called(source: Source) -> str:
    if not isinstance(source, OfAnswer):
        return "value"
    last = (source.pointer or "").rpartition("/")[2] or source.header or source.cookie or "value"
    word = re.sub(r"[^a-z0-9]+", "_", re.sub(r"(?<=[a-z])(?=[A-Z])", "_", last).lower()).strip("_")
    return f"step{source.step + 1}_{word or 'value'}"[:56]
