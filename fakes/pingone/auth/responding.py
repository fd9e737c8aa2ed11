"""Authorization responses: a code or an error on its way to the client."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from fakes.pingone.auth import codes, pages
from fakes.pingone.errors import Answer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fakes.pingone.tenant import Headers, Tenant
    from fakes.store import Row

MODES = ("query", "fragment", "form_post", "pi.flow")
"""response_mode, as discovery lists them."""


def granted(
    tenant: Tenant, asked: Mapping[str, str], session: Row, headers: Headers = ()
) -> Answer:
    """A new code on its way to the client."""
    return told(tenant, asked, {"code": codes.issue(tenant, asked, session)}, headers)


def told(
    tenant: Tenant, asked: Mapping[str, str], answer: dict[str, str], headers: Headers = ()
) -> Answer:
    """What is answered, in the way that the client asked for; its state comes back."""
    known = "state" in asked and bool(tenant.behaviour.state_returned & answer.keys())
    whole = {**answer, **({"state": asked["state"]} if known else {})}
    uri, mode = asked.get("redirect_uri", ""), asked.get("response_mode", "query")
    if mode == "pi.flow":
        return _told_as_json(tenant, whole)
    if mode == "form_post":
        return Answer(200, pages.posted(uri, whole), (*pages.HEADERS, *headers))
    mark = "#" if mode == "fragment" else "&" if "?" in uri else "?"
    location = f"{uri}{mark}{urlencode(tenant.unlike.parameters(whole))}"
    return Answer(302, None, (("Location", location), ("Cache-Control", "no-store"), *headers))


def _told_as_json(tenant: Tenant, whole: dict[str, str]) -> Answer:
    """Without a redirect (response mode pi.flow): the answer beside the flow's status."""
    if "error" in whole:
        return Answer(tenant.behaviour.authorize_error_status, whole)
    return Answer(200, {"status": "COMPLETED", "authorizeResponse": whole})
