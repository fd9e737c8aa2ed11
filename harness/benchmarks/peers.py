"""The fake's rate beside those of other fakes: its own over TLS, theirs over plain HTTP.

An extra: `make bench ARGS=--peers`. It needs wrk and whichever peers are to be
measured: moto_server, prism and mb on the PATH, and WIREMOCK_JAR with the path of the standalone
jar (then java too). What is missing is said, with what was looked for. Prism serves the vendor's
specification, which PA_SPECIFICATION names.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from base64 import b64encode
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

SECONDS, CONNECTIONS, ROUNDS = 3, 8, 3
_SITE = '{"name": "site-%s", "targets": ["host.example.com:443"], "secure": true}'
_STUB = json.dumps({"id": 1, "name": "site-1", "targets": ["host.example.com:443"], "secure": True})
_LOGIN = b64encode(b"Administrator:2Access").decode()


@dataclass(frozen=True)
class Load:
    """One kind of request: where, with what headers, and the body, %s for a number of its own."""

    url: str
    method: str
    headers: dict[str, str]
    body: str = ""


@dataclass(frozen=True)
class Peer:
    """A server that is up: its creation and its read."""

    name: str
    create: Load
    read: Load
    at_least: float = 1


def compare() -> None:
    """Print the fake's rate over that of each peer, for a creation and for a read."""
    if shutil.which("wrk") is None:
        sys.exit("wrk is not on the PATH: it makes the load")
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        ours = stack.enter_context(_fake(folder))
        for start in (_moto, _prism, _wiremock, _mountebank):
            _compare(ours, start, folder)


def _compare(
    ours: Peer, start: Callable[[Path], AbstractContextManager[Peer]], folder: Path
) -> None:
    with ExitStack() as stack:
        try:
            peer = stack.enter_context(start(folder))
        except FileNotFoundError as missing:
            print(f"not measured: {missing}", flush=True)
            return
        for what in ("create", "read"):
            ratios = [
                _rate(getattr(ours, what), folder) / _rate(getattr(peer, what), folder)
                for _ in range(ROUNDS)
            ]
            kept = "ok" if median(ratios) >= peer.at_least else "MISS"
            print(
                f"{median(ratios):8.2f}  (want >= {peer.at_least:g})  {kept:4}  "
                f"{what}: fake over TLS / {peer.name} over HTTP",
                flush=True,
            )


def _rate(load: Load, folder: Path) -> float:
    """Requests a second, all of them answered well."""
    script = folder / "load.lua"
    script.write_text(_lua(load), "utf-8")
    run = subprocess.run(  # noqa: S603 - ours
        [
            *("wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "-s", str(script), load.url),
        ],
        check=True,
        capture_output=True,
        text=True,
    )
    if "Non-2xx" in run.stdout:
        sys.exit(f"{load.url} did not answer well:\n{run.stdout}")
    found = re.search(r"Requests/sec:\s+([0-9.]+)", run.stdout)
    assert found is not None, run.stdout  # noqa: S101 - wrk always says
    return float(found[1])


def _lua(load: Load) -> str:
    headers = "\n".join(
        f"wrk.headers[{json.dumps(k)}] = {json.dumps(v)}" for k, v in load.headers.items()
    )
    lines = [f'wrk.method = "{load.method}"', headers]
    if "%s" in load.body:
        lines.append(
            f"local n, start = 0, {time.time_ns()}\n"
            f"request = function() n = n + 1; return wrk.format(nil, nil, nil, "
            f"string.format({json.dumps(load.body)}, start .. '-' .. n)) end"
        )
    elif load.body:
        lines.append(f"wrk.body = {json.dumps(load.body)}")
    return "\n".join(lines) + "\n"


@contextmanager
def _running(command: list[str], port: int, **environment: str) -> Iterator[None]:
    """A server that listens; FileNotFoundError where its program is not there."""
    if shutil.which(command[0]) is None:
        raise FileNotFoundError(f"{command[0]} is not on the PATH")
    process = subprocess.Popen(  # noqa: S603 - named by who measures
        command,
        env=os.environ | environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(600):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        else:
            sys.exit(f"{command[0]} does not listen on {port}")
        yield
    finally:
        process.terminate()
        process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def _fake(folder: Path) -> Iterator[Peer]:
    port = _free_port()
    command = [str(Path(sys.executable).with_name("paconform")), "serve"]
    options = ["--env-file", str(folder / "env"), "--pingaccess-port", str(port)]
    with _running([*command, *options], port):
        base = f"https://127.0.0.1:{port}/pa-admin-api/v3"
        headers = {
            "Authorization": f"Basic {_LOGIN}",
            "X-XSRF-Header": "PingAccess",
            "Content-Type": "application/json",
        }
        create = Load(f"{base}/sites", "POST", headers, _SITE)
        yield Peer("the fake", create, Load(f"{base}/sites/1", "GET", headers))


@contextmanager
def _moto(folder: Path) -> Iterator[Peer]:
    port = _free_port()
    with _running(["moto_server", "-p", str(port)], port):
        headers = {
            "Content-Type": "application/x-amz-json-1.1",
            "Authorization": "AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/ssm/aws4_request, "
            "SignedHeaders=host, Signature=a",
        }
        url = f"http://127.0.0.1:{port}/"
        put, get = (
            headers | {"X-Amz-Target": f"AmazonSSM.{name}Parameter"} for name in ("Put", "Get")
        )
        body = '{"Name": "/site-%s", "Type": "String", "Value": "host.example.com:443"}'
        create = Load(url, "POST", put, body)
        first = json.dumps(
            {"Name": "/site-first", "Type": "String", "Value": "a", "Overwrite": True}
        )
        _rate(Load(url, "POST", put, first), folder)
        yield Peer("moto", create, Load(url, "POST", get, '{"Name": "/site-first"}'), 10)


@contextmanager
def _prism(folder: Path) -> Iterator[Peer]:
    named = os.environ.get("PA_SPECIFICATION", "")
    if not Path(named).is_file():
        raise FileNotFoundError("PA_SPECIFICATION does not name the specification for prism")
    text = Path(named).read_text("utf-8").replace("type: map", "type: object")
    specification = folder / "specification.yaml"
    specification.write_text(text, "utf-8")
    port = _free_port()
    with _running(["prism", "mock", "-p", str(port), str(specification)], port):
        base, headers = f"http://127.0.0.1:{port}", {"Content-Type": "application/json"}
        create = Load(f"{base}/sites", "POST", headers, _SITE)
        yield Peer("prism", create, Load(f"{base}/sites/1", "GET", headers), 10)


@contextmanager
def _wiremock(folder: Path) -> Iterator[Peer]:
    jar = os.environ.get("WIREMOCK_JAR", "")
    if not Path(jar).is_file():
        raise FileNotFoundError("WIREMOCK_JAR does not name WireMock's standalone jar")
    port = _free_port()
    stubs = folder / "wiremock/mappings"
    stubs.mkdir(parents=True)
    for name, method, path in (("create", "POST", "/sites"), ("read", "GET", "/sites/1")):
        stub = {
            "request": {"method": method, "urlPath": path},
            "response": {
                "status": 200,
                "headers": {"Content-Type": "application/json"},
                "body": _STUB,
            },
        }
        (stubs / f"{name}.json").write_text(json.dumps(stub), "utf-8")
    options = ["--port", str(port), "--root-dir", str(stubs.parent), "--no-request-journal"]
    with _running(["java", "-jar", jar, *options], port):
        yield _stubbed("WireMock", port)


@contextmanager
def _mountebank(folder: Path) -> Iterator[Peer]:
    port = _free_port()
    answer = {"statusCode": 200, "headers": {"Content-Type": "application/json"}, "body": _STUB}
    stubs = [
        {
            "predicates": [{"equals": {"method": method, "path": path}}],
            "responses": [{"is": answer}],
        }
        for method, path in (("POST", "/sites"), ("GET", "/sites/1"))
    ]
    config = folder / "imposters.json"
    imposter = {"port": port, "protocol": "http", "stubs": stubs}
    config.write_text(json.dumps({"imposters": [imposter]}), "utf-8")
    options = ["--port", str(_free_port()), "--configfile", str(config), "--nologfile"]
    with _running(["mb", "start", "--loglevel", "error", *options], port):
        yield _stubbed("mountebank", port)


def _stubbed(name: str, port: int) -> Peer:
    base, headers = f"http://127.0.0.1:{port}", {"Content-Type": "application/json"}
    create = Load(f"{base}/sites", "POST", headers, _SITE)
    return Peer(name, create, Load(f"{base}/sites/1", "GET", headers), 1.2)
