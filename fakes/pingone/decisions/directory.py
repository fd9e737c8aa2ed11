"""Decisions of organizations, environments, populations, groups and users."""

from __future__ import annotations

from dataclasses import dataclass

from fakes.behaviour import decision


@dataclass(frozen=True, init=False, repr=False, eq=False)
class DirectoryDecisions:
    """What there is beside gateways and applications, and which of it is refused."""

    environment_regions: tuple[str, ...] = decision(
        ("AP", "AU", "CA", "EU", "NA", "SG"),
        "Regions of an environment.",
        grade="documented",
        source="SDK Environment: region; each has host names of its own",
    )
    region_of_hosts_only: bool = decision(
        True,
        "An environment is made in the region of the host that is asked.",
        grade="assumed",
        source="each region has host names of its own; what another one answers is not told",
    )
    environment_name_unique: bool = decision(
        True,
        "An environment's name is free in its organization.",
        grade="documented",
        source="SDK Environment: name is unique in the organization",
    )
    production_deleted_at_once: bool = decision(
        False,
        "A PRODUCTION environment can be deleted while it is not DELETE_PENDING.",
        grade="assumed",
        source="SDK Environment: status, softDeletedAt, hardDeletedAllowedAt",
    )
    hard_delete_after_days: int = decision(
        30,
        "Days after which an environment that is DELETE_PENDING may be deleted for good.",
        grade="assumed",
        source="SDK Environment: hardDeletedAllowedAt; the time is not told",
    )
    protect_needs: str = decision(
        "PING_ONE_RISK",
        "Product in the bill of materials that Protect needs; empty for none.",
        grade="documented",
        source="Protect introduction: these requests require PING_ONE_RISK",
    )
    unlicensed_status: int = decision(
        403,
        "Status of Protect in an environment without it.",
        grade="assumed",
        source="Go client, 403 error model; what Protect answers is not told",
    )
    unlicensed_detail: str = decision(
        "LICENSE_EXCEEDED",
        "Detail code of Protect in an environment without it.",
        grade="assumed",
        source="Go client, 403 error model: INSUFFICIENT_PERMISSIONS or LICENSE_EXCEEDED",
    )
    names_required_of: frozenset[str] = decision(
        frozenset({"populations", "groups", "users"}),
        "Of which of them a name, or a username, must be there.",
        grade="documented",
        source="SDK management OpenAPI: Population.name, Group.name, User.username are required",
    )
    usernames_unique: bool = decision(
        True,
        "A username is free in its environment.",
        grade="documented",
        source="SDK management OpenAPI, User.username: unique within an environment",
    )
    name_unique_in: tuple[tuple[str, str], ...] = decision(
        (("populations", "environment"), ("groups", "population")),
        "Within what names are unique, by kind.",
        grade="assumed",
        source="the platform's pattern for names; where groups of one name clash is not told",
    )
    default_population_kept: bool = decision(
        True,
        "The default population cannot be deleted.",
        grade="assumed",
        source="SDK Population: default; every environment has one",
    )
    full_population_kept: bool = decision(
        True,
        "A population that has users cannot be deleted.",
        grade="observed",
        source="Terraform provider: users are deleted first when a population is forced away",
    )
    deleting_population_status: int = decision(
        400,
        "Status of a population that cannot be deleted.",
        grade="assumed",
        source="error codes page: CONSTRAINT_VIOLATION is a detail of a 400",
    )
    membership_again_refused: bool = decision(
        True,
        "A user cannot be put into a group twice.",
        grade="assumed",
        source="the platform's pattern for unique values",
    )
    membership_type_shown: bool = decision(
        True,
        "A membership says whether it is DIRECT.",
        grade="documented",
        source="SDK GroupMembership: type DIRECT or INDIRECT",
    )
