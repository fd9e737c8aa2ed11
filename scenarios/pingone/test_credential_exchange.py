"""Spending a gateway credential: the exchange for a bearer token (P1-CRED)."""

from collections.abc import Callable

import pytest

from harness.checks import (
    expect_equal,
    expect_hidden,
    expect_oauth_error,
    expect_status,
    expect_that,
)
from harness.product import PingOne
from scenarios.pingone import jwts
from scenarios.pingone.resource import Resource, embedded, json_object

GRANT_TYPE = "urn:ietf:params:oauth:grant-type:token-exchange"
TOKEN_TYPE = "pingone_gateway_credential"

REFUSALS = ("invalid_grant", "invalid_request", "invalid_client")
"""Errors of a refused credential: no document chooses between them."""


def exchange_form(text: str) -> dict[str, str]:
    """The three parameters of the exchange (PingOne authentication API, token exchange)."""
    return {
        "grant_type": GRANT_TYPE,
        "subject_token_type": TOKEN_TYPE,
        "subject_token": text,
    }


def expect_exchanged(pingone: PingOne, text: str) -> None:
    """Holds when the credential is good for a token: the control of every refusal."""
    expect_status(pingone.exchange(text), 200)


def expect_not_exchanged(pingone: PingOne, text: str) -> None:
    """Holds when the credential is refused as an OAuth error and does not come back."""
    answer = pingone.exchange(text)
    expect_oauth_error(answer, (400, 401), REFUSALS)


@pytest.mark.requirement("P1-CRED-011")
def test_a_credential_is_exchanged_for_a_bearer_token(pingone: PingOne) -> None:
    """Three parameters are worth a token that the API takes.

    Source: PingOne authentication API, token exchange (gateway credential).
    """
    credential = pingone.add_credential()

    answer = json_object(pingone.exchange(credential), 200)

    expect_equal(str(answer.get("token_type")).lower(), "bearer", "token_type")
    lifetime_s = answer.get("expires_in")
    expect_that(isinstance(lifetime_s, int) and lifetime_s > 0, "seconds", lifetime_s)
    expect_status(pingone.api.get_environment(token=answer.get("access_token")), 200)


@pytest.mark.requirement("P1-CRED-011")
def test_a_credential_is_exchanged_again_and_again(pingone: PingOne) -> None:
    """It is not spent: a second exchange gives another token.

    Source: PingOne documentation, PingFederate connection: credentials never expire.
    """
    credential = pingone.add_credential()

    first, second = (json_object(pingone.exchange(credential), 200) for _ in range(2))

    different = first["access_token"] != second["access_token"]
    expect_that(different, "two tokens", "the same token twice")


@pytest.mark.requirement("P1-CRED-012")
def test_the_token_of_an_exchange_is_short_lived(pingone: PingOne) -> None:
    """Five minutes as the page says, or the hour of its example.

    Source: assumed; PingOne authentication API, token exchange, contradicts itself.
    """
    answer = json_object(pingone.exchange(pingone.add_credential()), 200)

    lifetime_s = answer.get("expires_in")
    expect_that(lifetime_s in (300, 3600), "300 or 3600 seconds", lifetime_s)


@pytest.mark.requirement("P1-CRED-013")
def test_the_token_of_an_exchange_reads_the_gateways_environment(pingone: PingOne) -> None:
    """The gateway has its creator's role in the environment.

    Source: PingOne management API, gateway role assignments.
    """
    token = json_object(pingone.exchange(pingone.add_credential()), 200)["access_token"]

    environment = json_object(pingone.api.get_environment(token=token), 200)

    expect_equal(environment["id"], pingone.environment_id, "id of the environment")
    expect_status(pingone.api.get_risk_policy_sets(token=token), 200)


@pytest.mark.requirement("P1-CRED-014")
def test_the_token_of_an_exchange_lists_the_gateways_environment_alone(pingone: PingOne) -> None:
    """A new gateway has roles in one environment, so one is listed.

    Source: assumed; PingOne management API, gateway role assignments.
    """
    token = json_object(pingone.exchange(pingone.add_credential()), 200)["access_token"]

    listed = embedded(pingone.api.get_environments(token=token), "environments")

    expect_equal([item["id"] for item in listed], [pingone.environment_id], "environments")


@pytest.mark.requirement("P1-CRED-015")
def test_an_exchange_needs_no_client(pingone: PingOne) -> None:
    """Without any Authorization header the credential is enough.

    Source: assumed; the request model of the exchange lists no client.
    """
    form = exchange_form(pingone.add_credential().token)

    expect_status(pingone.api.token(form, client=None), 200)


@pytest.mark.requirement("P1-CRED-009", "P1-CRED-010")
def test_the_first_exchange_sets_the_time_of_last_use(pingone: PingOne) -> None:
    """Nothing before, a time after; the gateway's other credential is still unused.

    Source: Terraform provider acceptance test (empty right after creation); that the exchange
    sets it is assumed.
    """
    gateway = pingone.add_gateway()
    used, unused = pingone.add_credential(gateway), pingone.add_credential(gateway)

    expect_equal(pingone.last_used(used), None, "lastUsedAt of a new credential")
    expect_exchanged(pingone, used.token)

    expect_that(
        pingone.last_used(used) is not None,
        "a lastUsedAt after the exchange",
        None,
        requirement="P1-CRED-010",
    )
    expect_equal(pingone.last_used(unused), None, "lastUsedAt of the other credential")


@pytest.mark.requirement("P1-CRED-010")
def test_the_time_of_last_use_moves_with_every_exchange(pingone: PingOne) -> None:
    """A later exchange sets a later time.

    Source: assumed; lastUsedAt exists, what moves it is not documented.
    """
    control = pingone.needs_control("two exchanges a minute apart")
    credential = pingone.add_credential()
    expect_exchanged(pingone, credential.token)
    first = pingone.last_used(credential)

    control.advance(60)
    expect_exchanged(pingone, credential.token)

    second = pingone.last_used(credential)
    expect_that(bool(first and second and first < second), f"later than {first}", second)


@pytest.mark.requirement("P1-CRED-008")
def test_a_revoked_credential_is_not_exchanged(pingone: PingOne) -> None:
    """It was good, it is revoked, it is refused; the gateway's other one is still good.

    Source: PingOne documentation, PingFederate connection: rotate, then revoke.
    """
    gateway = pingone.add_gateway()
    old, new = pingone.add_credential(gateway), pingone.add_credential(gateway)
    expect_exchanged(pingone, old.token)

    pingone.delete_credential(old)

    expect_not_exchanged(pingone, old.token)
    expect_exchanged(pingone, new.token)


@pytest.mark.requirement("P1-CRED-016")
@pytest.mark.parametrize(
    "kind",
    [
        "urn:ietf:params:oauth:token-type:jwt",
        "urn:ietf:params:oauth:token-type:access_token",
        "PINGONE_GATEWAY_CREDENTIAL",
        "",
    ],
)
def test_another_subject_token_type_is_refused(pingone: PingOne, kind: str) -> None:
    """Only the vendor's own word is taken, as it is written.

    Source: RFC 8693 section 2.2.2; PingOne authentication API, token exchange.
    """
    form = exchange_form(pingone.add_credential().token)
    expect_status(pingone.api.token(form, client=None), 200)

    answer = pingone.api.token({**form, "subject_token_type": kind}, client=None)

    expect_oauth_error(answer, 400, "invalid_request")


@pytest.mark.requirement("P1-CRED-016")
@pytest.mark.parametrize("member", ["subject_token", "subject_token_type"])
def test_an_exchange_that_lacks_a_parameter_is_refused(pingone: PingOne, member: str) -> None:
    """Both parameters of the subject token are required.

    Source: RFC 8693 sections 2.1 and 2.2.2.
    """
    form = exchange_form(pingone.add_credential().token)
    expect_status(pingone.api.token(form, client=None), 200)

    answer = pingone.api.token({k: v for k, v in form.items() if k != member}, client=None)

    expect_oauth_error(answer, 400, "invalid_request")


SPOILED: dict[str, Callable[[str], str]] = {
    "another gateway": jwts.with_claim("gatewayId", "11111111-2222-4333-8444-555555555555"),
    "another environment": jwts.with_claim("environmentId", "11111111-2222-4333-8444-555555555555"),
    "another id": jwts.with_claim("jti", "11111111-2222-4333-8444-555555555555"),
    "another time": jwts.with_claim("iat", 1),
    "another host": jwts.with_claim("aud", "https://api.pingone.example"),
    "no signature": jwts.unsigned,
    "a flipped bit": jwts.flipped_signature,
    "a short signature": jwts.cut_signature,
    "a stranger's signature": jwts.signed_by_a_stranger,
}


@pytest.mark.requirement("P1-CRED-017")
@pytest.mark.parametrize("spoil", SPOILED.values(), ids=SPOILED.keys())
def test_a_credential_that_was_changed_is_not_exchanged(
    pingone: PingOne, spoil: Callable[[str], str]
) -> None:
    """Claims, algorithm and signature are as PingOne wrote them, or the credential is refused.

    Source: RFC 8693 section 2.1 (the server validates the subject token); RFC 7515 section 5.2.
    """
    credential = pingone.add_credential()
    expect_exchanged(pingone, credential.token)

    expect_not_exchanged(pingone, spoil(credential.token))


@pytest.mark.requirement("P1-CRED-017")
@pytest.mark.parametrize(
    "text", ["", "x", "a.b.c", "..", "\u00e9.\u00e9.\u00e9", "e30.e30.e30", "{}", "a" * 70_000]
)
def test_text_that_is_no_credential_is_not_exchanged(pingone: PingOne, text: str) -> None:
    """Whatever the text, it is refused in the OAuth way.

    Source: RFC 8693 section 2.2.2 (a subject token that is invalid for any reason).
    """
    expect_not_exchanged(pingone, text)


@pytest.mark.requirement("P1-CRED-017")
def test_an_access_token_is_no_credential(pingone: PingOne) -> None:
    """A token of the same issuer under the same kind of signature is refused.

    Source: RFC 8693 section 2.1; RFC 8725 section 3.12 (kinds of tokens are told apart).
    """
    token = json_object(pingone.exchange(pingone.add_credential()), 200)["access_token"]

    expect_not_exchanged(pingone, token)


@pytest.mark.requirement("P1-CRED-018")
def test_the_credential_of_a_disabled_gateway_is_not_exchanged(
    gateways: Resource, pingone: PingOne
) -> None:
    """Disabled it is refused, enabled again it is good.

    Source: PingOne documentation, view connection details: enabled on both sides.
    """
    body = gateways.good()
    gateway = gateways.create(body)
    credential = pingone.add_credential(gateway)
    expect_exchanged(pingone, credential.token)

    expect_status(gateways.update(gateway["id"], json={**body, "enabled": False}), 200)
    expect_not_exchanged(pingone, credential.token)

    expect_status(gateways.update(gateway["id"], json=body), 200)
    expect_exchanged(pingone, credential.token)


@pytest.mark.requirement("P1-CRED-019")
def test_the_credential_of_a_deleted_gateway_is_not_exchanged(
    gateways: Resource, pingone: PingOne
) -> None:
    """With the gateway its credentials are gone.

    Source: assumed; a credential belongs to its gateway.
    """
    gateway = gateways.create()
    credential = pingone.add_credential(gateway)
    expect_exchanged(pingone, credential.token)

    expect_status(gateways.delete(gateway["id"]), 204)

    expect_not_exchanged(pingone, credential.token)


@pytest.mark.requirement("P1-CRED-020")
def test_a_credential_is_not_exchanged_in_another_environment(pingone: PingOne) -> None:
    """The token endpoint of another environment refuses it.

    Source: assumed; the credential names its environment.
    """
    other = pingone.needs_second_environment("the token endpoint of another environment")
    credential = pingone.add_credential()
    expect_exchanged(pingone, credential.token)

    form = exchange_form(credential.token)
    answer = pingone.api.token(form, client=None, environment_id=other)

    expect_oauth_error(answer, (400, 401), REFUSALS)


@pytest.mark.requirement("P1-CRED-022")
def test_a_refused_exchange_does_not_repeat_the_credential(pingone: PingOne) -> None:
    """Neither a revoked credential nor a changed one comes back in the answer.

    Source: PingOne management API, gateway management: the token is shown at creation only.
    """
    credential = pingone.add_credential()
    expect_exchanged(pingone, credential.token)
    pingone.delete_credential(credential)
    spoiled = jwts.flipped_signature(credential.token)

    revoked, changed = pingone.exchange(credential), pingone.exchange(spoiled)

    expect_oauth_error(revoked, (400, 401), REFUSALS)
    expect_oauth_error(changed, (400, 401), REFUSALS)
    expect_hidden(credential.token, revoked)
    expect_hidden(spoiled, changed)
