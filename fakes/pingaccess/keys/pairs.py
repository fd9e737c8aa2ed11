"""Key pairs: imported, shown, their chains mended (admin API 7.3, KeyPair).

A row is what archives hold of a key pair (observed: a PKCS#12 file and its password), with
`csrPending` and `chainIds` beside it. Of the pairs that a new product makes for its listeners the
row has only `generated`, a name: what it stands for is made when somebody looks.
"""

from __future__ import annotations

from base64 import b64encode
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from fakes.chains import ordered, path
from fakes.pingaccess.answers import nothing
from fakes.pingaccess.keys import material as km
from fakes.pingaccess.keys.certificates import described
from fakes.pingaccess.keys.making import generated, has_other_name
from fakes.pingaccess.objects.records import found
from fakes.pingaccess.objects.spec import Check, Entity, Field
from fakes.pingaccess.problems import not_found

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cryptography.x509 import Certificate

    from fakes.message import Response
    from fakes.pingaccess.answers import Call
    from fakes.pingaccess.objects.reading import Reading
    from fakes.pingaccess.objects.spec import Draft
    from fakes.pingaccess.state import State
    from fakes.store import Row

ARCHIVED = ("id", "alias", "fileData", "password", "hsmProviderId")
"""The members of a key pair in an archive (observed: exports of 6.0 to 7.0.4)."""


def material_of(state: State, row: Mapping[str, Any]) -> km.Material | None:
    """The pair in a row; None where its password is of another host, or its file holds none."""
    if name := row.get("generated"):
        return generated(state.seed, str(name))
    password = password_of(state, row.get("password"))
    try:
        return None if password is None else km.opened(str(row.get("fileData")), password)
    except km.Unusable:
        return None


def password_of(state: State, hidden: object) -> str | None:
    """The text of a HiddenField, as sent or as stored; None where it cannot be opened here."""
    if not isinstance(hidden, dict):
        return None
    text = hidden.get("value") or state.hidden.open(hidden.get("encryptedValue"))
    return text if isinstance(text, str) else None


def shown(state: State, row: Row) -> Mapping[str, Any]:
    """The row as KeyPair; of one that cannot be opened here there is little to show."""
    material = material_of(state, row)
    told = {"status": "Invalid"} if material is None else _described(state, material.certificate)
    chain = () if material is None else material.chain
    return {
        "id": row["id"],
        "alias": row.get("alias"),
        **told,
        "chainCertificates": [
            {"id": key, "alias": alias_of(one), **_described(state, one)}
            for key, one in zip(chain_ids(row, len(chain)), chain, strict=True)
        ],
        "csrPending": bool(row.get("csrPending")),
        "hsmProviderId": row.get("hsmProviderId") or 0,
    }


def alias_of(certificate: Certificate) -> str:
    """How a certificate of a chain is called: by its subject (assumed)."""
    return certificate.subject.rfc4514_string()


def chain_ids(row: Mapping[str, Any], size: int) -> list[int]:
    """The ids of the chain's certificates, which count from 1 in each key pair (assumed)."""
    ids = list(row.get("chainIds") or ())[:size]
    while len(ids) < size:
        ids.append(max(ids, default=0) + 1)
    return ids


def archived(state: State, row: Row) -> Row:
    """The row as an archive holds it: the file, and its password sealed."""
    if name := row.get("generated"):
        file, password = _generated_file(state.seed, str(name), str(row["alias"]))
        sealed = state.hidden.shown(password)
        row = {**row, "fileData": file, "password": sealed}
    return {name: row[name] for name in ARCHIVED if name in row}


def keep(state: State, row: dict[str, Any], material: km.Material, old: Row | None = None) -> None:
    """Make of `row` one that holds `material`; a password it has already stays that of the file."""
    password = password_of(state, row.get("password")) or _password(state.seed, row["id"])
    file = km.pkcs12_file(material, str(row["alias"]), password)
    size = len(material.chain)
    kept = {
        "id": row["id"],
        "alias": row["alias"],
        "fileData": b64encode(file).decode("ascii"),
        "password": state.hidden.shown(password),
        "hsmProviderId": row.get("hsmProviderId") or 0,
        "csrPending": bool((old or {}).get("csrPending")),
        "chainIds": chain_ids(row, size),
    }
    row.clear()
    row.update(kept)


def is_expired(reading: Reading, certificate: Certificate) -> bool:
    """Whether it is too old to be taken."""
    taken = reading.behaviour.key_pair_expired_taken
    return not taken and km.expired(certificate, reading.state.clock.now_s())


def complain_of_chain(
    reading: Reading, member: str, leaf: Certificate, pool: list[Certificate], more: Any
) -> tuple[Certificate, ...]:
    """The chain of `leaf` with `more` certificates, base64 each; complaints where it is none."""
    for text in more or ():
        certificates = km.certificates_in(text)
        if not certificates:
            reading.complain(member, "must hold certificates (base64 of PEM or DER)")
            return ()
        if any(is_expired(reading, one) for one in certificates):
            reading.complain(member, "holds a certificate that has expired")
        pool = pool + [one for one in certificates if one not in pool]
    chain = path(leaf, pool)
    if len(chain) < len(pool) and reading.behaviour.key_pair_chain_checked:
        reading.complain(member, "is no chain: a certificate in it has issued none of the others")
    return chain


def delete_chain_certificate(state: State, call: Call) -> Response:
    """Take one certificate out of the chain; 404 where there is none of that id."""
    row = dict(found(state, KEY_PAIRS, call.ids[0]))
    material = material_of(state, row)
    chain = () if material is None else material.chain
    ids = chain_ids(row, len(chain))
    if material is None or call.ids[1] not in map(str, ids):
        raise not_found("Chain certificate", call.ids[1], state.behaviour)
    place = list(map(str, ids)).index(call.ids[1])
    row["chainIds"] = ids[:place] + ids[place + 1 :]
    less = material._replace(chain=chain[:place] + chain[place + 1 :])
    keep(state, row, less, old=row)
    state.store.table(KEY_PAIRS.table).put(row["id"], row)
    return nothing(state)


def _described(state: State, certificate: Certificate) -> Mapping[str, Any]:
    return described(state, km.as_file_data(certificate))


def _is_pair(reading: Reading, draft: Draft) -> None:
    """The file holds a key pair that the password opens, is in date, and has that chain.

    Of an archive's only the first is asked: it may be old, or of another host.
    """
    data, password = draft.get("fileData"), password_of(reading.state, draft.get("password"))
    if not isinstance(data, str) or password is None:
        return
    try:
        material = km.opened(data, password)
    except km.Unusable as problem:
        reading.complain(problem.member, problem.sentence)
        return
    if reading.lenient:
        return
    if not reading.behaviour.key_pair_other_names and has_other_name(material.certificate):
        reading.complain("fileData", "cannot be imported")
    if is_expired(reading, material.certificate):
        reading.complain("fileData", "holds a certificate that has expired")
    more = draft.get("chainCertificates")
    complain_of_chain(
        reading, "chainCertificates", material.certificate, list(material.chain), more
    )


def _stored(reading: Reading, row: Draft) -> None:
    """The file with the chain in it; the id decides nothing but where it lies."""
    material = material_of(reading.state, row)
    if material is None:
        return
    pool = list(material.chain)
    for text in row.get("chainCertificates") or ():
        pool += [one for one in km.certificates_in(text) if one not in pool]
    chain = ordered(material.certificate, pool)
    keep(reading.state, row, material._replace(chain=chain))


def _add_chain(reading: Reading, draft: Draft) -> None:
    material = material_of(reading.state, reading.old or {})
    if material is None:
        reading.complain("addChainCertificates", "cannot be added: this host cannot open the pair")
        return
    member, chain = "addChainCertificates", list(material.chain)
    complain_of_chain(reading, member, material.certificate, chain, draft[member])


def _added(reading: Reading, row: Draft) -> None:
    more, old = row["addChainCertificates"], reading.old or {}
    material = material_of(reading.state, old)
    row.update(old)
    if material is not None:
        pool = list(material.chain)
        ids = dict(zip(map(km.der, pool), chain_ids(old, len(pool)), strict=True))
        for text in more:
            pool += [one for one in km.certificates_in(text) if one not in pool]
        chain = ordered(material.certificate, pool)
        for one in chain:
            ids.setdefault(km.der(one), max(ids.values(), default=0) + 1)
        row["chainIds"] = [ids[km.der(one)] for one in chain]
        keep(reading.state, row, material._replace(chain=chain), old=old)


@lru_cache(maxsize=64)
def _generated_file(seed: int, name: str, alias: str) -> tuple[str, str]:
    """The PKCS#12 file of a generated pair, base64, and its password."""
    password = _password(seed, name)
    file = km.pkcs12_file(generated(seed, name), alias, password)
    return b64encode(file).decode("ascii"), password


def _password(seed: int, name: object) -> str:
    return sha256(f"{seed}/key-pair-password/{name}".encode()).hexdigest()[:32]


_SHOWN = frozenset(
    {
        "alias",
        "csrPending",
        "expires",
        "issuerDn",
        "serialNumber",
        "signatureAlgorithm",
        "subjectCn",
        "subjectDn",
        "validFrom",
    }
)
KEY_PAIRS = Entity(
    "keyPairs",
    "Key pair",
    "/keyPairs",
    (
        Field("alias", required=True),
        Field("fileData", required=True),
        Field("password", "hidden", required=True),
        Field("chainCertificates", "texts", default=()),
        Field("hsmProviderId", "number", default=0, refers="hsmProviders"),
    ),
    verbs=frozenset({"LIST", "GET", "PUT", "DELETE"}),
    find="alias",
    named=("alias",),
    unique=(("alias",),),
    sorts=_SHOWN,
    checks=(Check("keyPairs.file", _is_pair),),
    finish=_stored,
    show=shown,
)
"""What is sent is PKCS12FileImportDoc, what is read KeyPair (admin API 7.3)."""

CHAIN = Entity(
    "keyPairs",
    "Key pair",
    "/keyPairs/{}",
    (Field("addChainCertificates", "texts", required=True),),
    named=("alias",),
    unique=(),
    checks=(Check("keyPairs.chain", _add_chain),),
    finish=_added,
    show=shown,
)
"""Certificates that a chain gets in addition (admin API 7.3, ChainCertificatesDoc)."""
