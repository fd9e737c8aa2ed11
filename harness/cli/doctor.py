"""`paconform doctor`: what is installed, set, reachable and trusted, and how to mend the rest."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from typing import TYPE_CHECKING

import click

from harness.cli import exit_code
from harness.errors import HarnessError, Unreachable
from harness.settings import HOW, NEEDED, load, variable

if TYPE_CHECKING:
    from collections.abc import Callable

    from harness.settings import Settings


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: `state` is ok, missing (nothing needs it now) or wrong."""

    what: str
    state: str
    detail: str
    mend: str = ""
    code: int = 0


@click.command(name="doctor")
@click.option("--settings", type=click.Path(path_type=Path), default=None, help="Settings file.")
@click.option("--json", "as_json", is_flag=True, help="A JSON array of what was found.")
def command(settings: Path | None, as_json: bool) -> int:
    """Look at the installation, the settings, and whether the product of the settings answers.

    A product is asked once for its version, and PingOne once for a token. Exit code 2 where
    something has to be corrected, 5 where somebody does not answer.

    \b
    Example:
      paconform doctor
    """  # noqa: D301 - \b is click's mark for lines to keep
    findings = [*installation(), *folder(), *live(settings)]
    if as_json:
        click.echo(json.dumps([asdict(one) for one in findings], indent=1))
    else:
        for one in findings:
            mend = f"; {one.mend}" if one.mend else ""
            click.echo(f"{one.state:8} {one.what}: {one.detail}{mend}")
    return next((one.code for one in findings if one.code), 0)


def installation() -> list[Finding]:
    """Python, and the packages that the project needs."""
    found = [_python()]
    for line in requires("pingaccess-conformance") or ():
        name = _name(line)
        try:
            found.append(Finding(name, "ok", version(name)))
        except PackageNotFoundError:
            if ";" not in line:
                found.append(
                    Finding(name, "wrong", "not installed", "install the package again", 2)
                )
    return found


def folder() -> list[Finding]:
    """Whether run folders and keys can be written."""
    here = Path.cwd()
    if os.access(here, os.W_OK):
        return [Finding("run folder", "ok", str(here / "reports" / "out"))]
    return [Finding("run folder", "wrong", f"{here} cannot be written", "give --out", 2)]


def live(path: Path | None) -> list[Finding]:
    """The settings of a live product, and what it answers."""
    own = Path("paconform.toml")
    try:
        settings = load(os.environ, path or (own if own.exists() else None), {})
        if settings.missing:
            return _incomplete(settings)
        settings.needed_for_live()
    except HarnessError as error:
        return [_wrong("settings", error)]
    from harness.cli.live import (  # noqa: PLC0415 - loads the clients
        check_pingone,
        live_client,
        product_version,
    )

    urls = (settings.pingaccess_admin_url, settings.pingone_api_url, settings.pingone_auth_url)
    found = [Finding("settings", "ok", settings.pingaccess_admin_url)]
    try:
        client = live_client(urls, settings.ca_bundle)
    except HarnessError as error:
        return [*found, _wrong(variable("ca_bundle"), error)]
    with client:
        found.append(_tried("PingAccess", lambda: product_version(client, settings)))
        found.append(_tried("PingOne", lambda: check_pingone(client, settings)))
    return found


def _incomplete(settings: Settings) -> list[Finding]:
    """What a live run lacks, each by the name to set; wrong only where a part of it is there."""
    some = len(settings.missing) < len(NEEDED)
    detail = "not all that --target live needs" if some else "none: --target live has no product"
    mend = (
        "export the names below, or write them in small letters and without PACONFORM_ into "
        "paconform.toml; for fakes, start `paconform serve` and eval `paconform env`"
    )
    state, code = ("wrong", 2) if some else ("missing", 0)
    lacking = [*settings.missing, *([] if settings.allow_writes else ["allow_writes"])]
    return [
        Finding("settings", state, detail, mend, code),
        *(Finding(variable(one), "missing", "not set", f"give {HOW[one]}") for one in lacking),
    ]


def _tried(what: str, act: Callable[[], str]) -> Finding:
    try:
        return Finding(what, "ok", act())
    except HarnessError as error:
        return _wrong(what, error)


def _wrong(what: str, error: HarnessError) -> Finding:
    detail, _, mend = str(error).rpartition("; ")
    state = "missing" if isinstance(error, Unreachable) else "wrong"
    return Finding(what, state, detail or mend, mend if detail else "", exit_code(error))


def _python() -> Finding:
    have = ".".join(map(str, sys.version_info[:3]))
    return Finding("Python", "ok", have)


def _name(line: str) -> str:
    for sign in "<>=!~;[ (":
        line = line.partition(sign)[0]
    return line.strip()
