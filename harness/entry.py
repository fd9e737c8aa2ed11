"""What `paconform` runs first: an interrupt while it is still loading ends it silently."""

from __future__ import annotations

import signal
from typing import NoReturn


def main() -> NoReturn:
    """The command line, once it is loaded."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    from harness.cli import main as run  # noqa: PLC0415 - that is what takes its time

    signal.signal(signal.SIGINT, signal.default_int_handler)
    run()
