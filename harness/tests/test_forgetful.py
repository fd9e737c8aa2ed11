"""Readers that forget one rule each are found, and the plainest token for it has one mutation.

A reader forgets in one of two ways: it mends what it should refuse before it looks, or it overlooks
one complaint of the strict reader.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest
from hypothesis import find

from harness.strategies.tokens import malformed
from harness.tests.decoder import judge
from harness.tests.test_strategies import SEARCH
from harness.tests.tokens import CREDENTIAL, ISSUER, ISSUER_KEY

if TYPE_CHECKING:
    from collections.abc import Callable

    from harness.strategies.tokens import Case

KEY = ISSUER_KEY.public_key()

TOKEN = re.compile(r"[\w-]+\.[\w-]+\.[\w-]+", re.ASCII)


def unwrapped(text: str) -> str:
    """The first string inside JSON text."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return text
    inner = next(iter(value.values() if isinstance(value, dict) else value), None) if value else ""
    return inner if isinstance(inner, str) else text


MENDING: dict[str, Callable[[str], str]] = {
    "drops white space": lambda text: "".join(text.split()),
    "drops line ends": lambda text: text.replace("\r", "").replace("\n", ""),
    "drops invisible characters": lambda text: re.sub("[\u200b\u200c\u00ad\u2060\ufeff]", "", text),
    "takes quotation marks off": lambda text: text.strip("\"'`\u201c\u201d\u00ab\u00bb"),
    "takes the scheme off": lambda text: re.sub(r"(?i)^bearer[ :]", "", text),
    "looks for a token in the text": lambda text: (TOKEN.findall(text) or [text])[0],
    "drops padding": lambda text: text.replace("=", ""),
    "drops what is no base64": lambda text: re.sub(r"[^\w.-]", "", text, flags=re.ASCII),
    "reads the standard alphabet": lambda text: text.translate(str.maketrans("+/", "-_")),
    "reads three parts of many": lambda text: ".".join(text.split(".")[:3]),
    "drops empty parts": lambda text: ".".join(filter(None, text.split("."))),
    "reads other delimiters": lambda text: re.sub("[,;:|\uff0e]", ".", text),
    "decodes percents": unquote,
    "takes JSON off": unwrapped,
}
"""What a reader does to a text before it judges strictly."""

OVERLOOKED = {
    "forgets alg": r"alg|signature",
    "forgets crit": "crit",
    "forgets b64": "b64|crit",
    "forgets the type of kid": "kid",
    "forgets the signature": "signature",
    "takes a name twice": "(header|payload): a name stands twice",
    "takes constants": r"(header|payload): -?\w+ is no JSON",
    "reads to any depth": "(header|payload): nested",
    "takes any number for a time": "(exp|nbf|iat): no number",
    "forgets environmentId": "environmentId",
    "forgets jti": "jti",
    "forgets the kind of gateway": "gatewayType",
    "forgets authUrl": "authUrl",
    "forgets aud": "aud",
    "forgets iss": "iss",
}
"""Which complaints of the strict reader a reader does not make."""


def plainest(accepts: Callable[[str], bool]) -> Case:
    """The plainest refused token that this reader accepts."""
    case = malformed(CREDENTIAL, at_most=3, signer=ISSUER)
    return find(case, lambda drawn: accepts(drawn.token), settings=SEARCH)


@pytest.mark.parametrize("how", MENDING)
def test_a_reader_that_mends_is_shown_by_one_mutation(how: str) -> None:
    case = plainest(lambda token: judge(MENDING[how](token), key=KEY).accepted)

    assert len(case.mutations) == 1


@pytest.mark.parametrize("what", OVERLOOKED)
def test_a_reader_that_overlooks_is_shown_by_one_mutation(what: str) -> None:
    def accepts(token: str) -> bool:
        complaints = judge(token, key=KEY).complaints
        return all(re.match(OVERLOOKED[what], complaint) for complaint in complaints)

    case = plainest(accepts)

    assert len(case.mutations) == 1


def test_a_reader_that_forgets_nothing_is_not_shown() -> None:
    """The control: what is found above is the reader's fault."""
    assert all(judge(MENDING[how](CREDENTIAL), key=KEY).accepted for how in MENDING)
    assert judge(CREDENTIAL, key=KEY).accepted
