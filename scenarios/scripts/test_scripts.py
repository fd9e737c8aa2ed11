"""The vendor's own scripts run through, in the form in which they send."""

import json
from collections.abc import Mapping
from typing import Any

import httpx
import pytest

from harness.checks import expect_deleted, expect_equal, expect_members, expect_saved
from harness.product import Product
from scenarios.answered import member_of
from scenarios.scripts.scripts import SCRIPTS, Step

FORM = "application/x-www-form-urlencoded"
"""What curl calls a body that is given with --data."""


class Run:
    """One run of a script: the ids and names that its steps gave each other."""

    def __init__(self, product: Product) -> None:
        self._product = product
        self._known: dict[str, Any] = {}

    def take(self, step: Step, content_type: str) -> None:
        """Holds when the step is answered as the script needs it."""
        answer = self._sent(step, content_type)
        if step.method == "DELETE":
            expect_deleted(answer)
            expect_equal(answer.content, b"", f"body of the answer to {step.path}")
            return
        answered = expect_saved(answer)
        expect_members(answered, dict(step.shows), f"the answer to {step.method} {step.path}")
        if step.named:
            self._known[f"${step.named}"] = member_of(answered, "id")
            self._product.admin.remember(step.kind, answered)

    def _sent(self, step: Step, content_type: str) -> httpx.Response:
        path = "/".join(str(self._filled(word)) for word in step.path.split("/"))
        if step.body is None:
            return self._product.api.request(step.method, path)
        content = json.dumps(self._filled(step.body))
        headers = {"Content-Type": content_type}
        return self._product.api.request(step.method, path, content=content, headers=headers)

    def _filled(self, value: Any) -> Any:
        if isinstance(value, Mapping):
            return {name: self._filled(inner) for name, inner in value.items()}
        if isinstance(value, list):
            return [self._filled(inner) for inner in value]
        return self._word(value) if isinstance(value, str) else value

    def _word(self, word: str) -> Any:
        if word == "@secret":
            return self._product.admin.hidden()["value"]
        if word == "@/root":
            return self._product.unique_path()
        if word.startswith("@"):
            return self._known.setdefault(word, self._product.name(word[1:]).lower())
        if word.startswith("$$"):
            return str(self._known[word[1:]])
        return self._known[word] if word.startswith("$") else word


@pytest.mark.requirement("PA-SCRIPT-001")
@pytest.mark.parametrize("content_type", [FORM, "application/json"])
@pytest.mark.parametrize("name", SCRIPTS)
def test_a_script_runs_through(product: Product, name: str, content_type: str) -> None:
    """Every step is answered 200 with what the next one needs.

    Source: the scripts of pingidentity-docker-builds and ping-cloud-base that the data name.
    """
    script = SCRIPTS[name]
    if script.alters:
        product.resettable(f"changes {script.alters}")
    run = Run(product)

    for step in script.steps:
        run.take(step, content_type)
