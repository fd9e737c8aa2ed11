"""Defects of the hidden credential of PingOne connections: what is shown, and what comes back."""

from __future__ import annotations

from fakes.behaviour import Defect

_TABLE = "pingOneConnections"

DEFECTS: tuple[Defect, ...] = (
    Defect(
        "PA-D-251",
        "A read of a connection shows its credential",
        "PA-CONN-015",
        "hidden_shown",
        frozenset({(_TABLE, "GET")}),
    ),
    Defect(
        "PA-D-252",
        "The answer of a save repeats the credential in a header",
        "PA-CONN-015",
        "hidden_header",
        "X-Credential",
    ),
    Defect(
        "PA-D-253",
        "The answer of an update shows the credential",
        "PA-CONN-015",
        "hidden_shown",
        frozenset({(_TABLE, "PUT")}),
    ),
    Defect(
        "PA-D-254",
        "The answer of a deletion shows the credential",
        "PA-CONN-015",
        "hidden_shown",
        frozenset({(_TABLE, "DELETE")}),
    ),
    Defect(
        "PA-D-255",
        "A refusal quotes the credential field",
        "PA-CONN-016",
        "refusals_quote",
        frozenset({f"{_TABLE}.credential"}),
    ),
    Defect(
        "PA-D-256",
        "A refusal on account of PingOne repeats the credential",
        "PA-CONN-016",
        "spending_problem_shows",
        frozenset({"host", "status", "error", "credential"}),
    ),
    Defect(
        "PA-D-257",
        "The encrypted credential has another prefix",
        "PA-CONN-017",
        "hidden_prefix",
        "OBF:AES:",
    ),
    Defect(
        "PA-D-258",
        "The encrypted credential is not shown",
        "PA-CONN-017",
        "hidden_encrypted_shown",
        False,
    ),
    Defect(
        "PA-D-259",
        "An encrypted credential that is sent back counts as none",
        "PA-CONN-018",
        "hidden_kept",
        "never",
    ),
    Defect(
        "PA-D-260",
        "An encrypted value that is sent along wins over the plain one",
        "PA-CONN-019",
        "hidden_wins",
        "encryptedValue",
    ),
    Defect(
        "PA-D-261",
        "An encrypted credential with a changed tag is taken",
        "PA-CONN-020",
        "hidden_tag_checked",
        False,
    ),
    Defect(
        "PA-D-262",
        "An encrypted credential that this host did not make is stored",
        "PA-CONN-020",
        "hidden_foreign_refused",
        False,
    ),
)
