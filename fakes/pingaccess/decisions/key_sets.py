"""The decisions about key sets, the licence, and backups.

Names of sources as in the door's decisions.
"""

from __future__ import annotations

from fakes.behaviour import chapter, decision
from fakes.pingaccess.decisions.nodes import NodesBehaviour

_SILENT = "no document says; "


@chapter
class KeySetsBehaviour(NodesBehaviour):
    """What the product keeps for itself, and lets out only sealed or as a file."""

    key_set_refused: bool = decision(
        True,
        "Whether a key set is refused that cannot be opened with its nonce on this host.",
        grade="documented",
        source="SPEC KeySet.keySet (cannot be decrypted without the nonce)",
    )
    key_set_of_its_setting: bool = decision(
        False,
        "Whether a key set is refused that was taken from another setting.",
        grade="assumed",
        source=_SILENT + "SPEC binds a key set to its nonce only",
    )
    key_sets_roll: bool = decision(
        True,
        "Whether keys are rolled at their interval where that is enabled.",
        grade="documented",
        source="SPEC keyRollEnabled, keyRollPeriodInHours",
    )
    key_set_size: int = decision(
        2,
        "How many keys a key set has after it was rolled.",
        grade="assumed",
        source=_SILENT + "what the last key signed has to be good for a while",
    )
    license_first: tuple[tuple[str, object], ...] = decision(
        (
            ("tier", "Development"),
            ("maxApplications", 0),
            ("product", "PingAccess"),
            ("organization", "Example"),
            ("enforcementType", 1),
            ("expirationDate", "2049-12-31"),
            ("issueDate", "2020-01-01"),
            ("name", "Example"),
            ("id", 1),
        ),
        "The licence of a new product, without the version, which is the product's.",
        grade="assumed",
        source=_SILENT + "a product without a licence would not answer",
    )
    license_file_bytes: int = decision(
        65_536,
        "How large a licence file may be.",
        grade="assumed",
        source=_SILENT + "a licence file has a dozen lines",
    )
    license_checks: frozenset[str] = decision(
        frozenset({"product", "expiry"}),
        "What of a licence is checked beside its form.",
        grade="assumed",
        source=_SILENT + "a licence of another product, or of yesterday, licenses nothing",
    )
    backup_name: str = decision(
        "pa-data-%Y-%m-%d.%H.%M.%S.zip",
        "What a backup is called, with its date.",
        grade="assumed",
        source="PCB 90-upload-backup-s3.sh takes whatever Content-Disposition says",
    )
    backup_entry: str = decision(
        "data.json",
        "The file in a backup: here the archive of the configuration.",
        grade="assumed",
        source=_SILENT + "the real one holds a database that nobody but the product reads",
    )
