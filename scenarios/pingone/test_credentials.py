"""Gateway credentials: how they are made, shown, counted and revoked (P1-CRED)."""

import pytest

from harness.checks import (
    expect_equal,
    expect_error,
    expect_hidden,
    expect_members,
    expect_status,
    expect_that,
)
from harness.product import PingOne
from scenarios.pingone import jwts
from scenarios.pingone.bodies import REFUSED, Json
from scenarios.pingone.resource import Resource, embedded, json_object


def new_credential(pingone: PingOne, gateway: Json) -> Json:
    """The answer that shows a new credential of the gateway."""
    return json_object(pingone.api.add_gateway_credential(gateway["id"]), 201)


def listed(pingone: PingOne, gateway: Json) -> list[str]:
    """The ids in the gateway's list of credentials, sorted."""
    items = embedded(pingone.api.get_gateway_credentials(gateway["id"]), "credentials")
    return sorted(item["id"] for item in items)


@pytest.mark.requirement("P1-CRED-001")
def test_a_new_credential_is_answered_with_its_text(gateways: Resource, pingone: PingOne) -> None:
    """201, an id, the time, and a JWT; then it is in the list and read alone.

    Source: PingOne management API, CreateGatewayCredential (201), GatewayCredential.
    """
    gateway = gateways.create()

    made = new_credential(pingone, gateway)

    expect_equal(str(made.get("credential")).count("."), 2, "dots in the credential's text")
    expect_equal(listed(pingone, gateway), [made["id"]], "credentials of the gateway")
    alone = json_object(pingone.api.get_gateway_credential(gateway["id"], made["id"]), 200)
    expect_members(alone, {"id": made["id"], "createdAt": made["createdAt"]}, "the credential")


@pytest.mark.requirement("P1-CRED-002")
def test_a_credential_is_signed_with_rs256_and_never_expires(
    gateways: Resource, pingone: PingOne
) -> None:
    """The header says RS256; there is no expiry, no beginning and no subject.

    Source: PingOne documentation, PingFederate connection; Postman collection, example response.
    """
    text = new_credential(pingone, gateways.create())["credential"]

    expect_equal(jwts.header(text).get("alg"), "RS256", "alg")
    limits = {"exp", "nbf", "sub"} & set(jwts.claims(text))
    expect_equal(sorted(limits), [], "claims that a credential has not")


@pytest.mark.requirement("P1-CRED-003")
def test_a_credential_says_what_it_is_of_and_where_to_spend_it(
    gateways: Resource, pingone: PingOne
) -> None:
    """The claims name the credential, its gateway, environment and organization, and the hosts.

    Source: PingOne management API, gateway credentials, token claims.
    """
    gateway = gateways.create()
    environment = json_object(pingone.api.get_environment(), 200)
    issuer = json_object(pingone.api.openid_configuration(), 200)["issuer"]

    made = new_credential(pingone, gateway)

    claims = jwts.claims(made["credential"])
    expected = {
        "jti": made["id"],
        "gatewayId": gateway["id"],
        "gatewayName": gateway["name"],
        "gatewayType": "PING_FEDERATE",
        "environmentId": pingone.environment_id,
        "environmentName": environment["name"],
        "organizationId": (environment.get("organization") or {}).get("id"),
        "aud": pingone.api_root,
        "authUrl": issuer.removesuffix(f"/{pingone.environment_id}/as"),
    }
    expect_members(claims, expected, "the claims of the credential")
    for name in ("consoleUrl", "iss", "organizationName"):
        expect_that(bool(claims.get(name)), f"a claim {name}", sorted(claims))
    expect_that(isinstance(claims.get("iat"), int), "iat, seconds", claims.get("iat"))


@pytest.mark.requirement("P1-CRED-003")
def test_a_credential_was_issued_when_it_was_made(gateways: Resource, pingone: PingOne) -> None:
    """`iat` is the second of `createdAt`.

    Source: PingOne management API, gateway credentials: iat, the issue time in seconds.
    """
    made = new_credential(pingone, gateways.create())

    issued_s = jwts.claims(made["credential"])["iat"]
    created_s = pingone.instant(made["createdAt"]).timestamp()
    expect_that(abs(created_s - issued_s) <= 1, f"iat at {created_s}", issued_s)


@pytest.mark.requirement("P1-CRED-004")
def test_the_text_of_a_credential_is_shown_once(gateways: Resource, pingone: PingOne) -> None:
    """Neither the credential, nor the list, nor the gateway shows it again.

    Source: PingOne management API, gateway management: the token is not kept.
    """
    gateway = gateways.create()
    made = new_credential(pingone, gateway)

    answers = (
        pingone.api.get_gateway_credential(gateway["id"], made["id"]),
        pingone.api.get_gateway_credentials(gateway["id"]),
        pingone.api.get_gateway(gateway["id"]),
        pingone.api.get_gateways(),
        pingone.api.add_gateway_credential(gateway["id"]),
    )

    expect_hidden(made["credential"], *answers)
    expect_status(answers[0], 200)
    expect_equal(sorted({"credential", "token"} & set(answers[0].json())), [], "text members")


@pytest.mark.requirement("P1-CRED-005")
def test_a_gateway_holds_five_credentials_and_no_sixth(
    gateways: Resource, pingone: PingOne
) -> None:
    """The sixth is refused, and the five are what they were.

    Source: PingOne management API, gateways: credentials, at most five.
    """
    gateway = gateways.create()
    five = sorted(new_credential(pingone, gateway)["id"] for _ in range(5))

    answer = pingone.api.add_gateway_credential(gateway["id"])

    expect_status(answer, *REFUSED)
    expect_equal(listed(pingone, gateway), five, "credentials after the sixth was refused")


@pytest.mark.requirement("P1-CRED-006")
def test_the_refusal_of_a_sixth_credential_is_the_platforms(
    gateways: Resource, pingone: PingOne
) -> None:
    """400 INVALID_DATA.

    Source: assumed; the platform's CONSTRAINT_VIOLATION or SIZE_LIMIT_EXCEEDED.
    """
    gateway = gateways.create()
    for _ in range(5):
        new_credential(pingone, gateway)

    expect_error(pingone.api.add_gateway_credential(gateway["id"]), 400, "INVALID_DATA")


@pytest.mark.requirement("P1-CRED-007")
def test_a_revoked_credential_is_gone(gateways: Resource, pingone: PingOne) -> None:
    """204, then 404, out of the list; the other one stays.

    Source: PingOne management API, DeleteGatewayCredential (204).
    """
    gateway = gateways.create()
    kept, gone = (new_credential(pingone, gateway)["id"] for _ in range(2))

    expect_status(pingone.api.delete_gateway_credential(gateway["id"], gone), 204)

    expect_error(pingone.api.get_gateway_credential(gateway["id"], gone), 404, "NOT_FOUND")
    expect_error(pingone.api.delete_gateway_credential(gateway["id"], gone), 404, "NOT_FOUND")
    expect_equal(listed(pingone, gateway), [kept], "credentials after one was revoked")


@pytest.mark.requirement("P1-CRED-007")
def test_a_revoked_credential_leaves_its_place(gateways: Resource, pingone: PingOne) -> None:
    """A full gateway takes a new credential once an old one is revoked.

    Source: PingOne management API, gateways: credentials, at most five.
    """
    gateway = gateways.create()
    five = [new_credential(pingone, gateway)["id"] for _ in range(5)]
    expect_status(pingone.api.add_gateway_credential(gateway["id"]), *REFUSED)

    expect_status(pingone.api.delete_gateway_credential(gateway["id"], five[2]), 204)

    new = new_credential(pingone, gateway)["id"]
    expected = sorted([*five[:2], *five[3:], new])
    expect_equal(listed(pingone, gateway), expected, "credentials")


@pytest.mark.requirement("P1-CRED-021")
def test_a_credential_is_found_only_below_its_own_gateway(
    gateways: Resource, pingone: PingOne
) -> None:
    """Through another gateway it is neither listed, nor read, nor revoked.

    Source: PingOne management API, ReadOneGatewayCredential; PingOne error codes.
    """
    own, other = gateways.create(), gateways.create()
    made = new_credential(pingone, own)["id"]

    expect_equal(listed(pingone, other), [], "credentials of the other gateway")
    expect_error(pingone.api.get_gateway_credential(other["id"], made), 404, "NOT_FOUND")
    expect_error(pingone.api.delete_gateway_credential(other["id"], made), 404, "NOT_FOUND")
    expect_equal(listed(pingone, own), [made], "credentials of its own gateway")


@pytest.mark.requirement("P1-CRED-021")
def test_a_gateway_that_does_not_exist_has_no_credentials(pingone: PingOne) -> None:
    """List and creation answer 404.

    Source: PingOne management API, gateway credentials; PingOne error codes.
    """
    nobodys = "00000000-0000-4000-8000-000000000000"

    expect_error(pingone.api.get_gateway_credentials(nobodys), 404, "NOT_FOUND")
    expect_error(pingone.api.add_gateway_credential(nobodys), 404, "NOT_FOUND")
