"""What a live run makes goes away again, also after a crash."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from harness.errors import BadSettings, HarnessError, NotMeasured
from harness.journal import Journal, clean_up, left
from harness.product.made import Keeper, Made
from harness.recorder import Record
from harness.tests.answering import Asked, session

if TYPE_CHECKING:
    from pathlib import Path

    from harness.product import Scenario, Session

V3 = "/pa-admin-api/v3"
P1 = "/v1/environments/env-1"
RULE = Made("rule", (1,), "a rule")
RESOURCE = Made("resource", (1, 2), "a resource")
GATEWAY = Made("gateways", ("g",), "a gateway")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the journal is."""
    return tmp_path / "journal.jsonl"


@pytest.fixture
def asked() -> Asked:
    """A product that lets go of everything."""
    found = Asked()
    found.answers |= {
        "POST /env-1/as/token": (200, {"access_token": "worker-token"}),
        f"POST {V3}/rules": (200, {"id": 1, "name": "a rule"}),
        f"POST {V3}/applications/1/resources": (200, {"id": 2, "applicationId": 1}),
        f"POST {P1}/gateways": (201, {"id": "g", "name": "a gateway"}),
        f"DELETE {V3}/rules/1": (200, None),
        f"DELETE {V3}/applications/1/resources/2": (200, None),
        f"DELETE {P1}/gateways/g": (204, None),
    }
    return found


def live(asked: Asked, journal: Journal | None = None) -> Session:
    """A run on a live product."""
    return session(asked, target="live", control=None, journal=journal)


def opened(run: Session) -> Scenario:
    """A scenario of it."""
    return run.scenario(Record("a scenario"))


def deletions(asked: Asked) -> list[str]:
    """What was asked to go, in order."""
    return [one.url.path for one in asked.requests if one.method == "DELETE"]


def test_what_was_made_is_written_at_once_and_crossed_out_when_it_is_gone(path: Path) -> None:
    journal = Journal(path)
    assert not path.exists()
    for made in (RULE, RESOURCE, GATEWAY):
        journal.made(made)
    journal.removed(RESOURCE)

    assert len(path.read_text().splitlines()) == 4
    assert left(path) == [RULE, GATEWAY]
    journal.close()
    journal.removed(RULE)
    assert left(path) == [GATEWAY]
    journal.close()


def test_a_line_that_was_cut_off_is_passed_over(path: Path) -> None:
    journal = Journal(path)
    journal.made(RULE)
    journal.close()
    with path.open("a") as file:
        file.write('{"act": "made", "kind": "si')

    assert left(path) == [RULE]


@pytest.mark.parametrize(
    "line",
    [
        "no JSON\n",
        "[]\n",
        "{}\n",
        '{"act": "made", "kind": "user", "keys": [1], "name": ""}\n',
        '{"act": "burnt", "kind": "rule", "keys": [1], "name": ""}\n',
        '{"act": "made", "kind": "rule", "keys": 1, "name": ""}\n',
        '{"act": "made", "kind": "rule", "keys": [1], "name": null}\n',
        '{"act": "made", "kind": ["rule"], "keys": [1], "name": ""}\n',
        '{"act": "made", "kind": "rule", "keys": [], "name": ""}\n',
        '{"act": "made", "kind": "rule", "keys": [1, 2], "name": ""}\n',
        '{"act": "made", "kind": "rule", "keys": [""], "name": ""}\n',
        '{"act": "made", "kind": "rule", "keys": [".."], "name": ""}\n',
        '{"act": "made", "kind": "rule", "keys": ["../users/1"], "name": ""}\n',
        '{"act": "made", "kind": "rule", "keys": ["https://other.example"], "name": ""}\n',
        '{"act": "made", "kind": "rule", "keys": [{"id": 1}], "name": ""}\n',
        '{"act": "made", "kind": "rule", "keys": [true], "name": ""}\n',
        '{"act": "made", "kind": "resource", "keys": [1], "name": ""}\n',
        "[" * 100_000 + "\n",
    ],
)
def test_a_file_that_is_no_journal_is_told(path: Path, line: str) -> None:
    path.write_text(line)

    with pytest.raises(BadSettings, match=r"journal\.jsonl, line 1: not a line of a journal"):
        left(path)


def test_a_journal_that_cannot_be_read_is_told(path: Path) -> None:
    with pytest.raises(BadSettings, match="cannot be read"):
        left(path)


def test_a_live_scenario_leaves_nothing(asked: Asked, path: Path) -> None:
    """Arranged or asked for by hand, newest first; the journal holds no open line."""
    journal = Journal(path)
    scenario = opened(live(asked, journal))
    scenario.product.admin.add_rule()
    scenario.product.api.add_application_resource(1, json={})
    scenario.pingone.add_gateway()
    assert left(path) == [RULE, Made("resource", (1, 2)), GATEWAY]

    scenario.close()

    assert deletions(asked) == [
        f"{P1}/gateways/g",
        f"{V3}/applications/1/resources/2",
        f"{V3}/rules/1",
    ]
    assert scenario.left == []
    assert left(path) == []
    journal.close()


def test_no_secret_reaches_the_journal(asked: Asked, path: Path) -> None:
    journal = Journal(path)
    stored = {"id": 1, "name": "a", "credential": {"value": "the-token"}}
    asked.answers[f"POST {V3}/pingone/connections"] = (200, stored)
    asked.answers[f"DELETE {V3}/pingone/connections/1"] = (200, None)
    scenario = opened(live(asked, journal))
    scenario.product.admin.add_pingone_connection("the-token")
    scenario.close()
    journal.close()

    assert "the-token" not in path.read_text()
    assert json.loads(path.read_text().splitlines()[0])["kind"] == "pingone_connection"


@pytest.mark.parametrize("target", ["embedded", "served"])
def test_fakes_are_left_as_they_are(asked: Asked, path: Path, target: str) -> None:
    journal = Journal(path)
    scenario = session(asked, target=target, journal=journal).scenario(Record("a scenario"))
    scenario.product.admin.add_rule()
    scenario.close()

    assert deletions(asked) == []
    assert not path.exists()


def test_what_is_still_in_use_is_tried_again(asked: Asked) -> None:
    """An older object may name a newer one, after an update."""
    gone: list[str] = []

    def delete(request: httpx.Request) -> httpx.Response:
        last = request.url.path.rpartition("/")[2]
        if last == "2" and "1" not in gone:
            return httpx.Response(422, text="in use")
        gone.append(last)
        return httpx.Response(200)

    asked.answers |= {f"DELETE {V3}/rules/{n}": delete for n in (1, 2)}
    scenario = opened(live(asked))
    for n in (1, 2):
        scenario.product.admin.remember("rule", {"id": n})
    scenario.close()

    assert gone == ["1", "2"]
    assert scenario.left == []


def test_what_cannot_be_removed_is_told_and_stays_in_the_journal(asked: Asked, path: Path) -> None:
    """It is no verdict of the product; an object that is not there any more is gone."""
    asked.answers[f"DELETE {V3}/rules/1"] = (422, {"flash": ["in use"]})
    journal = Journal(path)
    scenario = opened(live(asked, journal))
    for kind, obj in (("rule", {"id": 1, "name": "a rule"}), ("site", {"id": 9, "name": "gone"})):
        scenario.product.admin.remember(kind, obj)

    scenario.close()

    (told,) = scenario.left
    assert told.startswith("rule 1 (a rule) is left: its deletion was answered 422")
    assert left(path) == [RULE]
    journal.close()


def test_a_product_that_does_not_answer_is_told(asked: Asked) -> None:
    scenario = opened(live(asked))
    scenario.product.admin.remember("rule", {"id": 1})

    def fail(_: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("nobody there")

    asked.answers[f"DELETE {V3}/rules/1"] = fail
    scenario.close()

    assert "got no answer" in scenario.left[0]


NO_IDS: tuple[Any, ...] = (None, {}, [1], "..", "", True, "1/../../users", "1?x", "1\n")


@pytest.mark.parametrize(
    "obj",
    [
        *({}, [], None, "text"),
        *({"id": one} for one in NO_IDS),
    ],
    ids=repr,
)
def test_an_answer_that_shows_no_id_is_nothing_to_remove(asked: Asked, obj: Any) -> None:
    asked.answers[f"POST {V3}/rules"] = (200, obj)
    scenario = opened(live(asked))
    scenario.product.api.add_rule(json={})
    scenario.close()

    assert deletions(asked) == []


def test_a_kind_that_nobody_knows_is_an_error_of_ours() -> None:
    with pytest.raises(HarnessError, match="'user' is no kind"):
        Keeper(active=True).remember("user", {"id": 1})


def test_a_killed_run_is_cleaned_up_in_any_order(asked: Asked, path: Path) -> None:
    """What is in use is tried again once what uses it is gone."""
    gone: list[str] = []

    def delete(request: httpx.Request) -> httpx.Response:
        last = request.url.path.rpartition("/")[2]
        if last == "2" and not gone:
            return httpx.Response(422, text="in use")
        gone.append(last)
        return httpx.Response(200)

    asked.answers |= {f"DELETE {V3}/rules/{n}": delete for n in (1, 2)}
    journal = Journal(path)
    for n in (1, 2):
        journal.made(Made("rule", (n,)))
    journal.close()

    assert clean_up(live(asked), path) == []
    assert (gone, left(path)) == (["1", "2"], [])


def test_a_killed_run_is_cleaned_up_later(asked: Asked, path: Path) -> None:
    """What can be removed is, and crossed out; the rest is told, and can be tried again."""
    asked.answers[f"DELETE {V3}/rules/1"] = (422, {"flash": ["in use"]})
    journal = Journal(path)
    for made in (RULE, RESOURCE, GATEWAY):
        journal.made(made)
    journal.close()

    told = clean_up(live(asked), path)

    assert [one.partition(" is left")[0] for one in told] == ["rule 1 (a rule)"]
    assert left(path) == [RULE]
    asked.answers[f"DELETE {V3}/rules/1"] = (200, None)
    assert clean_up(live(asked), path) == []
    assert left(path) == []


def exporting(asked: Asked, taken: int = 200) -> Scenario:
    """A scenario on a live fake that replaces the configuration; its return is answered so."""
    asked.answers[f"GET {V3}/config/export"] = (200, {"version": "9.0", "data": {"sites": [7]}})
    asked.answers[f"POST {V3}/config/import"] = (taken, {})
    run = session(asked, target="live", control=None, password="2Access")
    scenario = opened(run)
    scenario.product.restorable("replaces it")
    scenario.product.restorable("replaces it again")
    return scenario


def test_a_configuration_that_was_replaced_is_brought_back_once(asked: Asked) -> None:
    scenario = exporting(asked)
    scenario.product.admin.remember("rule", {"id": 1})
    scenario.close()
    scenario.close()

    acts = [f"{one.method} {one.url.path.removeprefix(V3)}" for one in asked.requests]
    assert acts == ["GET /config/export", "POST /config/import", "DELETE /rules/1"]
    assert json.loads(asked.requests[1].content)["data"] == {"sites": [7]}
    assert scenario.left == []


def test_a_configuration_that_does_not_come_back_is_told(asked: Asked) -> None:
    scenario = exporting(asked, taken=422)
    scenario.close()

    assert scenario.left == ["the configuration is not as it was: its import was answered 422 {}"]


def test_a_real_product_is_not_even_exported_to_be_replaced(asked: Asked) -> None:
    product = session(asked, target="live", is_fake=False).scenario(Record("a")).product

    with pytest.raises(NotMeasured, match="replaces it: a live product keeps"):
        product.restorable("replaces it")
    assert asked.requests == []
