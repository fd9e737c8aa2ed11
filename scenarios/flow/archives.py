"""Importing and exporting a configuration through the workflows of the admin API."""

from collections.abc import Callable, Mapping
from typing import Any

import httpx

from harness.checks import expect_members, expect_saved, expect_that, not_measured
from harness.product import Product

Json = dict[str, Any]

MOST_READS = 200
"""How often a workflow is read before it counts as hanging: a number, since nothing here waits."""


def may_import(product: Product, archive: Mapping[str, Any]) -> None:
    """Holds where the archive may replace the configuration, and the product is new enough for it.

    Source: PingAccess 7.2, configuration export and import: the importing system is not older.
    """
    product.resettable("imports a configuration over everything there is")
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
    return ended(product.api.get_config_import_workflow, started)


def exported(product: Product) -> Json:
    """The archive of everything that is configured now.

    Source: admin API 7.3, addConfigExportWorkflow, getConfigExportWorkflowData.
    """
    started = expect_saved(product.api.add_config_export_workflow())
    status = ended(product.api.get_config_export_workflow, started)
    expect_members(status, {"status": "Complete"}, "the export")
    return expect_saved(product.api.get_config_export_workflow_data(started["id"]))


def ended(read: Callable[..., httpx.Response], started: Json) -> Json:
    """The state of a workflow that is no longer in progress."""
    status = started
    for _ in range(MOST_READS):
        status = expect_saved(read(started["id"]))
        if status.get("status") != "In Progress":
            return status
    expect_that(False, f"a workflow that ends within {MOST_READS} reads", status)
    return status
