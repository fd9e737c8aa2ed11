"""What a client may send as a body, and what must not come through."""

import json
from collections.abc import Callable
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
from scenarios.administration.kinds import KINDS
from scenarios.administration.stock import Stock
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


def port_of(body: Json, digits: str) -> bytes:
    """The object with these digits as its port."""
    return json.dumps({**body, "port": "P"}).replace('"P"', digits).encode()


def beside(body: Json, more: str) -> bytes:
    """The object with more members before its own."""
    return json.dumps(body).replace("{", "{" + more + ",", 1).encode()


EXTREME: dict[str, Callable[[Json], bytes]] = {
    "deep arrays": lambda body: beside(body, '"deep": ' + "[" * 5000 + "]" * 5000),
    "deep objects": lambda body: beside(body, '"deep": ' + '{"a":' * 5000 + "1" + "}" * 5000),
    "an array that never ends": lambda _: b"[" * 100_000,
    "a member twice": lambda body: beside(body, '"port": 1'),
    "a number of 5000 digits": lambda body: port_of(body, "9" * 5000),
    "a number with a large exponent": lambda body: port_of(body, "1e999999999"),
    "a name of 100000 characters": lambda body: json.dumps(
        {**body, "host": "h" * 100_000}
    ).encode(),
    "a name with half a pair": lambda body: json.dumps({**body, "host": "\ud800"}).encode(),
    "a name with a zero character": lambda body: json.dumps({**body, "host": "h\0h"}).encode(),
    "a byte order mark": lambda body: b"\xef\xbb\xbf" + json.dumps(body).encode(),
    "UTF-16": lambda body: json.dumps(body).encode("utf-16"),
    "something after it": lambda body: json.dumps(body).encode() + b" x",
    "2000 members": lambda body: beside(body, ",".join(f'"m{n}": {n}' for n in range(2000))),
    "a member without a name": lambda body: beside(body, '"": 1'),
    "a prototype": lambda body: beside(body, '"__proto__": {"id": 1}, "class": "x"'),
}


@pytest.mark.requirement("PA-ADMIN-017")
@pytest.mark.parametrize("fault", EXTREME)
def test_extreme_json_breaks_nothing(product: Product, hosts: Stock, fault: str) -> None:
    """It is saved or refused, and the next client is served.

    Source: assumed; no document speaks of depth, duplicate members or numbers out of range.
    """
    body = hosts.body()

    answer = send(hosts, EXTREME[fault](body))

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
