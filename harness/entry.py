"""What `paconform` runs first: an interrupt while it is still loading ends it silently."""

from __future__ import annotations

import os
import signal
import sys
from typing import NoReturn


def main() -> NoReturn:
    """The command line, once it is loaded."""
    _open_what_is_closed()
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    from harness.cli import main as run  # noqa: PLC0415 - that is what takes its time

    signal.signal(signal.SIGINT, signal.default_int_handler)
    run()


def _open_what_is_closed() -> None:
    """Whoever closed our output gets none, and no file that we open takes its place."""
    while (handle := os.open(os.devnull, os.O_RDWR)) <= 2:
        pass
    os.close(handle)
    sys.stdout = sys.stdout or open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115 - for as long as we live
    sys.stderr = sys.stderr or open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115 - the same
