"""The fake PingOne issues tokens as documented, and takes no others."""

from __future__ import annotations

import dataclasses
import json
from base64 import urlsafe_b64encode

import jwt
import pytest

from fakes.message import Request
from fakes.pingone import CORRECT, Hosts
from fakes.tests.pingone_tenant import EXCHANGE, FORM, NOBODYS, PLAIN, Tenant, parts


@pytest.fixture
def tenant() -> Tenant:
    return Tenant()


def published_key(tenant: Tenant, kid: str) -> jwt.PyJWK:
    answer = tenant.fake.handle(Request("GET", f"/{tenant.environment_id}/as/jwks"))
    return jwt.PyJWK(next(key for key in answer.json()["keys"] if key["kid"] == kid))


def test_a_workers_token_is_verified_by_the_published_key(tenant: Tenant) -> None:
    answer = tenant.grant().json()
    header, claims = parts(answer["access_token"])

    key = published_key(tenant, header["kid"])
    decoded = jwt.decode(
        answer["access_token"],
        key,
        algorithms=["RS256"],
        audience="https://api.pingone.com",
        options={"verify_exp": False, "verify_iat": False},
    )

    assert decoded == claims
    assert header == {"alg": "RS256", "kid": header["kid"], "typ": "at+jwt"}
    assert (answer["token_type"], answer["expires_in"]) == ("Bearer", 3600)
    assert claims["exp"] - claims["iat"] == 3600
    assert claims["client_id"] == tenant.fake.client_id
    assert claims["env"] == tenant.environment_id
    assert claims["p1.rid"] == claims["jti"]
    assert "scope" not in claims


def test_an_answer_that_holds_a_token_is_not_to_be_stored(tenant: Tenant) -> None:
    assert ("Cache-Control", "no-store") in tenant.grant().headers


@pytest.mark.parametrize(
    "pair",
    [
        "{id}:wrong",
        "{id}:",
        "{id}",
        f"{NOBODYS}:{{secret}}",
        ":{secret}",
        "\u00fc:\u00fc",
        "{id}:{secret}x",
    ],
)
def test_a_client_that_is_not_known_by_its_secret_is_refused(tenant: Tenant, pair: str) -> None:
    text = pair.format(id=tenant.fake.client_id, secret=tenant.fake.client_secret)
    basic = urlsafe_b64encode(text.encode()).decode()

    answer = tenant.grant(authorization=f"Basic {basic}")

    assert answer.status == 401
    assert answer.json()["error"] == "invalid_client"
    assert answer.json()["error_description"].startswith("Request denied: ")
    assert "(Correlation ID: " in answer.json()["error_description"]


@pytest.mark.parametrize(
    "header", ["Basic", "Basic !", "Basic \u00e9", "Bearer x", "Basic " + "A" * 100_000, " "]
)
def test_an_authorization_header_that_is_none_is_refused(tenant: Tenant, header: str) -> None:
    assert tenant.grant(authorization=header).status in (400, 401)


def test_a_secret_is_posted_only_by_the_client_whose_method_it_is(tenant: Tenant) -> None:
    fake = tenant.fake
    form = {"grant_type": "client_credentials"}
    posted = {"client_id": fake.post_client_id, "client_secret": fake.post_client_secret}
    swapped = {"client_id": fake.client_id, "client_secret": fake.client_secret}

    assert tenant.grant(form | posted, authorization="").status == 200
    refused = tenant.grant(form | swapped, authorization="")

    assert refused.json()["error"] == "invalid_client"
    assert "Unsupported authentication method" in refused.json()["error_description"]


def test_a_client_that_authenticates_twice_is_refused(tenant: Tenant) -> None:
    form = {"grant_type": "client_credentials", "client_secret": tenant.fake.client_secret}
    assert tenant.grant(form).json()["error"] == "invalid_request"


@pytest.mark.parametrize(
    ("form", "error"),
    [
        ({}, "invalid_request"),
        ({"grant_type": ""}, "invalid_request"),
        ({"grant_type": "nonsense"}, "unsupported_grant_type"),
        ({"grant_type": "authorization_code"}, "unauthorized_client"),
        ({"grant_type": EXCHANGE}, "invalid_request"),
    ],
)
def test_a_grant_that_is_none_is_told_as_what_it_is(
    tenant: Tenant, form: dict[str, str], error: str
) -> None:
    answer = tenant.grant(form)
    assert (answer.status, answer.json()["error"]) == (400, error)


@pytest.mark.parametrize(
    "body",
    [
        b"grant_type=client_credentials&grant_type=client_credentials",
        b"grant_type=%ff",
        b"\xff\xfe",
        b"&".join(b"a%d=1" % n for n in range(200)),
    ],
)
def test_a_form_that_is_none_is_refused(tenant: Tenant, body: bytes) -> None:
    headers = {"content-type": FORM}
    path = f"/{tenant.environment_id}/as/token"
    answer = tenant.fake.handle(Request("POST", path, headers=headers, body=body))
    assert (answer.status, answer.json()["error"]) == (400, "invalid_request")


def test_a_form_says_that_it_is_one(tenant: Tenant) -> None:
    body = json.dumps({"grant_type": "client_credentials"}).encode()
    path = f"/{tenant.environment_id}/as/token"
    sent = Request("POST", path, headers={"content-type": "application/json"}, body=body)
    assert tenant.fake.handle(sent).json()["error"] == "invalid_request"


def test_discovery_and_the_metadata_of_rfc_8414_agree(tenant: Tenant) -> None:
    environment_id = tenant.environment_id
    paths = (
        f"/{environment_id}/as/.well-known/openid-configuration",
        f"/.well-known/oauth-authorization-server/{environment_id}/as",
    )
    discovery, metadata = (tenant.fake.handle(Request("GET", path)).json() for path in paths)

    assert discovery["issuer"] == f"https://auth.pingone.com/{environment_id}/as"
    assert discovery["token_endpoint"] == f"{discovery['issuer']}/token"
    assert metadata.items() <= discovery.items()
    assert "userinfo_endpoint" not in metadata


@pytest.mark.parametrize("path", ["/{}/as/jwks", "/{}/as/.well-known/openid-configuration"])
def test_an_environment_that_does_not_exist_has_no_keys(tenant: Tenant, path: str) -> None:
    answer = tenant.fake.handle(Request("GET", path.format(NOBODYS)))
    assert (answer.status, answer.json()["code"]) == (404, "NOT_FOUND")


def test_a_published_key_has_no_private_member() -> None:
    tenant = Tenant(PLAIN)
    answer = tenant.fake.handle(Request("GET", f"/{tenant.environment_id}/as/jwks"))
    assert [sorted(key) for key in answer.json()["keys"]] == [
        ["alg", "e", "kid", "kty", "n", "use"]
    ]


@pytest.mark.parametrize(
    "header",
    [
        "",
        "Bearer ",
        "Bearer x",
        "Bearer a.b.c",
        "Bearer e30.e30.e30",
        "Basic Og==",
        "Bearer \u00e9",
        "Bearer " + "a" * 200_000,
    ],
)
def test_what_is_no_bearer_token_opens_nothing(tenant: Tenant, header: str) -> None:
    answer = tenant.call("GET", "gateways", authorization=header)
    assert (answer.status, answer.json()["code"]) == (401, "ACCESS_FAILED")
    assert ("WWW-Authenticate", "Bearer") in answer.headers


def test_a_bearer_token_that_was_changed_opens_nothing(tenant: Tenant) -> None:
    header, claims, signature = tenant.token.split(".")
    changed = parts(tenant.token)[1] | {"exp": 4_000_000_000}
    forged = urlsafe_b64encode(json.dumps(changed).encode()).rstrip(b"=").decode()
    none = urlsafe_b64encode(b'{"alg":"none"}').rstrip(b"=").decode()

    for token in (
        f"{header}.{forged}.{signature}",
        f"{none}.{claims}.",
        f"{none}.{claims}.{signature}",
        f"{header}.{claims}.{signature[:-4]}",
        f"{header}.{claims}.{signature}A",
        f"{header}.{claims}",
    ):
        assert tenant.call("GET", "gateways", authorization=f"Bearer {token}").status == 401
    assert tenant.call("GET", "gateways").status == 200


def test_a_bearer_token_ends_at_its_exp(tenant: Tenant) -> None:
    assert tenant.call("GET", "gateways").status == 200
    tenant.clock.advance(3599)
    assert tenant.call("GET", "gateways").status == 200
    tenant.clock.advance(1)
    assert tenant.call("GET", "gateways").status == 401


def test_a_token_of_another_seed_opens_nothing(tenant: Tenant) -> None:
    foreign = Tenant(seed=1).token
    assert tenant.call("GET", "/v1/environments", authorization=f"Bearer {foreign}").status == 401


def test_a_token_says_where_the_fake_is() -> None:
    hosts = Hosts("https://localhost:1", "https://localhost:2", "https://localhost:3")
    tenant = Tenant(hosts=hosts)
    _, claims = parts(tenant.token)
    assert claims["aud"] == ["https://localhost:1"]
    assert claims["iss"] == f"https://localhost:2/{tenant.environment_id}/as"
    _, claims = parts(tenant.credential(tenant.gateway()["id"])["credential"])
    assert (claims["aud"], claims["authUrl"]) == ("https://localhost:1", "https://localhost:2")
    assert claims["consoleUrl"] == "https://localhost:3"


@pytest.mark.parametrize("suffix", ["ca", "eu", "asia", "com.au", "sg"])
def test_a_credential_of_a_region_says_so(suffix: str) -> None:
    hosts = Hosts(f"https://api.pingone.{suffix}", f"https://auth.pingone.{suffix}")
    tenant = Tenant(hosts=hosts)
    _, claims = parts(tenant.credential(tenant.gateway()["id"])["credential"])
    assert claims["iss"] == f"wss://gateways.pingone.{suffix}"
    region = tenant.call("GET", "").json()["region"]
    assert claims["targetGeography"] == region != "NA"


def test_the_life_of_an_exchanged_token_is_a_switch() -> None:
    tenant = Tenant(dataclasses.replace(CORRECT, exchanged_lifetime_s=3600))
    text = tenant.credential(tenant.gateway()["id"])["credential"]
    assert tenant.exchange(text).json()["expires_in"] == 3600
