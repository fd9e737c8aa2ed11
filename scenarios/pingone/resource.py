"""What is asked of every kind of PingOne object in the same way."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import httpx

from harness.checks import (
    expect_equal,
    expect_error,
    expect_members,
    expect_status,
    expect_that,
    expect_unchanged,
)
from harness.product import PingOne
from scenarios.pingone.bodies import PINGONE_ERRORS, Json

Operation = Callable[..., httpx.Response]


def json_object(answer: httpx.Response, *statuses: int) -> Json:
    """The JSON object of an answer with one of these statuses."""
    expect_status(answer, *statuses)
    content: Any = parsed(answer)
    expect_that(isinstance(content, dict), "a JSON object", content)
    return dict(content)


def evaluated(pingone: PingOne, body: Json) -> Json:
    """The answer to an evaluation that has to succeed."""
    return json_object(pingone.api.add_risk_evaluation(json=body), 201)


def parsed(answer: httpx.Response) -> object:
    """The JSON value of an answer; text that is no JSON is the product's fault."""
    try:
        return answer.json()
    except ValueError:
        expect_that(False, "a JSON body", answer.text)
        raise


def embedded(answer: httpx.Response, name: str) -> list[Json]:
    """The items that a collection embeds under this name."""
    content = json_object(answer, 200)
    items: Any = (content.get("_embedded") or {}).get(name)
    expect_that(isinstance(items, list), f"_embedded.{name}, an array", sorted(content))
    return list(items)


@dataclass(frozen=True, slots=True)
class Resource:
    """The five operations of one kind of object, and how one that would be saved is written."""

    pingone: PingOne
    kind: str
    collection: str
    good: Callable[..., Json]
    get_all: Operation
    add: Operation
    get: Operation
    update: Operation
    delete: Operation

    def create(self, body: Json | None = None, **members: object) -> Json:
        """The stored object that a good body, or this one, made; removed after the scenario."""
        answer = self.attempt({**(self.good() if body is None else body), **members})
        return json_object(answer, 201)

    def attempt(self, body: object) -> httpx.Response:
        """The answer to a creation; what was made is remembered for the clean-up."""
        answer = self.add(json=body)
        if answer.status_code == 201:
            self.pingone.remember(self.kind, answer.json())
        return answer

    def stored(self, key: str) -> Json:
        """The object as it is stored now."""
        return json_object(self.get(key), 200)

    def all(self) -> list[Json]:
        """The items of the list."""
        return embedded(self.get_all(), self.collection)

    def ids(self) -> set[str]:
        """The ids in the list."""
        return {item["id"] for item in self.all()}

    def expect_kept(self, made: Json) -> None:
        """Holds when the object is read, alone and in the list, as it was answered."""
        expect_unchanged(known(made), known(self.stored(made["id"])), "the object read back")
        same = [known(item) for item in self.all() if item["id"] == made["id"]]
        expect_equal([item["name"] for item in same], [made["name"]], "names in the list by id")

    def expect_gone(self, key: str) -> None:
        """Holds when the object is neither read, nor deleted, nor listed."""
        expect_error(self.get(key), 404, "NOT_FOUND")
        expect_error(self.delete(key), 404, "NOT_FOUND")
        expect_that(key not in self.ids(), f"a list without {key}", sorted(self.ids()))

    def refuses(self, body: object, *, target: str | None = None, over: Json | None = None) -> Json:
        """The error for a body that must not be saved, as new or over a stored one.

        After it the stored objects are what they were.
        """
        before = {item["id"]: known(item) for item in self.all()}
        answer = self.attempt(body) if over is None else self.update(over["id"], json=body)
        error = refusal(answer, target=target)
        after = {item["id"]: known(item) for item in self.all()}
        expect_unchanged(before, after, f"the stored {self.collection} after a refusal")
        return error


def refusal(answer: httpx.Response, *, target: str | None = None) -> Json:
    """The error object of a refusal with 400, with a detail on this target."""
    code = "INVALID_DATA" if target else None
    error = expect_error(answer, 400, code, target=target)
    expect_that(error["code"] in PINGONE_ERRORS, f"a code of {PINGONE_ERRORS}", error["code"])
    return error


def known(stored: Json) -> Json:
    """A stored object without its links, which no client keeps."""
    return {key: value for key, value in stored.items() if key not in ("_links", "_embedded")}


def expect_answered(made: Json, body: Json) -> None:
    """Holds when every member that was sent is answered as it was sent."""
    expect_members(made, body, "the answered object")
