"""What is judged: fakes in process, fakes on sockets, or a product somewhere else."""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import urlsplit

import httpx

from harness.errors import BadSettings, Unreachable
from harness.product import ControlAddress, PingOneAddress, Session

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fakes.behaviour import Defect
    from fakes.world import World
    from harness.journal import Journal
    from harness.settings import Settings

TIMEOUT_S = 30.0
"""How long a product may take for one answer before it counts as unreachable."""


class Target(Protocol):
    """What a run is pointed at."""

    session: Session

    @property
    def versions(self) -> Mapping[str, str]:
        """Product and version, for the report."""

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


def target(wanted: Wanted, journal: Journal | None = None) -> Target:
    """The target of that name, ready; BadSettings or Unreachable where it cannot be had."""
    if wanted.name == "live":
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

    def __init__(self, wanted: Wanted) -> None:
        from fakes.handles import FACTORY_LOGIN  # noqa: PLC0415 - a live run needs no fakes
        from fakes.world import ADMIN_URL  # noqa: PLC0415 - a live run needs no fakes

        self._seed = wanted.seed
        self._release = _known_release(wanted.release)
        self._defects = known_defects(wanted.defects)
        self._switch = _Switch()
        self.client = httpx.Client(transport=self._switch, trust_env=False, timeout=TIMEOUT_S)
        world = self._world()
        self.versions = _fake_versions(world)
        self.session = Session(
            target="embedded",
            release=self._release,
            admin_url=ADMIN_URL,
            username=FACTORY_LOGIN[0],
            password=FACTORY_LOGIN[1],
            pingone=_pingone_of(world),
            client=self.client,
            control=ControlAddress("https://control.invalid", None),
            pingone_ca_pem=world.pingone_ca_pem,
            run_id=wanted.run_id,
            allow_writes=True,
            seed=wanted.seed,
        )

    def plant(self, defects: Sequence[str]) -> None:
        """Every new pair has these defects from now on, and no others."""
        self._defects = known_defects(defects)

    def fresh(self) -> None:
        """A new pair."""
        self._switch.inner = self._world().transport()

    def close(self) -> None:
        """The client is closed."""
        self.client.close()

    def _world(self) -> World:
        from fakes.world import World  # noqa: PLC0415 - a live run needs no fakes

        return World(seed=self._seed, release=self._release, defects=self._defects)


class Served:
    """Fakes on loopback sockets with TLS: one pair, reset for every scenario."""

    def __init__(self, wanted: Wanted) -> None:
        from fakes.handles import FACTORY_LOGIN  # noqa: PLC0415 - a live run needs no fakes
        from fakes.served import ServedWorld  # noqa: PLC0415 - a live run needs no fakes

        release = _known_release(wanted.release)
        defects = known_defects(wanted.defects)
        self._served = served = ServedWorld(seed=wanted.seed, release=release, defects=defects)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.load_verify_locations(cadata=served.ca_pem.decode("ascii"))
        self.client = httpx.Client(verify=context, trust_env=False, timeout=TIMEOUT_S)
        self.versions = _fake_versions(served.world)
        self.session = Session(
            target="served",
            release=release,
            admin_url=served.admin_url,
            username=FACTORY_LOGIN[0],
            password=FACTORY_LOGIN[1],
            pingone=_pingone_of(served.world, f"{served.pingone_url}/v1", served.pingone_url),
            client=self.client,
            control=ControlAddress(served.control_url, served.control_token),
            pingone_ca_pem=served.world.pingone_ca_pem,
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


class Live:
    """The product that the settings name; looked at once before anything is judged."""

    def __init__(self, wanted: Wanted, journal: Journal | None) -> None:
        settings = wanted.settings
        if settings is None:
            raise BadSettings("--target live: there are no settings; see `paconform doctor`")
        urls = (
            settings.pingaccess_admin_url,
            settings.pingone_api_url,
            settings.pingone_auth_url,
        )
        self.client = live_client(urls, settings.ca_bundle)
        try:
            self.versions = {"PingAccess": product_version(self.client, settings)}
            check_pingone(self.client, settings)
        except BaseException:
            self.client.close()
            raise
        control = settings.control_url and ControlAddress(
            settings.control_url, settings.control_token
        )
        self.session = Session(
            target="live",
            release=wanted.release or ".".join(self.versions["PingAccess"].split(".")[:2]),
            admin_url=settings.pingaccess_admin_url,
            username=settings.pingaccess_username,
            password=settings.pingaccess_password,
            pingone=PingOneAddress(
                settings.pingone_api_url,
                settings.pingone_auth_url,
                settings.pingone_environment_id,
                settings.pingone_client_id,
                settings.pingone_client_secret,
                None,
            ),
            client=self.client,
            control=control or None,
            pingone_ca_pem=None,
            run_id=wanted.run_id,
            allow_writes=settings.allow_writes,
            seed=wanted.seed,
            journal=journal,
        )

    def fresh(self) -> None:
        """Nothing: a live product is as it is, and every scenario removes what it made."""

    def close(self) -> None:
        """The client is closed."""
        self.client.close()


def live_client(urls: Sequence[str], ca_bundle: str | None) -> httpx.Client:
    """A client for these addresses; proxies of the environment count unless all are loopback."""
    context = ssl.create_default_context()
    if ca_bundle:
        try:
            context.load_verify_locations(cafile=ca_bundle)
        except (OSError, ssl.SSLError) as error:
            raise BadSettings(
                f"CA_BUNDLE: {ca_bundle}: no certificates can be read from it ({error}); "
                "name a PEM file, as `paconform serve` writes one"
            ) from None
    proxied = not all(_is_loopback(urlsplit(url).hostname or "") for url in urls)
    return httpx.Client(verify=context, trust_env=proxied, timeout=TIMEOUT_S)


def product_version(client: httpx.Client, settings: Settings) -> str:
    """What /version answers, after one login.

    Raises Unreachable where nobody answers, BadSettings where the login is refused: asked once and
    never again, since a few wrong logins lock the user out.
    """
    answer = _asked(
        "PINGACCESS_ADMIN_URL",
        lambda: client.get(
            f"{settings.pingaccess_admin_url}/pa-admin-api/v3/version",
            auth=(settings.pingaccess_username, settings.pingaccess_password),
            headers={"X-XSRF-Header": "PingAccess"},
        ),
        settings.pingaccess_admin_url,
    )
    if answer.status_code in (401, 403):
        raise BadSettings(
            f"PINGACCESS_USERNAME, PINGACCESS_PASSWORD: the login of "
            f"{settings.pingaccess_username!r} is refused ({answer.status_code}); correct them "
            "before another try, since failures lock the user out"
        )
    return _version(answer, settings.pingaccess_admin_url)


def check_pingone(client: httpx.Client, settings: Settings) -> str:
    """What was seen when the worker application got a token; else Unreachable or BadSettings."""
    url = f"{settings.pingone_auth_url}/{settings.pingone_environment_id}/as/token"
    answer = _asked(
        "PINGONE_AUTH_URL",
        lambda: client.post(
            url,
            data={"grant_type": "client_credentials"},
            auth=(settings.pingone_client_id, settings.pingone_client_secret),
        ),
        settings.pingone_auth_url,
    )
    if answer.status_code != 200:
        raise BadSettings(
            f"PINGONE_ENVIRONMENT_ID, PINGONE_CLIENT_ID, PINGONE_CLIENT_SECRET: PingOne gives the "
            f"worker application {settings.pingone_client_id!r} no token ({answer.status_code}); "
            "copy them again from the application's page"
        )
    return f"gives the worker application {settings.pingone_client_id} a token"


def known_defects(keys: Sequence[str]) -> tuple[Defect, ...]:
    """The seeded defects of these ids; BadSettings names one that is none."""
    from fakes.defects import defect  # noqa: PLC0415 - a live run needs no fakes

    try:
        return tuple(defect(key) for key in keys)
    except ValueError as error:
        raise BadSettings(str(error)) from None


def _asked(setting: str, ask: Any, url: str) -> httpx.Response:
    try:
        answer: httpx.Response = ask()
    except httpx.InvalidURL as error:
        raise BadSettings(f"{setting}: {url!r} is no URL ({error})") from None
    except httpx.ConnectError as error:
        if "CERTIFICATE_VERIFY_FAILED" in str(error):
            raise Unreachable(
                f"{setting}: the certificate of {url} is not trusted ({_reason(error)}); "
                "CA_BUNDLE must hold the certificate of the CA that issued it"
            ) from None
        raise _unreachable(setting, url, error) from None
    except httpx.TransportError as error:
        raise _unreachable(setting, url, error) from None
    return answer


def _unreachable(setting: str, url: str, error: Exception) -> Unreachable:
    return Unreachable(
        f"{setting}: {url} does not answer ({_reason(error)}); is it running, and is the address "
        "right?"
    )


def _reason(error: Exception) -> str:
    return str(error) or type(error).__name__


def _version(answer: httpx.Response, url: str) -> str:
    try:
        version = answer.json()["version"]
    except (ValueError, KeyError, TypeError):
        version = None
    if answer.status_code != 200 or not isinstance(version, str):
        raise BadSettings(
            f"PINGACCESS_ADMIN_URL: {url} does not answer as a PingAccess ({answer.status_code} to "
            "/pa-admin-api/v3/version); give the address of its admin API, without a path"
        )
    return version


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


def _fake_versions(world: World) -> dict[str, str]:
    return {
        "PingAccess": f"fake, release {world.release}",
        "PingOne": "fake",
    }


def _known_release(name: str | None) -> str:
    from fakes.releases import LATEST, release  # noqa: PLC0415 - a live run needs no fakes

    try:
        return release(name).name if name else LATEST
    except ValueError as error:
        raise BadSettings(f"--release: {error}") from None


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
