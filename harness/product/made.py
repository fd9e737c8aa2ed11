"""What a scenario made on a product that stays, so that it can be taken away again."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from harness.clients.admin_operations import KINDS
from harness.errors import HarnessError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import httpx

    from harness.journal import Journal

DELETERS = {
    **{kind: f"delete_{kind}" for kind in KINDS.values()},
    "certificate": "delete_trusted_cert",
    "resource": "delete_application_resource",
    "gateways": "delete_gateway",
    "riskPredictors": "delete_risk_predictor",
    "riskPolicySets": "delete_risk_policy_set",
    "applications": "delete_application",
    "resources": "delete_resource",
    "populations": "delete_population",
    "users": "delete_user",
    "groups": "delete_group",
}
"""The operation that deletes an object, by its kind: PingAccess's singular, PingOne's plural."""

PINGONE_KINDS = frozenset(
    {
        "gateways",
        "riskPredictors",
        "riskPolicySets",
        "applications",
        "resources",
        "populations",
        "users",
        "groups",
    }
)

ID = re.compile(r"[\w-]{1,100}", re.ASCII)
"""What an id looks like, so that the path of a deletion ends where its operation says."""

GONE = (200, 204, 404)
"""Answers after which an object is not there: deleted now, or already before."""

Delete: TypeAlias = "Callable[..., httpx.Response]"


@dataclass(frozen=True, slots=True)
class Made:
    """One object: its kind, the ids in its path, and its name for people."""

    kind: str
    keys: tuple[Any, ...]
    name: str = ""

    @classmethod
    def of(cls, kind: str, obj: Mapping[str, Any]) -> Made | None:
        """The object that an answer shows; None where it shows no id."""
        if kind not in DELETERS:
            raise HarnessError(f"{kind!r} is no kind of object that can be cleaned up")
        key = obj.get("id")
        keys = (obj.get("applicationId"), key) if kind == "resource" else (key,)
        if not keys_fit(kind, keys):
            return None
        return cls(kind, keys, str(obj.get("name") or obj.get("host") or obj.get("alias") or ""))

    @property
    def party(self) -> str:
        """Whose object it is."""
        return "pingone" if self.kind in PINGONE_KINDS else "pingaccess"

    def __str__(self) -> str:
        return f"{self.kind} {'/'.join(map(str, self.keys))} ({self.name})"


def keys_fit(kind: str, keys: Sequence[object]) -> bool:
    """Whether these can be the ids in the path of such an object.

    A product, or whoever wrote in a journal, must not choose what a deletion is sent to.
    """
    return len(keys) == (2 if kind == "resource" else 1) and all(
        type(one) in (int, str) and ID.fullmatch(str(one)) for one in keys
    )


class Keeper:
    """The objects of one scenario; with `active` false it remembers nothing."""

    __slots__ = ("_active", "_journal", "_kept", "_made")

    def __init__(self, *, active: bool, journal: Journal | None = None) -> None:
        self._active = active
        self._journal = journal
        self._made: dict[Made, None] = {}
        self._kept: Callable[[], httpx.Response] | None = None

    def keep(self, export: Delete, replace: Delete) -> None:
        """The configuration is exported, once, to be brought back when the scenario ends."""
        if self._kept is not None:
            return
        answer = export()
        if answer.status_code != 200:
            raise HarnessError(f"the export to be brought back was answered {answer.status_code}")
        archive = answer.json()
        self._kept = lambda: replace(json=archive)

    def bring_back(self) -> list[str]:
        """Why a configuration that was kept could not be brought back, as a sentence."""
        replace, self._kept = self._kept, None
        answer = replace() if replace else None
        if answer is None or answer.status_code == 200:
            return []
        told = f"{answer.status_code} {answer.text[:200]}"
        return [f"the configuration is not as it was: its import was answered {told}"]

    def remember(self, kind: str, obj: Mapping[str, Any]) -> None:
        """The object is removed when the scenario ends."""
        if not self._active or not isinstance(obj, dict):
            return
        made = Made.of(kind, obj)
        if made is None or made in self._made:
            return
        self._made[made] = None
        if self._journal is not None:
            self._journal.made(made)

    def adopt(self, made: Made) -> None:
        """An object that is in the journal already is this keeper's to remove."""
        self._made[made] = None

    def remove(self, deleter: Callable[[Made], Delete]) -> list[str]:
        """What could not be removed, each as a sentence.

        The newest goes first; what is refused as still in use is tried again once others are gone.
        """
        waiting, before = list(reversed(self._made)), -1
        told: dict[Made, str] = {}
        while waiting and len(waiting) != before:
            before = len(waiting)
            told = {made: why for made in waiting if (why := self._removed(made, deleter))}
            waiting = list(told)
        self._made.clear()
        return list(told.values())

    def _removed(self, made: Made, deleter: Callable[[Made], Delete]) -> str | None:
        why = _removed(made, deleter(made))
        if why is None and self._journal is not None:
            self._journal.removed(made)
        return why


def _removed(made: Made, delete: Delete) -> str | None:
    """None when the object is gone, else a sentence that says why it is not."""
    try:
        answer = delete(*made.keys)
    except HarnessError as error:
        return f"{made} is left: {error}"
    if answer.status_code in GONE:
        return None
    return f"{made} is left: its deletion was answered {answer.status_code} {answer.text[:200]}"
