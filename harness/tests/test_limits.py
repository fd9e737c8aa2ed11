"""PingOne's 429 is waited for as it says, within bounds; PingAccess's is an answer."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from harness.errors import HarnessError
from harness.recorder import Record
from harness.tests.answering import Asked, session

GATEWAYS = "/v1/environments/env-1/gateways"
DATES = {
    "date": "Tue, 03 Mar 2026 10:00:00 GMT",
    "retry-after": "Tue, 03 Mar 2026 10:00:07 GMT",
}


def paused(limits: list[dict[str, str]], **members: Any) -> tuple[httpx.Response, list[float]]:
    """The answer after 429s with these headers, and the pauses before it."""
    asked, pauses, left = Asked(), list[float](), iter(limits)
    asked.answers["POST /env-1/as/token"] = (200, {"access_token": "worker-token"})

    def answer(_: httpx.Request) -> httpx.Response:
        headers = next(left, None)
        return (
            httpx.Response(200, json={})
            if headers is None
            else httpx.Response(429, headers=headers)
        )

    asked.answers[f"GET {GATEWAYS}"] = answer
    run = session(asked, pause=pauses.append, **members).scenario(Record("a scenario"))
    return run.pingone.api.get_gateways(), pauses


@pytest.mark.parametrize(
    ("limits", "expected"),
    [
        ([], []),
        ([{"retry-after": "3"}, {"retry-after": "0"}], [3, 0]),
        ([DATES], [7]),
        ([{**DATES, "date": DATES["retry-after"], "retry-after": DATES["date"]}], [0]),
        ([{}, {}, {}], [1, 2, 4]),
        ([{"retry-after": "soon"}], [1]),
    ],
)
def test_a_limited_request_is_asked_again_when_it_may(
    limits: list[dict[str, str]], expected: list[float]
) -> None:
    answer, pauses = paused(limits)

    assert answer.status_code == 200
    assert pauses == expected


@pytest.mark.parametrize("limits", [[{"retry-after": "31"}], [{"retry-after": "1"}] * 7])
def test_what_is_limited_for_too_long_is_no_verdict(limits: list[dict[str, str]]) -> None:
    with pytest.raises(HarnessError, match="PingOne limits the requests of this environment"):
        paused(limits)


def test_a_429_of_pingaccess_is_an_answer() -> None:
    asked = Asked()
    asked.answers["GET /pa-admin-api/v3/version"] = (429, {})

    answer = session(asked).scenario(Record("a scenario")).product.api.version()

    assert answer.status_code == 429
    assert len(asked.requests) == 1
