"""How a process that keeps many objects looks for garbage: often among the young, never among all.

Stored rows are trees without cycles, so that a look at all of them finds nothing and takes longer
the more there are; the default looks each time that a quarter has been added.
"""

from __future__ import annotations

import gc

YOUNG, YOUNG_LOOKS, MIDDLE_LOOKS = 2_000, 10, 100_000
"""Objects made before a look at the young; looks before one at the middle-aged, and at all."""


def collect_seldom() -> None:
    """From now on nothing that a request makes waits for a look at every stored object."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, YOUNG_LOOKS, MIDDLE_LOOKS)
