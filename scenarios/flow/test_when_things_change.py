"""The procedure is done; then the credential is rotated, revoked, or its gateway switched off."""

import pytest

from harness.checks import expect_members, expect_refused, expect_saved, expect_that
from harness.product import Credential, PingOne, Product
from scenarios.flow.conftest import Json


@pytest.mark.requirement("PA-CONN-057", "PA-CONN-058")
def test_a_rotated_credential_leaves_everything_in_place(
    product: Product, pingone: PingOne, credential: Credential, connection: Json, application: Json
) -> None:
    """A second credential of the same gateway is saved, the first revoked: all is VALID.

    Source: PingOne documentation, PingFederate connection: rotation.
    """
    new = pingone.add_credential({"id": credential.gateway_id})
    rotated = {**connection, "credential": {"value": new.token}}

    expect_saved(product.api.update_pingone_connection(connection["id"], json=rotated))
    pingone.revoke(credential)

    metadata = expect_saved(product.api.get_pingone_connection_metadata(connection["id"]))
    valid = {"credentialStatus": "VALID", "credentialId": new.id}
    expect_members(metadata, valid, "the metadata", requirement="PA-CONN-057")
    stored = expect_saved(product.api.get_application(application["id"]))
    carried = {"riskPolicyId": application["riskPolicyId"]}
    expect_members(stored, carried, "the application", requirement="PA-CONN-058")


@pytest.mark.requirement("PA-CONN-050", "PA-CONN-024")
def test_a_revoked_credential_is_noticed(
    product: Product, pingone: PingOne, credential: Credential, connection: Json
) -> None:
    """The metadata is not VALID any more, and the connection cannot be saved as it is.

    Source: admin API 7.3, PingOneCredentialStatus; when the product looks again is assumed.
    """
    metadata = expect_saved(product.api.get_pingone_connection_metadata(connection["id"]))
    valid = {"credentialStatus": "VALID"}
    expect_members(metadata, valid, "the metadata", requirement="PA-CONN-050")

    pingone.revoke(credential)

    metadata = expect_saved(product.api.get_pingone_connection_metadata(connection["id"]))
    status = metadata["credentialStatus"]
    refused = status in ("INVALID", "UNKNOWN")
    expect_that(refused, "INVALID or UNKNOWN", status, requirement="PA-CONN-050")
    answer = product.api.update_pingone_connection(connection["id"], json=connection)
    expect_refused(answer, assumed=True, requirement="PA-CONN-024")
