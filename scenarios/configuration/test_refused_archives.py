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


@pytest.mark.requirement("PA-CONF-011")
@pytest.mark.parametrize(
    ("kind", "way"),
    [
        ("a faulty object", "workflow"),
        ("a reference to nothing", "workflow"),
        ("an object twice", "workflow"),
        ("a faulty object", "direct"),
    ],
)
def test_an_import_with_a_fault_leaves_everything_as_it_was(
    product: Product, own: Json, kind: str, way: Way
) -> None:
    """The good changes beside the fault are not made either.

    Source: admin API 7.3, failFast (reverts to the state prior to the import attempt).
    """
    for archive in faulty(own)[kind]:
        changed = with_section(archive, environment={"name": product.name("other")})

        answer = sent(product, way, json=changed)

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

    status = ended(product, "import", started)

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


def no_archives(own: Json) -> dict[str, list[Any]]:
    """JSON that is near an archive, by what is wrong with it."""
    no_data, no_version = ({k: v for k, v in own.items() if k != m} for m in ("data", "version"))
    wrong: list[Json] = [
        {"data": []},
        {"data": "sites"},
        {"data": 7},
        {"version": 7.3},
        {"version": "seven"},
        {"version": ""},
        {"version": []},
    ]
    return {
        "no object": [[], [own], "archive", 7, None],
        "a member lacks": [{}, no_data, no_version, own | {"data": None}, own | {"version": None}],
        "a member of the wrong type": [own | members for members in wrong],
    }


@pytest.mark.requirement("PA-CONF-017")
@pytest.mark.parametrize(
    ("fault", "way"),
    [
        ("no object", "workflow"),
        ("a member lacks", "workflow"),
        ("a member of the wrong type", "workflow"),
        ("a member lacks", "direct"),
    ],
)
def test_json_that_is_no_archive_is_refused(
    product: Product, own: Json, fault: str, way: Way
) -> None:
    """Source: admin API 7.3, ExportData; a status of 400 conforms."""
    for body in no_archives(own)[fault]:
        answer = sent(product, way, json=body)

        expect_import_refused(product, answer)
        expect_same_configuration(product, own)


WRONG: list[Json] = [
    {"sites": {"id": 1}},
    {"rules": "none"},
    {"sites": ["site"]},
    {"applications": [1]},
    {"resources": [[]]},
    {"virtualHosts": [None]},
]


@pytest.mark.requirement("PA-CONF-018")
def test_a_section_or_object_of_the_wrong_type_is_refused(product: Product, own: Json) -> None:
    """Source: assumed; nothing is said of malformed sections."""
    for sections in WRONG:
        answer = sent(product, "workflow", json=with_section(own, **sections))

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
        started = expect_saved(answer)
        answers.append(product.api.get_config_import_workflow(started["id"]))
    expect_hidden(secret, *answers)
