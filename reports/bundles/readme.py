"""What a person reads first: the requirement, what was expected, what was there, how to replay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from harness.bundles.format import Ref
from reports.text import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from harness.bundles.format import Bundle, Step, Text

LONGEST = 4000


def text(bundle: Bundle, files: list[str]) -> str:
    """The README of a bundle with these files, in Markdown."""
    return "\n".join(_lines(bundle, files)) + "\n"


def shown(text: Text) -> str:
    """A text with its values in braces."""
    if isinstance(text, str):
        return text
    return "".join(f"{{{one.value}}}" if isinstance(one, Ref) else one for one in text)


def step_line(number: int, step: Step) -> str:
    """A step on one line."""
    came = step.answer.status if step.answer.status is not None else "no answer"
    return plain(f"{number}. {step.to} {step.method} {shown(step.path)} -> {came}")


def _lines(bundle: Bundle, files: list[str]) -> Iterator[str]:
    made = bundle.made
    yield f"# {_one(bundle.requirement)}: {_one(bundle.title)}"
    yield ""
    yield "## Requirement"
    yield ""
    yield from _quoted(f"{bundle.requirement}  {bundle.requires}")
    yield "## Expected"
    yield ""
    yield from _quoted(bundle.expected)
    yield "## Actual"
    yield ""
    yield from _quoted(bundle.actual)
    yield "## Replay"
    yield ""
    yield from _quoted(
        "paconform replay BUNDLE                        on fakes in process\n"
        "paconform replay BUNDLE --target live          on the product that PACONFORM_* name\n"
        "sh replay.sh                                   the same with curl"
        + ("\npytest test_reproduction.py                    the same with httpx" * _has(files))
    )
    yield "It answers FIXED (exit code 0), STILL FAILING (1) or DIVERGED at a step (6)."
    yield ""
    if bundle.cannot:
        yield "The steps alone do not bring it back: `paconform replay` runs the scenario itself."
        yield ""
        yield from (f"- {_one(why)}" for why in bundle.cannot)
        yield ""
    yield "## Steps"
    yield ""
    yield from _quoted(
        "\n".join(
            step_line(number, step) + ("   <- this one fails" * (number == bundle.failing + 1))
            for number, step in enumerate(bundle.steps, 1)
        )
    )
    yield "Values in braces come from the target or from earlier answers: see `steps.json`."
    yield ""
    yield "## Where it was seen"
    yield ""
    yield f"- scenario: {_one(bundle.scenario)} ({_one(bundle.verdict)})"
    yield f"- judged by: {_one(made.tool)}, run {_one(made.run_id)}, {_one(made.started)}"
    for name, version in made.product.items():
        yield f"- {_one(name)}: {_one(version)}"
    yield f"- target {_one(made.target)}, release {_one(str(made.release))}, seed {made.seed}"
    yield from (f"- planted defect: {_one(one)}" for one in made.defects)
    yield from (f"- switch: {_one(one)}" for one in made.switches)
    yield from ["- with what the vendor says is wrong with the release"] * made.known_bugs
    yield from (f"- {_one(note)}" for note in bundle.notes)
    yield ""
    yield f"Files: {', '.join(files)}. No secret is in any of them."


def _has(files: list[str]) -> bool:
    return "test_reproduction.py" in files


def _quoted(text: str) -> Iterator[str]:
    """A block that no text can leave: each line is indented."""
    cut = text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
    yield from (f"    {plain(line)}" for line in cut.splitlines() or [""])
    yield ""


def _one(text: str) -> str:
    """On one line, and no markup."""
    line = plain(" ".join(text.split()))
    return "".join(f"\\{one}" if one in "`*_[]<>#|\\" else one for one in line)
