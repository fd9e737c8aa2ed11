"""Defects of the core of the fake PingAccess: each one field with one wrong value."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fakes.behaviour import Defect

DEFECTS: tuple[Defect, ...] = ()
