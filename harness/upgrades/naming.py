"""Objects without ids: what one is called, and what it points at by name.

An upgrade may number things anew, so nothing is compared by its id. What points at what is in the
table of the admin API 7.3 (facts: referential graph), and in no code of a product.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Kind:
    """One collection: its section in an export, its path in the API, and what its members name.

    `points` maps a member to the section that it names; `is_derived` says that each object of it
    becomes a scenario.
    """

    name: str
    section: str
    path: str
    points: Mapping[str, str] = field(default_factory=dict)
    is_derived: bool = True


_ITEM = "rules, rule sets or challenge policies"
"""Where an item of a policy points: its own type says which of them."""
_POLICY = {
    "riskPolicyId": "riskPolicies",
    "authenticationChallengePolicyId": "authnChallengePolicies",
}
_RATED = ("highRiskPolicy", "mediumRiskPolicy", "lowRiskPolicy", "failedRiskPolicy")
_TARGETED = {
    "trustedCertificateGroupId": "trustedCertificateGroups",
    "availabilityProfileId": "availabilityProfiles",
    "loadBalancingStrategyId": "loadBalancingStrategies",
}

KINDS = (
    Kind("web session", "webSessions", "/webSessions"),
    Kind("rule", "rules", "/rules", {"configuration.rejectionHandler": "rejectionHandlers"}),
    Kind("rule set", "ruleSets", "/rulesets", {"policy": _ITEM}),
    Kind(
        "risk policy",
        "riskPolicies",
        "/riskPolicies",
        {
            "configuration.pingOneConnectionId": "pingOneConnections",
            **{f"configuration.{name}.id": _ITEM for name in _RATED},
        },
    ),
    Kind(
        "application",
        "applications",
        "/applications",
        {
            **_POLICY,
            "webSessionId": "webSessions",
            "siteId": "sites",
            "agentId": "agents",
            "sidebandClientId": "sidebandClients",
            "virtualHostIds": "virtualHosts",
            "identityMappingIds": "identityMappings",
            "accessValidatorId": "accessTokenValidators",
            "resourceOrder": "resources",
        },
    ),
    Kind(
        "resource",
        "resources",
        "/applications/resources",
        {**_POLICY, "applicationId": "applications"},
    ),
    Kind(
        "site",
        "sites",
        "/sites",
        {**_TARGETED, "siteAuthenticatorIds": "siteAuthenticators"},
        False,
    ),
    Kind("virtual host", "virtualHosts", "/virtualhosts", {"keyPairId": "keyPairs"}, False),
    Kind("identity mapping", "identityMappings", "/identityMappings", {}, False),
    Kind(
        "access token validator",
        "accessTokenValidators",
        "/accessTokenValidators",
        {"configuration.thirdPartyService": "thirdPartyServices"},
        False,
    ),
    Kind("site authenticator", "siteAuthenticators", "/siteAuthenticators", {}, False),
    Kind("PingOne connection", "pingOneConnections", "/pingone/connections", {}, False),
    Kind("agent", "agents", "/agents", {}, False),
    Kind("third-party service", "thirdPartyServices", "/thirdPartyServices", _TARGETED, False),
    Kind("rejection handler", "rejectionHandlers", "/rejectionHandlers", {}, False),
    Kind(
        "challenge policy",
        "authnChallengePolicies",
        "/authenticationChallengePolicies",
        {},
        False,
    ),
    Kind("sideband client", "sidebandClients", "/sidebandClients", {}, False),
)
"""What is asked for, the named before what names it."""

MOMENTS = frozenset(
    {"id", "lastModified", "agentCacheInvalidatedExpiration", "created", "location"}
)
"""Members that say when or where something was stored, and nothing of what it does."""
_REMOTE = ("accessValidatorId", "1")
"""No validator, but the authorization server (admin API 7.3, Application.accessValidatorId)."""
_WORDS = (("ruleset", "ruleSets"), ("rule", "rules"), ("challenge", "authnChallengePolicies"))
"""What the type of an item of a policy speaks of, and the section that it then names."""
_ID = re.compile(r"(?:^|\.)id$|I[dD]s?(?:\[\d+\]|\{[^}]*\})?$")
_UNSET = (None, 0, "", "0")
_encode = json.JSONEncoder(sort_keys=True).encode


class Names:
    """The names of everything on one side, by section and id."""

    def __init__(self) -> None:
        self._names: dict[str, dict[str, str]] = {}

    def learn(self, section: str, rows: list[Json]) -> None:
        """What these objects are called; a resource is one of its application."""
        self._names[section] = {str(row.get("id")): self.of(section, row) for row in rows}

    def of(self, section: str, row: Mapping[str, Any]) -> str:
        """What an object is called: for a resource, with its application, paths and methods."""
        if section == "virtualHosts":
            return f"{row.get('host')}:{row.get('port')}"
        if section != "resources":
            return str(row.get("name") or row.get("alias") or "?")
        owner = self.at("applications", row.get("applicationId")) or "?"
        methods = ",".join(sorted(map(str, _listed(row.get("methods")))))
        return f"{owner}: {row.get('name')} [{' '.join(_patterns(row))}] {methods}"

    def at(self, section: str, key: Any) -> str | None:
        """What the object with that id is called; None where there is none."""
        return self._names.get(section, {}).get(str(key))

    def knows(self, section: str) -> bool:
        """Whether the objects of that section were asked for."""
        return section in self._names


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _patterns(row: Mapping[str, Any]) -> Iterator[str]:
    """The paths of a resource, as patterns or as the prefixes that they once were."""
    found = [
        str(one["pattern"])
        for one in _listed(row.get("pathPatterns"))
        if isinstance(one, dict) and "pattern" in one
    ]
    yield from sorted(found or map(str, _listed(row.get("pathPrefixes"))))


@dataclass(slots=True)
class Settled:
    """An object as it compares: flat members with values as JSON, and references by name."""

    members: dict[str, str] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)


def settled(kind: Kind, row: Mapping[str, Any], names: Names) -> Settled:
    """The object with names in place of ids; `broken` are references to nothing.

    Of an id in a section that was not asked for, only that there is one.
    """
    found = Settled()
    for path, value in _flat(row, ""):
        section = _section(kind, row, path)
        if section is None:
            found.members[path] = _encode(value)
        elif value in _UNSET or value in ([], {}):
            found.members[path] = "null"
        elif (path, str(value)) == _REMOTE:
            found.members[path] = '"remote"'
        elif not names.knows(section):
            found.members[path] = "true"
        else:
            name = names.at(section, value)
            found.members[path] = _encode(name)
            if name is None:
                found.broken.append(f"{path} names nothing in {section}")
    return found


def kept(row: Mapping[str, Any]) -> dict[str, str]:
    """A setting as it compares: flat, and of an id only whether there is one."""
    found = {}
    for path, value in _flat(row, ""):
        is_id = _ID.search(path) and isinstance(value, int | str)
        found[path] = _encode(value not in _UNSET if is_id else value)
    return found


def is_same(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two objects of one side say the same, moments aside."""
    keys = one.keys() | other.keys()
    return all(key in MOMENTS or one.get(key) == other.get(key) for key in keys)


def _section(kind: Kind, row: Mapping[str, Any], path: str) -> str | None:
    """The section that a member names an object of; None where it names none."""
    section = kind.points.get(path.partition("[")[0].partition("{")[0])
    if section is None and path.endswith("].id") and ".policy." in f".{path}":
        section = _ITEM
    return _of_item(row, path) if section == _ITEM else section


def _of_item(row: Mapping[str, Any], path: str) -> str | None:
    """The section of an item of a policy, as it says itself, or its rule set of all items."""
    item: Any = row
    for step in path.removesuffix(".id").replace("[", ".").replace("]", "").split("."):
        try:
            item = item[int(step)] if isinstance(item, list) else item[step]
        except (KeyError, ValueError, IndexError, TypeError):  # a dot in the name of a member
            return None
    kind = item.get("type") if isinstance(item, dict) else row.get("elementType") or "Rule"
    plain = str(kind).replace("_", "").replace(" ", "").lower()
    return next((section for word, section in _WORDS if word in plain), None)


def _flat(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    """Every plain value with its path; ciphertexts only as being there."""
    if isinstance(value, dict) and value:
        for name, one in value.items():
            here = f"{path}.{name}" if path else name
            if name in MOMENTS and not path.endswith(("]", *_RATED)):
                continue
            if name == "encryptedValue" or (name == "value" and path.lower().endswith("secret")):
                yield f"{path}.value", "hidden"
            elif path == "identityMappingIds":
                yield f"{path}{{{name}}}", one
            else:
                yield from _flat(one, here)
    elif isinstance(value, list) and value:
        for at, one in enumerate(value):
            yield from _flat(one, f"{path}[{at}]")
    else:
        yield path, value
