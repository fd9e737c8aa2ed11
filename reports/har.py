"""The exchanges behind what a run found, as HAR 1.2, for any viewer of network logs.

Secrets are replaced in the evidence already. When and how long each exchange was is not recorded:
all begin with the run, and take no time.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

from reports.text import plain

if TYPE_CHECKING:
    from harness.evidence import Body, ExchangeRecord, ScenarioResult
    from reports.model import Findings


def document(findings: Findings) -> str:
    """The JSON of a run: a page for each scenario whose exchanges are kept, in their order."""
    header = findings.header
    pages, entries = [], []
    for one in findings.run.scenarios:
        if not one.exchanges:
            continue
        page = f"scenario-{findings.number(one)}"
        pages.append(_page(page, one, header.started))
        entries += [_entry(each, page, header.started) for each in one.exchanges]
    name, _, version = header.tool.partition(" ")
    log = {
        "version": "1.2",
        "creator": {"name": name or "paconform", "version": version or "?"},
        "pages": pages,
        "entries": entries,
    }
    return json.dumps({"log": log}, indent=1) + "\n"


def _page(page: str, one: ScenarioResult, started: str) -> dict[str, Any]:
    return {
        "startedDateTime": started,
        "id": page,
        "title": plain(f"{one.id}: {one.title}"),
        "pageTimings": {},
        "comment": plain(f"{one.verdict}: {one.reason or ''}"),
    }


def _entry(exchange: ExchangeRecord, page: str, started: str) -> dict[str, Any]:
    shown = {
        "pageref": page,
        "startedDateTime": started,
        "time": 0,
        "request": _request(exchange),
        "response": _response(exchange),
        "cache": {},
        "timings": {"send": 0, "wait": 0, "receive": 0},
        "comment": plain(f"{exchange.party} {exchange.operation or ''}".strip()),
    }
    return shown | ({"_error": plain(exchange.error)} if exchange.error else {})


def _request(exchange: ExchangeRecord) -> dict[str, Any]:
    headers = _headers(exchange.request_headers)
    shown: dict[str, Any] = {
        "method": exchange.method,
        "url": exchange.url,
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
        content |= _text(body)
    location = {name.lower(): value for name, value in exchange.response_headers}
    return {
        "status": exchange.status or 0,
        "statusText": "",
        "httpVersion": "HTTP/1.1",
        "cookies": [],
        "headers": _headers(exchange.response_headers),
        "content": content,
        "redirectURL": location.get("location", ""),
        "headersSize": -1,
        "bodySize": body.size if body else 0,
    }


def _text(body: Body) -> dict[str, str]:
    return {"text": body.text} | ({"comment": body.note} if body.note else {})


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
