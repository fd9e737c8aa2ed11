"""Defects of the parts: credential, spending, hidden fields, plugins and archive."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fakes.behaviour import Defect

DEFECTS: tuple[Defect, ...] = ()
