"""What of a bundle its failure needs: steps, headers, parameters, members of bodies, faults."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any, TypeAlias

import msgspec
from msgspec import UNSET
from msgspec.structs import replace

from harness.bundles.cutting import closure, named_anew, with_steps
from harness.bundles.format import Body
from harness.bundles.parameters import fewer_parameters
from harness.bundles.shrinking import fewest, smallest

if TYPE_CHECKING:
    from collections.abc import Callable

    from harness.bundles.format import Bundle, Step

Fails: TypeAlias = "Callable[[Bundle], bool]"
"""Whether a bundle still shows the failure."""


def minimised(bundle: Bundle, fails: Fails, *, whole: bool = False) -> Bundle:
    """A part of the bundle that still fails, and of which nothing more can be left out.

    The bundle itself is known to fail. `whole` keeps the failing step as it is: where nobody can
    tell whether a smaller one fails for the same reason. Asked twice, `fails` answers alike.
    """
    once = _Remembered(fails)
    while True:
        before = bundle
        bundle = _fewer_steps(bundle, once)
        for number in reversed(range(len(bundle.steps))):
            if not (whole and number == bundle.failing):
                bundle = _smaller_step(bundle, number, once)
        if bundle == before:
            return named_anew(bundle)


class _Remembered:
    """Answers a question that was asked before from memory."""

    def __init__(self, fails: Fails) -> None:
        self._fails = fails
        self._known: dict[bytes, bool] = {}

    def __call__(self, bundle: Bundle) -> bool:
        key = sha256(msgspec.json.encode((bundle.steps, bundle.values))).digest()
        if key not in self._known:
            self._known[key] = self._fails(bundle)
        return self._known[key]


def _fewer_steps(bundle: Bundle, fails: Fails) -> Bundle:
    needed = closure(bundle, {bundle.failing})
    others = [number for number in range(bundle.failing) if number not in needed]
    kept = fewest(others, lambda numbers: fails(with_steps(bundle, numbers)))
    return with_steps(bundle, kept)


def _smaller_step(bundle: Bundle, number: int, fails: Fails) -> Bundle:
    """The bundle with fewer headers and parameters and a smaller body in this step."""

    def put(step: Step) -> Bundle:
        steps = [*bundle.steps]
        steps[number] = step
        return replace(bundle, steps=steps)

    step = bundle.steps[number]
    bare = replace(step, body=None, headers=[one for one in step.headers if not _of_body(one)])
    if step.body is not None and fails(put(bare)):
        step = bare
    step = _fewer_headers(step, lambda smaller: fails(put(smaller)))
    step = fewer_parameters(step, lambda smaller: fails(put(smaller)))
    body = step.body
    if body is not None and body.json is not UNSET:

        def shows(value: Any) -> bool:
            return fails(put(replace(step, body=Body(json=value))))

        step = replace(step, body=Body(json=smallest(body.json, shows)))
    return put(step)


def _fewer_headers(step: Step, shows: Callable[[Step], bool]) -> Step:
    """The step with fewer headers; what says of which type its body is stays with the body."""

    def only(kept: list[int]) -> Step:
        of_body = step.body is not None
        headers = [
            one
            for number, one in enumerate(step.headers)
            if number in kept or (of_body and _of_body(one))
        ]
        return replace(step, headers=headers)

    others = [
        number for number, one in enumerate(step.headers) if step.body is None or not _of_body(one)
    ]
    return only(fewest(others, lambda kept: shows(only(kept))))


def _of_body(header: tuple[str, Any]) -> bool:
    return header[0].lower() == "content-type"
