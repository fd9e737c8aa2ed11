"""Archives as another release would have written them, and what has to hold after their import."""

from collections.abc import Iterable, Mapping
from typing import Any

from harness import releases
from harness.checks import expect_equal, expect_items, expect_members, expect_saved
from harness.product import Product
from scenarios.configuration.spoiling import with_section
from scenarios.flow.archives import imported

Json = dict[str, Any]

LATER = {
    "partitioned cookie": "partition",
    "passthrough request parameters": "passthrough",
    "UI locales": "locale",
}
"""What web sessions have in later releases, and the word in the member's name."""

OLDEST = ("5.0", "6.2")
"""Releases before those that the suite has requirements for, whose archives are taken too."""


def older(product: Product) -> list[str]:
    """Every older release whose archives the product has to take."""
    mine = own_order(product)
    return [*OLDEST, *(name for name in releases.known() if releases.order(name) < mine)]


def later(product: Product) -> list[str]:
    """Every later release, and one that is not there yet."""
    mine = own_order(product)
    known = [name for name in releases.known() if releases.order(name) > mine]
    return [*known, f"{mine[0] + 90}.0"]


def own_order(product: Product) -> tuple[int, ...]:
    """Where the release that the product says it is stands among the others."""
    return releases.order(str(expect_saved(product.api.version())["version"]))


def of_release(archive: Mapping[str, Any], release: str) -> Json:
    """The archive as that release writes it: its version, and nothing that came later."""
    sessions = [_aged(one, release) for one in archive["data"].get("webSessions", [])]
    written = with_section(archive, webSessions=sessions)
    return {**written, "version": f"{release}.0.0"}


def lately(session: Mapping[str, Any], release: str) -> dict[str, Any]:
    """The members of a web session that this release did not have."""
    words = [
        word
        for topic, word in LATER.items()
        if not releases.known().get(release)
        or releases.documented(release, topic) in (None, False, "absent")
    ]
    return {
        name: value
        for name, value in session.items()
        if any(word in name.casefold() for word in words)
    }


def _aged(session: Mapping[str, Any], release: str) -> Json:
    gone = lately(session, release)
    return {name: value for name, value in session.items() if name not in gone}


def expect_imported(product: Product, archive: Mapping[str, Any]) -> None:
    """Holds when the workflow ends Complete."""
    expect_members(imported(product, archive), {"status": "Complete"}, "the import")


def expect_connected(
    product: Product, connection: Mapping[str, Any], status: str = "VALID"
) -> None:
    """Holds when the connection has this status by its metadata."""
    metadata = expect_saved(product.api.get_pingone_connection_metadata(connection["id"]))
    expect_members(metadata, {"credentialStatus": status}, "the metadata")


def shown(product: Product) -> Json:
    """What tells whether a configuration is the same, by names: ids may change in an upgrade.

    Source: PingAccess 9.1.0 release notes, PA-16261.
    """
    api = product.api
    policies = {one["id"]: one["name"] for one in expect_items(api.get_risk_policies())}
    applications = {one["id"]: one for one in expect_items(api.get_applications())}
    resources = expect_items(api.get_resources())
    return {
        "connections": names_of(expect_items(api.get_pingone_connections())),
        "policies": sorted(policies.values()),
        "sites": names_of(expect_items(api.get_sites())),
        "webSessions": names_of(expect_items(api.get_web_sessions())),
        "applications": {
            one["name"]: policies.get(one.get("riskPolicyId")) for one in applications.values()
        },
        "resources": {
            f"{applications[one['applicationId']]['name']}{one['name']}": policies.get(
                one.get("riskPolicyId")
            )
            for one in resources
        },
    }


def names_of(objects: Iterable[Mapping[str, Any]]) -> list[str]:
    """The names, sorted."""
    return sorted(str(one["name"]) for one in objects)


def expect_shown(product: Product, before: Mapping[str, Any]) -> None:
    """Holds when the configuration is by its names what it was."""
    expect_equal(shown(product), before, "the configuration by names")
