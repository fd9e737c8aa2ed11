"""What values members may have, and what names are kept."""

import json
from typing import Any

import pytest

from harness.checks import (
    expect_equal,
    expect_members,
    expect_refused,
    expect_saved,
    expect_that,
)
from harness.product import Product
from scenarios.administration.kinds import KINDS
from scenarios.collection import MALFORMED, Saving

Json = dict[str, Any]


@pytest.mark.requirement("PA-ADMIN-019")
def test_an_unknown_member_does_not_harm_the_others(saving_host: Saving) -> None:
    """Refused, or saved without it.

    Source: assumed; a misspelled member in a public server profile is tolerated.
    """
    answer = saving_host.attempt(saving_host.body(agentResourceCacheTTL=60, hostt="x"))

    if answer.status_code == 200:
        saved = expect_saved(answer)
        expect_members(saved, {"agentResourceCacheTTL": 60}, "the answer")
        expect_that("hostt" not in saved, "no member hostt", saved)
    else:
        expect_refused(answer, status=MALFORMED)
        saving_host.expect_nothing_stored()


STRANGE = {
    "another script": "\u6771\u4eac \u043c\u043e\u0441\u043a\u0432\u0430",
    "beyond the first plane": "\U0001f512\U0001f9ea",
    "combining": "e\u0301 and \u00e9",
    "right to left": "\u05d0\u05d1 \u202e abc",
    "markup": "<script>alert(1)</script>&amp;",
    "quotes": '"it\'s" \\ `x`',
    "SQL": "'; DROP TABLE rules; --",
    "a template": "${jndi:ldap://x} {{7*7}} %n%s",
    "a path": "../../etc/passwd",
    "inner blanks": "a  b\u00a0c",
}


@pytest.mark.requirement("PA-ADMIN-020")
@pytest.mark.parametrize("strange", STRANGE)
def test_a_strange_name_is_stored_as_sent_or_refused(product: Product, strange: str) -> None:
    """Source: assumed; no document limits the names of rules."""
    rules = KINDS["rule"].of(product)
    name = f"{rules.name()} {STRANGE[strange]}"

    answer = rules.collection.create(rules.body(name))

    if answer.status_code == 200:
        stored = rules.collection.stored(expect_saved(answer)["id"])
        expect_equal(stored["name"], name, "name")
        expect_equal([rule["id"] for rule in rules.collection.named(name)], [stored["id"]], "found")
    else:
        expect_refused(answer, field="name")


OUTSIDE: list[tuple[str, Json]] = [
    ("web_session", {"cookieType": "Plain"}),
    ("web_session", {"oidcLoginType": "code"}),
    ("web_session", {"requestPreservationType": "GET"}),
    ("web_session", {"webStorageType": "None"}),
    ("web_session", {"pkceChallengeType": "MD5"}),
    ("web_session", {"sameSite": "Sometimes"}),
    ("rule_set", {"successCriteria": "SuccessIfNoneSucceeds"}),
    ("rule_set", {"elementType": "Site"}),
    ("agent", {"unknownResourceMode": "MAYBE"}),
    ("global_unprotected_resource", {"auditLevel": "LOUD"}),
]


@pytest.mark.requirement("PA-ADMIN-021")
@pytest.mark.parametrize("act", ["create", "update"])
@pytest.mark.parametrize(
    ("noun", "member"), OUTSIDE, ids=[f"{noun}-{next(iter(member))}" for noun, member in OUTSIDE]
)
def test_a_value_outside_its_enumeration_is_refused(
    product: Product, noun: str, member: Json, act: str
) -> None:
    """Source: admin API 7.3, WebSession, RuleSet; status 400 or 422 is not documented."""
    saving = KINDS[noun].of(product).saving(act)

    saving.refuses(saving.body(**member), status=MALFORMED)

    expect_saved(saving.attempt(saving.good))


INSIDE: list[tuple[str, str, tuple[str, ...]]] = [
    ("web_session", "cookieType", ("Encrypted", "Signed")),
    ("web_session", "oidcLoginType", ("Code", "POST", "x_post")),
    ("web_session", "requestPreservationType", ("None", "POST", "All")),
    ("web_session", "webStorageType", ("SessionStorage", "LocalStorage")),
    ("web_session", "pkceChallengeType", ("SHA256", "OFF")),
    ("web_session", "sameSite", ("Disabled", "Lax", "None")),
    ("agent", "unknownResourceMode", ("DENY", "PASSTHROUGH")),
    ("global_unprotected_resource", "auditLevel", ("ON", "OFF")),
]


@pytest.mark.requirement("PA-ADMIN-021")
@pytest.mark.parametrize(("noun", "member", "values"), INSIDE, ids=[row[1] for row in INSIDE])
def test_every_value_of_an_enumeration_is_saved(
    product: Product, noun: str, member: str, values: tuple[str, ...]
) -> None:
    """Source: admin API 7.3, WebSession (enumerations)."""
    objects = KINDS[noun].of(product)

    for value in values:
        saved = expect_saved(objects.collection.create(objects.body(**{member: value})))
        expect_members(saved, {member: value}, "the answer")


WRONG_TYPES: list[tuple[str, Json]] = [
    ("site", {"name": {"first": "a"}}),
    ("site", {"targets": "localhost:80"}),
    ("site", {"secure": "perhaps"}),
    ("site", {"maxConnections": "many"}),
    ("virtual_host", {"host": ["h"]}),
    ("trusted_certificate_group", {"certIds": 1}),
    ("trusted_certificate_group", {"certIds": ["x"]}),
    ("rule", {"configuration": "text"}),
    ("rule_set", {"policy": {}}),
    ("web_session", {"clientCredentials": "text"}),
    ("web_session", {"scopes": "profile"}),
    ("authentication_challenge_policy", {"challengeResponseChain": {}}),
    ("authentication_challenge_policy", {"defaultChallengeResponse": []}),
    ("agent", {"port": "many"}),
    ("agent", {"sharedSecretIds": 1}),
    ("agent", {"failoverHosts": "h:1"}),
    ("engine", {"name": ["n"]}),
    ("engine", {"configReplicationEnabled": "perhaps"}),
    ("engine_listener", {"secure": "perhaps"}),
    ("proxy", {"host": ["h"]}),
    ("proxy", {"password": "text"}),
    ("sideband_client", {"clientCredentials": {}}),
    ("third_party_service", {"targets": "localhost:80"}),
    ("global_unprotected_resource", {"enabled": "perhaps"}),
    ("authn_req_list", {"authnReqs": "first"}),
    ("identity_mapping", {"configuration": "text"}),
]


@pytest.mark.requirement("PA-ADMIN-022")
@pytest.mark.parametrize("act", ["create", "update"])
@pytest.mark.parametrize(
    ("noun", "member"),
    WRONG_TYPES,
    ids=[f"{noun}-{json.dumps(member)}" for noun, member in WRONG_TYPES],
)
def test_a_member_of_the_wrong_type_is_refused(
    product: Product, noun: str, member: Json, act: str
) -> None:
    """Source: admin API 7.3, the schemas; status 422 or 400 is not documented."""
    saving = KINDS[noun].of(product).saving(act)

    saving.refuses(saving.body(**member), status=MALFORMED)
