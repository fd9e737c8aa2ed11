"""Who logged in: what codes, devices and refresh tokens remember of it."""

from __future__ import annotations

from typing import NamedTuple


class Login(NamedTuple):
    """Who logged in, when, and in which session."""

    user_id: str
    sid: str
    auth_s: int
