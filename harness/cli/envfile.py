"""The file in which a running `serve` leaves its settings, and how it is read."""

from __future__ import annotations

import os
import shlex
from contextlib import suppress
from pathlib import Path

from harness.errors import BadSettings, Unreachable


def default_env_file() -> Path:
    """Where `serve` writes and `env` reads unless told: a private folder of the user's."""
    for name in ("XDG_RUNTIME_DIR", "XDG_CACHE_HOME"):
        if root := os.environ.get(name):
            return Path(root) / "paconform" / "serve.env"
    try:
        return Path.home() / ".cache" / "paconform" / "serve.env"
    except RuntimeError:
        raise BadSettings(
            "--env-file: there is no HOME and no XDG_RUNTIME_DIR to keep it in; name a file"
        ) from None


def settings_text(settings: dict[str, str], pid: int) -> str:
    """A file of shell assignments, headed by the process that they are of."""
    lines = [f"export {name}={shlex.quote(value)}" for name, value in settings.items()]
    return "\n".join([f"# pid {pid}", *lines, ""])


def write_whole(path: Path, text: str, mode: int = 0o600) -> None:
    """Write the file at once or not at all; unless told, for the user's eyes only."""
    path.parent.mkdir(mode=mode | 0o100 | (mode & 0o044) >> 2, parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        part.replace(path)
    except OSError:
        with suppress(OSError):
            part.unlink()
        raise


def read_settings(path: Path) -> dict[str, str]:
    """The settings of the `serve` that wrote the file.

    Raises Unreachable where none is running, BadSettings where the file is not one of ours.
    """
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        raise Unreachable(f"{path}: no such file; start `paconform serve` first") from None
    except (OSError, UnicodeDecodeError) as error:
        raise BadSettings(f"{path}: cannot be read ({error}); name another --env-file") from None
    head, *lines = text.splitlines() or [""]
    pid = head.removeprefix("# pid ")
    if not pid.isdecimal():
        raise BadSettings(f"{path}: not written by `paconform serve`; name another --env-file")
    if not _alive(int(pid)):
        raise Unreachable(f"{path}: its `paconform serve` (pid {pid}) has ended; start it again")
    return dict(_assignment(path, line) for line in lines if line)


def _assignment(path: Path, line: str) -> tuple[str, str]:
    words = []
    with suppress(ValueError):
        words = shlex.split(line)
    name, equals, value = words[-1].partition("=") if words else ("", "", "")
    if not equals or not name.startswith("PACONFORM_"):
        raise BadSettings(f"{path}: half-written; start `paconform serve` again")
    return name, value


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True
