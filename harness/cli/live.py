"""The product that the settings name: reached, trusted and logged in to before it is judged."""

from __future__ import annotations

import re
import ssl
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import httpx

from harness.cli import wallclock
from harness.cli.bounded import BoundedClient
from harness.cli.targets import PINGACCESS, PINGONE, TIMEOUT_S, Wanted
from harness.errors import BadSettings, Unreachable
from harness.product import ControlAddress, PingOneAddress, Session

if TYPE_CHECKING:
    from collections.abc import Sequence

    from harness.journal import Journal
    from harness.settings import Settings


_VERSION = re.compile(r"[0-9]{1,4}(\.[0-9]{1,6}){1,3}([-+.][A-Za-z0-9.+-]{1,40})?", re.ASCII)
"""A version such as 9.0.0.1; whatever else a product sends is neither read as one nor shown."""


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
            version = product_version(self.client, settings)
            check_pingone(self.client, settings)
        except BaseException:
            self.client.close()
            raise
        self.fakes = fakes_of(settings)
        self.versions = _versions(version, self.fakes)
        control = settings.control_url and ControlAddress(
            settings.control_url, settings.control_token
        )
        self.session = Session(
            target="live",
            release=wanted.release or ".".join(version.split(".")[:2]),
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
            pause=wallclock.sleep,
            is_fake=PINGACCESS in self.fakes,
        )

    def fresh(self) -> None:
        """Nothing: a live product is as it is, and every scenario removes what it made."""

    def close(self) -> None:
        """The client is closed."""
        self.client.close()


def fakes_of(settings: Settings) -> tuple[str, ...]:
    """The products at whose addresses a `serve` said that its fakes answer."""
    urls = {PINGACCESS: settings.pingaccess_admin_url, PINGONE: settings.pingone_auth_url}
    return tuple(name for name, url in urls.items() if settings.is_fake(url))


def _versions(version: str, fakes: Sequence[str]) -> dict[str, str]:
    """What the report says of each product; a PingOne has no version to tell."""
    said = f"fake, version {version}" if PINGACCESS in fakes else version
    return {PINGACCESS: said} | ({PINGONE: "fake"} if PINGONE in fakes else {})


def live_client(urls: Sequence[str], ca_bundle: str | None) -> httpx.Client:
    """A client for these addresses; proxies of the environment count unless all are loopback."""
    context = ssl.create_default_context()
    if ca_bundle:
        try:
            context.load_verify_locations(cafile=ca_bundle)
        except (OSError, ssl.SSLError) as error:
            raise BadSettings(
                f"PACONFORM_CA_BUNDLE: {ca_bundle}: no certificates can be read from it ({error}); "
                "name a PEM file, as `paconform serve` writes one"
            ) from None
    proxied = not all(_is_loopback(urlsplit(url).hostname or "") for url in urls)
    return BoundedClient(verify=context, trust_env=proxied, timeout=TIMEOUT_S)


def product_version(client: httpx.Client, settings: Settings) -> str:
    """What /version answers, after one login.

    Raises Unreachable where nobody answers, BadSettings where the login is refused: asked once and
    never again, since a few wrong logins lock the user out.
    """
    answer = _asked(
        "PACONFORM_PINGACCESS_ADMIN_URL",
        lambda: client.get(
            f"{settings.pingaccess_admin_url}/pa-admin-api/v3/version",
            auth=(settings.pingaccess_username, settings.pingaccess_password),
            headers={"X-XSRF-Header": "PingAccess"},
        ),
        settings.pingaccess_admin_url,
    )
    if answer.status_code in (401, 403):
        raise BadSettings(
            "PACONFORM_PINGACCESS_USERNAME, PACONFORM_PINGACCESS_PASSWORD: the login of "
            f"{settings.pingaccess_username!r} is refused ({answer.status_code}); correct them "
            "before another try, since failures lock the user out"
        )
    return _version(answer, settings.pingaccess_admin_url)


def check_pingone(client: httpx.Client, settings: Settings) -> str:
    """What was seen when the worker application got a token; else Unreachable or BadSettings."""
    url = f"{settings.pingone_auth_url}/{settings.pingone_environment_id}/as/token"
    answer = _asked(
        "PACONFORM_PINGONE_AUTH_URL",
        lambda: client.post(
            url,
            data={"grant_type": "client_credentials"},
            auth=(settings.pingone_client_id, settings.pingone_client_secret),
        ),
        settings.pingone_auth_url,
    )
    if answer.status_code != 200:
        raise BadSettings(
            "PACONFORM_PINGONE_ENVIRONMENT_ID, PACONFORM_PINGONE_CLIENT_ID, "
            "PACONFORM_PINGONE_CLIENT_SECRET: PingOne gives the "
            f"worker application {settings.pingone_client_id!r} no token ({answer.status_code}); "
            "copy them again from the application's page"
        )
    return f"gives the worker application {settings.pingone_client_id} a token"


def _asked(setting: str, ask: Any, url: str) -> httpx.Response:
    try:
        answer: httpx.Response = ask()
    except httpx.InvalidURL as error:
        raise BadSettings(f"{setting}: {url!r} is no URL ({error})") from None
    except httpx.ConnectError as error:
        if "CERTIFICATE_VERIFY_FAILED" in str(error):
            raise Unreachable(
                f"{setting}: the certificate of {url} is not trusted ({_reason(error)}); "
                "PACONFORM_CA_BUNDLE must hold the certificate of the CA that issued it"
            ) from None
        raise _unreachable(setting, url, error) from None
    except httpx.RequestError as error:
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
    except (ValueError, KeyError, TypeError, RecursionError):
        version = None
    told = isinstance(version, str) and _VERSION.fullmatch(version)
    if answer.status_code != 200 or not told:
        raise BadSettings(
            f"PACONFORM_PINGACCESS_ADMIN_URL: {url} does not answer as a PingAccess "
            f"({answer.status_code} to /pa-admin-api/v3/version); give the address of its admin "
            "API, without a path"
        )
    return str(version)


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
