"""Decisions of collections: filters, cursors, pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from fakes.behaviour import decision

_TEXT = "eq sw ew co"


@dataclass(frozen=True, init=False, repr=False, eq=False)
class ListDecisions:
    """What a collection shows of what is in it."""

    filters: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = decision(
        (
            ("organizations", (("name", "sw"),)),
            ("licenses", (("beginsAt", "lt"),)),
            ("environments", (("name", "sw"), ("id", "eq"), ("organization.id", "eq"))),
            ("populations", (("name", "sw"), ("id", "eq"))),
            (
                "groups",
                (
                    ("id", "eq"),
                    ("name", "eq sw"),
                    ("externalId", "eq sw"),
                    ("population.id", "eq"),
                ),
            ),
            (
                "users",
                (
                    ("id", "eq"),
                    ("username", _TEXT),
                    ("email", _TEXT),
                    ("externalId", _TEXT),
                    ("name.given", _TEXT),
                    ("name.family", _TEXT),
                    ("name.formatted", _TEXT),
                    ("enabled", "eq"),
                    ("population.id", "eq"),
                    ("memberOfGroups.id", "eq"),
                ),
            ),
        ),
        "Attributes that collections are filtered by, and the operators of each.",
        grade="documented",
        source="query parameter quick reference; SCIM filter language; searching for groups",
    )
    filter_joins: frozenset[str] = decision(
        frozenset({"and", "or"}),
        "How the parts of a filter can be joined; parentheses always group.",
        grade="documented",
        source="SCIM filter language page: and, or, grouping in parentheses",
    )
    filter_folds: bool = decision(
        True,
        "Texts match a filter in any case.",
        grade="assumed",
        source="RFC 7643 section 2.2: attributes are not case-exact unless they say so",
    )
    filter_kept: bool = decision(
        True,
        "The next page is one of what the filter found.",
        grade="documented",
        source="paging page: the next link leads to the next page of the same request",
    )
    filters_looked_at: bool = decision(
        True,
        "Of a filter with an attribute or operator that is not supported, nothing is answered.",
        grade="documented",
        source="Go client, 400 error model: detail INVALID_FILTER",
    )
    filters_ignored: frozenset[str] = decision(
        frozenset(),
        "Collections that show everything, whatever the filter.",
        grade="documented",
        source="query parameter quick reference",
    )
    filter_refused_code: str = decision(
        "INVALID_REQUEST",
        "Top-level code of a filter that is refused.",
        grade="assumed",
        source="Go client: INVALID_FILTER is a detail of a 400; which top-level code is not said",
    )
    page_longest: tuple[tuple[str, int], ...] = decision(
        (("users", 200), ("groups", 200), ("populations", 200), ("environments", 200)),
        "Items of a page at most, whatever limit says; as many where it says nothing.",
        grade="assumed",
        source="paging page: 200 users; that the others have the same is a guess",
    )
    page_obeys_limit: bool = decision(
        True,
        "A page has no more items than limit says.",
        grade="documented",
        source="paging page: limit is the size of a page, which may have fewer",
    )
    next_shown: Literal["where there is more", "never", "always"] = decision(
        "where there is more",
        "When a page links to the next one.",
        grade="documented",
        source="paging page: next where there are more pages",
    )
    previous_shown: bool = decision(
        True,
        "A page after the first links to the one before it.",
        grade="documented",
        source="paging page: prev where there are previous pages",
    )
    page_gap: int = decision(
        0,
        "Items that are on no page between two pages.",
        grade="documented",
        source="paging page: the pages are the collection",
    )
    cursor_bound_to: Literal["token", "nothing"] = decision(
        "token",
        "What a cursor is good for only once it was given: the token that asked, or anybody's.",
        grade="assumed",
        source="paging page: the next page is asked for with the same token; else is not told",
    )
    cursor_refused_code: str = decision(
        "INVALID_PARAMETER",
        "Detail code of a cursor that is not one of this collection.",
        grade="assumed",
        source="Go client, 400 error model: the code of a parameter",
    )
    count_shown: Literal["all", "page"] = decision(
        "all",
        "What count is of a page: all that the filter found, or the items of the page, as size is.",
        grade="assumed",
        source="SDK wrapper has both; clients read count of users and size of memberships",
    )
