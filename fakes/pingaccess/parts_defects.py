"""Defects of the parts: credential, connections, plugins and archive."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fakes.pingaccess import (
    archive_defects,
    connections_defects,
    credential_defects,
    plugin_defects,
)

if TYPE_CHECKING:
    from fakes.behaviour import Defect

DEFECTS: tuple[Defect, ...] = (
    *credential_defects.DEFECTS,
    *connections_defects.DEFECTS,
    *plugin_defects.DEFECTS,
    *archive_defects.DEFECTS,
)
