"""What every PingOne answer has in common: errors, bearers, bodies, links, forms (P1-ERR)."""

import re
import uuid
from collections.abc import Callable
from functools import partial
from typing import Any

import httpx
import pytest

from harness.checks import (
    expect_equal,
    expect_error,
    expect_header,
    expect_status,
    expect_that,
)
from harness.product import PingOne
from scenarios.pingone import bodies, jwts
from scenarios.pingone.bodies import Json
from scenarios.pingone.resource import Resource, embedded, json_object

NOBODYS = "00000000-0000-4000-8000-000000000000"
"""An id that no object has."""

UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")


@pytest.fixture(params=["gateways", "predictors", "policy_sets"])
def resource(request: pytest.FixtureRequest) -> Resource:
    """Each kind of object in turn."""
    found: Resource = request.getfixturevalue(request.param)
    return found


@pytest.mark.requirement("P1-ERR-001")
def test_an_error_says_what_is_wrong_and_where(resource: Resource) -> None:
    """An id, a code, a message for developers, and a detail with code, message and target.

    Source: PingOne reference, error codes; SDK P1Error.
    """
    error = expect_error(resource.attempt(resource.good(name=None)), 400, "INVALID_DATA")

    expect_that(bool(UUID.fullmatch(str(error.get("id")))), "an id", error.get("id"))
    expect_that(bool(error.get("message")), "a message", error)
    details = error.get("details") or []
    expect_that(len(details) > 0, "at least one detail", details)
    for detail in details:
        complete = all(isinstance(detail.get(m), str) and detail[m] for m in ("code", "message"))
        expect_that(complete, "a code and a message of each detail", detail)


@pytest.mark.requirement("P1-ERR-002")
def test_an_id_that_nobody_has_is_not_found(resource: Resource) -> None:
    """Read, updated or deleted, in the form of an id or not.

    Source: PingOne reference, error codes (404 NOT_FOUND).
    """
    expect_status(resource.get(resource.create()["id"]), 200)

    expect_error(resource.get(NOBODYS), 404, "NOT_FOUND")
    expect_error(resource.update(NOBODYS, json=resource.good()), 404, "NOT_FOUND")
    expect_error(resource.delete(NOBODYS), 404, "NOT_FOUND")


@pytest.mark.requirement("P1-ERR-002")
def test_an_evaluation_that_nobody_made_is_not_found(pingone: PingOne) -> None:
    """Read or completed.

    Source: PingOne reference, error codes (404 NOT_FOUND).
    """
    made = json_object(pingone.api.add_risk_evaluation(json=bodies.evaluation()), 201)
    expect_status(pingone.api.get_risk_evaluation(made["id"]), 200)
    done = {"completionStatus": "SUCCESS"}

    expect_error(pingone.api.get_risk_evaluation(NOBODYS), 404, "NOT_FOUND")
    answer = pingone.api.update_risk_evaluation_event(NOBODYS, json=done)
    expect_error(answer, 404, "NOT_FOUND")


def expect_unauthorized(answer: httpx.Response) -> None:
    """Holds for 401 with either of the two codes that are described."""
    expect_error(answer, 401, ("ACCESS_FAILED", "INVALID_TOKEN"))


@pytest.mark.requirement("P1-ERR-003")
def test_a_request_without_a_bearer_is_refused(resource: Resource, pingone: PingOne) -> None:
    """Nothing is shown or made without a token, with an empty one or another scheme.

    Source: PingOne reference, error codes (401).
    """
    before = resource.ids()
    basic = httpx.BasicAuth(pingone.client_id, pingone.client_secret)

    expect_unauthorized(resource.get_all(token=None))
    expect_unauthorized(resource.add(json=resource.good(), token=None))
    expect_unauthorized(resource.get_all(headers={"Authorization": "Bearer"}))
    expect_unauthorized(resource.get_all(headers={"Authorization": basic._auth_header}))  # noqa: SLF001 - httpx has no public way

    expect_equal(resource.ids(), before, "ids after the refusals")


SPOILED: dict[str, Callable[[str], str]] = {
    "another client": jwts.with_claim("client_id", NOBODYS),
    "another lifetime": jwts.with_claim("exp", 4_000_000_000),
    "another environment": jwts.with_claim("env", NOBODYS),
    "no signature": jwts.unsigned,
    "a flipped bit": jwts.flipped_signature,
    "a short signature": jwts.cut_signature,
    "a stranger's signature": jwts.signed_by_a_stranger,
    "no token": lambda _: "x",
}


@pytest.mark.requirement("P1-ERR-004")
@pytest.mark.parametrize("spoil", SPOILED.values(), ids=SPOILED.keys())
def test_a_bearer_that_was_changed_is_refused(
    gateways: Resource, pingone: PingOne, spoil: Callable[[str], str]
) -> None:
    """The token is as PingOne wrote it, or it opens nothing.

    Source: PingOne reference, error codes (401); RFC 6750 section 3.1.
    """
    token = json_object(pingone.api.token({"grant_type": "client_credentials"}), 200)
    good = token["access_token"]
    expect_status(gateways.get_all(token=good), 200)

    expect_unauthorized(gateways.get_all(token=spoil(good)))
    expect_unauthorized(gateways.add(json=gateways.good(), token=spoil(good)))


@pytest.mark.requirement("P1-ERR-004")
def test_a_gateway_credential_is_no_bearer(pingone: PingOne) -> None:
    """The credential has to be exchanged; it opens nothing by itself.

    Source: PingOne authentication API, token exchange; RFC 6750 section 3.1.
    """
    credential = pingone.add_credential()
    expect_status(pingone.exchange(credential), 200)

    expect_unauthorized(pingone.api.get_environment(token=credential.token))


@pytest.mark.requirement("P1-ERR-005")
def test_a_bearer_that_has_expired_is_refused(pingone: PingOne) -> None:
    """Good until a minute before its end, refused a minute after.

    Source: PingOne reference, error codes (401); RFC 6750 section 3.1.
    """
    control = pingone.needs_control("waits for a token to expire")
    credential = pingone.add_credential()
    worker = partial(pingone.api.token, {"grant_type": "client_credentials"})
    for grant in (worker, partial(pingone.exchange, credential)):
        granted = json_object(grant(), 200)
        control.advance(granted["expires_in"] - 60)
        expect_status(pingone.api.get_environment(token=granted["access_token"]), 200)

        control.advance(120)
        expect_unauthorized(pingone.api.get_environment(token=granted["access_token"]))


@pytest.mark.requirement("P1-ERR-006")
@pytest.mark.parametrize(
    "content",
    [b"", b"{", b'{"name": }', b"nonsense", b"\xff\xfe", b"[]", b'"text"', b"null", b"7"],
    ids=repr,
)
def test_a_body_that_is_no_json_object_is_refused(resource: Resource, content: bytes) -> None:
    """400, and nothing is made of it.

    Source: PingOne reference, error codes (400 INVALID_REQUEST or INVALID_DATA).
    """
    before = resource.ids()

    answer = resource.add(content=content, headers={"Content-Type": "application/json"})

    expect_error(answer, 400, ("INVALID_REQUEST", "INVALID_DATA"))
    expect_equal(resource.ids(), before, "ids after the refusal")


@pytest.mark.requirement("P1-ERR-006")
def test_an_update_with_a_body_that_is_no_json_changes_nothing(resource: Resource) -> None:
    """400, and the stored object is as it was.

    Source: PingOne reference, error codes (400 INVALID_REQUEST or INVALID_DATA).
    """
    made = resource.create()

    answer = resource.update(
        made["id"], content=b'{"name":', headers={"Content-Type": "application/json"}
    )

    expect_error(answer, 400, ("INVALID_REQUEST", "INVALID_DATA"))
    resource.expect_kept(made)


@pytest.mark.requirement("P1-ERR-007")
@pytest.mark.parametrize(
    "content_type", ["text/plain", "application/xml", "application/x-www-form-urlencoded"]
)
def test_a_body_of_another_content_type_is_refused(resource: Resource, content_type: str) -> None:
    """415 INVALID_REQUEST, even where the body would be good JSON.

    Source: vendor Go client, error models (415 INVALID_REQUEST).
    """
    body = resource.good()
    before = resource.ids()

    answer = resource.add(json=body, headers={"Content-Type": content_type})

    expect_error(answer, 415, "INVALID_REQUEST")
    expect_equal(resource.ids(), before, "ids after the refusal")


@pytest.mark.requirement("P1-ERR-007")
def test_json_is_taken_with_its_parameters(resource: Resource) -> None:
    """`application/json; charset=UTF-8` is JSON.

    Source: PingOne reference, conventions; RFC 9110 section 8.3.1 (parameters of a media type).
    """
    body = resource.good()

    answer = resource.add(json=body, headers={"Content-Type": "application/json; charset=UTF-8"})

    made = json_object(answer, 201)
    resource.pingone.remember(resource.kind, made)
    expect_equal(made["name"], body["name"], "name")


@pytest.mark.requirement("P1-ERR-008")
@pytest.mark.parametrize("method", ["PATCH", "DELETE", "PUT"])
def test_a_method_that_a_collection_has_not_is_refused(resource: Resource, method: str) -> None:
    """405, and the collection is as it was.

    Source: assumed; 405 is documented with the platform's object, for which requests is not.
    """
    before = resource.ids()

    answer = resource.pingone.api.request(method, resource.collection, json=resource.good())

    expect_error(answer, 405)
    expect_equal(resource.ids(), before, "ids after the refusal")


@pytest.mark.requirement("P1-ERR-009")
def test_a_collection_embeds_links_and_counts(resource: Resource) -> None:
    """`_embedded` holds the items, `_links.self` leads back, count or size is how many.

    Source: PingOne reference, paging and collections.
    """
    resource.create()

    answer = resource.get_all()

    content = json_object(answer, 200)
    items = embedded(answer, resource.collection)
    counts = {content[name] for name in ("count", "size") if name in content}
    expect_equal(counts, {len(items)}, "count and size of a list on one page")
    path = httpx.URL(link(content)).path
    expect_that(path.endswith(f"/{resource.collection}"), "a link to the collection", path)


def link(content: Json) -> str:
    """The address of an object's own link."""
    own: Any = (content.get("_links") or {}).get("self") or {}
    expect_that(isinstance(own.get("href"), str), "_links.self.href", content.get("_links"))
    return str(own["href"])


@pytest.mark.requirement("P1-ERR-010")
def test_a_resource_links_to_itself(resource: Resource) -> None:
    """The link is absolute, and what it leads to is the resource.

    Source: PingOne reference, conventions: HAL.
    """
    made = resource.create()
    resource.create()

    for shown in (made, resource.stored(made["id"])):
        href = link(shown)
        path = f"/environments/{resource.pingone.environment_id}/"
        expect_that(path in href and href.startswith("https://"), f"https://…{path}…", href)
        behind = json_object(resource.pingone.api.follow(href), 200)
        expect_equal(behind["id"], made["id"], "id of what the link leads to")


@pytest.mark.requirement("P1-ERR-011")
def test_answers_are_json_by_their_content_type(resource: Resource) -> None:
    """Objects, lists and errors alike.

    Source: PingOne reference, conventions (application/json; clients take any +json).
    """
    made = resource.create()

    for answer in (resource.get(made["id"]), resource.get_all(), resource.get(NOBODYS)):
        expect_header(answer, "Content-Type", is_json)


def is_json(content_type: str) -> bool:
    """True for application/json and application/…+json, with parameters or without."""
    kind = content_type.partition(";")[0].strip().lower()
    return kind == "application/json" or bool(re.fullmatch(r"application/.+\+json", kind))


@pytest.mark.requirement("P1-ERR-012")
def test_ids_and_times_are_written_in_one_way(resource: Resource) -> None:
    """Ids are lower-case UUIDs, times UTC with milliseconds; a time of creation is now.

    Source: SDK, id pattern; PingOne API examples.
    """
    made = resource.create()

    expect_that(bool(UUID.fullmatch(str(made["id"]))), "a lower-case UUID", made["id"])
    for member in ("createdAt", "updatedAt"):
        if member in made:
            right = bool(TIME.fullmatch(str(made[member])))
            expect_that(right, f"{member} in UTC with milliseconds", made[member])


@pytest.mark.requirement("P1-ERR-012")
def test_the_time_of_a_credential_is_written_in_the_same_way(pingone: PingOne) -> None:
    """`createdAt` of a credential is UTC with milliseconds, and its id a lower-case UUID.

    Source: Postman collection of the API, create gateway credential, example response.
    """
    gateway = pingone.add_gateway()

    made = json_object(pingone.api.add_gateway_credential(gateway["id"]), 201)

    expect_that(bool(UUID.fullmatch(str(made.get("id")))), "a lower-case UUID", made.get("id"))
    created = str(made.get("createdAt"))
    expect_that(bool(TIME.fullmatch(created)), "UTC with milliseconds", created)


@pytest.mark.requirement("P1-ERR-013")
def test_a_deletion_answers_without_a_body(resource: Resource) -> None:
    """204 has nothing to say.

    Source: PingOne Go SDK, management and risk openapi (204); RFC 9110 section 15.3.5.
    """
    answer = resource.delete(resource.create()["id"])

    expect_status(answer, 204)
    expect_equal(answer.content, b"", "body")


@pytest.mark.requirement("P1-ERR-014")
def test_every_error_has_its_own_id(gateways: Resource) -> None:
    """The same mistake twice gives two ids.

    Source: PingOne reference, error codes: the id is logged to find the one error.
    """
    ids = [expect_error(gateways.get(NOBODYS), 404)["id"] for _ in range(3)]

    expect_equal(len(set(ids)), 3, "different ids of three errors")


@pytest.mark.requirement("P1-ERR-015")
def test_headers_of_an_external_transaction_are_accepted(pingone: PingOne) -> None:
    """They are for the audit, and change no answer.

    Source: PingOne reference, external transaction and session ids.
    """
    headers = {
        "X-Ping-External-Transaction-ID": str(uuid.UUID(int=1)),
        "X-Ping-External-Session-ID": str(uuid.UUID(int=2)),
    }

    expect_status(pingone.api.get_environment(headers=headers), 200)
