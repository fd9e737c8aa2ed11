"""The worker's token, discovery and the published keys (P1-TOKEN)."""

from typing import Any

import pytest

from harness.checks import (
    expect_equal,
    expect_header,
    expect_members,
    expect_oauth_error,
    expect_status,
    expect_that,
)
from harness.product import PingOne
from scenarios.pingone import jwts
from scenarios.pingone.resource import json_object

GRANT = {"grant_type": "client_credentials"}


def granted(pingone: PingOne) -> dict[str, Any]:
    """The answer to the worker's own request for a token."""
    return json_object(pingone.api.token(GRANT), 200)


@pytest.mark.requirement("P1-TOKEN-001")
def test_a_worker_gets_a_bearer_token(pingone: PingOne) -> None:
    """The client id and secret are worth a token that the API takes.

    Source: PingOne authentication API, token (client_credentials).
    """
    answer = granted(pingone)

    expect_equal(str(answer.get("token_type")).lower(), "bearer", "token_type")
    lifetime_s = answer.get("expires_in")
    expect_that(isinstance(lifetime_s, int) and lifetime_s > 0, "seconds", lifetime_s)
    expect_status(pingone.api.get_environment(token=answer.get("access_token")), 200)


@pytest.mark.requirement("P1-TOKEN-002")
def test_an_access_token_is_signed_with_rs256_and_names_its_key(pingone: PingOne) -> None:
    """The header says RS256 and which key.

    Source: PingOne foundations, token claims (header: alg, kid always, typ at+jwt optional).
    """
    header = jwts.header(granted(pingone)["access_token"])

    expect_equal(header.get("alg"), "RS256", "alg")
    expect_that(bool(header.get("kid")), "a key id", header)
    kinds = ("at+jwt", "JWT", None)
    expect_that(header.get("typ") in kinds, f"typ, one of {kinds}", header)


@pytest.mark.requirement("P1-TOKEN-003")
def test_an_access_token_says_where_it_comes_from_and_for_whom(pingone: PingOne) -> None:
    """The claims name issuer, client, environment and organization; p1.rid is jti.

    Source: PingOne foundations, token claims.
    """
    issuer = json_object(pingone.api.openid_configuration(), 200)["issuer"]

    claims = jwts.claims(granted(pingone)["access_token"])

    origin = {"iss": issuer, "client_id": pingone.client_id, "env": pingone.environment_id}
    expect_members(claims, origin, "the claims")
    expect_that(bool(claims.get("org")), "an organization", sorted(claims))
    expect_that(isinstance(claims.get("aud"), list), "aud, an array", claims.get("aud"))
    expect_that(bool(claims.get("jti")), "a token id", sorted(claims))
    expect_equal(claims.get("p1.rid"), claims["jti"], "p1.rid")


@pytest.mark.requirement("P1-TOKEN-003")
def test_no_two_access_tokens_have_the_same_id(pingone: PingOne) -> None:
    """Two requests give two token ids.

    Source: RFC 7519 section 4.1.7 (jti).
    """
    first, second = (jwts.claims(granted(pingone)["access_token"]) for _ in range(2))

    expect_that(first["jti"] != second["jti"], "two ids", [first["jti"], second["jti"]])


@pytest.mark.requirement("P1-TOKEN-004")
def test_an_access_token_expires_when_its_answer_said(pingone: PingOne) -> None:
    """From iat to exp are the seconds of expires_in; a worker names no user.

    Source: PingOne foundations, token claims (exp is iat and the lifetime).
    """
    answer = granted(pingone)

    claims = jwts.claims(answer["access_token"])

    expect_equal(claims.get("exp", 0) - claims.get("iat", 0), answer["expires_in"], "lifetime")
    expect_equal([c for c in ("auth_time", "acr", "sid") if c in claims], [], "a user's claims")


@pytest.mark.requirement("P1-TOKEN-005")
def test_the_published_key_verifies_the_access_token(pingone: PingOne) -> None:
    """The key set holds the key that the token names, and its signature is true.

    Source: RFC 7517 sections 4 and 5; that access tokens are verified by it is assumed.
    """
    jwts.expect_verified(pingone, granted(pingone)["access_token"])


@pytest.mark.requirement("P1-TOKEN-006")
def test_discovery_names_the_issuer_and_its_endpoints(pingone: PingOne) -> None:
    """Every endpoint is below the issuer, which is below the auth root.

    Source: PingOne authentication API, openid-configuration.
    """
    document = json_object(pingone.api.openid_configuration(), 200)

    issuer = str(document.get("issuer"))
    ends = f"/{pingone.environment_id}/as"
    expect_that(issuer.endswith(ends), f"an issuer that ends with {ends}", issuer)
    for member, path in (
        ("authorization_endpoint", "authorize"),
        ("pushed_authorization_request_endpoint", "par"),
        ("token_endpoint", "token"),
        ("userinfo_endpoint", "userinfo"),
        ("jwks_uri", "jwks"),
        ("end_session_endpoint", "signoff"),
        ("introspection_endpoint", "introspect"),
        ("revocation_endpoint", "revoke"),
        ("device_authorization_endpoint", "device_authorization"),
    ):
        expect_equal(document.get(member), f"{issuer}/{path}", member)


@pytest.mark.requirement("P1-TOKEN-006")
def test_discovery_lists_what_a_worker_needs(pingone: PingOne) -> None:
    """client_credentials is among the grants, pi.flow among the response modes.

    Source: PingOne authentication API, openid-configuration, example response.
    """
    document = json_object(pingone.api.openid_configuration(), 200)

    grants = document.get("grant_types_supported", [])
    expect_that("client_credentials" in grants, "client_credentials", grants)
    modes = document.get("response_modes_supported", [])
    expect_that("pi.flow" in modes, "pi.flow", modes)


@pytest.mark.requirement("P1-TOKEN-006")
def test_the_metadata_of_rfc_8414_agrees_with_discovery(pingone: PingOne) -> None:
    """Both documents name the same issuer, token endpoint and keys.

    Source: PingOne API change log, 22 October 2025; RFC 8414 section 3.
    """
    discovery = json_object(pingone.api.openid_configuration(), 200)

    metadata = json_object(pingone.api.oauth_metadata(), 200)

    for member in ("issuer", "token_endpoint", "jwks_uri"):
        expect_equal(metadata.get(member), discovery[member], member)


@pytest.mark.requirement("P1-TOKEN-007")
def test_a_wrong_secret_is_refused(pingone: PingOne) -> None:
    """Neither another secret, nor one too short, nor none is worth a token.

    Source: PingOne authentication API, token; RFC 6749 section 5.2.
    """
    granted(pingone)
    secret = pingone.client_secret

    for wrong in (secret + "x", secret[:-1], secret.swapcase(), ""):
        answer = pingone.api.token(GRANT, client=(pingone.client_id, wrong))
        expect_oauth_error(answer, (400, 401), "invalid_client")


@pytest.mark.requirement("P1-TOKEN-008")
def test_a_refused_client_is_told_so_with_a_correlation_id(pingone: PingOne) -> None:
    """The description begins with the words that the vendor's clients look for.

    Source: public clients of the vendor (observed).
    """
    answer = pingone.api.token(GRANT, client=(pingone.client_id, "wrong"))

    error = expect_oauth_error(answer, (400, 401), "invalid_client")
    description = str(error.get("error_description"))
    expect_that(description.startswith("Request denied:"), "Request denied: …", description)
    expect_that("(Correlation ID: " in description, "(Correlation ID: …)", description)


@pytest.mark.requirement("P1-TOKEN-009")
def test_an_unknown_client_is_answered_as_a_wrong_secret_is(pingone: PingOne) -> None:
    """The answer does not tell whether the client exists.

    Source: vendor's public connection script.
    """
    wrong = pingone.api.token(GRANT, client=(pingone.client_id, "wrong"))
    nobody = "00000000-0000-4000-8000-000000000000"

    unknown = pingone.api.token(GRANT, client=(nobody, pingone.client_secret))

    expect_oauth_error(unknown, wrong.status_code, "invalid_client")


@pytest.mark.requirement("P1-TOKEN-009")
def test_a_client_is_unknown_at_the_endpoint_of_another_environment(pingone: PingOne) -> None:
    """The token endpoint belongs to the environment in which the application lives.

    Source: vendor's public connection script.
    """
    other = pingone.needs_second_environment("the token endpoint of another environment")
    granted(pingone)

    answer = pingone.api.token(GRANT, environment_id=other)

    expect_oauth_error(answer, (400, 401), "invalid_client")


@pytest.mark.requirement("P1-TOKEN-010")
def test_another_authentication_method_than_the_clients_own_is_refused(pingone: PingOne) -> None:
    """A client that posts its secret is refused when its method is Basic, and the reverse.

    Source: management API, Application.tokenEndpointAuthMethod; the phrase is one that the
    vendor's SDK looks for, in any case of letters (observed). The error code is not documented.
    """
    granted(pingone)
    client = (pingone.client_id, pingone.client_secret)
    posted = {**GRANT, "client_id": client[0], "client_secret": client[1]}

    answers = [pingone.api.token(GRANT, client=client), pingone.api.token(posted, client=None)]

    refused = [answer for answer in answers if answer.status_code != 200]
    expect_equal(len(refused), 1, "methods that are refused, of Basic and post")
    codes = ("invalid_client", "invalid_request", "unauthorized_client")
    error = expect_oauth_error(refused[0], (400, 401), codes)
    description = str(error.get("error_description"))
    phrase = "unsupported authentication method"
    expect_that(phrase in description.lower(), f"the words {phrase}", description)


@pytest.mark.requirement("P1-TOKEN-011")
@pytest.mark.parametrize(
    ("form", "error"),
    [
        ({"grant_type": "paconform"}, "unsupported_grant_type"),
        ({"grant_type": ""}, ("invalid_request", "unsupported_grant_type")),
        ({}, "invalid_request"),
    ],
    ids=["unknown", "empty", "none"],
)
def test_a_grant_that_is_none_is_refused(
    pingone: PingOne, form: dict[str, str], error: str | tuple[str, ...]
) -> None:
    """An unknown grant type and a missing one are told apart.

    Source: RFC 6749 section 5.2.
    """
    granted(pingone)

    expect_oauth_error(pingone.api.token(form), 400, error)


@pytest.mark.requirement("P1-TOKEN-011")
def test_a_token_request_that_is_not_a_form_is_refused(pingone: PingOne) -> None:
    """The same parameters as JSON are worth nothing.

    Source: RFC 6749 section 4.4.2; which of 400, 401 and 415 is not documented.
    """
    granted(pingone)

    answer = pingone.api.token(GRANT, headers={"Content-Type": "application/json"})

    expect_status(answer, 400, 401, 415)


@pytest.mark.requirement("P1-TOKEN-012")
def test_an_answer_that_holds_a_token_is_not_stored_by_caches(pingone: PingOne) -> None:
    """Cache-Control says no-store.

    Source: RFC 6749 section 5.1.
    """
    answer = pingone.api.token(GRANT)

    expect_status(answer, 200)
    expect_header(answer, "Cache-Control", lambda value: "no-store" in value)


@pytest.mark.requirement("P1-TOKEN-013")
def test_a_workers_token_is_for_the_api_alone(pingone: PingOne) -> None:
    """The audience is the API's root, and no scope is granted.

    Source: assumed; PingOne documentation, get an access token: workers have no scopes.
    """
    answer = granted(pingone)

    claims = jwts.claims(answer["access_token"])

    expect_equal(claims.get("aud"), [pingone.api_root], "aud")
    scopes = [answer.get("scope"), claims.get("scope")]
    expect_equal([scope for scope in scopes if scope], [], "scopes of a worker")
