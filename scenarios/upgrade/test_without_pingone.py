"""PingOne cannot be reached on upgrade day."""

from collections.abc import Iterator

import pytest

from harness.checks import expect_equal, expect_members, expect_saved
from harness.clients.control import Control
from harness.product import Product
from scenarios.configuration.spoiling import with_section
from scenarios.flow.archives import exported, imported
from scenarios.upgrade.conftest import Json
from scenarios.upgrade.crossing import expect_connected, expect_imported, expect_shown, shown

KINDS = ("unreachable", "timeout", "status")
"""How PingOne fails."""


@pytest.fixture(params=KINDS)
def failure(request: pytest.FixtureRequest) -> dict[str, object]:
    """One way in which PingOne fails, wherever it is asked."""
    status = {"status": 503} if request.param == "status" else {}
    return {"host": "any", "kind": request.param, **status}


@pytest.fixture
def outage(product: Product) -> Iterator[Control]:
    """The control door, on which faults are set and which is left without any."""
    control = product.needs_control("PingOne out of reach of PingAccess")
    yield control
    control.clear_faults()


@pytest.mark.requirement("PA-UPG-006")
def test_an_import_completes_without_pingone(
    product: Product, own: Json, outage: Control, failure: dict[str, object]
) -> None:
    """Source: assumed; no document says whether an import asks PingOne."""
    before = shown(product)
    outage.set_faults(failure)

    expect_imported(product, own)

    expect_shown(product, before)


@pytest.mark.requirement("PA-UPG-007")
def test_an_import_without_pingone_is_whole_or_nothing(
    product: Product, own: Json, outage: Control, failure: dict[str, object]
) -> None:
    """Source: admin API 7.3, addConfigImportWorkflow (reverts to the state before)."""
    before = expect_saved(product.api.get_environment())
    name = product.name("environment")
    changed = with_section(own, environment={"name": name})
    names = shown(product)
    outage.set_faults(failure)

    status = imported(product, changed)

    done = status.get("status") == "Complete"
    after = expect_saved(product.api.get_environment())
    expect_equal(after, {**before, "name": name} if done else before, "the environment")
    expect_shown(product, names)


@pytest.mark.requirement("PA-UPG-008")
def test_an_imported_connection_works_as_soon_as_pingone_is_back(
    product: Product, own: Json, in_use: Json, outage: Control, failure: dict[str, object]
) -> None:
    """Source: assumed; admin API 7.3, PingOneCredentialStatus (UNKNOWN)."""
    outage.set_faults(failure)
    expect_members(imported(product, own), {"status": "Complete"}, "the import")
    expect_connected(product, in_use, "UNKNOWN")

    outage.clear_faults()

    expect_connected(product, in_use)


@pytest.mark.requirement("PA-UPG-010")
def test_an_export_without_pingone_is_the_archive_that_it_is_with_it(
    product: Product, own: Json, outage: Control, failure: dict[str, object]
) -> None:
    """Source: assumed; PingAccess 7.2, configuration export and import."""
    expect_equal(exported(product), own, "the archive while PingOne is there")
    outage.set_faults(failure)

    expect_equal(expect_saved(product.api.config_export()), own, "the direct export")
    expect_equal(exported(product), own, "the archive of the workflow")
