"""The options of a run, written once for pytest, `paconform run` and `paconform defects`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    import pytest


@dataclass(frozen=True, slots=True)
class Option:
    """One option: its flag, what it does, and its kind.

    `choices` empty is any text; `number` is an integer; `many` may be given repeatedly; a `switch`
    takes no value.
    """

    flag: str
    help: str
    default: Any = None
    choices: tuple[str, ...] = ()
    number: bool = False
    many: bool = False
    switch: bool = False
    metavar: str | None = None

    @property
    def name(self) -> str:
        """The name of the value: the flag without dashes."""
        return self.flag.removeprefix("--").replace("-", "_")


OPTIONS = (
    Option(
        "--target",
        "What is judged: fakes in process, fakes on sockets, or the product of the settings.",
        default="embedded",
        choices=("embedded", "served", "live"),
    ),
    Option("--release", "Release of PingAccess that is expected, such as 9.0.", metavar="RELEASE"),
    Option(
        "--requirements",
        "Release whose requirements count, where it is not the one that is expected.",
        metavar="RELEASE",
    ),
    Option("--seed", "Seed of ids, names, keys and order.", default=0, number=True),
    Option("--out", "Run folder; default: a new one in reports/out.", metavar="DIR"),
    Option(
        "--overwrite",
        "Replace the run folder, and the file of --events, that are there already.",
        switch=True,
    ),
    Option("--label", "Name of what is judged, shown in reports.", metavar="NAME"),
    Option("--archive", "Configuration export to run the flow on.", many=True, metavar="FILE"),
    Option(
        "--evidence",
        "Whose exchanges are written down: of scenarios that are not conformant, or of all.",
        default="failures",
        choices=("failures", "all"),
    ),
    Option(
        "--events",
        "File to write a line of JSON to as each scenario ends; - is standard output.",
        metavar="FILE",
    ),
    Option("--settings", "Settings file instead of ./paconform.toml.", metavar="FILE"),
    Option("--defect", "Seeded defect to plant in the fakes.", many=True, metavar="ID"),
    Option(
        "--with-known-bugs",
        "Let the fakes have what the vendor says is wrong with the release.",
        switch=True,
    ),
    Option(
        "--switch",
        "Decision of the fakes to make otherwise: `paconform list switches`.",
        many=True,
        metavar="NAME=JSON",
    ),
)


overwriting = click.option(
    "--overwrite", is_flag=True, help="Replace what is written where it is there already."
)


def for_pytest(parser: pytest.Parser) -> None:
    """Add the options to pytest's command line."""
    group = parser.getgroup("paconform", "conformance of PingAccess with PingOne")
    for option in OPTIONS:
        more: dict[str, Any] = {
            "help": option.help,
            "default": [] if option.many else option.default,
        }
        if option.many:
            more["action"] = "append"
        if option.switch:
            more.update(action="store_true", default=False)
        elif option.choices:
            more["choices"] = option.choices
        elif option.number:
            more["type"] = int
        else:
            more["metavar"] = option.metavar
        group.addoption(option.flag, dest=f"paconform_{option.name}", **more)


def of_pytest(config: pytest.Config) -> dict[str, Any]:
    """Option name -> its value in this session."""
    return {one.name: getattr(config.option, f"paconform_{one.name}") for one in OPTIONS}


def for_click(names: tuple[str, ...] = ()) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """A decorator that adds the options (or those named) to a click command."""

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        for option in reversed(OPTIONS):
            if not names or option.name in names:
                function = _click(option)(function)
        return function

    return decorate


def as_arguments(values: Mapping[str, Any]) -> list[str]:
    """Values by option name as arguments for pytest; those left at their default are left out."""
    return list(_arguments(values))


def _arguments(values: Mapping[str, Any]) -> Iterator[str]:
    for option in OPTIONS:
        value = values.get(option.name)
        if option.many:
            yield from (f"{option.flag}={one}" for one in value or ())
        elif option.switch:
            yield from [option.flag] if value else []
        elif value is not None and value != option.default:
            yield f"{option.flag}={value}"


def _click(option: Option) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    if option.switch:
        return click.option(option.flag, is_flag=True, help=option.help)
    kind: Any = str
    if option.choices:
        kind = click.Choice(option.choices)
    elif option.number:
        kind = int
    return click.option(
        option.flag,
        type=kind,
        default=None if option.many else option.default,
        show_default=option.default is not None,
        multiple=option.many,
        help=option.help,
        metavar=option.metavar,
    )
