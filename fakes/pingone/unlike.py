"""What the documents leave open, decided by the seed: other answers that say the same.

Whoever relies on what one seed does meets another that does otherwise, as clients of Pebble do.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar
from zlib import crc32

from msgspec import Raw

from fakes.message import encode
from fakes.seed import Stream

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from fakes.store import Row

T = TypeVar("T")
R = TypeVar("R", bound="Row")

SHARES = (1.0, 0.75, 0.5, 0.25, 0.1)
"""How much of what it may hold a page holds, by seed."""
_NOTHING: Mapping[str, Any] = {}
_FEW, _SHORT, _REMEMBERED = 48, 512, 1024
"""Names of an object, and characters in them, of which the order is remembered; and how many."""
_VOWELS, _CONSONANTS = "aeiou", "bcdfghklmnprstvz"


class Constant(dict[str, Any]):
    """A part of answers that is never changed: how it is told is found once, and kept with it."""

    __slots__ = ("told",)

    def __init__(self, members: Mapping[str, Any]) -> None:
        super().__init__(members)
        self.told: tuple[Unlike | None, Raw] = (None, Raw())


@lru_cache(maxsize=64)
def unlike(seed: int, varied: frozenset[str]) -> Unlike:
    """The choices of one seed, made once: tenants share them, and what was found of them."""
    return Unlike(seed, varied)


class Unlike:
    """The choices of one seed; `varied` names those that it makes, the rest are as documented."""

    def __init__(self, seed: int, varied: frozenset[str]) -> None:
        self._seed = seed if "members" in varied else None
        self._orders: dict[tuple[str, ...], list[str]] = {}
        self._lists = "lists" in varied
        self._share = SHARES[seed % len(SHARES)] if "pages" in varied else 1.0
        self._odd = "tokens" in varied and seed % 2 == 1
        drawn = Stream(seed, "pingone/unlike").random
        self._part = drawn.randint(1, 23)
        self._list_seed = drawn.getrandbits(32)
        word = "".join(drawn.choice(one) for one in (_CONSONANTS, _VOWELS) * 3)
        more: Any = drawn.choice((True, 7, word, [word], {"name": word}))
        self._camel = {f"future{word.title()}": more} if "extras" in varied else {}
        self._snake = {f"future_{word}": more} if "extras" in varied else {}
        self._link = {f"future{word.title()}": word} if "extras" in varied else {}

    def rows(self, rows: Sequence[R]) -> Sequence[R]:
        """Objects in an order that says nothing, always the same, or as they are."""
        part = self._part
        return sorted(rows, key=lambda row: str(row.get("id", ""))[part:]) if self._lists else rows

    def several(self, items: Sequence[T], name: Callable[[T], str] = str) -> list[T]:
        """Few values whose order says nothing."""
        if not self._lists:
            return list(items)
        return sorted(items, key=lambda one: crc32(name(one).encode(), self._list_seed))

    def page(self, limit: int) -> int:
        """Items of a page that may have so many (paging page: it may have fewer)."""
        return max(1, int(limit * self._share))

    def answer(self, body: Any, status: int, *, oauth: bool) -> Any:
        """The body of an answer.

        More members are announced by the forward compatibility page; clients ignore them by RFC
        6749 section 5.1, RFC 7662 section 2.2, RFC 8414 section 2 and RFC 7517 section 4.
        """
        if type(body) is not dict:
            return body
        if not oauth:
            body = self._with_details(body)
        more = self._snake if oauth else self._camel
        inactive = body.get("active") is False  # RFC 7662 section 2.2: it says nothing else
        return self._told(body, {} if inactive or (oauth and status >= 400) else more)

    def claims(self, claims: Mapping[str, Any]) -> bytes:
        """The payload of a JWT, with one that nobody knows (RFC 7519 section 4: ignored)."""
        text = encode(self._ordered({**claims, **self._snake}))
        return text.replace(b"/", b"\\/") if self._odd else text

    def typ(self, typ: str | None) -> str | None:
        """Typ of an access token, which is optional until 2027 (token claims page)."""
        return None if self._odd else typ

    def parameters(self, values: Mapping[str, str]) -> dict[str, str]:
        """What is sent back in a URL; clients ignore the rest (RFC 6749 section 4.1.2)."""
        more = dict.fromkeys(self._snake, "1")
        return self._ordered({**values, **more})

    def _with_details(self, body: dict[str, Any]) -> dict[str, Any]:
        details = body.get("details")
        if type(details) is not list:
            return body
        return {**body, "details": self.several(details, lambda one: str(one.get("target")))}

    def _told(self, value: dict[str, Any], more: Mapping[str, Any]) -> dict[str, Any]:
        """An object with everything inside it, in the seed's order."""
        if "_links" in value:
            value = {**value, **self._camel, "_links": self._linked(value["_links"])}
        elif "kty" in value:
            value = {**value, **self._snake}
        elif more:
            value = {**value, **more}
        told = {}
        for name in self._in_order(value):
            one = value[name]
            told[name] = one if type(one) is str else self._inside(one)
        return told

    def _linked(self, links: Any) -> Any:
        """The links, with one that nobody follows (forward compatibility page)."""
        here = links.get("self") if type(links) is dict else None
        if type(here) is not dict:
            return links
        more = {name: {"href": f"{here.get('href')}/{word}"} for name, word in self._link.items()}
        return {**links, **more}

    def _inside(self, value: Any) -> Any:
        """What stands in an object or a list; most of it is small and stays as it is."""
        kind = type(value)
        if kind is Constant:
            told_by, text = value.told
            return text if told_by is self else self._constant(value)
        if kind is dict:
            if len(value) > 1 or not value:
                return self._told(value, _NOTHING)
            ((name, one),) = value.items()
            return value if type(one) is str else {name: self._inside(one)}
        return [self._inside(one) for one in value] if kind is list else value

    def _constant(self, value: Constant) -> Raw:
        """The JSON text of a part that is never changed."""
        text = Raw(encode(self._inside(dict(value))))
        value.told = (self, text)
        return text

    def _ordered(self, value: dict[str, T]) -> dict[str, T]:
        return {name: value[name] for name in self._in_order(value)}

    def _in_order(self, value: Mapping[str, object]) -> Iterable[str]:
        """The names of an object, in the seed's order."""
        if self._seed is None:
            return value
        names = tuple(value)
        return self._orders.get(names) or self._order(self._seed, names)

    def _order(self, seed: int, names: tuple[str, ...]) -> list[str]:
        """The names in the seed's order, remembered where they are few and short."""
        start = crc32(str(seed).encode())
        order = sorted(names, key=lambda name: crc32(name.encode("utf-8", "surrogatepass"), start))
        if len(names) <= _FEW and sum(map(len, names)) <= _SHORT:
            if len(self._orders) >= _REMEMBERED:
                self._orders.clear()
            self._orders[names] = order
        return order
