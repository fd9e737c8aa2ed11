"""A mistyped option of `paconform run` is told in one line, with those that it may have been."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

import pytest

from harness.cli.options import OPTIONS
from harness.errors import BadSettings

if TYPE_CHECKING:
    from collections.abc import Generator

    from harness.cli.suite import Suite


class Mistyped:
    """A pytest plugin that refuses what is no option of anybody, before pytest's usage does."""

    def __init__(self, suite: Suite) -> None:
        self._suite = suite

    @pytest.hookimpl(wrapper=True)
    def pytest_load_initial_conftests(
        self, parser: pytest.Parser, args: list[str]
    ) -> Generator[None, object, object]:
        """Every plugin and conftest.py has added its options by then."""
        result = yield
        _, unknown = parser.parse_known_and_unknown_args(args)
        if unknown:
            self._suite.problem = BadSettings(_told(unknown[0].partition("=")[0]))
            raise pytest.UsageError(str(self._suite.problem))
        return result


def _told(name: str) -> str:
    near = get_close_matches(name, [one.flag for one in OPTIONS], 3, 0.7)
    hint = f"did you mean {' or '.join(near)}?" if near else "`paconform run --help` lists ours"
    return f"{name}: is no option of `paconform run` nor of pytest; {hint}"
