"""Defects in key pairs."""

from __future__ import annotations

from fakes.behaviour import Defect

KEY_PAIRS = (
    Defect(
        "PA-D-681",
        "a new key pair does not say whether a request of it is pending",
        "PA-KEY-001",
        "not_echoed",
        frozenset({("keyPairs.csrPending", "POST")}),
    ),
    Defect(
        "PA-D-682",
        "two digests of a key pair are exchanged",
        "PA-KEY-002",
        "certificate_sums",
        (("sha1sum", "md5"), ("md5sum", "sha1"), ("sha256sum", "sha256")),
    ),
    Defect(
        "PA-D-683",
        "an alias of a key pair can be taken twice",
        "PA-KEY-003",
        "unique_not_checked",
        frozenset({("keyPairs.alias", "POST")}),
    ),
    Defect(
        "PA-D-684",
        "an update of a key pair keeps the old one",
        "PA-KEY-004",
        "not_stored_when_saved",
        frozenset({("keyPairs", "PUT")}),
    ),
    Defect(
        "PA-D-685",
        "a key pair of a virtual host can be deleted",
        "PA-KEY-008",
        "usage_not_checked",
        frozenset({("keyPairs", "virtualHosts.keyPairId")}),
    ),
    Defect(
        "PA-D-686",
        "a header of the answer to an import repeats the password",
        "PA-KEY-010",
        "hidden_header",
        "X-Debug",
    ),
    Defect(
        "PA-D-687",
        "a listener takes a key pair that is none",
        "PA-KEY-012",
        "references_not_checked",
        frozenset({("httpsListeners.keyPairId", "PUT")}),
    ),
)
