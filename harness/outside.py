"""Whom the product calls: through the control door of fakes, or nobody can tell."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from harness.clients.control import Control


class Outside:
    """Hosts that PingAccess called since the last look; empty where there is no control door."""

    def __init__(self, control: Control | None) -> None:
        self._control = control
        self._known: set[str] = set()
        if control is not None:
            control.clear_ledger()

    def learn(self) -> None:
        """Whom it has called by now is no stranger."""
        self._known |= self._called()

    def strangers(self) -> list[str]:
        """The hosts that it called and was not known to call."""
        return sorted(self._called() - self._known)

    def _called(self) -> set[str]:
        if self._control is None:
            return set()
        calls = self._control.ledger("outbound")
        self._control.clear_ledger()
        return {urlsplit(str(call["url"])).netloc for call in calls}
