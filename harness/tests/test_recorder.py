"""What happened is kept in order, and secrets do not get out."""

from __future__ import annotations

import httpx
import pytest

from harness.cli.targets import Embedded, Wanted
from harness.exchanges import shown
from harness.recorder import MASK, MOST_EXCHANGES, Exchange, Record
from harness.redaction import Redactor

REQUEST = httpx.Request("GET", "https://pa.test/pa-admin-api/v3/version?x=1")


def test_an_exchange_is_found_by_its_response() -> None:
    record, response = Record("a scenario"), httpx.Response(200)
    for one in (httpx.Response(200), response, httpx.Response(200)):
        record.note(Exchange("pingaccess", "version", REQUEST, one))

    assert record.exchange_of(response) is record.exchanges[1]
    assert record.exchange_of(httpx.Response(200)) is None


@pytest.mark.parametrize(
    ("came", "shown"),
    [
        ({"response": httpx.Response(422)}, "GET /pa-admin-api/v3/version -> 422"),
        ({"error": "ReadTimeout: late"}, "GET /pa-admin-api/v3/version -> ReadTimeout: late"),
    ],
)
def test_an_exchange_shows_what_came_of_it(came: dict[str, str], shown: str) -> None:
    assert str(Exchange("pingaccess", "version", REQUEST, **came)) == shown  # type: ignore[arg-type]


def test_a_public_name_is_hidden_only_where_it_was_tried_as_a_password() -> None:
    """What is shown of it anywhere else in the run says nothing secret."""
    target = Embedded(Wanted("embedded", None, 0, "x"))
    target.fresh()
    session, record = target.session, Record("a scenario")
    name = session.username
    scenario = session.scenario(record)
    scenario.product.api.version(login=(name, name))
    redactor = Redactor(record.secrets)
    tried = shown(record.exchanges[-1], redactor)
    target.close()

    assert redactor.text(f"{name} {session.password}") == f"{name} REDACTED-2"
    assert dict(tried.request_headers)["authorization"] == f"Basic ({name}:REDACTED-1)"


def test_a_secret_that_holds_another_is_masked_whole() -> None:
    record = Record("a scenario")
    for secret in ("abc", "abc.def", ""):
        record.secret(secret)

    assert record.masked("abc.def and abc") == f"{MASK} and {MASK}"


def test_a_long_scenario_holds_on_to_its_latest_exchanges() -> None:
    record = Record("long")
    request = httpx.Request("GET", "https://product.example")

    for number in range(10 * MOST_EXCHANGES):
        record.note(Exchange("pingaccess", str(number), request))

    assert len(record.exchanges) <= MOST_EXCHANGES
    assert record.exchanges[-1].operation == str(10 * MOST_EXCHANGES - 1)
