"""Where a live product is and how to log in, from options, the environment or a file.

An option goes before the environment (`PACONFORM_` and the name), the environment before the
settings file (the name in small letters). Every complaint is one line: setting, value unless it
is secret, and the way out.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, fields
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from harness.errors import BadSettings
from harness.patterns import KEY, patterns_in
from harness.reading import SETTINGS_BYTES, bytes_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

PREFIX = "PACONFORM_"
SECRET = frozenset({"pingaccess_password", "pingone_client_secret", "control_token"})
"""Settings whose values are never shown."""

NEEDED = (
    "pingaccess_admin_url",
    "pingaccess_username",
    "pingaccess_password",
    "pingone_api_url",
    "pingone_auth_url",
    "pingone_environment_id",
    "pingone_client_id",
    "pingone_client_secret",
)
"""Settings without which a live run cannot begin."""

HOW: Mapping[str, str] = {
    "pingaccess_admin_url": (
        "the address of the admin API, up to and without /pa-admin-api, such as "
        "https://pingaccess.example:9000"
    ),
    "pingaccess_username": "an administrator that logs in with a password, such as Administrator",
    "pingaccess_password": "the password of that administrator",
    "pingaccess_engine_url": (
        "the address of an engine, without a path, such as https://pingaccess.example:3000"
    ),
    "pingone_api_url": (
        "the address of the API of the region, with /v1 at its end, such as "
        "https://api.pingone.com/v1"
    ),
    "pingone_auth_url": (
        "the address of the authorization server of the region, without a path, such as "
        "https://auth.pingone.com"
    ),
    "pingone_environment_id": "the UUID from the environment's properties in PingOne",
    "pingone_client_id": "the client id from the page of the worker application in PingOne",
    "pingone_client_secret": "the client secret from the page of the worker application",
    "ca_bundle": "a PEM file with the CA that issued the certificates of both",
    "allow_writes": "1 where objects may be made and removed, else 0",
    "control_url": "the address that `paconform serve` prints as control_url",
    "control_token": "the token that `paconform serve` prints as control_token",
    "fakes": "the addresses at which fakes answer, as `paconform env` has them",
}
"""What each setting has to be, and where it is found."""

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_YES = ("1", "true", "yes", "on")
_NO = ("0", "false", "no", "off")


@dataclass(frozen=True, slots=True, repr=False)
class Settings:
    """The settings of DESIGN section 4, and what a `serve` adds to them."""

    pingaccess_admin_url: str = ""
    pingaccess_username: str = ""
    pingaccess_password: str = ""
    pingaccess_engine_url: str = ""
    pingone_api_url: str = ""
    pingone_auth_url: str = ""
    pingone_environment_id: str = ""
    pingone_client_id: str = ""
    pingone_client_secret: str = ""
    ca_bundle: str | None = None
    allow_writes: bool = False
    control_url: str | None = None
    control_token: str | None = None
    fakes: str = ""

    def __repr__(self) -> str:
        shown = (f"{name}={_masked(name, getattr(self, name))}" for name in NAMES)
        return f"Settings({', '.join(shown)})"

    def is_fake(self, url: str) -> bool:
        """Whether a `serve` that gave these settings said that a fake answers there."""
        return url in self.fakes.split()

    def needed_for_live(self) -> None:
        """Holds when a live run can begin; BadSettings names everything that it lacks."""
        missing = [variable(name) for name in self.missing]
        if missing:
            raise BadSettings(
                f"a live run lacks {', '.join(missing)}; set them in the environment, or without "
                f"{PREFIX} and in small letters in paconform.toml"
            )
        if not self.allow_writes:
            name = variable("allow_writes")
            raise BadSettings(
                f"{name}: a live run makes objects in {self.pingaccess_admin_url} and in "
                f"PingOne, and removes them; set {name}=1 where it may"
            )

    @property
    def missing(self) -> list[str]:
        """The settings that a live run needs and that are not there, by attribute name."""
        return [name for name in NEEDED if not getattr(self, name)]

    def shown(self, named: Callable[[str], str], text: Callable[[str], str]) -> dict[str, str]:
        """Those that are set: `named` gives what stands for a secret, `text` a text without any."""
        values = {name: getattr(self, name) for name in NAMES}
        return {
            name: named(value) if name in SECRET else text(str(value))
            for name, value in values.items()
            if value
        }

    def secrets(self) -> set[str]:
        """The values that must not be shown."""
        return {value for name in SECRET if (value := getattr(self, name))}


NAMES = tuple(field.name for field in fields(Settings))


def variable(name: str) -> str:
    """The setting's name in full, as in the environment."""
    return PREFIX + name.upper()


def load(
    environ: Mapping[str, str],
    path: Path | None = None,
    overrides: Mapping[str, Any] | None = None,
) -> Settings:
    """The settings, each from the strongest place that names it; BadSettings for all complaints.

    `overrides` has attribute names as keys; None leaves a setting to the other places.
    """
    complaints: list[str] = []
    values: dict[str, Any] = {}
    for place in (_from_file(path), _from_environment(environ), _from_options(overrides or {})):
        for name, value in place:
            if isinstance(value, _Complaint):
                complaints.append(value.text)
            else:
                values[name] = value
    for name, value in values.items():
        complaints += _problems(name, value)
    if complaints:
        raise BadSettings("\n".join(complaints))
    return Settings(**{name: _clean(name, value) for name, value in values.items()})


@dataclass(frozen=True, slots=True)
class _Complaint:
    """Stands in place of a value that cannot be taken."""

    text: str


def _from_file(path: Path | None) -> Iterator[tuple[str, Any]]:
    for key, value in (document(path) if path else {}).items():
        name = key.lower().removeprefix(PREFIX.lower())
        if name == KEY:
            patterns_in({KEY: value}, path or Path())
        elif name not in NAMES:
            yield key, _Complaint(f"{path}: {key} is no setting; {_hint(name, str.lower)}")
        elif name == "allow_writes" and not isinstance(value, bool):
            yield name, _Complaint(f"{path}: {key}: {value!r} is not true or false; write one")
        elif name != "allow_writes" and not isinstance(value, str):
            yield (
                name,
                _Complaint(
                    f"{path}: {key}: {_masked(name, value)} is {_kind(value)}, not a text; "
                    "write it in quotes"
                ),
            )
        elif value != "":
            yield name, value


def document(path: Path) -> dict[str, Any]:
    """What a settings file says, by key; BadSettings where it cannot be read."""
    try:
        return tomllib.loads(bytes_of(path, SETTINGS_BYTES).decode("utf-8"))
    except OSError as error:
        raise BadSettings(f"{path}: cannot be read ({error.strerror}); name another file") from None
    except UnicodeDecodeError:
        raise BadSettings(f"{path}: is not UTF-8; save it as UTF-8") from None
    except RecursionError:
        raise BadSettings(f"{path}: is nested too deeply; write one setting a line") from None
    except tomllib.TOMLDecodeError as error:
        where = re.search(r"\(at .*\)$", str(error))  # the rest may show what stands there
        raise BadSettings(
            f"{path}: is not whole TOML {where[0] if where else ''}; "
            'write lines such as pingaccess_username = "Administrator"'
        ) from None


def _from_environment(environ: Mapping[str, str]) -> Iterator[tuple[str, Any]]:
    for full, value in environ.items():
        if not full.startswith(PREFIX):
            continue
        name = full.removeprefix(PREFIX).lower()
        if name in NAMES:
            if value:
                yield name, value
        elif _near(name):  # others are other tools' business
            yield name, _Complaint(f"{full}: is no setting; {_hint(name, variable)}")


def _from_options(overrides: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, value in overrides.items():
        if name not in NAMES:
            yield name, _Complaint(f"{name}: is no setting; {_hint(name, str.lower)}")
        elif value is not None:
            yield name, value


def _problems(name: str, value: Any) -> Iterator[str]:
    """What is wrong with a value, wherever it came from."""
    said = f"{variable(name)}: {value!r}"
    if name.endswith("_url"):
        yield from _about_url(name, value)
    elif name == "allow_writes" and _truth(value) is None:
        yield f"{said} is neither yes nor no; set it to 1 or 0"
    elif name == "ca_bundle" and not Path(value).is_file():
        yield (
            f"{said} is not there or no file; name a PEM file, or leave it out "
            "where the system trusts the product"
        )
    elif name == "pingone_environment_id" and not _UUID.fullmatch(value):
        yield f"{said} is no UUID; give {HOW[name]}"


_PATHS = {"pingone_api_url": "/v1"}
"""What the path of a URL has to be, where it is not empty."""


def _about_url(name: str, value: str) -> Iterator[str]:
    said, hint = f"{variable(name)}: {value!r}", f"give {HOW[name]}"
    if "@" in value:
        yield f"{variable(name)}: a login stands in the URL; give it in the settings for it"
        return
    try:
        url = urlsplit(value.strip())
        sound = url.scheme in ("http", "https") and url.hostname and (url.port or 1) > 0
    except ValueError:
        yield f"{said} is no URL; {hint}"
        return
    if not sound:
        yield f"{said} is no https URL; {hint}"
    elif url.query or url.fragment or url.path.rstrip("/") != _PATHS.get(name, ""):
        yield f"{said} does not end where it should; {hint}"


def _clean(name: str, value: Any) -> Any:
    if name == "allow_writes":
        return bool(_truth(value))
    value = str(value)
    return value.strip().rstrip("/") if name.endswith("_url") else value


def _truth(value: Any) -> bool | None:
    if isinstance(value, bool):
        return value
    word = str(value).strip().lower()
    return True if word in _YES else False if word in _NO else None


def _near(name: str) -> str | None:
    return next(iter(get_close_matches(name, NAMES, 1, 0.8)), None)


def _hint(name: str, spelt: Callable[[str], str]) -> str:
    near = next(iter(get_close_matches(name, NAMES, 1, 0.6)), None)
    return f"did you mean {spelt(near)}?" if near else f"there are {', '.join(NAMES)}"


def _kind(value: Any) -> str:
    names = {bool: "true or false", int: "a number", float: "a number", dict: "a table"}
    return names.get(type(value), "a list" if isinstance(value, list) else "a date")


def _masked(name: str, value: Any) -> str:
    return "'***'" if name in SECRET and value else repr(value)
