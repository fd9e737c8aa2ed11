"""The exchanges behind what a run found, as HAR 1.2, for any viewer of network logs.

Secrets are replaced in the evidence already. A scenario begins where those before it ended; within
it the times are those of its exchanges. Evidence of format 1 has none: they take no time.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

from reports.text import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from harness.evidence import Body, ExchangeRecord, RunHeader, ScenarioResult
    from reports.model import Findings

LARGEST = 30_000_000
"""Characters of bodies and headers in one document; viewers open no more."""


def document(findings: Findings) -> str:
    """The JSON of a run: a page for each scenario whose exchanges are kept, in their order.

    Where there is not room for all, conformant scenarios are left out.
    """
    kept, left_out = _that_fit(findings.run.scenarios)
    pages: list[dict[str, Any]] = []
    entries: list[dict[str, Any]] = []
    for one, began_ms in _begun(findings.run.scenarios):
        if id(one) in kept:
            started = _moment(findings.header.started)
            page = f"scenario-{findings.number(one)}"
            pages.append(_page(page, one, _stamp(started, began_ms)))
            entries += _entries(one, page, started, began_ms)
    whole = {"version": "1.2", "creator": _creator(findings.header)}
    log: dict[str, Any] = {**whole, "pages": pages, "entries": entries}
    if left_out:
        log["comment"] = f"{left_out} scenarios did not fit and are in evidence.jsonl only"
    return json.dumps({"log": log}) + "\n"


def of_scenario(header: RunHeader, one: ScenarioResult) -> str:
    """The JSON of one scenario."""
    started = _moment(header.started)
    log = {
        "version": "1.2",
        "creator": _creator(header),
        "pages": [_page("scenario", one, _stamp(started, 0))],
        "entries": list(_entries(one, "scenario", started, 0)),
    }
    return json.dumps({"log": log}, indent=1) + "\n"


def _that_fit(scenarios: Iterable[ScenarioResult]) -> tuple[set[int], int]:
    """The scenarios that there is room for, by `id`, and how many there is none for."""
    room, kept, left_out = LARGEST, set(), 0
    shown = [one for one in scenarios if one.exchanges]
    for one in sorted(shown, key=lambda one: one.verdict == "conformant"):
        room -= sum(map(_size, one.exchanges))
        if room >= 0:
            kept.add(id(one))
        else:
            left_out += 1
    return kept, left_out


def _size(exchange: ExchangeRecord) -> int:
    bodies = (exchange.request_body, exchange.response_body)
    pairs = (*exchange.request_headers, *exchange.response_headers)
    texts = sum(len(body.text) + len(body.base64 or "") for body in bodies if body)
    return texts + sum(len(name) + len(value) + 30 for name, value in pairs) + 600


def _begun(scenarios: Iterable[ScenarioResult]) -> Iterator[tuple[ScenarioResult, float]]:
    """Each with the ms from the run's begin to its own."""
    began_ms = 0.0
    for one in scenarios:
        yield one, began_ms
        began_ms += one.duration_ms


def _creator(header: RunHeader) -> dict[str, str]:
    name, _, version = header.tool.partition(" ")
    return {"name": name or "paconform", "version": version or "?"}


def _page(page: str, one: ScenarioResult, started: str) -> dict[str, Any]:
    return {
        "startedDateTime": started,
        "id": page,
        "title": plain(f"{one.id}: {one.title}"),
        "pageTimings": {},
        "comment": plain(f"{one.verdict}: {one.reason or ''}"),
    }


def _entries(
    one: ScenarioResult, page: str, started: datetime, began_ms: float
) -> Iterator[dict[str, Any]]:
    times = one.timing if len(one.timing) == len(one.exchanges) else [(0, 0)] * len(one.exchanges)
    for exchange, (start_ms, took_ms) in zip(one.exchanges, times, strict=True):
        yield {
            "pageref": page,
            "startedDateTime": _stamp(started, began_ms + start_ms),
            "time": took_ms,
            "request": _request(exchange),
            "response": _response(exchange),
            "cache": {},
            "timings": {"send": 0, "wait": took_ms, "receive": 0},
            "comment": plain(_comment(exchange)),
            **({"_error": plain(exchange.error)} if exchange.error else {}),
        }


def _comment(exchange: ExchangeRecord) -> str:
    named = f"{exchange.party} {exchange.operation or ''}".strip()
    return "; ".join([named, *exchange.inexact])


def _moment(stamp: str) -> datetime:
    """The time that the evidence names, in UTC where it names no zone; 1970 where it names none."""
    try:
        moment = datetime.fromisoformat(stamp)
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return datetime.fromtimestamp(0, UTC)


def _stamp(started: datetime, after_ms: float) -> str:
    try:
        return (started + timedelta(milliseconds=after_ms)).isoformat(timespec="milliseconds")
    except (OverflowError, ValueError):  # damaged evidence
        return started.isoformat(timespec="milliseconds")


def _request(exchange: ExchangeRecord) -> dict[str, Any]:
    headers = _headers(exchange.request_headers)
    shown: dict[str, Any] = {
        "method": plain(exchange.method),
        "url": plain(exchange.url),
        "httpVersion": "HTTP/1.1",
        "cookies": [],
        "headers": headers,
        "queryString": _query(exchange.url),
        "headersSize": -1,
        "bodySize": exchange.request_body.size if exchange.request_body else 0,
    }
    if exchange.request_body is not None:
        kind = _type(exchange.request_headers)
        shown["postData"] = {"mimeType": kind, **_text(exchange.request_body)}
    return shown


def _response(exchange: ExchangeRecord) -> dict[str, Any]:
    body = exchange.response_body
    content: dict[str, Any] = {"size": body.size if body else 0}
    content["mimeType"] = _type(exchange.response_headers)
    if body is not None:
        content |= _text(body) | ({"encoding": "base64"} if body.base64 else {})
    location = {name.lower(): value for name, value in exchange.response_headers}
    return {
        "status": exchange.status or 0,
        "statusText": plain(exchange.phrase or ""),
        "httpVersion": "HTTP/1.1",
        "cookies": [],
        "headers": _headers(exchange.response_headers),
        "content": content,
        "redirectURL": location.get("location", ""),
        "headersSize": -1,
        "bodySize": body.size if body else 0,
    }


def _text(body: Body) -> dict[str, str]:
    return {"text": body.base64 or body.text} | ({"comment": body.note} if body.note else {})


def _headers(pairs: list[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"name": name, "value": value} for name, value in pairs]


def _type(pairs: list[tuple[str, str]]) -> str:
    return next((value for name, value in pairs if name.lower() == "content-type"), "")


def _query(url: str) -> list[dict[str, str]]:
    """The parameters of the URL; none where it is no URL."""
    try:
        query = urlsplit(url).query
    except ValueError:
        return []
    return [{"name": name, "value": value} for name, value in parse_qsl(query, True)]
