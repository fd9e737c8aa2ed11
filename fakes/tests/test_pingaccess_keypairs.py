"""Key pairs of the fake PingAccess: real keys and certificates, whose secrets stay inside."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import dsa, ec, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
    pkcs12,
)
from hypothesis import given
from hypothesis import strategies as st

from fakes.tests.made_certificates import (
    ENDED,
    PASSWORD,
    answer_to,
    b64,
    made,
    p7b,
    texts_of,
)
from fakes.tests.pingaccess_core import Admin, good

if TYPE_CHECKING:
    from fakes.tests.made_certificates import Made

CONFIG = {
    "alias": "shop",
    "commonName": "shop.example.com",
    "organization": "Example",
    "organizationUnit": "Shop",
    "city": "Denver",
    "state": "Colorado",
    "country": "US",
    "validDays": 365,
    "keyAlgorithm": "EC",
    "keySize": 256,
    "hsmProviderId": 0,
}
ROOT = made("Root", ca=True)
ISSUER = made("Issuer", ROOT, ca=True)
OTHER = made("Other root", ca=True)
SHOP = made("shop.example.com", ISSUER, hosts=("shop.example.com",))


@pytest.fixture
def admin() -> Admin:
    return Admin()


def imported(data: str, **more: Any) -> Any:
    """What is sent to import a file."""
    body = {"alias": "imported", "fileData": data, "password": {"value": PASSWORD}}
    return {**body, "chainCertificates": [], "hsmProviderId": 0, **more}


def exported(admin: Admin, key: int, password: str = "out") -> Any:
    """The key pair as PKCS#12, opened."""
    answer = admin.send("POST", f"/keyPairs/{key}/pkcs12", {"password": {"value": password}})
    assert answer.status == 200, answer
    return pkcs12.load_pkcs12(answer.body, password.encode())


def certificate_of(admin: Admin, key: int) -> x509.Certificate:
    answer = admin.send("GET", f"/keyPairs/{key}/certificate")
    assert answer.status == 200, answer
    return x509.load_pem_x509_certificate(answer.body)


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


# --- importing ---


def test_an_imported_pkcs12_is_shown_with_its_chain(admin: Admin) -> None:
    pair = admin.add("/keyPairs/import", imported(SHOP.pkcs12()))
    assert int(pair["serialNumber"].replace(":", ""), 16) == SHOP.certificate.serial_number
    assert (pair["subjectCn"], pair["issuerDn"]) == ("shop.example.com", "CN=Issuer")
    assert [one["subjectCn"] for one in pair["chainCertificates"]] == ["Issuer", "Root"]
    assert [one["id"] for one in pair["chainCertificates"]] == [1, 2]
    found = exported(admin, pair["id"])
    assert found.key.private_numbers() == SHOP.key.private_numbers()
    assert [one.certificate for one in found.additional_certs] == list(SHOP.issuers)


@pytest.mark.parametrize("password", [PASSWORD, None])
def test_a_pem_file_with_key_and_certificates_in_any_order_is_imported(
    admin: Admin, password: str | None
) -> None:
    data = b64(ROOT.pem + SHOP.pem_key(password) + ISSUER.pem + SHOP.pem)
    pair = admin.add("/keyPairs/import", imported(data))
    assert pair["subjectCn"] == "shop.example.com"
    assert [one["subjectCn"] for one in pair["chainCertificates"]] == ["Issuer", "Root"]


def test_a_chain_beside_the_file_is_put_in_order(admin: Admin) -> None:
    chain = [ROOT.data, b64(ISSUER.pem)]
    pair = admin.add("/keyPairs/import", imported(SHOP.pkcs12(issuers=()), chainCertificates=chain))
    assert [one["subjectCn"] for one in pair["chainCertificates"]] == ["Issuer", "Root"]


def _not_its_key() -> str:
    return b64(SHOP.pem_key() + ISSUER.pem)


def _of_a_small_key() -> str:
    key = rsa.generate_private_key(65537, 1024)  # noqa: S505 - refused
    small = made("small", key=key)
    return small.pkcs12()


def _of_a_foreign_kind() -> str:
    key = dsa.generate_private_key(2048)
    block = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return b64(block + SHOP.pem)


UNUSABLE: dict[str, tuple[Any, str, str]] = {
    "not base64": (lambda: "not base64!", "fileData", "is not base64"),
    "nonsense": (lambda: b64(b"\x30\x82nothing"), "fileData", "neither a PKCS#12 nor a PEM"),
    "certificate": (lambda: SHOP.data, "fileData", "neither a PKCS#12 nor a PEM"),
    "no key": (lambda: b64(SHOP.pem), "fileData", "holds no private key"),
    "only a key": (lambda: b64(SHOP.pem_key()), "fileData", "holds no certificate"),
    "another password": (lambda: SHOP.pkcs12("another"), "password", "does not open the file"),
    "another password of PEM": (
        lambda: b64(SHOP.pem_key("another") + SHOP.pem),
        "password",
        "does not open the file",
    ),
    "another key": (_not_its_key, "fileData", "not of its private key"),
    "small": (_of_a_small_key, "fileData", "less than 2048 bits"),
    "foreign": (_of_a_foreign_kind, "fileData", "neither RSA nor"),
    "old": (lambda: made("old", ends=ENDED).pkcs12(), "fileData", "has expired"),
}


@pytest.mark.parametrize("case", UNUSABLE)
def test_a_file_that_cannot_be_used_is_refused_with_what_is_wrong(admin: Admin, case: str) -> None:
    data, member, sentence = UNUSABLE[case]
    before = admin.items("/keyPairs")
    form = admin.refused("POST", "/keyPairs/import", imported(data()))
    assert list(form) == [member]
    assert sentence in form[member][0]
    assert admin.items("/keyPairs") == before


BROKEN: dict[str, tuple[list[str], str]] = {
    "of another": ([OTHER.data], "is no chain"),
    "with another": ([ISSUER.data, OTHER.data], "is no chain"),
    "without its first": ([ROOT.data], "is no chain"),
    "itself": ([SHOP.data], "is no chain"),
    "nonsense": (["nonsense"], "must hold certificates"),
    "no authority": ([made("Issuer", ROOT, key=ISSUER.key).data], "is no chain"),
    "another key": ([made("Issuer", ROOT, ca=True, key=OTHER.key).data], "is no chain"),
    "old": ([made("Issuer", ROOT, ca=True, ends=ENDED).data], "has expired"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_chain_that_does_not_verify_is_refused(admin: Admin, case: str) -> None:
    chain, sentence = BROKEN[case]
    body = imported(SHOP.pkcs12(issuers=()), chainCertificates=chain)
    form = admin.refused("POST", "/keyPairs/import", body)
    assert list(form) == ["chainCertificates"]
    assert sentence in form["chainCertificates"][0]
    pair = admin.add("/keyPairs/import", imported(SHOP.pkcs12(issuers=())))
    form = admin.refused("PATCH", f"/keyPairs/{pair['id']}", {"addChainCertificates": chain})
    assert sentence in form["addChainCertificates"][0]


@given(st.binary(max_size=200) | st.text(max_size=100).map(str.encode))
def test_no_file_makes_the_fake_fall_over(content: bytes) -> None:
    assert "fileData" in Admin().refused("POST", "/keyPairs/import", imported(b64(content)))


@given(st.data())
def test_a_damaged_file_is_refused_or_read_but_never_a_fault(data: st.DataObject) -> None:
    admin, file = Admin(), bytearray(DAMAGED)
    place = data.draw(st.integers(0, len(file) - 1))
    file[place] ^= data.draw(st.integers(1, 255))
    answer = admin.send("POST", "/keyPairs/import", imported(b64(bytes(file))))
    assert answer.status in {200, 422}


DAMAGED = SHOP.pem_key(None) + SHOP.pem
"""Without a password: a work factor that was damaged could take hours."""


def test_an_update_replaces_the_key_and_needs_all_of_it(admin: Admin) -> None:
    pair = admin.add("/keyPairs/import", imported(SHOP.pkcs12()))
    other = made("other.example.com")
    body = imported(other.pkcs12(), alias="renamed")
    changed = admin.update(f"/keyPairs/{pair['id']}", body)
    assert (changed["alias"], changed["subjectCn"]) == ("renamed", "other.example.com")
    assert changed["chainCertificates"] == []
    form = admin.refused("PUT", f"/keyPairs/{pair['id']}", {"alias": "renamed"})
    assert form.keys() == {"fileData", "password"}
    assert admin.get(f"/keyPairs/{pair['id']}") == changed


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


def der(tag: int, *parts: bytes) -> bytes:
    """An element of DER."""
    value = b"".join(parts)
    size = len(value)
    return bytes([tag, *([size] if size < 128 else [0x82, size >> 8, size & 255])]) + value


def sealed_for_ever(rounds: int) -> bytes:
    """An EncryptedPrivateKeyInfo (PBES2, AES-256) that asks for so many rounds."""
    count = der(2, rounds.to_bytes(rounds.bit_length() // 8 + 1, "big"))
    prf = bytes.fromhex("300c06082a864886f70d02090500")
    pbkdf2 = der(
        0x30,
        bytes.fromhex("06092a864886f70d01050c"),
        der(0x30, der(4, b"saltsalt"), count, prf),
    )
    aes = der(0x30, bytes.fromhex("060960864801650304012a"), der(4, b"i" * 16))
    kind = der(0x30, bytes.fromhex("06092a864886f70d01050d"), der(0x30, pbkdf2, aes))
    return der(0x30, kind, der(4, b"x" * 160))


@pytest.mark.parametrize("rounds", [2_000_001, 2**31 - 1, 2**63, 2**200])
@pytest.mark.parametrize("head", ["", "X-Header: text\r\n\r\n"])
def test_a_password_is_not_hashed_for_hours(admin: Admin, rounds: int, head: str) -> None:
    text = b64(sealed_for_ever(rounds))
    label = "ENCRYPTED PRIVATE KEY"
    pem = f"-----BEGIN {label}-----\n{head}{text}\n-----END {label}-----\n".encode()
    form = admin.refused("POST", "/keyPairs/import", imported(b64(pem + SHOP.pem)))
    assert form == {"fileData": ["may ask for at most 2000000 rounds of key derivation"]}


def test_a_pfx_whose_count_stands_inside_is_not_hashed_for_hours(admin: Admin) -> None:
    inner = der(0x30, der(0x30, b""), der(4, sealed_for_ever(2**31 - 1)))
    pfx = der(0x30, b"\x02\x01\x03", der(0x30, b"", der(0xA0, der(4, inner))))
    form = admin.refused("POST", "/keyPairs/import", imported(b64(pfx)))
    assert form == {"fileData": ["may ask for at most 2000000 rounds of key derivation"]}


@pytest.mark.parametrize("oid", ["2.5.29.17", "2.5.29.19", "2.5.29.15"])
def test_a_key_pair_whose_certificate_cannot_be_read_is_refused(admin: Admin, oid: str) -> None:
    garbled = x509.UnrecognizedExtension(x509.ObjectIdentifier(oid), b"junk")
    wrong = made("wrong", extension=garbled)
    form = admin.refused("POST", "/keyPairs/import", imported(wrong.pkcs12()))
    assert form == {"fileData": ["holds a certificate that cannot be read"]}
