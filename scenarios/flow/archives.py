"""Importing and exporting a configuration through the workflows of the admin API."""

from collections.abc import Mapping
from typing import Any, Literal

from harness.checks import expect_members, expect_saved, not_measured
from harness.product import Product
from harness.waiting import settled
from scenarios.answered import member_of

Json = dict[str, Any]

LONGEST_S = 300
"""How long a workflow is waited for: no document says how long one may take."""


def may_import(product: Product, archive: Mapping[str, Any]) -> None:
    """Holds where the archive may replace the configuration, and the product is new enough for it.

    Source: PingAccess 7.2, configuration export and import: the importing system is not older.
    """
    product.restorable("imports a configuration over everything there is")
    version = expect_saved(product.api.version())["version"]
    if numbers(archive["version"]) > numbers(version):
        not_measured(f"an archive of {archive['version']} is not for a PingAccess {version}")


def numbers(version: str) -> list[int]:
    """The release of a version, to be compared: the first three numbers."""
    return [int(number) for number in version.split(".")[:3]]


def imported(product: Product, archive: Mapping[str, Any], *, fail_fast: bool = False) -> Json:
    """The final state of the workflow that imported the archive.

    Source: admin API 7.3, addConfigImportWorkflow (failFast required), getConfigImportWorkflow.
    """
    params = {"failFast": str(fail_fast).lower()}
    started = expect_saved(product.api.add_config_import_workflow(json=archive, params=params))
    return ended(product, "import", started)


def exported(product: Product) -> Json:
    """The archive of everything that is configured now.

    Source: admin API 7.3, addConfigExportWorkflow, getConfigExportWorkflowData.
    """
    started = expect_saved(product.api.add_config_export_workflow())
    status = ended(product, "export", started)
    expect_members(status, {"status": "Complete"}, "the export")
    return expect_saved(product.api.get_config_export_workflow_data(started["id"]))


def ended(product: Product, kind: Literal["import", "export"], started: Json) -> Json:
    """The state of a workflow that is no longer in progress; not measured where it takes too long.

    Source: admin API 7.3, getConfigImportWorkflow and getConfigExportWorkflow, schema ConfigStatus.
    """
    read = getattr(product.api, f"get_config_{kind}_workflow")
    key = member_of(started, "id")
    return settled(
        lambda: expect_saved(read(key)),
        lambda status: status.get("status") != "In Progress",
        product.pause,
        what=f"the end of {kind} {key}",
        limit_s=LONGEST_S,
    )
