"""Everything random, drawn from one seed: the same seed gives the same ids, names and keys."""

from __future__ import annotations

import random
from uuid import UUID


class Stream:
    """A named stream of random values; other streams of the same seed do not disturb it."""

    def __init__(self, seed: int, name: str) -> None:
        self._origin = f"{seed}/{name}"
        self.random = random.Random(self._origin)  # noqa: S311 - reproducible on purpose

    def uuid(self) -> str:
        """A version 4 UUID in lower case, as PingOne's ids are."""
        return str(UUID(int=self.random.getrandbits(128), version=4))

    def token(self, size: int = 32) -> str:
        """`size` random characters of the base64url alphabet."""
        return "".join(self.random.choices(_ALPHABET, k=size))

    def restart(self) -> None:
        """Back to the start: part of a reset."""
        self.random.seed(self._origin)

    def state(self) -> object:
        """Where the stream stands, for a snapshot."""
        return self.random.getstate()

    def set_state(self, state: object) -> None:
        """Back to where `state` was taken."""
        self.random.setstate(state)  # type: ignore[arg-type]  # opaque outside this module


_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
