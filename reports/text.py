"""Foreign text, made safe to look at: whatever a product sends is hostile to a report."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from hashlib import sha256

from markupsafe import Markup, escape

LONGEST = 6_000
"""Characters of one text that a page shows."""

LONGEST_LINE = 220
"""Characters of a text that has one line."""

_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\ufe00-\ufe0f\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e0fff]+"
)
"""Controls, characters that reorder text (bidi), that have no width, and half surrogates."""

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"?|[{}\[\],:]|[^\s{}\[\],:"]+', re.DOTALL)
_WORD = re.compile(r"\w+|\s+|.", re.DOTALL)
_DEEPEST = 12

MOST_WORDS = 500
"""Words of a text that is compared word by word; that takes quadratic time."""


def plain(text: str) -> str:
    """The text with every character that cannot be seen written as an escape."""
    return _UNSEEN.sub(_codes, text)


def shown(value: object) -> Markup:
    """The text for a page: escaped, cut, unseen characters marked as such."""
    if isinstance(value, Markup):
        return value
    text = str(value)
    rest = len(text) - LONGEST
    text = text[:LONGEST]
    marked = _UNSEEN.sub(_marked, str(escape(text)))
    safe = Markup(marked)  # noqa: S704 - escaped, and then only marked
    return safe + _cut(rest) if rest > 0 else safe


def line(value: object, most: int = LONGEST_LINE) -> Markup:
    """The text for a page, on one line and cut to the length of one."""
    if isinstance(value, Markup):
        return value
    text = str(value)[: 4 * most]
    words = " ".join(text.split())
    return shown(words if len(words) <= most else f"{words[: most - 1]}…")


def attribute(value: object) -> Markup:
    """The text for an attribute or a title, where nothing can be marked: escaped and cut."""
    return escape(plain(str(value)[:LONGEST_LINE]))


def breakable(name: str) -> Markup:
    """The name of a scenario, on one line; where that is too short, it breaks between words."""
    safe = str(line(name))  # no tag or entity of ours has an underscore or two colons
    return Markup(safe.replace("::", "::<wbr>").replace("_", "_<wbr>"))  # noqa: S704 - escaped


def pretty(text: str) -> Markup:
    """JSON with a line for each member; nothing of it is changed but the space between tokens.

    Works on JSON that is cut, broken or says a name twice; other text is shown as it is.
    """
    if text.lstrip()[:1] not in ("{", "["):
        return shown(text)
    rest = len(text) - LONGEST
    signs = _TOKEN.findall(text[:LONGEST])
    pieces: list[Markup] = []
    depth = 0
    for at, sign in enumerate(signs):
        following = signs[at + 1] if at + 1 < len(signs) else ""
        opens, closes = sign in "{[", sign in "}]"
        if closes and signs[at - 1] not in ("{", "["):
            depth -= 1
            pieces.append(_line(depth))
        pieces.append(_coloured(sign, following))
        if opens and following not in ("}", "]"):
            depth += 1
            pieces.append(_line(depth))
        elif sign == ",":
            pieces.append(_line(depth))
        elif sign == ":":
            pieces.append(Markup(" "))
    pieces += [_cut(rest)] if rest > 0 else []
    return Markup().join(pieces)


def contrasted(expected: str, actual: str) -> tuple[Markup, Markup]:
    """Both texts, what differs marked where they have much in common."""
    words = _WORD.findall(expected), _WORD.findall(actual)
    if not all(5 < len(one) <= MOST_WORDS for one in words):
        return shown(expected), shown(actual)
    matcher = SequenceMatcher(None, *words, autojunk=False)
    if matcher.ratio() < 0.6:
        return shown(expected), shown(actual)
    left, right = [], []
    for kind, start, end, other_start, other_end in matcher.get_opcodes():
        left.append(_marked_if(kind != "equal", "".join(words[0][start:end])))
        right.append(_marked_if(kind != "equal", "".join(words[1][other_start:other_end])))
    return Markup().join(left), Markup().join(right)


def anchor(text: str) -> str:
    """An id for a place on the page; no two texts share one."""
    made = re.sub(r"[^\w-]+", "-", text[:LONGEST_LINE], flags=re.ASCII)
    if made == text:
        return made
    return f"{made}-{sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()[:12]}"


def _marked_if(differs: bool, text: str) -> Markup:
    if not text or not differs:
        return shown(text)
    return Markup("<mark>{}</mark>").format(shown(text))


def _line(depth: int) -> Markup:
    return Markup("\n" + "  " * max(0, min(depth, _DEEPEST)))  # noqa: S704 - white space


def _coloured(sign: str, following: str) -> Markup:
    if sign in "{}[],:":
        return Markup(sign)  # noqa: S704 - one of six signs
    if not sign.startswith('"'):
        return Markup('<span class="n">{}</span>').format(shown(sign))
    kind = "k" if following == ":" else "s"
    return Markup('<span class="{}">{}</span>').format(kind, shown(sign))


def _marked(found: re.Match[str]) -> str:
    return f'<span class="unseen">{_codes(found)}</span>'


def _codes(found: re.Match[str]) -> str:
    """The characters as escapes."""
    numbers = map(ord, found[0])
    return "".join(f"\\x{one:02x}" if one < 256 else f"\\u{one:04x}" for one in numbers)


def _cut(rest: int) -> Markup:
    return Markup('<span class="cut"> … cut here, {} more characters</span>').format(f"{rest:,}")
