"""Everything random, drawn from one seed: the same seed gives the same ids, names and keys."""

from __future__ import annotations

import random
from hashlib import blake2b


class Stream:
    """A named stream of random values; other streams of the same seed do not disturb it."""

    def __init__(self, seed: int, name: str) -> None:
        self._origin = f"{seed}/{name}"
        self.random = random.Random(self._origin)  # noqa: S311 - reproducible on purpose

    def uuid(self) -> str:
        """A version 4 UUID in lower case, as PingOne's ids are."""
        return _uuid(self.random.getrandbits(128))

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


def numbered_uuid(seed: int, name: str, number: int) -> str:
    """The version 4 UUID of that number in a named row of them; none needs those before it."""
    drawn = blake2b(f"{seed}/{name}/{number}".encode(), digest_size=16).digest()
    return _uuid(int.from_bytes(drawn, "big"))


def _uuid(bits: int) -> str:
    """Random bits as a version 4 UUID, in lower case (RFC 9562 section 5.4)."""
    text = f"{bits & _FREE | _VERSION_4:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


_FREE = ~((0xF << 76) | (0b11 << 62))
_VERSION_4 = (4 << 76) | (0b10 << 62)
_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
