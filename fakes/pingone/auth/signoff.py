"""Sign-off: the end of a session, and the way back to the application (RP-Initiated Logout)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from fakes.pingone.auth import pages, sessions
from fakes.pingone.auth.forms import fields, form
from fakes.pingone.auth.tokens import own_token
from fakes.pingone.errors import Answer, bad_token_request

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fakes.pingone.tenant import Call, Tenant
    from fakes.store import Row


def signoff(tenant: Tenant, call: Call) -> Answer:
    """302 to where the application wants it, or a page; the session of the cookie is over.

    Source: signoff page (id_token_hint is of an application that is enabled, of this issuer, and
    of the user whose session it is).
    """
    post = call.request.method == "POST"
    asked = form(tenant, call.request) if post else fields(call.request.query)
    session = sessions.of_request(tenant, call.environment_id, call.request)
    client = _client(tenant, call, asked, session)
    location = _location(tenant, asked, client)
    ends = tenant.behaviour.signoff_ends_session
    if session is not None and ends:
        sessions.end(tenant, session)
    cookies = sessions.cookies(tenant, call.environment_id, "") if ends else ()
    if location is None:
        page = pages.message("Signed off", "You have been signed off.")
        return Answer(200, page, (*pages.HEADERS, *cookies))
    return Answer(302, None, (("Location", location), *cookies))


def _client(
    tenant: Tenant, call: Call, asked: Mapping[str, str], session: Row | None
) -> Row | None:
    """The application that a hint names, or client_id where there is none."""
    hint, key = asked.get("id_token_hint"), asked.get("client_id")
    if hint is not None:
        claims = _hinted(tenant, call, hint)
        if session is not None and claims.get("sub") != session["user"]["id"]:
            raise _refused("id_token_hint is of another user")
        if key not in (None, claims["aud"]):
            raise _refused("client_id is not that of id_token_hint")
        key = claims["aud"]
    client = tenant.table("applications").get(key or "")
    here = client is not None and client["environment"]["id"] == call.environment_id
    if key is not None and not (client and here and client["enabled"]):
        raise _refused("The client is not known")
    return client


def _hinted(tenant: Tenant, call: Call, hint: str) -> dict[str, Any]:
    """The claims of an id token of this environment; it may have expired."""
    token = own_token(tenant, call.environment_id, hint)
    if token is None or "at_hash" not in token.claims:
        raise _refused("id_token_hint is not valid")
    return token.claims


def _location(tenant: Tenant, asked: Mapping[str, str], client: Row | None) -> str | None:
    """Where the browser goes: a registered URI, exactly, with the state."""
    uri = asked.get("post_logout_redirect_uri")
    if uri is None:
        return None
    known = client is not None and uri in client.get("postLogoutRedirectUris", ())
    if tenant.behaviour.signoff_uri_checked and not known:
        raise _refused("post_logout_redirect_uri mismatch")
    if "state" not in asked:
        return uri
    return f"{uri}{'&' if '?' in uri else '?'}{urlencode({'state': asked['state']})}"


def _refused(problem: str) -> Exception:
    return bad_token_request("invalid_request", problem)
