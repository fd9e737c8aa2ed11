"""What happened in a run: one line of JSON for each scenario, written as it ends.

A run folder holds `evidence.jsonl`: a header, the scenarios, and an end where the run came to one.
A run that was killed lacks the end and may have half a last line; it is read all the same.
The structs here are the format; `evidence.schema.json`, made from them, ships with the package.
"""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING, Annotated, Any, BinaryIO, TypeAlias

import msgspec
from msgspec import Meta, Struct, field

from harness.errors import BadSettings
from harness.reading import bytes_of

if TYPE_CHECKING:
    from pathlib import Path

    import httpx

    from harness.recorder import Exchange
    from harness.redaction import Redactor

SCHEMA = 1
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

LARGEST_BODY = 20_000
"""Characters of a body that are kept."""

VERDICTS = ("conformant", "warning", "refuted", "nonconformant", "not_measured", "harness_error")

Verdict: TypeAlias = Annotated[
    str,
    Meta(
        description="What a scenario came to.",
        extra_json_schema={"enum": list(VERDICTS)},
    ),
]


class Body(Struct, omit_defaults=True):
    """The body of a message. `size` counts bytes as sent; `note` says how `text` differs."""

    text: str
    size: int
    note: str | None = None


class ExchangeRecord(Struct, omit_defaults=True):
    """One request and its answer, without secrets; `error` stands in place of an answer."""

    party: str
    method: str
    url: str
    operation: str | None = None
    request_headers: list[tuple[str, str]] = field(default_factory=list)
    request_body: Body | None = None
    status: int | None = None
    response_headers: list[tuple[str, str]] = field(default_factory=list)
    response_body: Body | None = None
    error: str | None = None


class Failure(Struct, omit_defaults=True):
    """Why a scenario is not conformant; `exchange` is an index, `where` file:line."""

    requirement: str | None
    expected: str
    actual: str
    message: str
    exchange: int | None = None
    where: str | None = None
    diff: str | None = None


class RunHeader(Struct, tag_field="kind", tag="run", kw_only=True):
    """The first line: what was judged, and how. `fakes` names the products that were ours."""

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
    options: dict[str, Any] = field(default_factory=dict)


class ScenarioResult(Struct, tag_field="kind", tag="scenario", kw_only=True):
    """A scenario that ended. `traffic` has a line for each exchange, `exchanges` them in full.

    Those of a conformant scenario are left out.
    """

    id: str
    area: str
    requirements: list[str]
    title: str
    verdict: Verdict
    reason: str | None = None
    failure: Failure | None = None
    exchanges: list[ExchangeRecord] = field(default_factory=list)
    traffic: list[str] = field(default_factory=list)
    duration_ms: float = 0.0


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


class RunFolder:
    """A run folder that is being written. Every line is with the system when `write` returns."""

    def __init__(self, path: Path, file: BinaryIO) -> None:
        self.path = path
        self._file = file
        self._encode = msgspec.json.Encoder().encode

    @classmethod
    def create(cls, path: Path, header: RunHeader, *, overwrite: bool = False) -> RunFolder:
        """The folder with its header written.

        Raises BadSettings where it holds a run and `overwrite` is not set, where it holds anything
        else, and where it cannot be written; then it is as it was.
        """
        _usable(path, overwrite=overwrite)
        part = path / f".{FILE}.part"
        try:
            path.mkdir(parents=True, exist_ok=True)
            folder = cls(path, _taken(part, path))
            folder.write(header)
            if not overwrite and (path / FILE).exists():  # written since it was looked for
                part.unlink()
                folder.close()
                raise BadSettings(_holds_a_run(path))
            part.replace(path / FILE)
            for name in RENDERED:
                (path / name).unlink(missing_ok=True)
        except OSError as error:
            with suppress(OSError):
                part.unlink(missing_ok=True)
            raise BadSettings(
                f"--out: {str(path)!r} cannot be written ({error.strerror}); name another folder"
            ) from None
        return folder

    def write(self, line: Line) -> None:
        """A line more. OSError where there is no room for it; then no part of it stays."""
        data = memoryview(self._line(line))
        before = self._file.tell()
        try:
            while data:
                data = data[self._file.write(data) :]
        except OSError:
            with suppress(OSError):
                os.ftruncate(self._file.fileno(), before)
                self._file.seek(before)
            raise

    def end(self, end: RunEnd) -> None:
        """The last line."""
        self.write(end)

    def close(self) -> None:
        """Nothing more is written."""
        self._file.close()

    def _line(self, line: Line) -> bytes:
        try:
            return self._encode(line) + b"\n"
        except UnicodeEncodeError:  # half of a surrogate pair, out of the product's JSON
            return self._encode(_writable(msgspec.to_builtins(line))) + b"\n"


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


def shown(exchange: Exchange, redactor: Redactor) -> ExchangeRecord:
    """The exchange for the evidence: no secrets, bodies cut where they are long."""
    request, response = exchange.request, exchange.response
    return ExchangeRecord(
        party=exchange.party,
        operation=exchange.operation,
        method=redactor.text(request.method),
        url=redactor.text(str(request.url)),
        request_headers=redactor.headers(_headers(request)),
        request_body=_body(request, redactor),
        status=None if response is None else response.status_code,
        response_headers=[] if response is None else redactor.headers(_headers(response)),
        response_body=None if response is None else _body(response, redactor),
        error=None if exchange.error is None else redactor.text(exchange.error),
    )


def _usable(path: Path, *, overwrite: bool) -> None:
    """Refuses a path that a run must not be written to."""
    try:
        there = {entry.name for entry in path.iterdir()}
    except FileNotFoundError:
        return
    except OSError as error:
        raise BadSettings(
            f"--out: {str(path)!r} is no folder that can be used ({error.strerror}); "
            "name another one"
        ) from None
    if FILE in there and not overwrite:
        raise BadSettings(_holds_a_run(path))
    if FILE in there:
        _refuse_running(path)
    foreign = there - {FILE, f".{FILE}.part", "journal.jsonl", *RENDERED}
    if FILE not in there and foreign:
        raise BadSettings(
            f"--out: {str(path)!r} holds something else ({min(foreign)!r}); "
            "name a new folder or an empty one"
        )


def _holds_a_run(path: Path) -> str:
    return f"--out: {str(path)!r} holds a run already; name another folder, or add --overwrite"


def _taken(part: Path, path: Path) -> BinaryIO:
    """The new evidence, locked while the process that writes it lives.

    Raises BadSettings where another run begins in the same folder.
    """
    import fcntl  # noqa: PLC0415 - reading evidence needs no lock

    file = part.open("ab", buffering=0)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        raise BadSettings(_is_running(path)) from None
    file.truncate(0)
    return file


def _refuse_running(path: Path) -> None:
    """Raises BadSettings where the run in the folder is still being written."""
    import fcntl  # noqa: PLC0415 - reading evidence needs no lock

    with suppress(FileNotFoundError, PermissionError), (path / FILE).open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BadSettings(_is_running(path)) from None


def _is_running(path: Path) -> str:
    return f"--out: {str(path)!r}: another run is being written there; name another folder"


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


def _headers(message: httpx.Request | httpx.Response) -> list[tuple[str, str]]:
    """The headers as sent, in their order; bytes that are not ASCII as \\xNN."""  # noqa: D301 - shows a backslash
    return [
        (name.decode("ascii", "backslashreplace"), value.decode("ascii", "backslashreplace"))
        for name, value in message.headers.raw
    ]


def _body(message: httpx.Request | httpx.Response, redactor: Redactor) -> Body | None:
    """The body, cut after it was redacted, so that the cut leaves no part of a secret."""
    import httpx  # noqa: PLC0415 - reading evidence needs no client

    try:
        content = message.content
    except httpx.StreamError:
        return Body("", 0, "not read")
    if not content:
        return None
    size = len(content)
    if _is_binary(content):
        return Body("", size, "binary, not shown")
    notes = [] if _is_text(content) else ["not UTF-8: the bytes that are wrong stand as \\xNN"]
    margin = redactor.longest
    text = redactor.body(content[: LARGEST_BODY + margin])
    if size > LARGEST_BODY + margin:
        text = text[: len(text) - margin]
    if size > LARGEST_BODY + margin or len(text) > LARGEST_BODY:
        text = text[:LARGEST_BODY]
        notes.insert(0, f"cut: {len(text):,} characters of {size:,} bytes")
    return Body(text, size, "; ".join(notes) or None)


def _is_text(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _is_binary(content: bytes) -> bool:
    """Whether more than a tenth of the beginning are control characters."""
    start = content[:1000]
    odd = sum(1 for byte in start if byte < 32 and byte not in b"\t\n\r")
    return odd * 10 > len(start)


def _writable(value: Any) -> Any:
    """The value with half surrogate pairs as \\uNNNN."""  # noqa: D301 - shows a backslash
    if isinstance(value, str):
        return value.encode("utf-8", "backslashreplace").decode("utf-8")
    if isinstance(value, dict):
        return {_writable(key): _writable(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_writable(one) for one in value]
    return value
