"""Ctrl-C ends a run as one: what was found is kept, and told without pytest's own words for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Generator

    from harness.cli.suite import Suite


class Interruption:
    """A pytest plugin that lets an interrupted session end like any other, and tells the suite."""

    def __init__(self, suite: Suite) -> None:
        self._suite = suite

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_collection(self, session: pytest.Session) -> Generator[None, object, object]:
        """What was collected until then is not run."""
        try:
            return (yield)
        except KeyboardInterrupt as error:
            self._note(error)
            session.items.clear()
            return None

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtestloop(self) -> Generator[None, object, object]:
        """What has ended until then is kept."""
        try:
            return (yield)
        except KeyboardInterrupt as error:
            self._note(error)
            return True

    def _note(self, error: KeyboardInterrupt) -> None:
        if isinstance(error, pytest.Session.Interrupted):  # pytest's own, which it tells
            raise error
        self._suite.interrupted = True
