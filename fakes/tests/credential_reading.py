"""The credential reader as its tests ask it, and a good credential to spoil."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

from fakes.pingaccess.connections.credential import Complaint, Credential, read_credential
from fakes.pingaccess.decisions.parts import CORRECT_PARTS
from fakes.tests.parts_tokens import (
    CLAIMS,
    token,
)

HEADER = b'{"alg":"RS256"}'
PAYLOAD = json.dumps(CLAIMS).encode()
OWN = frozenset({"https://localhost:8443"})
VECTORS = Path(__file__).parents[3] / "shared/vectors/JSONTestSuite/test_parsing"


def read(
    text: object, origins: frozenset[str] = OWN, *, stored: bool = False, **decisions: Any
) -> Credential | list[Complaint]:
    behaviour = dataclasses.replace(CORRECT_PARTS, **decisions)
    return read_credential(text, behaviour, origins, stored=stored)


def complaints(text: object, **decisions: Any) -> list[str]:
    found = read(text, **decisions)
    assert isinstance(found, list), "accepted"
    assert found, "refused without a reason"
    return [complaint.text for complaint in found]


def kinds(text: object) -> set[str]:
    found = read(text)
    assert isinstance(found, list), "accepted"
    return {complaint.kind for complaint in found}


def accepted(text: object, origins: frozenset[str] = OWN, **decisions: Any) -> Credential:
    found = read(text, origins, **decisions)
    assert isinstance(found, Credential), found
    return found


SEGMENTS = token().split(".")


def is_json(raw: bytes) -> bool:
    try:
        json.loads(raw.decode("utf-8"), parse_constant=lambda _: 1 / 0)
    except (ValueError, ZeroDivisionError, RecursionError):
        return False
    return True
