"""Collections as they are read: filtered, and cut into pages that a cursor leads through.

Source: paging and ordering collections page; query parameter quick reference.
"""

from __future__ import annotations

import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote, urlencode
from zlib import crc32

import msgspec

from fakes.pingone.errors import Answer, bad_filter, bad_parameter, not_implemented
from fakes.pingone.platform.filters import BadFilter, Language, compiled

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from fakes.pingone.tenant import Call, Tenant
    from fakes.store import Row

_NOT_DONE = ("order", "expand", "include")


class Listing(NamedTuple):
    """One collection: its name, its rows, how each is shown, and its path below the API."""

    name: str
    rows: Sequence[Row]
    show: Callable[[Row], Any]
    path: tuple[str, ...]
    seen: Callable[[Row], Row] | None = None
    """What filters look at, where that is more than the row."""


class Cursor(msgspec.Struct, array_like=True):
    """Where a page begins: its place, the item before it, and whom it was given to."""

    place: int
    after: str
    bound: int


def answered(tenant: Tenant, call: Call, listing: Listing) -> Answer:
    """200 with the page that is asked for, and links to those before and after it."""
    query = call.request.query_values()
    for name in _NOT_DONE:
        if name in query:
            raise not_implemented(f"the query parameter {name} of {listing.name}")
    behaviour = tenant.behaviour
    listing = listing._replace(rows=tenant.unlike.rows(listing.rows))
    rows = found = _found(tenant, listing, query.get("filter"))
    limit, bound = _limit(tenant, listing, query), _bound(call)
    start = 0
    if "cursor" in query:
        if not behaviour.filter_kept:
            rows = found = listing.rows
        start = _start(tenant, query["cursor"], rows, bound)
    stop = start + limit if behaviour.page_obeys_limit else len(rows)
    page = found[start:stop]
    links = {"self": {"href": _url(tenant, listing, query)}}
    more = stop < len(rows)
    if behaviour.next_shown == "always" or (more and behaviour.next_shown != "never"):
        cursor = _cursor(rows, stop + behaviour.page_gap, bound)
        links["next"] = {"href": _url(tenant, listing, query, cursor)}
    if start > 0 and behaviour.previous_shown:
        cursor = _cursor(rows, max(0, start - limit), bound)
        links["prev"] = {"href": _url(tenant, listing, query, cursor)}
    items = [listing.show(row) for row in page]
    total = len(rows) if behaviour.count_shown == "all" else len(items)
    return tenant.page(listing.name, items, total, links)


def _found(tenant: Tenant, listing: Listing, text: str | None) -> Sequence[Row]:
    """The rows that the filter finds; raises the refusal of one that is not supported."""
    behaviour = tenant.behaviour
    if text is None or listing.name in behaviour.filters_ignored:
        return listing.rows
    supported = dict(dict(behaviour.filters).get(listing.name, ()))
    operators = {name: frozenset(few.split()) for name, few in supported.items()}
    lax = not behaviour.filters_looked_at
    language = Language(operators, behaviour.filter_joins, behaviour.filter_folds, lax)
    try:
        test = compiled(text, language)
    except BadFilter as problem:
        told = {"supportedAttributes": sorted(supported)} if supported else {}
        known = sorted({one for few in operators.values() for one in few})
        if known:
            told["supportedOperators"] = known
        raise bad_filter(behaviour, str(problem), told) from None
    seen = listing.seen
    return [row for row in listing.rows if test(row if seen is None else seen(row))]


def _limit(tenant: Tenant, listing: Listing, query: dict[str, str]) -> int:
    """Items of a page: as many as asked for, and no more than there may be; it may be fewer."""
    longest = dict(tenant.behaviour.page_longest).get(listing.name)
    text = query.get("limit")
    page = tenant.unlike.page
    if text is None:
        return page(longest) if longest else max(1, len(listing.rows))
    if not (text.isascii() and text.isdigit() and int(text[:9]) > 0):
        raise bad_parameter("limit", "must be a number above 0")
    return page(min(int(text[:9]), longest or int(text[:9])))


def _bound(call: Call) -> int:
    return crc32(call.request.headers.get("authorization", "").encode())


def _cursor(rows: Sequence[Row], place: int, bound: int) -> str:
    after = str(rows[place - 1]["id"]) if 0 < place <= len(rows) else ""
    packed = msgspec.json.encode(Cursor(place, after, bound))
    return urlsafe_b64encode(packed).rstrip(b"=").decode()


def _start(tenant: Tenant, text: str, rows: Sequence[Row], bound: int) -> int:
    """Where the page begins: after the item that was before it, where that is still there."""
    code = tenant.behaviour.cursor_refused_code
    try:
        packed = urlsafe_b64decode(text[:1024] + "=" * (-len(text[:1024]) % 4))
        cursor = msgspec.json.decode(packed, type=Cursor)
    except (binascii.Error, ValueError, msgspec.MsgspecError):
        raise bad_parameter("cursor", "is not one that was given", code) from None
    if tenant.behaviour.cursor_bound_to == "token" and cursor.bound != bound:
        raise bad_parameter("cursor", "was given to another access token", code)
    if (
        cursor.after
        and 0 < cursor.place <= len(rows)
        and rows[cursor.place - 1]["id"] == (cursor.after)
    ):
        return cursor.place
    places = (place for place, row in enumerate(rows, 1) if row["id"] == cursor.after)
    return next(places, max(0, cursor.place))


def _url(tenant: Tenant, listing: Listing, query: dict[str, str], cursor: str | None = None) -> str:
    """The URL of this page, or of that of a cursor."""
    kept = {name: value for name, value in query.items() if name in ("limit", "filter", "cursor")}
    if cursor is not None:
        kept["cursor"] = cursor
    url = tenant.api_url(*listing.path)
    return f"{url}?{urlencode(kept, quote_via=quote)}" if kept else url
