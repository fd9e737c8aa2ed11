"""Both sides of an upgrade: fakes of two releases in process, or the products of two settings."""

from __future__ import annotations

import base64
import json
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from harness.cli import wallclock
from harness.errors import BadSettings, HarnessError, Unreachable
from harness.settings import load
from harness.upgrades.sides import Side, imported, looked_at

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import httpx

    from harness.settings import Settings
    from harness.upgrades.export import Json
    from harness.upgrades.sides import Asked

ROOT = "/pa-admin-api/v3"


def known_releases() -> tuple[str, ...]:
    """The releases that there are fakes of, oldest first."""
    from fakes.releases import releases  # noqa: PLC0415 - keeps --help instant

    return tuple(releases())


def collect_seldom() -> None:
    """What many objects cost grows with their number, and no faster, from now on."""
    from fakes import collecting  # noqa: PLC0415 - keeps --help instant

    collecting.collect_seldom()


def of_fake(release: str, archive: Json) -> Side:
    """What the fake of a release makes of the archive. It calls nobody, and is gone afterwards."""
    side = Side(f"PingAccess {release} (fake)")
    ask = fake_asked(release)
    if imported(ask, archive, side):
        looked_at(ask, side, saves=True)
    return side


def fake_asked(release: str) -> Asked:
    """A way to the admin API of the fake of a release, new and in this process."""
    from fakes.handles import FACTORY_LOGIN  # noqa: PLC0415 - keeps --help instant
    from fakes.message import Request, encode  # noqa: PLC0415 - the same
    from fakes.world import World  # noqa: PLC0415 - the same

    fake = World(release=release).fake_pingaccess
    login = base64.b64encode(":".join(FACTORY_LOGIN).encode()).decode()
    headers = {
        "authorization": f"Basic {login}",
        "x-xsrf-header": "PingAccess",
        "content-type": "application/json",
    }

    def ask(method: str, path: str, body: Any = None) -> tuple[int, Any]:
        content = b"" if body is None else encode(body)
        answer = fake.handle(Request(method, ROOT + path, "", headers, content))
        return answer.status, answer.json() if answer.body else None

    return ask


def of_live(file: Path, archive: Json, *, imports: bool) -> tuple[Side, str]:
    """What the product of a settings file shows, and its release.

    Nothing is written unless its settings allow it; then each object is saved as it is. The archive
    is imported only where `imports` asks for it, since that replaces everything.
    """
    settings = load({}, file, {})
    if imports and not settings.allow_writes:
        raise BadSettings(f"{file}: --import replaces everything: set allow_writes to allow it")
    with live_asked(settings, str(file)) as (ask, version):
        side = Side(f"PingAccess {version}")
        if not imports or imported(ask, archive, side, wallclock.sleep):
            looked_at(ask, side, saves=settings.allow_writes)
    return side, ".".join(version.split(".")[:2])


@contextmanager
def live_asked(settings: Settings, name: str) -> Iterator[tuple[Asked, str]]:
    """A way to the admin API of the product of the settings, and its version."""
    from harness.cli.live import live_client, product_version  # noqa: PLC0415 - only live

    needed = ("pingaccess_admin_url", "pingaccess_username", "pingaccess_password")
    if lacking := [one for one in needed if not getattr(settings, one)]:
        raise BadSettings(f"{name}: {', '.join(lacking)}: missing")
    client = live_client((settings.pingaccess_admin_url,), settings.ca_bundle)
    try:
        version = product_version(client, settings)
        login = (settings.pingaccess_username, settings.pingaccess_password)
        yield _asked_live(client, settings.pingaccess_admin_url, login), version
    except RecursionError:
        raise HarnessError(f"{name}: the product's answers are nested without end") from None
    finally:
        client.close()


def _asked_live(client: httpx.Client, url: str, login: tuple[str, str]) -> Asked:
    import httpx  # noqa: PLC0415 - only live

    def ask(method: str, path: str, body: Any = None) -> tuple[int, Any]:
        content = None if body is None else json.dumps(body).encode()
        headers = {"X-XSRF-Header": "PingAccess", "Content-Type": "application/json"}
        try:
            answer = client.request(
                method, f"{url}{ROOT}{path}", content=content, headers=headers, auth=login
            )
        except httpx.ConnectError as error:
            raise Unreachable(f"{url} does not answer ({error}); is it running?") from None
        except httpx.RequestError as error:
            told = str(error) or type(error).__name__
            raise HarnessError(f"{url}: {method} {path} has no answer ({told})") from None
        try:
            return answer.status_code, answer.json() if answer.content else None
        except (ValueError, RecursionError):
            return answer.status_code, None

    return ask
