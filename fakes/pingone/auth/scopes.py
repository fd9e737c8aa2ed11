"""What a client may ask for: scopes of the resources that its application was granted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from fakes.pingone.errors import bad_token_request

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fakes.pingone.tenant import Tenant
    from fakes.store import Row


class Access(NamedTuple):
    """What a token is good for: names of scopes, and the custom resource, if any."""

    scopes: tuple[str, ...] = ()
    resource: Row | None = None

    @property
    def scope(self) -> str | None:
        """The scopes as a token names them (RFC 6749 section 3.3)."""
        return " ".join(self.scopes) or None

    @property
    def audience(self) -> str | None:
        """Whom a token is for; None is PingOne itself."""
        if self.resource is None:
            return None
        return str(self.resource.get("audience") or self.resource["name"])

    def lifetime_s(self, otherwise: int) -> int:
        """Life of an access token."""
        if self.resource is None:
            return otherwise
        return int(self.resource.get("accessTokenValiditySeconds", 3600))


def for_client(tenant: Tenant, client: Row, wanted: str | None) -> Access:
    """The access of a client that acts for itself; of a worker that asks for none, none."""
    granted = {name: one for name, one in _granted(tenant, client).items() if one is not None}
    if wanted is None:
        named = tenant.behaviour.scopeless_client == "granted" and client.get("type") != "WORKER"
        access = _access(tenant, list(granted) if named else [], granted)
    else:
        access = _access(tenant, wanted.split(" "), granted)
    if not access.scopes and (wanted or client.get("type") != "WORKER"):
        raise _refused("At least one scope must be granted")
    return access


def for_user(tenant: Tenant, client: Row, wanted: str | None) -> Access:
    """The access of a client that acts for a user who logs in."""
    free = dict.fromkeys(tenant.behaviour.scopes_without_grant)
    granted: dict[str, Row | None] = {**free, **_granted(tenant, client)}
    names = wanted.split(" ") if wanted else []
    access = _access(tenant, names, granted)
    if wanted and not access.scopes:
        raise _refused("At least one scope must be granted")
    return access


def _access(tenant: Tenant, wanted: list[str], granted: Mapping[str, Row | None]) -> Access:
    """The wanted scopes, of one resource and openid at most."""
    behaviour = tenant.behaviour
    names = [name for name in dict.fromkeys(wanted) if name in granted]
    if len(names) < len(set(wanted)) and behaviour.ungranted_scopes == "refused":
        raise _refused("The application was not granted every scope")
    resources = {row["id"]: row for name in names if (row := granted[name]) is not None}
    if len(resources) > 1 and behaviour.one_resource:
        raise _refused("May not request scopes for multiple resources")
    return Access(tuple(names), next(iter(resources.values()), None))


def _granted(tenant: Tenant, client: Row) -> dict[str, Row | None]:
    """The custom resource of each scope that the application was granted; None: PingOne's own."""
    found: dict[str, Row | None] = {}
    for grant in tenant.table("grants").named(of_application, client["id"]):
        resource = tenant.table("resources").get(grant["resource"]["id"])
        if resource is None:
            continue
        custom = resource if resource["type"] == "CUSTOM" else None
        rows = (tenant.table("scopes").get(one["id"]) for one in grant["scopes"])
        found.update({row["name"]: custom for row in rows if row is not None})
    return found


def of_application(grant: Row) -> Any:
    """What grants are looked up by."""
    return grant["application"]["id"]


def _refused(problem: str) -> Exception:
    return bad_token_request("invalid_scope", problem)
