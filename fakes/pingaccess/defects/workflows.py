"""Defects in how a configuration is exported and imported."""

from __future__ import annotations

from fakes.behaviour import Defect

WORKFLOWS = (
    Defect(
        "PA-D-498",
        "an export workflow lacks the applications",
        "PA-CONF-002",
        "workflow_data_lacks",
        frozenset({"applications"}),
    ),
    Defect("PA-D-499", "workflows are not listed", "PA-CONF-003", "workflows_listed", False),
    Defect(
        "PA-D-500", "an import at once changes nothing", "PA-CONF-010", "import_at_once_done", False
    ),
    Defect(
        "PA-D-501", "a failed import does not say why", "PA-CONF-012", "workflow_tells_why", False
    ),
    Defect(
        "PA-D-502",
        "an archive that is no JSON breaks the product",
        "PA-CONF-016",
        "malformed_status",
        500,
    ),
    Defect(
        "PA-D-503",
        "new ids begin at 1 again after an import",
        "PA-CONF-020",
        "import_forgets_ids",
        True,
    ),
)
