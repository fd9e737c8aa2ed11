"""The decisions about lists: pages, order, filters and finders."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, TypeAlias

from fakes.behaviour import chapter, decision
from fakes.pingaccess.decisions.parts import PartsBehaviour
from fakes.pingaccess.objects.paging import page_offset

Pages: TypeAlias = Callable[[int, int], int]

_SILENT = "no document says; "


@chapter
class ListsBehaviour(PartsBehaviour):
    """What a list shows, and in which order."""

    varied: frozenset[Literal["lists", "members"]] = decision(
        frozenset({"lists", "members"}),
        "What the seed decides where the documents do not: whether lists without sortKey are "
        "oldest or newest first, and the order of the members of an object.",
        grade="documented",
        source="SPEC sortKey and order declare no default; RFC 8259 section 4",
    )
    page_offset: Pages = decision(
        page_offset,
        "Where a page begins, from its number and size.",
        grade="assumed",
        source="SPEC names page and numberPerPage; that the first page is 1 is a guess",
    )
    page_size: int | None = decision(
        None,
        "The size of a page where numberPerPage is missing; None for all.",
        grade="assumed",
        source="IWT and DB list without it and search the whole",
    )
    page_longest: int | None = decision(
        None,
        "The largest page, whatever numberPerPage says; None for any.",
        grade="assumed",
        source=_SILENT + "SPEC names no limit",
    )
    numbers_refused: bool = decision(
        True,
        "Whether page and numberPerPage below 1, or no numbers, are refused.",
        grade="assumed",
        source="SPEC says int32; " + _SILENT + "strict until seen",
    )
    query_flash: str = decision(
        "Save Failed",
        "The flash of a list that is asked for with a wrong parameter.",
        grade="assumed",
        source=_SILENT + "the literal of a refused save was seen, of a refused list nothing",
    )
    sort_nothing: Literal["first", "last"] = decision(
        "first",
        "Where what has nothing in the member sorted by stands in ascending order.",
        grade="assumed",
        source=_SILENT + "the order of many databases",
    )
    sort_keys: int | None = decision(
        None,
        "How many of the keys in sortKey count; None for all.",
        grade="documented",
        source="SPEC sortKey: a comma separated list",
    )
    sort_sortable_only: bool = decision(
        True,
        "Whether only members marked (sortable) may be sorted by.",
        grade="documented",
        source="SPEC marks them; that others are refused is assumed",
    )
    sort_folds: bool = decision(
        False,
        "Whether upper and lower case sort as one.",
        grade="assumed",
        source=_SILENT + "the plain order of characters",
    )
    sort_descending: frozenset[str] = decision(
        frozenset({"DESC"}),
        "The values of order that turn a list round.",
        grade="documented",
        source="SPEC order: ASC, DESC",
    )
    filter_folds: bool = decision(
        True,
        "Whether upper and lower case are one for filter.",
        grade="assumed",
        source="SPEC calls only name case-sensitive",
    )
    filter_place: Literal["anywhere", "start", "whole"] = decision(
        "anywhere",
        "Where the text of filter may stand in a name.",
        grade="documented",
        source="SPEC filter (matching filter text); that it means contains is inferred",
    )
    find_folds: bool = decision(
        False,
        "Whether upper and lower case are one for name, alias, username and virtualHost.",
        grade="documented",
        source="SPEC name (case-sensitive)",
    )
    find_starts: bool = decision(
        False,
        "Whether name, alias, username and virtualHost need only begin with what is asked for.",
        grade="documented",
        source="SPEC name (Get a ... by name)",
    )
    find_parts: bool = decision(
        True,
        "Whether a host alone, or a port alone, finds a virtual host.",
        grade="documented",
        source="SPEC virtualHost (by hostname, port or both)",
    )
    finders_repeat: frozenset[str] = decision(
        frozenset(),
        "Finders that show an object once for itself and for each of its resources.",
        grade="documented",
        source="SPEC /applications parameters (an Application or one of its Resources)",
    )
    finders_inherit: frozenset[str] = decision(
        frozenset(),
        "Finders of resources that find what only the application carries.",
        grade="documented",
        source="SPEC /applications/resources parameters (Get Resources with ...)",
    )
    pages_before_finding: frozenset[str] = decision(
        frozenset(),
        "Tables whose pages are cut before the finders have been heard.",
        grade="documented",
        source="SPEC page, numberPerPage (of what is found)",
    )
    not_listed: frozenset[str] = decision(
        frozenset(),
        "Members that a list lacks: table.member.",
        grade="documented",
        source="SPEC: the items are the entities",
    )
    lists_unwrapped: frozenset[str] = decision(
        frozenset(),
        "Tables whose list is the bare items, without their wrapper.",
        grade="documented",
        source="SPEC items; for /riskPolicies it declares a single policy, a defect of the text",
    )
    parameters_ignored: frozenset[tuple[str, str]] = decision(
        frozenset(),
        "Query parameters without effect: table, parameter.",
        grade="documented",
        source="SPEC lists them all with an effect",
    )
    list_longest: tuple[tuple[str, int], ...] = decision(
        (),
        "The tables of which a list shows only so many rows.",
        grade="assumed",
        source="IWT and DB list without paging and search the whole",
    )
