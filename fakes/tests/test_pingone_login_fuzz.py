"""Nothing that a client, a browser or an administrator sends to the login parts raises."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

from hypothesis import given, settings
from hypothesis import strategies as st

from fakes.message import Request
from fakes.tests.pingone_logins import BACK, DEVICE_CODE, PASSWORD, Logins, application
from fakes.tests.pingone_tenant import FORM
from fakes.tests.test_pingone_clients import TYPE, Asserting, jwk
from fakes.tests.test_pingone_core import _spoiled, expect_answer

FIELDS = [
    "grant_type",
    "client_id",
    "client_secret",
    "client_assertion",
    "client_assertion_type",
    "code",
    "code_verifier",
    "redirect_uri",
    "refresh_token",
    "device_code",
    "scope",
    "token",
    "username",
    "password",
    "flowId",
    "user_code",
    "action",
    "response_type",
    "response_mode",
    "code_challenge",
    "code_challenge_method",
    "state",
    "nonce",
    "prompt",
    "max_age",
    "id_token_hint",
    "post_logout_redirect_uri",
    "request_uri",
    "request",
]
ENDPOINTS = [
    "as/token",
    "as/authorize",
    "as/resume",
    "as/signoff",
    "as/device_authorization",
    "as/introspect",
    "as/revoke",
    "as/userinfo",
    "as/par",
    "signon/",
    "device",
]
VALUES = (
    "authorization_code",
    "refresh_token",
    "client_credentials",
    DEVICE_CODE,
    "code",
    "form_post",
    "pi.flow",
    "fragment",
    "S256",
    "none",
    "openid",
    "ada",
    PASSWORD,
    BACK,
    TYPE,
    "a" * 43,
    "0",
)
SITE = Logins()
TOKENS = SITE.tokens()
GOOD = SITE.fake.snapshot()
OWN = (SITE.app["id"], SITE.secret, *(TOKENS[name] for name in TOKENS if "token" in name))

forms = st.dictionaries(
    st.sampled_from(FIELDS), st.sampled_from([*VALUES, *map(str, OWN)]) | st.text(), max_size=9
)


@given(st.sampled_from(ENDPOINTS), forms, st.sampled_from(["GET", "POST"]), st.text())
@settings(max_examples=300)
def test_no_form_raises(endpoint: str, form: dict[str, str], method: str, cookie: str) -> None:
    SITE.fake.restore(GOOD)
    text = urlencode(form, errors="replace")
    headers = {"content-type": FORM, "cookie": f"ST={cookie}", "authorization": cookie}
    for sent in ({"content-type": FORM}, headers):
        path = f"/{SITE.environment_id}/{endpoint}"
        request = Request(method, path, text if method == "GET" else "", sent, text.encode())
        expect_answer(SITE.fake.handle(request))


@given(
    st.sampled_from(
        ["applications", "resources", "populations", "users", "grants", "scopes", "attributes"]
    ),
    st.data(),
)
def test_no_body_raises(kind: str, data: st.DataObject) -> None:
    site = SITE
    site.fake.restore(GOOD)
    resource = site.made("resources", {"name": "fuzzed"})
    scope = site.made(f"resources/{resource['id']}/scopes", {"name": "fuzzed"})
    grant = {"resource": {"id": resource["id"]}, "scopes": [{"id": scope["id"]}]}
    keys = json.dumps({"keys": [jwk("RS256")]})
    bodies: dict[str, tuple[str, Any]] = {
        "applications": ("applications", application(jwks=keys, refreshTokenDuration=60)),
        "resources": ("resources", {"name": "x", "audience": "y"}),
        "populations": ("populations", {"name": "x"}),
        "users": ("users", {"username": "x", "name": {"given": "y"}, "population": {"id": "z"}}),
        "grants": (f"applications/{site.app['id']}/grants", grant),
        "attributes": (f"resources/{resource['id']}/attributes", {"name": "x", "value": "y"}),
        "scopes": (f"resources/{resource['id']}/scopes", {"name": "x"}),
    }
    path, body = bodies[kind]
    sent = _spoiled(body, data)
    made = site.call("POST", path, sent)
    expect_answer(made)
    expect_answer(site.call("GET", path))
    if made.status == 201 and kind in ("applications", "resources", "users"):
        expect_answer(site.call("PUT", f"{path}/{made.json()['id']}", _spoiled(body, data)))
    if made.status == 201 and kind == "applications":
        site.browser.get(f"/{site.environment_id}/as/authorize?client_id={made.json()['id']}")
        form = {"grant_type": "client_credentials", "client_id": made.json()["id"]}
        expect_answer(site.at("token", {**form, "client_secret": "x"}))


@given(st.data())
def test_no_assertion_raises(data: st.DataObject) -> None:
    tenant = Asserting(data.draw(st.sampled_from(["HS256", "RS256"])))
    header, claims, signature = tenant.assertion().split(".")
    part = data.draw(st.sampled_from([header, claims, signature, "e30", ""]) | st.text())
    other = data.draw(st.sampled_from([header, claims, "e30"]) | st.text())
    for text in (f"{part}.{claims}.{signature}", f"{header}.{other}.{signature}", part):
        expect_answer(tenant.asked(text.encode("utf-8", "replace").decode()))
