"""Scenarios get what they arrange, or an error of ours; on a live product they leave nothing."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import httpx
import pytest

from harness.errors import HarnessError, NotMeasured
from harness.product import Credential, PingOneAddress
from harness.recorder import Record
from harness.tests.answering import PASSWORD, SECRET, Asked, session
from harness.tests.product_answers import V3, asked_for

if TYPE_CHECKING:
    from harness.product import Scenario


def test_the_authority_of_pingone_is_the_one_given_else_what_the_door_tells(asked: Asked) -> None:
    record = Record("a scenario")
    given = session(asked, pingone_ca_pem="GIVEN").scenario(record).product
    told = session(asked).scenario(record).product
    public = session(asked, control=None).scenario(record).product

    assert [one.pingone_ca_pem() for one in (given, told, public)] == ["GIVEN", "THE PEM", None]
    assert asked_for(asked) == ["GET /trust"]


def test_a_scenario_asks_nothing_until_it_is_used(asked: Asked) -> None:
    scenario = session(asked).scenario(Record("a scenario"))
    assert (scenario.product.target, scenario.product.release) == ("embedded", "7.3")
    assert scenario.product.login == ("Administrator", PASSWORD)
    assert scenario.pingone.api_root == "https://api.test"
    scenario.close()

    assert asked.requests == []


def test_nothing_that_a_run_holds_shows_its_secrets(asked: Asked) -> None:
    run = session(asked)
    scenario = run.scenario(Record("a scenario"))
    credential = Credential("the-token", "1", "2", "3")
    shown = (run, run.control, run.pingone, scenario.product, scenario.pingone, credential)

    assert run.secrets == {PASSWORD, SECRET, "the-door-token"}
    for secret in (*run.secrets, "the-token"):
        assert all(secret not in repr(one) for one in shown)
    assert scenario.record.secrets >= run.secrets


def test_names_depend_on_the_scenario_alone(asked: Asked) -> None:
    one, again = (session(asked).scenario(Record("a scenario")).product for _ in range(2))

    names = [one.name("rule"), one.name("rule"), one.name("site"), one.unique_path()]

    assert names == [
        "paconform-rule-1",
        "paconform-rule-2",
        "paconform-site-1",
        "/paconform-path-1",
    ]
    assert again.name("rule") == names[0]


def test_names_on_a_live_product_carry_the_run_and_differ_by_scenario(asked: Asked) -> None:
    run = session(asked, target="live")
    names = [run.scenario(Record(one)).product.name("rule") for one in ("a", "b")]

    assert all(name.startswith("paconform-run7-") for name in names)
    assert names[0] != names[1]


def test_the_time_of_the_product_is_that_of_its_answers(asked: Asked, scenario: Scenario) -> None:
    dated = httpx.Response(200, headers={"Date": "Tue, 24 Nov 2026 08:00:01 GMT"})
    asked.answers[f"GET {V3}/version"] = lambda _: dated

    assert scenario.product.now() == datetime(2026, 11, 24, 8, 0, 1, tzinfo=UTC)


@pytest.mark.parametrize("headers", [{}, {"Date": "noon"}])
def test_without_a_date_the_time_cannot_be_told(
    asked: Asked, scenario: Scenario, headers: dict[str, str]
) -> None:
    asked.answers[f"GET {V3}/version"] = lambda _: httpx.Response(200, headers=headers)

    with pytest.raises(HarnessError, match="Date header"):
        scenario.product.now()


def test_what_a_target_lacks_is_not_measured(asked: Asked) -> None:
    address = PingOneAddress("https://api.test/v1", "https://auth.test", "env-1", "a", "b")
    live = session(asked, target="live", control=None, pingone=address)
    scenario = live.scenario(Record("a scenario"))

    for ask in (
        scenario.product.needs_control,
        scenario.product.resettable,
        scenario.pingone.needs_control,
        scenario.pingone.needs_second_environment,
    ):
        with pytest.raises(NotMeasured, match=r"^a reason: "):
            ask("a reason")


def test_what_fakes_have_is_given(scenario: Scenario) -> None:
    scenario.product.resettable("a reason")

    assert scenario.product.needs_control("a reason") is scenario.pingone.control
    assert scenario.pingone.needs_second_environment("a reason") == "env-2"
