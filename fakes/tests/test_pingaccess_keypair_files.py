"""A file that brings a key pair in is used whole, or refused with what is wrong with it."""

from __future__ import annotations

from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import dsa, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from hypothesis import given
from hypothesis import strategies as st

from fakes.tests.key_pairs import ISSUER, OTHER, ROOT, SHOP, exported, imported
from fakes.tests.made_certificates import (
    ENDED,
    PASSWORD,
    b64,
    made,
)
from fakes.tests.pingaccess_core import Admin


@pytest.fixture
def admin() -> Admin:
    return Admin()


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
