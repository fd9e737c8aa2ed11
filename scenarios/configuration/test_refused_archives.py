"""Archives that are refused, and leave everything as it was."""

import json
from typing import Any

import pytest

from harness.checks import (
    expect_equal,
    expect_hidden,
    expect_items,
    expect_members,
    expect_saved,
    expect_status,
    expect_that,
)
from harness.product import Product
from scenarios.configuration.spoiling import (
    FAIL_LATE,
    WAYS,
    Way,
    expect_import_refused,
    expect_same_configuration,
    faulty,
    said,
    sent,
    with_first,
    with_section,
    without_first,
)
from scenarios.flow.archives import ended, imported

Json = dict[str, Any]

NOTHING: Json = {
    "data": {
        name: [{"id": 1}]
        for name in (
            "sites", "virtualHosts", "webSessions", "rules", "applications", "resources"
        )
    }
}  # fmt: skip
"""The shape of an archive, for the names of faults alone."""

BOTH_WAYS = ("a site without targets", "an application on no site")
"""Faults of which one is seen in an object alone, and one only among others."""

FAULTS: list[tuple[str, Way]] = [
    *((fault, "workflow") for fault in faulty(NOTHING)),
    *((fault, "direct") for fault in BOTH_WAYS),
]


@pytest.mark.requirement("PA-CONF-011")
@pytest.mark.parametrize(("fault", "way"), FAULTS)
def test_an_import_with_a_fault_leaves_everything_as_it_was(
    product: Product, own: Json, fault: str, way: Way
) -> None:
    """The good changes beside the fault are not made either.

    Source: admin API 7.3, failFast (reverts to the state prior to the import attempt).
    """
    archive = with_section(faulty(own)[fault], environment={"name": product.name("other")})

    answer = sent(product, way, json=archive)

    expect_import_refused(product, answer)
    expect_same_configuration(product, own)


@pytest.mark.requirement("PA-CONF-011")
def test_the_product_takes_changes_after_a_failed_import(product: Product, own: Json) -> None:
    """Source: admin API 7.3, failFast (reverts to the state prior to the import attempt)."""
    archive = without_first(own, "sites", "targets")
    expect_import_refused(product, sent(product, "workflow", json=archive))

    product.admin.add_rule()

    expect_members(imported(product, own), {"status": "Complete"}, "the next import")


@pytest.mark.requirement("PA-CONF-012")
def test_a_failed_import_says_why_now_and_later(product: Product, own: Json) -> None:
    """Source: admin API 7.3, ConfigStatus.apiErrorView; importing configurations page 7.3."""
    api = product.api
    archive = without_first(own, "sites", "targets")
    started = expect_saved(api.add_config_import_workflow(json=archive, params=FAIL_LATE))

    status = ended(api.get_config_import_workflow, started)

    expect_members(status, {"status": "Failed"}, "the import")
    error = status.get("apiErrorView") or {}
    right = isinstance(error.get("flash"), list) and isinstance(error.get("form"), dict)
    expect_that(right and any(said(error)), "an ApiError with a sentence", status)
    expect_members(imported(product, own), {"status": "Complete"}, "the next import")
    expect_equal(expect_saved(api.get_config_import_workflow(started["id"])), status, "later")
    listed = [
        one for one in expect_items(api.get_config_import_workflows()) if one["id"] == started["id"]
    ]
    expect_equal(listed, [status], "the failed import in the list")


@pytest.mark.requirement("PA-CONF-013")
def test_fail_fast_tells_the_first_fault_and_otherwise_every_fault_is_told(
    product: Product, own: Json
) -> None:
    """Source: admin API 7.3, addConfigImportWorkflow, failFast."""
    archive = with_first(without_first(own, "sites", "targets"), "virtualHosts", port=0)

    first = imported(product, archive, fail_fast=True)
    every = imported(product, archive, fail_fast=False)

    for status in (first, every):
        expect_members(status, {"status": "Failed"}, "the import")
    few, many = (len(said(status["apiErrorView"])) for status in (first, every))
    expect_that(0 < few < many, "fewer sentences when it stops at the first fault", [few, many])
    expect_same_configuration(product, own)


def newer(version: str) -> list[str]:
    """Versions after this one: of the next release, and of a far one."""
    major, minor, *rest = version.split(".")
    return [".".join([major, str(int(minor) + 1), *rest]), f"{int(major) + 1}.0.0.0", "99.9.0.0"]


@pytest.mark.requirement("PA-CONF-014")
@pytest.mark.parametrize("way", WAYS)
def test_an_archive_of_a_newer_release_is_refused(product: Product, own: Json, way: Way) -> None:
    """Source: PingAccess 7.2, configuration export and import (must not be older)."""
    changed = with_section(own, environment={"name": product.name("other")})

    for version in newer(own["version"]):
        answer = sent(product, way, json={**changed, "version": version})
        expect_import_refused(product, answer)
        expect_same_configuration(product, own)


@pytest.mark.requirement("PA-CONF-015")
@pytest.mark.parametrize("way", WAYS)
def test_an_archive_of_an_older_api_is_refused(product: Product, own: Json, way: Way) -> None:
    """Source: PingAccess 7.2, configuration export and import (5.0 or later)."""
    changed = with_section(own, environment={"name": product.name("other")})

    for version in ("4.3.0.0", "4.9.9.9", "1.0.0.0"):
        answer = sent(product, way, json={**changed, "version": version})
        expect_import_refused(product, answer)
        expect_same_configuration(product, own)


@pytest.mark.requirement("PA-CONF-015")
def test_an_archive_of_release_5_0_is_of_the_same_api(product: Product, own: Json) -> None:
    """Source: PingAccess 7.2, configuration export and import (5.0 or later)."""
    status = imported(product, {**own, "version": "5.0.0.0"})

    expect_members(status, {"status": "Complete"}, "the import")


def broken(archive: Json) -> dict[str, bytes]:
    """Bytes that are no JSON."""
    text = json.dumps(archive)
    return {
        "nothing": b"",
        "half": text[: len(text) // 2].encode(),
        "all but the last character": text[:-1].encode(),
        "a text": b"not an archive",
        "a zip file": b"PK\x03\x04" + bytes(26),
        "a page": b"<!doctype html><title>Sign on</title>",
        "bytes": bytes(range(256)),
    }


@pytest.mark.requirement("PA-CONF-016")
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("fault", broken({}))
def test_what_is_no_json_is_refused(product: Product, fault: str, way: Way) -> None:
    """Source: admin API 7.3, addConfigImportWorkflow, configImport (JSON backup file)."""
    before = expect_saved(product.api.config_export())
    headers = {"Content-Type": "application/json"}

    answer = sent(product, way, content=broken(before)[fault], headers=headers)

    expect_status(answer, 400, 422)
    expect_import_refused(product, answer)
    expect_same_configuration(product, before)


NO_ARCHIVES: dict[str, Any] = {
    "a list": [],
    "a text": "archive",
    "a number": 7,
    "null": None,
    "an empty object": {},
    "no data": {"data": None},
    "no version": {"version": None},
    "data is a list": {"data": []},
    "data is a text": {"data": "sites"},
    "version is a number": {"version": 7.3},
    "version is a word": {"version": "seven"},
    "version is empty": {"version": ""},
}


@pytest.mark.requirement("PA-CONF-017")
@pytest.mark.parametrize(
    ("fault", "way"),
    [*((fault, "workflow") for fault in NO_ARCHIVES), ("a list", "direct"), ("no data", "direct")],
)
def test_json_that_is_no_archive_is_refused(
    product: Product, own: Json, fault: str, way: Way
) -> None:
    """Source: admin API 7.3, ExportData; a status of 400 conforms."""
    change = NO_ARCHIVES[fault]
    body = {**own, **change} if change and isinstance(change, dict) else change

    answer = sent(product, way, json=body)

    expect_import_refused(product, answer)
    expect_same_configuration(product, own)


@pytest.mark.requirement("PA-CONF-017")
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("member", ["version", "data"])
def test_an_archive_without_a_member_is_refused(
    product: Product, own: Json, member: str, way: Way
) -> None:
    """Source: admin API 7.3, ExportData; that both are needed is assumed."""
    body = {key: value for key, value in own.items() if key != member}

    answer = sent(product, way, json=body)

    expect_import_refused(product, answer)
    expect_same_configuration(product, own)


WRONG: dict[str, Json] = {
    "sites are an object": {"sites": {"id": 1}},
    "rules are a text": {"rules": "none"},
    "a site is a text": {"sites": ["site"]},
    "an application is a number": {"applications": [1]},
    "a resource is a list": {"resources": [[]]},
    "a host is null": {"virtualHosts": [None]},
}


@pytest.mark.requirement("PA-CONF-018")
@pytest.mark.parametrize("fault", WRONG)
def test_a_section_of_the_wrong_type_is_refused(product: Product, own: Json, fault: str) -> None:
    """Source: assumed; nothing is said of malformed sections."""
    answer = sent(product, "workflow", json=with_section(own, **WRONG[fault]))

    expect_import_refused(product, answer)
    expect_same_configuration(product, own)


@pytest.mark.requirement("PA-CONF-022")
@pytest.mark.parametrize("way", WAYS)
def test_a_refusal_of_an_archive_repeats_no_secret(product: Product, own: Json, way: Way) -> None:
    """Neither at once, nor in the state of the workflow, nor in its list.

    Source: assumed; no document speaks of secrets in errors.
    """
    secret = product.name("plain-secret")
    (held, *_) = own["data"]["webSessions"]
    credentials = {**held["clientCredentials"], "clientSecret": {"value": secret}}
    archive = with_first(own, "webSessions", clientCredentials=credentials, audience="a" * 33)

    answer = sent(product, way, json=archive)

    expect_import_refused(product, answer)
    answers = [answer, product.api.get_config_import_workflows()]
    if answer.status_code == 200:
        answers.append(product.api.get_config_import_workflow(answer.json()["id"]))
    expect_hidden(secret, *answers)
