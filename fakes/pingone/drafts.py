"""Bodies as clients send them: every member looked at, every complaint kept until the end."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from fakes.pingone.errors import detail, invalid_data

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from fakes.pingone.behaviour import Behaviour


class Complaints:
    """What is wrong with a body, in the order in which it was found."""

    def __init__(self, behaviour: Behaviour) -> None:
        self.behaviour = behaviour
        self.found: list[dict[str, Any]] = []

    def add(self, code: str, target: str, message: str, **inner: Any) -> None:
        """One more complaint."""
        self.found.append(detail(code, target, message, **inner))

    def settle(self, status: int | None = None) -> None:
        """Nothing where all is well; otherwise raises the refusal that tells everything."""
        if self.found:
            raise invalid_data(self.behaviour, self.found, status)


class Draft:
    """A JSON object of a body, read member by member; null is as good as absent."""

    def __init__(self, body: dict[str, Any], complaints: Complaints, path: str = "") -> None:
        self.body = body
        self.complaints = complaints
        self.path = path

    def target(self, name: str) -> str:
        """Where a member stands, as a detail's target says it."""
        return f"{self.path}{name}"

    def complain(self, code: str, name: str, message: str, **inner: Any) -> None:
        """One complaint about one member."""
        self.complaints.add(code, self.target(name), message, **inner)

    def has(self, name: str) -> bool:
        """Whether the member is there and not null."""
        return self.body.get(name) is not None

    def value(self, name: str, *, required: bool = False) -> Any:
        """The member as it is, or None."""
        value = self.body.get(name)
        if value is None and required:
            self.complain("REQUIRED_VALUE", name, "must be present")
        return value

    def text(
        self, name: str, *, required: bool = False, limit: int = 1024, pattern: str | None = None
    ) -> str | None:
        """A text that is not blank, not longer than `limit`, and like `pattern`."""
        value = self.value(name, required=required)
        if value is None:
            return None
        if not isinstance(value, str):
            self._wrong(name, "must be a string")
            return None
        if not value.strip():
            self.complain("EMPTY_VALUE", name, "must not be blank")
        elif len(value) > limit:
            message = f"must have at most {limit} characters"
            self.complain("SIZE_LIMIT_EXCEEDED", name, message, maximumValue=limit)
        elif pattern and not re.fullmatch(pattern, value):
            message = f"must match {pattern}"
            self.complain("INVALID_VALUE", name, message, allowedPattern=pattern)
        else:
            return value
        return None

    def flag(self, name: str, *, required: bool = False) -> bool | None:
        """True or false."""
        value = self.value(name, required=required)
        if self.complaints.behaviour.texts_as_flags and value in ("true", "false"):
            return bool(value == "true")
        if value is None or isinstance(value, bool):
            return value
        self._wrong(name, "must be true or false")
        return None

    def choice(
        self, name: str, allowed: Sequence[str], *, required: bool = False, fold: bool = False
    ) -> str | None:
        """One of `allowed`; with `fold`, in any case."""
        value = self.value(name, required=required)
        if value is None:
            return None
        found = value.upper() if fold and isinstance(value, str) else value
        if isinstance(found, str) and found in allowed:
            return found
        message = f"must be one of {', '.join(allowed)}"
        self.complain("INVALID_VALUE", name, message, allowedValues=list(allowed))
        return None

    def number(self, name: str, low: float, high: float, *, required: bool = False) -> Any:
        """A number from `low` to `high`."""
        value = self.value(name, required=required)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float):
            self._wrong(name, "must be a number")
            return None
        if low <= value <= high:
            return value
        self.complain(
            "OUT_OF_RANGE",
            name,
            f"must be from {low:g} to {high:g}",
            rangeMinimumValue=low,
            rangeMaximumValue=high,
        )
        return None

    def whole(self, name: str, low: float, high: float, *, required: bool = False) -> int | None:
        """A whole number from `low` to `high`."""
        value = self.number(name, low, high, required=required)
        if value is None or value == int(value):
            return None if value is None else int(value)
        self._wrong(name, "must be a whole number")
        return None

    def inner(self, name: str, *, required: bool = False) -> Draft | None:
        """An object inside."""
        value = self.value(name, required=required)
        if value is None:
            return None
        if not isinstance(value, dict):
            self._wrong(name, "must be an object")
            return None
        return Draft(value, self.complaints, f"{self.path}{name}.")

    def items(self, name: str, *, required: bool = False, limit: int | None = None) -> list[Any]:
        """A list, empty where there is none; a required one is not empty."""
        value = self.value(name, required=required)
        if value is None:
            return []
        if not isinstance(value, list):
            self._wrong(name, "must be an array")
            return []
        if not value and required:
            self.complain("EMPTY_VALUE", name, "must not be empty")
        if limit is not None and len(value) > limit:
            message = f"must have at most {limit} items"
            self.complain("SIZE_LIMIT_EXCEEDED", name, message, maximumValue=limit)
            return []
        return value

    def inners(
        self, name: str, *, required: bool = False, limit: int | None = None
    ) -> Iterator[Draft]:
        """The objects of a list."""
        for index, item in enumerate(self.items(name, required=required, limit=limit)):
            here = f"{name}[{index}]"
            if isinstance(item, dict):
                yield Draft(item, self.complaints, f"{self.path}{here}.")
            else:
                self._wrong(here, "must be an object")

    def characters(self, name: str, value: str | None) -> None:
        """A complaint where a name holds another character than names may."""
        allowed = self.complaints.behaviour.gateway_name_character
        if value is not None and not all(map(allowed, value)):
            self._wrong(name, "may hold letters, digits, marks, / . ' _ space and - only")

    def texts(self, name: str, *, required: bool = False, limit: int | None = None) -> list[str]:
        """The texts of a list."""
        items = self.items(name, required=required, limit=limit)
        for index, item in enumerate(items):
            if not isinstance(item, str) or not item:
                self._wrong(f"{name}[{index}]", "must be a string that is not empty")
        return [item for item in items if isinstance(item, str)]

    def _wrong(self, name: str, message: str) -> None:
        self.complain("INVALID_VALUE", name, message)
