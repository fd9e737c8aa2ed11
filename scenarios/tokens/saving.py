"""Two doors by which a credential gets into PingAccess, and what follows a refusal at each.

The seven conditions after a refusal are: nothing stored or changed (PA-TOK-021, -022), the old
credential still in use (-023), nothing leaked (-024), the next good one accepted (-025), nobody
outside called (-026, -027: see `outside`), no delay (-028), the same answer to the same token
(-029), a message for people (-030).
"""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any, Literal

import httpx

from harness import recorder
from harness.checks import (
    expect_answered,
    expect_equal,
    expect_hidden,
    expect_items,
    expect_members,
    expect_refused,
    expect_saved,
    expect_status,
    expect_that,
    expect_unchanged,
)
from harness.errors import HarnessError, NonConformance
from harness.internals import gives_a_reason, internals_in, names_the_credential
from harness.mutations import Mutation, Spoiled, by_id
from harness.product import Credential, Product
from harness.strategies.tokens import Case, spoiled

Json = dict[str, Any]
Act = Literal["create", "update"]

REFUSED = (422, 400, 413)
"""What refuses a token: 422 as documented, or what HTTP has for a body that is no good."""

PATIENCE = timedelta(seconds=10)
"""How long a refusal may take on the product's own clock (our choice, PA-TOK-028)."""

LIST, OBJECT, IN_USE = "PA-TOK-021", "PA-TOK-022", "PA-TOK-023"
HIDDEN, NEXT, PROMPT, AGAIN, MESSAGE = (f"PA-TOK-0{n}" for n in (24, 25, 28, 29, 30))

AFTER: dict[Act, tuple[str, ...]] = {
    "create": (LIST, HIDDEN, NEXT, PROMPT, AGAIN, MESSAGE),
    "update": (OBJECT, IN_USE, HIDDEN, NEXT, PROMPT, AGAIN, MESSAGE),
}
"""The requirements of what follows a refusal at each door."""

TORN = re.compile(r"[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Door:
    """One way to save a credential; the control is a connection that was saved just before.

    `credential` is the one in the control, and the base of every spoiled token.
    """

    act: Act
    product: Product
    credential: Credential
    control: Json
    began: datetime

    @classmethod
    def open(cls, act: Act, product: Product, credential: Credential) -> "Door":
        """The door after its control: a connection saved with the good credential."""
        body = product.admin.pingone_connection_body(credential)
        answer = product.api.add_pingone_connection(json=body)
        if answer.status_code != 200:
            raise HarnessError(f"the control was not saved: {answer.status_code}")
        control = answer.json()
        product.admin.remember("pingone_connection", control)
        return cls(act, product, credential, control, clock(answer))

    def body(self, value: object, **members: object) -> Json:
        """What is sent to save this as the credential."""
        if self.act == "create":
            body = self.product.admin.pingone_connection_body(self.credential)
            return {**body, "name": f"{self.control['name']}-more", "credential": value, **members}
        return {**self.control, "credential": value, **members}

    def send(self, *, json: Any = None, **request: Any) -> httpx.Response:
        """The answer to a save with any body; a product that drops it is at fault."""
        sent = request if json is None else {"json": json, **request}
        api = self.product.api
        if self.act == "create":
            return expect_answered(lambda: api.add_pingone_connection(**sent))
        return expect_answered(lambda: api.update_pingone_connection(self.control["id"], **sent))

    def attempt(self, token: str, **members: object) -> httpx.Response:
        """The answer to a save of this token; a lone surrogate is sent as an escape."""
        return self.send(json=self.body({"value": token}, **members))

    # --- one refusal

    def refuses(self, case: Case, requirement: str) -> Json:
        """The refusal of a token that must not be saved, with nothing of it in the answer."""
        hide(case)
        answer = self.attempt(case.token)
        with about(case):
            refusal = expect_refused(answer, status=REFUSED, requirement=requirement)
            expect_nothing_of(case, answer, requirement=HIDDEN)
            expect_for_people(answer, refusal, of_token=in_utf_8(case.token))
        return refusal

    def refuses_all(
        self, variants: Iterable[Mutation], requirement_of: Callable[[Mutation], str]
    ) -> None:
        """Every variant is refused, the first one twice in the same way, then all is as before."""
        cases = [spoiled(self.credential.token, (mutation,)) for mutation in variants]
        before = self.listed() if self.act == "create" else []
        refusals = [self.refuses(case, requirement_of(case.mutations[0])) for case in cases]
        again = self.refuses(cases[0], requirement_of(cases[0].mutations[0]))
        with about(cases[0]):
            expect_equal(again, refusals[0], "the refusal sent again", requirement=AGAIN)
        self.nothing_has_changed(before)
        good = self.attempts_the_good_one()
        self.took_no_longer_than((len(cases) + 1) * PATIENCE, good)
        expect_saved(good, requirement=NEXT)

    # --- what follows

    def listed(self) -> list[Json]:
        """Every connection there is."""
        return expect_items(self.product.api.get_pingone_connections())

    def nothing_has_changed(self, before: list[Json]) -> None:
        """Holds when the list, the control and the credential that it uses are as before."""
        if self.act == "create":
            expect_unchanged(before, self.listed(), "the list of connections", requirement=LIST)
            return
        key = self.control["id"]
        now = expect_saved(self.product.api.get_pingone_connection(key))
        expect_unchanged(self.control, now, "the connection", requirement=OBJECT)
        self.uses(self.credential, requirement=IN_USE)

    def uses(self, credential: Credential, *, key: str | None = None, requirement: str) -> None:
        """Holds when a connection (the control) works with this credential."""
        answer = self.product.api.get_pingone_connection_metadata(key or self.control["id"])
        metadata = expect_saved(answer, requirement=requirement)
        works = {"credentialId": credential.id, "credentialStatus": "VALID"}
        expect_members(metadata, works, "the connection's metadata", requirement=requirement)

    def took_no_longer_than(self, patience: timedelta, last: httpx.Response) -> None:
        """Holds when the product's own clock went no further from the control to this answer."""
        took = clock(last) - self.began
        words = f"refusals within {patience}"
        expect_that(took <= patience, words, str(took), requirement=PROMPT)

    def attempts_the_good_one(self) -> httpx.Response:
        """The answer to the good credential.

        On create the control goes first, so that nothing depends on two connections with one
        credential (PA-TOK-044).
        """
        if self.act == "create":
            self.product.api.delete_pingone_connection(self.control["id"])
        return self.attempt(self.credential.token)

    def saves_the_good_one(self) -> Json:
        """The connection that a good credential makes: after a refusal it is accepted."""
        return expect_saved(self.attempts_the_good_one(), requirement=NEXT)


def clock(answer: httpx.Response) -> datetime:
    """When the product says it answered."""
    try:
        return parsedate_to_datetime(answer.headers["date"])
    except (KeyError, ValueError):
        raise HarnessError("the answer carries no Date header") from None


def hide(case: Case | Spoiled | Iterable[str]) -> None:
    """The pieces of a spoiled token are never shown in evidence, which tells how it was made."""
    record = recorder.current.get()
    if record is None:
        return
    record.secrets.update(case.secrets if isinstance(case, Case | Spoiled) else case)
    if isinstance(case, Case) and case.base:
        record.made(case.token, case.base, *map(told, case.mutations))


def told(mutation: Mutation) -> tuple[str, list[Any] | None]:
    """The id, with the arguments where they are not those of the registry."""
    own = by_id(mutation.id).args == mutation.args
    return mutation.id, None if own else [*mutation.args]


@contextmanager
def about(case: Case) -> Iterator[None]:
    """A failure inside says which mutation it is about."""
    try:
        yield
    except NonConformance as failure:
        raise NonConformance(
            failure.requirement,
            f"{failure.expected} for {case!r}",
            failure.actual,
            failure.exchange,
            assumed=failure.assumed,
            check=failure.check,
        ) from failure


def expect_nothing_of(case: Case, answer: httpx.Response, *, requirement: str) -> None:
    """Holds when no piece of the token stands in the answer."""
    for secret in case.secrets:
        expect_hidden(secret, answer, requirement=requirement)


def in_utf_8(text: str) -> bool:
    """Whether a text is one; half a surrogate pair makes a whole body that nobody can read.

    Source: RFC 8259 section 8.2.
    """
    return TORN.search(text) is None


def expect_for_people(answer: httpx.Response, refusal: Json, *, of_token: bool) -> None:
    """Holds when a refusal names the credential and a reason, and no class or stack frame.

    Only of a 422 the body is documented. A refusal of the whole body (`of_token` false) names none.
    """
    found = internals_in(answer.text)
    expect_that(found is None, "no class name and no stack frame", found, requirement=MESSAGE)
    if answer.status_code != 422:
        return
    named = names_the_credential(refusal) or not of_token
    expect_that(named, "a refusal that names the credential", refusal, requirement=MESSAGE)
    reason = gives_a_reason(refusal)
    expect_that(reason, "a refusal that gives a reason", refusal, requirement=MESSAGE)


def expect_no_server_error(answer: httpx.Response, *, requirement: str) -> None:
    """Holds when a save was either done or refused."""
    expect_status(answer, 200, *REFUSED, requirement=requirement)
