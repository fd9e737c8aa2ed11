"""The vendor's procedure, step by step, on a product that works.

Source: PingAccess 7.2, connecting PingAccess and PingOne Risk, and using the admin API to create
a risk policy; PingAccess 7.3, assigning risk policies.
"""

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
from harness.product import Credential, PingOne, Product
from scenarios.flow.conftest import Json


@pytest.mark.requirement("FLOW-001")
def test_step_1_add_a_connection_in_pingone_and_copy_its_credential(pingone: PingOne) -> None:
    """PingOne knows no PingAccess connections: it is a PingFederate one that gives the credential.

    Source: PingOne management API, CreateGateway and CreateGatewayCredential.
    """
    gateway = pingone.add_gateway()
    credential = pingone.add_credential(gateway)

    expect_members(gateway, {"type": "PING_FEDERATE", "enabled": True}, "the gateway")
    expect_status(pingone.exchange(credential), 200)


@pytest.mark.requirement("FLOW-002")
def test_step_2_save_a_connection_in_pingaccess_with_the_credential(
    product: Product, pingone: PingOne
) -> None:
    """A name and the credential make a connection; what PingOne refuses makes none.

    Source: admin API 7.3, addPingOneConnection; endpoints page 7.3: the credential is checked.
    """
    good, revoked = pingone.add_credential(), pingone.add_credential()
    pingone.revoke(revoked)

    saved = product.admin.add_pingone_connection(good)
    refused = product.admin.pingone_connection_body(revoked)

    expect_that(bool(saved.get("id")), "an id", saved)
    expect_saved(product.api.get_pingone_connection(saved["id"]))
    expect_refused(product.api.add_pingone_connection(json=refused), assumed=True)
    named = {"name": refused["name"]}
    expect_equal(expect_items(product.api.get_pingone_connections(params=named)), [], "connections")


@pytest.mark.requirement("FLOW-003")
def test_step_3_the_metadata_names_what_pingone_gave(
    product: Product, pingone: PingOne, credential: Credential, connection: Json
) -> None:
    """VALID, with the ids of the credential, its gateway and its environment.

    Source: admin API 7.3, getPingOneConnectionMetadata.
    """
    metadata = expect_saved(product.api.get_pingone_connection_metadata(connection["id"]))

    expected = {
        "id": connection["id"],
        "credentialStatus": "VALID",
        "credentialId": credential.id,
        "pingOneConnectionId": credential.gateway_id,
    }
    expect_members(metadata, expected, "the metadata")
    ids = [environment["id"] for environment in metadata["environments"]]
    expect_equal(ids, [pingone.environment_id], "environments")


@pytest.mark.requirement("FLOW-004")
def test_step_4_make_a_risk_policy_that_names_a_pingone_risk_policy(
    product: Product, pingone: PingOne, connection: Json
) -> None:
    """The policy is read back with its connection and the policy set in PingOne.

    Source: PingAccess 7.2, using the admin API to create a risk policy.
    """
    policy_set_id = pingone.steer().policy_set_id

    made = product.admin.add_risk_policy(connection, policy_set=policy_set_id)

    stored = expect_saved(product.api.get_risk_policy(made["id"]))
    chosen = {"pingOneConnectionId": connection["id"], "pingOneRiskPolicyId": policy_set_id}
    expect_members(stored["configuration"], chosen, "the configuration of the risk policy")


@pytest.mark.requirement("FLOW-005")
def test_step_5_assign_the_risk_policy_to_an_application_and_a_resource(
    product: Product, risk_policy: Json
) -> None:
    """Both carry it from then on.

    Source: PingAccess 7.3, assigning risk policies; admin API 7.3, riskPolicyId.
    """
    shop = product.admin.add_application()
    pay = product.admin.add_resource(shop, "/pay")
    carried = {"riskPolicyId": risk_policy["id"]}

    expect_saved(product.api.update_application(shop["id"], json={**shop, **carried}))
    expect_saved(product.api.update_application_resource(shop["id"], pay["id"], json=pay | carried))

    stored = expect_saved(product.api.get_application(shop["id"]))
    expect_members(stored, carried, "the application")
    stored = expect_saved(product.api.get_application_resource(shop["id"], pay["id"]))
    expect_members(stored, carried, "the resource")


@pytest.mark.requirement("FLOW-006")
def test_step_6_the_finders_show_where_the_risk_policy_is_used(
    product: Product, risk_policy: Json, application: Json, resource: Json
) -> None:
    """The application and the resource are found by the policy, and nothing else is.

    Source: admin API 7.3, getApplications and getResources, parameter riskPolicyId.
    """
    product.admin.add_application()
    using = {"riskPolicyId": risk_policy["id"]}

    applications = expect_items(product.api.get_applications(params=using))
    resources = expect_items(product.api.get_resources(params=using))

    expect_equal([item["id"] for item in applications], [application["id"]], "applications")
    expect_equal([item["id"] for item in resources], [resource["id"]], "resources")


@pytest.mark.requirement("FLOW-007")
def test_step_7_nothing_in_use_can_be_deleted(
    product: Product, connection: Json, risk_policy: Json, application: Json
) -> None:
    """The policy stays while the application carries it, the connection while the policy needs it.

    Source: assumed; the product keeps references whole.
    """
    expect_refused(product.api.delete_pingone_connection(connection["id"]))
    expect_refused(product.api.delete_risk_policy(risk_policy["id"]))

    metadata = expect_saved(product.api.get_pingone_connection_metadata(connection["id"]))
    expect_members(metadata, {"credentialStatus": "VALID"}, "the metadata")
    stored = expect_saved(product.api.get_application(application["id"]))
    expect_members(stored, {"riskPolicyId": risk_policy["id"]}, "the application")


@pytest.mark.requirement("FLOW-008")
def test_step_8_take_it_down_in_reverse(
    product: Product, connection: Json, risk_policy: Json, application: Json, resource: Json
) -> None:
    """Resource, application, policy, connection: each can go, and each is gone.

    Source: admin API 7.3, the four delete operations (200).
    """
    expect_deleted(product.api.delete_application_resource(application["id"], resource["id"]))
    expect_deleted(product.api.delete_application(application["id"]))
    expect_deleted(product.api.delete_risk_policy(risk_policy["id"]))
    expect_deleted(product.api.delete_pingone_connection(connection["id"]))

    for left in (
        product.api.get_applications(params={"name": application["name"]}),
        product.api.get_risk_policies(params={"name": risk_policy["name"]}),
        product.api.get_pingone_connections(params={"name": connection["name"]}),
    ):
        expect_equal(expect_items(left), [], "objects that are left")
