"""What is told of the way between two releases, and which configurations it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from harness.benchmarks.upgrades import generated
from harness.cli.upgrade import answer
from harness.tests.test_upgrades import EMPTY
from harness.upgrades import announcing, crossed, notices
from harness.upgrades.export import Export
from harness.upgrades.lints import LINTS

if TYPE_CHECKING:
    from collections.abc import Mapping


def test_every_notice_that_touches_has_a_lint_and_each_lint_a_notice() -> None:
    assert {one.touches for one in notices() if one.touches} == LINTS.keys()
    assert all(one.source and one.text for one in notices())
    assert {one.id for one in crossed("9.0", "9.1")} >= {"CSP-NONCE", "UI-LOCALES"}
    assert "UI-LOCALES" not in {one.id for one in crossed("9.1", "9.1")}


def test_what_we_conclude_ourselves_is_no_announcement() -> None:
    told = list(crossed("7.3", "9.0"))
    assert "RESOURCE-IDS" in {one.id for one in told}
    assert announcing("resourceOrder is gone", told) == ""
    found = answer(generated(1), "7.3", "9.0")
    assert [one.label for one in found.reasons if one.kind == "ids"] == ["assumed"]


@pytest.mark.parametrize(
    ("new", "is_told"), [("8.3", False), ("9.0", True), ("9.0.2", True), ("9.0.3", False)]
)
def test_a_bug_of_a_release_is_told_of_those_that_have_it(new: str, *, is_told: bool) -> None:
    assert ("PA-16463" in {one.id for one in crossed("8.1", new)}) == is_told
    assert "PA-16463" not in {one.id for one in crossed("8.1", "9.1")}


FOUND: Mapping[str, Mapping[str, Any]] = {
    "sessions_without_pkce": {"webSessions": [{"name": "x"}]},
    "templates": {
        "rejectionHandlers": [{"name": "x", "configuration": {"templateFile": "a.html"}}]
    },
    "wildcard_hosts": {"pingFederateRuntime": {}, "virtualHosts": [{"host": "*", "port": 1}]},
    "unprotected_of_dynamic": {
        "globalUnprotectedResources": [{}],
        "applications": [{"applicationType": "Dynamic"}],
    },
    "unprotected_of_api": {
        "globalUnprotectedResources": [{}],
        "applications": [{"applicationType": "API"}],
    },
    "keys_roll": {"authTokenMgmt": {"keyRollEnabled": True}},
    "foreign_secrets": {"sites": [{"x": {"encryptedValue": "abc"}}]},
    "path_prefixes": {"resources": [{"name": "x", "pathPrefixes": ["/a"]}]},
    "resources": {"resources": [{"name": "x"}]},
    "risk_policies": {"riskPolicies": [{"name": "x"}]},
    "web_sessions": {"webSessions": [{"name": "x"}]},
    "agents": {"agents": [{"name": "x"}]},
    "challenge_policies": {"authnChallengePolicies": [{"name": "x"}]},
    "engines": {"engines": [{"name": "x"}]},
    "application_rules": {
        "applications": [{"policy": {"Web": [{"type": "Rule", "id": 1}]}}, {"policy": {"Web": []}}]
    },
    "wildcard_resources": {
        "resources": [
            {"pathPatterns": [{"pattern": "/*"}]},
            {"pathPatterns": [{"pattern": "/*"}], "rootResource": True},
            {"pathPatterns": [{"pattern": "/a"}]},
        ]
    },
    "key_pairs": {"keyPairs": [{"alias": "x"}]},
}


@pytest.mark.parametrize("name", LINTS)
def test_each_lint_finds_its_place_and_nothing_in_an_empty_export(name: str) -> None:
    assert list(LINTS[name](EMPTY)) == []
    assert len(list(LINTS[name](Export("6.0.0.3", {"data": FOUND[name]})))) == 1
