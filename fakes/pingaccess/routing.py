"""How a path finds what answers at it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote

from fakes.pingaccess.api.pages import (
    API_DOCS,
    PAGE,
    SWAGGER,
    described,
    page,
    swagger_described,
)
from fakes.pingaccess.providers.token_providers import ADVANCED_IDENTITY_CLOUD
from fakes.pingaccess.routes import ROUTES, setting_methods
from fakes.pingaccess.vendor_paths import UNMODELLED

if TYPE_CHECKING:
    from fakes.pingaccess.routes import Methods


class Node:
    """One step of a path: what follows, and what answers there; None for what is not modelled."""

    __slots__ = ("methods", "steps", "variable")

    def __init__(self) -> None:
        self.steps: dict[str, Node] = {}
        self.variable: Node | None = None
        self.methods: Methods = {}


DOCS: dict[str, Methods] = {
    API_DOCS: {"GET": described},
    SWAGGER: {"GET": swagger_described},
    PAGE: {"GET": page},
}
"""The pages about the API, which are not part of it."""


LATER: dict[str, Methods] = {
    ADVANCED_IDENTITY_CLOUD.path: setting_methods(ADVANCED_IDENTITY_CLOUD),
}
"""What only later releases have: `more_settings` says which."""


def _tree() -> Node:
    root = Node()
    for path, methods in (*ROUTES.items(), *DOCS.items(), *LATER.items()):
        _node(root, path).methods.update(methods)
    for path, names in UNMODELLED.items():
        _node(root, path).methods.update(dict.fromkeys(names.split()))
    return root


def _node(root: Node, path: str) -> Node:
    node = root
    for step in path.split("/")[1:]:
        if step == "{}":
            node.variable = node = node.variable or Node()
        else:
            node = node.steps.setdefault(step, Node())
    return node


_ROOT = _tree()


def find(path: str) -> tuple[Methods, tuple[str, ...]]:
    """What answers at a path below the API's root, and its ids decoded; nothing if nothing does."""
    node, ids = _ROOT, []
    for step in path.split("/")[1:]:
        follows = node.steps.get(step)
        if follows is None:
            follows = node.variable if step else None
            if follows is None:
                return {}, ()
            ids.append(unquote(step) if "%" in step else step)
        node = follows
    return node.methods, tuple(ids)
