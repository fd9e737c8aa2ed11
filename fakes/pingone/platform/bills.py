"""Bills of materials: the products of an environment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakes.pingone.drafts import Complaints, Draft
from fakes.pingone.errors import Answer

if TYPE_CHECKING:
    from fakes.pingone.tenant import Call, Tenant

TABLE = "billsOfMaterials"
PRODUCTS = (
    "PING_ONE_BASE",
    "PING_ONE_MFA",
    "PING_ONE_RISK",
    "PING_ONE_VERIFY",
    "PING_ONE_DAVINCI",
    "PING_ONE_AUTHORIZE",
    "PING_ONE_CREDENTIALS",
    "PING_FEDERATE",
    "PING_ACCESS",
    "PING_DIRECTORY",
)
"""Types of product (SDK EnumProductType, those that facts name; there are more)."""
SOLUTIONS = ("WORKFORCE", "CUSTOMER", "CIAM_TRIAL", "WF_TRIAL")


def first(environment_id: str, products: tuple[str, ...] = PRODUCTS[:3]) -> dict[str, Any]:
    """The bill of an environment that was made without one."""
    return {
        "environment": {"id": environment_id},
        "products": [{"type": product} for product in products],
    }


def get_bill_of_materials(tenant: Tenant, call: Call) -> Answer:
    """The products of an environment."""
    return Answer(200, _shown(tenant, call))


def update_bill_of_materials(tenant: Tenant, call: Call) -> Answer:
    """The products, replaced (200)."""
    complaints = Complaints(tenant.behaviour)
    bill = read(Draft(call.body, complaints))
    complaints.settle()
    of = {"environment": {"id": call.environment_id}}
    tenant.table(TABLE).put(call.environment_id, bill | of)
    return Answer(200, _shown(tenant, call))


def read(draft: Draft) -> dict[str, Any]:
    """What a body says of products (SDK BillOfMaterials)."""
    products = []
    for inner in draft.inners("products", required=True, limit=100):
        for bookmark in inner.inners("bookmarks", limit=5):
            bookmark.text("name", required=True)
            bookmark.text("href", required=True)
        inner.choice("type", PRODUCTS, required=True)
        products.append(inner.body)
    kinds = [product.get("type") for product in products]
    if len(set(map(str, kinds))) < len(kinds):
        draft.complain("UNIQUENESS_VIOLATION", "products", "must not hold one type twice")
    solution = draft.choice("solutionType", SOLUTIONS)
    return {"products": products} | ({"solutionType": solution} if solution else {})


def _shown(tenant: Tenant, call: Call) -> dict[str, Any]:
    links = tenant.links(call.environment_id, "billOfMaterials")
    bill = tenant.table(TABLE).get(call.environment_id) or first(call.environment_id)
    return {"_links": links, **{name: bill[name] for name in bill if name != "environment"}}
