"""Devices that have no browser of their own: their user agrees in one elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from harness.checks import expect_status, expect_that
from harness.product.browsers import Browser, asks_password, forms, wanted
from harness.product.clients import add_client
from harness.product.logins import add_person, tokens_of, without_none

if TYPE_CHECKING:
    import httpx

    from harness.product.pingone import PingOne

DEVICE_CODE = "urn:ietf:params:oauth:grant-type:device_code"
"""Source: RFC 8628 section 3.4."""

USUAL_INTERVAL_S = 5
"""Where the answer names none. Source: RFC 8628 section 3.2."""

MOST_PAGES = 6


class Device:
    """A device that has asked for codes, and the person who has it.

    Source: PingOne, create application (OIDC device authorization grant); RFC 8628.
    """

    def __init__(self, pingone: PingOne) -> None:
        self._pingone = pingone
        self._server = pingone.api.authorization
        self.app = add_client(
            pingone, type="NATIVE_APP", grantTypes=["DEVICE_CODE"], responseTypes=[]
        )
        self.person = add_person(pingone)
        self.ask()

    def ask(self) -> None:
        """New codes are asked for."""
        form = {"client_id": self.app.id, "scope": "openid"}
        client = (self.app.id, self.app.secret)
        answer = self._server.post("device_authorization", form, client)
        expect_status(answer, 200)
        self.told = tokens_of(answer)
        lacking = {"device_code", "user_code", "verification_uri", "expires_in"} - set(self.told)
        expect_that(not lacking, "the codes and where to go", sorted(self.told))
        self._server.hide(self.told["device_code"])
        self.code = str(self.told["device_code"])
        self.lives_s = self._seconds("expires_in")
        self.interval_s = self._seconds("interval", USUAL_INTERVAL_S)

    def _seconds(self, name: str, usual: int | None = None) -> int:
        found = self.told.get(name, usual)
        whole = isinstance(found, int) and not isinstance(found, bool) and found >= 0
        expect_that(whole, f"seconds as {name}", found)
        return int(found or 0)

    def poll(self, code: str | None = None) -> httpx.Response:
        """The raw answer to the device code. Source: RFC 8628 section 3.4."""
        form = without_none(
            {
                "grant_type": DEVICE_CODE,
                "device_code": self.code if code is None else code,
                "client_id": self.app.id,
            }
        )
        answer = self._pingone.api.token(form, client=(self.app.id, self.app.secret))
        told = tokens_of(answer)
        self._server.hide(*(told.get(name) for name in ("access_token", "id_token")))
        return answer

    def decide(self, words: frozenset[str]) -> None:
        """The person goes where the device says, signs on, and presses the button with a word."""
        browser, person = Browser(self._server), self.person
        where = self.told.get("verification_uri_complete") or self.told["verification_uri"]
        page = browser.go(str(where))
        known = {"username": person.username, "password": person.password}
        known["code"] = str(self.told["user_code"])
        form = wanted(page, lambda form: form.types or form.buttons, "the code of a device")
        for _ in range(MOST_PAGES):
            page = browser.fill(page, form, known, words)
            left = forms(page)
            if not left or (asks_password(form) and asks_password(left[0])):
                return
            form = left[0]
