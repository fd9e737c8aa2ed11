"""Expectations. Each that does not hold raises NonConformance with requirement, expected, actual.

Every check takes `requirement`; without it the first requirement of the running scenario counts.
Some take `assumed`: the requirement has a source, but this detail of it has none, so that a live
product that differs refutes our guess.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn, TypeAlias

from harness.comparing import difference, missing
from harness.conditions import Check
from harness.errors import NoAnswer, NotMeasured
from harness.hiding import shown_in
from harness.judging import answered, api_error, body_of, brief, fail, json_object
from harness.locating import located

if TYPE_CHECKING:
    from collections.abc import Callable

    import httpx

Json: TypeAlias = dict[str, Any]
Statuses: TypeAlias = int | tuple[int, ...]


def expect_status(
    answer: httpx.Response, *statuses: int, assumed: bool = False, requirement: str | None = None
) -> httpx.Response:
    """The answer, when it has one of these statuses."""
    if answer.status_code not in statuses:
        wanted = " or ".join(map(str, statuses))
        check = Check(kind="status", statuses=[*statuses])
        fail(requirement, f"status {wanted}", answered(answer), answer, check, assumed=assumed)
    return answer


def expect_answered(
    ask: Callable[[], httpx.Response], *, requirement: str | None = None
) -> httpx.Response:
    """The answer to a request, whatever it says; a product that drops the request is at fault.

    For input that may make it do so: elsewhere a dropped request is no verdict.
    """
    try:
        return ask()
    except NoAnswer as error:
        fail(requirement, "an answer", str(error), check=Check(kind="answered"))


def expect_saved(answer: httpx.Response, *, requirement: str | None = None) -> Json:
    """The object of an answer that says 200; to read a member that it lacks is the product's fault.

    Source: admin API 7.3: every operation that saves or reads answers 200.
    """
    expect_status(answer, 200, requirement=requirement)
    return json_object(answer, requirement)


def expect_deleted(answer: httpx.Response, *, requirement: str | None = None) -> httpx.Response:
    """The answer, when it says that the object was deleted (200).

    Source: admin API 7.3, every delete operation.
    """
    return expect_status(answer, 200, requirement=requirement)


def expect_refused(
    answer: httpx.Response,
    *,
    field: str | None = None,
    status: Statuses = 422,
    assumed: bool = False,
    requirement: str | None = None,
) -> Json:
    """The refusal as {"flash": [sentence], "form": {field: [sentence]}}.

    A 422 has that shape; of other statuses no body is documented, and what lacks is empty. With a
    `field`, form has to complain about it: that it is named like the member is observed of virtual
    hosts, and assumed of everything else. `assumed` is of the status: that it is refused is not.
    Source: admin API 7.3, schema ApiError.
    """
    guess = assumed and answer.is_error
    expect_status(answer, *_tuple(status), assumed=guess, requirement=requirement)
    refusal = api_error(answer, requirement)
    if field is not None and not refusal["form"].get(field):
        expected = f"a complaint about {field} in form"
        check = Check(kind="complaint", name=field)
        fail(requirement, expected, brief(refusal), answer, check, assumed=True)
    return refusal


def expect_items(answer: httpx.Response, *, requirement: str | None = None) -> list[Json]:
    """The objects of a collection. Source: admin API 7.3, collections (items)."""
    items = expect_saved(answer, requirement=requirement).get("items")
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        check = Check(kind="items")
        fail(requirement, "items, an array of objects", body_of(answer), answer, check)
    return items


def expect_equal(
    actual: object, expected: object, what: str, *, requirement: str | None = None
) -> None:
    """Holds when both are the same JSON value; ciphertexts are not compared (see `comparing`)."""
    found = difference(actual, expected)
    if found is not None:
        told = f"{found}: in {brief(actual)}"
        answer, check = located("equal", actual, what, expected)
        fail(requirement, f"{what}: {brief(expected)}", told, answer, check)


def expect_unchanged(
    before: object, after: object, what: str, *, requirement: str | None = None
) -> None:
    """Holds when nothing differs from before; ciphertexts are not compared (see `comparing`)."""
    found = difference(after, before)
    if found is not None:
        told = f"{found}: in {brief(after)}"
        answer, check = located("equal", after, what, before)
        fail(requirement, f"{what} unchanged: {brief(before)}", told, answer, check)


def expect_members(
    actual: object, expected: Json, what: str, *, requirement: str | None = None
) -> None:
    """Holds when an object has these members with these values, and whatever else.

    Objects inside are held to the same: what is expected of them has to be there.
    """
    found = missing(actual, expected)
    if found is not None:
        told = f"{found}: in {brief(actual)}"
        answer, check = located("members", actual, what, expected)
        fail(requirement, f"{what} with {brief(expected)}", told, answer, check)


def expect_that(
    condition: object,
    expected: str,
    actual: object,
    *,
    assumed: bool = False,
    requirement: str | None = None,
) -> None:
    """Holds when the condition is true; `expected` says in words what it is."""
    if not condition:
        fail(requirement, expected, brief(actual), assumed=assumed)


def expect_member(
    told: object, name: str, expected: str, shown: object, *, requirement: str | None = None
) -> None:
    """Holds when an object that was answered has the member; `expected` says it in words."""
    if not isinstance(told, dict) or name not in told:
        answer, found = located("equal", told, name, None)
        check = found and Check(kind="member", pointer=found.pointer, name=name)
        fail(requirement, expected, brief(shown), answer, check)


def expect_hidden(secret: str, *answers: httpx.Response, requirement: str | None = None) -> None:
    """Holds when no answer shows the secret, in status line, headers or body, however written.

    `hiding` lists the forms that are looked for.
    """
    for answer in answers:
        found = shown_in(answer, secret)
        if found is not None:
            check = Check(kind="hidden", expected=secret)
            told = f"the secret in {found}"
            fail(requirement, "an answer without the secret", told, answer, check)


def expect_header(
    answer: httpx.Response,
    name: str,
    value: str | Callable[[str], bool],
    *,
    requirement: str | None = None,
) -> str:
    """The value of a header, when it is this one, or when it satisfies the predicate."""
    found = answer.headers.get(name)
    right = found is not None and (value(found) if callable(value) else found == value)
    if found is None or not right:
        wanted = getattr(value, "__name__", "what is asked").replace("_", " ")
        told = f"that is right by {wanted}" if callable(value) else value
        check = None if callable(value) else Check(kind="header", name=name, options=[value])
        fail(requirement, f"header {name}: {told}", brief(found), answer, check)
    return str(found)


def expect_error(  # noqa: PLR0913 - each is one part of an error
    answer: httpx.Response,
    statuses: Statuses,
    code: str | tuple[str, ...] | None = None,
    *,
    target: str | None = None,
    detail: str | None = None,
    requirement: str | None = None,
) -> Json:
    """The error object of PingOne, with this status, code, and a detail on a target or of a code.

    Source: PingOne reference, error codes (id, code, message, details).
    """
    expect_status(answer, *_tuple(statuses), requirement=requirement)
    error = json_object(answer, requirement)
    _expect_one_of(answer, error, "code", code, requirement)
    details = [one for one in error.get("details") or () if isinstance(one, dict)]
    for member, wanted in (("target", target), ("code", detail)):
        if wanted is not None and wanted not in [one.get(member) for one in details]:
            check = Check(kind="detail", name=member, options=[wanted])
            fail(requirement, f"a detail with {member} {wanted}", brief(error), answer, check)
    return error


def expect_oauth_error(
    answer: httpx.Response,
    statuses: Statuses,
    error: str | tuple[str, ...],
    *,
    requirement: str | None = None,
) -> Json:
    """The error object of a token endpoint (RFC 6749 section 5.2)."""
    expect_status(answer, *_tuple(statuses), requirement=requirement)
    told = json_object(answer, requirement)
    _expect_one_of(answer, told, "error", error, requirement)
    return told


def not_measured(reason: str) -> NoReturn:
    """Ends the scenario without a verdict on the product."""
    raise NotMeasured(reason)


def _expect_one_of(
    answer: httpx.Response,
    told: Json,
    member: str,
    wanted: str | tuple[str, ...] | None,
    requirement: str | None,
) -> None:
    value = told.get(member)
    options = (wanted,) if isinstance(wanted, str) else wanted
    if not isinstance(value, str) or (options is not None and value not in options):
        named = " or ".join(options) if options else "a text"
        check = Check(kind="member", name=member, options=[*options] if options else [])
        fail(requirement, f"{member} {named}", brief(told), answer, check)


def _tuple(statuses: Statuses) -> tuple[int, ...]:
    return (statuses,) if isinstance(statuses, int) else statuses
