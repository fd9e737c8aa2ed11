"""What of a configuration a notice concerns: each lint gives the places where it does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from harness.upgrades import version_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from harness.upgrades.export import Export


def _named(export: Export, section: str, *, where: Callable[[Any], Any] = bool) -> Iterator[str]:
    """The objects of a section for which something holds, by name."""
    for row in export.rows(section):
        if where(row):
            yield f"{section}: {row.get('name') or row.get('host') or '?'}"


def _without_pkce(export: Export) -> Iterator[str]:
    if version_of(export.version) < (6, 0, 4):
        yield from _named(export, "webSessions", where=_is_off)


def _is_off(row: Mapping[str, Any]) -> bool:
    return row.get("pkceChallengeType") in (None, "OFF")


def _templates(export: Export) -> Iterator[str]:
    def is_own(row: Mapping[str, Any]) -> bool:
        configuration = row.get("configuration")
        file = configuration.get("templateFile") if isinstance(configuration, dict) else None
        return isinstance(file, str) and file.endswith((".html", ".htm"))

    yield from _named(export, "rejectionHandlers", where=is_own)


def _wildcard_hosts(export: Export) -> Iterator[str]:
    if any(name in export.data for name in ("pingFederateRuntime", "pingFederateAdmin")):
        yield from _named(export, "virtualHosts", where=lambda one: "*" in str(one.get("host")))


def _of_type(export: Export, kind: str) -> Iterator[str]:
    if export.rows("globalUnprotectedResources"):
        yield from _named(
            export, "applications", where=lambda one: one.get("applicationType") == kind
        )


def _keys_roll(export: Export) -> Iterator[str]:
    for section in ("authTokenMgmt", "oauthKeyMgmt", "webSessionMgmt"):
        setting = export.data.get(section)
        if isinstance(setting, dict) and setting.get("keyRollEnabled") is True:
            yield section


def _foreign_secrets(export: Export) -> Iterator[str]:
    if count := export.foreign_secrets():
        yield f"{count:,} secrets as ciphertext"


def _path_prefixes(export: Export) -> Iterator[str]:
    yield from _named(
        export,
        "resources",
        where=lambda one: one.get("pathPrefixes") and not one.get("pathPatterns"),
    )


def _resources(export: Export) -> Iterator[str]:
    owners = {str(row.get("id")): row.get("name") for row in export.rows("applications")}
    for row in export.rows("resources"):
        yield f"resources: {row.get('name')} of {owners.get(str(row.get('applicationId')))}"


def _application_rules(export: Export) -> Iterator[str]:
    def has_rules(row: Mapping[str, Any]) -> bool:
        policy = row.get("policy")
        return isinstance(policy, dict) and any(policy.values())

    yield from _named(export, "applications", where=has_rules)


def _wildcard_resources(export: Export) -> Iterator[str]:
    def is_wild(row: Mapping[str, Any]) -> bool:
        paths = row.get("pathPatterns") or row.get("pathPrefixes")
        found = paths if isinstance(paths, list) else ()
        return not row.get("rootResource") and any(
            one == "/*" or (isinstance(one, dict) and one.get("pattern") == "/*") for one in found
        )

    yield from _named(export, "resources", where=is_wild)


def _key_pairs(export: Export) -> Iterator[str]:
    yield from (f"keyPairs: {row.get('alias') or '?'}" for row in export.rows("keyPairs"))


LINTS: Mapping[str, Callable[[Export], Iterator[str]]] = {
    "sessions_without_pkce": _without_pkce,
    "templates": _templates,
    "wildcard_hosts": _wildcard_hosts,
    "unprotected_of_dynamic": lambda export: _of_type(export, "Dynamic"),
    "unprotected_of_api": lambda export: _of_type(export, "API"),
    "keys_roll": _keys_roll,
    "foreign_secrets": _foreign_secrets,
    "path_prefixes": _path_prefixes,
    "resources": _resources,
    "risk_policies": lambda export: _named(export, "riskPolicies"),
    "web_sessions": lambda export: _named(export, "webSessions"),
    "agents": lambda export: _named(export, "agents"),
    "engines": lambda export: _named(export, "engines"),
    "application_rules": _application_rules,
    "wildcard_resources": _wildcard_resources,
    "key_pairs": _key_pairs,
    "challenge_policies": lambda export: _named(export, "authnChallengePolicies"),
}
"""By the name that a notice has in `touches`."""
