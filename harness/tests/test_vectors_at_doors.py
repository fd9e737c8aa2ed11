"""Public test vectors at every door: none of them is PingOne's token, whatever else it is.

Tokens as they are; bodies of JSON as header and as payload, signed by the door's own issuer where
its key is at hand; naughty strings as what somebody pasted.
"""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from harness import jose
from harness.cli.targets import Embedded, Wanted
from harness.doors import DOORS
from harness.recorder import Record
from harness.tests.tokens import folder, vectors

if TYPE_CHECKING:
    from collections.abc import Iterator

    from harness.doors import Door

EVERY = {"import": 29}
"""Which share of the texts is sent where one costs as much as ten elsewhere."""


@cache
def tokens() -> tuple[str, ...]:
    """What is or looks like a token: Wycheproof, the cookbook of JOSE, PASETO, naughty strings."""
    groups = vectors("wycheproof_json_web_signature.json")["testGroups"]
    cases = [_text(test["jws"]) for group in groups for test in group["tests"] if "jws" in test]
    outputs = [
        json.loads(path.read_text("utf-8")).get("output")
        for path in folder("ietf-jose-cookbook/**/*.json")
    ]
    forms = [_text(form) for one in outputs if isinstance(one, dict) for form in one.values()]
    files = [json.loads(path.read_text("utf-8"))["tests"] for path in folder("paseto/*.json")]
    return (*cases, *forms, *(one["token"] for file in files for one in file), *naughty())


def naughty() -> list[str]:
    """Strings that broke something once."""
    return list(vectors("blns/blns.json"))


def _text(form: Any) -> str:
    return form if isinstance(form, str) else json.dumps(form)


@cache
def bodies() -> tuple[bytes, ...]:
    """What is JSON, or nearly."""
    paths = (*folder("JSONTestSuite/test_parsing/*"), *folder("JSONTestSuite/test_transform/*"))
    return tuple(path.read_bytes() for path in paths)


def texts(door: Door) -> Iterator[str]:
    """Everything that is sent to a door."""
    yield from tokens()
    draft = replace(jose.read(door.base), signature=None)
    for body in bodies():
        yield replace(draft, header_bytes=body).compact(door.signer)
        yield replace(draft, payload_bytes=body).compact(door.signer)


@pytest.mark.parametrize("surface", DOORS)
def test_no_vector_gets_in_and_each_refusal_is_a_good_one(surface: str) -> None:
    target = Embedded(Wanted("embedded", None, 0, "vectors"))
    target.fresh()
    door = DOORS[surface](target.session.scenario(Record("vectors")))
    before, said = door.state(), {}

    for number, text in enumerate(texts(door)):
        if number % EVERY.get(surface, 1) == 0 and door.carries(text):
            answer = door.send(text)
            said[number] = door.refused(answer) and door.helps(answer, text)

    assert len(said) > 1_000 // EVERY.get(surface, 1)
    assert [number for number, good in said.items() if not good] == []
    assert door.state() == before
    assert door.accepted(door.send(door.base))
