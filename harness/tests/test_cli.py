"""The command line: every mistake of a user's is one line, with the right exit code."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from harness.cli import COMMANDS, cli, status
from harness.cli.catalogues import KINDS
from harness.cli.envfile import claimed, read_settings, settings_text, write_whole
from harness.cli.list import laid_out
from harness.cli.serve import forget
from harness.errors import Unreachable
from harness.settings import NEEDED, variable
from harness.tests.running import PACONFORM, ROOT, environment, serving

if TYPE_CHECKING:
    from collections.abc import Callable


def pid_of(path: Path) -> str:
    return path.read_text().partition("\n")[0].removeprefix("# pid ")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_an_example(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert status([name, "--help"]) == 0

    assert re.search(rf"Example:\n +(\w.*)?(eval )?.*paconform {name}", capsys.readouterr().out)


def test_unknown_options_and_commands_are_named(refused: Callable[..., str]) -> None:
    assert "nonsense" in refused(2, "nonsense")
    assert "--nonsense" in refused(2, "serve", "--nonsense")
    assert "sideways" in refused(2, "run", "--target", "sideways")


def test_an_unknown_id_is_answered_with_near_ones(refused: Callable[..., str]) -> None:
    assert "PA-CONN-001" in refused(2, "explain", "PA-CON-001")
    assert "PA-D-999" in refused(2, "defects", "PA-D-999")


def test_env_without_a_serve_says_how_to_start_one(refused: Callable[..., str]) -> None:
    assert "paconform serve" in refused(5, "env", "--env-file", "nowhere")


def test_an_env_file_that_is_none_of_ours_is_refused(
    refused: Callable[..., str], tmp_path: Path
) -> None:
    (tmp_path / "other").write_text("A=1\n")
    (tmp_path / "binary").write_bytes(b"\xff\xfe")
    (tmp_path / "half").write_text(f"# pid {os.getpid()}\nexport PACONFORM_CA_BUNDLE='/x")

    assert "other" in refused(2, "env", "--env-file", "other")
    assert "binary" in refused(2, "env", "--env-file", "binary")
    assert "half-written" in refused(2, "env", "--env-file", "half")


def test_settings_survive_the_file(tmp_path: Path) -> None:
    hostile = {"PACONFORM_CA_BUNDLE": "/a b/'\"$(x)\\n;", "PACONFORM_ALLOW_WRITES": "true"}
    path = tmp_path / "deep" / "serve.env"

    write_whole(path, settings_text(hostile, os.getpid()))

    assert read_settings(path) == hostile
    assert path.stat().st_mode & 0o777 == 0o600
    assert [one.name for one in path.parent.iterdir()] == ["serve.env"]


def test_settings_of_a_dead_process_are_not_used(tmp_path: Path) -> None:
    gone = subprocess.Popen([sys.executable, "-c", "pass"])
    gone.wait()
    write_whole(tmp_path / "serve.env", settings_text({}, gone.pid))

    with pytest.raises(Unreachable, match=str(gone.pid)):
        read_settings(tmp_path / "serve.env")


def test_a_file_cannot_be_written_where_there_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(OSError, match="file"):
        write_whole(tmp_path / "file" / "serve.env", "")


def test_serve_refuses_what_is_not_loopback(refused: Callable[..., str]) -> None:
    assert "--allow-remote" in refused(2, "serve", "--host", "0.0.0.0")
    assert "localhost" in refused(2, "serve", "--host", "localhost")


def test_serve_names_the_port_that_is_taken(refused: Callable[..., str], tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])

        assert port in refused(2, "serve", "--pingone-port", port, "--env-file", "env")
    assert not (tmp_path / "env").exists()


def test_a_second_serve_leaves_the_file_of_the_first_alone(
    refused: Callable[..., str], tmp_path: Path
) -> None:
    with serving(tmp_path) as first:
        line = refused(2, "serve", "--env-file", str(tmp_path / "0.env"))

        assert f"pid {pid_of(tmp_path / '0.env')}" in line
        assert "name another" in line
        assert read_settings(tmp_path / "0.env") == first[0]
        assert Path(first[0]["PACONFORM_CA_BUNDLE"]).is_file()
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_serve_left_is_overwritten(tmp_path: Path) -> None:
    """Even where another process has its number by now."""
    write_whole(tmp_path / "0.env", settings_text({"PACONFORM_ALLOW_WRITES": "no"}, os.getpid()))
    (tmp_path / "0.env.lock").touch()

    with serving(tmp_path) as served:
        assert served[0]["PACONFORM_ALLOW_WRITES"] == "true"
    assert list(tmp_path.iterdir()) == []


def test_an_ending_serve_removes_no_file_but_its_own(tmp_path: Path) -> None:
    path = tmp_path / "serve.env"
    with claimed(path):
        write_whole(path, settings_text({}, os.getpid() + 1))
        forget(path)
        assert path.exists()
        write_whole(path, settings_text({}, os.getpid()))
        forget(path)
        assert not path.exists()


def test_serve_overwrites_nobody_elses_file(refused: Callable[..., str], tmp_path: Path) -> None:
    (tmp_path / "notes").write_text("1234\n")

    assert "notes" in refused(2, "serve", "--env-file", "notes")
    assert (tmp_path / "notes").read_text() == "1234\n"


def test_serve_puts_its_settings_in_place_of_files_only(
    refused: Callable[..., str], tmp_path: Path
) -> None:
    os.mkfifo(tmp_path / "pipe")

    for name in ("pipe", "/", ".", str(tmp_path)):
        assert f"--env-file: {Path(name)}" in refused(2, "serve", "--env-file", name)
    assert (tmp_path / "pipe").is_fifo()
    (tmp_path / "file").touch()
    assert "file/env" in refused(2, "serve", "--env-file", "file/env")


def test_serve_overwrites_nobody_elses_certificate(
    refused: Callable[..., str], tmp_path: Path
) -> None:
    (tmp_path / "server.ca.pem").write_text("mine\n")

    assert "server.ca.pem" in refused(2, "serve", "--env-file", "server")
    assert (tmp_path / "server.ca.pem").read_text() == "mine\n"


def test_env_waits_for_a_number_of_seconds(refused: Callable[..., str]) -> None:
    assert "nan" in refused(2, "env", "--wait", "nan")


def test_defects_does_not_work_for_a_folder_that_cannot_be(
    refused: Callable[..., str], tmp_path: Path
) -> None:
    (tmp_path / "file").touch()

    assert "--out: 'file/defects.json' cannot be written" in refused(
        2, "defects", "--out", "file", "PA-D-001"
    )


def test_serve_refuses_unknown_releases_and_defects(refused: Callable[..., str]) -> None:
    assert "9.0" in refused(2, "serve", "--release", "1.0")
    assert "PA-D-999" in refused(2, "serve", "--defect", "PA-D-999")


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "scenarios"])
def test_lists_are_lines_for_people_and_an_array_for_scripts(
    kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert status(["list", kind]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert status(["list", kind, "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)

    assert [line.split()[0] for line in lines] == [row["id"] for row in rows]
    assert len(rows) > 1


def test_a_list_fits_on_the_terminal_and_is_whole_in_a_pipe() -> None:
    """An id is never cut: it is there to be copied."""
    cells = [["PA-1", "x" * 100], ["a/test_b.py::" + "y" * 100, "PA-2"], ["PA-3", "z"]]

    pipe = list(laid_out(cells, None))
    terminal = list(laid_out(cells, 80))

    assert pipe == [f"{'PA-1':40}  {'x' * 100}", "  ".join(cells[1]), f"{'PA-3':40}  z"]
    assert terminal == [f"{'PA-1':40}  {'x' * 37}…", f"{cells[1][0]} …", pipe[2]]
    assert list(laid_out([], 80)) == []


def test_a_mistyped_command_is_told_with_what_it_may_have_been(
    refused: Callable[..., str],
) -> None:
    assert refused(2, "runn") == "Error: No such command 'runn'. Did you mean run?"
    assert "Did you mean" not in refused(2, "xyzzy")


def test_a_closed_pipe_is_no_traceback() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    command = [PACONFORM, "list", "requirements", "--json"]
    done = subprocess.run(command, stdout=writer, stderr=subprocess.PIPE, check=False)
    os.close(writer)

    assert (done.returncode, done.stderr) == (3, b"")  # and no verdict about a product


def test_doctor_says_what_is_missing(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)

    assert status(["doctor", "--json"]) == 0
    found = {one["what"]: one for one in json.loads(capsys.readouterr().out)}
    assert found["httpx"]["state"] == "ok"
    assert found["settings"]["state"] == "missing"
    assert "paconform serve" in found["settings"]["mend"]


def test_doctor_names_every_setting_that_is_missing(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PACONFORM_PINGACCESS_USERNAME", "someone")

    assert status(["doctor", "--json"]) == 2
    found = {one["what"]: one for one in json.loads(capsys.readouterr().out)}
    assert found["settings"]["state"] == "wrong"
    lacking = {variable(name) for name in (*NEEDED, "allow_writes")}
    lacking.remove("PACONFORM_PINGACCESS_USERNAME")
    told = {one: found[one]["mend"] for one in found if one.startswith("PACONFORM_")}
    assert told.keys() == lacking
    assert all(mend.startswith("give ") for mend in told.values())


def test_doctor_names_a_product_that_does_not_answer(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"https://127.0.0.1:{free.getsockname()[1]}"
    for name, value in {
        "PINGACCESS_ADMIN_URL": url,
        "PINGACCESS_USERNAME": "someone",
        "PINGACCESS_PASSWORD": "something",
        "PINGONE_API_URL": f"{url}/v1",
        "PINGONE_AUTH_URL": url,
        "PINGONE_ENVIRONMENT_ID": "7b2f5a04-5d0c-4b8e-9d50-0a4d5fd5c0a1",
        "PINGONE_CLIENT_ID": "0d0c4b8e-9d50-4a4d-8fd5-c0a17b2f5a04",
        "PINGONE_CLIENT_SECRET": "hush-hush",
        "ALLOW_WRITES": "true",
    }.items():
        monkeypatch.setenv(f"PACONFORM_{name}", value)

    assert status(["doctor"]) == 5
    out = capsys.readouterr().out
    assert url in out
    assert "hush-hush" not in out


def test_cleaning_up_needs_the_folder_of_a_live_run(refused: Callable[..., str]) -> None:
    assert "nowhere" in refused(2, "run", "--clean-up", "nowhere")


@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&- <&-"])
def test_a_run_whose_output_is_closed_ends_as_it_would(tmp_path: Path, closed: str) -> None:
    folder = tmp_path / "run"
    small = ROOT / "scenarios" / "administration" / "test_refusals.py"
    command = f"exec {PACONFORM} run --out {folder} {small} {closed}"
    ended = subprocess.run(["/bin/sh", "-c", command], env=environment(), check=False, timeout=120)
    assert ended.returncode == 0
    assert (folder / "index.html").exists()


@pytest.mark.parametrize("error", [ZeroDivisionError("ours"), MemoryError()])
def test_a_bug_of_ours_is_never_the_code_of_a_product_that_fails(
    monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def broken(**_: object) -> None:
        raise error

    monkeypatch.setattr(cli, "main", broken)
    assert status(["list", "defects"]) == 3


def test_a_folder_that_is_gone_is_named(
    refused: Callable[..., str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    assert "current folder" in refused(3, "doctor")
    monkeypatch.undo()


def test_a_serve_whose_terminal_is_closed_leaves_nothing(tmp_path: Path) -> None:
    file = tmp_path / "serve.env"
    command = [PACONFORM, "serve", "--env-file", str(file)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment()) as served:
        assert served.stdout is not None
        ready = json.loads(served.stdout.readline())
        assert ready["ready"] is True
        assert f"PACONFORM_PROXY_URL={ready['proxy_url']}\n" in file.read_text("utf-8")
        where = ("127.0.0.1", int(ready["proxy_url"].rpartition(":")[2]))
        with socket.create_connection(where) as waiting:  # for ever, were it not ended
            waiting.sendall(b"CONNECT api.pingone.com:443")
            served.send_signal(signal.SIGHUP)
            assert served.wait(20) == 0
    assert list(tmp_path.iterdir()) == []
