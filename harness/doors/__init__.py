"""The places that a token gets in by, as a campaign of `paconform fuzz` sees them.

A door takes a text and gives the answer. What the answer must be is decided by the verdict of the
mutations, in `campaign`; here is only how to send, what a refusal looks like, and how to be sure
that the other side is as it was.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from harness.doors.importing import Importing
from harness.doors.model import Door
from harness.doors.platform import Asserting, Bearing, Exchanging
from harness.doors.saving import Creating, Updating
from harness.doors.signing_on import SigningOn

if TYPE_CHECKING:
    from collections.abc import Callable

    from harness.product import Scenario

__all__ = ["DOORS", "Door"]

DOORS: MappingProxyType[str, Callable[[Scenario], Door]] = MappingProxyType(
    {
        "create": Creating,
        "update": Updating,
        "import": Importing,
        "subject-token": Exchanging,
        "client-assertion": Asserting,
        "bearer": Bearing,
        "bearer-admin": SigningOn,
    }
)
"""Name -> the door, opened for a scenario. A new surface is a row here, and a name in `cli.fuzz`.

Engines, which take access tokens and cookies of sessions, have no door: they are not judged yet.
"""
