"""Key pairs of the fake PingAccess: real keys and certificates, whose secrets stay inside."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    load_pem_private_key,
)

from fakes.tests.key_pairs import CONFIG, SHOP, certificate_of, exported, imported
from fakes.tests.made_certificates import (
    PASSWORD,
    made,
    texts_of,
)
from fakes.tests.pingaccess_core import Admin


@pytest.fixture
def admin() -> Admin:
    return Admin()


# --- generating ---


def test_a_generated_key_pair_is_what_was_asked_for(admin: Admin) -> None:
    names = [
        {"name": "dNSName", "value": "www.example.com"},
        {"name": "iPAddress", "value": "192.0.2.1"},
    ]
    pair = admin.add("/keyPairs/generate", {**CONFIG, "subjectAlternativeNames": names})
    assert pair["subjectDn"] == pair["issuerDn"]
    assert pair["subjectDn"] == (
        "CN=shop.example.com, OU=Shop, O=Example, L=Denver, ST=Colorado, C=US"
    )
    assert (pair["alias"], pair["status"], pair["csrPending"]) == ("shop", "Valid", False)
    assert (pair["subjectAlternativeNames"], pair["chainCertificates"]) == (names, [])
    assert pair["signatureAlgorithm"] == "SHA256withECDSA"
    assert pair["expires"] - pair["validFrom"] == 365 * 86_400_000
    assert pair["validFrom"] == admin.clock.now_s() * 1000
    assert admin.get(f"/keyPairs/{pair['id']}") == pair
    assert pair in admin.items("/keyPairs", "alias=shop")
    found = exported(admin, pair["id"])
    assert found.key.public_key() == found.cert.certificate.public_key()
    assert isinstance(found.key.curve, ec.SECP256R1)
    assert found.cert.certificate == certificate_of(admin, pair["id"])


def test_an_rsa_key_pair_has_the_size_and_the_signature_that_were_asked_for(admin: Admin) -> None:
    more = {"keyAlgorithm": "RSA", "keySize": "2048", "signatureAlgorithm": "SHA384withRSA"}
    pair = admin.add("/keyPairs/generate", {**CONFIG, **more, "id": 77})
    assert (pair["id"], pair["signatureAlgorithm"]) == (77, "SHA384withRSA")
    key = exported(admin, 77).key
    assert isinstance(key, rsa.RSAPrivateKey)
    assert key.key_size == 2048


def test_the_same_seed_makes_the_same_key_pairs_and_files() -> None:
    def once() -> list[bytes]:
        admin = Admin()
        key = admin.add("/keyPairs/generate", CONFIG)["id"]
        out = {"password": {"value": "out"}}
        return [
            admin.send("GET", f"/keyPairs/{key}").body,
            admin.send("POST", f"/keyPairs/{key}/pkcs12", out).body,
            admin.send("POST", f"/keyPairs/{key}/pem", out).body,
            admin.send("GET", f"/keyPairs/{key}/csr").body,
            admin.send("GET", "/config/export").body,
        ]

    assert once() == once()
    admin = Admin()
    first, second = (admin.add("/keyPairs/generate", {**CONFIG, "alias": a}) for a in "ab")
    assert exported(admin, first["id"]).key != exported(admin, second["id"]).key
    assert first["serialNumber"] != second["serialNumber"]


@pytest.mark.parametrize(
    ("more", "member"),
    [
        ({"alias": None}, "alias"),
        ({"alias": "Generated: ADMIN"}, "alias"),
        ({"commonName": ""}, "commonName"),
        ({"commonName": "x" * 65}, "commonName"),
        ({"country": "us"}, "country"),
        ({"country": "USA"}, "country"),
        ({"validDays": 0}, "validDays"),
        ({"validDays": 2**31 - 1}, "validDays"),
        ({"keyAlgorithm": "DSA"}, "keyAlgorithm"),
        ({"keySize": 1024}, "keySize"),
        ({"keyAlgorithm": "RSA", "keySize": 1024}, "keySize"),
        ({"keyAlgorithm": "RSA", "keySize": 256}, "keySize"),
        ({"signatureAlgorithm": "SHA256withRSA"}, "signatureAlgorithm"),
        ({"hsmProviderId": 9}, "hsmProviderId"),
        (
            {"subjectAlternativeNames": [{"name": "rfc822Name", "value": "a@example.com"}]},
            "subjectAlternativeNames[0].name",
        ),
        (
            {"subjectAlternativeNames": [{"name": "iPAddress", "value": "www.example.com"}]},
            "subjectAlternativeNames[0].value",
        ),
        (
            {"subjectAlternativeNames": [{"name": "dNSName", "value": "münchen.example"}]},
            "subjectAlternativeNames[0].value",
        ),
    ],
)
def test_what_cannot_be_generated_is_refused_by_member(
    admin: Admin, more: dict[str, Any], member: str
) -> None:
    before = admin.items("/keyPairs")
    assert member in admin.refused("POST", "/keyPairs/generate", {**CONFIG, **more})
    assert admin.items("/keyPairs") == before


def test_every_algorithm_that_is_listed_can_be_generated(admin: Admin) -> None:
    for algorithm in admin.items("/keyPairs/keyAlgorithms"):
        name = algorithm["name"]
        assert algorithm["defaultKeySize"] in algorithm["keySizes"]
        assert algorithm["defaultSignatureAlgorithm"] in algorithm["signatureAlgorithms"]
        sizes = algorithm["keySizes"] if name == "EC" else [algorithm["defaultKeySize"]]
        for size in sizes:  # larger RSA keys take seconds
            more = {"alias": f"{name} {size}", "keyAlgorithm": name, "keySize": size}
            pair = admin.add("/keyPairs/generate", {**CONFIG, **more})
            assert pair["signatureAlgorithm"] == algorithm["defaultSignatureAlgorithm"]
            assert exported(admin, pair["id"]).key.key_size == size


def test_every_type_of_name_that_is_listed_can_be_given(admin: Admin) -> None:
    values = {"dNSName": "www.example.com", "iPAddress": "2001:db8::1"}
    listed = [one["name"] for one in admin.items("/keyPairs/subjectAlternativeTypes")]
    names = [{"name": name, "value": values[name]} for name in listed]
    pair = admin.add("/keyPairs/generate", {**CONFIG, "subjectAlternativeNames": names})
    assert pair["subjectAlternativeNames"] == names


# --- files, and what stays inside ---


def test_a_pem_export_is_encrypted_as_the_specification_says(admin: Admin) -> None:
    pair = admin.add("/keyPairs/import", imported(SHOP.pkcs12()))
    body = {"password": {"value": "out"}}
    answer = admin.send("POST", f"/keyPairs/{pair['id']}/pem", body)
    key, *certificates = answer.body.split(b"-----BEGIN CERTIFICATE-----")
    assert key.startswith(b"-----BEGIN ENCRYPTED PRIVATE KEY-----")
    opened: Any = load_pem_private_key(key, b"out")
    assert opened.private_numbers() == SHOP.key.private_numbers()
    assert len(certificates) == 3
    with pytest.raises(ValueError, match="password"):
        load_pem_private_key(key, b"in")


@pytest.mark.parametrize("form", ["pem", "pkcs12"])
def test_an_export_needs_a_password(admin: Admin, form: str) -> None:
    for body in ({}, {"password": {"value": ""}}, {"password": "text"}):
        assert admin.refused("POST", f"/keyPairs/1/{form}", body).keys() == {"password"}
    assert admin.send("POST", f"/keyPairs/99/{form}", {"password": {"value": "x"}}).status == 404


def test_no_answer_holds_a_private_key_or_a_password_in_clear(admin: Admin) -> None:
    pair = admin.add("/keyPairs/import", imported(SHOP.pkcs12()))
    where, number = f"/keyPairs/{pair['id']}", SHOP.key.private_numbers().private_value
    secrets = {PASSWORD, "out-password", number.to_bytes(32, "big").decode("latin-1")}
    out = {"password": {"value": "out-password"}}
    answers = [
        admin.send("GET", where),
        admin.send("GET", "/keyPairs"),
        admin.send("GET", "/config/export"),
        admin.send("GET", f"{where}/certificate"),
        admin.send("GET", f"{where}/csr"),
        admin.send("POST", f"{where}/pem", out),
        admin.send("POST", f"{where}/pkcs12", out),
        admin.send("PUT", where, imported(SHOP.pkcs12("other"))),
        admin.send("PUT", where, imported(SHOP.pkcs12())),
    ]
    for answer in answers:
        told = texts_of(answer)
        assert not [secret for secret in secrets if secret in told]
        assert "password" not in told or answer.status == 422 or "encryptedValue" in told


# --- status, lists, use ---


def test_the_status_follows_the_clock(admin: Admin) -> None:
    later = datetime(2026, 2, 1, tzinfo=UTC)
    pair = admin.add("/keyPairs/import", imported(made("soon", begins=later).pkcs12()))
    short = admin.add("/keyPairs/generate", {**CONFIG, "validDays": 10})
    assert (pair["status"], short["status"]) == ("NotYetValid", "Valid")
    admin.clock.advance(40 * 86_400)
    assert admin.get(f"/keyPairs/{pair['id']}")["status"] == "Valid"
    assert admin.get(f"/keyPairs/{short['id']}")["status"] == "Expired"


def test_key_pairs_are_found_filtered_sorted_and_paged(admin: Admin) -> None:
    for alias, days in (("b", 10), ("a", 20), ("c", 5)):
        admin.add("/keyPairs/generate", {**CONFIG, "alias": f"mine {alias}", "validDays": days})

    def aliases(query: str) -> list[str]:
        return [one["alias"] for one in admin.items("/keyPairs", query)]

    assert aliases("alias=mine%20a") == ["mine a"]
    assert aliases("filter=MINE&sortKey=alias") == ["mine a", "mine b", "mine c"]
    assert aliases("filter=mine&sortKey=expires") == ["mine c", "mine b", "mine a"]
    assert aliases("filter=mine&sortKey=alias&order=DESC&numberPerPage=2&page=2") == ["mine a"]
    answer = admin.send("GET", "/keyPairs", query="sortKey=md5sum")
    assert "sortKey" in answer.json()["form"]


def test_a_key_pair_in_use_names_its_users_and_stays(admin: Admin) -> None:
    pair = admin.add("/keyPairs/generate", CONFIG)
    key, where = pair["id"], f"/keyPairs/{pair['id']}"
    body = {"host": "tls.example.com", "port": 443, "keyPairId": key}
    host = admin.add("/virtualhosts", body)
    session = admin.web_session()
    credentials = {"clientId": "client", "keyPairId": key, "credentialsType": "PRIVATE_KEY_JWT"}
    admin.update(f"/webSessions/{session['id']}", {**session, "clientCredentials": credentials})
    admin.update("/httpsListeners/5", {"name": "SIDEBAND", "keyPairId": key})
    answer = admin.send("DELETE", where)
    assert answer.status == 422
    (sentence,) = answer.json()["flash"]
    for user in ("tls.example.com", "session", "SIDEBAND"):
        assert user in sentence
    admin.update("/httpsListeners/5", {"name": "SIDEBAND", "keyPairId": 5})
    admin.update(f"/webSessions/{session['id']}", session)
    admin.send("DELETE", f"/virtualhosts/{host['id']}")
    assert admin.send("DELETE", where).status == 200
    assert admin.send("GET", where).status == 404
