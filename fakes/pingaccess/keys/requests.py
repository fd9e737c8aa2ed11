"""Key pairs that the product makes itself, and the signing requests for them (admin API 7.3)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from fakes.chains import leads_to, ordered
from fakes.pingaccess.answers import ok
from fakes.pingaccess.keys import making
from fakes.pingaccess.keys import material as km
from fakes.pingaccess.keys.certificates import pem_file
from fakes.pingaccess.keys.pairs import (
    KEY_PAIRS,
    complain_of_chain,
    is_expired,
    keep,
    material_of,
    shown,
)
from fakes.pingaccess.objects.records import found
from fakes.pingaccess.objects.spec import Check, Entity, Field
from fakes.pingaccess.problems import not_possible

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

    from fakes.message import Response
    from fakes.pingaccess.answers import Call
    from fakes.pingaccess.objects.reading import Reading
    from fakes.pingaccess.objects.spec import Draft
    from fakes.pingaccess.state import State
    from fakes.store import Row

_INT_MAX = 2**31 - 1
_COUNTRY = re.compile(r"[A-Z]{2}", re.ASCII)
SAN_TYPES = {"dNSName": "A DNS name.", "iPAddress": "An IP address."}
"""The general names that can be given (SPEC NewKeyPairConfig: DNS names or IP addresses)."""
GENERAL_NAMES = frozenset(
    {
        "otherName",
        "rfc822Name",
        "dNSName",
        "x400Address",
        "directoryName",
        "ediPartyName",
        "uniformResourceIdentifier",
        "iPAddress",
        "registeredID",
    }
)


def key_algorithms(state: State, _: Call) -> Response:
    """What a key pair can be generated with (admin API 7.3, KeyAlgorithms)."""
    items = [
        {
            "name": name,
            "keySizes": list(sizes),
            "defaultKeySize": sizes[0],
            "signatureAlgorithms": list(signatures),
            "defaultSignatureAlgorithm": signatures[0],
        }
        for name, sizes, signatures in state.behaviour.key_kinds
    ]
    return ok(state, {"items": items})


def san_types(state: State, _: Call) -> Response:
    """The general names that a subject alternative name can be (admin API 7.3, SanTypes)."""
    items = [{"name": name, "description": text} for name, text in SAN_TYPES.items()]
    return ok(state, {"items": items})


def generate_csr(state: State, call: Call) -> Response:
    """The request as PEM; from now on its answer is waited for (SPEC KeyPair.csrPending)."""
    from cryptography.hazmat.primitives.serialization import Encoding  # noqa: PLC0415 - heavy

    row = found(state, KEY_PAIRS, call.ids[0])
    material = material_of(state, row)
    if material is None:
        raise not_possible("This host cannot open the key pair.", state.behaviour)
    state.store.table(KEY_PAIRS.table).put(row["id"], {**row, "csrPending": True})
    request = making.requested(material).public_bytes(Encoding.PEM)
    return pem_file(state, request.decode("ascii"))


def _can_be_made(reading: Reading, draft: Draft) -> None:
    """Size, signature, subject, names and dates of what is to be generated."""
    _judge_algorithm(reading, draft)
    country = draft.get("country")
    if isinstance(country, str) and not _COUNTRY.fullmatch(country):
        reading.complain("country", "must be two capital letters")
        return
    for member in making.SUBJECT:
        _try(reading, member, "cannot stand in a subject", making.subject_of, draft, member)
    _judge_names(reading, draft)
    days = draft.get("validDays")
    if isinstance(days, int):
        now_s = reading.state.clock.now_s()
        try:
            making.validity(now_s, days)
        except ValueError:
            reading.complain("validDays", "would end after the year 9999")


def _judge_algorithm(reading: Reading, draft: Draft) -> None:
    name, size = draft.get("keyAlgorithm"), draft.get("keySize")
    kinds = {kind[0]: kind for kind in reading.behaviour.key_kinds}
    if name not in kinds:
        if name is not None:
            reading.complain("keyAlgorithm", f"must be one of {', '.join(kinds)}")
        return
    _, sizes, signatures = kinds[name]
    if isinstance(size, int) and size not in sizes:
        reading.complain("keySize", f"must be one of {', '.join(map(str, sizes))} for {name}")
    signature = draft.get("signatureAlgorithm") or signatures[0]
    if signature not in signatures:
        reading.complain("signatureAlgorithm", f"must be one of {', '.join(signatures)} for {name}")
    draft["signatureAlgorithm"] = signature


def _judge_names(reading: Reading, draft: Draft) -> None:
    for index, one in enumerate(draft.get("subjectAlternativeNames") or ()):
        member = f"subjectAlternativeNames[{index}]"
        if one.get("name") not in SAN_TYPES:
            reading.complain(f"{member}.name", f"must be one of {', '.join(SAN_TYPES)}")
        elif isinstance(one.get("value"), str):
            try:
                making.alternatives([one])
            except ValueError:
                reading.complain(f"{member}.value", f"is no {one['name']}")


def _generated(reading: Reading, row: Draft) -> None:
    state = reading.state
    keep(state, row, making.made(state.seed, row["id"], row, state.clock.now_s()))


def _is_answer(reading: Reading, draft: Draft) -> None:
    """The response is for this key, in date, and leads to the group where one is named."""
    material = material_of(reading.state, reading.old or {})
    data = draft.get("fileData")
    if not isinstance(data, str):
        return
    certificates = km.certificates_in(data)
    if not certificates:
        reading.complain("fileData", "holds no certificate (base64 of PEM, DER or PKCS#7)")
        return
    leaf = _leaf(material, certificates)
    if leaf is None:
        reading.complain("fileData", "holds no certificate for the key of this key pair")
        return
    if is_expired(reading, leaf):
        reading.complain("fileData", "holds a certificate that has expired")
    others = [one for one in certificates if one is not leaf]
    more = draft["chainCertificates"]
    chain = complain_of_chain(reading, "chainCertificates", leaf, others, more)
    if "chainCertificates" not in reading.form and reading.behaviour.csr_answer_group_checked:
        _hold_against_group(reading, draft, (leaf, *chain))


def _hold_against_group(reading: Reading, draft: Draft, chain: tuple[Certificate, ...]) -> None:
    """The chain ends where the group trusts it to; group 0 is none (assumed: then none is asked).

    Of the Java trust store no certificate is here.
    """
    tables = reading.state.store.table
    group = tables("trustedCertificateGroups").get(draft["trustedCertGroupId"])
    if group is None or group.get("ignoreAllCertificateErrors"):
        return
    rows = (tables("trustedCerts").get(key) for key in group.get("certIds") or ())
    anchors = [one for row in rows if row for one in km.certificates_in(str(row["fileData"]))]
    if not leads_to(chain, anchors):
        reading.complain(
            "chainCertificates", "does not lead to a certificate of the trusted certificate group"
        )


def _leaf(material: km.Material | None, certificates: list[Certificate]) -> Certificate | None:
    if material is None:
        return None
    return next((one for one in certificates if km.fits(one, material.key)), None)


def _answered(reading: Reading, row: Draft) -> None:
    """The key with the certificate and the chain of the response; no request is pending then."""
    old: Row = reading.old or {}
    material = material_of(reading.state, old)
    certificates = km.certificates_in(str(row["fileData"]))
    pool = [one for text in row["chainCertificates"] for one in km.certificates_in(text)]
    leaf = _leaf(material, certificates)
    row.clear()
    row.update({name: value for name, value in old.items() if name != "chainIds"})
    if material is None or leaf is None:
        return
    chain = ordered(leaf, [*(one for one in certificates if one is not leaf), *pool])
    keep(reading.state, row, km.Material(material.key, leaf, chain))


def _try(  # noqa: PLR0913, PLR0917 - what to try, and what to say
    reading: Reading, member: str, sentence: str, what: Any, draft: Draft, only: str
) -> None:
    if not isinstance(draft.get(only), str):
        return
    try:
        what({only: draft[only]})
    except ValueError:
        reading.complain(member, sentence)


GENERATION = Entity(
    "keyPairs",
    "Key pair",
    "/keyPairs/generate",
    (
        Field("alias", required=True),
        Field("commonName", required=True, longest=64),
        Field(
            "subjectAlternativeNames",
            "objects",
            default=(),
            members=(
                Field("name", required=True, choices=GENERAL_NAMES),
                Field("value", required=True),
            ),
        ),
        Field("organization", required=True, longest=64),
        Field("organizationUnit", required=True, longest=64),
        Field("city", required=True, longest=128),
        Field("state", required=True, longest=128),
        Field("country", required=True),
        Field("validDays", "number", required=True, low=1, high=_INT_MAX),
        Field("keyAlgorithm", required=True),
        Field("keySize", "number", required=True),
        Field("signatureAlgorithm"),
        Field("hsmProviderId", "number", default=0, refers="hsmProviders"),
    ),
    named=("alias",),
    unique=(("alias",),),
    checks=(Check("keyPairs.generation", _can_be_made),),
    finish=_generated,
    show=shown,
)
"""NewKeyPairConfig (admin API 7.3); the lengths are those of RFC 5280 appendix A.1."""

RESPONSE = Entity(
    "keyPairs",
    "Key pair",
    "/keyPairs/{}/csr",
    (
        Field("fileData", required=True),
        Field("chainCertificates", "texts", default=()),
        Field("hsmProviderId", "number", default=0, refers="hsmProviders"),
        Field("trustedCertGroupId", "number", default=0, refers="trustedCertificateGroups"),
    ),
    named=("alias",),
    unique=(),
    checks=(Check("keyPairs.response", _is_answer),),
    finish=_answered,
    show=shown,
)
"""What a certificate authority answered (admin API 7.3, CSRResponseImportDoc)."""
