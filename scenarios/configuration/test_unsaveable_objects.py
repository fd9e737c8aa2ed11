"""What could not be saved through the API cannot be imported either.

A plugin that is not installed is left out: an archive from elsewhere may name one, and nothing says
whether it is then refused or imported with a warning.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from harness.checks import expect_members, expect_saved, not_measured
from harness.product import Product
from scenarios.collection import UNKNOWN_NUMBER
from scenarios.configuration.spoiling import (
    WAYS,
    Way,
    expect_import_refused,
    expect_same_configuration,
    sent,
    with_section,
)
from scenarios.flow.archives import imported

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with the last object of a section, and the operation that would save it.

    `spoilt` gives that object with the fault, from the object and the first of its section.
    """

    section: str
    update: str
    spoilt: Callable[[Json, Json], Json]

    def within(self, archive: Json) -> tuple[Json, Json]:
        """The object with the fault, and the archive with it in its place."""
        *others, last = archive["data"][self.section]
        wrong = self.spoilt(last, (others or [last])[0])
        return wrong, with_section(archive, **{self.section: [*others, wrong]})


FAULTS = {
    "the name of another": Fault(
        "rules", "update_rule", lambda last, first: {**last, "name": first["name"]}
    ),
    "a required member lacks": Fault(
        "sites",
        "update_site",
        lambda last, _: {key: value for key, value in last.items() if key != "targets"},
    ),
    "a value out of range": Fault(
        "virtualHosts", "update_virtual_host", lambda last, _: {**last, "port": 0}
    ),
    "a reference to nothing": Fault(
        "applications", "update_application", lambda last, _: {**last, "siteId": UNKNOWN_NUMBER}
    ),
    "a required setting of a plugin lacks": Fault(
        "rules", "update_rule", lambda last, _: {**last, "configuration": {}}
    ),
}


@pytest.fixture
def whole(product: Product, own: Json) -> Json:
    """An archive without a fault, which was imported, and in which there are two rules."""
    del own  # the shop is there, and may be replaced
    product.admin.add_rule()
    archive = expect_saved(product.api.config_export())
    expect_members(imported(product, archive), {"status": "Complete"}, "the import of the control")
    return archive


@pytest.mark.requirement("PA-CONF-024")
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("fault", FAULTS)
def test_an_import_refuses_an_object_that_a_save_would_refuse(
    product: Product, whole: Json, fault: str, way: Way
) -> None:
    """Source: assumed; archives hold the same objects as the API (PingAccess 7.2)."""
    wrong, archive = FAULTS[fault].within(whole)
    save = getattr(product.api, FAULTS[fault].update)
    if save(wrong["id"], json=wrong).status_code == 200:
        not_measured(f"a save takes an object with {fault} too")

    expect_import_refused(product, sent(product, way, json=archive))

    expect_same_configuration(product, whole)
