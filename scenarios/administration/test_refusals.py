"""What a refusal says, and what is said beside a success."""

import pytest

from harness.checks import expect_equal, expect_refused, expect_saved, expect_that
from harness.product import Product
from scenarios.administration.kinds import KINDS
from scenarios.administration.stock import Stock
from scenarios.collection import Saving


@pytest.mark.requirement("PA-ADMIN-023")
def test_a_refusal_over_members_says_save_failed_and_gives_details(stock: Stock) -> None:
    """Source: OAuth server test of terraform-provider-pingaccess; virtual host test of the SDK."""
    saving = stock.saving("create")

    refusal = saving.refuses(saving.without(stock.kind.member), field=stock.kind.member)

    expect_equal(refusal["flash"], ["Save Failed"], "flash")
    expect_equal(list(refusal["form"]), [stock.kind.member], "faulty members")


@pytest.mark.requirement("PA-ADMIN-024")
def test_an_empty_virtual_host_earns_every_message_at_once(hosts: Stock) -> None:
    """Two messages under host, one under port about its range.

    Source: virtual host test of pingaccess-sdk-go (POST {}).
    """
    refusal = expect_refused(hosts.collection.create({}))

    expect_equal(sorted(refusal["form"]), ["host", "port"], "faulty members")
    expect_equal(len(refusal["form"]["host"]), 2, "messages under host")
    (about_port,) = refusal["form"]["port"]
    expect_that("1" in about_port and "65535" in about_port, "the range 1 to 65535", about_port)


@pytest.mark.requirement("PA-ADMIN-024")
def test_an_update_tells_every_faulty_member_at_once(saving_host: Saving) -> None:
    """Source: virtual host test of pingaccess-sdk-go (messages under every field)."""
    refusal = saving_host.refuses(saving_host.body(host=None, port=70_000))

    expect_equal(sorted(refusal["form"]), ["host", "port"], "faulty members")


@pytest.mark.requirement("PA-ADMIN-025")
def test_a_site_that_does_not_resolve_is_saved_with_a_warning(product: Product) -> None:
    """No resolver knows a name below .invalid (RFC 6761, section 6.4).

    Source: capture of a 200 answer in ping-cloud-base 1.5.0 (Warning: 199 PingAccess).
    """
    sites = KINDS["site"].of(product)
    body = sites.body(targets=["nowhere.invalid:443"])

    created = sites.collection.create(body)
    saved = expect_saved(created)
    updated = sites.collection.update(saved["id"], json=body)

    expect_saved(updated)
    for answer in (created, updated):
        said = answer.headers.get("Warning", "")
        expect_that(said.startswith("199 PingAccess"), "a Warning 199 of PingAccess", said)


@pytest.mark.requirement("PA-ADMIN-025")
def test_what_is_beyond_doubt_has_no_warning(hosts: Stock) -> None:
    """Source: capture of a 200 answer in ping-cloud-base 1.5.0 (only the doubtful is warned of)."""
    created = hosts.collection.create(hosts.body())
    read = hosts.collection.get(expect_saved(created)["id"])
    refused = hosts.collection.create({})

    for answer in (created, read, refused, hosts.collection.listed()):
        expect_equal(answer.headers.get("Warning"), None, "Warning header")
