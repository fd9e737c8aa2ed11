"""A spoiled token as the bearer token of a call to the admin API: what is asked of the answer.

The control is a token of a client that was granted the scope: it is a login before and after every
spoiled token that is made of it, and so is the password.
"""

import re
from base64 import urlsafe_b64encode
from dataclasses import dataclass

import httpx

from harness.checks import expect_answered, expect_status, expect_that
from harness.mutations import MUTATIONS, spoil
from harness.product import PingOne, Product
from harness.product.clients import bearer_login
from harness.strategies.tokens import Case
from scenarios.tokens.saving import about, expect_nothing_of, hide

REFUSED = (401, 400)
"""A token that is no good, or a header that is none (RFC 6750 section 3.1)."""

TOO_LARGE = (413, 414, 431)

NO_LOGIN, SILENT, STAYS = "PA-ACCESS-007", "PA-TOK-051", "PA-TOK-052"

VISIBLE = re.compile(r"[!-~]([ -~]*[!-~])?")
"""What a field of a header holds without being changed on its way (RFC 9110 section 5.5)."""


@dataclass(frozen=True, slots=True)
class Gate:
    """The admin API, after it was told to take tokens of PingOne."""

    product: Product
    token: str

    @classmethod
    def open(cls, product: Product, pingone: PingOne) -> "Gate":
        """The gate after its control: the good token and the password are logins."""
        gate = cls(product, bearer_login(product, pingone))
        gate.is_open()
        return gate

    def asks(self, authorization: str, path: str = "/version") -> httpx.Response:
        """The answer to whoever shows this."""
        headers = {"authorization": authorization}
        request = self.product.api.request
        return expect_answered(lambda: request("GET", path, login=None, headers=headers))

    def refuses(self, case: Case) -> httpx.Response:
        """The answer to a spoiled token, which is no login, with nothing of it inside."""
        hide(case)
        with about(case):
            answer = self.asks(f"Bearer {case.token}")
            allowed = REFUSED + (TOO_LARGE if len(case.token) > 4_000 else ())
            expect_status(answer, *allowed, requirement=NO_LOGIN)
            expect_nothing_of(case, answer, requirement=SILENT)
            shown = answer.headers.get("www-authenticate")
            expect_that(
                shown or answer.status_code != 401, "a challenge", shown, requirement=NO_LOGIN
            )
        return answer

    def is_open(self) -> None:
        """Holds when the good token and the password are still logins."""
        expect_status(self.asks(f"Bearer {self.token}"), 200, requirement=STAYS)
        expect_status(self.product.api.version(), 200, requirement=STAYS)


_LONG = ".".join(
    (
        "eyJhbGciOiJSUzI1NiJ9",
        urlsafe_b64encode(b'{"sub":"%s"}' % (b"a" * 303)).decode("ascii").rstrip("="),
        "A" * 342,
    )
)
"""A token as long as real ones: some mutations break lines of it."""

UNBEARABLE = frozenset(row.id for row in MUTATIONS if not VISIBLE.fullmatch(spoil(_LONG, row).text))
"""Rows that no field of a header can carry as they are."""
