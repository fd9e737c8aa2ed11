"""What a client may send as a body, and what must not come through."""

import json
from typing import Any

import httpx
import pytest

from harness.checks import (
    expect_equal,
    expect_members,
    expect_refused,
    expect_saved,
    expect_status,
    expect_that,
    expect_unchanged,
)
from harness.product import Product
from scenarios.administration.kinds import KINDS, Stock
from scenarios.collection import MALFORMED, Saving

Json = dict[str, Any]

MEBIBYTE = 1024 * 1024


def send(
    hosts: Stock, content: bytes, content_type: str | None = "application/json"
) -> httpx.Response:
    """The answer to the creation of a virtual host from these very bytes."""
    product = hosts.collection.product
    headers = {"Content-Type": content_type}
    answer: httpx.Response = product.api.add_virtual_host(content=content, headers=headers)
    if answer.status_code == 200:
        product.admin.remember("virtual_host", answer.json())
    return answer


@pytest.mark.requirement("PA-ADMIN-014")
@pytest.mark.parametrize(
    "content_type",
    ["application/x-www-form-urlencoded", "application/json;charset=UTF-8"],
)
def test_json_is_taken_under_another_name(hosts: Stock, content_type: str) -> None:
    """Source: hook 83-change-password.sh in pingidentity-docker-builds (curl --data)."""
    body = hosts.body()

    saved = expect_saved(send(hosts, json.dumps(body).encode(), content_type))

    expect_equal(hosts.collection.stored(saved["id"])["host"], body["host"], "host")


@pytest.mark.requirement("PA-ADMIN-014")
def test_an_update_is_taken_as_a_form_too(product: Product, hosts: Stock) -> None:
    """Source: hook 83-change-password.sh in pingidentity-docker-builds (curl --data, PUT)."""
    stored = hosts.made()
    content = json.dumps({**stored, "agentResourceCacheTTL": 60}).encode()
    headers = {"Content-Type": "application/x-www-form-urlencoded"}

    answer = product.api.update_virtual_host(stored["id"], content=content, headers=headers)

    expect_members(expect_saved(answer), {"agentResourceCacheTTL": 60}, "the answer")


@pytest.mark.requirement("PA-ADMIN-014")
def test_a_form_that_is_no_json_is_refused(hosts: Stock) -> None:
    """Source: the hook sends JSON; a real form is none (the status is not documented)."""
    body = hosts.body()
    form = f"host={body['host']}&port={body['port']}".encode()

    answer = send(hosts, form, "application/x-www-form-urlencoded")

    expect_status(answer, 400, 415, 422)
    expect_equal(hosts.collection.named(body["host"]), [], "hosts of the name")


@pytest.mark.requirement("PA-ADMIN-015")
def test_a_number_as_a_string_is_a_number(saving_host: Saving) -> None:
    """Source: payload templates in ping-cloud-base 1.5.0 (virtual host port "443")."""
    saved = saving_host.saves(saving_host.body(port="443"))

    expect_members(saved, {"port": 443}, "the answer")
    expect_equal(saving_host.collection.stored(saved["id"]), saved, "what is stored")


@pytest.mark.requirement("PA-ADMIN-015")
@pytest.mark.parametrize(("text", "value"), [("true", True), ("false", False)])
def test_a_truth_value_as_a_string_is_a_truth_value(
    product: Product, text: str, value: bool
) -> None:
    """Source: hook 81-after-start-process.sh in pingidentity-docker-builds ("false")."""
    sites = KINDS["site"].of(product)

    saved = expect_saved(sites.collection.create(sites.body(useTargetHostHeader=text)))

    expect_members(saved, {"useTargetHostHeader": value}, "the answer")


@pytest.mark.requirement("PA-ADMIN-015")
@pytest.mark.parametrize("port", ["", "x", "44 3", "0x1BB", "443;", [443], {"port": 443}], ids=str)
def test_what_does_not_say_a_number_is_refused(saving_host: Saving, port: object) -> None:
    """Source: admin API 7.3, VirtualHost.port (integer, required)."""
    saving_host.refuses(saving_host.body(port=port), status=MALFORMED)


def spoiled(text: str) -> dict[str, bytes]:
    """Bytes that are no JSON, from the text of a good object."""
    return {
        "nothing": b"",
        "blanks": b" \r\n\t",
        "cut in half": text[: len(text) // 2].encode(),
        "without its end": text[:-1].encode(),
        "without its beginning": text[1:].encode(),
        "comma at the end": f"{text[:-1]},}}".encode(),
        "single quotes": text.replace('"', "'").encode(),
        "names without quotes": text.replace('"host"', "host").encode(),
        "no colon": text.replace('"host":', '"host"', 1).encode(),
        "a comment": text.replace("{", "{/* host */", 1).encode(),
        "NaN": text.replace("{", '{"agentResourceCacheTTL": NaN,', 1).encode(),
        "a leading zero": text.replace("{", '{"agentResourceCacheTTL": 060,', 1).encode(),
        "a plus sign": text.replace("{", '{"agentResourceCacheTTL": +60,', 1).encode(),
        "a bad escape": text.replace("{", '{"description": "\\x41",', 1).encode(),
        "a line break in a string": text.replace("{", '{"description": "a\nb",', 1).encode(),
        "half a UTF-8 character": text.encode().replace(b"{", b'{"description": "\xc3",', 1),
        "XML": b"<host>h</host>",
        "a zip file": b"PK\x03\x04" + bytes(26),
    }


@pytest.mark.requirement("PA-ADMIN-016")
@pytest.mark.parametrize("fault", spoiled("{}"))
def test_a_body_that_is_no_json_is_refused(hosts: Stock, fault: str) -> None:
    """Source: admin API endpoints page (application/json); status 400 or 422 is not documented."""
    body = hosts.body()
    text = json.dumps(body)

    expect_refused(send(hosts, spoiled(text)[fault]), status=MALFORMED)

    expect_equal(hosts.collection.named(body["host"]), [], "hosts of the name")
    expect_saved(send(hosts, text.encode()))


@pytest.mark.requirement("PA-ADMIN-016")
def test_an_update_that_is_no_json_is_refused(product: Product, hosts: Stock) -> None:
    """Source: admin API endpoints page (application/json); status 400 or 422 is not documented."""
    stored = hosts.made()
    text = json.dumps({**stored, "agentResourceCacheTTL": 60})
    headers = {"Content-Type": "application/json"}

    for content in (b"", text[:-1].encode(), spoiled(text)["half a UTF-8 character"]):
        answer = product.api.update_virtual_host(stored["id"], content=content, headers=headers)
        expect_refused(answer, status=MALFORMED)
    expect_unchanged(stored, hosts.collection.stored(stored["id"]), "the virtual host")


@pytest.mark.requirement("PA-ADMIN-016")
@pytest.mark.parametrize("body", [[], ["host"], "host", 7, True, None], ids=repr)
def test_json_that_is_no_object_is_refused(saving_host: Saving, body: object) -> None:
    """Source: admin API 7.3, addVirtualHost, updateVirtualHost (an object)."""
    answer = saving_host.attempt(body)

    expect_refused(answer, status=MALFORMED)
    saving_host.expect_nothing_stored()


def extreme(body: Json) -> dict[str, bytes]:
    """Bytes that stretch what JSON allows, around a good object."""
    text = json.dumps(body)
    return {
        "deep arrays": text.replace("{", '{"deep": ' + "[" * 5000 + "]" * 5000 + ",", 1).encode(),
        "deep objects": text.replace(
            "{", '{"deep": ' + '{"a":' * 5000 + "1" + "}" * 5000 + ",", 1
        ).encode(),
        "an array that never ends": b"[" * 100_000,
        "a member twice": text.replace("{", '{"port": 1,', 1).encode(),
        "a number of 5000 digits": json.dumps({**body, "port": "P"})
        .replace('"P"', "9" * 5000)
        .encode(),
        "a number with a large exponent": json.dumps({**body, "port": "P"})
        .replace('"P"', "1e999999999")
        .encode(),
        "a name of 100000 characters": json.dumps({**body, "host": "h" * 100_000}).encode(),
        "a name with half a pair": json.dumps({**body, "host": "\ud800"}).encode(),
        "a name with a zero character": json.dumps({**body, "host": "h\0h"}).encode(),
        "a byte order mark": b"\xef\xbb\xbf" + text.encode(),
        "UTF-16": text.encode("utf-16"),
        "something after it": text.encode() + b" x",
        "10000 members": json.dumps({**body, **{f"m{n}": n for n in range(10_000)}}).encode(),
        "a member without a name": text.replace("{", '{"": 1,', 1).encode(),
        "a prototype": text.replace("{", '{"__proto__": {"id": 1}, "class": "x",', 1).encode(),
    }


@pytest.mark.requirement("PA-ADMIN-017")
@pytest.mark.parametrize("fault", extreme({}))
def test_extreme_json_breaks_nothing(product: Product, hosts: Stock, fault: str) -> None:
    """It is saved or refused, and the next client is served.

    Source: assumed; no document speaks of depth, duplicate members or numbers out of range.
    """
    body = hosts.body()

    answer = send(hosts, extreme(body)[fault])

    decided = answer.status_code == 200 or 400 <= answer.status_code < 500
    expect_that(decided, "a saved object or a client error", answer.status_code)
    expect_status(product.api.version(), 200)
    expect_saved(hosts.collection.create(hosts.body()))


@pytest.mark.requirement("PA-ADMIN-018")
def test_a_body_is_refused_for_its_size_alone(hosts: Stock) -> None:
    """The same object: saved with 14 MB of blanks behind it, refused with 16 MiB.

    Source: run.properties in ping-cloud-base 2.3 (15 MB); which status is not documented.
    """
    small, large = hosts.body(), hosts.body()

    saved = send(hosts, json.dumps(small).encode() + b" " * 14_000_000)
    refused = send(hosts, json.dumps(large).encode() + b" " * (16 * MEBIBYTE))

    expect_saved(saved)
    expect_status(refused, 413, 400, 422)
    expect_equal(hosts.collection.named(large["host"]), [], "hosts of the name")


@pytest.mark.requirement("PA-ADMIN-018")
def test_an_update_is_refused_for_its_size_too(product: Product, hosts: Stock) -> None:
    """Source: run.properties in ping-cloud-base 2.3 (15 MB); which status is not documented."""
    stored = hosts.made()
    content = json.dumps({**stored, "agentResourceCacheTTL": 60}).encode()
    headers = {"Content-Type": "application/json"}

    large = content + b" " * (16 * MEBIBYTE)
    answer = product.api.update_virtual_host(stored["id"], content=large, headers=headers)

    expect_status(answer, 413, 400, 422)
    expect_unchanged(stored, hosts.collection.stored(stored["id"]), "the virtual host")
    answer = product.api.update_virtual_host(stored["id"], content=content, headers=headers)
    expect_saved(answer)


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
