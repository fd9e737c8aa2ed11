"""Administrators: their first login, and their passwords (admin API 7.3, User, UserPassword)."""

from __future__ import annotations

import hmac
import re
from hashlib import sha256
from typing import TYPE_CHECKING

from fakes.pingaccess.answers import nothing, ok
from fakes.pingaccess.objects.reading import Reading
from fakes.pingaccess.objects.records import found
from fakes.pingaccess.objects.spec import PUT, Entity, Field
from fakes.pingaccess.problems import save_failed

if TYPE_CHECKING:
    from fakes.message import Response
    from fakes.pingaccess.answers import Call
    from fakes.pingaccess.state import State
    from fakes.store import Key, Row

PASSWORDS = "passwords"
"""The table of the digests of the passwords, by the user's id: never the passwords themselves."""


def password_row(key: Key, password: str) -> Row:
    """What is stored of a password."""
    return {"id": key, "sha256": _digest(key, password)}


def is_password(row: Row | None, password: str) -> bool:
    """Whether the password is the one of the row."""
    if row is None:
        return False
    return hmac.compare_digest(str(row["sha256"]), _digest(row["id"], password))


def update_password(state: State, call: Call) -> Response:
    """Set a new password (admin API 7.3, updateUserPassword: 200 or 422)."""
    user = found(state, USERS, call.ids[0])
    reading = Reading(state, _PASSWORD, PUT, call.json(state), key=user["id"])
    draft = reading.draft()
    passwords, behaviour = state.store.table(PASSWORDS), state.behaviour
    current, new = draft["currentPassword"], draft["newPassword"]
    wrong = isinstance(current, str) and not is_password(passwords.get(user["id"]), current)
    if wrong and behaviour.password_current_checked:
        reading.complain("currentPassword", "is not the current password")
    if isinstance(new, str) and not re.fullmatch(behaviour.password_pattern, new, re.DOTALL):
        reading.complain("newPassword", "needs 8 to 64 characters with upper, lower and digit")
    if reading.form:
        raise save_failed(reading.form, behaviour)
    if behaviour.password_changed:
        passwords.put(user["id"], password_row(user["id"], str(new)))
    return ok(state, draft) if behaviour.password_echoed else nothing(state)


def _digest(key: object, password: str) -> str:
    return sha256(f"{key}/{password}".encode("utf-8", "surrogatepass")).hexdigest()


USERS = Entity(
    "users",
    "User",
    "/users",
    (
        Field("username", required=True, sortable=True),
        Field("email", sortable=True),
        Field("slaAccepted", "flag", default=False, sortable=True),
        Field("firstLogin", "flag", default=False, sortable=True),
        Field("showTutorial", "flag", default=False, sortable=True),
    ),
    verbs=frozenset({"LIST", "GET", "PUT"}),
    find="username",
    named=("username",),
    unique=(("username",),),
    folded=True,
)
"""Nobody is made or deleted here (the specification has no such operation)."""

_PASSWORD = Entity(
    PASSWORDS,
    "Password",
    "",
    (Field("currentPassword", required=True), Field("newPassword", required=True)),
)
