"""What a route is, and the tree in which a path finds its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from fakes.pingone.errors import Answer

Handler: TypeAlias = "Callable[[Any, Any], Answer]"
Door = Literal["open", "bearer", "environment"]

ENV = "/v1/environments/{}"


class Route(NamedTuple):
    """Who answers, who may ask, and whether a JSON object is read first.

    `open` asks for nothing; `bearer` for a good token; `environment` for a role there as well.
    `types` are content types of actions on the same URL, beside JSON's own where it is `plain`;
    `bodiless`: a body may be left out.
    """

    handler: Handler
    door: Door = "environment"
    body: bool = False
    types: tuple[str, ...] = ()
    bodiless: bool = False
    plain: bool = True


class Tree:
    """Paths, step by step."""

    def __init__(self, routes: Mapping[str, Mapping[str, Route]]) -> None:
        self._root = Node()
        for path, methods in routes.items():
            node = self._root
            for step in path.split("/")[1:]:
                node = _next(node, step)
            node.methods = methods

    def find(self, path: str) -> tuple[Mapping[str, Route] | None, list[str]]:
        """What answers at a path, and its ids; None where nothing does."""
        node, ids = self._root, []
        for step in path.split("/")[1:]:
            follows = node.steps.get(step)
            if follows is None:
                follows = node.variable
                if follows is None:
                    return None, []
                ids.append(step)
            node = follows
        return node.methods, ids


class Node:
    """One step of a path: what follows it, and what answers there."""

    __slots__ = ("methods", "steps", "variable")

    def __init__(self) -> None:
        self.steps: dict[str, Node] = {}
        self.variable: Node | None = None
        self.methods: Mapping[str, Route] | None = None


def _next(node: Node, step: str) -> Node:
    if step != "{}":
        return node.steps.setdefault(step, Node())
    node.variable = node.variable or Node()
    return node.variable
