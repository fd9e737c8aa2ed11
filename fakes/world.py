"""A pair of fakes, put together: the only place that knows both."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

from fakes import pingaccess, pingone
from fakes.clock import EPOCH_S, Clock
from fakes.control import ControlDoor
from fakes.embedded import EmbeddedNetwork
from fakes.ledger import Ledger, Recorded
from fakes.outside import Outside
from fakes.releases import LATEST, bugs_of, of_release
from fakes.tls import authority, shown_by
from fakes.transport import CoreTransport

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fakes.behaviour import Defect
    from fakes.message import Core
    from fakes.network import Network

ADMIN_URL = "https://pingaccess.example.com:9000"
"""Where the embedded PingAccess answers (example.com: RFC 2606)."""


class Snapshot(NamedTuple):
    """Both fakes and the clock at one moment."""

    pingone: Any
    pingaccess: Any
    now_s: float


class World:
    """A fake PingOne and a fake PingAccess on one clock, with what lies between them.

    Without a `network` they meet in process. `hosts` is where PingOne says that it is; with
    `known_bugs` the PingAccess has what the vendor says is wrong with its release.
    """

    def __init__(  # noqa: PLR0913 - the parts of a pair, each with a default
        self,
        *,
        seed: int = 0,
        release: str = LATEST,
        hosts: pingone.Hosts | None = None,
        clock: Clock | None = None,
        outside: Outside | None = None,
        network: Network | None = None,
        defects: tuple[Defect, ...] = (),
        known_bugs: bool = False,
    ) -> None:
        self.seed = seed
        self.release = release
        self.clock = clock or Clock()
        self.outside = outside or Outside()
        self.ledgers: Mapping[str, Ledger] = {
            "pingone": Ledger(),
            "pingaccess": Ledger(),
            "outbound": self.outside.ledger,
        }
        self.hosts = hosts or pingone.Hosts()
        self.bugs = bugs_of(pingaccess.CORRECT, release) if known_bugs else ()
        p1, pa = _behaviours(release, (*defects, *self.bugs))
        self.fake_pingone = pingone.FakePingOne(
            seed=seed, clock=self.clock, behaviour=p1, hosts=self.hosts
        )
        self.pingone: Core = Recorded(self.fake_pingone, self.ledgers["pingone"])
        self.fake_pingaccess = pingaccess.FakePingAccess(
            network or self._in_process(),
            seed=seed,
            clock=self.clock,
            behaviour=pa,
            pingone_origins=frozenset({self.hosts.api, self.hosts.auth}),
        )
        self.pingaccess: Core = Recorded(self.fake_pingaccess, self.ledgers["pingaccess"])
        self.snapshots: dict[str, Any] = {}

    @property
    def control(self) -> ControlDoor:
        """The door to clock, faults and the rest; the pair itself does not hold on to it."""
        return ControlDoor(self)

    @property
    def pingone_ca_pem(self) -> str:
        """The certificate of the CA that issued PingOne's, PEM."""
        return authority(self.seed).pem.decode("ascii")

    def transport(self) -> CoreTransport:
        """An httpx transport that reaches both fakes and the control door, and nothing else."""
        return CoreTransport(
            {
                **self._pingone_cores(),
                urlsplit(ADMIN_URL).netloc: self.pingaccess,
                "control.invalid": self.control,
            }
        )

    def reset(self) -> None:
        """Both fakes, clock, faults and ledgers as constructed; no snapshot is left."""
        self.snapshots.clear()
        self.clock.restart(EPOCH_S)
        self.fake_pingone.reset()
        self.fake_pingaccess.reset()
        self.outside.reset()
        for ledger in self.ledgers.values():
            ledger.clear()

    def snapshot(self) -> Snapshot:
        """Both fakes and the clock as they are now."""
        return Snapshot(
            self.fake_pingone.snapshot(), self.fake_pingaccess.snapshot(), self.clock.now_s()
        )

    def restore(self, snapshot: Snapshot) -> None:
        """Both fakes and the clock as they were then."""
        self.fake_pingone.restore(snapshot.pingone)
        self.fake_pingaccess.restore(snapshot.pingaccess)
        self.clock.restart(snapshot.now_s)

    def signing_keys(self, act: str, given: Mapping[str, str]) -> Any:
        """The keys of an environment of PingOne, when that was done to them."""
        return self.fake_pingone.signing_keys(act, given)

    def put_rate(self, given: Mapping[str, Any]) -> Any:
        """The rate of a rate group of PingOne, for the licence of an environment."""
        return self.fake_pingone.put_rate(given)

    def put_instance(self, given: Mapping[str, Any]) -> Any:
        """An instance of a gateway of PingOne, connected or not."""
        return self.fake_pingone.put_instance(given)

    def _pingone_cores(self) -> dict[str, Core]:
        """PingOne at its own hosts, and at those of every region."""
        return dict.fromkeys(_authorities(self.hosts), self.pingone)

    def _in_process(self) -> EmbeddedNetwork:
        shown = shown_by(self.seed, _names(self.hosts))
        return EmbeddedNetwork(
            self._pingone_cores(), shown, authority(self.seed).der, self.outside, self.clock
        )


@lru_cache(maxsize=16)
def _authorities(hosts: pingone.Hosts) -> tuple[str, ...]:
    """Where PingOne answers, its own hosts first."""
    own = (urlsplit(url).netloc for url in (hosts.api, hosts.auth))
    return tuple(dict.fromkeys((*own, *pingone.VENDOR_NAMES)))


@lru_cache(maxsize=16)
def _names(hosts: pingone.Hosts) -> tuple[str, ...]:
    """The same without ports."""
    return tuple(name.rpartition(":")[0] or name for name in _authorities(hosts))


@lru_cache(maxsize=16)
def _behaviours(
    release: str, defects: tuple[Defect, ...]
) -> tuple[pingone.Behaviour, pingaccess.Behaviour]:
    """Both behaviours of a release, with the defects planted in the fake that each is one of."""
    pa = of_release(pingaccess.CORRECT, release)
    if not defects:
        return pingone.CORRECT, pa
    from fakes.defects import planted_in  # noqa: PLC0415 - only where there are defects

    return planted_in(pingone.CORRECT, pa, defects)
