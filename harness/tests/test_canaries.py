"""Canaries of each kind go through a run; none of them is in any file that it writes."""

from __future__ import annotations

import gzip
import json
import re
from base64 import b64decode, b64encode, urlsafe_b64encode
from io import BytesIO
from typing import TYPE_CHECKING
from urllib.parse import quote, quote_plus
from zipfile import ZipFile

import httpx
import pytest

from harness.cli.events import to_file
from harness.cli.results import Scenario, finished
from harness.cli.verdicts import Verdict
from harness.errors import NonConformance
from harness.evidence import RENDERED, RunEnd, RunHeader, read
from harness.history.rows import rows_of
from harness.history.store import History
from harness.jose import Draft
from harness.patterns import patterns_in
from harness.recorder import Exchange, Record
from harness.redaction import Redactor
from harness.requirements import catalogue
from harness.run_folder import RunFolder
from harness.settings import document
from harness.shapes import Shapes
from harness.tests.tokens import ISSUER
from reports import render
from reports.bundles import bundle_of
from reports.bundles.files import written

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

KNOWN = {
    "password": "Kn0wn&pass word/<é>",
    "client secret": "kn0wn~client.secret+1",
    "access token": "kn0wn-opaque-access-token-0123456789",
}
"""Secrets that the harness was told of: they are found wherever they stand."""

PLACED = {
    "cookie": "pl4ced.cookie.value",
    "member": 'pl4ced"member\\value',
    "parameter": "pl4ced-parameter-value",
    "bearer": "pl4ced-bearer-token-0123456789",
    "login": "pl4ced:login-password",
    "claim": "pl4ced-claim-value",
    "PEM": "UGw0Y2VkS2V5TWF0ZXJpYWw" * 3,
    "JWK": "cGw0Y2VkLWp3ay1tZW1iZXI",
}
"""Secrets that only their place tells."""

PATTERN = "cust-48151623-x"
"""A secret that only a pattern of the customer tells."""

TOKEN = Draft(
    header=(("alg", "RS256"), ("kid", PLACED["claim"])),
    claims=(("iss", "https://a.invalid"), ("sub", PLACED["claim"]), ("pin", 481516)),
).compact(ISSUER)

CANARIES = {**KNOWN, **PLACED, "pattern": PATTERN, "signature": TOKEN.rpartition(".")[2]}


def in_base64(content: bytes) -> Iterator[str]:
    """The letters that are the content's own, at each of three places, in both alphabets."""
    for before in range(3):
        text = b64encode(bytes(before) + content).decode()
        core = text[-(-before * 8 // 6) : (before + len(content)) * 8 // 6]
        yield core
        yield core.replace("+", "-").replace("/", "_")


def forms(canary: str) -> Iterator[bytes]:
    """Every way in which a file may show the canary."""
    wide = [canary.encode("utf-16-le"), canary.encode("utf-16-be")]
    texts = [canary, quote(canary), quote(canary, safe=""), quote_plus(canary)]
    texts += [json.dumps(one)[1:-1] for one in texts] + [json.dumps(json.dumps(canary))[3:-3]]
    for content in (canary.encode(), *wide):
        yield content
        texts += [content.hex(), *in_base64(content)]
    for text in texts:
        yield text.encode()


def readings(content: bytes) -> Iterator[bytes]:
    """The file itself, and what is packed in it: gzip as it is or in base64."""
    yield content
    for letters in re.findall(rb"H4sI[\w+/-]{16,}={0,2}", content):
        yield gzip.decompress(b64decode(letters.translate(bytes.maketrans(b"-_", b"+/")) + b"=="))


def shown(content: bytes, canaries: dict[str, str] = CANARIES) -> set[str]:
    """The names of the canaries that are in the file."""
    texts = list(readings(content))
    return {
        name
        for name, canary in canaries.items()
        if any(form in text for form in forms(canary) for text in texts)
    }


def everywhere(secret: str) -> list[bytes]:
    """Bodies that hold a secret, each in another form."""
    packed = gzip.compress(secret.encode())
    return [
        json.dumps({"echo": secret, "list": [secret]}).encode(),
        secret.encode("utf-16-le"),
        b"\xff\xfe" + secret.encode("utf-16-le"),
        *(b"x" * n + b64encode(b"y" * n + secret.encode()) for n in range(3)),
        *(urlsafe_b64encode(b"y" * n + secret.encode()) for n in range(3)),
        b64encode(secret.encode("utf-16-be")),
        packed,
        json.dumps({"file": b64encode(packed).decode()}).encode(),
        quote(secret, safe="").encode(),
        json.dumps(json.dumps({"inner": secret})).encode(),
        secret.encode().hex().encode(),
        b"." * 19_990 + secret.encode() + b"." * 10_000,
    ]


def exchanges() -> Iterator[Exchange]:
    """What a hostile product may answer, and what a client may send."""
    for secret in [*KNOWN.values(), PATTERN]:
        for body in everywhere(secret):
            url = f"https://a.invalid/{quote(secret, safe='')}?x={quote_plus(secret)}"
            sent = httpx.Request("POST", url, content=body, headers={"x-echo": quote(secret)})
            came = httpx.Response(
                422, content=body, headers={"x-note": b64encode(secret.encode()).decode()}
            )
            yield Exchange("pingaccess", None, sent, came)
            yield Exchange("pingone", None, sent, None, f"ConnectError: {secret}")
    login = b64encode(f"somebody:{PLACED['login']}".encode()).decode()
    pem = f"-----BEGIN PRIVATE KEY-----\n{PLACED['PEM']}\n-----END PRIVATE KEY-----"
    bodies: list[dict[str, object]] = [
        {"password": PLACED["member"], "x": {"credential": {"value": PLACED["member"]}}},
        {"pem": pem, "kty": "RSA", "d": PLACED["JWK"], "text": f"got Bearer {PLACED['bearer']}"},
        {"token": TOKEN, "other": f"see {TOKEN}", "text": f"Basic {login}"},
        {"echo": PLACED["cookie"], "list": [PLACED["bearer"], quote(PLACED["cookie"])]},
    ]
    for told in bodies:
        sent = httpx.Request(
            "PUT",
            f"https://a.invalid/x?client_secret={PLACED['parameter']}&assertion={TOKEN}",
            json=told,
            headers=[
                ("Authorization", f"Basic {login}"),
                ("Proxy-Authorization", f"Bearer {PLACED['bearer']}"),
                ("Cookie", f"PA={PLACED['cookie']}; b={TOKEN}"),
            ],
        )
        cookie = {"set-cookie": f"PA={PLACED['cookie']}; Path=/"}
        yield Exchange("pingaccess", None, sent, httpx.Response(200, json=told, headers=cookie))


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a run in which the canaries were sent, answered, expected and found."""
    place = tmp_path_factory.mktemp("canaries")
    settings = place / "paconform.toml"
    settings.write_text("redact = ['cust-[0-9]+-x']", "utf-8")
    redactor = Redactor(KNOWN.values(), patterns_in(document(settings), settings))
    header = RunHeader(run_id="r", started="2026-11-24T08:00:00+00:00", tool="t 0", target="live")
    folder = RunFolder.create(place / "run", header)
    events = to_file(str(place / "run" / "events.ndjson"), overwrite=False)
    events.begun(header, folder.path)
    told = " ".join([*KNOWN.values(), PATTERN, TOKEN, f"password={PLACED['parameter']}"])
    for verdict in ("nonconformant", "harness_error", "warning", "conformant"):
        scenario = Scenario("scenarios/flow/x.py::y", [catalogue()["FLOW-001"]], "It is so.")
        scenario.record = Record("x", ("FLOW-001",), list(exchanges()), set(KNOWN.values()))
        broken = NonConformance("FLOW-001", told, told, scenario.record.exchanges[-1])
        if verdict != "conformant":
            scenario.settle(Verdict(verdict, told, broken, "scenarios/flow/x.py:1"))
        result = finished(scenario, 0.0, lambda: redactor, Shapes(), every=True)
        folder.write(result)
        events.ended(result)
    folder.end(RunEnd(ended=header.started, counts={}, notes=[redactor.text(told)]))
    folder.close()
    events.close()
    render(folder.path)
    _further(folder.path)
    return folder.path


def _further(folder: Path) -> None:
    """What is made of a run later: the files of a bundle, and a history."""
    found = read(folder)
    history = History(f"sqlite:///{folder}/history.db")
    history.add([rows_of(found)])
    history.close()
    bundle = bundle_of(found.header, found.scenarios[0], catalogue())
    packed = written(bundle, found.scenarios[0].exchanges, catalogue())
    with ZipFile(BytesIO(packed)) as files:
        for name in files.namelist():
            (folder / f"bundle {name}").write_bytes(files.read(name))


def test_no_canary_is_in_any_file(run: Path) -> None:
    files = {one.name: one.read_bytes() for one in run.iterdir()}

    assert {*RENDERED, "evidence.jsonl", "events.ndjson", "history.db"} <= files.keys()
    assert {"bundle steps.json", "bundle replay.sh", "bundle state.json"} <= files.keys()
    assert {name: shown(content) for name, content in files.items() if shown(content)} == {}


def test_the_same_secret_has_the_same_placeholder_in_every_file(run: Path) -> None:
    evidence, har = ((run / name).read_text() for name in ("evidence.jsonl", "exchanges.har"))

    names = set(re.findall(r"PA=(REDACTED-\d+)", evidence + har))
    assert len(names) == 1
    assert {
        len(set(re.findall(r"ConnectError: (REDACTED-\d+)", one))) for one in (evidence, har)
    } == {4}


def test_a_token_keeps_its_structure_in_the_evidence(run: Path) -> None:
    [token] = set(
        re.findall(r'"token\\":\s*\\"(JWT-\d+\([^)]*\))', (run / "evidence.jsonl").read_text())
    )

    assert re.fullmatch(
        r"JWT-\d+\(alg=RS256 kid=(REDACTED-\d+):string:18; iss=https://a.invalid "
        rf"sub=\1:string:18 pin=number:6; signature:{len(CANARIES['signature'])}\)",
        token,
    )


@pytest.mark.parametrize("secret", CANARIES.values(), ids=CANARIES)
def test_the_search_finds_a_canary_in_every_form(secret: str) -> None:
    """What is searched for would be found, were it written."""
    for body in everywhere(secret):
        text = gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body
        assert shown(text, {"it": secret}) == {"it"}, body[:80]
    assert shown(f"a {secret}".encode(), {"it": secret}) == {"it"}
