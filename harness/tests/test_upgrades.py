"""An upgrade check: what both sides make of a configuration, and what is said of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from harness.benchmarks.upgrades import generated
from harness.cli.upgrade import answer, of_the_way
from harness.cli.upgrade_sides import of_fake
from harness.errors import HarnessError
from harness.upgrades.check import Question, verdict
from harness.upgrades.export import Export, read
from harness.upgrades.sides import Seen, Side, imported, looked_at

if TYPE_CHECKING:
    from harness.upgrades.check import Reason, Verdict
    from harness.upgrades.sides import Asked

CONFIGS = sorted((Path(__file__).resolve().parents[3] / "shared" / "configs").glob("*.json"))
EMPTY = Export("7.3.0.2", {"version": "7.3.0.2", "data": {}})


def kinds(found: Verdict, weight: str) -> set[str]:
    """The kinds of the reasons of that weight."""
    return {one.kind for one in found.reasons if one.weight == weight}


@pytest.mark.parametrize("path", CONFIGS, ids=lambda path: path.stem)
def test_real_exports_are_answered_with_reasons(path: Path) -> None:
    export = read(path)
    far, near = answer(export, None, "9.1"), answer(export, None, "7.3")

    assert far.answer == ("no" if export.version < "6.3" else "yes-but")
    assert (far.wrote, far.old) == (export.version, export.version)
    assert near.answer == "yes-but"
    assert "route" not in kinds(near, "no")
    assert far.unmeasured
    said = json.dumps([far.as_json(), near.as_json()])
    assert not [one for one in export.secrets() if len(one) > 5 and one in said]


def test_a_generated_export_gives_a_scenario_for_each_object() -> None:
    found = answer(generated(30), "7.3", "9.1")

    assert found.scenarios == {
        "web session": 3,
        "rule": 3,
        "rule set": 0,
        "risk policy": 0,
        "application": 30,
        "resource": 60,
    }
    assert (found.answer, kinds(found, "no")) == ("yes-but", set())
    news = [one for one in found.reasons if "uiLocales" in one.text]
    assert [(one.label, one.count) for one in news] == [("announced", 3)]


def renumbered(export: Export, by: int) -> Export:
    """The same configuration under other ids."""
    text = json.dumps(export.archive)
    data = json.loads(text)["data"]
    for section in ("sites", "webSessions", "applications", "resources"):
        for row in data[section]:
            row["id"] += by
    for row in data["applications"]:
        row["siteId"] += by
        row["webSessionId"] += by
    for row in data["resources"]:
        row["applicationId"] += by
    return Export(export.version, {**export.archive, "data": data})


def compared(old: Export, new: Export) -> list[Reason]:
    """What differs between two configurations on one and the same fake."""
    sides = [of_fake("9.1", one.archive) for one in (old, new)]
    return verdict(Question(old, "9.1", "9.1", ("9.1",)), *sides).reasons


def test_ids_are_no_difference() -> None:
    export = generated(4)
    told = compared(export, renumbered(export, 70))
    assert [one.text for one in told if one.label == "unannounced"] == []


def test_what_becomes_of_an_object_is_told_by_its_name() -> None:
    export = generated(4)
    other = renumbered(export, 0)
    other.data["sites"][1]["name"] = "elsewhere"
    other.data["resources"][3]["methods"] = ["GET"]
    other.data["applications"][2]["enabled"] = False
    told = {one.text: one.places for one in compared(export, other) if one.label == "unannounced"}

    assert told["a site is not there any more"] == ["site site-2"]
    assert told["a resource is not there any more"] == [
        "resource application-2: page-4 [/page] *",
    ]
    assert told["application: enabled has another value"] == ["application application-3"]


def product(**sections: Any) -> Asked:
    """A product that shows these objects in lists and in its export, by section."""

    def ask(method: str, path: str, body: Any = None) -> tuple[int, Any]:
        assert (method, body) == ("GET", None)
        if path == "/config/export" and sections:
            return 200, {"data": sections}
        name = path.strip("/")
        return (200, {"items": sections[name][:1]}) if name in sections else (404, None)

    return ask


def looked(ask: Asked) -> Side:
    side = Side("one")
    looked_at(ask, side, saves=False)
    return side


def test_settings_are_compared_as_an_export_shows_them_and_never_by_id() -> None:
    old = looked(product(httpConfig={"proxyId": 3, "on": True}, keyPairs=[{"alias": "a", "id": 1}]))
    new = looked(product(httpConfig={"proxyId": 9, "on": False}, keyPairs=[{"alias": "b"}]))
    told = verdict(Question(EMPTY, "9.0", "9.1", ()), old, new).reasons
    assert {one.text: one.places for one in told if one.label == "unannounced"} == {
        "httpConfig: on: true → false": ["httpConfig"],
        "a keyPairs is not there any more": ["keyPairs a"],
        "a keyPairs is there that was not": ["keyPairs b"],
    }


def pointing(by: int, risky: str = "b") -> Side:
    """A product whose rule sets, risk policies and sites name others, with ids from `by` on."""
    rules = [{"id": by + at, "name": name} for at, name in enumerate("ab")]
    item = {"type": "Rule", "id": by + "ab".index(risky)}
    called: dict[str, Any] = {
        "/rules": rules,
        "/rulesets": [{"id": by, "name": "s", "policy": [by + 1, by], "elementType": "Rule"}],
        "/authenticationChallengePolicies": [{"id": f"u{by}", "name": "c"}],
        "/pingone/connections": [{"id": f"p{by}", "name": "p"}],
        "/sites": [{"id": by, "name": "w", "trustedCertificateGroupId": by}],
        "/riskPolicies": [
            {
                "id": by,
                "name": "r",
                "configuration": {
                    "pingOneConnectionId": f"p{by}",
                    "highRiskPolicy": item,
                    "lowRiskPolicy": {"type": "AuthenticationChallengePolicy", "id": f"u{by}"},
                    "failedRiskPolicy": {"type": "Deny", "id": None},
                },
            }
        ],
    }
    exported = {"authnChallengePolicies": called["/authenticationChallengePolicies"]}

    def ask(method: str, path: str, body: Any = None) -> tuple[int, Any]:
        assert (method, body) == ("GET", None)
        if path == "/config/export":
            return 200, {"data": exported}
        if path in called:
            return 200, {"items": called[path]}
        root, _, key = path.rpartition("/")
        found = [one for one in called.get(root, ()) if str(one["id"]) == key]
        return (200, found[0]) if found else (404, None)

    return looked(ask)


def test_what_rule_sets_and_risk_policies_name_is_compared_by_name() -> None:
    asked = Question(EMPTY, "9.0", "9.1", ())
    same, other = pointing(90), pointing(90, "a")

    told = [one for one in verdict(asked, pointing(3), same).reasons if one.label == "unannounced"]
    assert told == []
    assert "authnChallengePolicies" not in same.objects, "seen as challenge policies already"
    told = [
        one for one in verdict(asked, pointing(3), other).reasons if one.places == ["risk policy r"]
    ]
    assert [one.text for one in told] == ['risk policy: configuration.highRiskPolicy.id: "b" → "a"']


def test_a_list_that_is_not_whole_is_told() -> None:
    side = looked(product(sites=[{"name": "a"}, {"name": "b"}]))
    assert "all of sites (1 of 2)" in side.unreadable
    assert "settings (no export)" in looked(product()).unreadable


def test_an_application_that_an_authorization_server_protects_names_no_validator() -> None:
    export = generated(1)
    export.data["applications"][0] |= {"applicationType": "API", "accessValidatorId": 1}
    export.data["applications"][0]["defaultAuthType"] = "API"
    told = answer(export, "9.0", "9.1").reasons
    assert not [one for one in told if "names nothing" in one.text]


def sides(old: Seen | None, new: Seen | None) -> tuple[Side, Side]:
    """Both sides of one rule."""
    return tuple(  # type: ignore[return-value]
        Side(title, objects={"rule": {"r": seen} if seen else {}})
        for title, seen in (("old", old), ("new", new))
    )


PLAIN = Seen({"a": "1"})


@pytest.mark.parametrize(
    ("old", "new", "weight", "text"),
    [
        (PLAIN, None, "no", "a rule is not there any more"),
        (None, PLAIN, "but", "a rule is there that was not"),
        (PLAIN, Seen({}), "but", "rule: a is gone"),
        (PLAIN, Seen({"a": "1", "b": "2"}), "note", "rule: b is new"),
        (PLAIN, Seen({"a": "true"}), "but", "rule: a: 1 → true"),
        (PLAIN, Seen({"a": '"long text of somebody"'}), "but", "rule: a has another value"),
        (PLAIN, Seen({"a": "1"}, ["x names nothing"]), "no", "rule: x names nothing"),
        (PLAIN, Seen({"a": "1"}, [], "no"), "no", "a rule is refused when it is saved unchanged"),
    ],
)
def test_each_difference_has_a_weight(
    old: Seen | None, new: Seen | None, weight: str, text: str
) -> None:
    [found] = [
        one
        for one in verdict(Question(EMPTY, "9.0", "9.1", ()), *sides(old, new)).reasons
        if one.label == "unannounced"
    ]
    assert (found.weight, found.text.startswith(text)) == (weight, True)


@pytest.mark.parametrize("is_live", [True, False])
def test_other_ids_of_resources_are_told_of_products_only(*, is_live: bool) -> None:
    """Both fakes import the same export: what they number it with says nothing of an upgrade."""
    before, after = Side("old"), Side("new")
    before.objects["resource"] = {"r": Seen({}, key="1"), "s": Seen({}, key="2")}
    after.objects["resource"] = {"r": Seen({}, key="1"), "s": Seen({}, key="20")}
    found = verdict(Question(EMPTY, "9.1", "9.1", (), live=is_live), before, after)
    ids = [one.places for one in found.reasons if one.kind == "ids"]
    assert ids == ([["s"]] if is_live else [])


def test_objects_of_one_name_are_each_compared() -> None:
    side = looked(product(virtualhosts=[], other=[{"name": "a"}] * 3))
    assert list(side.objects["other"]) == ["a", "a #2", "a #3"]


def test_what_is_wrong_on_both_sides_is_not_the_upgrades_fault() -> None:
    bad = Seen({"a": "1"}, ["x names nothing"], "Save Failed")
    found = verdict(Question(EMPTY, "9.0", "9.1", ()), *sides(bad, bad))
    assert kinds(found, "no") == set()
    assert "1 objects that both sides find fault with: what a mended one would do" in (
        found.unmeasured
    )


@pytest.mark.parametrize(("needed", "done"), [(3, True), (10_000, False)])
def test_an_import_is_waited_for_within_bounds(needed: int, *, done: bool) -> None:
    asked: list[tuple[str, str, Any]] = []
    paused: list[float] = []

    def ask(method: str, path: str, body: Any = None) -> tuple[int, Any]:
        asked.append((method, path, body))
        state = "Complete" if len(asked) > needed else "In Progress"
        return 200, {"id": 7, "status": state}

    if done:
        assert imported(ask, {}, Side("one"), paused.append)
        assert (len(paused), asked[-1][1]) == (2, "/config/import/workflows/7")
    else:
        with pytest.raises(HarnessError, match="one: the import: not within 900 seconds"):
            imported(ask, {}, Side("one"), paused.append)
        assert sum(paused) == pytest.approx(900)


def test_a_refused_import_is_no() -> None:
    before, after = sides(None, None)
    after.refusal.append("version: is not known")
    found = verdict(Question(EMPTY, "9.0", "9.1", ()), before, after)
    assert (found.answer, kinds(found, "no")) == ("no", {"import"})


def test_where_only_the_old_side_refuses_nothing_is_compared_and_that_is_told() -> None:
    before, after = sides(None, PLAIN)
    before.refusal.append("version: is newer")
    found = verdict(Question(EMPTY, "9.0", "9.1", ()), before, after)
    assert found.answer == "yes-but"
    [told] = [one for one in found.reasons if one.kind == "import"]
    assert (told.weight, told.places) == ("but", ["version: is newer"])
    assert told.text == "only old refuses the configuration: nothing could be compared"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("6.2", "9.1", "no"),
        ("6.2", "7.3", "yes-but"),
        ("6.3", "8.0", "yes-but"),
        ("9.1", "8.0", "no"),
        ("9.0", "9.1", "yes"),
    ],
)
def test_the_way_alone(old: str, new: str, said: str) -> None:
    assert of_the_way(old, new).answer == said
