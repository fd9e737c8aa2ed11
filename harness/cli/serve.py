"""`paconform serve`: both fakes over TLS until interrupted, and a file that tells where."""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
from contextlib import ExitStack, suppress
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from harness.cli.envfile import (
    ca_file_of,
    claimed,
    default_env_file,
    settings_text,
    write_whole,
)
from harness.cli.planted import known_defects, known_switches
from harness.errors import BadSettings

if TYPE_CHECKING:
    from fakes.behaviour import Defect
    from fakes.served import ServedWorld

PORT = click.IntRange(0, 65535)


@click.command(name="serve")
@click.option("--release", default=None, help="Release that the fake PingAccess is, such as 9.0.")
@click.option("--seed", type=int, help="Seed of every id, name and key.  [default: 0]")
@click.option(
    "--state",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Keep both fakes' state in FILE.",
)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--allow-remote", is_flag=True, help="Allow an address other than loopback.")
@click.option(
    "--allow-outbound", is_flag=True, help="Let the fake PingAccess call other hosts than loopback."
)
@click.option("--pingaccess-port", type=PORT, default=0, help="Admin API port; 0 is any free one.")
@click.option("--pingone-port", type=PORT, default=0, help="PingOne port; 0 is any free one.")
@click.option("--control-port", type=PORT, default=0, help="Control door port; 0 is any free one.")
@click.option("--proxy-port", type=PORT, default=0, help="Proxy port; 0 is any free one.")
@click.option("--env-file", type=click.Path(path_type=Path), default=None, help="Settings file.")
@click.option("--defect", "defects", multiple=True, metavar="ID", help="Plant a seeded defect.")
@click.option(
    "--switch", "switches", multiple=True, metavar="NAME=JSON", help="Make a decision otherwise."
)
@click.option("--with-known-bugs", is_flag=True, help="Have what is wrong with the release.")
def command(  # noqa: PLR0913, PLR0917 - one argument per option
    release: str | None,
    seed: int | None,
    state: Path | None,
    host: str,
    allow_remote: bool,
    allow_outbound: bool,
    pingaccess_port: int,
    pingone_port: int,
    control_port: int,
    proxy_port: int,
    env_file: Path | None,
    defects: tuple[str, ...],
    switches: tuple[str, ...],
    with_known_bugs: bool,
) -> int:
    """Serve both fakes over TLS until interrupted.

    Prints one line of JSON when ready, and writes the settings that another process needs
    (`paconform env` prints them).

    Clients that have PingOne's host names built in reach the fake through the proxy at proxy_url
    (HTTPS_PROXY), and trust the CA at ca_bundle.

    The fake PingAccess calls loopback only: a real PingOne needs --allow-outbound.

    With --state, what was answered is still there after a kill, and seed, release and ports are
    those of the file unless given. FILE is made where there is none.

    \b
    Example:
      paconform serve &
      eval "$(paconform env --wait 10)"
      paconform run --target live
    """  # noqa: D301 - \b is click's mark for lines to keep
    from fakes.collecting import collect_seldom  # noqa: PLC0415 - keeps --help instant

    _loopback_only(host, allow_remote)
    ports = (pingaccess_port, pingone_port, control_port, proxy_port)
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is not signal.SIG_IGN or number != signal.SIGHUP:  # nohup
            signal.signal(number, lambda *_: stop.set())
    with ExitStack() as undo:
        path = env_file or default_env_file()
        undo.enter_context(claimed(path))
        served = undo.enter_context(
            _served(
                release,
                seed,
                state,
                host,
                ports,
                _planted(defects, switches),
                allow_outbound=allow_outbound,
                known_bugs=with_known_bugs,
            )
        )
        ca_file = ca_file_of(path)
        undo.callback(forget, path, ca_file)
        write_whole(ca_file, served.ca_pem.decode("ascii"))
        write_whole(path, settings_text(_settings(served, ca_file.resolve()), os.getpid()))
        click.echo(json.dumps(_ready(served, path, ca_file)))
        sys.stdout.flush()
        collect_seldom()
        stop.wait()
    return 0


def _loopback_only(host: str, allow_remote: bool) -> None:
    try:
        loopback = ip_address(host).is_loopback
    except ValueError:
        raise click.BadParameter(f"{host!r} is not an IP address", param_hint="--host") from None
    if not loopback and not allow_remote:
        raise click.BadParameter(
            f"{host!r} is not loopback; fakes hold no real secrets but trust everybody: "
            "add --allow-remote if that is meant",
            param_hint="--host",
        )


def _served(  # noqa: PLR0913, PLR0917 - one argument per option
    release: str | None,
    seed: int | None,
    state: Path | None,
    host: str,
    ports: tuple[int, ...],
    defects: tuple[Defect, ...],
    *,
    allow_outbound: bool,
    known_bugs: bool,
) -> ServedWorld:
    from fakes.served import Ports, ServedWorld  # noqa: PLC0415 - keeps --help instant
    from fakes.server import PortTaken  # noqa: PLC0415 - keeps --help instant

    try:
        return ServedWorld(
            seed=seed,
            release=release,
            host=host,
            ports=Ports(*ports),
            running_clock=True,
            defects=defects,
            state=state,
            allow_outbound=allow_outbound,
            known_bugs=known_bugs,
        )
    except (PortTaken, ValueError) as error:
        raise BadSettings(str(error)) from None


def _planted(keys: tuple[str, ...], switches: tuple[str, ...]) -> tuple[Defect, ...]:
    """What is otherwise than in the documented products; BadSettings names what is not known."""
    return (*known_switches(switches), *known_defects(keys))


def _settings(served: ServedWorld, ca_file: Path) -> dict[str, str]:
    from fakes.handles import FACTORY_LOGIN  # noqa: PLC0415 - keeps --help instant

    pingone = served.world.fake_pingone
    return {
        "PACONFORM_PINGACCESS_ADMIN_URL": served.admin_url,
        "PACONFORM_PINGACCESS_USERNAME": FACTORY_LOGIN[0],
        "PACONFORM_PINGACCESS_PASSWORD": FACTORY_LOGIN[1],
        "PACONFORM_PINGONE_API_URL": f"{served.pingone_url}/v1",
        "PACONFORM_PINGONE_AUTH_URL": served.pingone_url,
        "PACONFORM_PINGONE_ENVIRONMENT_ID": pingone.environment_id,
        "PACONFORM_PINGONE_CLIENT_ID": pingone.client_id,
        "PACONFORM_PINGONE_CLIENT_SECRET": pingone.client_secret,
        "PACONFORM_CA_BUNDLE": str(ca_file),
        "PACONFORM_ALLOW_WRITES": "true",
        "PACONFORM_PROXY_URL": served.proxy_url,
        "PACONFORM_FAKES": f"{served.admin_url} {served.pingone_url}",
    }


def _ready(served: ServedWorld, path: Path, ca_file: Path) -> dict[str, Any]:
    return {
        "ready": True,
        "release": served.world.release,
        "seed": served.world.seed,
        "pingaccess_admin_url": served.admin_url,
        "pingone_api_url": f"{served.pingone_url}/v1",
        "pingone_auth_url": served.pingone_url,
        "control_url": served.control_url,
        "control_token": served.control_token,
        "proxy_url": served.proxy_url,
        "ca_bundle": str(ca_file),
        "env_file": str(path),
        "pid": os.getpid(),
    }


def forget(*paths: Path) -> None:
    """Remove what told of us, unless somebody has written it anew meanwhile."""
    first = paths[0]
    with suppress(OSError):
        if f"# pid {os.getpid()}\n" in first.read_text("utf-8"):
            for path in paths:
                path.unlink(missing_ok=True)
