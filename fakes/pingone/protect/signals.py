"""What an event tells of the device: its Signals payload, a cookie, and the user agent.

A real payload is opaque, so here every text is a device of its own. Nobody can write one that says
"a robot" or "a phishing site", therefore a payload that is a JSON object, plain or in base64url, is
read: `deviceId`, `domain`, `rules` (ids of the predictor rules page). That door is the fake's own.
"""

from __future__ import annotations

import re
from base64 import urlsafe_b64decode
from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

import msgspec

if TYPE_CHECKING:
    from fakes.pingone.behaviour import Behaviour
    from fakes.store import Row

_PLAIN_LIMIT = 16 * 1024
_AGENT_LIMIT = 1024
_JWT = re.compile(r"[\w-]+\.[\w-]+\.[\w-]+")

_SYSTEMS = ("Windows", "Android", "iPhone", "iPad", "Mac OS X", "CrOS", "Linux")
_BROWSERS = ("Edg", "OPR", "Firefox", "Chrome", "Safari")
_NAMES = {"Edg": "Edge", "OPR": "Opera", "iPhone": "iOS", "iPad": "iOS", "CrOS": "Chrome OS"}

_AUTOMATED = (
    (600, re.compile("headless|phantomjs", re.IGNORECASE)),
    (601, re.compile("selenium|webdriver|puppeteer|playwright", re.IGNORECASE)),
    (610, re.compile(r"^(curl|wget|python|go-http|java|libwww)|\bbot\b", re.IGNORECASE)),
)
"""Rules of Bot Detection that a user agent breaks by itself (predictor rules page)."""

_LIES = (("hasLiedOs", 505), ("hasLiedResolution", 505), ("hasLiedBrowser", 520))
"""Rules of the Suspicious Device predictor, by the fingerprint member that tells."""


class Device(NamedTuple):
    """A device as one event shows it; `rules` are those of the rules page that it breaks."""

    id: str
    domain: str = ""
    rules: tuple[int, ...] = ()
    signed: bool = False


class Agent(NamedTuple):
    """What a user agent says of itself; empty where it says nothing known."""

    system: str
    browser: str


def payload_of(event: Row) -> str:
    """The Signals payload, or ""."""
    if "sdk" not in event:
        return ""
    data = _inner(_inner(event, "sdk"), "signals").get("data")
    return data if isinstance(data, str) else ""


def browser_of(event: Row) -> Row:
    """What the event says of the browser, or nothing."""
    return _inner(event, "browser")


def device_of(behaviour: Behaviour, payload: str, browser: Row) -> Device | None:
    """The device, by the first source that tells of one."""
    for source in behaviour.device_told_by:
        text = payload if source == "signals" else browser.get("cookie")
        if isinstance(text, str) and text:
            read = _device if len(text) <= _PLAIN_LIMIT else _device.__wrapped__
            return read(text, behaviour.plain_signals_read and source == "signals")
    return None


@lru_cache(maxsize=1024)
def _device(text: str, plain: bool) -> Device:
    told = _plain(text) if plain else {}
    named = told.get("deviceId")
    key = named if isinstance(named, str) and named else text
    hashed = blake2b(key.encode("utf-8", "surrogatepass"), digest_size=16).digest()
    domain, rules = told.get("domain"), told.get("rules")
    return Device(
        f"Id-{UUID(bytes=hashed, version=4)}",
        domain.lower() if isinstance(domain, str) else "",
        tuple(one for one in rules if type(one) is int) if isinstance(rules, list) else (),
        _JWT.fullmatch(text) is not None,
    )


def _plain(text: str) -> dict[str, Any]:
    """The JSON object that the payload is; empty for one that is opaque."""
    if len(text) > _PLAIN_LIMIT:
        return {}
    data = text.encode("utf-8", "replace")
    try:
        if not text.startswith("{"):
            data = urlsafe_b64decode(data + b"=" * (-len(data) % 4))
        told = msgspec.json.decode(data)
    except (ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}


def agent_of(browser: Row) -> Agent | None:
    """System and browser of the user agent; None where there is none."""
    text = browser.get("userAgent")
    return _agent(text[:_AGENT_LIMIT]) if isinstance(text, str) and text else None


@lru_cache(maxsize=1024)
def _agent(text: str) -> Agent:
    system = next((one for one in _SYSTEMS if one in text), "")
    browser = next((one for one in _BROWSERS if one in text), "")
    return Agent(_NAMES.get(system, system), _NAMES.get(browser, browser))


def automation(browser: Row, device: Device | None) -> int | None:
    """The first rule of Bot Detection that the event breaks (600 to 699)."""
    found = [one for one in device.rules if 600 <= one < 700] if device else []
    text = browser.get("userAgent")
    if isinstance(text, str):
        found += _broken(text[:_AGENT_LIMIT])
    return found[0] if found else None


@lru_cache(maxsize=1024)
def _broken(agent: str) -> list[int]:
    return [rule for rule, pattern in _AUTOMATED if pattern.search(agent)]


def suspicion(browser: Row, device: Device | None) -> int | None:
    """The first rule of Suspicious Device that the event breaks (500 to 599)."""
    found = [one for one in device.rules if 500 <= one < 600] if device else []
    found += [rule for name, rule in _LIES if browser.get(name) is True]
    return found[0] if found else None


def fingerprinted(browser: Row) -> bool:
    """Whether the event carries what the older fingerprint tells of lies."""
    return any(isinstance(browser.get(name), bool) for name, _ in _LIES)


def _inner(row: Row, name: str) -> Row:
    value = row.get(name)
    return value if isinstance(value, dict) else {}
