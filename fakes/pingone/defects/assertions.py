"""Defects of client assertions."""

from __future__ import annotations

from fakes.behaviour import Defect
from fakes.pingone.behaviour import CORRECT

ASSERTIONS = (
    Defect(
        "P1-D-171",
        "The signature of a client assertion is not looked at",
        "P1-AST-001",
        "assertion_checks",
        CORRECT.assertion_checks - {"signature"},
    ),
    Defect(
        "P1-D-172",
        "A client assertion may be for anybody",
        "P1-AST-002",
        "assertion_checks",
        CORRECT.assertion_checks - {"audience"},
    ),
    Defect(
        "P1-D-173",
        "A client assertion is good as often as it is shown",
        "P1-AST-006",
        "assertion_checks",
        CORRECT.assertion_checks - {"jti"},
    ),
    Defect(
        "P1-D-174",
        "A client that is not believed is refused with the status 403",
        "P1-AST-003",
        "invalid_client_status",
        403,
    ),
    Defect(
        "P1-D-175",
        "The description of a refusal holds the client assertion",
        "P1-AST-004",
        "refusal_shows_assertion",
        True,
    ),
    Defect(
        "P1-D-176",
        "A client assertion for several, of whom this service is one, is refused",
        "P1-AST-005",
        "assertion_audience_listed",
        False,
    ),
)
"""P1-AST."""
