"""What is kept of an answer: its shape, plain values that the product chose, and no secret."""

from __future__ import annotations

import json
from typing import Any

import httpx
import msgspec
import pytest

from harness.evidence import Shape
from harness.recorder import Exchange
from harness.redaction import Redactor
from harness.shapes import MOST_MEMBERS, Shapes, written

SECRET = "Sn3akySecret"


def exchange(answer: Any, sent: Any = None, method: str = "POST", status: int = 200) -> Exchange:
    request = httpx.Request(method, "https://a.invalid/sites", json=sent)
    body = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
    response = httpx.Response(status, content=body, headers={"content-type": "application/json"})
    return Exchange("pingaccess", None, request, response)


def shape_of(one: Exchange) -> Shape:
    shape, text = written(one)
    assert msgspec.json.decode(text, type=Shape) == shape
    return shape


def test_members_have_types_and_items_are_one() -> None:
    shape = shape_of(exchange({"items": [{"id": 1, "x": None}, {"id": "a", "y": True}]}))
    assert shape.members == {
        "": "object",
        "items": "array",
        "items[]": "object",
        "items[].id": "number|text",
        "items[].x": "null",
        "items[].y": "boolean",
    }


def test_values_are_kept_where_the_product_chose_them() -> None:
    answer = {"name": "mine", "useProxy": False, "port": 3, "mode": "Lax", "note": "a b c", "id": 7}
    shape = shape_of(exchange(answer, {"name": "mine", "port": 3}))
    assert shape.chosen == {"useProxy": "false", "mode": '"Lax"'}
    assert shape_of(exchange(answer, {}, status=422)).chosen == {}
    assert shape_of(exchange(answer, {}, method="GET")).chosen == {}


@pytest.mark.parametrize(
    ("items", "order"),
    [
        ([{"id": 1}, {"id": 2}, {"id": 3}], "id up"),
        ([{"name": "c"}, {"name": "b"}, {"name": "a"}], "name down"),
        ([{"id": 1}, {"id": 3}, {"id": 2}], "none"),
        ([{"id": 1}, {"id": "2"}, {"id": 3}], "none"),
        ([{"id": [1]}, {"id": [2]}, {"id": [3]}], "none"),
        ([{"id": 1}, {"id": 2}], ""),
    ],
)
def test_a_collection_tells_its_order(items: list[Any], order: str) -> None:
    assert shape_of(exchange({"items": items})).order == order


@pytest.mark.parametrize(
    "body",
    [b"", b"plain", b"{", b'{"a":"\xff"}', b"[" * 5000, b'{"a":NaN}', b'{"a":1e999}', b"[1]" * 9],
)
def test_no_answer_is_too_odd_to_have_a_shape(body: bytes) -> None:
    assert shape_of(exchange(body)).status == 200


def test_a_shape_is_bounded() -> None:
    wide = {f"member{n}" * 8: n for n in range(500)} | {f"m{n}": n for n in range(5000)}
    assert len(shape_of(exchange(wide)).members) == MOST_MEMBERS
    deep: Any = 1
    for _ in range(80):
        deep = {"a": deep}
    assert len(shape_of(exchange(deep)).members) < 20


def test_no_answer_has_its_error_for_a_shape() -> None:
    lost = Exchange(
        "pingone", None, httpx.Request("GET", "https://a.invalid"), error="ReadTimeout: x"
    )
    assert (shape_of(lost).status, shape_of(lost).media) == (None, "ReadTimeout")


def test_a_shape_is_explained_once() -> None:
    shapes = Shapes()
    first, told = shapes.of([exchange({"a": 1}), exchange({"a": 2})], (), Redactor)
    assert (first[0], list(told)) == (first[1], [first[0]])
    assert shapes.of([exchange({"a": 3})], (), Redactor) == ([first[0]], {})


def test_no_secret_is_in_a_shape_wherever_it_stands() -> None:
    places = [
        {
            "useProxy": SECRET,
            "clientSecret": "Word",
            "password": "Word",
            SECRET: 1,
            "x": {SECRET: 1},
        },
        {"items": [{SECRET: [SECRET]}]},
    ]
    shapes = Shapes()
    for place in (*places, *places):
        keys, told = shapes.of([exchange(place, {})], {SECRET}, lambda: Redactor([SECRET]))
        text = msgspec.json.encode(told).decode()
        assert SECRET not in text
        assert "Word" not in text
        assert len(keys) == 1


def test_a_word_that_turns_out_secret_later_is_hidden_then() -> None:
    shapes, redactor = Shapes(), Redactor()
    shapes.of([exchange({"mode": SECRET}, {})], (), lambda: redactor)
    redactor.learn([SECRET])
    _, told = shapes.of([exchange({"mode": SECRET}, {})], {SECRET}, lambda: redactor)
    assert SECRET not in msgspec.json.encode(told).decode()
