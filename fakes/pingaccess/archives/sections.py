"""What stands in a configuration archive: its sections, and what their objects point at.

Names are observed in the vendor's exports of 6.0, 6.2 and 7.0.4 (server profiles); those of PingOne
connections, risk policies, authentication challenge policies, replica admins, ACME accounts and
their requests are assumed by their pattern. What the objects hold is what the API declares of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fakes.pingaccess.entities import SETTINGS, TABLES
from fakes.pingaccess.objects.integrity import Reference, plugin_references, references

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from fakes.pingaccess.decisions.parts import ArchiveBehaviour
    from fakes.pingaccess.objects.spec import Entity
    from fakes.pingaccess.plugins.descriptors import Plugins


@dataclass(frozen=True, slots=True)
class Section:
    """One collection: its table, and the entity of the API that lies in it, where there is one."""

    table: str
    entity: Entity | None

    @property
    def textual(self) -> bool:
        """Whether its ids are text."""
        return self.entity is not None and self.entity.key == "uuid"

    @property
    def family(self) -> str | None:
        """The family of the plugins that its objects are; None where they are none."""
        return self.entity.family if self.entity is not None else None

    @property
    def unique(self) -> bool:
        """Whether every object has a name, which may stand only once."""
        return self.entity is not None and ("name",) in self.entity.unique


_ORDER = (
    "trustedCerts",
    "trustedCertificateGroups",
    "availabilityProfiles",
    "loadBalancingStrategies",
    "rejectionHandlers",
    "siteAuthenticators",
    "thirdPartyServices",
    "identityMappings",
    "accessTokenValidators",
    "hsmProviders",
    "keyPairs",
    "httpsListeners",
    "proxies",
    "acmeServers",
    "acmeAccounts",
    "acmeCertificateRequests",
    "engineListeners",
    "redirects",
    "globalUnprotectedResources",
    "authnReqLists",
    "sharedSecrets",
    "agents",
    "engines",
    "replicaAdmins",
    "sidebandClients",
    "sites",
    "virtualHosts",
    "webSessions",
    "rules",
    "ruleSets",
    "authnChallengePolicies",
    "pingOneConnections",
    "riskPolicies",
    "applications",
    "resources",
)

SECTIONS = tuple(Section(table, TABLES.get(table)) for table in _ORDER)
"""The collections that the fake models, in an order in which each stands after what it needs."""

_SETTINGS = {entity.table: entity for entity in SETTINGS}


def section_name(table: str, behaviour: ArchiveBehaviour) -> str:
    """The name of a table in the archive."""
    names = {
        "pingOneConnections": behaviour.archive_connections_section,
        "riskPolicies": behaviour.archive_risk_policies_section,
        "authnChallengePolicies": behaviour.archive_challenge_policies_section,
        "acmeAccounts": behaviour.archive_acme_accounts_section,
        "acmeCertificateRequests": behaviour.archive_acme_requests_section,
    }
    return names.get(table, table)


def pointers(section: Section, row: Mapping[str, Any], plugins: Plugins) -> Iterator[Reference]:
    """Everything that an object of the section points at, what it belongs to among it.

    The owner is what the path says in the API, and a member in the archive.
    """
    if section.entity is None:
        return
    known = list(references(section.entity, row))
    if section.entity.owner is not None:
        member, table = section.entity.owner
        if all(one.member != member for one in known):
            yield Reference(member, table, row.get(member))
    yield from known
    yield from plugin_references(plugins, section.entity, row)


def is_setting(name: str) -> bool:
    """Whether a section is a setting that there is one of: an object, never a list."""
    return name in _SETTINGS


def setting_pointers(name: str, value: Mapping[str, Any], plugins: Plugins) -> Iterator[Reference]:
    """Everything that the setting in a section points at; nothing where it is no setting."""
    entity = _SETTINGS.get(name)
    if entity is not None:
        yield from references(entity, value)
        yield from plugin_references(plugins, entity, value)
