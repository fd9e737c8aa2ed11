"""Devices without a keyboard: a code for the user, and one for the device that waits (RFC 8628)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakes.pingone.auth import pages, refresh_tokens, sessions, user_tokens
from fakes.pingone.auth.clients import Client, application, presented, proven
from fakes.pingone.auth.expiring import alive, keep
from fakes.pingone.auth.forms import form
from fakes.pingone.auth.logins import Login
from fakes.pingone.auth.scopes import for_user
from fakes.pingone.errors import Answer, bad_token_request
from fakes.seed import Stream

if TYPE_CHECKING:
    from fakes.pingone.tenant import Call, Tenant
    from fakes.store import Row

TABLE = "deviceCodes"
_LETTERS = "BCDFGHJKLMNPQRSTVWXZ"
"""Letters of a user code: no vowels, so that it spells nothing (RFC 8628 section 6.1)."""


def device_authorization(tenant: Tenant, call: Call) -> Answer:
    """A device code, a user code, and where the user enters it (device authorization grant)."""
    fields = form(tenant, call.request)
    client = _client(tenant, call, fields)
    if "DEVICE_CODE" not in client["grantTypes"]:
        raise bad_token_request("unauthorized_client", "The application may not use this grant")
    for_user(tenant, client, fields.get("scope"))
    row = _new(tenant, client, fields.get("scope"))
    page = _page_url(tenant, call.environment_id)
    return Answer(
        200,
        {
            "device_code": row["id"],
            "user_code": row["user_code"],
            "verification_uri": page,
            "verification_uri_complete": f"{page}?user_code={row['user_code']}",
            "expires_in": int(row["ends_s"] - tenant.clock.now_s()),
            "interval": row["interval_s"],
        },
        tenant.behaviour.token_headers,
    )


def redeem(tenant: Tenant, client: Row, fields: dict[str, str]) -> Answer:
    """Tokens, when the user has allowed it; until then how to go on (RFC 8628 section 3.5)."""
    key, checks = fields.get("device_code", ""), tenant.behaviour.device_checks
    row = tenant.table(TABLE).get(key)
    if row is None or row["client"] != client["id"]:
        raise refresh_tokens.refused("The device code is not known")
    if tenant.clock.now_s() >= row["ends_s"] and "expiry" in checks:
        raise bad_token_request("expired_token", "The device code has expired")
    if row["status"] == "DENIED" and "denied" in checks:
        raise bad_token_request("access_denied", "The user denied the request")
    if row["status"] != "APPROVED":
        raise _waiting(tenant, row)
    login = Login(**row["login"])
    sessions.check_user(tenant, client, login.user_id)
    if "once" in checks:
        tenant.table(TABLE).delete(key)
    return user_tokens.answer(tenant, client, login, row["scope"])


def show_page(tenant: Tenant, call: Call) -> Answer:
    """The page for the code of a device."""
    code = call.request.query_values().get("user_code", "")
    page = pages.device(_page_url(tenant, call.environment_id), code)
    return Answer(200, page, pages.HEADERS)


def send_page(tenant: Tenant, call: Call) -> Answer:
    """What a user decides about a device: the page again where code or password are wrong."""
    fields = form(tenant, call.request)
    code = fields.get("user_code", "")
    row = _by_code(tenant, call.environment_id, code)
    name, password = fields.get("username", ""), fields.get("password", "")
    user = sessions.by_password(tenant, call.environment_id, name, password)
    if row is None or user is None:
        problem = "The code or your credentials are not right."
        page = pages.device(_page_url(tenant, call.environment_id), code, problem)
        return Answer(200, page, pages.HEADERS)
    if fields.get("action") != "allow":
        tenant.table(TABLE).put(row["id"], {**row, "status": "DENIED"})
        return Answer(200, pages.message("Connect a device", "Denied."), pages.HEADERS)
    session = sessions.begin(tenant, call.environment_id, user["id"])
    login = sessions.login_of(session)._asdict()
    tenant.table(TABLE).put(row["id"], {**row, "status": "APPROVED", "login": login})
    cookies = sessions.cookies(tenant, call.environment_id, session["id"])
    done = pages.message("Connect a device", "Your device is connected.")
    return Answer(200, done, (*pages.HEADERS, *cookies))


def _client(tenant: Tenant, call: Call, fields: dict[str, str]) -> Row:
    """The client that a client_id names; one that authenticates as well does it right."""
    client = presented(tenant, call.request, fields)
    row = tenant.table("applications").get(client.key)
    known = None if row is None else application(row)
    if client.method == "NONE" and known is not None:
        # The page lists client_id and scope alone: no client authentication.
        known = known._replace(method="NONE")
        client = Client("NONE", client.key, "")
    return proven(tenant, call, client, known)


def _new(tenant: Tenant, client: Row, scope: str | None) -> Row:
    behaviour, number = tenant.behaviour, tenant.new_id()
    drawn = Stream(tenant.seed, f"pingone/device/{number}")
    letters = "".join(drawn.random.choices(_LETTERS, k=8))
    lifetime_s = client.get("deviceTimeout", behaviour.device_lifetime_s)
    key = drawn.token(48)
    row = {
        "id": key,
        "user_code": f"{letters[:4]}-{letters[4:]}",
        "client": client["id"],
        "environment": client["environment"],
        "scope": scope,
        "status": "PENDING",
        "interval_s": client.get("devicePollingInterval", behaviour.device_interval_s),
        "ends_s": tenant.clock.now_s() + lifetime_s,
    }
    return keep(tenant, TABLE, key, row)


def _waiting(tenant: Tenant, row: Row) -> Exception:
    """authorization_pending; slow_down, and five seconds more, for one that asks too soon."""
    now_s, asked_s = tenant.clock.now_s(), row.get("asked_s")
    behaviour = tenant.behaviour
    soon = asked_s is not None and now_s - asked_s < row["interval_s"]
    interval_s = row["interval_s"] + (5 if soon else 0)
    tenant.table(TABLE).put(row["id"], {**row, "asked_s": now_s, "interval_s": interval_s})
    if soon and "pace" in behaviour.device_checks:
        return bad_token_request("slow_down", "The device asks too often")
    return bad_token_request("authorization_pending", "The user has not decided yet")


def _by_code(tenant: Tenant, environment_id: str, code: str) -> Row | None:
    wanted = _spelled(code)
    for row in tenant.table(TABLE).named(_user_code, wanted):
        good = alive(tenant, TABLE, row["id"]) is not None and row["status"] == "PENDING"
        if good and row["environment"]["id"] == environment_id:
            return row
    return None


def _user_code(row: Row) -> Any:
    return _spelled(row["user_code"])


def _spelled(code: str) -> str:
    """The code without what users may leave out or write otherwise (RFC 8628 section 6.1)."""
    return code.replace("-", "").replace(" ", "").upper()


def _page_url(tenant: Tenant, environment_id: str) -> str:
    """Where a user enters the code (start flow endpoint of the device authorization grant)."""
    return f"{tenant.hosts.auth}/{environment_id}/device"
