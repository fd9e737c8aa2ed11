"""Edits that depend on what the token says: times from its own, hosts of its region, its audience.

Each takes a draft and gives one. A token that has just been issued says in `iat` what time it is,
so that a time "one second ago" needs no clock here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from harness.mutations import edits

if TYPE_CHECKING:
    from harness.jose import Draft

ISSUED = 1_767_225_600
"""What `iat` is taken to be where a token has none: the first second of 2026."""


def time_claim(draft: Draft, name: str, after_s: int) -> Draft:
    """A time that lies so many seconds behind `iat`; negative ones lie before it."""
    issued = dict(draft.claims).get("iat")
    now = issued if isinstance(issued, int) else ISSUED
    return edits.set_claim(draft, name, now + after_s)


def listed(draft: Draft, name: str, *before: object) -> Draft:
    """The claim as an array: these values, then what it was; a token without it stays so."""
    if name not in dict(draft.claims):
        return draft.unsigned()
    value = dict(draft.claims)[name]
    return edits.set_claim(draft, name, [*before, *(value if isinstance(value, list) else [value])])


def environment_in_url(draft: Draft, environment: str) -> Draft:
    """`authUrl` with the environment of somebody else in its path."""
    return edits.change_claim(draft, "authUrl", f"{{}}/{environment}/as")


def whole_region(draft: Draft) -> Draft:
    """Every host in one other region of PingOne, so that they agree with each other."""
    here = str(dict(draft.claims).get("aud")).endswith(".eu")
    region = "ca" if here else "eu"
    for claim, name in (("aud", "api"), ("authUrl", "auth"), ("consoleUrl", "console")):
        draft = edits.set_claim(draft, claim, f"https://{name}.pingone.{region}")
    return draft


def inside_itself(draft: Draft, *members: tuple[str, object]) -> Draft:
    """The token itself as the payload of a token, with these header members."""
    return edits.set_headers(edits.payload_is_token(draft), *members)


def grown(draft: Draft, size: int) -> Draft:
    """Claims that nobody knows, until the whole is of about this many characters."""
    missing = max(0, size - len(draft.compact()) - 342) * 3 // 4
    return edits.last_claim(draft, "pad", missing * "a")


def replicated(draft: Draft, name: str, value: object) -> Draft:
    """The claim in the header too, where it says something else (RFC 7519 section 5.3)."""
    return edits.set_header(draft, name, value)
