"""Events as Protect's tests send them, and a tenant that judges them by one predictor."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from fakes.pingone import CORRECT
from fakes.pingone.protect.scoring import Policies
from fakes.tests.pingone_tenant import Tenant

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fakes.pingone.protect.scoring import Verdict

DENVER, BOULDER, LONDON, PARIS = "192.0.2.1", "192.0.2.129", "198.51.100.1", "198.51.100.129"
SYDNEY, HIDDEN, SHADY, BAD = "203.0.113.1", "203.0.113.130", "203.0.113.161", "203.0.113.200"
PRIVATE = "10.0.0.1"
CHROME = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/126.0.0.0 Safari/537.36"
)
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
HOUR_S = 3600


def signals(device: str, **members: object) -> dict[str, Any]:
    """The member `sdk` with a payload that the fake can read."""
    return {"signals": {"data": json.dumps({"deviceId": device, **members})}}


def judged(policies: list[Any], event: object, details: Mapping[str, object]) -> Verdict:
    """What policies make of an event of which the details are those."""
    context = {"event": event, "transaction": event, "details": details}
    return Policies(CORRECT, policies).verdict(context)


class Visits:
    """Visits of users to one tenant, each with the details of one predictor."""

    def __init__(self, compact_name: str, tenant: Tenant | None = None) -> None:
        self.tenant = tenant or Tenant()
        self.compact_name = compact_name

    def whole(self, user: str = "eve", /, *, ok: bool = False, **event: object) -> dict[str, Any]:
        """The evaluation of an event, completed with SUCCESS where it is `ok`."""
        made = self.tenant.evaluated(user, None, **{"ip": DENVER, **event})
        if ok:
            self.complete(made, "SUCCESS")
        return made

    def complete(self, made: dict[str, Any], status: str) -> None:
        """The evaluation's event, completed."""
        path = f"riskEvaluations/{made['id']}/event"
        answer = self.tenant.call("PUT", path, {"completionStatus": status})
        assert answer.status == 200, answer

    def found(self, user: str = "eve", /, *, ok: bool = False, **event: object) -> dict[str, Any]:
        """What the details say of the predictor."""
        details = self.whole(user, ok=ok, **event)["details"]
        return dict(details[self.compact_name])

    def level(self, user: str = "eve", /, *, ok: bool = False, **event: object) -> str | None:
        """The level; None where there is none."""
        return self.found(user, ok=ok, **event).get("level")

    def later(self, seconds: float) -> None:
        """The clock moved on, and a token that is good then."""
        self.tenant.clock.advance(seconds)
        vars(self.tenant).pop("token", None)

    def with_own(self, kind: str, **members: object) -> Visits:
        """Visits to the same tenant, seen by a new predictor of that type."""
        name = f"own{kind.title().replace('_', '')}{len(members)}"
        body = {"name": name, "compactName": name, "type": kind, **members}
        self.tenant.made("riskPredictors", body)
        return Visits(name, self.tenant)
