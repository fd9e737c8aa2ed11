"""Sides of a comparison: a fake of a release, a product, or files with its description."""

from __future__ import annotations

import json
import os
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from harness.cli.upgrade_sides import fake_asked, known_releases, live_asked
from harness.errors import BadSettings
from harness.reading import bytes_of
from harness.settings import load

if TYPE_CHECKING:
    from collections.abc import Iterator

    from harness.upgrades.sides import Asked
    from harness.upgrades.surface import Surface

LARGEST_BYTES = 50_000_000
MOST_FILES = 500
DOCUMENTS = ("/api-docs/pa/api-docs-v2.json", "/api-docs", "/api-docs/pa/api-docs.json")
"""Where a product describes its API, the plainest first (D73 administrative API endpoints)."""
HOW = "name fake:RELEASE, the settings file of a product (.toml), its address, or a description"


@dataclass(frozen=True, slots=True)
class Product:
    """A product that can be asked, and the version that it says it has."""

    ask: Asked
    version: str
    is_fake: bool


@contextmanager
def product(text: str) -> Iterator[Product | None]:
    """The product that the text names; None where it names files."""
    if text.startswith("fake:"):
        release = text.removeprefix("fake:")
        if release not in known_releases():
            raise BadSettings(f"{text}: no such fake; there are {', '.join(known_releases())}")
        yield Product(fake_asked(release), release, is_fake=True)
    elif text.startswith(("https://", "http://")):
        with live_asked(_settings(text), text) as (ask, version):
            yield Product(ask, version, is_fake=False)
    elif text.endswith(".toml"):
        with live_asked(load({}, Path(text), {}), text) as (ask, version):
            yield Product(ask, version, is_fake=False)
    else:
        yield None


def described(text: str) -> tuple[Surface, bool]:
    """What the side says of its API, and whether it is a fake."""
    from harness.upgrades.surface import surface  # noqa: PLC0415 - keeps --help instant

    with product(text) as found:
        if found is None:
            return surface(_documents(Path(text)), text), False
        told = surface(_asked(found.ask, text), text)
        told.version = found.version
        return told, found.is_fake


def families(ask: Asked) -> set[str]:
    """The families of plugins that the product's own description names."""
    for path in DOCUMENTS:
        status, told = ask("GET", path)
        paths = told.get("paths") if status == 200 and isinstance(told, dict) else None
        if isinstance(paths, dict):
            ends = (one for one in paths if one.endswith("/descriptors") and "{" not in one)
            return {one.removesuffix("/descriptors") for one in ends}
    return set()


def _asked(ask: Asked, text: str) -> list[Any]:
    """The description of a product: one document, or the declarations of a Swagger 1.2."""
    for path in DOCUMENTS:
        status, told = ask("GET", path)
        if status == 200 and isinstance(told, dict):
            return _whole(ask, path, told)
    raise BadSettings(f"{text}: describes its API at none of {', '.join(DOCUMENTS)}")


def _whole(ask: Asked, path: str, told: Any) -> list[Any]:
    """A listing of Swagger 1.2 with what it lists; anything else as it is."""
    listed = told.get("apis") if "swaggerVersion" in told else None
    if not isinstance(listed, list) or any(
        isinstance(one, dict) and "operations" in one for one in listed
    ):
        return [told]
    base = path.rpartition("/")[0] if path.endswith(".json") else path
    found = [told]
    for one in listed[:MOST_FILES]:
        where = str(one.get("path") if isinstance(one, dict) else "")
        if where.startswith("/") and ".." not in where:
            status, declared = ask("GET", base + where)
            found += [declared] if status == 200 and isinstance(declared, dict) else []
    return found


def _documents(path: Path) -> list[Any]:
    """The documents of a file, or of the folder that holds the declarations of a Swagger 1.2."""
    files = sorted(path.glob("*.json"))[: MOST_FILES + 1] if path.is_dir() else [path]
    if not files or len(files) > MOST_FILES:
        raise BadSettings(f"{path}: between 1 and {MOST_FILES} files *.json are needed; {HOW}")
    return [_read(one) for one in files]


def _read(path: Path) -> Any:
    try:
        raw = bytes_of(path, LARGEST_BYTES)
    except OSError as error:
        raise BadSettings(f"{path}: {error.strerror or error}; {HOW}") from None
    if path.suffix in (".yaml", ".yml"):
        return _yaml(path, raw)
    try:
        return json.loads(raw.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise BadSettings(f"{path}: no readable JSON; {HOW}") from None


def _yaml(path: Path, raw: bytes) -> Any:
    try:
        import yaml  # noqa: PLC0415 - no part of what everybody needs
    except ImportError:
        raise BadSettings(f"{path}: YAML needs pyyaml (pip install pyyaml), or JSON") from None
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        if any(isinstance(one, yaml.AliasEvent) for one in yaml.parse(raw, Loader=loader)):
            raise BadSettings(f"{path}: aliases are not read, for they can grow without end")
        return yaml.load(raw, Loader=loader)  # noqa: S506 - both loaders are safe ones
    except (yaml.YAMLError, ValueError, RecursionError):
        raise BadSettings(f"{path}: no readable YAML; {HOW}") from None


def _settings(url: str) -> Any:
    """The settings of the environment, which have to be of that very address."""
    settings = load(os.environ, None, {})
    named = settings.pingaccess_admin_url or ""
    if _origin(named) != _origin(url):
        raise BadSettings(
            f"{url}: PACONFORM_PINGACCESS_ADMIN_URL names another product, so that its login is "
            "not for this one; name a settings file instead"
        )
    return settings


def _origin(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return parts.scheme, parts.netloc
