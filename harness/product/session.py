"""A run: what it is pointed at; and a scenario: everything that one scenario speaks through."""

from __future__ import annotations

import zlib
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from harness.clients.admin import ROOT, AdminApi, base_headers
from harness.clients.control import Control
from harness.clients.pingone import PingOneApi
from harness.clients.wire import Carry, Headers, RequestBuilder, Wire, straight
from harness.product.admin import Admin
from harness.product.made import DELETERS, PINGONE_KINDS, Keeper, Made
from harness.product.means import Means
from harness.product.pingaccess import Product
from harness.product.pingone import PingOne, PingOneAddress
from harness.waiting import Pause, no_time

if TYPE_CHECKING:
    from collections.abc import Callable

    import httpx

    from harness.journal import Journal
    from harness.recorder import Party, Record

TargetName: TypeAlias = Literal["embedded", "served", "live"]


@dataclass(frozen=True, slots=True)
class ControlAddress:
    """Where the control door of the fakes is; over sockets it wants the token."""

    url: str
    token: str | None = field(default=None, repr=False)


@dataclass(kw_only=True)
class Session:
    """What a run is pointed at. `admin_url` is up to and without /pa-admin-api.

    `requirements` is the release whose requirements count, where that is not `release`.
    `is_fake`: the PingAccess is one of ours, so that its settings may be changed and given back.
    `trusts_pingone` says that the product knows PingOne's authority already, as the fakes do;
    else `pingone_ca_pem` is the authority that issued its certificate, where it is no public one,
    and without it the control door is asked, where there is one. Requests go through `client`, or
    straight to a `transport` in process where one is given, which costs half as much. `pause` lets
    time pass where the target needs it.
    """

    target: TargetName
    release: str
    admin_url: str
    username: str
    password: str = field(repr=False)
    pingone: PingOneAddress
    client: httpx.Client = field(repr=False)
    control: ControlAddress | None = None
    pingone_ca_pem: str | None = field(default=None, repr=False)
    trusts_pingone: bool = False
    transport: httpx.BaseTransport | None = field(default=None, repr=False)
    run_id: str = ""
    allow_writes: bool = True
    seed: int = 0
    requirements: str | None = None
    journal: Journal | None = field(default=None, repr=False)
    pause: Pause = field(default=no_time, repr=False)
    is_fake: bool = True

    def __post_init__(self) -> None:
        self.admin_url = self.admin_url.rstrip("/")
        self.carry: Carry = straight(self.transport) if self.transport else self.client.send
        self.builder = RequestBuilder()
        self.admin_headers: Headers = base_headers(self.admin_url, self.username, self.password)

    @cached_property
    def secrets(self) -> set[str]:
        """What no report may show, whichever scenario it is of."""
        door = self.control.token if self.control else None
        return {one for one in (self.password, self.pingone.client_secret, door) if one}

    @cached_property
    def public(self) -> frozenset[str]:
        """Names that reports show, unless one of them is a password too."""
        names = (self.username, self.pingone.client_id, self.pingone.environment_id)
        return frozenset(names) - self.secrets

    def scenario(self, record: Record) -> Scenario:
        """A new scenario that keeps this record. Nothing is requested yet."""
        return Scenario(self, record)

    def namer(self, scenario: str) -> Callable[[str], str]:
        """Names that no other object has: `paconform-noun-1`, on a live product with run and place.

        They depend on the scenario alone, not on what ran before it.
        """
        counted: Counter[str] = Counter()
        prefix = "paconform"
        if self.target == "live":
            prefix = f"paconform-{self.run_id}-{zlib.crc32(scenario.encode()):08x}"

        def name(noun: str) -> str:
            counted[noun] += 1
            return f"{prefix}-{noun}-{counted[noun]}"

        return name


def _spared(session: Session) -> str | None:
    """Why no import is sent to the product of a session; None where it may be.

    Even one that has to be refused is not: a product that takes it has lost its configuration.
    """
    if session.target != "live":
        return None
    if not session.is_fake:
        return "an import may replace the whole configuration: a live product keeps its own"
    if session.password != FACTORY_PASSWORD:
        return (
            "an import brings back the factory passwords (pa_importing_pa_configs, 7.3), and "
            "this product has another: nobody could log in after it"
        )
    return None


FACTORY_PASSWORD = "2Access"  # noqa: S105 - the vendor's own, which every new product has
"""Source: docker builds of the vendor, 81-import-initial-configuration.sh (observed)."""


class Scenario:
    """One scenario: `product`, `pingone`, and the `record` of what it did.

    `left` says after `close` what could not be removed from a live product.
    """

    def __init__(self, session: Session, record: Record) -> None:
        record.secrets |= session.secrets
        record.public = session.public
        self.record = record
        self.left: list[str] = []
        self._session = session
        keeper = Keeper(active=session.target == "live", journal=session.journal)
        namer = session.namer(record.name)
        self._means = Means(self.record, keeper, namer, session.pause, self._door())

    @cached_property
    def product(self) -> Product:
        """PingAccess for this scenario."""
        session = self._session
        api = AdminApi(self._wire("pingaccess"), session.admin_url + ROOT, session.admin_headers)
        admin = Admin(api, self._means, self._pingone_ca_pem)
        api.made = self._means.keeper.remember if session.target == "live" else None
        api.replaced = admin.forget
        api.spared = _spared(session)
        return Product(session, api, admin, self._means)

    @cached_property
    def pingone(self) -> PingOne:
        """PingOne for this scenario."""
        address = self._session.pingone
        worker = (address.client_id, address.client_secret)
        api = PingOneApi(
            self._wire("pingone"),
            address.api_url,
            address.auth_url,
            address.environment_id,
            worker,
        )
        api.made = self._means.keeper.remember if self._session.target == "live" else None
        return PingOne(address, api, self._means)

    def close(self) -> None:
        """What the scenario made on a live product is gone, or told in `left`."""
        keeper = self._means.keeper
        self.left += keeper.bring_back()
        self.left += keeper.remove(self.deleter)

    def _door(self) -> Control | None:
        address = self._session.control
        if address is None:
            return None
        control = Control(self._wire("control"), address.url, address.token)
        control.moved = lambda: self.pingone.forget()  # noqa: PLW0108 - made only when needed
        control.replaced = self._forget
        return control

    def _forget(self) -> None:
        self.pingone.forget()
        self.product.admin.forget()

    def _pingone_ca_pem(self) -> str | None:
        control = self._means.control
        if self._session.trusts_pingone:
            return None
        if self._session.pingone_ca_pem is None and control is not None:
            self._session.pingone_ca_pem = control.pingone_ca_pem()
        return self._session.pingone_ca_pem

    def deleter(self, made: Made) -> Callable[..., httpx.Response]:
        """The operation that deletes an object of its kind."""
        api: Any = self.pingone.api if made.kind in PINGONE_KINDS else self.product.api
        delete: Callable[..., httpx.Response] = getattr(api, DELETERS[made.kind])
        return delete

    def _wire(self, party: Party) -> Wire:
        session = self._session
        locked = not session.allow_writes and party != "control"
        return Wire(
            party,
            session.carry,
            self.record,
            session.builder,
            read_only=locked,
            pause=session.pause,
        )
