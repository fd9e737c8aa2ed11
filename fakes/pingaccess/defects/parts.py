"""Defects of the parts: credential, connections, plugins and archive."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fakes.pingaccess.defects import archives as archive_defects
from fakes.pingaccess.defects import credentials as credential_defects
from fakes.pingaccess.defects import hidden as hidden_defects
from fakes.pingaccess.defects import plugins as plugin_defects
from fakes.pingaccess.defects import proofs as connections_defects

if TYPE_CHECKING:
    from fakes.behaviour import Defect

DEFECTS: tuple[Defect, ...] = (
    *credential_defects.DEFECTS,
    *hidden_defects.DEFECTS,
    *connections_defects.DEFECTS,
    *plugin_defects.DEFECTS,
    *archive_defects.DEFECTS,
)
