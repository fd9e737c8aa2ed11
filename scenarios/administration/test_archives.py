"""Every collection travels with the configuration."""

import pytest

from harness.checks import (
    expect_deleted,
    expect_equal,
    expect_members,
    expect_saved,
    expect_that,
)
from scenarios.administration.stock import Json, Stock
from scenarios.configuration.spoiling import objects
from scenarios.flow.archives import exported, imported


def held(archive: Json, stored: Json) -> list[Json]:
    """The objects of an archive, in whatever section, that are this one by id and name."""
    name = {"name", "alias", "host"} & stored.keys()
    return [
        one
        for one in objects(archive)
        if one.get("id") == stored["id"] and all(one.get(key) == stored[key] for key in name)
    ]


@pytest.mark.requirement("PA-ADMIN-089")
def test_an_export_holds_the_object_and_an_import_brings_it_back(stock: Stock) -> None:
    """Looked for in every section: public exports name only some of them.

    Source: PingAccess 7.2, configuration export and import (the whole configuration).
    """
    stock.collection.product.restorable("imports a configuration over everything there is")
    stored = stock.made(**stock.kind.edit)
    archive = exported(stock.collection.product)
    expect_equal(len(held(archive, stored)), 1, "objects of the archive that are this one")
    expect_deleted(stock.collection.delete(stored["id"]))
    later = stock.made()
    expect_that(not held(archive, later), "an archive of before", later)

    state = imported(stock.collection.product, archive)

    expect_members(state, {"status": "Complete"}, "the import")
    expect_equal(expect_saved(stock.collection.get(stored["id"])), stored, "the object")
    names = [one["id"] for one in stock.collection.named(later[stock.kind.member])]
    expect_equal(names, [], "objects that the archive lacks")
