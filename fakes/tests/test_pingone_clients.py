"""A client is who it says by the method of its application, and by nothing else."""

from __future__ import annotations

import dataclasses
import hmac
import json
from base64 import urlsafe_b64encode
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import jwt
import pytest

from fakes.keys import ec_key, rsa_key
from fakes.message import Request
from fakes.pingone import CORRECT
from fakes.tests.pingone_logins import application, refusal
from fakes.tests.pingone_tenant import FORM, NOBODYS, Tenant, parts, targets

if TYPE_CHECKING:
    from fakes.message import Response
    from fakes.pingone import Behaviour

TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
BITS = {"ES256": 256, "ES384": 384, "ES512": 521}


def private_key(algorithm: str) -> Any:
    return rsa_key(7, "client") if algorithm[0] == "R" else ec_key(7, "client", BITS[algorithm])


def jwk(algorithm: str, **members: str) -> dict[str, Any]:
    public = private_key(algorithm).public_key()
    of = jwt.algorithms.RSAAlgorithm if algorithm[0] == "R" else jwt.algorithms.ECAlgorithm
    return {**of.to_jwk(public, as_dict=True), "kid": "k", **members}


class Asserting(Tenant):
    """The tenant with a client that authenticates by assertions of one algorithm."""

    def __init__(
        self, algorithm: str = "HS256", behaviour: Behaviour = CORRECT, **members: Any
    ) -> None:
        super().__init__(behaviour)
        self.algorithm = algorithm
        method = "CLIENT_SECRET_JWT" if algorithm[0] == "H" else "PRIVATE_KEY_JWT"
        keys = {} if algorithm[0] == "H" else {"jwks": json.dumps({"keys": [jwk(algorithm)]})}
        body = {"grantTypes": ["CLIENT_CREDENTIALS"], "type": "WORKER", **keys, **members}
        self.app = self.made("applications", application(tokenEndpointAuthMethod=method, **body))
        path = f"applications/{self.app['id']}/secret"
        self.secret = str(self.call("GET", path).json()["secret"])
        self.key: Any = self.secret if algorithm[0] == "H" else private_key(algorithm)
        self.drawn = 0

    @property
    def endpoint(self) -> str:
        """The token endpoint."""
        return f"https://auth.pingone.com/{self.environment_id}/as/token"

    def assertion(self, header: dict[str, Any] | None = None, **claims: Any) -> str:
        """A good assertion, but for these claims; those that are `...` are left out."""
        self.drawn += 1
        key = self.app["id"]
        whole = {
            "iss": key,
            "sub": key,
            "aud": self.endpoint,
            "exp": int(self.clock.now_s()) + 60,
            "jti": str(self.drawn),
            **claims,
        }
        kept = {name: value for name, value in whole.items() if value is not ...}
        return jwt.encode(kept, self.key, self.algorithm, header)

    def asked(self, assertion: str, **form: str) -> Response:
        """The answer to a request with the assertion."""
        whole = {
            "grant_type": "client_credentials",
            "client_assertion_type": TYPE,
            "client_assertion": assertion,
            **form,
        }
        body = urlencode(whole).encode()
        path = f"/{self.environment_id}/as/token"
        return self.fake.handle(Request("POST", path, "", {"content-type": FORM}, body))


@pytest.mark.parametrize(
    "algorithm", ["HS256", "RS256", "RS384", "RS512", "ES256", "ES384", "ES512"]
)
def test_an_assertion_is_as_good_as_a_secret(algorithm: str) -> None:
    tenant = Asserting(algorithm)
    answer = tenant.asked(tenant.assertion())
    assert answer.status == 200, answer
    assert parts(answer.json()["access_token"])[1]["client_id"] == tenant.app["id"]


@pytest.mark.parametrize("place", ["endpoint", "issuer", "list"])
def test_an_assertion_names_the_issuer_or_the_endpoint(place: str) -> None:
    tenant = Asserting()
    issuer = tenant.endpoint.removesuffix("/token")
    audience = {"endpoint": tenant.endpoint, "issuer": issuer, "list": ["x", issuer]}[place]
    assert tenant.asked(tenant.assertion(aud=audience)).status == 200


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": NOBODYS},
        {"iss": ...},
        {"sub": NOBODYS},
        {"sub": ...},
        {"sub": 7},
        {"aud": ...},
        {"aud": "https://auth.pingone.com"},
        {"aud": f"https://auth.pingone.com/{NOBODYS}/as"},
        {"aud": [7]},
        {"exp": ...},
        {"exp": 1_767_225_600},
        {"exp": 1_767_225_600 + 3601},
        {"exp": True},
        {"exp": "1767225660"},
        {"nbf": 1_767_225_601},
        {"nbf": "soon"},
        {"iat": 1_767_225_601},
        {"jti": 7},
    ],
    ids=repr,
)
def test_an_assertion_of_another_or_of_no_time_is_refused(claims: dict[str, Any]) -> None:
    tenant = Asserting()
    # PyJWT refuses to write wrong types of registered claims, so the JWS is written by hand.
    whole = {
        "iss": tenant.app["id"],
        "sub": tenant.app["id"],
        "aud": tenant.endpoint,
        "exp": int(tenant.clock.now_s()) + 60,
        **claims,
    }
    kept = {name: value for name, value in whole.items() if value is not ...}
    text = jwt.api_jws.encode(json.dumps(kept).encode(), tenant.secret, "HS256")
    assert refusal(tenant.asked(text)) == "invalid_client"
    assert tenant.asked(tenant.assertion()).status == 200


def test_the_ends_of_an_assertions_life_are_its_own() -> None:
    tenant = Asserting()
    now_s = int(tenant.clock.now_s())
    assert tenant.asked(tenant.assertion(exp=now_s + 3600, nbf=now_s, iat=now_s)).status == 200
    assert tenant.asked(tenant.assertion(exp=now_s + 1)).status == 200
    lax = Asserting(behaviour=dataclasses.replace(CORRECT, assertion_leeway_s=10))
    assert lax.asked(lax.assertion(exp=now_s - 9)).status == 200
    assert refusal(lax.asked(lax.assertion(exp=now_s - 10))) == "invalid_client"


def test_an_assertion_is_used_once() -> None:
    tenant = Asserting()
    text = tenant.assertion()
    assert tenant.asked(text).status == 200
    assert refusal(tenant.asked(text)) == "invalid_client"
    assert refusal(tenant.asked(tenant.assertion(jti="1", nbf=0))) == "invalid_client"
    tenant.clock.advance(60)
    assert tenant.asked(tenant.assertion(jti="1")).status == 200


def test_an_assertion_without_an_id_is_taken_or_not() -> None:
    usual = Asserting()
    assert usual.asked(usual.assertion(jti=...)).status == 200
    strict = Asserting(behaviour=dataclasses.replace(CORRECT, assertion_jti_required=True))
    assert refusal(strict.asked(strict.assertion(jti=...))) == "invalid_client"


def test_an_assertion_that_nobody_signed_is_refused() -> None:
    tenant = Asserting()
    header, claims, signature = tenant.assertion().split(".")
    for text in (
        f"eyJhbGciOiJub25lIn0.{claims}.",
        f"eyJhbGciOiJub25lIn0.{claims}.{signature}",
        f"{header}.{claims}.{signature[:-4]}",
        "x",
        "..",
    ):
        assert refusal(tenant.asked(text)) == "invalid_client"
    tenant.key = "another secret of sixty-four characters, which is long enough ..."
    assert refusal(tenant.asked(tenant.assertion())) == "invalid_client"


def test_a_public_key_is_no_secret() -> None:
    """The oldest confusion: HMAC with the text of the public key (RFC 8725 section 2.1)."""
    tenant = Asserting("RS256")
    claims = tenant.assertion().split(".")[1]
    signed = f"eyJhbGciOiJIUzI1NiJ9.{claims}"
    mac = hmac.digest(tenant.app["jwks"].encode(), signed.encode(), "sha256")
    answer = tenant.asked(f"{signed}.{urlsafe_b64encode(mac).rstrip(b'=').decode()}")
    assert refusal(answer) == "invalid_client"
    assert "Unsupported authentication method" in answer.json()["error_description"]


def test_the_algorithm_is_one_of_the_method() -> None:
    tenant = Asserting("HS256")
    tenant.algorithm = "HS512"
    assert refusal(tenant.asked(tenant.assertion())) == "invalid_client"
    other = Asserting("RS256")
    other.algorithm = "PS256"
    assert refusal(other.asked(other.assertion())) == "invalid_client"


def test_a_key_is_the_one_that_the_assertion_names() -> None:
    keys = [jwk("ES256", kid="other"), jwk("RS256", kid="mine"), jwk("RS256", use="enc", kid="enc")]
    tenant = Asserting("RS256", jwks=json.dumps({"keys": keys}))
    assert tenant.asked(tenant.assertion({"kid": "mine"})).status == 200
    assert tenant.asked(tenant.assertion()).status == 200
    for kid in ("other", "enc", "none"):
        assert refusal(tenant.asked(tenant.assertion({"kid": kid}))) == "invalid_client"


def test_an_assertion_of_another_type_or_client_is_refused() -> None:
    tenant = Asserting()
    wrong = {"client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:saml2-bearer"}
    assert refusal(tenant.asked(tenant.assertion(), **wrong)) == "invalid_request"
    answer = tenant.asked(tenant.assertion(), client_id=tenant.fake.client_id)
    assert refusal(answer) == "invalid_client"
    answer = tenant.asked(tenant.assertion(), client_secret=tenant.secret)
    assert refusal(answer) == "invalid_request"
    assert tenant.asked(tenant.assertion(), client_id=tenant.app["id"]).status == 200


def test_a_secret_is_not_enough_for_a_client_that_asserts() -> None:
    tenant = Asserting()
    form = {"client_id": tenant.app["id"], "client_secret": tenant.secret}
    answer = tenant.grant({"grant_type": "client_credentials", **form}, authorization="")
    assert "Unsupported authentication method" in answer.json()["error_description"]


def test_keys_from_a_url_are_said_to_be_beyond_the_fake() -> None:
    tenant = Asserting("RS256", jwks=..., jwksUrl="https://shop.example.com/jwks")
    assert tenant.asked(tenant.assertion()).status == 501


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ({"jwks": ...}, {"jwks": "REQUIRED_VALUE"}),
        ({"jwks": "{"}, {"jwks": "INVALID_VALUE"}),
        ({"jwks": '{"keys": []}'}, {"jwks": "INVALID_VALUE"}),
        ({"jwks": '{"keys": [{"kty": "RSA", "d": "x"}]}'}, {"jwks": "INVALID_VALUE"}),
        ({"jwksUrl": "http://shop.example.com"}, {"jwksUrl": "INVALID_VALUE"}),
        ({"grantTypes": []}, {"grantTypes": "EMPTY_VALUE"}),
        ({"grantTypes": ["PASSWORD"]}, {"grantTypes[0]": "INVALID_VALUE"}),
        ({"redirectUris": ["/relative"]}, {"redirectUris[0]": "INVALID_VALUE"}),
        ({"redirectUris": ["https://a#b"]}, {"redirectUris[0]": "INVALID_VALUE"}),
        ({"type": "ROBOT"}, {"type": "INVALID_VALUE"}),
        ({"refreshTokenDuration": 59}, {"refreshTokenDuration": "OUT_OF_RANGE"}),
    ],
    ids=repr,
)
def test_an_application_is_refused_for_what_is_wrong(
    members: dict[str, Any], expected: dict[str, str]
) -> None:
    keys = json.dumps({"keys": [jwk("RS256")]})
    body = application(**{"tokenEndpointAuthMethod": "PRIVATE_KEY_JWT", "jwks": keys, **members})
    assert targets(Tenant().call("POST", "applications", body)) == expected


def test_a_new_secret_takes_the_place_of_the_old_one() -> None:
    tenant = Tenant()
    app = tenant.made("applications", application(grantTypes=["CLIENT_CREDENTIALS"], type="WORKER"))
    path = f"applications/{app['id']}/secret"
    old = tenant.call("GET", path).json()["secret"]

    def status(secret: str) -> int:
        form = {"client_id": app["id"], "client_secret": secret}
        return tenant.grant({"grant_type": "client_credentials", **form}, authorization="").status

    later = {"previous": {"expiresAt": "2026-01-01T00:01:00.000Z"}}
    rotated = tenant.call("POST", path, later).json()
    assert rotated["previous"] == {"secret": old, "expiresAt": "2026-01-01T00:01:00.000Z"}
    assert (status(old), status(rotated["secret"])) == (200, 200)
    tenant.clock.advance(60)
    assert (status(old), status(rotated["secret"])) == (401, 200)
    again = tenant.call("POST", path).json()
    assert "previous" not in again
    assert (status(rotated["secret"]), status(again["secret"])) == (401, 200)
    bad = tenant.call("POST", path, {"previous": {"expiresAt": "soon"}})
    assert targets(bad) == {"previous.expiresAt": "INVALID_VALUE"}


def test_an_application_that_is_off_or_gone_is_told_like_a_wrong_secret() -> None:
    tenant = Asserting()
    path = f"applications/{tenant.app['id']}"
    body = {name: value for name, value in tenant.app.items() if name != "_links"}
    assert tenant.call("PUT", path, {**body, "enabled": False}).status == 200
    assert refusal(tenant.asked(tenant.assertion())) == "invalid_client"
    assert tenant.call("PUT", path, body).status == 200
    assert tenant.asked(tenant.assertion()).status == 200
    assert tenant.call("DELETE", path).status == 204
    assert refusal(tenant.asked(tenant.assertion())) == "invalid_client"
    assert tenant.call("GET", path).status == 404
