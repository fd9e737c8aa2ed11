"""Requests that are sent at the same time."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import httpx

from harness.checks import not_measured
from harness.product import Product

CLIENTS = 32
"""So many at once."""

Ask = Callable[[], httpx.Response]


def needs_sockets(product: Product) -> None:
    """Holds where clients reach the product side by side; elsewhere not measured."""
    if product.target == "embedded":
        not_measured("clients at the same time need a product on sockets: --target served")


def together(asks: Sequence[Ask]) -> list[httpx.Response]:
    """The answers in the order of the requests, none of which is sent before all are ready."""
    ready = Barrier(len(asks))

    def at_once(ask: Ask) -> httpx.Response:
        ready.wait()
        return ask()

    with ThreadPoolExecutor(len(asks)) as pool:
        return list(pool.map(at_once, asks))


def by_turns(some: Sequence[Ask], others: Sequence[Ask]) -> list[Ask]:
    """One of these, one of those, and so on."""
    asks: list[Ask] = []
    for one, other in zip(some, others, strict=True):
        asks += (one, other)
    return asks
