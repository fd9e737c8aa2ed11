"""The rules that clients of the admin API know, and those of the manual that they do not show.

IWS: iwarapter/pingaccess-sdk-go, services/rules; D90: the manual of PingAccess 9.0.
"""

from __future__ import annotations

from typing import Any

import pytest

from fakes.pingaccess.plugins.data_rules import AUTHENTICATION_REQUIREMENTS, MANUAL_RULES
from fakes.tests.pingaccess_core import Admin

AUTHN_REQ = "com.pingidentity.pa.policy.authnreq.AuthenticationRequirementsPolicyInterceptor"
RULES_OF_AN_OLD_VERSION = 19
TITLES = {
    *("Authentication Requirements", "Groovy Script", "HTTP Request Header"),
    *("HTTP Request Parameter", "Network Range", "OAuth Client", "OAuth Groovy Script"),
    *("OAuth Scope", "Rate Limiting", "Redirect", "Time Range", "Web Session Attribute"),
    *("Web Session Scope", "WebSocket Handshake", "Cross-Origin Request"),
    *("OAuth Token Cache Time to Live", "Rewrite Content", "Rewrite Cookie Domain"),
    *("Rewrite Cookie Path", "Rewrite Response Header", "Rewrite URL"),
}
VALUES: dict[str, Any] = {"TIME": "08:00", "TABLE": [], "LIST": ["https://one.example"]}


@pytest.fixture
def admin() -> Admin:
    return Admin()


def test_the_rule_of_authentication_requirements_is_found_by_its_small_name(admin: Admin) -> None:
    """IWS rules_test.go."""
    found = admin.get("/rules/descriptors/authnreq")
    assert (found["className"], found["category"]) == (AUTHN_REQ, "AccessControl")


def test_there_are_as_many_rules_as_a_client_counted(admin: Admin) -> None:
    """IWS rules_test.go at 569c0b22 counts those of an old version; later only that some are."""
    descriptors = admin.items("/rules/descriptors")
    assert len(descriptors) >= RULES_OF_AN_OLD_VERSION
    for member in ("type", "className"):
        assert len({one[member].lower() for one in descriptors}) == len(descriptors)


def test_the_rules_have_the_names_of_the_manual(admin: Admin) -> None:
    """D90 pa_access_control_rules and pa_creating_processing_rules."""
    assert {one["label"] for one in admin.items("/rules/descriptors")} >= TITLES


def test_rules_that_rewrite_are_not_for_agents(admin: Admin) -> None:
    """D90 pa_adding_rewrite_*_rules, before you begin."""
    rewriting = [
        one for one in admin.items("/rules/descriptors") if one["label"].startswith("Rewrite")
    ]
    assert {(one["category"], *one["modes"]) for one in rewriting} == {("Processing", "Site")}


def test_only_the_class_that_a_client_shows_is_graded_observed() -> None:
    """No public source has the other class names."""
    observed = [plugin for plugin in MANUAL_RULES if plugin.grade == "observed"]
    assert observed == [AUTHENTICATION_REQUIREMENTS]


def _filled(field: dict[str, Any]) -> Any:
    """A value that the field takes, for those that are not references."""
    if field["type"] == "TABLE":
        return [{column["name"]: "one" for column in field["fields"]}]
    return VALUES.get(field["type"], "one")


@pytest.mark.parametrize("plugin", MANUAL_RULES, ids=lambda plugin: plugin.kind)
def test_a_rule_made_of_its_descriptor_lives(admin: Admin, plugin: Any) -> None:
    """What a form does: the required fields of the descriptor are needed and enough."""
    descriptor = admin.get(f"/rules/descriptors/{plugin.kind}")
    needed = [one for one in descriptor["configurationFields"] if one["required"]]
    values = {one["name"]: _filled(one) for one in needed}
    if plugin is AUTHENTICATION_REQUIREMENTS:
        listed = admin.add("/authnReqLists", {"name": "strong", "authnReqs": ["card", "key"]})
        values["authnReqListId"] = listed["id"]
    body = {
        "name": plugin.label,
        "className": descriptor["className"],
        "supportedDestinations": descriptor["modes"],
        "configuration": values,
    }
    made = admin.add("/rules", body)
    assert made["configuration"].items() >= values.items()
    assert admin.get(f"/rules/{made['id']}") == made
    bare = admin.send("POST", "/rules", body | {"name": "bare", "configuration": {}})
    assert bare.status == (422 if needed else 200)
