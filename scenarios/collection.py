"""What is asked of every collection of the admin API in the same way.

A `Collection` is the five operations of one kind of object; a `Saving` is one way to save such
an object, as a new one or over a stored one, so that a refusal is asked for on both ways.
"""

import zlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import httpx

from harness.checks import (
    expect_equal,
    expect_items,
    expect_refused,
    expect_saved,
    expect_status,
    expect_that,
    expect_unchanged,
)
from harness.product import Product

Json = dict[str, Any]
Operation = Callable[..., httpx.Response]

MALFORMED = (422, 400)
"""What refuses a body that is not of the documented types: no document chooses between them."""

UNKNOWN_NUMBER = 2_000_000_000
"""An id within int32 that no product reaches by counting."""


@dataclass(frozen=True, slots=True)
class Collection:
    """The operations of one collection, and the kind under which its objects are cleaned up.

    `member` names an object of it, and `finder` is the parameter that finds one by this name.
    """

    product: Product
    kind: str
    listed: Operation
    add: Operation
    get: Operation
    update: Operation
    delete: Operation
    member: str = "name"
    finder: str = "name"

    def create(self, body: object) -> httpx.Response:
        """The answer to a creation; what was made is remembered for the clean-up."""
        answer = self.add(json=body)
        if answer.status_code == 200:
            self.product.admin.remember(self.kind, expect_saved(answer))
        return answer

    def stored(self, key: object) -> Json:
        """The object as it is stored now."""
        return expect_saved(self.get(key))

    def named(self, name: str) -> list[Json]:
        """The stored objects of exactly this name."""
        return expect_items(self.listed(params={self.finder: name}))


@dataclass(frozen=True, slots=True)
class Saving:
    """One way to save: `good` is a body that would be saved, `control` an object that was.

    On `update` the control is also the object that is written over. `good` may then be the
    control itself, or another body that would be saved over it.
    """

    act: Literal["create", "update"]
    collection: Collection
    control: Json
    good: Json

    def body(self, **changes: object) -> Json:
        """The good body with other members."""
        return {**self.good, **changes}

    def without(self, *members: str) -> Json:
        """The good body without some of its members."""
        return {key: value for key, value in self.good.items() if key not in members}

    def attempt(self, body: object) -> httpx.Response:
        """The answer to the save."""
        if self.act == "create":
            return self.collection.create(body)
        return self.collection.update(self.control["id"], json=body)

    def saves(self, body: object) -> Json:
        """The object that the product stored for a body that it has to take."""
        return expect_saved(self.attempt(body))

    def refuses(
        self, body: object, *, field: str | None = None, status: int | tuple[int, ...] = 422
    ) -> Json:
        """The refusal of a body that must not be saved, after which nothing is stored of it."""
        answer = self.attempt(body)
        refusal = expect_refused(answer, field=field, status=status)
        self.expect_nothing_stored()
        return refusal

    def expect_nothing_stored(self) -> None:
        """Holds when the control is what it was and the good body's name is not taken."""
        now = self.collection.stored(self.control["id"])
        expect_unchanged(self.control, now, "the stored object after a refusal")
        if self.act == "create":
            found = self.collection.named(self.good[self.collection.member])
            expect_equal(found, [], "objects of the refused name")


def expect_paged(pages: Operation, keys: Iterable[object], params: Mapping[str, object]) -> None:
    """Holds when pages of two hold three objects once each, whether the first page is 0 or 1."""
    pages_of_two = {**params, "numberPerPage": 2}
    second = [item["id"] for item in expect_items(pages(params={**pages_of_two, "page": 1}))]
    other = 2 if len(second) == 2 else 0
    rest = [item["id"] for item in expect_items(pages(params={**pages_of_two, "page": other}))]
    expect_equal(sorted([len(second), len(rest)]), [1, 2], "sizes of two pages of three objects")
    expect_equal(sorted(second + rest, key=str), sorted(keys, key=str), "ids on all pages")


def expect_found(listed: Operation, params: Mapping[str, object], keys: Iterable[object]) -> None:
    """Holds when a list answers exactly these objects for these parameters, each once."""
    found = [item["id"] for item in expect_items(listed(params=dict(params)))]
    expect_equal(sorted(found, key=str), sorted(keys, key=str), f"ids found by {dict(params)}")


def expect_sorted(listed: Operation, params: Mapping[str, object], member: str) -> None:
    """Holds when the list follows the sort key in both orders."""
    for order, backwards in (("ASC", False), ("DESC", True)):
        asked = {**params, "sortKey": member, "order": order}
        values = [item[member] for item in expect_items(listed(params=asked))]
        expect_that(len(values) > 1, "at least two objects to sort", values)
        expect_equal(values, sorted(values, reverse=backwards), f"{member} in order {order}")


def expect_absent(answer: httpx.Response, *, requirement: str | None = None) -> None:
    """Holds for 404. Another client error refutes the number only: nothing was there either."""
    expect_status(answer, 404, assumed=answer.is_client_error, requirement=requirement)


def expect_listed(listed: Iterable[Json], wanted: Iterable[Json]) -> None:
    """Holds when a list holds each of these objects once, as it is stored."""
    for one in wanted:
        found = [item for item in listed if item.get("id") == one["id"]]
        expect_equal(found, [one], f"what the list shows of {one['name']}")


def expect_gone(collection: Collection, key: object, name: str) -> None:
    """Holds when an object is neither read, nor updated, nor deleted, nor listed."""
    expect_absent(collection.get(key))
    expect_absent(collection.delete(key))
    expect_equal(collection.named(name), [], f"objects named {name}")


def expect_pointer_to_put(refusal: Json, taken: object) -> None:
    """Holds when a refusal of a taken id says so in flash, points to PUT and names no field."""
    text = " ".join(refusal["flash"])
    expect_that("PUT" in text, f"a message for the taken id {taken!r} that points to PUT", text)
    expect_equal(refusal["form"], {}, "form of a refusal that is about no field")


def expect_complaint_about(refusal: Json, key: str) -> None:
    """Holds when form complains about a plugin's field, plainly or as configuration.field.

    The form of the key is not documented for plugin configurations.
    """
    fields = list(refusal["form"])
    about = any(field.split(".")[-1] == key for field in fields)
    expect_that(about, f"a complaint about {key} in form", fields)


def unused_number(name: str) -> int:
    """An id for a client to choose, as unique as the name."""
    return 1_000_000_000 + zlib.crc32(name.encode()) % 900_000_000
