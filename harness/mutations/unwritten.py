"""Classes of the taxonomy that no token's bytes can show, each with the reason and the requirement.

What is wrong there is where the token is, what became of it, or how PingOne answers about it.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Unwritten:
    """Why no bytes show the class, and the requirements that measure it; none: nothing does yet."""

    reason: str
    requirements: tuple[str, ...] = ()


_BODY = "the body around the token is wrong, not the token"
_CARRIED = "where a request carries the token is wrong, not the token"
_STATE = "the token is right; what PingOne did since decides"
_ANSWER = "PingOne's answer is wrong, not the token"

UNWRITTEN = MappingProxyType(
    {
        "JWT-PST-019": Unwritten(_BODY, ("PA-TOK-009",)),
        "JWT-PST-020": Unwritten(_BODY, ("PA-TOK-009",)),
        "JWT-PST-021": Unwritten(_BODY, ("PA-TOK-009",)),
        "JWT-PST-022": Unwritten(_CARRIED, ("PA-ACCESS-007",)),
        "JWT-PST-023": Unwritten(_CARRIED, ("PA-ACCESS-007",)),
        "JWT-PST-024": Unwritten(_CARRIED, ("PA-ACCESS-007",)),
        "JWT-PST-025": Unwritten(f"{_CARRIED}; no client of ours sends a bare line end"),
        "JWT-ALG-015": Unwritten("PingOne's key set is wrong, not the token"),
        "JWT-PNG-017": Unwritten(_STATE, ("PA-CONN-026",)),
        "JWT-PNG-018": Unwritten(
            _ANSWER, ("PA-CONN-027", "PA-CONN-028", "PA-CONN-029", "PA-CONN-031")
        ),
        "JWT-PNG-019": Unwritten(_ANSWER, ("PA-CONN-030",)),
        "JWT-PNG-020": Unwritten(
            "an act at a product: every class is tried there", ("PA-TOK-011",)
        ),
        "JWT-PNG-021": Unwritten(_BODY, ("PA-TOK-010",)),
        "JWT-PNG-022": Unwritten(_BODY, ("PA-TOK-045",)),
        "JWT-PNG-023": Unwritten("two connections with one right token", ("PA-TOK-044",)),
        "JWT-DOS-011": Unwritten("how slowly a body comes in is wrong, not the token"),
        "JWT-DOS-012": Unwritten("how many come in at once; `paconform fuzz` sends many"),
        "JWT-VBW-001": Unwritten(_STATE, ("PA-CONN-023", "P1-CRED-008")),
        "JWT-VBW-002": Unwritten(f"{_STATE} (its key was taken away)"),
        "JWT-VBW-003": Unwritten(f"{_STATE} (its key is new)"),
        "JWT-VBW-008": Unwritten(f"{_STATE} (its user or client was disabled)"),
        "JWT-VBW-009": Unwritten("one right token at two places", ("PA-TOK-044",)),
        "JWT-VBW-010": Unwritten("the same right token once more", ("P1-AST-006",)),
        "JWT-VBW-015": Unwritten("a right token after wrong ones", ("PA-TOK-025", "P1-SUB-007")),
    }
)
