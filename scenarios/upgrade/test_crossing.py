"""An archive crosses from one release to another, forwards and never back."""

import pytest

from harness.checks import (
    expect_deleted,
    expect_equal,
    expect_items,
    expect_members,
    expect_saved,
)
from harness.product import PingOne, Product
from scenarios.configuration.spoiling import expect_import_refused, sent, with_first, with_section
from scenarios.upgrade.conftest import Json
from scenarios.upgrade.crossing import (
    expect_connected,
    expect_imported,
    expect_shown,
    lately,
    later,
    of_release,
    older,
    shown,
)


@pytest.mark.requirement("PA-UPG-001")
def test_the_archive_of_every_older_release_is_imported(product: Product, own: Json) -> None:
    """Source: PingAccess 7.2, configuration export and import (not older; 5.0 or later)."""
    before = shown(product)

    for release in older(product):
        product.admin.add_site()
        expect_imported(product, of_release(own, release))
        expect_shown(product, before)


@pytest.mark.requirement("PA-UPG-002")
def test_the_archive_of_every_later_release_is_refused(
    product: Product, own: Json, in_use: Json
) -> None:
    """Source: PingAccess 8.1, restoring PingAccess using a JSON file (not of a later version)."""
    before = shown(product)
    emptied = with_section(own, applications=[], resources=[], riskPolicies=[])

    for release in later(product):
        answer = sent(product, "workflow", json={**emptied, "version": f"{release}.0.0"})
        expect_import_refused(product, answer)
        expect_shown(product, before)
    expect_connected(product, in_use)
    expect_imported(product, own)


@pytest.mark.requirement("PA-UPG-003")
def test_a_stored_credential_survives_export_upgrade_and_import(
    product: Product, own: Json, in_use: Json
) -> None:
    """The connection is deleted in between, so that nothing of it is left but the archive.

    Source: PingAccess 7.2, configuration export and import (secrets are encrypted in the file).
    """
    bare = of_release(own, older(product)[-1])
    without_the_connection(product)

    expect_imported(product, bare)

    expect_connected(product, in_use)
    stored = expect_saved(product.api.get_pingone_connection(in_use["id"]))
    expect_saved(product.api.update_pingone_connection(in_use["id"], json=stored))


def without_the_connection(product: Product) -> None:
    """Nobody's connection: what carries its policies, these, and the connection are deleted."""
    api = product.api
    for application in expect_items(api.get_applications()):
        expect_deleted(api.delete_application(application["id"]))
    for policy in expect_items(api.get_risk_policies()):
        expect_deleted(api.delete_risk_policy(policy["id"]))
    for connection in expect_items(api.get_pingone_connections()):
        expect_deleted(api.delete_pingone_connection(connection["id"]))


@pytest.mark.requirement("PA-UPG-004")
def test_what_an_older_archive_lacks_is_as_for_a_new_object(product: Product, own: Json) -> None:
    """Source: assumed; PingAccess 7.2, configuration export and import (older archives)."""
    fresh = product.admin.add_web_session()
    release = older(product)[0]
    expected = lately(fresh, release)
    [old] = own["data"]["webSessions"]

    expect_imported(product, of_release(own, release))

    stored = expect_saved(product.api.get_web_session(old["id"]))
    expect_equal(lately(stored, release), expected, f"what {release} did not have")


@pytest.mark.requirement("PA-UPG-005")
def test_an_unknown_member_keeps_nothing_from_being_imported(product: Product, own: Json) -> None:
    """As a release that dropped a member meets it in the archives of those that had it.

    Source: assumed; pingidentity-server-profiles, baseline (a misspelt member is in use).
    """
    before = shown(product)
    archive = own
    for section in ("applications", "sites", "webSessions", "virtualHosts", "rejectionHandlers"):
        if section in own["data"]:
            archive = with_first(archive, section, droppedLongAgo=True)

    expect_imported(product, archive)

    expect_shown(product, before)


@pytest.mark.requirement("PA-UPG-009")
def test_a_credential_that_was_revoked_meanwhile_is_imported_and_told(
    product: Product, pingone: PingOne
) -> None:
    """Source: admin API 7.3, PingOneCredentialStatus; that an import takes it is assumed."""
    product.resettable("imports a configuration over everything there is")
    credential = pingone.add_credential()
    connection = product.admin.add_pingone_connection(credential)
    expect_connected(product, connection)
    archive = expect_saved(product.api.config_export())
    pingone.revoke(credential)
    pingone.await_refusal(credential, "the revoked credential")

    expect_imported(product, archive)

    expect_connected(product, connection, "INVALID")
    stored = expect_saved(product.api.get_pingone_connection(connection["id"]))
    expect_members(stored, {"name": connection["name"]}, "the connection")
