"""A bundle is somebody else's file: whatever it is, it ends in one line and exit code 2."""

from __future__ import annotations

import json
import os
import stat
import struct
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from harness.bundles.format import Answer, Bundle, Made, Step
from harness.bundles.place import Place
from harness.bundles.reading import LARGEST_FILE
from harness.cli import status
from harness.cli.targets import Embedded, Wanted
from harness.conditions import Check
from harness.errors import BadSettings
from harness.recorder import Record
from harness.tests.zips import made

if TYPE_CHECKING:
    from collections.abc import Callable


def plain(**members: Any) -> dict[str, Any]:
    """The steps of a sound bundle, with some members exchanged."""
    bundle = Bundle(
        scenario="x/test_x.py::test_x",
        title="A title.",
        requirement="PA-X-001",
        requires="It must.",
        verdict="nonconformant",
        expected="status 200",
        actual="401",
        made=Made(tool="paconform", run_id="1", started="then", target="embedded"),
        failing=0,
        steps=[Step("pingaccess", "GET", "/pa-admin-api/v3/nowhere", answer=Answer(401))],
        check=Check("status", [200]),
    )
    return {**msgspec.to_builtins(bundle), **members}


def step(**members: Any) -> dict[str, Any]:
    """A sound bundle whose one step has these members."""
    return plain(steps=[{**plain()["steps"][0], **members}])


def nested(depth: int) -> Any:
    """An array in an array, and so on."""
    value: list[Any] = []
    for _ in range(depth):
        value = [value]
    return value


def with_value(source: Any, **members: Any) -> dict[str, Any]:
    return {**step(**{"path": ["/x/", {"value": "v"}], **members}), "values": {"v": source}}


def raw(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def named(*names: str) -> Callable[[Path], Path]:
    def write(path: Path) -> Path:
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("steps.json", json.dumps(plain()))
            for name in names:
                archive.writestr(name, "x")
        return path

    return write


def odd(change: Callable[[zipfile.ZipInfo], None]) -> Callable[[Path], Path]:
    def write(path: Path) -> Path:
        info = zipfile.ZipInfo("steps.json")
        change(info)
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(info, json.dumps(plain()))
        return path

    return write


def link(info: zipfile.ZipInfo) -> None:
    info.external_attr = (stat.S_IFLNK | 0o777) << 16


def patched(offset: int, value: bytes) -> Callable[[Path], Path]:
    """A sound bundle whose central directory entry says something else."""

    def write(path: Path) -> Path:
        made(path, {"steps.json": json.dumps(plain())})
        data = bytearray(path.read_bytes())
        at = data.index(b"PK\x01\x02") + offset
        data[at : at + len(value)] = value
        return raw(path, bytes(data))

    return write


def zeros(path: Path) -> Path:
    """Two hundred megabytes in two hundred kilobytes."""
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("steps.json", "w") as member,
    ):
        for _ in range(200):
            member.write(bytes(1_000_000))
    return path


def sparse(path: Path) -> Path:
    """Ten gigabytes of zeros, as far as anybody can see."""
    with path.open("wb") as file:
        file.truncate(10_000_000_000)
    return path


def crowded(path: Path) -> Path:
    """Sixty thousand members, which nobody may begin to look at."""
    entry = b"PK\x01\x02" + bytes(42)
    names = entry * 60_000
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 60_000, 60_000, len(names), 4, 0)
    return raw(path, b"PK\x03\x04" + names + end)


def pipe(path: Path) -> Path:
    os.mkfifo(path)
    return path


FILES: dict[str, Callable[[Path], Path]] = {
    "nothing": lambda path: path,
    "a folder": lambda path: path.mkdir() or path,  # type: ignore[func-returns-value]
    "a pipe": pipe,
    "a device": lambda _: Path("/dev/zero"),
    "empty": lambda path: raw(path, b""),
    "text": lambda path: raw(path, b"hello"),
    "cut off": lambda path: raw(path, named()(path).read_bytes()[:-30]),
    "something behind it": lambda path: raw(path, named()(path).read_bytes() + b"#!/bin/sh"),
    "something before it": lambda path: raw(path, b"MZ" + named()(path).read_bytes()),
    "10 GB": sparse,
    "zeros": zeros,
    "crowded": crowded,
    "a zip in a zip": named("steps.zip"),
    "a way up": named("../../steps.json"),
    "a way up by backslashes": named("..\\steps.json"),
    "absolute": named("/etc/passwd"),
    "a drive": named("C:\\x"),
    "another case": named("STEPS.JSON"),
    "a NUL": lambda path: raw(
        path, named("README.md~.sh")(path).read_bytes().replace(b"README.md~", b"README.md\0")
    ),
    "a folder inside": named("README.md/"),
    "bidi": named("\u202egpj.steps"),
    "no steps": lambda path: made(path, {"README.md": "x"}),
    "a link": odd(link),
    "encrypted": patched(8, b"\x01\x00"),
    "another packing": patched(10, b"\x63\x00"),
    "a size that lies": patched(24, b"\x05\x00\x00\x00"),
    "a large size": patched(24, b"\xff\xff\xff\x7f"),
    "a sum that is wrong": patched(16, b"\x00\x00\x00\x00"),
    "an offset to nowhere": patched(42, b"\xff\xff\xff\x00"),
    "not JSON": lambda path: made(path, {"steps.json": "{"}),
    "not UTF-8": lambda path: made(path, {"steps.json": b'{"\xff":1}'}),
    "deep": lambda path: made(path, {"steps.json": "[" * 500_000}),
    "another thing": lambda path: made(path, {"steps.json": "[]"}),
}

STEPS: dict[str, dict[str, Any]] = {
    "a newer format": plain(schema=99),
    "an unknown member": plain(run="rm -rf /"),
    "no step": plain(steps=[]),
    "too many steps": plain(steps=plain()["steps"] * 1001),
    "a failing step that is none": plain(failing=1),
    "another party": step(to="https://evil.example"),
    "another host": step(path="https://evil.example/"),
    "a file": step(path="file:///etc/passwd"),
    "a login": step(path="@evil.example/"),
    "a line in the path": step(path="/x\r\nHost: evil.example"),
    "a blank in the path": step(path="/x HTTP/1.1"),
    "a fragment": step(path="/x#y"),
    "a path that is a value": with_value({"from": "minted", "number": 1}, path=[{"value": "v"}]),
    "a line in the method": step(method="GET / HTTP/1.1\r\n"),
    "a line in a header": step(headers=[["x", "y\r\nevil: 1"]]),
    "a line in a name": step(headers=[["x\r\nevil", "1"]]),
    "another Host": step(headers=[["Host", "evil.example"]]),
    "a length of its own": step(headers=[["Content-Length", "0"]]),
    "chunks": step(headers=[["transfer-encoding", "chunked"]]),
    "a value that is none": step(path=["/", {"value": "nope"}]),
    "a value of a later step": with_value({"from": "answer", "step": 0, "pointer": "/id"}),
    "a value of no step": with_value({"from": "answer", "step": -1, "pointer": "/id"}),
    "a value of itself": with_value({"from": "spoiled", "of": "v", "mutations": [{"id": "x"}]}),
    "a file as a value": with_value({"from": "file", "path": "/etc/passwd"}),
    "a setting that is none": with_value({"from": "target", "setting": "PATH"}),
    "two bodies": step(body={"text": "x", "json": 1}),
    "a mark that is no mark": step(body={"json": {"$value": "v", "more": 1}}),
    "a door to nowhere": step(to="control", method="POST", path="/shutdown"),
    "a command as a mutation": {
        **step(path=["/x/", {"value": "v"}]),
        "values": {
            "v": {"from": "spoiled", "of": "w", "mutations": [{"id": "$(id)"}]},
            "w": {"from": "minted", "number": 1},
        },
    },
    "a line as a cookie": with_value({"from": "answer", "step": 0, "cookie": "x\ny"}),
    "a deep body": step(body={"json": nested(600)}),
    "a deep check": plain(check={"kind": "equal", "expected": nested(600)}),
    "escapes": plain(requirement=1, title="\x1b[2J\u202e"),
}  # fmt: skip


def refused(path: Path, capsys: pytest.CaptureFixture[str], command: str) -> str:
    before = sorted(path.parent.iterdir())
    assert status([command, str(path)]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.count("\n") == 1
    assert told.err.startswith("paconform: ")
    assert len(told.err) < 600
    assert told.err.rstrip("\n").isprintable()
    assert sorted(path.parent.iterdir()) == before  # nothing was extracted
    return told.err


@pytest.mark.parametrize("kind", FILES)
def test_a_file_that_is_no_sound_bundle_is_refused(
    kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    refused(FILES[kind](tmp_path / "x.zip"), capsys, "replay")


@pytest.mark.parametrize("kind", ["10 GB", "zeros", "a way up", "a link"])
def test_no_command_takes_one(
    kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    refused(FILES[kind](tmp_path / "x.zip"), capsys, "minimise")


@pytest.mark.parametrize("kind", STEPS)
def test_steps_that_do_not_fit_are_refused(
    kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    refused(made(tmp_path / "x.zip", {"steps.json": json.dumps(STEPS[kind])}), capsys, "replay")


def test_values_and_answers_that_grow_end_the_replay(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A few bytes that stand for many: what is asked for is not put together, and not kept."""
    ask = plain()["steps"][0]
    get = {**ask, "path": "/pa-admin-api/v3/config/export", "answer": {"status": 200}}
    login = [["authorization", ["Basic ", {"value": "login"}]], ["x-xsrf-header", "PingAccess"]]
    values = {
        "v": {"from": "answer", "step": 0, "pointer": ""},
        "user": {"from": "target", "setting": "pingaccess_username"},
        "password": {"from": "target", "setting": "pingaccess_password"},
        "login": {"from": "login", "user": [{"value": "user"}], "password": "password"},
    }
    many = {**ask, "method": "POST", "body": {"json": [{"$value": "v"}] * 100_000}}
    told = plain(steps=[{**get, "headers": login}, many], failing=1, values=values)

    path = made(tmp_path / "x.zip", {"steps.json": json.dumps(told)})
    assert path.stat().st_size < 10_000
    assert "grow without end" in refused(path, capsys, "replay")


def test_an_error_tells_no_secret_that_a_path_was_given() -> None:
    """The path of a step may hold whatever the target has, its password too."""
    target = Embedded(Wanted("embedded", None, 0, "x"))
    target.session.target, target.session.control = "live", None
    password = target.session.password
    for to, method in (("control", "PUT"), ("pingaccess", "DELETE")):
        place = Place(target.session, Record("x"))
        with pytest.raises(BadSettings) as error:
            place.send(Step(to, method, "/x"), f"/x/{password}", {}, None)  # type: ignore[arg-type]
        assert "/x/REDACTED-1" in str(error.value)
        assert password not in str(error.value)
    target.close()


def test_no_file_but_those_of_the_suite_is_run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where the steps cannot decide the scenario is run, and its id is a stranger's too."""
    ran = tmp_path / "ran"
    code = f"from pathlib import Path\nPath({str(ran)!r}).touch()\n\n\ndef test_x():\n    pass\n"
    for name in ("conftest.py", "test_x.py"):
        (tmp_path / name).write_text(code)
    for scenario in (f"{tmp_path}/test_x.py::test_x", "../conftest.py::test_x"):
        told = plain(scenario=scenario, cannot=["it is so"])
        refused(made(tmp_path / "x.zip", {"steps.json": json.dumps(told)}), capsys, "replay")
    assert not ran.exists()


def test_the_sound_bundle_of_these_tests_is_taken(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The control: what is refused is refused for its one fault. Text is shown without escapes."""
    bundle = plain(title="\x1b[31m", expected="\x1b]0;evil\x07 \u202e")
    path = made(tmp_path / "x.zip", {"steps.json": json.dumps(bundle)})

    assert status(["replay", str(path), "--steps"]) == 1
    told = capsys.readouterr().out
    assert told.startswith("STILL FAILING: PA-X-001")
    assert told.replace("\n", "").isprintable()


def test_no_more_is_read_than_a_bundle_may_be(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = raw(tmp_path / "x.zip", b"PK\x03\x04" + bytes(LARGEST_FILE))

    assert "larger than" in refused(path, capsys, "replay")
