"""The product under test as one scenario sees it."""

from __future__ import annotations

from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from harness import releases
from harness.errors import HarnessError, NotMeasured

if TYPE_CHECKING:
    from datetime import datetime

    from harness.clients.admin import AdminApi
    from harness.clients.control import Control
    from harness.product.admin import Admin
    from harness.product.means import Means
    from harness.product.session import Session


class Product:
    """PingAccess: its operations (`api`), arrangements (`admin`) and, of a fake, its `control`.

    `target` is embedded, served or live; `release` the one that is expected, such as 7.3;
    `requirements` the release whose requirements count, which is the same unless told otherwise;
    `login` is user name and password; `pause` lets seconds pass where the product needs them.
    """

    def __init__(self, session: Session, api: AdminApi, admin: Admin, means: Means) -> None:
        self.target = session.target
        self.release = session.release
        self.requirements = session.requirements or session.release
        self.login = (session.username, session.password)
        self.api = api
        self.admin = admin
        self.name = means.name
        self.control = means.control
        self.pause = means.pause
        self._keeper = means.keeper
        self._pingone_ca_pem = session.pingone_ca_pem
        self._is_fake = session.is_fake

    def __repr__(self) -> str:
        return f"<PingAccess {self.release} ({self.target})>"

    def unique_path(self) -> str:
        """A context root that no application has."""
        return f"/{self.name('path')}"

    def expected(self, topic: str) -> releases.Expectation:
        """What the documents say of the topic; NotMeasured where they do not settle it.

        They are those of the release whose requirements count.
        """
        return releases.expected(self.requirements, topic)

    def now(self) -> datetime:
        """What time it is for the product, by the Date header of an answer."""
        told = self.api.version().headers.get("date")
        if told is None:
            raise HarnessError("the product's answers carry no Date header")
        try:
            return parsedate_to_datetime(told)
        except ValueError:
            raise HarnessError(f"the product's Date header is no date: {told!r}") from None

    def needs_control(self, why: str) -> Control:
        """The control door; NotMeasured where there is none."""
        if self.control is None:
            raise NotMeasured(f"{why}: only fakes have a control door")
        return self.control

    def pingone_ca_pem(self) -> str | None:
        """The authority that issued PingOne's certificate, where it is known; else a public one."""
        if self._pingone_ca_pem is None and self.control is not None:
            self._pingone_ca_pem = self.control.pingone_ca_pem()
        return self._pingone_ca_pem

    def borrowable(self, why: str) -> None:
        """Holds where a setting may be changed and given back; elsewhere NotMeasured."""
        if not self._is_fake:
            raise NotMeasured(f"{why}: a live product keeps its configuration")

    def restorable(self, why: str) -> None:
        """Holds where the configuration may be replaced, and is brought back; else NotMeasured.

        On a live product that is a fake, an import brings back what is exported now.
        """
        if self.target != "live":
            return
        if self.api.spared:
            raise NotMeasured(f"{why}: a live product keeps its configuration")
        self._keeper.keep(self.api.config_export, self.api.config_import)

    def resettable(self, why: str) -> None:
        """Holds where whatever is done is undone by a reset; elsewhere NotMeasured."""
        if self.target == "live":
            raise NotMeasured(f"{why}: a live product keeps its configuration")
