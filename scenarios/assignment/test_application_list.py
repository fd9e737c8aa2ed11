"""The list of applications finds, sorts and pages."""

from typing import Any

import pytest

from harness.product import Product
from scenarios.collection import Collection, expect_found, expect_paged, expect_sorted

Json = dict[str, Any]


@pytest.mark.requirement("PA-APP-016")
def test_the_list_finds_by_name_and_by_part_of_a_name(
    product: Product, application: Json, applications: Collection
) -> None:
    """Source: admin API 7.3, getApplications, parameters name and filter."""
    name = application["name"]
    longer = product.admin.add_application(name=f"x-{name}-y")

    expect_found(applications.listed, {"name": name}, [application["id"]])
    expect_found(applications.listed, {"filter": name}, [application["id"], longer["id"]])
    expect_found(applications.listed, {"name": name + "-other"}, [])


@pytest.mark.requirement("PA-APP-016")
def test_the_list_finds_by_site(product: Product, applications: Collection) -> None:
    """Source: admin API 7.3, getApplications, parameter siteId."""
    site, empty = product.admin.add_site(), product.admin.add_site()
    here = [product.admin.add_application(siteId=site["id"]) for _ in range(2)]
    product.admin.add_application()

    expect_found(applications.listed, {"siteId": site["id"]}, [one["id"] for one in here])
    expect_found(applications.listed, {"siteId": empty["id"]}, [])


@pytest.mark.requirement("PA-APP-016")
def test_the_list_finds_by_virtual_host(product: Product, applications: Collection) -> None:
    """An application is found by each of its virtual hosts.

    Source: admin API 7.3, getApplications, parameter virtualHostId.
    """
    first, second = (product.admin.add_virtual_host()["id"] for _ in range(2))
    both = product.admin.add_application(virtualHostIds=[first, second])
    one = product.admin.add_application(virtualHostIds=[second])

    expect_found(applications.listed, {"virtualHostId": first}, [both["id"]])
    expect_found(applications.listed, {"virtualHostId": second}, [both["id"], one["id"]])


@pytest.mark.requirement("PA-APP-016")
def test_two_parameters_narrow_the_list(product: Product, applications: Collection) -> None:
    """Source: admin API 7.3, getApplications, parameters siteId and filter."""
    site = product.admin.add_site()["id"]
    wanted = product.admin.add_application(siteId=site)
    product.admin.add_application(siteId=site)

    asked = {"siteId": site, "filter": wanted["name"]}

    expect_found(applications.listed, asked, [wanted["id"]])


@pytest.mark.requirement("PA-APP-016")
def test_the_pages_of_the_list_are_complete_and_do_not_overlap(
    product: Product, applications: Collection
) -> None:
    """Source: admin API 7.3, getApplications, parameters page and numberPerPage."""
    part = product.name("paged")
    added = [product.admin.add_application(name=f"{part}-{letter}") for letter in "abc"]

    expect_paged(applications.listed, [one["id"] for one in added], {"filter": part})


@pytest.mark.requirement("PA-APP-016")
@pytest.mark.parametrize("member", ["name", "description", "contextRoot"])
def test_the_list_is_sorted_in_both_orders(
    product: Product, applications: Collection, member: str
) -> None:
    """Source: admin API 7.3, Application.name, description and contextRoot (sortable)."""
    part, root = product.name("sorted"), product.unique_path()
    for one, two, three in ("bxm", "cwl", "ayn"):
        product.admin.add_application(
            f"{root}-{three}", name=f"{part}-{one}", description=f"about {two}"
        )

    expect_sorted(applications.listed, {"filter": part}, member)
