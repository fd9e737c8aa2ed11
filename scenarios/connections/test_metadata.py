"""The metadata of a connection say what PingOne says."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from harness.checks import expect_equal, expect_members, expect_refused, expect_saved, expect_that
from harness.errors import HarnessError
from harness.product import Credential, PingOne, Product
from scenarios.answered import member_of
from scenarios.connections.credentials import claims, value

REQUIRED = {
    "creationDate": str,
    "credentialId": str,
    "credentialStatus": str,
    "environments": list,
    "id": str,
    "pingOneAuthenticationApiEndpoint": str,
    "pingOneConnectionId": str,
    "pingOneManagementApiEndpoint": str,
}
"""Admin API 7.3, PingOneConnectionMetadata.required, with the types of the schema."""


def metadata_of(product: Product, connection: dict[str, Any]) -> dict[str, Any]:
    """The metadata as the product answers them now."""
    return expect_saved(product.api.get_pingone_connection_metadata(connection["id"]))


ROUNDED = timedelta(seconds=1)
"""How far a time of whole seconds may be from the instant: no document says how it is rounded."""


def same_instant(shown: Any, expected: str) -> bool:
    """Whether a text of ISO 8601 with a zone names this instant, within a second."""
    try:
        return abs(datetime.fromisoformat(shown) - datetime.fromisoformat(expected)) <= ROUNDED
    except (TypeError, ValueError):
        return False


def environments_of(pingone: PingOne, credential: Credential) -> list[tuple[str, str, str]]:
    """(id, name, type) of the environments that PingOne shows to this credential."""
    token = pingone.exchange(credential).json()["access_token"]
    answer = pingone.api.get_environments(token=token)
    if answer.status_code != 200:
        raise HarnessError(f"PingOne did not list the environments: {answer.status_code}")
    found = answer.json()["_embedded"]["environments"]
    return sorted((one["id"], one["name"], one["type"]) for one in found)


@pytest.mark.requirement("PA-CONN-045")
def test_the_metadata_are_complete(product: Product, pingone: PingOne) -> None:
    """Source: admin API 7.3, PingOneConnectionMetadata (required)."""
    connection = product.admin.add_pingone_connection(pingone.add_credential())

    metadata = metadata_of(product, connection)

    for member, kind in REQUIRED.items():
        expect_that(isinstance(metadata.get(member), kind), f"{member}: {kind.__name__}", metadata)
    expect_that(metadata["environments"] != [], "at least one environment", metadata)
    for environment in metadata["environments"]:
        texts = [environment.get(member) for member in ("id", "name", "type")]
        expect_that(all(isinstance(text, str) for text in texts), "id, name, type", environment)


@pytest.mark.requirement("PA-CONN-046")
def test_the_metadata_name_credential_gateway_and_connection(
    product: Product, pingone: PingOne
) -> None:
    """Source: admin API 7.3, PingOneConnectionMetadata (descriptions of the three ids)."""
    credential = pingone.add_credential()
    connection = product.admin.add_pingone_connection(credential)
    product.admin.add_pingone_connection(pingone.add_credential())

    expected = {
        "id": connection["id"],
        "credentialId": credential.id,
        "pingOneConnectionId": credential.gateway_id,
    }

    expect_members(metadata_of(product, connection), expected, "metadata")


@pytest.mark.requirement("PA-CONN-047")
def test_the_metadata_name_environment_organization_and_endpoints(
    product: Product, pingone: PingOne
) -> None:
    """Source: assumed, the claims of the credential that match the members by name."""
    credential = pingone.add_credential()
    told = claims(credential)
    metadata = metadata_of(product, product.admin.add_pingone_connection(credential))

    expect_equal(metadata.get("environmentId"), pingone.environment_id, "environmentId")
    expect_equal(metadata.get("organizationName"), told.get("organizationName"), "organization")
    for member, claim in (
        ("pingOneManagementApiEndpoint", "aud"),
        ("pingOneAuthenticationApiEndpoint", "authUrl"),
    ):
        begins = str(metadata.get(member)).startswith(told[claim])
        expect_that(begins, f"{member} under {told[claim]}", metadata.get(member))


@pytest.mark.requirement("PA-CONN-048")
def test_the_creation_date_is_that_of_the_credential(product: Product, pingone: PingOne) -> None:
    """Source: admin API 7.3, PingOneConnectionMetadata.creationDate."""
    credential = pingone.add_credential()
    connection = product.admin.add_pingone_connection(credential)
    answer = pingone.api.get_gateway_credential(credential.gateway_id, credential.id)

    shown = member_of(metadata_of(product, connection), "creationDate")

    made = answer.json()["createdAt"]
    expect_that(same_instant(shown, made), f"creationDate: {made}, to a second", shown)


@pytest.mark.requirement("PA-CONN-048")
def test_the_creation_date_does_not_move_with_an_edit(product: Product, pingone: PingOne) -> None:
    """Source: admin API 7.3, PingOneConnectionMetadata.creationDate (of the credential)."""
    connection = product.admin.add_pingone_connection(pingone.add_credential())
    before = member_of(metadata_of(product, connection), "creationDate")

    edit = {**connection, "description": "edited"}
    expect_saved(product.api.update_pingone_connection(connection["id"], json=edit))

    expect_members(metadata_of(product, connection), {"creationDate": before}, "metadata")


@pytest.mark.requirement("PA-CONN-049")
def test_a_working_credential_is_valid(product: Product, pingone: PingOne) -> None:
    """Source: admin API 7.3, PingOneCredentialStatus."""
    connection = product.admin.add_pingone_connection(pingone.add_credential())

    expect_members(
        metadata_of(product, connection), {"credentialStatus": "VALID"}, "credentialStatus"
    )


@pytest.mark.requirement("PA-CONN-050")
def test_a_revoked_credential_is_invalid(product: Product, pingone: PingOne) -> None:
    """Only the connection whose credential is revoked turns invalid.

    Source: admin API 7.3, PingOneCredentialStatus; the meaning of INVALID is assumed.
    """
    gateway = pingone.add_gateway()
    revoked, kept = (pingone.add_credential(gateway) for _ in range(2))
    dead, alive = (product.admin.add_pingone_connection(one) for one in (revoked, kept))
    pingone.revoke(revoked)

    metadata = metadata_of(product, dead)

    expect_members(
        metadata, {"credentialStatus": "INVALID", "credentialId": revoked.id}, "metadata"
    )
    expect_members(
        metadata_of(product, alive), {"credentialStatus": "VALID"}, "the other connection"
    )


@pytest.mark.requirement("PA-CONN-050")
def test_an_invalid_credential_becomes_valid_by_rotation(
    product: Product, pingone: PingOne
) -> None:
    """Source: admin API 7.3, PingOneCredentialStatus; the meaning of INVALID is assumed."""
    old, new = pingone.add_credential(), pingone.add_credential()
    connection = product.admin.add_pingone_connection(old)
    pingone.revoke(old)
    expect_members(metadata_of(product, connection), {"credentialStatus": "INVALID"}, "revoked")

    edit = {**connection, "credential": value(new.token)}
    expect_saved(product.api.update_pingone_connection(connection["id"], json=edit))

    expect_members(metadata_of(product, connection), {"credentialStatus": "VALID"}, "rotated")


@pytest.mark.requirement("PA-CONN-051")
def test_the_status_is_unknown_while_pingone_cannot_be_asked(
    product: Product, pingone: PingOne
) -> None:
    """Source: admin API 7.3, PingOneCredentialStatus; the meaning of UNKNOWN is assumed."""
    control = product.needs_control("PingOne out of reach while metadata are read")
    connection = product.admin.add_pingone_connection(pingone.add_credential())

    for kind in ("unreachable", "timeout", "status"):
        control.set_faults({"host": "any", "kind": kind, "status": 503})
        unknown = metadata_of(product, connection)
        control.clear_faults()
        expect_members(unknown, {"credentialStatus": "UNKNOWN"}, f"metadata during {kind}")
    expect_members(metadata_of(product, connection), {"credentialStatus": "VALID"}, "afterwards")


@pytest.mark.requirement("PA-CONN-052")
def test_the_environments_are_those_that_pingone_shows_to_the_credential(
    product: Product, pingone: PingOne
) -> None:
    """Source: admin API 7.3, PingOneConnectionMetadata.environments."""
    credential = pingone.add_credential()
    connection = product.admin.add_pingone_connection(credential)
    shown = environments_of(pingone, credential)

    environments = member_of(metadata_of(product, connection), "environments")

    listed = sorted((one.get("id"), one.get("name"), one.get("type")) for one in environments)
    expect_equal(listed, shown, "environments")
    own = pingone.environment_id in [one.get("id") for one in environments]
    expect_that(own, f"the credential's own environment {pingone.environment_id}", listed)


@pytest.mark.requirement("PA-CONN-045")
def test_a_refused_save_has_no_metadata(product: Product, pingone: PingOne) -> None:
    """A connection that was not stored has no metadata under the id that it asked for.

    Source: admin API 7.3, getPingOneConnectionMetadata (of a stored connection).
    """
    revoked = pingone.add_credential()
    pingone.revoke(revoked)
    body = product.admin.pingone_connection_body(revoked, id=f"refused-{revoked.id}")
    expect_refused(product.api.add_pingone_connection(json=body))

    answer = product.api.get_pingone_connection_metadata(body["id"])

    expect_that(answer.status_code != 200, "no metadata", answer.status_code)
