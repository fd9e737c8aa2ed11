"""What an archive holds, and what it does not."""

import json
import re
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
    not_measured,
)
from harness.comparing import difference
from harness.product import PingOne, Product
from scenarios.administration.certificates import pem
from scenarios.collection import UNKNOWN_NUMBER
from scenarios.configuration.spoiling import objects, with_first
from scenarios.flow.archives import ended, exported, imported

Json = dict[str, Any]

SECTIONS = {
    "applications": "get_applications",
    "resources": "get_resources",
    "rules": "get_rules",
    "sites": "get_sites",
    "virtualHosts": "get_virtual_hosts",
    "webSessions": "get_web_sessions",
}
"""Section and the operation that lists its objects (exports in pingidentity-server-profiles)."""


@pytest.mark.requirement("PA-CONF-001")
def test_an_export_has_the_version_of_the_product_and_data(product: Product) -> None:
    """Source: admin API 7.3, ExportData; exports in pingidentity-server-profiles."""
    archive = expect_saved(product.api.config_export())

    version = expect_saved(product.api.version())["version"]
    expect_members(archive, {"version": version}, "the archive")
    numbers = re.match(r"\d+\.\d+\.\d+\.\d+", str(archive["version"]))
    expect_that(numbers is not None, "a version of four numbers", archive["version"])
    expect_that(isinstance(archive.get("data"), dict), "data, an object", archive.get("data"))


@pytest.mark.requirement("PA-CONF-002")
def test_the_workflow_exports_what_the_direct_export_gives(product: Product, shop: Json) -> None:
    """Source: admin API 7.3, addConfigExportWorkflow, getConfigExportWorkflowData."""
    again, direct = (expect_saved(product.api.config_export()) for _ in range(2))
    moved = difference(direct, again)
    if moved is not None:
        not_measured(f"two exports without a change between them differ: {moved}")

    archive = exported(product)

    expect_equal(archive, direct, "the archive of the workflow")
    held = [one["id"] for one in archive["data"]["applications"]]
    expect_that(shop["id"] in held, f"application {shop['id']}", held)


@pytest.mark.requirement("PA-CONF-002")
def test_a_workflow_keeps_the_configuration_of_its_time(product: Product, shop: Json) -> None:
    """What changes after its end is not in its data.

    Source: admin API 7.3, getConfigExportWorkflowData (of the export with this id).
    """
    started = expect_saved(product.api.add_config_export_workflow())
    status = ended(product, "export", started)
    expect_members(status, {"status": "Complete"}, "the export")
    late = product.admin.add_rule()

    archive = expect_saved(product.api.get_config_export_workflow_data(started["id"]))

    held = [one["id"] for one in archive["data"]["rules"]]
    expect_that(late["id"] not in held, "no rule that is newer than the export", held)
    expect_that(shop["policy"]["Web"][0]["id"] in held, "the rule that is older", held)


@pytest.mark.requirement("PA-CONF-003")
def test_an_export_workflow_is_listed_and_read(product: Product) -> None:
    """Source: admin API 7.3, getConfigExportWorkflows, schema ConfigStatus (warnings required)."""
    first, second = (expect_saved(product.api.add_config_export_workflow()) for _ in range(2))

    expect_that(first["id"] != second["id"], "two workflows", [first, second])
    for started in (first, second):
        status = ended(product, "export", started)
        expect_members(status, {"id": started["id"], "status": "Complete"}, "the workflow")
        expect_that(isinstance(status.get("warnings"), list), "warnings, an array", status)
        listed = expect_items(product.api.get_config_export_workflows())
        found = [one for one in listed if one["id"] == started["id"]]
        expect_equal(found, [status], "the workflow in the list")


@pytest.mark.requirement("PA-CONF-004")
@pytest.mark.parametrize("section", SECTIONS)
def test_a_section_holds_every_object_as_the_api_shows_it(
    product: Product, shop: Json, section: str
) -> None:
    """Source: PingAccess 7.2, configuration export and import (the same objects as the API)."""
    shown = expect_items(getattr(product.api, SECTIONS[section])())
    expect_that(bool(shown), f"at least what {shop['name']} needs", shown)

    held = expect_saved(product.api.config_export())["data"].get(section, [])

    by_id = {one["id"]: one for one in held}
    expect_equal(sorted(by_id), sorted(one["id"] for one in shown), f"ids of {section}")
    for one in shown:
        expect_members(by_id[one["id"]], one, f"{one['name' if 'name' in one else 'host']}")


@pytest.mark.requirement("PA-CONF-004")
def test_a_section_follows_changes(product: Product) -> None:
    """A change is in the next archive, a deleted object is not.

    Source: PingAccess 7.2, configuration export and import (the whole configuration).
    """
    changed, deleted = product.admin.add_site(), product.admin.add_site()
    expect_saved(product.api.update_site(changed["id"], json={**changed, "maxConnections": 7}))
    expect_status(product.api.delete_site(deleted["id"]), 200)

    held = {one["id"]: one for one in expect_saved(product.api.config_export())["data"]["sites"]}

    expect_members(held.get(changed["id"], {}), {"maxConnections": 7}, "the changed site")
    expect_that(deleted["id"] not in held, "no deleted site", sorted(held))


@pytest.mark.requirement("PA-CONF-005")
@pytest.mark.parametrize(
    "noun", ["connection", "risk policy", "rule set", "challenge policy", "certificate", "group"]
)
def test_the_archive_holds_the_other_objects_too(
    product: Product, pingone: PingOne, noun: str
) -> None:
    """Looked for in every section: no public export names theirs.

    Source: assumed; an export is the whole configuration.
    """
    admin = product.admin
    if noun in ("connection", "risk policy"):
        stored = admin.add_pingone_connection(pingone.add_credential())
        stored = stored if noun == "connection" else admin.add_risk_policy(stored)
    elif noun == "rule set":
        stored = admin.add_rule_set([admin.add_rule()])
    elif noun == "challenge policy":
        stored = admin.add_authentication_challenge_policy()
    elif noun == "certificate":
        stored = admin.add_certificate(pem(product.name("certificate")))
    else:
        stored = admin.add_trusted_certificate_group()
    member = "alias" if noun == "certificate" else "name"

    archive = expect_saved(product.api.config_export())

    found = [
        one
        for one in objects(archive)
        if (one.get("id"), one.get(member)) == (stored["id"], stored[member])
    ]
    expect_equal(len(found), 1, f"the {noun} in the archive")


@pytest.mark.requirement("PA-CONF-006")
def test_an_empty_collection_has_no_section(product: Product) -> None:
    """Source: exports in pingidentity-server-profiles (empty collections are absent)."""
    data = expect_saved(product.api.config_export())["data"]

    for section, operation in SECTIONS.items():
        shown = expect_items(getattr(product.api, operation)())
        expect_equal(section in data, bool(shown), f"section {section}")


@pytest.mark.requirement("PA-CONF-007")
def test_no_archive_shows_a_secret(product: Product, pingone: PingOne) -> None:
    """The credential of a connection and the secret of a web session.

    Source: PingAccess 7.2, configuration export and import (secrets are encrypted in the file).
    """
    credential = pingone.add_credential()
    product.admin.add_pingone_connection(credential)
    body = product.admin.web_session_body()
    secret = body["clientCredentials"]["clientSecret"]["value"]
    product.admin.add_web_session(**body)
    started = expect_saved(product.api.add_config_export_workflow())
    ended(product, "export", started)

    direct = product.api.config_export()
    later = product.api.get_config_export_workflow_data(started["id"])

    for answer in (direct, later):
        held = expect_saved(answer)["data"]["webSessions"]
        expect_that(body["name"] in [one["name"] for one in held], "the web session", held)
        expect_hidden(secret, answer)
        expect_hidden(credential.token, answer)


@pytest.mark.requirement("PA-CONF-007")
def test_a_secret_that_came_in_plain_text_goes_out_as_ciphertext(
    product: Product, own: Json
) -> None:
    """Public server profiles hold secrets in plain text; what imports them keeps them hidden.

    Source: PingAccess 7.2, configuration export and import (secrets are encrypted in the file).
    """
    secret = product.name("plain-secret")
    (held, *_) = own["data"]["webSessions"]
    credentials = {**held["clientCredentials"], "clientSecret": {"value": secret}}
    archive = with_first(own, "webSessions", clientCredentials=credentials)

    expect_members(imported(product, archive), {"status": "Complete"}, "the import")

    answer = product.api.config_export()
    (shown, *_) = expect_saved(answer)["data"]["webSessions"]
    sealed = shown["clientCredentials"]["clientSecret"]
    expect_equal(list(sealed), ["encryptedValue"], "members of the secret")
    expect_hidden(secret, answer, product.api.get_web_sessions())


@pytest.mark.requirement("PA-CONF-008")
def test_an_archive_holds_no_administrative_users(product: Product) -> None:
    """Source: PingAccess 7.2, configuration export and import (excluded)."""
    users = expect_items(product.api.get_users())
    archive = expect_saved(product.api.config_export())

    named = [section for section in archive["data"] if "user" in section.lower()]
    expect_equal(named, [], "sections of users")
    members = ("slaAccepted", "firstLogin", "showTutorial")
    expect_that(all(name in users[0] for name in members), "members that tell a user", users[0])
    text = json.dumps(archive)
    expect_equal([name for name in members if name in text], [], "members of users")


@pytest.mark.requirement("PA-CONF-021")
def test_a_workflow_that_nobody_began_is_not_found(product: Product) -> None:
    """Source: assumed; the admin API declares only 200 and 422."""
    api = product.api
    for read in (
        api.get_config_export_workflow,
        api.get_config_export_workflow_data,
        api.get_config_import_workflow,
    ):
        for key in (UNKNOWN_NUMBER, "x", -1):
            expect_status(read(key), 404, 422, 400)
