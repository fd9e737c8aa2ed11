"""The fake held against the vendor's own description of the admin API, where that is at hand."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from fakes.pingaccess.api.pages import API_DOCS
from fakes.pingaccess.entities import ENTITIES, ROUTED
from fakes.pingaccess.entities import SETTINGS as SETTING_ENTITIES
from fakes.pingaccess.keys.certificates import CERTIFICATES
from fakes.pingaccess.keys.files import EXPORT
from fakes.pingaccess.keys.pairs import CHAIN, KEY_PAIRS
from fakes.pingaccess.keys.requests import GENERAL_NAMES, GENERATION, RESPONSE
from fakes.pingaccess.keys.sets import KEY_SET
from fakes.pingaccess.keys.views import AGENT_CERTIFICATES, ENGINE_CERTIFICATES
from fakes.pingaccess.providers.issuers import KINDS
from fakes.pingaccess.routes import ROUTES
from fakes.pingaccess.system.licence import IMPORT
from fakes.pingaccess.system.nodes import REGISTRATION
from fakes.pingaccess.vendor_paths import UNMODELLED
from fakes.tests.made_certificates import PASSWORD, made
from fakes.tests.pingaccess_bodies import BESIDE, NAMELESS, SETTINGS
from fakes.tests.pingaccess_core import Admin
from fakes.tests.test_pingaccess_records import BODIES
from fakes.tests.vendor_deviations import DEVIATIONS, DOCUMENT
from fakes.tests.vendor_document import differences as differences_of_documents
from fakes.tests.vendor_schemas import differences, sortable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fakes.pingaccess.objects.spec import Entity

SENT = {
    CERTIFICATES: "X509FileImportDoc",
    KEY_PAIRS: "PKCS12FileImportDoc",
    GENERATION: "NewKeyPairConfig",
    RESPONSE: "CSRResponseImportDoc",
    CHAIN: "ChainCertificatesDoc",
    EXPORT: "ExportParameters",
    KEY_SET: "KeySet",
    IMPORT: "LicenseImportDoc",
    REGISTRATION: "EngineRegistrationToken",
}
"""The schema of what is sent, where what is read has another."""
ROOT = made("Root", ca=True)
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


def schema_of(spec: Any, entity: Entity) -> str:
    """The name of the schema that one object of an entity has."""
    path = entity.path
    if not entity.single:
        path = next(
            known
            for known in spec["paths"]
            if re.sub(r"\{[^}]*\}", "{}", known) == f"{entity.path}/{{}}"
        )
    answer = spec["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]
    return str(answer["schema"]["$ref"]).rpartition("/")[2]


def test_every_member_of_every_entity_is_the_vendors_or_said_to_differ(spec: Any) -> None:
    found = {
        difference
        for entity in dict.fromkeys((*ENTITIES, *SENT))
        for difference in differences(
            entity, SENT.get(entity) or schema_of(spec, entity), spec["components"]["schemas"]
        )
        if entity not in SENT or "sortable" not in difference  # what is read can be sorted by
    }
    assert sorted(found - DEVIATIONS.keys()) == []
    assert sorted(DEVIATIONS.keys() - found) == [], "these no longer differ: take them out"


def test_the_description_that_is_served_is_the_vendors_or_said_to_differ(spec: Any) -> None:
    ours = Admin().get(API_DOCS)
    found = set(differences_of_documents(ours, spec, UNMODELLED))
    known = {
        f"schema {place}: {what.split()[0]} here"
        for place, _, what in (deviation.partition(": ") for deviation in DEVIATIONS)
    }
    assert sorted(found - DOCUMENT.keys() - known) == []
    assert sorted(DOCUMENT.keys() - found) == [], "these no longer differ: take them out"


def test_a_description_without_an_operation_or_a_member_is_found_to_differ(spec: Any) -> None:
    ours = Admin().get(API_DOCS)
    before = set(differences_of_documents(ours, spec, UNMODELLED))
    del ours["paths"]["/sites"]["post"]
    del ours["components"]["schemas"]["Site"]["properties"]["targets"]
    ours["components"]["schemas"]["AuditLevel"]["enum"].append("MAYBE")
    after = set(differences_of_documents(ours, spec, UNMODELLED))
    assert {"POST /sites: not served", "schema Site.targets: missing"} <= after - before
    assert len(after - before) == 3


def test_a_certificate_is_sent_and_read_as_the_vendor_says(spec: Any) -> None:
    schemas = spec["components"]["schemas"]
    assert CERTIFICATES.sortable() == sortable(schemas["TrustedCert"])
    admin = Admin()
    made = admin.add("/certificates", BODIES["/certificates"](admin, "first"))
    assert made.keys() == schemas["TrustedCert"]["properties"].keys()


def test_a_key_pair_is_read_as_the_vendor_says(spec: Any) -> None:
    schemas = spec["components"]["schemas"]
    assert KEY_PAIRS.sortable() == sortable(schemas["KeyPair"])
    admin = Admin()
    chained = made("chained", ROOT).pkcs12()
    made_pair = admin.add(
        "/keyPairs/import",
        {"alias": "chained", "fileData": chained, "password": {"value": PASSWORD}},
    )
    assert made_pair.keys() == schemas["KeyPair"]["properties"].keys()
    (chain,) = made_pair["chainCertificates"]
    assert chain.keys() == schemas["ChainCertificate"]["properties"].keys()
    for path, schema in (("engines", "EngineCertificate"), ("agents", "AgentCertificate")):
        view = admin.items(f"/{path}/certificates", "alias=chained")[0]
        assert view.keys() == schemas[schema]["properties"].keys()
    listener = admin.get("/httpsListeners/1")
    assert listener.keys() == schemas["HttpsListener"]["properties"].keys()


def test_the_views_of_certificates_are_sorted_and_searched_as_the_vendor_says(spec: Any) -> None:
    for view, schema in (
        (ENGINE_CERTIFICATES, "EngineCertificate"),
        (AGENT_CERTIFICATES, "AgentCertificate"),
    ):
        assert view.sortable() == sortable(spec["components"]["schemas"][schema])
        declared = {one["name"] for one in spec["paths"][view.path]["get"]["parameters"]}
        assert declared == {"page", "numberPerPage", "filter", view.find, "sortKey", "order"}


def test_what_key_pairs_can_be_made_of_is_listed_as_the_vendor_says(spec: Any) -> None:
    schemas = spec["components"]["schemas"]
    assert set(schemas["GeneralNameEnum"]["enum"]) == GENERAL_NAMES
    for path, schema in (("keyAlgorithms", "KeyAlgorithm"), ("subjectAlternativeTypes", "SanType")):
        for one in Admin().items(f"/keyPairs/{path}"):
            assert one.keys() == schemas[schema]["properties"].keys()


@pytest.mark.parametrize("path", [*(BODIES.keys() - {"/certificates"}), *BESIDE, *NAMELESS])
def test_what_is_read_has_the_members_of_the_schema_and_no_others(spec: Any, path: str) -> None:
    admin = Admin()
    body = {**BODIES, **BESIDE, **NAMELESS}[path](admin, "first")
    made = admin.add(path, body)
    entity = next(entity for entity in ROUTED if entity.path == path)
    schema = spec["components"]["schemas"][schema_of(spec, entity)]
    assert set(schema.get("required", ())) <= made.keys()
    assert made.keys() == schema["properties"].keys()


@pytest.mark.parametrize("path", SETTINGS)
def test_a_setting_has_the_members_of_its_schema_and_no_others(spec: Any, path: str) -> None:
    entity = next(entity for entity in SETTING_ENTITIES if entity.path == path)
    schema = spec["components"]["schemas"][schema_of(spec, entity)]
    assert Admin().update(path, SETTINGS[path]).keys() == schema["properties"].keys()


def test_licence_key_sets_and_status_have_the_members_of_their_schemas(spec: Any) -> None:
    admin, schemas = Admin(engines_heard=True), spec["components"]["schemas"]
    admin.add("/engines", {"name": "first"})
    status = admin.get("/engines/status")
    (engine,) = status["enginesStatus"].values()
    shop = admin.application()
    orders = f"/applications/{shop['id']}"
    matched = admin.get(f"{orders}/resourceMatchingEvaluationOrder")
    for shown, schema in (
        (admin.get("/license"), "License"),
        (admin.get("/authTokenManagement/keySet"), "KeySet"),
        (status, "EngineHealthStatus"),
        (engine, "EngineInfo"),
        (admin.get(f"{orders}/resources/autoOrder"), "ResourceOrder"),
        (matched, "ResourceMatchingEvaluationOrder"),
        (matched["entries"][0], "ResourceMatchingEntry"),
        (matched["entries"][0]["link"], "Link"),
    ):
        assert shown.keys() == schemas[schema]["properties"].keys()
    assert set(schemas["EntryType"]["enum"]) == {"ApplicationResource", "GlobalUnprotectedResource"}


def test_the_metadata_that_are_shown_are_those_of_the_schema(spec: Any) -> None:
    kinds = {
        name: {"array": "texts", "boolean": "flag", "object": "map"}.get(member["type"], "text")
        for name, member in spec["components"]["schemas"]["OIDCProviderMetadata"][
            "properties"
        ].items()
    }
    assert kinds == KINDS


def test_resources_and_users_have_the_members_of_their_schemas(spec: Any) -> None:
    admin = Admin()
    schemas = spec["components"]["schemas"]
    shop = admin.application()
    (root,) = admin.items(f"/applications/{shop['id']}/resources")
    assert root.keys() == schemas["Resource"]["properties"].keys()
    assert admin.resource(shop).keys() == root.keys()
    assert admin.get("/users/1").keys() == schemas["User"]["properties"].keys()


def test_every_list_takes_the_parameters_of_the_vendor(spec: Any) -> None:
    for entity in ROUTED:
        operation = spec["paths"][entity.path]["get"]
        declared = {parameter["name"] for parameter in operation.get("parameters", ())}
        ours = {finder.parameter for finder in entity.finders}
        if entity.sortable() or declared:  # no member of a replica admin is sortable
            ours |= {"sortKey", "order"}
        ours |= {parameter for parameter, _ in entity.searches}
        if entity.paged:
            ours |= {"page", "numberPerPage", "filter"}
        if entity.find:
            ours.add(entity.find)
        assert ours == declared, entity.path
