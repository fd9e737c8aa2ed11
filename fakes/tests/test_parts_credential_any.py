"""Whatever stands where a credential should, the reader answers and says no more than it may."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakes.pingaccess.connections.credential import Credential
from fakes.tests.credential_reading import (
    HEADER,
    PAYLOAD,
    SEGMENTS,
    VECTORS,
    accepted,
    is_json,
    read,
)
from fakes.tests.parts_tokens import (
    CLAIMS,
    CREDENTIAL,
    compact,
    token,
)


@given(st.text() | st.text("AQaz09-_.=+/ \n", min_size=1) | st.none() | st.floats() | st.binary())
def test_any_text_gets_an_answer(text: object) -> None:
    assert isinstance(read(text), list)


@given(st.binary(max_size=300), st.binary(max_size=300), st.binary(max_size=300))
def test_any_three_segments_get_an_answer(header: bytes, payload: bytes, signature: bytes) -> None:
    assert isinstance(read(compact(header, payload, signature)), list)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(st.sampled_from(sorted(CLAIMS)), JSON)
def test_any_value_of_a_claim_gets_an_answer(name: str, value: Any) -> None:
    found = read(token(**{name: value}))
    assert found


FURTHER = st.text().filter(lambda name: name not in {*CLAIMS, "exp", "nbf"})


@given(st.dictionaries(FURTHER, JSON.filter(lambda value: is_json(json.dumps(value).encode()))))
def test_any_further_claims_are_ignored(claims: dict[str, Any]) -> None:
    text = compact(HEADER, json.dumps({**claims, **CLAIMS}).encode())
    assert accepted(text).credential_id == CREDENTIAL


@given(st.randoms(use_true_random=False))
def test_any_order_of_the_claims_is_accepted(random: Any) -> None:
    names = list(CLAIMS)
    random.shuffle(names)
    accepted(compact(HEADER, json.dumps({name: CLAIMS[name] for name in names}).encode()))


@given(st.integers(0, len(token()) - 1), st.characters())
def test_one_changed_character_never_shows_in_a_complaint(at: int, character: str) -> None:
    changed = token()[:at] + character + token()[at + 1 :]
    found = read(changed)
    if isinstance(found, list):
        assert not any(SEGMENTS[1][:20] in complaint.text for complaint in found)


@pytest.mark.skipif(not VECTORS.is_dir(), reason="the JSON vectors are not beside the project")
def test_no_invalid_json_of_the_public_suite_is_a_header() -> None:
    for path in sorted(VECTORS.glob("n_*.json")):
        raw = path.read_bytes()[:8000]
        assert isinstance(read(compact(raw, PAYLOAD)), list), path.name
        inside = b'{"alg":"RS256","x":' + raw + b"}"
        assert not isinstance(read(compact(inside, PAYLOAD)), Credential) or is_json(inside), (
            path.name
        )
