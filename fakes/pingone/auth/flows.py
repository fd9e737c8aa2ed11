"""Flows: a login from the authorization request to its answer, as JSON and as a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from fakes.clock import iso
from fakes.message import Malformed
from fakes.pingone.auth import pages, sessions
from fakes.pingone.auth.expiring import alive, keep
from fakes.pingone.auth.forms import form
from fakes.pingone.auth.responding import granted
from fakes.pingone.errors import (
    Answer,
    detail,
    invalid_data,
    malformed,
    not_found,
    not_implemented,
    unsupported_media,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fakes.pingone.tenant import Call, Tenant
    from fakes.store import Row

TABLE = "flows"
CHECK = "application/vnd.pingidentity.usernamePassword.check+json"
"""Content type of the action that logs a user in (step: submit login credentials)."""

_WRONG = "Incorrect username or password. Please try again."


def begin(tenant: Tenant, environment_id: str, asked: Mapping[str, str]) -> Answer:
    """A new flow: 302 to its page, or the flow itself where no redirect is wanted."""
    key, now_s = tenant.new_id(), tenant.clock.now_s()
    row = {
        "id": key,
        "environment": {"id": environment_id},
        "asked": dict(asked),
        "created_s": now_s,
        "ends_s": now_s + tenant.behaviour.flow_lifetime_s,
    }
    keep(tenant, TABLE, key, row)
    if asked.get("response_mode") == "pi.flow":
        return Answer(200, shown(tenant, row))
    page = tenant.behaviour.login_page_url or page_url(tenant, environment_id)
    location = f"{page}{'&' if '?' in page else '?'}flowId={quote(key)}"
    return Answer(302, None, (("Location", location), ("Cache-Control", "no-store")))


def get_flow(tenant: Tenant, call: Call) -> Answer:
    """The flow and its status."""
    return Answer(200, shown(tenant, found(tenant, call.environment_id, call.ids[1])))


def act(tenant: Tenant, call: Call) -> Answer:
    """The action that the content type names: user name and password (200, or 400)."""
    media_type = call.request.headers.get("content-type", "").partition(";")[0].strip()
    if media_type.lower() != CHECK.lower():
        if media_type.startswith("application/vnd.pingidentity."):
            raise not_implemented("this action of a flow")
        raise unsupported_media(tenant.behaviour)
    flow = found(tenant, call.environment_id, call.ids[1])
    session = _logged_in(tenant, flow, *_credentials(tenant, call))
    if session is None:
        behaviour = tenant.behaviour
        raise invalid_data(behaviour, [detail(behaviour.wrong_password_code, "password", _WRONG)])
    done = _finished(tenant, flow, session)
    cookies = sessions.cookies(tenant, call.environment_id, session["id"])
    return Answer(200, done, cookies)


def show_page(tenant: Tenant, call: Call) -> Answer:
    """The login page of a flow."""
    flow_id = call.request.query_values().get("flowId", "")
    flow = _of_page(tenant, call, flow_id)
    if flow is None:
        return _over()
    action = page_url(tenant, call.environment_id)
    return Answer(200, pages.login(action, flow["id"]), pages.HEADERS)


def send_page(tenant: Tenant, call: Call) -> Answer:
    """What the login page sent: 303 to where the flow goes on, or the page again."""
    fields = form(tenant, call.request)
    flow = _of_page(tenant, call, fields.get("flowId", ""))
    if flow is None:
        return _over()
    name, password = fields.get("username", ""), fields.get("password", "")
    session = _logged_in(tenant, flow, name, password)
    if session is None:
        action = page_url(tenant, call.environment_id)
        return Answer(200, pages.login(action, flow["id"], _WRONG), pages.HEADERS)
    tenant.table(TABLE).put(flow["id"], {**flow, "session": session["id"]})
    cookies = sessions.cookies(tenant, call.environment_id, session["id"])
    return Answer(303, None, (("Location", _resume_url(tenant, flow)), *cookies))


def found(tenant: Tenant, environment_id: str, key: str) -> Row:
    """The flow; raises NOT_FOUND where it is over or another environment's."""
    row = alive(tenant, TABLE, key)
    if row is None or row["environment"]["id"] != environment_id:
        raise not_found(tenant.behaviour)
    return row


def forget(tenant: Tenant, flow: Row) -> None:
    """The flow is over."""
    tenant.table(TABLE).delete(flow["id"])


def shown(tenant: Tenant, row: Row) -> dict[str, Any]:
    """The flow as clients see it."""
    environment_id, host = row["environment"]["id"], tenant.hosts.auth
    here = f"{host}/{environment_id}/flows/{row['id']}"
    done = "session" in row
    links = {"self": {"href": here}}
    if not done:
        links["usernamePassword.check"] = {"href": here}
    return {
        "_links": links,
        "id": row["id"],
        "environment": {"id": environment_id},
        "resumeUrl": _resume_url(tenant, row),
        "status": "COMPLETED" if done else "USERNAME_PASSWORD_REQUIRED",
        "createdAt": iso(row["created_s"]),
        "expiresAt": iso(row["ends_s"]),
    }


def page_url(tenant: Tenant, environment_id: str) -> str:
    """Where the fake's own login page stands."""
    return f"{tenant.hosts.auth}/{environment_id}/signon/"


def _finished(tenant: Tenant, flow: Row, session: Row) -> dict[str, Any]:
    """The flow when its user has logged in; without redirects it has its answer at once."""
    row = tenant.table(TABLE).put(flow["id"], {**flow, "session": session["id"]})
    body = shown(tenant, row)
    if flow["asked"].get("response_mode") == "pi.flow":
        answer = granted(tenant, flow["asked"], session)
        body["authorizeResponse"] = answer.body["authorizeResponse"]
        forget(tenant, row)
    return body


def _logged_in(tenant: Tenant, flow: Row, name: str, password: str) -> Row | None:
    """A new session for a user whose password it is."""
    environment_id = flow["environment"]["id"]
    user = sessions.by_password(tenant, environment_id, name, password)
    return sessions.begin(tenant, environment_id, user["id"]) if user else None


def _credentials(tenant: Tenant, call: Call) -> tuple[str, str]:
    try:
        body = call.request.json()
    except Malformed as problem:
        raise malformed(tenant.behaviour, str(problem)) from None
    whole = body if isinstance(body, dict) else {}
    given = [whole.get("username"), whole.get("password")]
    missing = [
        detail("REQUIRED_VALUE", name, "must be a string")
        for name, value in zip(("username", "password"), given, strict=True)
        if not isinstance(value, str)
    ]
    if missing:
        raise invalid_data(tenant.behaviour, missing)
    return str(given[0]), str(given[1])


def _of_page(tenant: Tenant, call: Call, flow_id: str) -> Row | None:
    row = alive(tenant, TABLE, flow_id)
    return row if row is not None and row["environment"]["id"] == call.environment_id else None


def _over() -> Answer:
    page = pages.message("Sign On", "This sign-on is over. Go back to the application.")
    return Answer(400, page, pages.HEADERS)


def _resume_url(tenant: Tenant, row: Row) -> str:
    return f"{tenant.hosts.auth}/{row['environment']['id']}/as/resume?flowId={row['id']}"
