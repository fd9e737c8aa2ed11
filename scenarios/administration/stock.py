"""The objects of one kind of the admin API, and what is asked of all of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from harness.checks import expect_refused, expect_unchanged
from harness.errors import HarnessError
from harness.product import Product
from scenarios.collection import Collection, Saving

Json = dict[str, Any]

REFUSED = (422, 403, 405)
"""What refuses a change of what the product calls its own: no document chooses between them."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of object: its operations, and what may be said of its members.

    `build` gives a body that is saved; `edit` members that can be changed, with another value;
    `optional` a member that has a default, with a value that is not it; `required` the members
    that a save needs.
    """

    noun: str
    listed: str
    get: str
    build: Callable[[Product], Json]
    required: tuple[str, ...]
    edit: Mapping[str, object] = field(default_factory=dict)
    optional: Mapping[str, object] = field(default_factory=dict)
    member: str = "name"
    finder: str = "name"
    exact_case: bool = False
    number: bool = True
    add: str = ""
    update: str = ""
    delete: str = ""

    def of(self, product: Product) -> "Stock":
        """The objects of this kind in a product."""
        api = product.api
        collection = Collection(
            product,
            self.noun,
            listed=getattr(api, self.listed),
            add=getattr(api, self.add or f"add_{self.noun}"),
            get=getattr(api, self.get),
            update=getattr(api, self.update or f"update_{self.noun}"),
            delete=getattr(api, self.delete or f"delete_{self.noun}"),
            member=self.member,
            finder=self.finder,
        )
        return Stock(self, collection)


@dataclass(frozen=True, slots=True)
class Stock:
    """The objects of one kind in the product under test."""

    kind: Kind
    collection: Collection

    def name(self, noun: str = "") -> str:
        """A new name, short enough for a challenge policy, which may also name a host."""
        return self.collection.product.name(noun or self.kind.noun.rpartition("_")[2]).lower()

    def body(self, name: str | None = None, /, **members: Any) -> Json:
        """A body that is saved, under a new name unless one is given."""
        product = self.collection.product
        return {**self.kind.build(product), self.kind.member: name or self.name(), **members}

    def made(self, name: str | None = None, /, **members: Any) -> Json:
        """A new stored object."""
        return self.stored(self.body(name, **members))

    def stored(self, body: Json) -> Json:
        """The object that was stored for the body.

        Raises HarnessError when it was not: it is needed for something else.
        """
        answer = self.collection.create(body)
        if answer.status_code != 200:
            raise HarnessError(f"no {self.kind.noun} was made: {answer.status_code} {answer.text}")
        made: Json = answer.json()
        return made

    def saving(self, act: str) -> Saving:
        """A creation, or an update of a stored object, that would be saved."""
        control = self.made()
        if act == "create":
            return Saving("create", self.collection, control, self.body())
        good = self.body(control[self.kind.member])
        return Saving("update", self.collection, control, good)


def expect_stays(stock: Stock, own: Json) -> None:
    """Holds when an object that the product calls its own is neither deleted nor changed."""
    expect_refused(stock.collection.delete(own["id"]), status=REFUSED)
    answer = stock.collection.update(own["id"], json={**own, stock.kind.member: stock.name()})
    expect_refused(answer, status=REFUSED)
    expect_unchanged(own, stock.collection.stored(own["id"]), "the product's own object")
