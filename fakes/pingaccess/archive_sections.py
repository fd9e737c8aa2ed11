"""What stands in a configuration archive: its sections, and what their objects point at.

Names are observed in the vendor's exports of 6.0, 6.2 and 7.0.4 (server profiles); those of PingOne
connections, risk policies and authentication challenge policies are assumed by their pattern.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from fakes.pingaccess.parts_behaviour import ArchiveBehaviour
    from fakes.pingaccess.plugins import Plugins

Pointer: TypeAlias = tuple[str, str, object]
"""Where in the object, which table, which id."""


@dataclass(frozen=True, slots=True)
class Section:
    """One collection: its table, the type of its ids, and what its members refer to.

    `points`: member (`a.b` for a nested one) and the table of its ids. `family`: of plugins.
    `unique`: whether a name may stand only once.
    """

    table: str
    key: Literal["number", "text"] = "number"
    points: tuple[tuple[str, str], ...] = ()
    family: str | None = None
    unique: bool = True


_TRUST = ("trustedCertificateGroupId", "trustedCertificateGroups")
_KEY_PAIR = ("keyPairId", "keyPairs")
_REACH = (
    _TRUST,
    ("availabilityProfileId", "availabilityProfiles"),
    ("loadBalancingStrategyId", "loadBalancingStrategies"),
)
_POLICIES = (
    ("authenticationChallengePolicyId", "authnChallengePolicies"),
    ("riskPolicyId", "riskPolicies"),
)

SECTIONS: tuple[Section, ...] = (
    Section("trustedCerts", unique=False),
    Section("trustedCertificateGroups", points=(("certIds", "trustedCerts"),)),
    Section("availabilityProfiles", family="availabilityProfiles"),
    Section("loadBalancingStrategies", family="loadBalancingStrategies"),
    Section("rejectionHandlers", family="rejectionHandlers"),
    Section("siteAuthenticators", family="siteAuthenticators"),
    Section("thirdPartyServices", "text", _REACH),
    Section("identityMappings", family="identityMappings"),
    Section("accessTokenValidators", family="accessTokenValidators"),
    Section("hsmProviders", family="hsmProviders"),
    Section("keyPairs", points=(("hsmProviderId", "hsmProviders"),), unique=False),
    Section("httpsListeners", points=(_KEY_PAIR,)),
    Section("proxies"),
    Section("acmeServers", "text"),
    Section("engineListeners", points=(_TRUST,)),
    Section("redirects", "text", unique=False),
    Section("globalUnprotectedResources", "text"),
    Section("authnReqLists"),
    Section("sharedSecrets", unique=False),
    Section("agents", points=(("sharedSecretIds", "sharedSecrets"),)),
    Section("engines", points=(("httpProxyId", "proxies"), ("httpsProxyId", "proxies"))),
    Section("sidebandClients", "text"),
    Section("sites", points=(*_REACH, ("siteAuthenticatorIds", "siteAuthenticators"))),
    Section("virtualHosts", points=(_KEY_PAIR, _TRUST), unique=False),
    Section("webSessions", points=(("clientCredentials.keyPairId", "keyPairs"),)),
    Section("rules", family="rules"),
    Section("ruleSets"),
    Section("authnChallengePolicies", "text"),
    Section("pingOneConnections", "text", (_TRUST,)),
    Section("riskPolicies", family="riskPolicies"),
    Section(
        "applications",
        points=(
            ("siteId", "sites"),
            ("agentId", "agents"),
            ("sidebandClientId", "sidebandClients"),
            ("webSessionId", "webSessions"),
            ("virtualHostIds", "virtualHosts"),
            ("identityMappingIds", "identityMappings"),
            ("accessValidatorId", "accessTokenValidators"),
            *_POLICIES,
        ),
    ),
    Section("resources", points=(("applicationId", "applications"), *_POLICIES), unique=False),
)
"""The collections that the fake models, in an order in which each stands after what it needs."""

TABLES: Mapping[str, str] = {
    "pingone/connections": "pingOneConnections",
    "rulesets": "ruleSets",
    "authenticationChallengePolicies": "authnChallengePolicies",
}
"""The tables of the collections that plugins refer to, where the names differ."""

POLICY_TABLES: Mapping[object, str] = {"Rule": "rules", "RuleSet": "ruleSets"}
"""The table of a policy item by its type (SPEC PolicyItemType)."""

REMOTE_VALIDATOR = 1
"""accessValidatorId of an API that an authorization server protects (SPEC Application)."""


def section_name(table: str, behaviour: ArchiveBehaviour) -> str:
    """The name of a table in the archive."""
    names = {
        "pingOneConnections": behaviour.archive_connections_section,
        "riskPolicies": behaviour.archive_risk_policies_section,
    }
    return names.get(table, table)


def pointers(section: Section, row: Mapping[str, Any], plugins: Plugins) -> Iterator[Pointer]:
    """Everything that an object of the section points at."""
    for member, table in section.points:
        for key in _ids(_member(row, member)):
            if not (member == "accessValidatorId" and key == REMOTE_VALIDATOR):
                yield member, table, key
    if section.table in ("applications", "resources"):
        yield from _policy_items(row.get("policy"))
    if section.table == "ruleSets":
        table = POLICY_TABLES.get(row.get("elementType"), "rules")
        yield from (("policy", table, key) for key in _ids(row.get("policy")))
    configuration = row.get("configuration")
    if section.family and isinstance(configuration, dict):
        found = plugins.references(section.family, str(row.get("className")), configuration)
        yield from (("configuration", TABLES.get(name, name), key) for name, key in found)


def _policy_items(policy: object) -> Iterator[Pointer]:
    """The rules and rule sets of a policy map: Web and API to lists of items."""
    lists = policy.values() if isinstance(policy, dict) else ()
    for items in lists:
        for item in items if isinstance(items, list) else ():
            if isinstance(item, dict):
                kind = item.get("type")
                table = POLICY_TABLES.get(kind if isinstance(kind, str) else None, "rules")
                yield "policy", table, item.get("id")


def _member(row: Mapping[str, Any], path: str) -> object:
    value: object = row
    for name in path.split("."):
        value = value.get(name) if isinstance(value, dict) else None
    return value


def _ids(value: object) -> Iterator[object]:
    """The ids in a member: one, a list of them, or a map to them; 0 and null are none."""
    if isinstance(value, list):
        found = iter(value)
    elif isinstance(value, dict):
        found = iter(value.values())
    else:
        found = iter((value,))
    yield from (key for key in found if isinstance(key, int | str) and key not in (0, "", "0"))
