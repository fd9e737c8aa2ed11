"""The beginning of a generated test: helpers, of which those stay that it uses."""

HEAD = '''\
import json
import os
import ssl
from base64 import b64decode, b64encode
from functools import lru_cache
from http.cookiejar import DefaultCookiePolicy
from secrets import token_hex
from urllib.parse import quote

import httpx
import pytest


def setting(name):
    """The setting PACONFORM_<name>; the test is skipped without it."""
    value = os.environ.get(f"PACONFORM_{name}")
    if not value:
        pytest.skip(f"PACONFORM_{name} is not set")
    return value


@lru_cache
def names():
    """How the names of what is made begin; none of it is removed."""
    return os.environ.get("PACONFORM_NAMES") or f"paconform-{token_hex(3)}"


def at(value, pointer):
    """The part of a JSON value at a pointer (RFC 6901)."""
    for part in pointer.split("/")[1:]:
        part = part.replace("~1", "/").replace("~0", "~")
        value = value[int(part)] if isinstance(value, list) else value[part]
    return value


def text(value):
    """The value as it stands within a text."""
    return value if isinstance(value, str) else json.dumps(value)


def enc(value):
    """The value as it stands in an address."""
    return quote(text(value), safe="")


def esc(value):
    """The value as it stands within a string of JSON."""
    return json.dumps(text(value))[1:-1]


def basic(user, password):
    """User and password of the Basic scheme."""
    return b64encode(f"{user}:{password}".encode()).decode()


def worker_token(client):
    """A token of the worker application."""
    url = f"{setting('PINGONE_AUTH_URL')}/{setting('PINGONE_ENVIRONMENT_ID')}/as/token"
    login = (setting("PINGONE_CLIENT_ID"), setting("PINGONE_CLIENT_SECRET"))
    form = {"grant_type": "client_credentials"}
    return client.post(url, data=form, auth=login).json()["access_token"]


def quiet(client):
    """The client, which sends no header and no cookie but those that it is told."""
    client.headers.clear()
    client.cookies.jar.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    return client


@pytest.fixture
def client():
    """A client that trusts the authority of PACONFORM_CA_BUNDLE, or those of the system."""
    context = ssl.create_default_context(cafile=os.environ.get("PACONFORM_CA_BUNDLE"))
    with httpx.Client(verify=context, timeout=30) as found:
        yield quiet(found)

'''

EQUAL = '''
def same(actual, expected, whole):
    """Whether a value is the expected one, or with `whole` false has what that has."""
    if isinstance(expected, dict) and isinstance(actual, dict):
        if whole and actual.keys() != expected.keys():
            return False
        return all(
            key in actual
            and (key == "encryptedValue" or same(actual[key], one, whole))
            for key, one in expected.items()
        )
    if isinstance(expected, list) and isinstance(actual, list):
        return len(actual) == len(expected) and all(
            same(one, other, whole) for one, other in zip(actual, expected)
        )
    return isinstance(actual, bool) is isinstance(expected, bool) and actual == expected

'''
