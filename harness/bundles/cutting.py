"""Bundles with fewer steps: what a step needs stays, and what is left is numbered anew."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import UNSET
from msgspec.structs import replace

from harness.bundles.checking import needed_by, refs_in, refs_of_step
from harness.bundles.format import TEXT, VALUE, Bundle, OfAnswer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_OF_STEP = re.compile(r"step\d+(_\w+)")


def with_steps(bundle: Bundle, wanted: Iterable[int]) -> Bundle:
    """The bundle with these steps, the failing one, and those whose answers they need."""
    kept = sorted(closure(bundle, {*wanted, bundle.failing}))
    place = {old: new for new, old in enumerate(kept)}
    names = {name for step in kept for name in _names(bundle, step)}
    values = {
        name: replace(source, step=place[source.step]) if isinstance(source, OfAnswer) else source
        for name, source in bundle.values.items()
        if name in names
    }
    steps = [bundle.steps[old] for old in kept]
    return replace(bundle, steps=steps, values=values, failing=place[bundle.failing])


def closure(bundle: Bundle, steps: set[int]) -> frozenset[int]:
    """The steps, and all whose answers they need."""
    found, left = set[int](), [*steps]
    while left:
        step = left.pop()
        if step not in found:
            found.add(step)
            sources = (bundle.values[name] for name in _names(bundle, step))
            left += [one.step for one in sources if isinstance(one, OfAnswer)]
    return frozenset(found)


def named_anew(bundle: Bundle) -> Bundle:
    """The same, with values of answers named after the steps that they are now of."""
    names: dict[str, str] = {}
    for name, source in bundle.values.items():
        match = _OF_STEP.fullmatch(name) if isinstance(source, OfAnswer) else None
        number = f"step{source.step + 1}" if isinstance(source, OfAnswer) else ""
        names[name] = f"{number}{match[1]}" if match else name
    if len({*names.values()}) < len(names):
        return bundle
    told = msgspec.to_builtins(bundle)
    values = told.get("values", {})
    told["values"] = {names[one]: _source(kind, names) for one, kind in values.items()}
    told["steps"] = [_step(one, names) for one in told["steps"]]
    if "expected" in told.get("check", {}):
        told["check"]["expected"] = _tree(told["check"]["expected"], names)
    return msgspec.convert(told, Bundle)


def _source(source: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    made = {key: names[one] if key in ("of", "password") else one for key, one in source.items()}
    return {**made, "user": _text(made["user"], names)} if "user" in made else made


def _step(step: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    made = {**step, "path": _text(step["path"], names)}
    if "headers" in step:
        made["headers"] = [[name, _text(value, names)] for name, value in step["headers"]]
    body = step.get("body") or {}
    if "json" in body:
        made["body"] = {"json": _tree(body["json"], names)}
    elif "text" in body:
        made["body"] = {"text": _text(body["text"], names)}
    return made


def _text(text: Any, names: dict[str, str]) -> Any:
    if isinstance(text, str):
        return text
    return [one if isinstance(one, str) else {**one, "value": names[one["value"]]} for one in text]


def _tree(value: Any, names: dict[str, str]) -> Any:
    if isinstance(value, dict):
        if VALUE in value:
            return {VALUE: names[value[VALUE]]}
        if TEXT in value:
            return {TEXT: _text(value[TEXT], names)}
        return {key: _tree(one, names) for key, one in value.items()}
    return [_tree(one, names) for one in value] if isinstance(value, list) else value


def _names(bundle: Bundle, number: int) -> Iterator[str]:
    """The values that a step needs, with those that they are made of; the check's for the last."""
    left = [*refs_of_step(bundle.steps[number])]
    if number == bundle.failing and bundle.check and bundle.check.expected is not UNSET:
        left += refs_in(bundle.check.expected)
    while left:
        name = left.pop()
        yield name
        left += needed_by(bundle.values[name])
