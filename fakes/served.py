"""A pair of fakes on real sockets, over TLS, until it is closed."""

from __future__ import annotations

import contextlib
import secrets
from typing import TYPE_CHECKING, NamedTuple

from fakes.clock import Clock
from fakes.control import ControlDoor
from fakes.outside import Outside, SocketNetwork
from fakes.pingone import VENDOR_NAMES, Hosts
from fakes.proxy import ConnectProxy
from fakes.server import LOOPBACK, Locked, Server, listen
from fakes.tls import NAMES, authority
from fakes.world import World

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from contextlib import AbstractContextManager
    from pathlib import Path
    from types import TracebackType
    from typing import Any, Self

    from fakes.behaviour import Defect
    from fakes.keeping import Keeping
    from fakes.message import Core


class Ports(NamedTuple):
    """Ports to listen on; 0 is any free one."""

    pingaccess: int = 0
    pingone: int = 0
    control: int = 0
    proxy: int = 0


class ServedWorld:
    """Both fakes, the control door and the proxy, listening when this is constructed.

    The proxy leads to PingOne by the vendor's own host names: see proxy.ConnectProxy.

    Raises server.PortTaken where a port cannot be had; then nothing is left listening.
    """

    def __init__(  # noqa: PLR0913 - the parts of a pair, each with a default
        self,
        *,
        seed: int | None = None,
        release: str | None = None,
        ports: Ports | None = None,
        host: str = LOOPBACK,
        running_clock: bool = False,
        defects: tuple[Defect, ...] = (),
        state: Path | None = None,
        allow_outbound: bool = False,
        known_bugs: bool = False,
    ) -> None:
        """Seed (else 0), release (else the latest) and ports; of a `state` file, unless given.

        Only loopback is called, unless `allow_outbound`. With `state` both fakes begin as the file
        has them, and keep in it what they change. Raises state_opening.StateFileUnusable, a
        ValueError, where that cannot be.
        """
        ports = ports or Ports()
        self.control_token = secrets.token_urlsafe(24)
        with contextlib.ExitStack() as undo:
            file = None
            if state is not None:
                from fakes.keeping import Keeping, agreed  # noqa: PLC0415 - SQLite: only where used
                from fakes.state_file import StateFile  # noqa: PLC0415 - the same

                file = undo.enter_context(StateFile(state))
                seed, release, found = agreed(file, seed, release, ports._asdict())
                ports = Ports(**found)
            seed = seed or 0
            self.ca_pem = authority(seed).pem
            socks = []
            for port in ports:
                socks.append(listen(port, host))
                undo.callback(socks[-1].close)
            taken = Ports(*(sock.getsockname()[1] for sock in socks))
            self.admin_url, self.pingone_url, self.control_url = (
                f"https://localhost:{port}" for port in taken[:3]
            )
            self.proxy_url = f"http://localhost:{taken.proxy}"
            self._network = SocketNetwork(
                self.ca_pem, outside := Outside(), allow_outbound=allow_outbound
            )
            undo.callback(self._network.close)
            self.world = World(
                seed=seed,
                hosts=Hosts(api=self.pingone_url, auth=self.pingone_url),
                clock=Clock(running=running_clock),
                outside=outside,
                network=self._network,
                defects=defects,
                known_bugs=known_bugs,
                **({"release": release} if release else {}),
            )
            tls = authority(seed).server_context((*NAMES, *VENDOR_NAMES))
            held: Keeping | _Unkept = _Unkept(self.world)
            if file is not None:
                held = Keeping(self.world, file, taken._asdict())
            pingaccess, pingone = Locked(held.pingaccess), Locked(held.pingone)
            self._guarded = _Guarded(self.world, pingaccess, pingone, held.whole)
            door = held.door(ControlDoor(self._guarded, self.control_token))
            cores: tuple[Core, ...] = (pingaccess, pingone, door)
            for core, sock in zip(cores, socks, strict=False):
                undo.callback(Server(core, sock, tls).stop)
            leads_to = socks[1].getsockname()[:2]
            undo.callback(ConnectProxy(socks[-1], VENDOR_NAMES, leads_to).stop)
            self._undo = undo.pop_all()

    def reset(self) -> None:
        """Both fakes, clock, faults and ledgers as they were at the start."""
        self._guarded.reset()

    def close(self) -> None:
        """Stop listening; every port is free when this returns."""
        self._undo.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.close()


class _Unkept:
    """The cores of a pair that keeps nothing: see keeping.Keeping."""

    def __init__(self, world: World) -> None:
        self.pingaccess = world.pingaccess
        self.pingone = world.pingone

    def door(self, core: Core) -> Core:
        """The control door as it is."""
        return core

    def whole(self) -> AbstractContextManager[None]:
        """What happens inside just happens."""
        return contextlib.nullcontext()


class _Guarded:
    """The pair as the control door sees it: changed only while neither fake is answering."""

    def __init__(
        self,
        world: World,
        pingaccess: Locked,
        pingone: Locked,
        whole: Callable[[], AbstractContextManager[None]],
    ) -> None:
        self._world = world
        self._whole = whole
        # PingAccess first: it calls PingOne while it holds its own lock, never the other way round.
        self._locks = (pingaccess.lock, pingone.lock)
        self.clock = world.clock
        self.outside = world.outside
        self.ledgers = world.ledgers
        self.snapshots = world.snapshots
        self.pingone_ca_pem = world.pingone_ca_pem

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        first, second = self._locks
        with first, second, self._whole():
            yield

    def reset(self) -> None:
        """Everything as constructed."""
        with self._alone():
            self._world.reset()

    def snapshot(self) -> object:
        """Everything as it is now."""
        with self._alone():
            return self._world.snapshot()

    def signing_keys(self, act: str, given: Mapping[str, str]) -> object:
        """The keys of an environment of PingOne, when that was done to them."""
        with self._alone():
            return self._world.signing_keys(act, given)

    def put_rate(self, given: Mapping[str, Any]) -> object:
        """The rate of a rate group of PingOne, for the licence of an environment."""
        with self._alone():
            return self._world.put_rate(given)

    def put_instance(self, given: Mapping[str, Any]) -> object:
        """An instance of a gateway of PingOne, connected or not."""
        with self._alone():
            return self._world.put_instance(given)

    def restore(self, snapshot: object) -> None:
        """Everything as it was then."""
        with self._alone():
            self._world.restore(snapshot)  # type: ignore[arg-type]  # given out by snapshot
