"""Key pairs as files: the certificate alone, or the key too, encrypted (admin API 7.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fakes.message import Response
from fakes.pingaccess.keys import material as km
from fakes.pingaccess.keys.certificates import pem, pem_file
from fakes.pingaccess.keys.pairs import KEY_PAIRS, material_of, password_of
from fakes.pingaccess.objects.reading import Reading
from fakes.pingaccess.objects.records import found
from fakes.pingaccess.objects.spec import POST, Entity, Field
from fakes.pingaccess.problems import not_possible, save_failed

if TYPE_CHECKING:
    from fakes.pingaccess.answers import Call
    from fakes.pingaccess.state import State

EXPORT = Entity(
    "keyPairs",
    "Key pair",
    "/keyPairs/{}/pkcs12",
    (Field("password", "hidden", required=True),),
    unique=(),
)
"""ExportParameters (admin API 7.3)."""


def certificate(state: State, call: Call) -> Response:
    """The certificate as PEM, without its chain (the form is assumed: no schema is declared)."""
    return pem_file(state, pem("CERTIFICATE", km.der(_material(state, call).certificate)))


def as_pem(state: State, call: Call) -> Response:
    """Key and certificates as PEM, the key encrypted (SPEC ExportParameters: PBES2 with AES)."""
    material = _material(state, call)
    password = _password(state, call)
    certificates = (material.certificate, *material.chain)
    blocks = [pem("ENCRYPTED PRIVATE KEY", km.encrypted_key(material, password))]
    blocks += [pem("CERTIFICATE", km.der(one)) for one in certificates]
    return pem_file(state, "".join(blocks))


def as_pkcs12(state: State, call: Call) -> Response:
    """Key and certificates as PKCS#12."""
    row = found(state, KEY_PAIRS, call.ids[0])
    material = _material(state, call)
    file = km.pkcs12_file(material, str(row["alias"]), _password(state, call))
    headers = (("Content-Type", state.behaviour.key_pair_file_type), *state.common_headers())
    return Response(200, headers, file)


def _material(state: State, call: Call) -> km.Material:
    material = material_of(state, found(state, KEY_PAIRS, call.ids[0]))
    if material is None:
        raise not_possible("This host cannot open the key pair.", state.behaviour)
    return material


def _password(state: State, call: Call) -> str:
    """The password that the file gets; Refusal where the body has none."""
    reading = Reading(state, EXPORT, POST, call.json(state))
    password = password_of(state, reading.draft()["password"])
    if reading.form or password is None:
        raise save_failed(reading.form, state.behaviour)
    return password
