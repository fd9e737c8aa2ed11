"""What happened in a run: one line of JSON for each scenario, written as it ends.

A run folder holds `evidence.jsonl`: a header, the scenarios, and an end where the run came to one.
A run that was killed lacks the end and may have half a last line; it is read all the same.
The structs here are the format; `evidence.schema.json`, made from them, ships with the package.
`run_folder` writes it.

Two runs of one seed on fakes in process differ in `run_id`, `started`, `ended`, `duration_ms` and
`timing`, and in nothing else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

import msgspec
from msgspec import Meta, Struct, field

from harness.conditions import Check  # noqa: TC001 - msgspec reads the annotation
from harness.errors import BadSettings
from harness.reading import bytes_of

if TYPE_CHECKING:
    from pathlib import Path

SCHEMA = 2
"""The number of the format; a reader takes its own and older ones."""

FILE = "evidence.jsonl"
RENDERED = (
    "index.html",
    "junit.xml",
    "summary.md",
    "ctrf.json",
    "results.sarif",
    "exchanges.har",
)
"""What is rendered from the evidence into the same folder."""

LARGEST_FILE = 1_000_000_000
"""Bytes of evidence that are read; a run of the whole suite writes a hundredth of them."""

VERDICTS = ("conformant", "warning", "refuted", "nonconformant", "not_measured", "harness_error")

Verdict: TypeAlias = Annotated[
    str,
    Meta(
        description="What a scenario came to.",
        extra_json_schema={"enum": list(VERDICTS)},
    ),
]


class Body(Struct, omit_defaults=True):
    """The body of a message, as UTF-8 text and without secrets.

    `size` counts bytes as sent, content codings undone; `note` says how `text` differs from them.
    `base64` is the bytes themselves, where they are no UTF-8 and no secret is in them. `sha256`
    (hexadecimal) is of the whole text without its secrets, where `text` is the beginning of it:
    a digest of what was sent would let a secret be guessed.
    """

    text: str
    size: int
    note: str | None = None
    base64: str | None = None
    sha256: str | None = None


class ExchangeRecord(Struct, omit_defaults=True):
    """One request and its answer, without secrets; `error` stands in place of an answer.

    After scheme and host, `url` is the request target as sent. Headers are in the order and the
    case in which they were handed over. `inexact` says what else is not as it was sent; the run's
    `carried` says what nobody could keep. `phrase` is that of the status line, where it is not
    the usual one. `arguments` is there where the control door was asked for an action: `operation`
    is then `advance` (the clock; advance_s), `set_faults` (faults), `clear_faults`, `reset`,
    `snapshot`, `restore` (id) or `clear_ledger`.
    """

    party: str
    method: str
    url: str
    operation: str | None = None
    request_headers: list[tuple[str, str]] = field(default_factory=list)
    request_body: Body | None = None
    status: int | None = None
    phrase: str | None = None
    response_headers: list[tuple[str, str]] = field(default_factory=list)
    response_body: Body | None = None
    error: str | None = None
    arguments: dict[str, Any] | None = None
    inexact: list[str] = field(default_factory=list)


class Failure(Struct, omit_defaults=True):
    """Why a scenario is not conformant; `exchange` is an index, `where` file:line.

    `check` is what that exchange did not hold, as a value, where it can be one.
    """

    requirement: str | None
    expected: str
    actual: str
    message: str
    exchange: int | None = None
    where: str | None = None
    diff: str | None = None
    check: Check | None = None


class Remade(Struct):
    """A token of the harness's own making, how it is shown, and how it is made again.

    `of` is how the token it was made of is shown; each mutation has an id, and its arguments where
    they are not those of the registry.
    """

    shown: list[str]
    of: str
    mutations: list[tuple[str, list[Any] | None]]


class Shape(Struct, omit_defaults=True):
    """What an answer looked like: types of members by path, and no text that somebody wrote.

    `status` is None where there was no answer. `chosen` are plain values of members that the
    request did not have; `order` says by what the items of a collection are sorted.
    """

    status: int | None
    media: str = ""
    members: dict[str, str] = field(default_factory=dict)
    chosen: dict[str, str] = field(default_factory=dict)
    order: str = ""


class RunHeader(Struct, tag_field="kind", tag="run", kw_only=True):
    """The first line: what was judged, and how. `fakes` names the products that were ours.

    `options`: `archive` (file names), `defect` and `switch` (what was planted in the fakes for the
    whole run), `evidence` (whose exchanges are kept), and `scenarios`, how many were planned.
    `versions` are of the software that judged; `settings` those of a live run, without secrets;
    `carried` says how requests went out, and what of them is therefore not in the evidence.
    `places` are addresses and logins by the name of their setting, secrets as they are shown.
    """

    run_id: str
    started: str
    tool: str
    target: str
    schema: Annotated[int, Meta(ge=1)] = SCHEMA
    release: str | None = None
    seed: int | None = None
    label: str | None = None
    product: dict[str, str] = field(default_factory=dict)
    fakes: list[str] = field(default_factory=list)
    places: dict[str, str] = field(default_factory=dict)
    options: dict[str, Any] = field(default_factory=dict)
    versions: dict[str, str] = field(default_factory=dict)
    settings: dict[str, str] = field(default_factory=dict)
    carried: str | None = None


class ScenarioResult(Struct, tag_field="kind", tag="scenario", kw_only=True):
    """A scenario that ended. `traffic` has a line for each exchange, `exchanges` them in full.

    It begins on fakes as new. `exchanges` end with the one that decided the verdict; those of a
    conformant scenario are there where the run was asked for all. `left_out` of them came before
    the first that is kept. `timing` has start (since the scenario began) and duration of each in
    `exchanges`, in ms.

    `answers` has a key for each line of traffic, of the shape of its answer; `shapes` explains the
    keys that no scenario before it has explained.
    """

    id: str
    area: str
    requirements: list[str]
    title: str
    verdict: Verdict
    reason: str | None = None
    failure: Failure | None = None
    exchanges: list[ExchangeRecord] = field(default_factory=list)
    left_out: int = 0
    traffic: list[str] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    shapes: dict[str, Shape] = field(default_factory=dict)
    remade: list[Remade] = field(default_factory=list)
    duration_ms: float = 0.0
    timing: list[tuple[float, float]] = field(default_factory=list)


class RunEnd(Struct, tag_field="kind", tag="end", kw_only=True):
    """The last line of a run that came to an end, be it before all scenarios were done.

    `notes` are for the reader of the report and no verdict: what could not be cleaned up.
    """

    ended: str
    counts: dict[str, int]
    interrupted: bool = False
    notes: list[str] = field(default_factory=list)


Line: TypeAlias = RunHeader | ScenarioResult | RunEnd


class Run(Struct):
    """A run as it is read back; `damaged` says what could not be read."""

    header: RunHeader
    scenarios: list[ScenarioResult]
    end: RunEnd | None
    damaged: list[str]

    @property
    def interrupted(self) -> bool:
        """Whether the run stopped before it was done."""
        return self.end is None or self.end.interrupted


def read(path: Path) -> Run:
    """The run in a folder, as far as it was written; BadSettings where there is none."""
    file = path / FILE if path.is_dir() else path
    try:
        data = bytes_of(file, LARGEST_FILE)
    except OSError as error:
        reason = "it holds no " + FILE if isinstance(error, FileNotFoundError) else error.strerror
        raise BadSettings(
            f"{str(path)!r} is no run folder ({reason}); `paconform run` writes one"
        ) from None
    lines, damaged = _decoded(data)
    header = lines[0] if lines else None
    if not isinstance(header, RunHeader):
        raise BadSettings(
            f"{str(path)!r} holds no readable run: its first line is not the header of one; "
            "run again"
        )
    if header.schema > SCHEMA:
        raise BadSettings(
            f"{str(path)!r} was written in format {header.schema}, this version reads up to "
            f"{SCHEMA}; read it with {header.tool} or later"
        )
    scenarios = [line for line in lines if isinstance(line, ScenarioResult)]
    end = next((line for line in reversed(lines) if isinstance(line, RunEnd)), None)
    return Run(header=header, scenarios=scenarios, end=end, damaged=damaged)


def schema() -> dict[str, Any]:
    """The JSON Schema of a line."""
    title = {"title": "A line of evidence.jsonl", "$comment": "Made from harness/evidence.py"}
    draft = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    return draft | title | msgspec.json.schema(Line)


def _decoded(data: bytes) -> tuple[list[Line], list[str]]:
    """The lines that can be read, and what is said of the others."""
    decode = msgspec.json.Decoder(Line).decode
    lines: list[Line] = []
    damaged: list[str] = []
    written = data.split(b"\n")
    for number, line in enumerate(written, 1):
        if not line.strip():
            continue
        try:
            lines.append(decode(line))
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
            torn = number == len(written)  # a whole line ends with a newline
            damaged.append(
                f"line {number} is cut off: the run stopped while it was written"
                if torn
                else f"line {number} cannot be read ({error})"
            )
    return lines, damaged
