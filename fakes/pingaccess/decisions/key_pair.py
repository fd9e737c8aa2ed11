"""The decisions about key pairs, HTTPS listeners and the certificates that nodes expect."""

from __future__ import annotations

from typing import Literal, TypeAlias

from fakes.behaviour import chapter, decision
from fakes.pingaccess.decisions.factory import FactoryBehaviour

_SILENT = "no document says; "

KeyKind: TypeAlias = tuple[str, tuple[int, ...], tuple[str, ...]]
"""An algorithm, the bits of its keys and its signatures; the first of each is the default."""


@chapter
class KeyPairBehaviour(FactoryBehaviour):
    """What a key pair can be, and who waits for it."""

    key_kinds: tuple[KeyKind, ...] = decision(
        (
            ("RSA", (2048, 3072, 4096), ("SHA256withRSA", "SHA384withRSA", "SHA512withRSA")),
            ("EC", (256, 384, 521), ("SHA256withECDSA", "SHA384withECDSA", "SHA512withECDSA")),
        ),
        "What a key pair can be generated with.",
        grade="assumed",
        source="PCB templates send the size 2048; algorithms, other sizes and names are a guess",
    )
    key_pair_expired_taken: bool = decision(
        False,
        "Whether a certificate that has expired can be imported with its key or for it.",
        grade="assumed",
        source=_SILENT + "nobody could use it",
    )
    key_pair_chain_checked: bool = decision(
        True,
        "Whether each certificate of a chain must have issued one below it.",
        grade="assumed",
        source=_SILENT + "a chain that is none breaks the handshake",
    )
    csr_answer_group_checked: bool = decision(
        True,
        "Whether the answer to a signing request must lead to the trusted certificate group.",
        grade="assumed",
        source="SPEC CSRResponseImportDoc.trustedCertGroupId says only that they are associated",
    )
    key_pair_file_type: str = decision(
        "application/x-pkcs12",
        "The media type of an exported PKCS#12 file.",
        grade="assumed",
        source="SPEC exportKeyPairPkcs12 declares no content",
    )
    https_listeners: tuple[tuple[int, str], ...] = decision(
        ((1, "ADMIN"), (2, "ENGINE"), (3, "AGENT"), (4, "CONFIG QUERY"), (5, "SIDEBAND")),
        "The HTTPS listeners, each of which a new product has a key pair for.",
        grade="observed",
        source="SP exports of 6.0 to 7.0.4; one key pair each only in that of 6.0",
    )
    listeners_restarted: frozenset[str] = decision(
        frozenset({"ADMIN", "AGENT", "CONFIG QUERY", "SIDEBAND"}),
        "The listeners that need a restart where their key pair is changed.",
        grade="documented",
        source="SPEC HttpsListener.restartRequired (never the engine's)",
    )
    expected_certificate_hash: Literal["SHA1", "SHA256"] = decision(
        "SHA1",
        "The digest by which agents and engines know the certificate that they expect.",
        grade="observed",
        source="SP export of 7.0.4, engines",
    )
