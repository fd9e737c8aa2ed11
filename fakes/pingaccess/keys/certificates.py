"""Certificates as the admin API shows them: real X.509, read by `cryptography` when needed."""

from __future__ import annotations

import binascii
import hashlib
from base64 import b64decode, b64encode
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from fakes.clock import iso
from fakes.message import Response
from fakes.pingaccess.objects.records import found
from fakes.pingaccess.objects.spec import Check, Entity, Field, named

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from cryptography.x509 import Certificate, Name

    from fakes.pingaccess.answers import Call
    from fakes.pingaccess.behaviour import Behaviour
    from fakes.pingaccess.objects.reading import Reading
    from fakes.pingaccess.objects.spec import Draft
    from fakes.pingaccess.state import State
    from fakes.store import Row

    Sums = tuple[tuple[str, str], ...]
    Facts = tuple[Mapping[str, Any], float, float]


def der_of(row: Row) -> bytes:
    """The certificate of a stored row, DER; nothing where the file is none."""
    return _der(str(row.get("fileData"))) or b""


def shown(state: State, row: Row) -> Mapping[str, Any]:
    """The stored file as TrustedCert (admin API 7.3); its status is of the clock's now."""
    told = described(state, str(row.get("fileData")))
    return {"id": row["id"], "alias": row.get("alias"), **told}


def described(state: State, data: str) -> Mapping[str, Any]:
    """What every kind of certificate shows of its file: names, dates, sums and status."""
    facts = _facts_as(state.behaviour, data)
    if facts is None:
        return {"status": "Invalid"}
    parts, begins_s, ends_s = facts
    written = _DATES[state.behaviour.certificate_dates]
    return {
        **parts,
        "validFrom": written(begins_s),
        "expires": written(ends_s),
        "status": _status(state, begins_s, ends_s),
    }


def file(state: State, entity: Entity, call: Call) -> Response:
    """The certificate as PEM (see certificate_file_type of the behaviour)."""
    row = found(state, entity, call.ids[0])
    return pem_file(state, pem("CERTIFICATE", der_of(row)))


def pem(label: str, content: bytes) -> str:
    """`content` as PEM (RFC 7468)."""
    text = b64encode(content).decode("ascii")
    lines = [text[i : i + 64] for i in range(0, len(text), 64)]
    return "\n".join([f"-----BEGIN {label}-----", *lines, f"-----END {label}-----", ""])


def pem_file(state: State, text: str) -> Response:
    """PEM as a download; see certificate_file_type of the behaviour."""
    headers = (("Content-Type", state.behaviour.certificate_file_type), *state.common_headers())
    file = state.behaviour.certificate_file_newline.join(text.splitlines())
    return Response(200, headers, file.encode("ascii"))


def _is_certificate(reading: Reading, draft: Draft) -> None:
    """The fileData holds one X.509 certificate, base64 of PEM or DER (admin API 7.3)."""
    data = draft.get("fileData")
    if isinstance(data, str) and _facts_as(reading.behaviour, data) is None:
        reading.complain("fileData", "is not a certificate (base64 of PEM or DER)")


def _as_der(_: Reading, draft: Draft) -> None:
    der = _der(str(draft["fileData"]))
    if der is not None:
        draft["fileData"] = b64encode(der).decode("ascii")


def _status(state: State, begins_s: float, ends_s: float) -> str:
    if not state.behaviour.certificate_status_by_clock:
        return "Valid"
    now_s = state.clock.now_s()
    if now_s < begins_s:
        return "NotYetValid"
    return "Valid" if now_s <= ends_s else "Expired"


_DATES: Mapping[str, Callable[[float], Any]] = {"ms": lambda s: int(s * 1000), "iso": iso}


@lru_cache(maxsize=512)
def _der(data: str) -> bytes | None:
    """DER of base64 text that holds PEM or DER; None where it holds neither."""
    try:
        content = b64decode("".join(data.split()), validate=True)
    except (binascii.Error, ValueError):
        return None
    begin, end = b"-----BEGIN CERTIFICATE-----", b"-----END CERTIFICATE-----"
    if begin not in content:
        return content or None
    inner = content.partition(begin)[2].partition(end)[0]
    try:
        return b64decode(b"".join(inner.split()), validate=True) or None
    except (binascii.Error, ValueError):
        return None


def _facts_as(behaviour: Behaviour, data: str) -> Facts | None:
    return _facts(data, behaviour.certificate_sums, behaviour.certificate_manner)


@lru_cache(maxsize=512)
def _facts(data: str, sums: Sums, manner: str) -> Facts | None:
    """What the file says, and from when to when it is valid; None where it is no certificate."""
    from cryptography import x509  # noqa: PLC0415 - 10 ms, if ever

    der = _der(data)
    if der is None:
        return None
    try:
        certificate = x509.load_der_x509_certificate(der)
        return (
            _parts(certificate, der, sums, manner),
            certificate.not_valid_before_utc.timestamp(),
            certificate.not_valid_after_utc.timestamp(),
        )
    except Exception:  # noqa: BLE001 - the parser raises many kinds for hostile bytes
        return None


def _parts(certificate: Certificate, der: bytes, sums: Sums, manner: str) -> dict[str, Any]:
    return {
        "serialNumber": _serial(certificate.serial_number, manner),
        "subjectDn": _dn(certificate.subject, manner),
        "subjectCn": _common_name(certificate.subject),
        "issuerDn": _dn(certificate.issuer, manner),
        "signatureAlgorithm": _algorithm(certificate, manner),
        **{
            member: hashlib.new(name, der, usedforsecurity=False).hexdigest()
            for member, name in sums
        },
        "subjectAlternativeNames": _alternatives(certificate),
    }


def _serial(number: int, manner: str) -> str:
    """In hexadecimal: bytes with colons between them, or the number as it is (OpenSSL)."""
    if manner == "OpenSSL":
        return format(number, "x")
    length = max(1, (number.bit_length() + 7) // 8)
    return number.to_bytes(length).hex(":").upper()


def _dn(name: Name, manner: str) -> str:
    """The last part first (RFC 4514), with a blank after each comma unless as OpenSSL does."""
    between = "," if manner == "OpenSSL" else ", "
    return between.join(part.rfc4514_string() for part in reversed(name.rdns))


def _common_name(name: Name) -> str | None:
    from cryptography.x509 import NameOID  # noqa: PLC0415 - loaded by then

    found_names = name.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(found_names[0].value) if found_names else None


def _algorithm(certificate: Certificate, manner: str) -> str:
    """As Java writes it, such as SHA256withRSA, or by its own name (OpenSSL)."""
    digest = certificate.signature_hash_algorithm
    name = str(getattr(certificate.signature_algorithm_oid, "_name", ""))
    if manner == "OpenSSL":
        return name
    kind = "RSA" if "RSA" in name.upper() else "ECDSA" if "ecdsa" in name.lower() else name
    return f"{digest.name.upper()}with{kind}" if digest is not None else name


def _alternatives(certificate: Certificate) -> list[dict[str, str]]:
    """DNS names and addresses (admin API 7.3, GeneralName)."""
    from cryptography import x509  # noqa: PLC0415 - loaded by then

    try:
        names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return []
    dns = [("dNSName", name) for name in names.get_values_for_type(x509.DNSName)]
    ips = [("iPAddress", str(one)) for one in names.get_values_for_type(x509.IPAddress)]
    return [{"name": kind, "value": value} for kind, value in dns + ips]


CERTIFICATES = Entity(
    "trustedCerts",
    "Trusted certificate",
    "/certificates",
    (
        Field("alias", required=True, sortable=True),
        Field("fileData", required=True),
    ),
    find="alias",
    named=("alias",),
    unique=(("alias",),),
    sorts=frozenset(
        {
            "serialNumber",
            "alias",
            "subjectDn",
            "subjectCn",
            "issuerDn",
            "validFrom",
            "expires",
            "signatureAlgorithm",
        }
    ),
    checks=(Check("trustedCerts.certificate", _is_certificate),),
    finish=_as_der,
    show=shown,
)
"""What is sent is X509FileImportDoc, what is read TrustedCert (admin API 7.3)."""

GROUPS = Entity(
    "trustedCertificateGroups",
    "Trusted certificate group",
    "/trustedCertificateGroups",
    (
        named(),
        Field("useJavaTrustStore", "flag", default=False, sortable=True),
        Field("systemGroup", "flag", default=False, sortable=True, read_only=True),
        Field("ignoreAllCertificateErrors", "flag", default=False, sortable=True, read_only=True),
        Field("skipCertificateDateCheck", "flag", default=False, sortable=True),
        Field(
            "revocationChecking",
            "object",
            members=(
                Field("crlChecking", "flag", default=False),
                Field("ocsp", "flag", default=False),
                Field("denyRevocationStatusUnknown", "flag", default=False),
                Field("supportDisorderedChain", "flag", default=False),
                Field("skipTrustAnchors", "flag", default=False),
            ),
        ),
        Field("certIds", "numbers", default=(), refers="trustedCerts"),
    ),
    locked="systemGroup",
)
