"""The two pages about the admin API: the document, and a reference for people made of it.

That there are pages below /api-docs/, for those who are logged in, is documented (latest
pa_admin_api_endpoints), that the document is at /api-docs observed (ivanstambuk/message-xform,
operations guide for 9.0.1, section 4); how the page looks is assumed.
"""

from __future__ import annotations

from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING, Any

from fakes.message import Response, encode
from fakes.pingaccess.answers import raw
from fakes.pingaccess.api.document import document
from fakes.pingaccess.api.swagger import swagger

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from fakes.pingaccess.answers import Call
    from fakes.pingaccess.behaviour import Behaviour
    from fakes.pingaccess.state import State

API_DOCS = "/api-docs"
SWAGGER = "/api-docs/pa/api-docs-v2.json"
PAGE = "/api-docs/"


def described(state: State, _: Call) -> Response:
    """The admin API as an OpenAPI document."""
    return raw(state, encode(_document(state.behaviour)))


def swagger_described(state: State, _: Call) -> Response:
    """The admin API as an OpenAPI 2.0 document (PingAccess 7.3, administrative API endpoints)."""
    return raw(state, _swagger(state.behaviour))


def page(state: State, _: Call) -> Response:
    """Every operation and every schema, for people."""
    html = _page(state.behaviour).encode()
    headers = (("Content-Type", "text/html; charset=UTF-8"), *state.common_headers())
    return Response(200, headers, html)


@lru_cache(maxsize=8)
def _document(behaviour: Behaviour) -> dict[str, Any]:
    from fakes.pingaccess.routes import ROUTES  # noqa: PLC0415 - they have this page

    return document(behaviour, ROUTES)


@lru_cache(maxsize=8)
def _swagger(behaviour: Behaviour) -> bytes:
    return encode(swagger(_document(behaviour)))


@lru_cache(maxsize=8)
def _page(behaviour: Behaviour) -> str:
    shown, version = _document(behaviour), behaviour.version
    parts = [_HEAD.format(title=escape(f"{shown['info']['title']} {version}"))]
    parts += ["<h2>Operations</h2><table>", *_operations(shown["paths"]), "</table>"]
    parts += ["<h2>Schemas</h2>", *_schemas(shown["components"]["schemas"])]
    return "".join(parts)


def _operations(paths: Mapping[str, Any]) -> Iterator[str]:
    for path, item in paths.items():
        for method, operation in item.items():
            content = operation["responses"]["200"].get("content", {})
            given = content.get("application/json", {}).get("schema")
            cells = (method.upper(), path, operation["operationId"], _type(given) if given else "")
            yield f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in cells)}</tr>"


def _schemas(schemas: Mapping[str, Any]) -> Iterator[str]:
    for name, schema in schemas.items():
        yield f"<h3 id='{escape(name)}'>{escape(name)}</h3>"
        if "enum" in schema:
            yield f"<p>{escape(', '.join(schema['enum']))}</p>"
            continue
        required = schema.get("required", ())
        rows = (
            f"<tr><td>{escape(member)}</td><td>{escape(_type(one))}</td>"
            f"<td>{'required' if member in required else ''}</td></tr>"
            for member, one in schema["properties"].items()
        )
        yield f"<table>{''.join(rows)}</table>"


def _type(schema: Mapping[str, Any]) -> str:
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if schema.get("type") == "array":
        return f"list of {_type(schema['items'])}"
    if isinstance(schema.get("additionalProperties"), dict):
        return f"map to {_type(schema['additionalProperties'])}"
    return str(schema.get("format", schema.get("type")))


_HEAD = (
    "<!doctype html><html lang='en'><meta charset='utf-8'><title>{title}</title>"
    "<style>body{{font:15px/1.5 sans-serif;margin:2rem auto;max-width:70rem}}"
    "table{{border-collapse:collapse}}td{{padding:.2rem .8rem .2rem 0;vertical-align:top}}"
    "h3{{margin:1.5rem 0 .3rem}}</style><h1>{title}</h1>"
)
