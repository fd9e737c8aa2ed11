"""What fakes are told to be otherwise: seeded defects by their ids, and switches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from harness.errors import BadSettings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fakes.behaviour import Defect


def known_defects(keys: Sequence[str]) -> tuple[Defect, ...]:
    """The seeded defects of these ids; BadSettings names one that is none."""
    if not keys:
        return ()
    from fakes.defects import defect  # noqa: PLC0415 - a live run needs no fakes

    try:
        return tuple(defect(key) for key in keys)
    except ValueError as error:
        raise BadSettings(f"--{error}") from None


def known_switches(written: Sequence[str]) -> tuple[Defect, ...]:
    """What `NAME=JSON` stands for, each; BadSettings says what is wrong with one."""
    if not written:
        return ()
    from fakes.switches import switched  # noqa: PLC0415 - a live run needs no fakes

    try:
        return tuple(switched(one) for one in written)
    except ValueError as error:
        raise BadSettings(f"--{error}") from None
