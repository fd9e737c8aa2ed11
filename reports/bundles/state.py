"""How to come to the state in which it failed: fakes, seed, clock and faults, in `state.json`."""

from __future__ import annotations

import json
import shlex
from typing import TYPE_CHECKING, Any

from msgspec import UNSET

from harness.bundles.format import Spoiled

if TYPE_CHECKING:
    from harness.bundles.format import Bundle, Step


def document(bundle: Bundle, configuration: Any = None) -> str:
    """The JSON of the state before the first step, and of what the door did between steps."""
    made = bundle.made
    state: dict[str, Any] = {
        "comes_from": "a fresh pair of fakes" if made.fakes else "the product as it was found",
        "target": made.target,
        "release": made.release,
        "seed": made.seed,
        "product": made.product,
        "fakes": made.fakes,
        "defects": made.defects,
        "switches": made.switches,
        "known_bugs": made.known_bugs,
        "clock": _door(bundle, "/clock"),
        "faults": _door(bundle, "/faults"),
        "keys": _door(bundle, "/keys"),
        "mutations": {
            name: [{"id": one.id, "args": one.args} for one in source.mutations]
            for name, source in bundle.values.items()
            if isinstance(source, Spoiled)
        },
        "tool": made.tool,
    }
    if configuration is not None:
        state["configuration"] = configuration
    if made.fakes:
        state["replay"] = " ".join(_command(bundle))
    return json.dumps(state, indent=1) + "\n"


def _command(bundle: Bundle) -> list[str]:
    made = bundle.made
    given = ["paconform", "replay", "BUNDLE"]
    given += ["--release", made.release] if made.release else []
    given += ["--seed", str(made.seed)] if made.seed is not None else []
    for one in made.switches:
        given += ["--switch", one]
    for one in made.defects:
        given += ["--defect", one]
    return [shlex.quote(one) for one in given]


def _door(bundle: Bundle, path: str) -> list[dict[str, Any]]:
    """What the door was asked at this path, each before which step."""
    return [
        {"step": number, "method": step.method, **({"body": body} if body is not None else {})}
        for number, step in enumerate(bundle.steps, 1)
        if step.to == "control" and step.path == path
        for body in [_json(step)]
    ]


def _json(step: Step) -> Any:
    return None if step.body is None or step.body.json is UNSET else step.body.json
