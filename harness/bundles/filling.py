"""Texts of a bundle with the values of the target that it is replayed on."""

from __future__ import annotations

import json
import re
from base64 import b64decode, b64encode
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, quote_plus

from msgspec import UNSET

from harness.bundles.alike import counterpart, recorded_json
from harness.bundles.format import TEXT, VALUE, Login, Minted, OfAnswer, OfTarget, Ref, Spoiled
from harness.errors import BadSettings

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import httpx

    from harness.bundles.format import Body, Bundle, Mutated, Setting, Source, Text
    from harness.mutations import Mutation
    from harness.recorder import Record

SHORTEST_SECRET = 20
"""Characters; what is shorter is an id or a word."""

_UUID = re.compile(r"[0-9a-fA-F-]{36}")

LARGEST = 5_000_000
"""Bytes of a body after the values stand in it."""

LARGEST_TOGETHER = 20_000_000
"""Characters of all values that one replay puts in: a value may stand in many places."""


class Lacking(Exception):  # noqa: N818 - what is so, and no error: the replay went another way
    """The answer to a step of this index lacks what a later step needs."""

    def __init__(self, step: int, what: str) -> None:
        self.step = step
        self.what = what
        super().__init__(what)


class Filler:
    """The values of one replay; answers are added as they come."""

    def __init__(
        self, bundle: Bundle, settings: Mapping[Setting, Callable[[], str | None]], record: Record
    ) -> None:
        self._bundle = bundle
        self._settings = settings
        self._record = record
        self._room = LARGEST_TOGETHER
        self.answers: list[httpx.Response | None] = []

    def text(self, text: Text) -> str:
        """The text with its values."""
        if isinstance(text, str):
            return text
        return "".join(one if isinstance(one, str) else self._written(one) for one in text)

    def body(self, body: Body | None) -> bytes | None:
        """The bytes of a body."""
        if body is None:
            return None
        if body.base64 is not UNSET:
            return _decoded(body.base64)
        if body.text is not UNSET:
            return _bounded(self.text(body.text).encode("utf-8", "surrogatepass"))
        return _bounded(json.dumps(self.tree(body.json), separators=(",", ":")).encode())

    def tree(self, value: Any) -> Any:
        """The JSON value with its values."""
        if isinstance(value, dict):
            if VALUE in value:
                return self.value(value[VALUE])
            if TEXT in value:
                pieces = value[TEXT]
                return self.text([one if isinstance(one, str) else Ref(**one) for one in pieces])
            return {key: self.tree(one) for key, one in value.items()}
        return [self.tree(one) for one in value] if isinstance(value, list) else value

    def value(self, name: str) -> Any:
        """The value of this name; Lacking where the answer that has it does not."""
        found = self._found(self._bundle.values[name])
        self._room -= len(found) if isinstance(found, str) else len(json.dumps(found))
        if self._room < 0:
            raise BadSettings("steps: the values that are sent grow without end; not sent")
        return found

    def _found(self, source: Source) -> Any:
        if isinstance(source, OfTarget):
            return self._of_target(source)
        if isinstance(source, OfAnswer):
            found = self._of_answer(source)
        elif isinstance(source, Minted):
            found = f"Minted-by-replay-{source.number}"
        elif isinstance(source, Login):
            login = f"{self.text(source.user)}:{self.value(source.password)}"
            found = b64encode(login.encode()).decode()
        else:
            found = self._spoiled(source)
        if isinstance(found, str) and len(found) >= SHORTEST_SECRET and not _UUID.fullmatch(found):
            self._record.secret(found)
        return found

    def _of_target(self, source: OfTarget) -> str:
        found = self._settings[source.setting]()
        if found is None:
            raise BadSettings(
                f"the target has no {source.setting}, which the bundle needs; "
                "replay on --target embedded"
            )
        return found

    def _of_answer(self, source: OfAnswer) -> Any:
        answer = self.answers[source.step]
        what = source.pointer or source.header or f"the cookie {source.cookie}"
        if answer is not None and source.pointer is not None:
            recorded = recorded_json(self._bundle.steps[source.step].answer.body or "")
            try:
                return counterpart(recorded, answer.json(), source.pointer)
            except (LookupError, ValueError, RecursionError):
                raise Lacking(source.step, what) from None
        found = None
        if answer is not None and source.header is not None:
            found = answer.headers.get(source.header)
        elif answer is not None and source.cookie is not None:
            found = _cookie(answer, source.cookie)
        if found is None:
            raise Lacking(source.step, what)
        return found

    def _spoiled(self, source: Spoiled) -> str:
        from harness.mutations import spoil  # noqa: PLC0415 - few bundles need it

        token = self.value(source.of)
        try:
            return spoil(str(token), *map(_mutation, source.mutations)).text
        except ValueError:
            step = self._bundle.values[source.of]
            raise Lacking(getattr(step, "step", 0), "a token that can be spoiled") from None

    def _written(self, ref: Ref) -> str:
        value = self.value(ref.value)
        text = value if isinstance(value, str) else json.dumps(value)
        if ref.form == "json":
            return json.dumps(text)[1:-1]
        if ref.form == "url":
            return quote(text, safe="", errors="surrogatepass")
        return quote_plus(text, errors="surrogatepass") if ref.form == "form" else text


def _mutation(told: Mutated) -> Mutation:
    """The mutation of the registry, at another place of the token where one is told."""
    from harness.mutations import by_id  # noqa: PLC0415 - few bundles need it

    try:
        row = by_id(told.id)
    except KeyError:
        raise BadSettings(
            f"values: mutation {told.id!r} is unknown; `paconform list mutations`"
        ) from None
    if told.args is None:
        return row
    if len(told.args) != len(row.args) or not all(map(_fits, told.args, row.args)):
        raise BadSettings(f"values: mutation {told.id}: {told.args!r} are not its arguments")
    return replace(row, args=tuple(told.args))


def _fits(given: Any, own: Any) -> bool:
    """Whether an argument is the registry's, or another place in the token."""
    if type(given) in (int, float) and type(own) in (int, float):
        return bool(0 <= given <= max(7, own))
    return type(given) is type(own) and bool(given == own)


def _cookie(answer: httpx.Response, name: str) -> str | None:
    for written in answer.headers.get_list("set-cookie"):
        key, _, rest = written.partition("=")
        if key.strip() == name:
            return rest.partition(";")[0]
    return None


def _decoded(text: str) -> bytes:
    try:
        return b64decode(text, validate=True)
    except ValueError:
        raise BadSettings("steps: a body is not base64; have the bundle written again") from None


def _bounded(content: bytes) -> bytes:
    if len(content) > LARGEST:
        raise BadSettings(f"steps: a body grows beyond {LARGEST:,} bytes; it is not sent")
    return content
