"""Decisions of every kind of object alike: made, kept, listed, replaced, deleted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from fakes.behaviour import decision
from fakes.clock import iso
from fakes.pingone.decisions.measures import as_drawn, exactly

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, init=False, repr=False, eq=False)
class ObjectDecisions:
    """What holds for every kind of object."""

    varied: frozenset[Literal["lists", "members", "extras", "pages", "tokens"]] = decision(
        frozenset({"lists", "members", "extras", "pages", "tokens"}),
        "What the seed decides where the documents do not: the order of lists, the order of "
        "members (links and claims too), members and links more, how full a page is, how tokens "
        "are written (typ, escaped slashes).",
        grade="documented",
        source="forward compatibility page; RFC 8259 section 4; RFC 7519 section 4; paging page",
    )
    created_status: tuple[tuple[str, int], ...] = decision(
        (
            ("gateways", 201),
            ("credentials", 201),
            ("riskPredictors", 201),
            ("riskPolicySets", 201),
            ("riskEvaluations", 201),
            ("applications", 201),
            ("resources", 201),
            ("scopes", 201),
            ("attributes", 201),
            ("grants", 201),
            ("populations", 201),
            ("users", 201),
            ("groups", 201),
            ("memberships", 201),
            ("environments", 201),
            ("roleAssignments", 201),
        ),
        "Status of a creation, by kind of object.",
        grade="documented",
        source="SDK management and risk OpenAPI: 201",
    )
    lost: frozenset[str] = decision(
        frozenset(),
        "What is answered and not stored: kind.act.member.",
        grade="documented",
        source="SDK OpenAPI: an answer shows the stored object",
    )
    left_out: frozenset[str] = decision(
        frozenset(),
        "What an answer leaves out although it is stored: kind.act.member.",
        grade="documented",
        source="SDK models; error codes page",
    )
    refused_late: frozenset[str] = decision(
        frozenset(),
        "What is stored although it is refused, for it is taken or too many: kind.act.",
        grade="documented",
        source="error codes page: the request could not be completed",
    )
    update_replaces: frozenset[str] = decision(
        frozenset(
            {"gateways", "riskPredictors", "riskPolicySets", "users", "groups", "populations"}
        ),
        "Of which objects a PUT replaces one: what is left out is gone.",
        grade="documented",
        source="SDK OpenAPI: PUT with the whole object",
    )
    patch_keeps: bool = decision(
        True,
        "What a PATCH leaves out stays as it is.",
        grade="documented",
        source="API conventions: omitting an attribute in a PATCH results in it being ignored",
    )
    update_creates: frozenset[str] = decision(
        frozenset(),
        "Of which objects a PUT makes one that was not there.",
        grade="documented",
        source="SDK OpenAPI: 404",
    )
    delete_forgets: frozenset[str] = decision(
        frozenset(
            {
                "gateways",
                "credentials",
                "riskPredictors",
                "riskPolicySets",
                "applications",
                "resources",
                "scopes",
                "grants",
                "populations",
                "users",
                "groups",
                "memberships",
                "environments",
                "roleAssignments",
            }
        ),
        "Of which objects a DELETE that is answered 204 really takes one away.",
        grade="documented",
        source="SDK OpenAPI: 204, and 404 afterwards",
    )
    deleted_body: str | None = decision(
        None,
        "Body of a deletion that was done.",
        grade="documented",
        source="SDK OpenAPI: 204",
    )
    collection_size: Callable[[int], int] = decision(  # noqa: RUF009 - a function cannot be changed
        exactly,
        "What a collection says of the number of its items.",
        grade="documented",
        source="SDK entity arrays: count and size",
    )
    collection_members: tuple[str, ...] = decision(
        ("count", "size"),
        "Which totals a collection shows.",
        grade="assumed",
        source="count was seen on users, size on credentials; both are in the SDK's wrapper",
    )
    listed_at_most: tuple[tuple[str, int], ...] = decision(
        (),
        "Collections that show so many items and no more.",
        grade="documented",
        source="SDK OpenAPI: these lists have no pages",
    )
    link_root: str = decision(
        "v1/environments",
        "Path below which links lead.",
        grade="documented",
        source="paths of the platform API: a link leads to its object",
    )
    timestamp: Callable[[float], str] = decision(  # noqa: RUF009 - a function cannot be changed
        iso,
        "How a moment is written.",
        grade="observed",
        source="examples: ISO 8601, UTC, milliseconds, Z",
    )
    id_written: Callable[[str], str] = decision(  # noqa: RUF009 - a function cannot be changed
        as_drawn,
        "How an id is written.",
        grade="documented",
        source="SDK: ids are lower-case UUIDs",
    )
    description_limit: int = decision(
        1024,
        "Length of a description.",
        grade="documented",
        source="SDK risk OpenAPI; assumed for gateways",
    )
