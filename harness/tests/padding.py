"""Long flows for tests: a bundle with much in between that its failure does not need."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from msgspec.structs import replace

from harness.bundles.format import Answer, Body, Bundle, OfAnswer, Ref, Step

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import TypeAlias

    from harness.bundles.format import Party, Text

    Headers: TypeAlias = Sequence[tuple[str, Text]]

HOSTS = "/pa-admin-api/v3/virtualhosts"
FAULTS: list[dict[str, object]] = [
    {"host": "api", "kind": "timeout"},
    {"host": "auth", "kind": "status", "status": 500},
]


def padded(bundle: Bundle, length: int) -> Bundle:
    """The bundle with as many steps as that: hosts that come and go, faults, and a clock that runs.

    Each step has a header more than it needs, and the failing one a member more.
    """
    headers = bundle.steps[bundle.failing].headers
    chance = random.Random(0)  # noqa: S311 - seeded, and keeps no secret
    extra = length - len(bundle.steps)
    rows = list(_between(headers, extra, chance))
    cuts = sorted(chance.randrange(extra + 1) for _ in bundle.steps[:-1])
    own = {step: step + cut for step, cut in enumerate([*cuts, extra])}
    steps: list[Step] = []
    values = {
        name: replace(source, step=own[source.step]) if isinstance(source, OfAnswer) else source
        for name, source in bundle.values.items()
    }
    places: dict[str, int] = {}
    left = iter(rows)
    for number in range(length):
        old = next((step for step, place in own.items() if place == number), None)
        if old is not None:
            steps.append(_with_more(bundle.steps[old]))
            continue
        name, step = next(left)
        places[name] = number
        steps.append(step)
    values |= {
        name: OfAnswer(place, "/id") for name, place in places.items() if name.startswith("host")
    }
    return replace(bundle, steps=steps, values=values, failing=own[bundle.failing])


def _between(headers: Headers, count: int, chance: random.Random) -> Iterator[tuple[str, Step]]:
    hosts: list[str] = []
    for number in range(count):
        kind = chance.choice(["add", "add", "get", "delete", "clock", "list", "faults"])
        if kind == "faults" and number % 2 == 0:
            body = Body(json={"faults": [{**one, "times": 0} for one in FAULTS]})
            yield f"x{number}", _step("control", "PUT", "/faults", body=body)
        elif kind == "clock":
            yield f"x{number}", _step("control", "POST", "/clock", body=Body(json={"advance_s": 1}))
        elif kind == "add" or (kind != "list" and not hosts):
            hosts.append(f"host_{number}")
            body = Body(json={"host": f"h{number}.example.com", "port": 443})
            yield hosts[-1], _step("pingaccess", "POST", HOSTS, headers, body)
        elif kind == "list":
            yield f"x{number}", _step("pingaccess", "GET", HOSTS, headers)
        else:
            host = hosts.pop(chance.randrange(len(hosts))) if kind == "delete" else hosts[-1]
            method = "DELETE" if kind == "delete" else "GET"
            yield f"x{number}", _step("pingaccess", method, [f"{HOSTS}/", Ref(host)], headers)


def _step(
    to: Party,
    method: str,
    path: Text,
    headers: Headers = (),
    body: Body | None = None,
) -> Step:
    return Step(to, method, path, [*headers], body, answer=Answer(200))


def _with_more(step: Step) -> Step:
    return replace(step, headers=[*step.headers, ("x-more", "1")])
