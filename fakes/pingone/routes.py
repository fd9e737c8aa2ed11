"""The routes of both hosts, and how a path finds its own."""

from __future__ import annotations

from fakes.pingone.auth import routes as auth
from fakes.pingone.platform import routes as platform
from fakes.pingone.protect import routes as protect
from fakes.pingone.routing import Tree

ROUTES = {**auth.ROUTES, **platform.ROUTES, **protect.ROUTES}
"""Methods and handlers by path; `{}` stands for an id."""

UNIMPLEMENTED = {**auth.UNIMPLEMENTED, **platform.UNIMPLEMENTED}
"""Documented methods that this fake does not implement, of paths that it knows."""

find = Tree(ROUTES).find


def unimplemented(path: str, method: str) -> bool:
    """Whether PingOne documents the method there and the fake does not do it."""
    known = (pattern for pattern, methods in UNIMPLEMENTED.items() if method in methods)
    return any(find(pattern)[0] is find(path)[0] for pattern in known)
