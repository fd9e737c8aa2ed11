"""What no source says of key pairs and listeners is decided by name, too."""

from __future__ import annotations

import pytest

from fakes.tests.key_pairs import CONFIG, imported
from fakes.tests.made_certificates import ENDED, answer_to, made
from fakes.tests.pingaccess_core import Admin


def test_what_a_key_pair_can_be_generated_with_is_chosen() -> None:
    admin = Admin(key_kinds=(("EC", (384,), ("SHA384withECDSA",)),))
    (kind,) = admin.items("/keyPairs/keyAlgorithms")
    assert (kind["name"], kind["defaultKeySize"]) == ("EC", 384)
    assert "keySize" in admin.refused("POST", "/keyPairs/generate", CONFIG)
    rsa = CONFIG | {"keyAlgorithm": "RSA", "keySize": 2048}
    assert set(admin.refused("POST", "/keyPairs/generate", rsa)) == {"keyAlgorithm"}
    made_pair = admin.add("/keyPairs/generate", CONFIG | {"keySize": 384})
    assert made_pair["signatureAlgorithm"] == "SHA384withECDSA"


def test_whether_an_expired_certificate_is_taken_is_chosen() -> None:
    old = imported(made("old", ends=ENDED).pkcs12())
    assert set(Admin().refused("POST", "/keyPairs/import", old)) == {"fileData"}
    admin = Admin(key_pair_expired_taken=True)
    assert admin.add("/keyPairs/import", old)["status"] == "Expired"


def test_whether_a_chain_must_be_one_is_chosen() -> None:
    body = imported(made("alone").pkcs12(), chainCertificates=[made("another").data])
    assert set(Admin().refused("POST", "/keyPairs/import", body)) == {"chainCertificates"}
    pair = Admin(key_pair_chain_checked=False).add("/keyPairs/import", body)
    assert [one["subjectCn"] for one in pair["chainCertificates"]] == ["another"]


@pytest.mark.parametrize("checked", [True, False])
def test_whether_the_answer_to_a_request_must_lead_to_its_group_is_chosen(checked: bool) -> None:
    admin = Admin(csr_answer_group_checked=checked)
    key = admin.add("/keyPairs/generate", CONFIG)["id"]
    group = admin.add("/trustedCertificateGroups", {"name": "empty"})["id"]
    answer = answer_to(admin.send("GET", f"/keyPairs/{key}/csr").body, made("CA", ca=True))
    body = {"fileData": answer.data, "chainCertificates": [], "trustedCertGroupId": group}
    assert admin.send("PUT", f"/keyPairs/{key}/csr", body).status == (422 if checked else 200)


def test_the_media_type_of_a_pkcs12_file_is_chosen() -> None:
    for decisions, expected in (
        ({}, "application/x-pkcs12"),
        ({"key_pair_file_type": "application/octet-stream"}, "application/octet-stream"),
    ):
        body = {"password": {"value": "out"}}
        answer = Admin(**decisions).send("POST", "/keyPairs/1/pkcs12", body)
        assert dict(answer.headers)["Content-Type"] == expected


def test_the_listeners_and_those_that_are_restarted_are_chosen() -> None:
    older = ((1, "ADMIN"), (2, "ENGINE"))
    admin = Admin(https_listeners=older, listeners_restarted=frozenset({"ENGINE"}))
    assert [one["name"] for one in admin.items("/httpsListeners")] == ["ADMIN", "ENGINE"]
    assert len(admin.items("/keyPairs")) == 2
    for key, other, waits in ((1, 2, False), (2, 1, True)):
        changed = admin.update(f"/httpsListeners/{key}", {"keyPairId": other})
        assert changed["restartRequired"] is waits


def test_the_digest_of_the_certificate_that_a_node_expects_is_chosen() -> None:
    admin = Admin(expected_certificate_hash="SHA256")
    node = admin.add("/engines", {"name": "node", "selectedCertificateId": 1})
    sum_of_pair = admin.get("/keyPairs/1")["sha256sum"]
    assert node["certificateHash"] == {"algorithm": "SHA256", "hexValue": sum_of_pair}
