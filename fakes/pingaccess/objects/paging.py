"""Where a page begins, as it should be and as it should not."""

from __future__ import annotations


def page_offset(page: int, size: int) -> int:
    """Right after the page before, the first being 1 (base: assumed, no document says)."""
    return (page - 1) * size


def skipping(page: int, size: int) -> int:
    """From the second page on one too late."""
    return (page - 1) * size + (page > 1)


def overlapping(page: int, size: int) -> int:
    """From the second page on one too early."""
    return (page - 1) * size - (page > 1)
