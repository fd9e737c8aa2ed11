"""The certificates that engines and agents can be told to expect (admin API 7.3).

Trusted certificates, those of key pairs, and those of their chains, each once: the three flags say
where it was found (SPEC EngineCertificate). A key pair's keeps the id of the pair, as the export
of 7.0.4 shows; the ids of the others are assumed, and come from what the certificate is.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any

from fakes.pingaccess.answers import ok
from fakes.pingaccess.keys import material as km
from fakes.pingaccess.keys.certificates import der_of, described
from fakes.pingaccess.keys.pairs import alias_of, material_of
from fakes.pingaccess.objects.lists import listed
from fakes.pingaccess.objects.spec import Entity
from fakes.pingaccess.problems import not_found

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from fakes.message import Response
    from fakes.pingaccess.answers import Call
    from fakes.pingaccess.state import State
    from fakes.store import Row

    Found = tuple[bytes, int | None, str, str]

FLAGS = ("keyPair", "chainCertificate", "trustedCertificate")
_SORTS = frozenset(
    {
        "alias",
        "expires",
        "issuerDn",
        "serialNumber",
        "signatureAlgorithm",
        "subjectCn",
        "subjectDn",
        "validFrom",
    }
)


def _view(table: str, label: str, path: str) -> Entity:
    return Entity(
        table, label, path, (), verbs=frozenset(), find="alias", named=("alias",), sorts=_SORTS
    )


ENGINE_CERTIFICATES = _view("engineCertificates", "Engine certificate", "/engines/certificates")
AGENT_CERTIFICATES = _view("agentCertificates", "Agent certificate", "/agents/certificates")


def get_all(state: State, view: Entity, call: Call) -> Response:
    """The certificates that the query asks for."""
    items = list(certificates(state).values())
    return ok(state, {"items": listed(state, view, items, items, call.request.query_values())})


def get(state: State, view: Entity, call: Call) -> Response:
    """One of them."""
    found = next(
        (one for one in certificates(state).values() if str(one["id"]) == call.ids[0]), None
    )
    if found is None:
        raise not_found(view.label, call.ids[0], state.behaviour)
    return ok(state, found)


def certificates(state: State) -> Mapping[int, Row]:
    """Every certificate as EngineCertificate and AgentCertificate, by id."""
    ids: dict[bytes, int] = {}
    shown: dict[int, dict[str, Any]] = {}
    for content, key, alias, flag in _all(state):
        number = ids.setdefault(content, key or _number(content))
        told = shown.get(number)
        if told is None:
            flags = dict.fromkeys(FLAGS, False)
            facts = described(state, km.b64(content))
            told = shown[number] = {"id": number, "alias": alias, **facts, **flags}
        told[flag] = True
    return shown


def content_of(state: State, key: Any) -> bytes | None:
    """The certificate of that id, DER; None where none has it."""
    return next(
        (der for der, number, _, _ in _all(state) if key and (number or _number(der)) == key), None
    )


def _all(state: State) -> Iterator[Found]:
    """DER, id where there is one, alias, and where it was found; key pairs first."""
    pairs = [(row, material_of(state, row)) for row in state.store.table("keyPairs")]
    for row, material in pairs:
        if material is not None:
            yield km.der(material.certificate), int(row["id"]), str(row["alias"]), FLAGS[0]
    for _, material in pairs:
        for one in () if material is None else material.chain:
            yield km.der(one), None, alias_of(one), FLAGS[1]
    for row in state.store.table("trustedCerts"):
        yield der_of(row), None, str(row.get("alias")), FLAGS[2]


def _number(content: bytes) -> int:
    """A number that no key pair is likely to have: of 31 bits, the highest set."""
    return int.from_bytes(sha256(content).digest()[:4], "big") >> 1 | 1 << 30
