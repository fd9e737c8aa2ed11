"""The door for pytest: options, fixtures and the suite's plugin; no logic of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from harness.cli import archives, options, profiles
from harness.cli.suite import installed, opened

if TYPE_CHECKING:
    from collections.abc import Mapping

    from harness.product import PingOne, Product


def pytest_addoption(parser: pytest.Parser) -> None:
    """The options of a run."""
    options.for_pytest(parser)


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """The suite is there, and Hypothesis draws the same examples every time."""
    profiles.load()
    installed(config)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A scenario that takes an archive runs on each one there is."""
    archives.parametrize(metafunc)


@pytest.fixture
def product() -> Product:
    """The product under test, as a scenario expects to find it."""
    return opened().product


@pytest.fixture
def pingone() -> PingOne:
    """The PingOne that the product connects to."""
    return opened().pingone


@pytest.fixture
def archive(request: pytest.FixtureRequest) -> Mapping[str, Any]:
    """A configuration export: the suite's own, or one named with --archive."""
    return archives.read(request.param)
