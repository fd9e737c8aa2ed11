"""The file in which a running `serve` leaves its settings, one `serve` to a file."""

from __future__ import annotations

import os
import shlex
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from harness.errors import BadSettings, Unreachable
from harness.reading import SETTINGS_BYTES, bytes_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TextIO


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


def cache_folder() -> Path:
    """The user's folder for what can be worked out again; one that cannot be, without a home."""
    if root := os.environ.get("XDG_CACHE_HOME"):
        return Path(root) / "paconform"
    try:
        return Path.home() / ".cache" / "paconform"
    except RuntimeError:
        return Path(os.devnull)


@contextmanager
def claimed(path: Path) -> Iterator[None]:
    """The file is this process's; a lock beside it says so, which ends with the process.

    What an ended `serve` left there may be overwritten. Raises BadSettings where another `serve`
    has the file, and where it holds something else.
    """
    import fcntl  # noqa: PLC0415 - only `serve` claims

    _refuse_special(path)
    lock = path.with_name(path.name + ".lock")
    while True:
        with _opened(lock) as held:
            try:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise _taken(path) from None
            if not _is_at(held.fileno(), lock):  # an ending `serve` removed it meanwhile
                continue
            try:
                _refuse_foreign(path)
                yield
            finally:
                lock.unlink(missing_ok=True)
            return


def ca_file_of(path: Path) -> Path:
    """Where the certificate of the CA stands beside the settings."""
    return path.with_name(path.name + ".ca.pem")


def _refuse_special(path: Path) -> None:
    """Raises BadSettings where no file can be put in place of what is there: a folder, a device."""
    if not path.name or (path.exists() and not path.is_file()):
        raise BadSettings(f"--env-file: {path}: is no file; name another")


def _opened(lock: Path) -> TextIO:
    """The lock, in a folder that is made where there is none; BadSettings where it cannot be."""
    try:
        lock.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        return lock.open("w", encoding="utf-8")
    except OSError as error:
        raise BadSettings(
            f"--env-file: {lock} cannot be written ({error.strerror}); name a file elsewhere"
        ) from None


def _taken(path: Path) -> BadSettings:
    pid = None
    with suppress(OSError, UnicodeDecodeError):
        pid = _pid(path.read_text("utf-8"))
    who = f" (pid {pid})" if pid else ""
    return BadSettings(
        f"--env-file: {path}: another `paconform serve`{who} has it; end that one, or name another "
        "file here and to `paconform env`"
    )


def _is_at(handle: int, path: Path) -> bool:
    with suppress(FileNotFoundError):
        return os.path.samestat(os.fstat(handle), path.stat())
    return False


def _refuse_foreign(path: Path) -> None:
    """Raises BadSettings where a file is there that no `serve` wrote; an empty one is nobody's.

    A certificate beside settings is that of their `serve`; one without any is somebody else's.
    """
    text = ""
    with suppress(FileNotFoundError):
        text = _text(path)
    foreign = path if text and _pid(text) is None else None
    if not text and ca_file_of(path).exists():
        foreign = ca_file_of(path)
    if foreign is not None:
        raise BadSettings(
            f"--env-file: {foreign}: holds something else, which would be lost; name another file"
        )


def _text(path: Path) -> str:
    try:
        return bytes_of(path, SETTINGS_BYTES).decode("utf-8", "replace")
    except FileNotFoundError:
        raise
    except OSError as error:
        raise BadSettings(f"--env-file: {path}: {error.strerror}; name another file") from None


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
        text = bytes_of(path, SETTINGS_BYTES).decode("utf-8")
    except FileNotFoundError:
        raise Unreachable(f"{path}: no such file; start `paconform serve` first") from None
    except (OSError, UnicodeDecodeError) as error:
        raise BadSettings(f"{path}: cannot be read ({error}); name another --env-file") from None
    pid = _pid(text)
    if pid is None:
        raise BadSettings(f"{path}: not written by `paconform serve`; name another --env-file")
    if not _alive(pid):
        raise Unreachable(f"{path}: its `paconform serve` (pid {pid}) has ended; start it again")
    return dict(_assignment(path, line) for line in text.splitlines()[1:] if line)


def _pid(text: str) -> int | None:
    """The process that a file is of; None where it is not of a `serve`."""
    head = text.partition("\n")[0]
    pid = head.removeprefix("# pid ")
    return int(pid) if pid != head and pid.isdecimal() and pid.isascii() else None


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
