"""The rules of the formats that other programs read, written down from their schemas."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

# --- JUnit


@dataclass(frozen=True)
class Rule:
    """What an element must and may have; `inside` is a pattern of the names of its children."""

    must: dict[str, str] = field(default_factory=dict)
    may: dict[str, str] = field(default_factory=dict)
    inside: str = ""
    text: bool = False


ANY, TOKEN, NUMBER, DECIMAL = ".*", r"(?s).*\S.*", r"\d{1,9}", r"\d+\.\d+"
MESSAGE = Rule({"type": ANY}, {"message": ANY}, text=True)
JUNIT = {
    "testsuites": Rule(inside="(testsuite )*"),
    "testsuite": Rule(
        {
            **dict.fromkeys(("name", "hostname", "package"), TOKEN),
            **dict.fromkeys(("tests", "failures", "errors", "id"), NUMBER),
            "time": DECIMAL,
            "timestamp": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d",
        },
        {"skipped": NUMBER},
        "properties (testcase )*system-out system-err ",
    ),
    "properties": Rule(inside="(property )*"),
    "property": Rule({"name": TOKEN, "value": ANY}),
    "testcase": Rule(
        {"name": ANY, "classname": ANY, "time": DECIMAL}, inside="((skipped|error|failure) )?"
    ),
    "failure": MESSAGE,
    "error": MESSAGE,
    "skipped": Rule(may={"type": ANY, "message": ANY}, text=True),
    "system-out": Rule(text=True),
    "system-err": Rule(text=True),
}


# --- JSON


def closed(must: dict[str, Any], may: dict[str, Any] | None = None) -> dict[str, Any]:
    """The schema of an object that has these members and no others."""
    properties = {**must, **(may or {})}
    return {
        "type": "object",
        "properties": properties,
        "required": list(must),
        "additionalProperties": False,
    }


def listed(items: Any, least: int = 0) -> dict[str, Any]:
    """The schema of an array."""
    return {"type": "array", "items": items, "minItems": least}


TEXT: dict[str, Any] = {"type": "string"}
FULL: dict[str, Any] = {"type": "string", "minLength": 1}
WHOLE: dict[str, Any] = {"type": "integer"}
OBJECT: dict[str, Any] = {"type": "object"}
UUID: dict[str, Any] = {"type": "string", "pattern": "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"}
STATES = ("passed", "failed", "skipped", "pending", "other")

CTRF = closed(
    {
        "reportFormat": {"const": "CTRF"},
        "specVersion": {"type": "string", "pattern": r"^[0-9]+\.[0-9]+\.[0-9]+$"},
        "results": closed(
            {
                "tool": closed({"name": FULL}, {"version": TEXT, "extra": OBJECT}),
                "summary": closed(
                    dict.fromkeys(("tests", *STATES, "start", "stop"), WHOLE), {"extra": OBJECT}
                ),
                "tests": listed(
                    closed(
                        {"name": FULL, "status": {"enum": list(STATES)}, "duration": WHOLE},
                        {
                            "id": UUID,
                            "suite": listed(TEXT, 1),
                            "tags": listed(TEXT),
                            "message": TEXT,
                            "trace": TEXT,
                            "rawStatus": TEXT,
                            "extra": OBJECT,
                        },
                    )
                ),
            }
        ),
    }
)

SAID = closed({"text": FULL})
SARIF = closed(
    {
        "$schema": FULL,
        "version": {"const": "2.1.0"},
        "runs": listed(
            closed(
                {
                    "tool": closed(
                        {
                            "driver": closed(
                                {
                                    "name": FULL,
                                    "version": TEXT,
                                    "rules": listed(
                                        closed(
                                            {"id": FULL, "shortDescription": SAID},
                                            {
                                                "fullDescription": SAID,
                                                "properties": closed({"tags": listed(TEXT)}),
                                            },
                                        )
                                    ),
                                }
                            )
                        }
                    ),
                    "automationDetails": closed({"id": FULL}),
                    "invocations": listed(
                        closed(
                            {
                                "executionSuccessful": {"type": "boolean"},
                                "toolExecutionNotifications": listed(
                                    closed({"level": {"const": "note"}, "message": SAID})
                                ),
                            }
                        )
                    ),
                    "results": listed(
                        closed(
                            {
                                "ruleId": FULL,
                                "level": {"enum": ["error", "warning", "note"]},
                                "message": SAID,
                                "partialFingerprints": {
                                    "type": "object",
                                    "additionalProperties": TEXT,
                                },
                                "locations": listed(
                                    closed(
                                        {
                                            "logicalLocations": listed(
                                                closed({"fullyQualifiedName": TEXT})
                                            )
                                        },
                                        {
                                            "physicalLocation": closed(
                                                {
                                                    "artifactLocation": closed(
                                                        {"uri": {"pattern": r"^[\w./%~-]+$"}}
                                                    ),
                                                    "region": closed(
                                                        {
                                                            "startLine": {
                                                                "type": "integer",
                                                                "minimum": 1,
                                                            }
                                                        }
                                                    ),
                                                }
                                            )
                                        },
                                    )
                                ),
                            }
                        )
                    ),
                }
            ),
            1,
        ),
    }
)

MOMENT = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$"}
TIME: dict[str, Any] = {"type": "number", "minimum": 0}
PAIRS = listed(closed({"name": TEXT, "value": TEXT}))
MESSAGE_OF_HAR = {
    "httpVersion": TEXT,
    "cookies": listed(OBJECT),
    "headers": PAIRS,
    "headersSize": WHOLE,
    "bodySize": WHOLE,
}
NAMED = closed({"name": FULL, "version": FULL})
HAR = closed(
    {
        "log": closed(
            {
                "version": {"const": "1.2"},
                "creator": NAMED,
                "pages": listed(
                    closed(
                        {"startedDateTime": MOMENT, "id": FULL, "title": TEXT},
                        {"pageTimings": OBJECT, "comment": TEXT},
                    )
                ),
                "entries": listed(
                    closed(
                        {
                            "startedDateTime": MOMENT,
                            "time": TIME,
                            "request": closed(
                                {
                                    **MESSAGE_OF_HAR,
                                    "method": TEXT,
                                    "url": TEXT,
                                    "queryString": PAIRS,
                                },
                                {
                                    "postData": closed(
                                        {"mimeType": TEXT, "text": TEXT}, {"comment": TEXT}
                                    )
                                },
                            ),
                            "response": closed(
                                {
                                    **MESSAGE_OF_HAR,
                                    "status": WHOLE,
                                    "statusText": TEXT,
                                    "redirectURL": TEXT,
                                    "content": closed(
                                        {"size": WHOLE, "mimeType": TEXT},
                                        {"text": TEXT, "encoding": TEXT, "comment": TEXT},
                                    ),
                                }
                            ),
                            "cache": OBJECT,
                            "timings": closed(dict.fromkeys(("send", "wait", "receive"), TIME)),
                        },
                        {"pageref": TEXT, "comment": TEXT, "_error": TEXT},
                    )
                ),
            },
            {"comment": TEXT},
        )
    }
)
