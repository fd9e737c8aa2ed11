"""What an answer holds is read as leniently as Python reads JSON, to any depth that it does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn

import httpx
import pytest

from harness.answers import Answered, object_of

if TYPE_CHECKING:
    from collections.abc import Mapping

DEEP = 600
READ = {
    "utf-8": b'{"a": 1}',
    "with a byte order mark": b'\xef\xbb\xbf{"a": 1}',
    "utf-16": '{"a": 1}'.encode("utf-16"),
    "not a number": b'{"a": 1, "b": NaN}',
    "beyond a double": b'{"a": 1, "b": 1e400}',
    "half a surrogate pair": b'{"a": 1, "b": "\\ud800"}',
    "deep": b'{"a": 1, "b": ' + b"[" * DEEP + b"]" * DEEP + b"}",
}
UNREAD = {
    "nothing": b"",
    "a list": b"[{}]",
    "no JSON": b"{a}",
    "no UTF-8": b'{"a": "\xff"}',
    "deeper than anything": b'{"a": ' + b"[" * 100_000,
}


def lacking(found: Mapping[str, Any], member: str) -> NoReturn:
    raise LookupError(f"{sorted(found)} lacks {member}")


@pytest.mark.parametrize("content", READ.values(), ids=READ)
def test_what_python_reads_is_read(content: bytes) -> None:
    told = object_of(httpx.Response(200, content=content), lacking)
    assert told is not None
    assert told["a"] == 1


@pytest.mark.parametrize("content", UNREAD.values(), ids=UNREAD)
def test_what_is_no_object_is_none(content: bytes) -> None:
    assert object_of(httpx.Response(200, content=content), lacking) is None


def test_a_member_that_any_object_inside_lacks_is_told() -> None:
    answer = httpx.Response(200, json={"a": [[{"b": {"c": [{}, 1]}}], 2], "d": {}})
    told = object_of(answer, lacking)
    assert told is not None
    assert told == answer.json()
    inner = told["a"][0][0]
    for one in (told, told["d"], inner, inner["b"], inner["b"]["c"][0]):
        assert type(one) is Answered
        with pytest.raises(LookupError, match="lacks x"):
            one["x"]
