"""Whom the product calls, as the control door of fakes tells it, and a canary hears it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from harness.clients.control import Control
    from harness.listening import Listener


class Outside:
    """Hosts that PingAccess called since the last look.

    Of a product without a control door only calls to the canary are known.
    """

    def __init__(self, control: Control | None, canary: Listener | None = None) -> None:
        self._control, self._canary = control, canary
        self._known: set[str] = set()
        if control is not None:
            control.clear_ledger()

    def learn(self) -> None:
        """Whom it has called by now is no stranger."""
        self._known |= self._called()

    def strangers(self) -> list[str]:
        """The hosts that it called and was not known to call."""
        heard = [self._canary.address] if self._canary is not None and self._canary.heard() else []
        return sorted({*(self._called() - self._known), *heard})

    def _called(self) -> set[str]:
        if self._control is None:
            return set()
        calls = self._control.ledger("outbound")
        self._control.clear_ledger()
        return {urlsplit(str(call["url"])).netloc for call in calls}
