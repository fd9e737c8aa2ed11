"""The description of the admin API, and the page that is made of it."""

from __future__ import annotations

import re

import pytest

from fakes.pingaccess.api.document import operations, schemas
from fakes.pingaccess.api.pages import API_DOCS, PAGE
from fakes.tests.pingaccess_core import Admin


@pytest.fixture
def admin() -> Admin:
    return Admin()


def test_every_route_is_described_and_nothing_else(admin: Admin) -> None:
    from fakes.pingaccess.routes import ROUTES  # noqa: PLC0415

    described = {
        (method.upper(), re.sub(r"\{[^}]*\}", "{}", path))
        for path, item in admin.get(API_DOCS)["paths"].items()
        for method in item
    }
    assert described == {(method, path) for path, item in ROUTES.items() for method in item}


def test_every_reference_leads_somewhere_and_no_operation_is_named_twice(admin: Admin) -> None:
    document = admin.get(API_DOCS)
    text = admin.send("GET", API_DOCS).body.decode()
    named = set(re.findall(r"#/components/schemas/(\w+)", text))
    assert named <= document["components"]["schemas"].keys()
    keys = [operation.key for operation in operations()]
    assert len(keys) == len(set(keys))


def test_the_description_is_of_the_release(admin: Admin) -> None:
    assert admin.get(API_DOCS)["info"]["version"] == admin.get("/version")["version"]


def test_the_page_names_every_operation_and_every_schema(admin: Admin) -> None:
    answer = admin.send("GET", PAGE)
    assert (answer.status, dict(answer.headers)["Content-Type"]) == (
        200,
        "text/html; charset=UTF-8",
    )
    html = answer.body.decode()
    for path, item in admin.get(API_DOCS)["paths"].items():
        assert f"<td>{path}</td>" in html
        assert all(f"<td>{one['operationId']}</td>" in html for one in item.values())
    assert all(f"<h3 id='{name}'>" in html for name in schemas())


@pytest.mark.parametrize("path", [API_DOCS, PAGE])
def test_both_need_a_login(admin: Admin, path: str) -> None:
    assert admin.send("GET", path, login=None).status == 401
