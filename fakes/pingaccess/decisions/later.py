"""The decisions that tell one release from another: what is there beside the specification of 7.3.

D80, D81, D82, D90 and D91 are the vendor's documentation of that release.
"""

from __future__ import annotations

from fakes.behaviour import chapter, decision
from fakes.pingaccess.decisions.connections import ConnectionsBehaviour

_NAMED = "releases name them"


@chapter
class LaterBehaviour(ConnectionsBehaviour):
    """What later releases have, and what upgrades did before 9.1."""

    more_members: frozenset[str] = decision(
        frozenset(),
        "Members that objects have in this release beside those of 7.3: table.member.",
        grade="documented",
        source=_NAMED,
    )
    more_plugins: frozenset[str] = decision(
        frozenset(),
        "Plugins of this release beside those of 7.2: family/type.",
        grade="documented",
        source=_NAMED,
    )
    more_plugin_fields: frozenset[str] = decision(
        frozenset(),
        "Fields that plugins have in this release beside those of 7.3: family/type.field.",
        grade="documented",
        source=_NAMED,
    )
    more_settings: frozenset[str] = decision(
        frozenset(),
        "Settings of this release beside those of 7.3, by their path.",
        grade="documented",
        source=_NAMED,
    )
    system_challenge_policies: tuple[str, ...] = decision(
        (),
        "The authentication challenge policies that the product has of its own.",
        grade="documented",
        source=_NAMED + "; that there are others since 7.1 is documented, but not which",
    )
    content_security_policy: str | None = decision(
        None,
        "The Content-Security-Policy of every answer; None for the one that is observed of 6.0.",
        grade="observed",
        source="PCB resources/200-curl-http-response.txt (6.0)",
    )
    upgrade_renumbers_resources: bool = decision(
        False,
        "Whether the resources in the archive of an older release get new ids when it is imported.",
        grade="assumed",
        source="D91 pa_release_notes, PA-16261: upgrades keep them from 9.1 on; that an import "
        "shows what an upgrade does is a guess",
    )
    wildcard_resource_hides_root: bool = decision(
        False,
        "Whether the automatic order lacks the root resource beside another of path /*.",
        grade="documented",
        source="D91 pa_release_notes, PA-16495 (fixed in 9.0.4 and 9.1.0)",
    )
    key_pair_other_names: bool = decision(
        True,
        "Whether a key pair with an otherName among its alternative names can be imported.",
        grade="documented",
        source="D91 pa_release_notes, PA-16530 (fixed in 9.0.4 and 9.1.0)",
    )
    lone_cors_rule_set_assigned: bool = decision(
        True,
        "Whether a rule set of one cross-origin rule can be assigned.",
        grade="documented",
        source="D91 pa_release_notes, PA-15785 (an issue that is known and open)",
    )
