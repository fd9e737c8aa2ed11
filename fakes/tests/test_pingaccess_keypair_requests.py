"""Chains and signing requests of key pairs change the certificate and keep the key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from cryptography import x509

from fakes.tests.key_pairs import CONFIG, ISSUER, OTHER, ROOT, SHOP, exported, imported
from fakes.tests.made_certificates import (
    ENDED,
    answer_to,
    b64,
    p7b,
)
from fakes.tests.pingaccess_core import Admin, good

if TYPE_CHECKING:
    from fakes.tests.made_certificates import Made


@pytest.fixture
def admin() -> Admin:
    return Admin()


# --- chains ---


def test_a_chain_grows_and_loses_a_certificate_without_new_ids(admin: Admin) -> None:
    pair = admin.add("/keyPairs/import", imported(SHOP.pkcs12(issuers=())))
    where = f"/keyPairs/{pair['id']}"

    def chain() -> dict[int, str]:
        return {one["id"]: one["subjectCn"] for one in admin.get(where)["chainCertificates"]}

    def patch(*certificates: Made) -> Any:
        body = {"addChainCertificates": [one.data for one in certificates]}
        return good(admin.send("PATCH", where, body))

    patch(ISSUER)
    assert chain() == {1: "Issuer"}
    patch(ROOT)
    assert chain() == {1: "Issuer", 2: "Root"}
    assert admin.send("DELETE", f"{where}/chainCertificates/1").status == 200
    assert chain() == {2: "Root"}
    assert admin.send("DELETE", f"{where}/chainCertificates/1").status == 404
    patch(ISSUER)
    assert chain() == {3: "Issuer", 2: "Root"}
    assert exported(admin, pair["id"]).key.private_numbers() == SHOP.key.private_numbers()
    assert admin.send("PATCH", "/keyPairs/99", {"addChainCertificates": []}).status == 404


# --- certificate signing requests ---


def requested(admin: Admin, **more: Any) -> tuple[Any, bytes]:
    """A generated key pair, and the request for it."""
    pair = admin.add("/keyPairs/generate", {**CONFIG, **more})
    answer = admin.send("GET", f"/keyPairs/{pair['id']}/csr")
    assert answer.status == 200, answer
    return pair, answer.body


@pytest.mark.parametrize("method", ["POST", "PUT"])
@pytest.mark.parametrize("form", ["der", "pem", "pkcs7"])
def test_the_answer_to_a_request_replaces_the_certificate_and_keeps_the_key(
    admin: Admin, method: str, form: str
) -> None:
    pair, request = requested(
        admin, subjectAlternativeNames=[{"name": "dNSName", "value": "www.example.com"}]
    )
    csr = x509.load_pem_x509_csr(request)
    assert csr.subject.rfc4514_string() == pair["subjectDn"].replace(", ", ",")
    names = csr.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert names.get_values_for_type(x509.DNSName) == ["www.example.com"]
    where = f"/keyPairs/{pair['id']}"
    assert admin.get(where)["csrPending"] is True
    key = exported(admin, pair["id"]).key
    answer = answer_to(request, ISSUER)
    data = {
        "der": answer.data,
        "pem": b64(answer.pem),
        "pkcs7": p7b(ISSUER.certificate, answer.certificate),
    }[form]
    body = {"fileData": data, "chainCertificates": [ISSUER.data, ROOT.data]}
    changed = good(
        admin.send(method, f"{where}/csr", {**body, "hsmProviderId": 0, "trustedCertGroupId": 0})
    )
    assert (changed["id"], changed["alias"]) == (pair["id"], pair["alias"])
    assert (changed["issuerDn"], changed["csrPending"]) == ("CN=Issuer", False)
    assert [one["subjectCn"] for one in changed["chainCertificates"]] == ["Issuer", "Root"]
    assert exported(admin, pair["id"]).key.private_numbers() == key.private_numbers()
    assert admin.get(where) == changed


def test_the_answer_must_be_for_the_key_and_in_date_and_its_chain_one(admin: Admin) -> None:
    pair, request = requested(admin)
    where = f"/keyPairs/{pair['id']}/csr"
    late = answer_to(request, ISSUER, ends=ENDED)
    for data, sentence in (
        (SHOP.data, "for the key of this key pair"),
        ("nonsense", "holds no certificate"),
        (late.data, "has expired"),
    ):
        form = admin.refused("PUT", where, {"fileData": data, "chainCertificates": []})
        assert sentence in form["fileData"][0]
    answer = answer_to(request, ISSUER)
    body = {"fileData": answer.data, "chainCertificates": [OTHER.data]}
    assert "is no chain" in admin.refused("PUT", where, body)["chainCertificates"][0]
    assert admin.refused("PUT", where, {}).keys() == {"fileData"}
    kept = admin.get(f"/keyPairs/{pair['id']}")
    assert (kept["serialNumber"], kept["csrPending"]) == (pair["serialNumber"], True)


def test_the_answer_must_lead_to_the_trusted_certificate_group(admin: Admin) -> None:
    pair, request = requested(admin)
    where = f"/keyPairs/{pair['id']}/csr"
    groups = {}
    for name, one in {"ours": ROOT, "theirs": OTHER}.items():
        trusted = admin.add("/certificates", {"alias": name, "fileData": one.data})
        group = {"name": name, "certIds": [trusted["id"]]}
        groups[name] = admin.add("/trustedCertificateGroups", group)["id"]
    answer = answer_to(request, ISSUER)
    body = {"fileData": answer.data, "chainCertificates": [ISSUER.data]}
    form = admin.refused("PUT", where, {**body, "trustedCertGroupId": groups["theirs"]})
    assert "does not lead to" in form["chainCertificates"][0]
    short = {**body, "chainCertificates": [], "trustedCertGroupId": groups["ours"]}
    assert "does not lead to" in admin.refused("PUT", where, short)["chainCertificates"][0]
    assert "trustedCertGroupId" in admin.refused("PUT", where, {**body, "trustedCertGroupId": 99})
    changed = admin.update(where, {**body, "trustedCertGroupId": groups["ours"]})
    assert changed["issuerDn"] == "CN=Issuer"
