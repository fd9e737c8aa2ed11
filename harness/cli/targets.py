"""What is judged: fakes in process, fakes on sockets, or a product somewhere else."""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import httpx

from harness.cli.planted import known_defects, known_switches
from harness.errors import BadSettings
from harness.product import ControlAddress, PingOneAddress, Session

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fakes.behaviour import Defect
    from fakes.world import World
    from harness.journal import Journal
    from harness.settings import Settings

PINGACCESS, PINGONE = "PingAccess", "PingOne"
"""The products of a run, as evidence names them."""

TIMEOUT_S = 30.0
"""How long a product may take for one answer before it counts as unreachable."""


class Target(Protocol):
    """What a run is pointed at."""

    session: Session

    @property
    def versions(self) -> Mapping[str, str]:
        """Product and version, for the report."""

    @property
    def fakes(self) -> Sequence[str]:
        """The products that are fakes of ours."""

    def fresh(self) -> None:
        """The product as a scenario expects to find it."""

    def close(self) -> None:
        """Nothing left open or listening."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the command line asks of a target."""

    name: str
    release: str | None
    seed: int
    run_id: str
    defects: tuple[str, ...] = ()
    settings: Settings | None = None
    switches: tuple[str, ...] = ()
    known_bugs: bool = False


def target(wanted: Wanted, journal: Journal | None = None) -> Target:
    """The target of that name, ready; BadSettings or Unreachable where it cannot be had."""
    if wanted.name == "live":
        from harness.cli.live import Live  # noqa: PLC0415 - what is not judged is not loaded

        return Live(wanted, journal)
    return Served(wanted) if wanted.name == "served" else Embedded(wanted)


class _Switch(httpx.BaseTransport):
    """The transport of the one client of a run; what stands behind it changes."""

    inner: httpx.BaseTransport

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """The answer of whoever stands behind it now."""
        return self.inner.handle_request(request)


class Embedded:
    """Fakes in process: a new pair for every scenario."""

    fakes = (PINGACCESS, PINGONE)

    def __init__(self, wanted: Wanted) -> None:
        from fakes.handles import FACTORY_LOGIN  # noqa: PLC0415 - a live run needs no fakes
        from fakes.world import ADMIN_URL  # noqa: PLC0415 - a live run needs no fakes

        self._seed = wanted.seed
        self._release = known_release(wanted.release)
        self._known_bugs = wanted.known_bugs
        self._switched = known_switches(wanted.switches)
        self._defects = (*self._switched, *known_defects(wanted.defects))
        self._switch = _Switch()
        self.client = httpx.Client(transport=self._switch, trust_env=False, timeout=TIMEOUT_S)
        world = self._world()
        self.versions = _fake_versions(world, self._switched)
        self.session = Session(
            target="embedded",
            release=self._release,
            admin_url=ADMIN_URL,
            username=FACTORY_LOGIN[0],
            password=FACTORY_LOGIN[1],
            pingone=_pingone_of(world),
            client=self.client,
            transport=self._switch,
            control=ControlAddress("https://control.invalid", None),
            trusts_pingone=True,
            run_id=wanted.run_id,
            allow_writes=True,
            seed=wanted.seed,
        )

    def plant(self, defects: Sequence[str]) -> None:
        """Every new pair has these defects from now on, and no others."""
        self._defects = (*self._switched, *known_defects(defects))

    def fresh(self) -> None:
        """A new pair."""
        self._switch.inner = self._world().transport()

    def close(self) -> None:
        """The client is closed."""
        self.client.close()

    def _world(self) -> World:
        from fakes.world import World  # noqa: PLC0415 - a live run needs no fakes

        return World(
            seed=self._seed,
            release=self._release,
            defects=self._defects,
            known_bugs=self._known_bugs,
        )


class Served:
    """Fakes on loopback sockets with TLS: one pair, reset for every scenario."""

    fakes = (PINGACCESS, PINGONE)

    def __init__(self, wanted: Wanted) -> None:
        from fakes.handles import FACTORY_LOGIN  # noqa: PLC0415 - a live run needs no fakes
        from fakes.served import ServedWorld  # noqa: PLC0415 - a live run needs no fakes

        release = known_release(wanted.release)
        switched = known_switches(wanted.switches)
        defects = (*switched, *known_defects(wanted.defects))
        self._served = served = ServedWorld(
            seed=wanted.seed, release=release, defects=defects, known_bugs=wanted.known_bugs
        )
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.load_verify_locations(cadata=served.ca_pem.decode("ascii"))
        self.client = httpx.Client(verify=context, trust_env=False, timeout=TIMEOUT_S)
        self.versions = _fake_versions(served.world, switched)
        self.session = Session(
            target="served",
            release=release,
            admin_url=served.admin_url,
            username=FACTORY_LOGIN[0],
            password=FACTORY_LOGIN[1],
            pingone=_pingone_of(served.world, f"{served.pingone_url}/v1", served.pingone_url),
            client=self.client,
            control=ControlAddress(served.control_url, served.control_token),
            trusts_pingone=True,
            run_id=wanted.run_id,
            allow_writes=True,
            seed=wanted.seed,
        )

    def fresh(self) -> None:
        """The pair as it was at the start."""
        self._served.reset()

    def close(self) -> None:
        """Nothing is listening any more."""
        self.client.close()
        self._served.close()


def _pingone_of(world: World, api: str | None = None, auth: str | None = None) -> PingOneAddress:
    fake = world.fake_pingone
    return PingOneAddress(
        api or f"{world.hosts.api}/v1",
        auth or world.hosts.auth,
        fake.environment_id,
        fake.client_id,
        fake.client_secret,
        fake.second_environment_id,
    )


def _fake_versions(world: World, switched: tuple[Defect, ...]) -> dict[str, str]:
    """What is judged, with the decisions of each fake that were switched."""
    shown = {PINGACCESS: f"fake, release {world.release}", PINGONE: "fake"}
    if world.bugs:
        shown[PINGACCESS] += f", with {', '.join(one.id for one in world.bugs)}"
    for one in switched:
        product = PINGONE if one.id.startswith("pingone.") else PINGACCESS
        shown[product] += f", {one.title}"
    return shown


def known_release(name: str | None) -> str:
    """The release of that name, or the newest; BadSettings where there is none of that name."""
    from fakes.releases import LATEST, release  # noqa: PLC0415 - a live run needs no fakes

    try:
        return release(name).name if name else LATEST
    except ValueError as error:
        raise BadSettings(f"--{error}") from None
