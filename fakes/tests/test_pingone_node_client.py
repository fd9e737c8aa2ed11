"""openid-client, a relying party for Node that others wrote, agrees with the served fake PingOne.

`make clients` installs it, where there is npm.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from joserfc.jwk import RSAKey

from fakes.pingone.platform.users import IMPORT
from fakes.tests.pingone_logins import BACK, GOODBYE, PASSWORD
from fakes.tests.pingone_site import Site, site_of

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).parent / "node"
NODE = shutil.which("node")
WORKER = {"type": "WORKER", "grantTypes": ["CLIENT_CREDENTIALS"]}
METHODS = ("client_secret_basic", "client_secret_post", "client_secret_jwt", "private_key_jwt")
LOGIN = ["AUTHORIZATION_CODE", "REFRESH_TOKEN", "DEVICE_CODE"]

pytestmark = [
    pytest.mark.skipif(NODE is None, reason="node is not here"),
    pytest.mark.skipif(
        not (HERE / "node_modules" / "openid-client").is_dir(),
        reason="openid-client is not here: `make clients` installs it",
    ),
]


class RelyingParty:
    """The client in its process: what it is told to do, and what came of it."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def tried(self, act: str, **given: Any) -> dict[str, Any]:
        """What came of it, done or failed."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps({"act": act, **given}) + "\n")
        self._process.stdin.flush()
        return dict(json.loads(self._process.stdout.readline()))

    def do(self, act: str, **given: Any) -> dict[str, Any]:
        """What came of what was done."""
        told = self.tried(act, **given)
        assert "done" in told, told
        return dict(told["done"])


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with site_of(tmp_path_factory.mktemp("ca") / "ca.pem") as site:
        yield site


@pytest.fixture(scope="module")
def party(site: Site) -> Iterator[RelyingParty]:
    env = {**os.environ, "NODE_EXTRA_CA_CERTS": site.ca_file}
    command = [str(NODE), "relying_party.mjs"]
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, cwd=HERE, env=env, **pipes) as process:
        yield RelyingParty(process)
        assert process.stdin is not None
        process.stdin.close()
        assert process.wait(10) == 0


@pytest.mark.parametrize("algorithm", ["oidc", "oauth2"])
def test_it_accepts_the_metadata(site: Site, party: RelyingParty, algorithm: str) -> None:
    found = party.do("discover", issuer=site.issuer, client_id="x", algorithm=algorithm)
    assert found["issuer"] == site.issuer
    assert found["token_endpoint"] == f"{site.issuer}/token"
    assert ("userinfo_endpoint" in found) == (algorithm == "oidc")


@pytest.mark.parametrize("method", METHODS)
def test_it_proves_itself_in_every_way(site: Site, party: RelyingParty, method: str) -> None:
    own = RSAKey.generate_key(2048, {"kid": "mine", "alg": "RS256", "use": "sig"})
    keys = {"jwks": json.dumps({"keys": [own.as_dict(private=False)]})}
    more = {**WORKER, "tokenEndpointAuthMethod": method.upper()}
    key, secret = site.client(f"node {method}", **more, **(keys if "private" in method else {}))
    jwk = own.as_dict(private=True) if "private" in method else None
    who = {"issuer": site.issuer, "client_id": key, "method": method}
    party.do("discover", **who, secret=secret, jwk=jwk)
    token = party.do("machine")
    assert (token["token_type"], token["expires_in"]) == ("bearer", 3600)
    wrong = RSAKey.generate_key(2048, {"kid": "mine", "alg": "RS256"}).as_dict(private=True)
    party.do("discover", **who, secret=f"{secret}x", jwk=wrong)
    failed = party.tried("machine")["failed"]
    assert failed["status"] == 401
    if method == "client_secret_basic":  # it reads the challenge, and leaves the body
        assert failed["cause"] == [{"scheme": "basic", "parameters": {"realm": "PingOne"}}]
    else:
        assert failed["error"] == "invalid_client"


@pytest.fixture(scope="module")
def login(site: Site) -> tuple[str, str, str]:
    """Id of a user, and id and secret of an application where she can log in."""
    body = {
        "username": "grace",
        "email": "grace@example.com",
        "password": {"value": PASSWORD},
    }
    user = site.made("/users", body, IMPORT)
    key, secret = site.client(
        "node login", grantTypes=LOGIN, tokenEndpointAuthMethod="CLIENT_SECRET_BASIC"
    )
    site.granted(key, "buy")
    return user["id"], key, secret


def found(site: Site, party: RelyingParty, login: tuple[str, str, str]) -> None:
    method = "client_secret_basic"
    _, key, secret = login
    party.do("discover", issuer=site.issuer, client_id=key, method=method, secret=secret)


def test_a_user_logs_in_and_out(
    site: Site, party: RelyingParty, login: tuple[str, str, str]
) -> None:
    """It checks the ID token against the JWK Set, nonce, audience and times by itself."""
    user, key, _ = login
    found(site, party, login)
    with site.browser() as browser:
        asked = party.do("ask", redirect_uri=BACK, scope="openid buy")
        tokens = party.do("back", url=browser.logged_in(asked["url"], "grace"))
        assert (tokens["claims"]["sub"], tokens["claims"]["aud"]) == (user, key)
        assert party.do("user", token=tokens["access_token"], subject=user)["sub"] == user
        other = party.tried("user", token=tokens["access_token"], subject="another")
        assert "failed" in other
        again = party.do("refresh", token=tokens["refresh_token"])
        assert party.do("introspect", token=again["access_token"])["active"] is True
        party.do("revoke", token=again["access_token"])
        assert party.do("introspect", token=again["access_token"]) == {"active": False}
        party.do("revoke", token=again["refresh_token"])
        refused = party.tried("refresh", token=again["refresh_token"])["failed"]
        assert (refused["error"], refused["status"]) == ("invalid_grant", 400)
        left = party.do("leave", id_token_hint=tokens["id_token"], post_logout_redirect_uri=GOODBYE)
        assert browser.get(left["url"]).headers["location"] == GOODBYE
        asked = party.do("ask", redirect_uri=BACK, scope="openid", prompt="none")
        back = browser.get(asked["url"]).headers["location"]
        assert party.tried("back", url=back)["failed"]["error"] == "login_required"


def test_a_code_is_for_its_verifier_alone_and_once(
    site: Site, party: RelyingParty, login: tuple[str, str, str]
) -> None:
    found(site, party, login)
    with site.browser() as browser:
        asked = party.do("ask", redirect_uri=BACK, scope="openid")
        url = browser.logged_in(asked["url"], "grace")
    wrong = party.tried("back", url=url, verifier="w" * 43)["failed"]
    party.do("back", url=url)
    again = party.tried("back", url=url)["failed"]
    for failed in (wrong, again):
        assert (failed["error"], failed["status"]) == ("invalid_grant", 400)


def test_a_device_waits_until_a_user_agrees(
    site: Site, party: RelyingParty, login: tuple[str, str, str]
) -> None:
    found(site, party, login)
    device = party.do("device", scope="openid")
    with site.browser() as browser:
        browser.agree(device["verification_uri_complete"], "grace")
    assert party.do("poll")["access_token"]
