"""What is different between the plugins of two products, family by family, as descriptors tell."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from harness.upgrades.drift import Drift, members
from harness.upgrades.surface import Member

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from harness.upgrades.sides import Asked

FAMILIES = (
    "/accessTokenValidators",
    "/applications/resources/responseGenerators",
    "/authenticationChallengePolicies/requestMatchers",
    "/authenticationChallengePolicies/responseFilters",
    "/authenticationChallengePolicies/responseGenerators",
    "/highAvailability/availabilityProfiles",
    "/highAvailability/loadBalancingStrategies",
    "/hsmProviders",
    "/identityMappings",
    "/oidc/provider",
    "/rejectionHandlers",
    "/riskPolicies",
    "/rules",
    "/siteAuthenticators",
)
"""Families of plugins (admin API 7.3: paths that end in /descriptors)."""

DEEPEST = 6
_ID = re.compile(r"\d+|[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", re.ASCII)
_OF_ITSELF = frozenset({"className", "configurationFields", "label", "type"})


@dataclass(slots=True)
class Plugin:
    """One plugin: what it is called, its settings by path, their labels and defaults."""

    label: str
    fields: dict[str, Member] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    defaults: dict[str, str] = field(default_factory=dict)
    rest: dict[str, str] = field(default_factory=dict)


Families = dict[str, dict[str, Plugin]]


def asked(ask: Asked, more: Iterable[str] = ()) -> Families:
    """The plugins by family and class; a family that the product does not tell of is left out."""
    found: Families = {}
    for family in sorted({*FAMILIES, *more}):
        status, told = ask("GET", f"{family}/descriptors")
        items = told.get("items") if status == 200 and isinstance(told, dict) else None
        if isinstance(items, list):
            found[family] = {
                str(one.get("className")): _plugin(one) for one in items if isinstance(one, dict)
            }
    return found


def _plugin(told: Mapping[str, Any]) -> Plugin:
    found = Plugin(str(told.get("label")))
    found.rest = {
        name: json.dumps(value, sort_keys=True)[:200]
        for name, value in told.items()
        if name not in _OF_ITSELF
    }
    for path, one in _fields(told.get("configurationFields"), "", 0):
        found.fields[path] = Member(str(one.get("type")), bool(one.get("required")), _values(one))
        found.labels[path] = str(one.get("label"))
        found.defaults[path] = json.dumps(one.get("default"), sort_keys=True)[:200]
    return found


def _fields(told: Any, path: str, depth: int) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for one in told if isinstance(told, list) and depth < DEEPEST else ():
        if isinstance(one, dict):
            here = f"{path}{one.get('name')}"
            yield here, one
            yield from _fields(one.get("fields"), f"{here}.", depth + 1)


def _values(told: Mapping[str, Any]) -> tuple[str, ...]:
    """The values of a choice; none where they are ids of what somebody configured."""
    options = told.get("options")
    values = [
        str(one.get("value"))
        for one in (options if isinstance(options, list) else ())
        if isinstance(one, dict)
    ]
    return () if any(map(_ID.fullmatch, values)) else tuple(sorted(values))


def of_plugins(old: Families, new: Families) -> Iterator[Drift]:
    """Every difference of families, plugins and their settings."""
    for family in sorted(old.keys() | new.keys()):
        if family not in new:
            yield Drift("high", "removed", family, "this family of plugins is gone")
        elif family not in old:
            yield Drift("low", "added", family, "a new family of plugins")
        else:
            yield from _of_family(family, old[family], new[family])


def _of_family(
    family: str, old: Mapping[str, Plugin], new: Mapping[str, Plugin]
) -> Iterator[Drift]:
    by_label = {plugin.label: name for name, plugin in new.items() if name not in old}
    taken = set()
    for name, before in sorted(old.items()):
        where = f"{family}: {before.label}"
        called = name if name in new else by_label.get(before.label, "")
        if not called:
            yield Drift("high", "removed", where, f"the plugin is gone ({name})")
            continue
        taken.add(called)
        if called != name:
            yield Drift("high", "renamed", where, f"its class is {called}, and was {name}")
        yield from _of_plugin(where, before, new[called])
    for name in sorted(new.keys() - taken):
        yield Drift("low", "added", f"{family}: {new[name].label}", f"a new plugin ({name})")


def _of_plugin(where: str, old: Plugin, new: Plugin) -> Iterator[Drift]:
    yield from members(where, old.fields, new.fields, {})
    if old.label != new.label:
        yield Drift("medium", "label", where, f"it is called {new.label} now")
    for severity, kind, before, after in (
        ("medium", "label", old.labels, new.labels),
        ("medium", "default", old.defaults, new.defaults),
        ("medium", "behaviour", old.rest, new.rest),
    ):
        for name in sorted(before.keys() & after.keys()):
            if before[name] != after[name]:
                text = f"{name}: {kind} {before[name]} → {after[name]}"
                yield Drift(severity, kind, where, text)
