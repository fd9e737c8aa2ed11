"""Foreign text is shown whole, safely, and so that nothing in it stays unseen."""

from __future__ import annotations

import html
import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from reports.text import LONGEST, contrasted, plain, pretty, shown


def read(markup: str) -> str:
    """The text that a browser shows."""
    return html.unescape(re.sub(r"<[^>]*>", "", markup))


@pytest.mark.parametrize(
    "character",
    [
        *("\0", "\x07", "\x1b", "\x7f", "\x85", "\u202e", "\u2066", "\u200b", "\u200f"),
        *("\ufeff", "\u2028", "\ud800", "\U000e0041"),
    ],
)
def test_a_character_that_is_not_seen_is_written_out(character: str) -> None:
    assert character not in shown(f"a{character}b")
    assert re.fullmatch(r"a\\[xu][0-9a-f]+b", read(shown(f"a{character}b")))
    assert re.fullmatch(r"a\\[xu][0-9a-f]+b", plain(f"a{character}b"))


def test_white_space_and_letters_of_the_world_stay() -> None:
    text = "a\tb\nc é שלום 中文 😀"

    assert read(shown(text)) == plain(text) == text


@given(st.text())
def test_no_text_opens_a_tag(text: str) -> None:
    for markup in (shown(text), pretty(text), *contrasted(text, text[::-1])):
        assert not re.sub(r'</?(?:span(?: class="\w+")?|mark)>', "", markup).count("<")


@given(st.text(st.characters(blacklist_categories=["Cs", "Cc", "Cf", "Zl", "Zp", "Mn"])))
def test_a_text_that_can_be_seen_is_shown_as_it_is(text: str) -> None:
    assert read(shown(text)) == text


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(codec="ascii"), max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("ab"), inner, max_size=3),
    max_leaves=10,
)


@given(values)
def test_pretty_json_is_the_same_json(value: object) -> None:
    assert json.loads(read(pretty(json.dumps(value)))) == value


def test_pretty_json_has_a_line_for_each_member() -> None:
    text = '{"a":{"b":[1,true],"c":{}},"d":[]}'

    assert read(pretty(text)) == json.dumps(json.loads(text), indent=2)


@pytest.mark.parametrize(
    "text", ['{"a":1,"a":2}', '{"a":[1,', '{"a":"half', "{]}[", '{"n":1e999,"m":01}', "[" * 50]
)
def test_json_that_is_odd_loses_nothing(text: str) -> None:
    assert re.sub(r"\s", "", read(pretty(text))) == text


def test_a_long_text_is_cut_with_a_note() -> None:
    for markup in (shown("a" * (LONGEST + 5)), pretty("[" + "1," * LONGEST)):
        assert len(read(markup)) < LONGEST * 4
        assert "cut here" in read(markup)


def test_what_is_markup_already_is_left() -> None:
    assert shown(Markup("<b>x</b>")) == "<b>x</b>"


def test_what_differs_is_marked() -> None:
    left, right = contrasted("status 200 and id 3 <x>", "status 422 and id 3 <x>")

    assert left == "status <mark>200</mark> and id 3 &lt;x&gt;"
    assert right == "status <mark>422</mark> and id 3 &lt;x&gt;"


def test_texts_with_little_in_common_are_not_marked() -> None:
    assert "<mark>" not in "".join(contrasted("a b c d e f g", "1 2 3 4 5 6 7 8"))
