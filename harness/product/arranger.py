"""What arrangements have in common: names, what is shared, and how a failure is told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from harness.errors import HarnessError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import httpx

    from harness.clients.admin import AdminApi
    from harness.product.descriptors import Json
    from harness.product.means import Means


class Arranger:
    """Arrangements of one scenario in PingAccess. What they share is made once.

    Each `add_*` gives the stored object or raises HarnessError, so that a broken arrangement is
    never counted against the product; each `*_body` gives what would be sent.
    """

    def __init__(
        self, api: AdminApi, means: Means, pingone_ca_pem: Callable[[], str | None]
    ) -> None:
        self._api = api
        self._record = means.record
        self._keeper = means.keeper
        self._name = means.name
        self._pingone_ca_pem = pingone_ca_pem
        self._shared: dict[str, Any] = {}

    def remember(self, kind: str, obj: Any) -> None:
        """The object is removed when the scenario ends, where the product outlives it."""
        self._keeper.remember(kind, obj)

    def forget(self) -> None:
        """What arrangements share is made anew: the configuration was replaced."""
        self._shared.clear()

    def _named(self, members: Mapping[str, Any], noun: str) -> Any:
        return members["name"] if "name" in members else self._name(noun)

    def _once(self, what: str, make: Callable[[], Any]) -> Any:
        if what not in self._shared:
            self._shared[what] = make()
        return self._shared[what]

    def _stored(self, kind: str, answer: httpx.Response) -> Json:
        """The object that was saved; HarnessError says what was answered instead."""
        stored = self._json(answer)
        if answer.status_code != 200 or "id" not in stored:
            raise HarnessError(self._record.masked(f"no {kind} was made: {_told(answer)}"))
        self._keeper.remember(kind, stored)
        return stored

    def _listed(self, answer: httpx.Response) -> list[Json]:
        items = self._json(answer).get("items")
        if answer.status_code != 200 or not isinstance(items, list):
            raise HarnessError(self._record.masked(f"no list was given: {_told(answer)}"))
        return items

    @staticmethod
    def _json(answer: httpx.Response) -> Json:
        try:
            told = answer.json()
        except (ValueError, RecursionError):
            return {}
        return told if isinstance(told, dict) else {}


def id_of(obj: Any) -> Any:
    """The id of an object, or the id that was given in its place."""
    return obj["id"] if isinstance(obj, dict) else obj


def _told(answer: httpx.Response) -> str:
    asked = answer.request
    return f"{asked.method} {asked.url.path} was answered {answer.status_code} {answer.text[:300]}"
