"""Files that people name: no old one is lost unasked, and none is half-written."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from harness.cli import COMMANDS, cli, status
from harness.errors import BadSettings
from harness.tests.running import ROOT
from harness.writing import save

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import click

EXPORT = str(ROOT / "scenarios" / "archives" / "small.json")

WRITING = {
    ("upgrade-check", "--config", EXPORT, "--to", "9.1", "--out", "."): "upgrade.html",
    ("upgrade-check", "--config", EXPORT, "--out", "./"): "upgrade.json",
    ("defects", "PA-D-001", "--out", "."): "defects.json",
    ("spec-diff", "fake:9.0", "fake:9.1", "--page", "spec.html"): "spec.html",
    ("plugin-diff", "fake:9.0", "fake:9.1", "--page", "plugins.html"): "plugins.html",
    ("diff", "nowhere", "nowhere", "--page", "diff.html"): "diff.html",
}
"""Command -> a file that it would write."""

ADDING = {"fuzz"}
"""What adds to a file that is there, and says so."""


def options(command: click.Command) -> set[str]:
    return {name for one in command.params for name in one.opts}


@pytest.mark.parametrize(
    ("command", "file"), WRITING.items(), ids=[f"{one[0]} {file}" for one, file in WRITING.items()]
)
def test_an_old_file_is_replaced_only_where_it_is_told(
    command: tuple[str, ...], file: str, refused: Callable[..., str], tmp_path: Path
) -> None:
    (tmp_path / file).write_text("mine")

    told = refused(2, *command)

    assert f"'{file}' is there already; name another, or add --overwrite" in told
    assert [(one.name, one.read_text()) for one in tmp_path.iterdir()] == [(file, "mine")]


def test_every_command_that_writes_what_is_named_can_be_told_to_replace_it() -> None:
    context = cli.make_context("paconform", ["run"])
    commands = {name: cli.get_command(context, name) for name in COMMANDS}
    found = {name: options(command) for name, command in commands.items() if command}

    writing = {name for name, there in found.items() if there & {"--out", "--page", "--events"}}
    assert {name for name, there in found.items() if "--overwrite" in there} == writing - ADDING


def test_what_was_told_to_be_replaced_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    command = ["plugin-diff", "fake:9.1", "fake:9.1", "--page", "plugins.html"]
    assert status(command) == 0
    assert status(command) == 2
    assert status([*command, "--overwrite"]) == 0

    assert "nothing is different" in capsys.readouterr().out
    assert [one.name for one in tmp_path.iterdir()] == ["plugins.html"]


def test_files_that_belong_together_are_all_written_or_none(tmp_path: Path) -> None:
    """The name of the second leaves no room for that of the file that it is written to first."""
    whole, wrong = tmp_path / "new" / "a", tmp_path / "new" / ("b" * 250)

    with pytest.raises(BadSettings, match=r"-o: .* cannot be written \(File name too long\)"):
        save("-o", {whole: b"a", wrong: b"b"}, overwrite=True, folder=tmp_path / "new")

    assert list((tmp_path / "new").iterdir()) == []


@pytest.mark.parametrize("overwrite", [False, True])
def test_what_is_no_file_is_never_replaced(tmp_path: Path, overwrite: bool) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    for name in ("pipe", "folder"):
        with pytest.raises(BadSettings, match="is no file; name another"):
            save("-o", {tmp_path / name: b""}, overwrite=overwrite)

    assert sorted(one.name for one in tmp_path.iterdir()) == ["folder", "pipe"]


def test_a_file_cannot_be_below_another(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(BadSettings, match="Not a directory"):
        save("--page", {tmp_path / "file" / "page.html": b""}, overwrite=False)


@pytest.mark.parametrize("command", ["diff", "spec-diff", "plugin-diff"])
def test_a_page_in_a_folder_that_is_not_there_is_refused_before_anything_is_compared(
    command: str, refused: Callable[..., str]
) -> None:
    told = refused(2, command, "gone", "gone", "--page", "nowhere/page.html")

    assert "--page: 'nowhere/page.html' cannot be written (No such file or directory)" in told
