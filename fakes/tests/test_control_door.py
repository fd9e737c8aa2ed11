"""The control door names the member that it cannot take, its value, and what to do instead."""

from __future__ import annotations

import json

import pytest

from fakes.message import Request
from fakes.world import World


@pytest.mark.parametrize(
    ("method", "path", "body", "said"),
    [
        (
            "POST",
            "/clock",
            {"advance_s": -1},
            "advance_s: -1 is negative; a clock only goes forward",
        ),
        ("POST", "/clock", {"advance_s": 1e300}, "advance_s: 1e+300 leads past 3000-"),
        ("POST", "/clock", {"advance_s": "1"}, "advance_s: '1' is not a number of seconds"),
        ("POST", "/clock", {}, 'must be a JSON object with "advance_s"'),
        ("POST", "/restore", {"id": "7"}, "id: '7' is not one of (none: POST /snapshot makes one)"),
        (
            "PUT",
            "/faults",
            {"faults": [{"host": "moon"}]},
            "'moon' - at `$[0].host`; host is one of",
        ),
        ("GET", "/moon", {}, "GET /moon is not one of "),
    ],
)
def test_what_cannot_be_done_is_said(method: str, path: str, body: object, said: str) -> None:
    answer = World().control.handle(Request(method, path, body=json.dumps(body).encode()))

    assert answer.status in {400, 404}
    assert said in json.loads(answer.body)["error"]


def test_a_snapshot_that_there_is_is_named() -> None:
    door = World().control
    key = json.loads(door.handle(Request("POST", "/snapshot", body=b"{}")).body)["id"]

    answer = door.handle(Request("POST", "/restore", body=b'{"id": "7"}'))

    assert f"is not one of {key}" in json.loads(answer.body)["error"]
