"""Archives with a fault, and what has to hold after they were sent."""

from collections.abc import Iterable, Mapping
from typing import Any, Literal

import httpx

from harness.checks import (
    expect_equal,
    expect_members,
    expect_refused,
    expect_saved,
    expect_status,
    expect_that,
)
from harness.product import Product
from scenarios.collection import MALFORMED, UNKNOWN_NUMBER
from scenarios.flow.archives import ended

Json = dict[str, Any]

Way = Literal["workflow", "direct"]

WAYS: tuple[Way, ...] = ("workflow", "direct")

FAIL_LATE = {"failFast": "false"}


def with_section(archive: Mapping[str, Any], **sections: object) -> Json:
    """The archive with other sections."""
    return {**archive, "data": {**archive["data"], **sections}}


def with_first(archive: Mapping[str, Any], section: str, **members: object) -> Json:
    """The archive with other members in the first object of a section."""
    first, *others = archive["data"][section]
    return with_section(archive, **{section: [{**first, **members}, *others]})


def without_first(archive: Mapping[str, Any], section: str, member: str) -> Json:
    """The archive without a member of the first object of a section."""
    first, *others = archive["data"][section]
    kept = {key: value for key, value in first.items() if key != member}
    return with_section(archive, **{section: [kept, *others]})


def faulty(archive: Json) -> dict[str, list[Json]]:
    """Archives with one object that could not be saved through the API, by the kind of fault."""
    policy = {"Web": [{"type": "Rule", "id": UNKNOWN_NUMBER}], "API": []}
    applications: list[Json] = [
        {"siteId": UNKNOWN_NUMBER},
        {"virtualHostIds": [UNKNOWN_NUMBER]},
        {"webSessionId": UNKNOWN_NUMBER},
        {"policy": policy},
    ]
    rules = archive["data"]["rules"]
    return {
        "a faulty object": [
            without_first(archive, "sites", "targets"),
            with_first(archive, "virtualHosts", port=0),
            without_first(archive, "webSessions", "name"),
            without_first(archive, "rules", "name"),
        ],
        "a reference to nothing": [
            *(with_first(archive, "applications", **members) for members in applications),
            with_first(archive, "resources", applicationId=UNKNOWN_NUMBER),
        ],
        "an object twice": [with_section(archive, rules=[*rules, rules[0]])],
    }


def sent(product: Product, way: Way, **body: Any) -> httpx.Response:
    """The answer to an archive, sent to the workflows or directly."""
    if way == "direct":
        return product.api.config_import(**body)
    return product.api.add_config_import_workflow(params=FAIL_LATE, **body)


def said(error: Mapping[str, Any]) -> list[str]:
    """Every sentence of an error."""
    form = error.get("form") or {}
    return [*(error.get("flash") or []), *(text for texts in form.values() for text in texts)]


def expect_import_refused(product: Product, answer: httpx.Response) -> Json:
    """The error of an import that was refused at once, or whose workflow ended Failed."""
    if answer.status_code != 200:
        error = expect_refused(answer, status=MALFORMED)
    else:
        started = expect_saved(answer)
        expect_that("id" in started, "a refusal, or a workflow that fails", started)
        status = ended(product, "import", started)
        expect_members(status, {"status": "Failed"}, "the import")
        error = status.get("apiErrorView") or {}
    expect_that(any(said(error)), "a sentence that says why", error)
    return error


def expect_same_configuration(product: Product, before: Json) -> None:
    """Holds when an export gives what it gave before."""
    expect_equal(expect_saved(product.api.config_export()), before, "the configuration")
    expect_status(product.api.version(), 200)


def objects(archive: Mapping[str, Any]) -> Iterable[Json]:
    """Every object of every section that is a list."""
    for section in archive["data"].values():
        if isinstance(section, list):
            yield from (one for one in section if isinstance(one, dict))
