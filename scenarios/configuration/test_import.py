"""An import brings back what an archive holds, and nothing else."""

from collections.abc import Mapping
from typing import Any

import pytest

from harness import releases
from harness.checks import (
    expect_deleted,
    expect_equal,
    expect_items,
    expect_members,
    expect_saved,
    expect_status,
    expect_that,
)
from harness.product import PingOne, Product
from scenarios.collection import expect_absent
from scenarios.configuration.spoiling import (
    WAYS,
    Way,
    expect_same_configuration,
    sent,
    with_section,
)
from scenarios.flow.archives import ended, imported, may_import

Json = dict[str, Any]

ACME: Json = {
    "id": "0f0f0f0f-0000-4000-8000-0f0f0f0f0f0f",
    "name": "paconform",
    "url": "https://acme.example.com/directory",
    "acmeAccounts": [],
}
"""An ACME server as the exports in pingidentity-server-profiles hold them."""

BY_WAY = {"workflow": "PA-CONF-009", "direct": "PA-CONF-010"}


def bring_in(product: Product, way: Way, archive: Json) -> None:
    """The archive is imported afterwards; anything else is the product's fault."""
    requirement = BY_WAY[way]
    answer = sent(product, way, json=archive)
    expect_status(answer, 200, requirement=requirement)
    if way == "workflow":
        status = ended(product, "import", answer.json())
        complete = {"status": "Complete"}
        expect_members(status, complete, "the import", requirement=requirement)


@pytest.mark.requirement("PA-CONF-009", "PA-CONF-010")
@pytest.mark.parametrize("way", WAYS)
def test_everything_is_as_it_was_when_it_was_exported(
    product: Product, own: Json, shop: Json, way: Way
) -> None:
    """What was added is gone, what was changed or deleted is as before, under its own id.

    Source: PingAccess 7.3, importing configurations; admin API 7.3, configImport.
    """
    requirement = BY_WAY[way]
    added = product.admin.add_rule()
    site = expect_saved(product.api.get_site(shop["siteId"]))
    changed = {**site, "maxConnections": 7}
    expect_saved(product.api.update_site(site["id"], json=changed))
    expect_deleted(product.api.delete_application(shop["id"]))

    bring_in(product, way, own)

    expect_absent(product.api.get_rule(added["id"]), requirement=requirement)
    stored = expect_saved(product.api.get_site(site["id"]), requirement=requirement)
    expect_equal(stored, site, "the changed site", requirement=requirement)
    stored = expect_saved(product.api.get_application(shop["id"]), requirement=requirement)
    kept = {key: shop[key] for key in ("name", "contextRoot", "siteId", "policy", "webSessionId")}
    expect_members(stored, kept, "the deleted application", requirement=requirement)
    paths = [one["name"] for one in expect_items(product.api.get_application_resources(shop["id"]))]
    expect_equal(len(paths), 2, "resources of the application", requirement=requirement)


@pytest.mark.requirement("PA-CONF-009")
def test_references_are_whole_after_an_import(product: Product, own: Json, shop: Json) -> None:
    """What is in use cannot be deleted, and is found by what uses it.

    Source: PingAccess 7.3, importing configurations; admin API 7.3, getApplications (siteId).
    """
    expect_members(imported(product, own), {"status": "Complete"}, "the import")

    using = expect_items(product.api.get_applications(params={"siteId": shop["siteId"]}))
    expect_equal([one["id"] for one in using], [shop["id"]], "applications of the site")
    expect_status(product.api.delete_site(shop["siteId"]), 422)
    expect_status(product.api.delete_rule(shop["policy"]["Web"][0]["id"]), 422)
    expect_deleted(product.api.delete_application(shop["id"]))
    expect_deleted(product.api.delete_site(shop["siteId"]))


@pytest.mark.requirement("PA-CONF-009")
@pytest.mark.usefixtures("replaceable")
def test_connections_and_risk_policies_come_back(
    product: Product, pingone: PingOne, shop: Json
) -> None:
    """Source: PingAccess 7.2, configuration export and import (the whole configuration)."""
    connection = product.admin.add_pingone_connection(pingone.add_credential())
    policy = product.admin.add_risk_policy(connection)
    carried = {"riskPolicyId": policy["id"]}
    expect_saved(product.api.update_application(shop["id"], json={**shop, **carried}))
    archive = expect_saved(product.api.config_export())
    expect_saved(product.api.update_application(shop["id"], json=shop))
    expect_deleted(product.api.delete_risk_policy(policy["id"]))
    expect_deleted(product.api.delete_pingone_connection(connection["id"]))

    expect_members(imported(product, archive), {"status": "Complete"}, "the import")

    stored = expect_saved(product.api.get_pingone_connection(connection["id"]))
    expect_equal(stored, connection, "the connection")
    expect_equal(expect_saved(product.api.get_risk_policy(policy["id"])), policy, "the policy")
    expect_members(expect_saved(product.api.get_application(shop["id"])), carried, "the shop")


@pytest.mark.requirement("PA-CONF-019")
@pytest.mark.parametrize("way", WAYS)
def test_an_export_that_is_imported_gives_the_same_export(
    product: Product, own: Json, way: Way
) -> None:
    """A section that the suite knows nothing of is among them.

    Source: PingAccess 7.2, configuration export and import (the same objects as the API).
    """
    archive = with_section(own, acmeServers=[*own["data"].get("acmeServers", ()), ACME])

    expect_status(sent(product, way, json=archive), 200)
    expect_same_configuration(product, archive)
    expect_status(sent(product, way, json=own), 200)
    expect_same_configuration(product, own)


@pytest.mark.requirement("PA-CONF-003")
def test_an_import_workflow_is_listed_and_read(product: Product, own: Json) -> None:
    """Source: admin API 7.3, getConfigImportWorkflows, schema ConfigStatus (warnings required)."""
    status = imported(product, own)

    expect_that(isinstance(status.get("warnings"), list), "warnings, an array", status)
    listed = expect_items(product.api.get_config_import_workflows())
    found = [one for one in listed if one["id"] == status["id"]]
    expect_equal(found, [status], "the workflow in the list")


@pytest.mark.requirement("PA-CONF-020")
def test_new_objects_get_ids_that_the_archive_did_not_take(product: Product, own: Json) -> None:
    """Ids just above the highest were given out by the archive.

    Source: admin API 7.3, Rule.id (automatically assigned).
    """
    (rule, *others) = own["data"]["rules"]
    highest = max(one["id"] for one in (rule, *others))
    more = [
        {**rule, "id": highest + step, "name": product.name("imported")} for step in range(1, 6)
    ]
    archive = with_section(own, rules=[rule, *others, *more])
    expect_members(imported(product, archive), {"status": "Complete"}, "the import")

    for _ in range(6):
        body = product.admin.rule_body()
        added = expect_saved(product.api.add_rule(json=body))
        expect_members(added, {"name": body["name"]}, "the new rule")
    for one in more:
        stored = expect_saved(product.api.get_rule(one["id"]))
        expect_members(stored, {"name": one["name"]}, "the imported rule")
    expect_equal(len(expect_items(product.api.get_rules())), len(archive["data"]["rules"]) + 6, "n")


def without_secrets(value: Any) -> Any:
    """The value with every hidden field as one word: plain text goes in, ciphertext comes out."""
    if isinstance(value, dict):
        if value and set(value) <= {"value", "encryptedValue"}:
            return "hidden"
        return {key: without_secrets(one) for key, one in value.items()}
    if isinstance(value, list):
        return [without_secrets(one) for one in value]
    return value


CLOCKED = ("lastModified", "agentCacheInvalidatedExpiration")
"""What the product sets itself when something is saved."""


def by_name(data: Mapping[str, Any]) -> Json:
    """The sections with each resource under its application and name: its id may be another.

    Source: PingAccess 9.1.0 release notes, PA-16261 (ids are kept from then on).
    """
    resources = data.get("resources", [])
    names = {one["id"]: f"{one['applicationId']}/{one['name']}" for one in resources}
    ordered = [
        {**one, "resourceOrder": [names.get(key, key) for key in one.get("resourceOrder") or []]}
        for one in data.get("applications", [])
    ]
    renamed = [{**one, "id": names[one["id"]]} for one in resources]
    return {**data, "applications": ordered, "resources": renamed}


def expect_kept(section: str, before: Any, after: Any) -> None:
    """Holds when a section has every object that it had, with the members that it had."""
    before, after = without_secrets(before), without_secrets(after)
    if isinstance(before, list):
        by_id = {one["id"]: one for one in after or ()}
        ids = [one["id"] for one in before]
        expect_equal(sorted(by_id, key=str), sorted(ids, key=str), f"ids of {section}")
        for one in before:
            kept = {key: value for key, value in one.items() if key not in CLOCKED}
            expect_members(by_id[one["id"]], kept, f"{section} {one['id']}")
    else:
        expect_members(after, before, section)


@pytest.mark.requirement("PA-CONF-023")
def test_an_archive_from_elsewhere_is_exported_again_as_it_was(
    product: Product, archive: Mapping[str, Any]
) -> None:
    """Also the sections that no other scenario looks at.

    Whether the resources of an older release keep their ids is asked by PA-REL-020.

    Source: assumed, that no member is renamed; PingAccess 7.2, configuration export and import.
    """
    may_import(product, archive)

    expect_members(imported(product, archive), {"status": "Complete"}, "the import")

    after = expect_saved(product.api.config_export())
    lost = sorted(set(archive["data"]) - set(after["data"]))
    expect_equal(lost, [], "sections that are lost")
    mine = releases.order(str(expect_saved(product.api.version())["version"]))
    shown = by_name if releases.order(archive["version"]) < mine else dict
    given, got = shown(archive["data"]), shown(after["data"])
    for section, before in given.items():
        expect_kept(section, before, got[section])
