"""Services and devices that get tokens of the fake PingOne."""

from __future__ import annotations

from typing import Any

import pytest

from fakes.message import Request, Response
from fakes.pingone import CORRECT
from fakes.tests.pingone_logins import DEVICE_CODE, PASSWORD, Logins


@pytest.fixture
def site() -> Logins:
    return Logins()


class Service(Logins):
    """An application that acts for itself, with a custom resource."""

    def __init__(self, behaviour: Any = CORRECT, **members: Any) -> None:
        members = {"grantTypes": ["CLIENT_CREDENTIALS"], "type": "SERVICE", **members}
        super().__init__(behaviour, **members)
        self.resource = self.granted(
            self.app["id"], "admin", audience="urn:admin", accessTokenValiditySeconds=600
        )

    def asked(self, scope: str = "") -> Response:
        """The answer to the application's own request."""
        return self.at("token", {"grant_type": "client_credentials", "scope": scope})


def userinfo(site: Logins, token: str, scheme: str = "Bearer") -> Response:
    headers = {"authorization": f"{scheme} {token}"}
    return site.fake.handle(Request("GET", f"/{site.environment_id}/as/userinfo", "", headers))


class Device(Logins):
    """An application on a device, which has asked for codes."""

    def __init__(self, behaviour: Any = CORRECT, **members: Any) -> None:
        body: dict[str, Any] = {
            "grantTypes": ["DEVICE_CODE", "REFRESH_TOKEN"],
            "tokenEndpointAuthMethod": "NONE",
        }
        super().__init__(behaviour, **body, **members)
        self.secret = ""
        self.codes = self.begun().json()

    def begun(self, scope: str = "openid") -> Response:
        """The answer to the device that asks for codes."""
        return self.at("device_authorization", {"scope": scope})

    def asked(self) -> Response:
        """The answer to the device that asks whether it may."""
        return self.at(
            "token", {"grant_type": DEVICE_CODE, "device_code": self.codes["device_code"]}
        )

    def decided(self, action: str = "allow", **typed: str) -> Response:
        """The answer to the user, who typed this in."""
        page = self.browser.get(self.codes["verification_uri_complete"])
        code = self.codes["user_code"]
        assert code.encode() in page.body
        fields = {"user_code": code, "username": "ada", "password": PASSWORD, **typed}
        return self.browser.send(page, action=action, **fields)
