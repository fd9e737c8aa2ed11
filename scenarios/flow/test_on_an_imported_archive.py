"""The vendor's procedure on top of somebody's configuration.

Each scenario imports an archive first: the suite's own, and those named with `--archive`. The
procedure then runs on a web application of the archive, or on one made on top where it has none.
"""

from collections.abc import Mapping
from typing import Any

import pytest

from harness.checks import (
    expect_deleted,
    expect_equal,
    expect_items,
    expect_members,
    expect_refused,
    expect_saved,
    expect_status,
    expect_that,
)
from harness.product import PingOne, Product
from scenarios.flow.archives import ended, exported, imported, may_import
from scenarios.flow.conftest import Json

Archive = Mapping[str, Any]

NAMED = {
    "applications": ("get_applications", "name"),
    "rules": ("get_rules", "name"),
    "sites": ("get_sites", "name"),
    "virtualHosts": ("get_virtual_hosts", "host"),
    "webSessions": ("get_web_sessions", "name"),
}
"""Section of an archive, operation that lists its objects, and the member that names them."""


@pytest.fixture
def configured(product: Product, archive: Archive) -> Product:
    """The product after the import of the archive, and of nothing else."""
    may_import(product, archive)
    status = imported(product, archive)
    expect_members(status, {"status": "Complete"}, "the import")
    return product


def web_application(product: Product) -> Json:
    """A web application of the archive, or one made on top of it."""
    applications = expect_items(product.api.get_applications())
    web = [item for item in applications if item["applicationType"] == "Web"]
    return web[0] if web else product.admin.add_application()


def with_web_session(product: Product, application: Json) -> Json:
    """The application as somebody must sign on to it."""
    if application.get("webSessionId"):
        return application
    session = product.admin.add_web_session()
    body = {**application, "webSessionId": session["id"]}
    return expect_saved(product.api.update_application(application["id"], json=body))


@pytest.mark.requirement("FLOW-009")
def test_the_import_ends_complete(product: Product, archive: Archive) -> None:
    """The workflow says Complete, with no error, and stays so.

    Source: admin API 7.3, getConfigImportWorkflow (ConfigStatus).
    """
    may_import(product, archive)

    status = imported(product, archive)

    expect_members(status, {"status": "Complete"}, "the import")
    expect_equal(status.get("apiErrorView"), None, "error of the import")
    expect_equal(
        expect_saved(product.api.get_config_import_workflow(status["id"])), status, "again"
    )


@pytest.mark.requirement("FLOW-009")
def test_an_archive_with_an_application_that_is_none_does_not_end_complete(
    product: Product, archive: Archive
) -> None:
    """It is refused at once, or the workflow ends Failed and says why.

    Source: admin API 7.3, addConfigImportWorkflow (422), ConfigStatus (status, apiErrorView).
    """
    may_import(product, archive)
    spoiled = {**archive, "data": {**archive["data"], "applications": [{"name": "none"}]}}

    params = {"failFast": "false"}
    answer = product.api.add_config_import_workflow(json=spoiled, params=params)

    expect_status(answer, 200, 422)
    if answer.status_code == 200:
        status = ended(product, "import", answer.json())
        expect_members(status, {"status": "Failed"}, "the import")
        expect_that(bool(status.get("apiErrorView")), "a reason", status)


@pytest.mark.requirement("FLOW-010")
def test_what_the_archive_holds_is_there_and_nothing_else(
    product: Product, archive: Archive
) -> None:
    """An application that was there before the import is gone, those of the archive are there.

    Source: PingAccess 7.3, importing configurations: an import replaces everything.
    """
    may_import(product, archive)
    product.admin.add_application()

    imported(product, archive)

    for section, (operation, member) in NAMED.items():
        found = expect_items(getattr(product.api, operation)())
        held = archive["data"].get(section, [])
        expected = sorted((item["id"], item[member]) for item in held)
        expect_equal(sorted((item["id"], item[member]) for item in found), expected, section)


@pytest.mark.requirement("FLOW-011")
def test_the_procedure_on_top_of_an_archive(configured: Product, pingone: PingOne) -> None:
    """Connect, choose a policy, assign it, find it, keep it while in use, take it down.

    Source: PingAccess 7.2, connecting PingAccess and PingOne Risk; 7.3, assigning risk policies.
    """
    product = configured
    shop = with_web_session(product, web_application(product))
    resources = expect_items(product.api.get_application_resources(shop["id"]))
    root = next(item for item in resources if item["rootResource"])

    connection = product.admin.add_pingone_connection(pingone.add_credential())
    metadata = expect_saved(product.api.get_pingone_connection_metadata(connection["id"]))
    expect_members(metadata, {"credentialStatus": "VALID"}, "the metadata")
    policy_set = pingone.steer().policy_set_id
    risk_policy = product.admin.add_risk_policy(connection, policy_set=policy_set)

    carried = {"riskPolicyId": risk_policy["id"]}
    expect_saved(product.api.update_application(shop["id"], json={**shop, **carried}))
    body = {**root, **carried}
    expect_saved(product.api.update_application_resource(shop["id"], root["id"], json=body))

    found = expect_items(product.api.get_applications(params=carried))
    expect_equal([item["id"] for item in found], [shop["id"]], "applications of the policy")
    found = expect_items(product.api.get_resources(params=carried))
    expect_equal([item["id"] for item in found], [root["id"]], "resources of the policy")
    expect_refused(product.api.delete_risk_policy(risk_policy["id"]))
    expect_refused(product.api.delete_pingone_connection(connection["id"]))

    expect_saved(product.api.update_application_resource(shop["id"], root["id"], json=root))
    expect_saved(product.api.update_application(shop["id"], json=shop))
    expect_deleted(product.api.delete_risk_policy(risk_policy["id"]))
    expect_deleted(product.api.delete_pingone_connection(connection["id"]))


@pytest.mark.requirement("FLOW-012")
def test_an_unprotected_application_takes_a_risk_policy_once_it_has_a_web_session(
    configured: Product, pingone: PingOne
) -> None:
    """Without a web session the assignment is refused; with one it is saved.

    Source: PingAccess 7.3, assigning risk policies: a risk policy needs a known user.
    """
    product = configured
    shop = web_application(product)
    session = product.admin.add_web_session()
    opened = {**shop, "webSessionId": 0}
    shop = expect_saved(product.api.update_application(shop["id"], json=opened))
    connection = product.admin.add_pingone_connection(pingone.add_credential())
    carried = {"riskPolicyId": product.admin.add_risk_policy(connection)["id"]}

    refused = product.api.update_application(shop["id"], json={**shop, **carried})
    expect_refused(refused, assumed=True)
    stored = expect_saved(product.api.get_application(shop["id"]))
    expect_equal(stored.get("riskPolicyId") or None, None, "risk policy after the refusal")

    body = {**shop, **carried, "webSessionId": session["id"]}
    expect_saved(product.api.update_application(shop["id"], json=body))
    stored = expect_saved(product.api.get_application(shop["id"]))
    expect_members(stored, carried, "the application with a web session")


@pytest.mark.requirement("FLOW-013")
def test_an_export_brings_the_procedure_back(configured: Product, pingone: PingOne) -> None:
    """Exported, taken down and imported again, the application still carries the policy.

    Source: PingAccess 7.2, configuration export and import: the same objects as the API.
    """
    product = configured
    shop = with_web_session(product, web_application(product))
    connection = product.admin.add_pingone_connection(pingone.add_credential())
    risk_policy = product.admin.add_risk_policy(connection)
    carried = {"riskPolicyId": risk_policy["id"]}
    expect_saved(product.api.update_application(shop["id"], json={**shop, **carried}))

    archive = exported(product)
    expect_saved(product.api.update_application(shop["id"], json=shop))
    expect_deleted(product.api.delete_risk_policy(risk_policy["id"]))
    expect_deleted(product.api.delete_pingone_connection(connection["id"]))
    expect_members(imported(product, archive), {"status": "Complete"}, "the second import")

    stored = expect_saved(product.api.get_application(shop["id"]))
    expect_members(stored, carried, "the application after the second import")
    stored = expect_saved(product.api.get_risk_policy(risk_policy["id"]))
    expect_members(stored, {"configuration": risk_policy["configuration"]}, "the risk policy")
    metadata = expect_saved(product.api.get_pingone_connection_metadata(connection["id"]))
    expect_members(metadata, {"credentialStatus": "VALID"}, "the metadata")
