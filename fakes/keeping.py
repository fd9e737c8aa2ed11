"""A pair of fakes whose state is in a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakes.releases import LATEST
from fakes.state_file import About, House, Kept
from fakes.state_opening import StateFileUnusable
from fakes.store import Store

if TYPE_CHECKING:
    from collections.abc import Mapping
    from contextlib import AbstractContextManager

    from fakes.clock import Clock
    from fakes.message import Core
    from fakes.state_file import StateFile
    from fakes.store import Snapshot
    from fakes.world import World


def agreed(
    file: StateFile, seed: int | None, release: str | None, ports: Mapping[str, int]
) -> About:
    """What is served: what was asked for, and the rest as the file has it.

    `seed` and `release` are None, and a port 0, where nothing was asked for. PingOne's port may
    not change: tokens and credentials name it. Raises StateFileUnusable where the objects of the
    file make no sense with what was asked for.
    """
    kept = file.about
    if kept is None:
        return About(seed or 0, release or LATEST, ports)
    asked = {"seed": seed, "release": release, "pingone-port": ports["pingone"] or None}
    found = {"seed": kept.seed, "release": kept.release, "pingone-port": kept.ports.get("pingone")}
    for name, value in asked.items():
        if value not in (None, found[name]):
            raise StateFileUnusable(
                f"--{name} {value}: {file.path} was written with --{name} {found[name]}, which its "
                f"objects depend on; leave --{name} out, or name another file"
            )
    return About(
        kept.seed, kept.release, {name: ports[name] or kept.ports.get(name, 0) for name in ports}
    )


class Keeping:
    """The cores of a pair, which answer when the file has what they changed."""

    def __init__(self, world: World, file: StateFile, ports: Mapping[str, int]) -> None:
        """From here on the pair is as the file has it. Raises StateFileUnusable."""
        self._file = file
        self._pingone = House("pingone", world.fake_pingone.tenant)
        self._pingaccess = House("pingaccess", world.fake_pingaccess.state)
        self._clock = House("clock", _ClockPart(world.clock))
        about = About(world.seed, world.release, ports)
        file.attach(about, self._pingone, self._pingaccess, self._clock)
        self.pingone: Core = Kept(world.pingone, file, self._pingone)
        self.pingaccess: Core = Kept(world.pingaccess, file, self._pingaccess)

    def door(self, core: Core) -> Core:
        """The control door, which moves the clock."""
        return Kept(core, self._file, self._clock)

    def whole(self) -> AbstractContextManager[None]:
        """What happens to the pair inside is kept together."""
        return self._file.kept(self._pingone, self._pingaccess, self._clock)


class _ClockPart:
    """The clock as a state file sees it: no rows."""

    def __init__(self, clock: Clock) -> None:
        self.store = Store()
        self._clock = clock

    def beside(self) -> dict[str, Any]:
        """Where the clock stands."""
        return dict(self._clock.beside())

    def bring_back(self, rows: Snapshot, beside: Mapping[str, Any]) -> None:  # noqa: ARG002 - none
        """The clock as it stood."""
        self._clock.bring_back(beside)
