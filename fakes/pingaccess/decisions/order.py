"""The decisions about links, and about the order in which resources are tried.

D90 is the vendor's documentation of 9.0; other names as in the door's decisions.
"""

from __future__ import annotations

from typing import Literal

from fakes.behaviour import chapter, decision
from fakes.pingaccess.decisions.lists import ListsBehaviour

_SILENT = "no document says; "


@chapter
class OrderBehaviour(ListsBehaviour):
    """Where the API says that its objects are, and which resource comes first."""

    own_url: str = decision(
        "https://localhost:9000/pa-admin-api/v3",
        "What the locations of objects begin with.",
        grade="observed",
        source="SP export of 6.0 (acmeDefaultServer.location); others show the host of the server",
    )
    order_expressions: Literal["before wildcards", "last"] = decision(
        "last",
        "Where regular expressions stand in the automatic order; the root resource follows.",
        grade="assumed",
        source="D90 pa_application_resources lists one after the wildcards in an example",
    )
    order_disabled: bool = decision(
        True,
        "Whether the patterns of disabled resources stand in the order of evaluation.",
        grade="assumed",
        source=_SILENT + "a disabled resource still has its place among the others",
    )
    order_unprotected: Literal["first", "last", "none"] = decision(
        "first",
        "Where global unprotected resources stand in the order of evaluation.",
        grade="assumed",
        source="SPEC EntryType has them; that they come first is a guess, for they apply to all",
    )
