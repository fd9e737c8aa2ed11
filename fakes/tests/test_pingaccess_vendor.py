"""The fake held against the vendor's own description of the admin API, where that is at hand."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from fakes.pingaccess.routes import ROUTED, ROUTES
from fakes.pingaccess.vendor_paths import UNMODELLED
from fakes.tests.pingaccess_core import Admin
from fakes.tests.test_pingaccess_records import BODIES

if TYPE_CHECKING:
    from collections.abc import Iterator

SPEC = Path(__file__).parents[3] / "shared/vendor/pa-admin-api-7.3.openapi.yaml"

pytestmark = pytest.mark.skipif(not SPEC.exists(), reason="the vendor's description is not here")


@pytest.fixture(scope="module")
def spec() -> Any:
    return yaml.load(SPEC.read_text("utf-8"), yaml.CSafeLoader)


def operations(spec: Any) -> Iterator[tuple[str, str]]:
    """Method and path, ids as `{}`."""
    for path, item in spec["paths"].items():
        for method in item.keys() & {"get", "put", "post", "delete", "patch"}:
            yield method.upper(), re.sub(r"\{[^}]*\}", "{}", path)


def test_every_operation_of_the_vendor_is_answered_or_said_to_be_missing(spec: Any) -> None:
    answered = {(method, path) for path, methods in ROUTES.items() for method in methods}
    missing = {(method, path) for path, names in UNMODELLED.items() for method in names.split()}
    assert not answered & missing
    assert answered | missing == set(operations(spec))


SCHEMAS = {
    "/pingone/connections": "PingOneConnection",
    "/riskPolicies": "RiskPolicy",
    "/trustedCertificateGroups": "TrustedCertificateGroup",
    "/certificates": "TrustedCert",
    "/authenticationChallengePolicies": "AuthenticationChallengePolicy",
    "/rules": "Rule",
    "/rulesets": "RuleSet",
    "/webSessions": "WebSession",
    "/sites": "Site",
    "/virtualhosts": "VirtualHost",
    "/applications": "Application",
}


@pytest.mark.parametrize("path", SCHEMAS)
def test_what_is_read_has_the_members_of_the_schema_and_no_others(spec: Any, path: str) -> None:
    admin = Admin()
    schema = spec["components"]["schemas"][SCHEMAS[path]]
    made = admin.add(path, BODIES[path](admin, "first"))
    assert set(schema["required"]) <= made.keys()
    assert made.keys() == schema["properties"].keys()


def test_resources_and_users_have_the_members_of_their_schemas(spec: Any) -> None:
    admin = Admin()
    schemas = spec["components"]["schemas"]
    shop = admin.application()
    (root,) = admin.items(f"/applications/{shop['id']}/resources")
    assert root.keys() == schemas["Resource"]["properties"].keys()
    assert admin.resource(shop).keys() == root.keys()
    assert admin.get("/users/1").keys() == schemas["User"]["properties"].keys()


def test_what_may_be_sorted_by_is_what_the_vendor_marks(spec: Any) -> None:
    for entity in ROUTED:
        schema = spec["components"]["schemas"][SCHEMAS.get(entity.path, "User")]
        marked = {
            name
            for name, member in schema["properties"].items()
            if member.get("description", "").startswith("(sortable)")
        }
        assert entity.sortable() == marked, entity.path


def test_enumerations_are_the_vendors(spec: Any) -> None:
    schemas = spec["components"]["schemas"]
    for entity in ROUTED:
        properties = schemas[SCHEMAS.get(entity.path, "User")]["properties"]
        for field in entity.fields:
            reference = properties.get(field.name, {}).get("$ref", "")
            named = schemas.get(reference.rpartition("/")[2], {})
            if field.choices and "enum" in named:
                assert field.choices == set(named["enum"]), (entity.path, field.name)
