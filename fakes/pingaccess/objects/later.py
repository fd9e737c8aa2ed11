"""What releases after 7.3 have beside its specification: members.

Each stands under the name that a release file gives it. That there is one is documented, with its
label; what it is called in the API, and the values it takes, is assumed.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from fakes.pingaccess.objects.spec import Field

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fakes.pingaccess.objects.spec import Entity

_AUDIENCE = Field(
    "privateKeyJwtAudience",
    default="AudienceEndpoint",
    choices=frozenset({"AudienceEndpoint", "Issuer", "Both"}),
)
_AUDIENCE_OF = (
    "oidcProvider",
    "pingFederateRuntime",
    "pingOneForCustomers",
    "pingOneAdvancedIdentityCloud",
    "oauthAuthServer",
)
MEMBERS: Mapping[str, Field] = {
    "webSessions.partitionedCookie": Field("partitionedCookie", "flag", default=False),
    "webSessions.passthroughRequestParameters": Field(
        "passthroughRequestParameters",
        "objects",
        default=(),
        members=(Field("requestParameter", required=True), Field("oidcParameter", required=True)),
    ),
    "webSessions.uiLocales": Field("uiLocales"),
    "oauthAuthServer.issuer": Field("issuer"),
    **{f"{table}.{_AUDIENCE.name}": _AUDIENCE for table in _AUDIENCE_OF},
}
"""Members by table and name."""


@lru_cache(maxsize=512)
def fields_of(entity: Entity, more: frozenset[str]) -> tuple[Field, ...]:
    """The members of an entity in a release that has these beside those of 7.3."""
    later = [MEMBERS[name] for name in sorted(more) if name.partition(".")[0] == entity.table]
    return (*entity.fields, *later)


def unset(entity: Entity, more: frozenset[str]) -> dict[str, Any]:
    """A setting as a new product of that release has it."""
    return {field.name: field.default for field in fields_of(entity, more)}


def is_missing(path: str, missing: frozenset[str]) -> bool:
    """Whether a path below the root of the API is one of these, or below one."""
    return any(path == f"/{one}" or path.startswith(f"/{one}/") for one in missing)
