"""32 clients create, replace, read and delete at the same time."""

import uuid
from functools import partial
from typing import Any

import httpx
import pytest

from harness.checks import (
    expect_deleted,
    expect_equal,
    expect_items,
    expect_members,
    expect_refused,
    expect_saved,
    expect_that,
)
from harness.product import Product
from scenarios.administration.kinds import KINDS
from scenarios.administration.stock import Stock
from scenarios.collection import unused_number
from scenarios.concurrency.together import CLIENTS, Ask, by_turns, needs_sockets, together

Json = dict[str, Any]


def one_winner(stock: Stock, answers: list[httpx.Response]) -> Json:
    """The object of the only creation that succeeded; every other one was refused."""
    won = [answer for answer in answers if answer.status_code == 200]
    for answer in answers:
        if answer not in won:
            expect_refused(answer)
    expect_equal(len(won), 1, "creations that succeeded")
    winner = expect_saved(won[0])
    expect_equal(stock.collection.stored(winner["id"]), winner, "what is stored")
    return winner


@pytest.mark.requirement("PA-CONC-001")
def test_one_of_many_clients_gets_a_name(shared: Stock) -> None:
    """Source: assumed; names are unique whoever asks first."""
    name = shared.name()
    bodies = [shared.body(name) for _ in range(CLIENTS)]

    answers = together([partial(shared.collection.create, body) for body in bodies])

    winner = one_winner(shared, answers)
    found = shared.collection.named(name)
    expect_equal([one["id"] for one in found], [winner["id"]], "objects of the name")


@pytest.mark.requirement("PA-CONC-002")
def test_one_of_many_clients_gets_an_id(shared: Stock) -> None:
    """Source: assumed; an id that is taken is refused, whoever took it."""
    bodies = [shared.body() for _ in range(CLIENTS)]
    name = bodies[0][shared.kind.member]
    chosen: int | str = unused_number(name)
    if not shared.kind.number:
        chosen = str(uuid.uuid5(uuid.NAMESPACE_URL, name))

    creations = [partial(shared.collection.create, {**body, "id": chosen}) for body in bodies]
    answers = together(creations)

    winner = one_winner(shared, answers)
    expect_equal(winner["id"], chosen, "id")
    held = {one[shared.kind.member] for one in expect_items(shared.collection.listed())}
    left = sorted({body[shared.kind.member] for body in bodies} & held)
    expect_equal(left, [winner[shared.kind.member]], "names of the refused ones that are stored")


@pytest.mark.requirement("PA-CONC-003")
def test_every_creation_of_many_clients_is_kept(shared: Stock) -> None:
    """Source: assumed; a 200 is a promise."""
    bodies = [shared.body() for _ in range(CLIENTS)]

    answers = together([partial(shared.collection.create, body) for body in bodies])

    made = {one["id"]: one for one in map(expect_saved, answers)}
    expect_equal(len(made), CLIENTS, "ids that differ")
    listed = {one["id"]: one for one in expect_items(shared.collection.listed())}
    for key, one in made.items():
        expect_equal(listed.get(key), one, "the object in the list")


@pytest.mark.requirement("PA-CONC-003")
def test_every_update_of_many_clients_is_kept(shared: Stock) -> None:
    """Each of its own object.

    Source: assumed; a 200 is a promise.
    """
    stored = [shared.made() for _ in range(CLIENTS)]
    renamed = [{**one, shared.kind.member: shared.name("renamed")} for one in stored]

    answers = together([partial(shared.collection.update, one["id"], json=one) for one in renamed])

    member = shared.kind.member
    for answer, sent in zip(answers, renamed, strict=True):
        expect_members(expect_saved(answer), {member: sent[member]}, "the answer")
        expect_members(shared.collection.stored(sent["id"]), {member: sent[member]}, "it")


@pytest.mark.requirement("PA-CONC-003")
def test_one_of_many_clients_deletes(shared: Stock) -> None:
    """The others find nothing there.

    Source: assumed; what is gone is not deleted again.
    """
    stored = shared.made()

    answers = together([partial(shared.collection.delete, stored["id"])] * CLIENTS)

    statuses = [answer.status_code for answer in answers]
    expect_equal(statuses.count(200), 1, f"deletions that succeeded, of {statuses}")
    refused = all(status == 200 or 400 <= status < 500 for status in statuses)
    expect_that(refused, "a client error for every other one", statuses)
    expect_equal(shared.collection.named(stored[shared.kind.member]), [], "objects of the name")


@pytest.mark.requirement("PA-CONC-004")
def test_nobody_reads_half_of_an_update(product: Product) -> None:
    """Two versions that differ in three members take turns: each read is one of them.

    Source: assumed; an update is a full replacement.
    """
    needs_sockets(product)
    sites = KINDS["site"].of(product)
    first = sites.made(maxConnections=1, targets=["one.example.com:1"])
    second = {**first, "maxConnections": 2, "targets": ["two.example.com:2"], "secure": True}
    second = expect_saved(sites.collection.update(first["id"], json=second))
    writes = [
        partial(sites.collection.update, first["id"], json=body) for body in (first, second)
    ] * (CLIENTS // 4)
    read: Ask = partial(sites.collection.get, first["id"])
    reads = [read, sites.collection.listed] * (CLIENTS // 4)

    answers = together(by_turns(writes, reads))

    for answer in answers:
        told = expect_saved(answer)
        found = [one for one in told.get("items", [told]) if one["id"] == first["id"]]
        whole = found in ([first], [second])
        expect_that(whole, "one version of the site as a whole", found)
    last = sites.collection.stored(first["id"])
    expect_that(last in (first, second), "one version of the site as a whole", last)


@pytest.mark.requirement("PA-CONC-005")
def test_what_is_named_while_it_is_deleted_is_there_or_not_named(product: Product) -> None:
    """Half of the clients name a proxy, the others delete it.

    Source: assumed; references lead to something that is there.
    """
    needs_sockets(product)
    proxies, engines = KINDS["proxy"].of(product), KINDS["engine"].of(product)
    for first in ("name", "delete") * 3:
        proxy = proxies.made()
        bodies = [engines.body(httpProxyId=proxy["id"]) for _ in range(CLIENTS // 2)]
        naming = [partial(engines.collection.create, body) for body in bodies]
        deleting = [partial(proxies.collection.delete, proxy["id"])] * (CLIENTS // 2)

        asks = (naming, deleting) if first == "name" else (deleting, naming)
        answers = together(by_turns(*asks))

        succeeded = [answer.request.method for answer in answers if answer.status_code == 200]
        named, gone = succeeded.count("POST"), succeeded.count("DELETE")
        expect_that(bool(named) != bool(gone), "a proxy either named or deleted", [named, gone])
        expect_that(gone <= 1, "one deletion that succeeded at most", gone)
        names = {body["name"] for body in bodies}
        listed = [one for one in expect_items(engines.collection.listed()) if one["name"] in names]
        expect_equal(len(listed), named, "engines that name the proxy")
        for engine in listed:
            expect_deleted(engines.collection.delete(engine["id"]))
