"""What everything in one scenario shares."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from harness.clients.control import Control
    from harness.product.made import Keeper
    from harness.recorder import Record
    from harness.waiting import Pause


@dataclass(frozen=True, slots=True)
class Means:
    """Record, clean-up, names and pauses of one scenario, and the fakes' control door if any."""

    record: Record
    keeper: Keeper
    name: Callable[[str], str]
    pause: Pause
    control: Control | None = None
