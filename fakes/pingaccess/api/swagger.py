"""The same document as OpenAPI 2.0, which the product has had since 7.3.

Source: PingAccess 7.3, administrative API endpoints (api-docs/pa/api-docs-v2.json); how operations
and schemas are written in it is assumed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

_JSON = "application/json"


def swagger(document: Mapping[str, Any]) -> dict[str, Any]:
    """The OpenAPI 3.0 document as one of OpenAPI 2.0."""
    return {
        "swagger": "2.0",
        "info": document["info"],
        "basePath": document["servers"][0]["url"],
        "schemes": ["https"],
        "consumes": [_JSON],
        "produces": [_JSON],
        "paths": {
            path: {method: _operation(one) for method, one in item.items()}
            for path, item in document["paths"].items()
        },
        "definitions": _pointed(document["components"]["schemas"]),
    }


def _operation(operation: Mapping[str, Any]) -> dict[str, Any]:
    taken = operation.get("requestBody", {}).get("content", {}).get(_JSON)
    parameters = [_parameter(one) for one in operation.get("parameters", ())]
    if taken is not None:
        body = {"name": "body", "in": "body", "required": True, "schema": _pointed(taken["schema"])}
        parameters.append(body)
    return {
        "operationId": operation["operationId"],
        **({"parameters": parameters} if parameters else {}),
        "responses": {
            status: _response(answer) for status, answer in operation["responses"].items()
        },
    }


def _parameter(parameter: Mapping[str, Any]) -> dict[str, Any]:
    """Type and format stand beside the name, and not in a schema of their own."""
    plain = {name: value for name, value in parameter.items() if name != "schema"}
    return {**plain, **parameter.get("schema", {})}


def _response(answer: Mapping[str, Any]) -> dict[str, Any]:
    given = answer.get("content", {}).get(_JSON)
    shown = {"description": answer.get("description", "")}
    return shown if given is None else {**shown, "schema": _pointed(given["schema"])}


def _pointed(value: Any) -> Any:
    """The value with each reference leading to a definition."""
    if isinstance(value, list):
        return [_pointed(one) for one in value]
    if not isinstance(value, dict):
        return value
    return {
        name: one.replace("#/components/schemas/", "#/definitions/")
        if name == "$ref"
        else _pointed(one)
        for name, one in value.items()
    }
