"""Every command and every example of README and docs is run as a reader would run it."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
MAKE = re.compile(r"^make (\w+)", re.MULTILINE)


def blocks(language: str) -> list[object]:
    """The blocks of that language, each with the name of its page and its line."""
    return [
        pytest.param(match[2], id=f"{page.stem}-{text[: match.start()].count(chr(10)) + 1}")
        for page in PAGES
        for text in [page.read_text("utf-8")]
        for match in BLOCK.finditer(text)
        if match[1] == language
    ]


@pytest.mark.parametrize("script", blocks("sh"))
def test_commands_do_what_the_page_says(script: str, tmp_path: Path) -> None:
    """In an empty folder, with the command on the path; `make` is only asked what it would do."""
    if "curl" in script and shutil.which("curl") is None:
        pytest.skip("the block is for curl, which is not here")
    verbs = MAKE.findall(script)
    for verb in verbs:
        subprocess.run(["make", "-n", verb], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    if verbs:
        assert set(script.splitlines()) == {
            line for line in script.splitlines() if line.startswith(("make ", "#")) or not line
        }
        return
    env = {
        "PATH": f"{BIN}:{os.environ['PATH']}",
        "HOME": str(tmp_path),
        "XDG_RUNTIME_DIR": str(tmp_path),
        "XDG_CACHE_HOME": os.environ.get("XDG_CACHE_HOME", str(Path.home() / ".cache")),
        "LANG": "C.UTF-8",
    }
    tidy = "trap 'kill $(jobs -p) 2>/dev/null || true' EXIT"
    done = subprocess.Popen(
        ["bash", "-euo", "pipefail", "-c", f"{tidy}\n{script}"],
        cwd=tmp_path,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        out, _ = done.communicate(timeout=240)
    except subprocess.TimeoutExpired:
        os.killpg(done.pid, signal.SIGKILL)
        raise
    assert done.returncode == 0, out


@pytest.mark.parametrize("program", blocks("python"))
def test_examples_pass(program: str, tmp_path: Path) -> None:
    """As a test file of somebody's own repository, with nothing of ours but what is installed."""
    (tmp_path / "test_example.py").write_text(program)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--rootdir", "."]

    done = subprocess.run(
        [*command, "test_example.py"], cwd=tmp_path, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stdout
    assert " passed" in done.stdout


def test_every_route_of_the_control_door_is_on_its_page() -> None:
    """And no other: an unknown route is answered with those that there are."""
    from fakes.message import Request  # noqa: PLC0415 - the fakes themselves are asked
    from fakes.world import World  # noqa: PLC0415 - the fakes themselves are asked

    answer = World().control.handle(Request("GET", "/"))
    known = json.loads(answer.body)["error"].partition("is not one of ")[2].split(", ")
    page = (ROOT / "docs" / "control.md").read_text("utf-8")

    assert sorted(re.findall(r"^\| `([A-Z]+ /\w+)`", page, re.MULTILINE)) == sorted(known)


@pytest.mark.parametrize("name", ["PingAccess", "PingOne"])
def test_everything_that_a_handle_has_is_on_its_page(name: str) -> None:
    """In its own section, or in that of the other for what both have; and nothing else."""
    from fakes import handles  # noqa: PLC0415 - the fakes themselves are asked

    held = getattr(handles, name)
    has = {one for one in (*vars(held), *held.__dataclass_fields__) if not one.startswith("_")}
    page = (ROOT / "docs" / "fixtures.md").read_text("utf-8")
    section = page.partition(f"## What a {name} has\n")[2].partition("\n## ")[0]
    cells = re.findall(r"^\| (`.*?) \|", section, re.MULTILINE)

    assert set(re.findall(r"`(\w+)(?:\(\))?`", "".join(cells))) == has


def test_every_fixture_is_on_its_page() -> None:
    page = (ROOT / "docs" / "fixtures.md").read_text("utf-8")
    plugin = (ROOT / "fakes" / "pytest_plugin.py").read_text("utf-8")
    made = re.findall(r"^@pytest\.fixture.*\ndef ([a-z]\w+)", plugin, re.MULTILINE)

    listed = re.findall(r"^\| `(\w+)` \| (?:function|session) ", page, re.MULTILINE)

    assert sorted(listed) == sorted(made) != []


def test_every_link_leads_somewhere() -> None:
    for page in PAGES:
        for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text("utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_the_architecture_fits_on_a_screen() -> None:
    assert len((ROOT / "ARCHITECTURE.md").read_text("utf-8").splitlines()) <= 60
