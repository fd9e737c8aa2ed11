"""Whoever cannot see, or has a small screen, can read the page: axe-core finds nothing.

`make clients` installs axe-core, where there is npm. The page itself runs no script: here a copy of
it does, without the policy that forbids it.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from reports.around import Around, Planted, Power
from reports.html import page
from reports.tests.runs import CATALOGUE, HEADER, findings, mixed, scenario
from reports.tests.test_html import HOSTILE, hostile

if TYPE_CHECKING:
    from reports.model import Findings

AXE = Path(__file__).parent / "node" / "node_modules" / "axe-core" / "axe.min.js"
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
QUIET = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-sync",
    "--disable-background-networking",
    "--disable-component-update",
    "--virtual-time-budget=60000",
)
"""Chromium without a window, that speaks to nobody."""
SCHEMES = {"dark": 0, "light": 1}

LOOK = """
for (const one of document.querySelectorAll("details")) one.open = true;
axe.run(document).then(found => parent.postMessage(JSON.stringify({
  axe: found.violations.map(one => [one.impact, one.id, one.nodes.map(node => node.html)]),
  checked: found.passes.length,
  wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
  dark: matchMedia("(prefers-color-scheme: dark)").matches,
}), "*"));
"""
HEAR = """
addEventListener("message", told => {
  const place = document.createElement("output");
  place.textContent = told.data;
  document.body.append(place);
});
"""

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="chromium is not here"),
    pytest.mark.skipif(
        not AXE.is_file(), reason="axe-core is not here: `make clients` installs it"
    ),
]


def full() -> tuple[Findings, Around]:
    """A run with everything in it, and all that may lie beside it."""
    failed = scenario("nonconformant", timing=[(0.0, 3.0), (4.0, 9.0), (20.0, 5.0)])
    header = msgspec.structs.replace(HEADER, release="8.3")
    earlier = findings(*mixed().run.scenarios[:3], header=header)
    power = Power(9, 1, [Planted("PA-D-002", "t", "x")])
    return findings(failed, *mixed().run.scenarios), Around((earlier.run,), power)


def looked_at(text: str, folder: Path, *, width: int, scheme: str) -> dict[str, Any]:
    """What axe-core says of the page, with everything on it opened.

    No window of Chromium is as narrow as a phone: there the page is in a frame.
    """
    bare, policies = re.subn('<meta http-equiv="Content-Security-Policy"[^>]*>', "", text)
    assert policies == 1
    scripts = [f"<script>{one}</script>" for one in (HEAR, AXE.read_text("utf-8"), LOOK)]
    framed = width < 600
    own = scripts[1:] if framed else scripts
    (folder / "page.html").write_text(bare.replace("</body>", f"{''.join(own)}</body>"), "utf-8")
    frame = f'<iframe src="page.html" width="{width}" height="800" style="border:0"></iframe>'
    (folder / "frame.html").write_text(
        f"<!DOCTYPE html><body>{scripts[0]}{frame}</body>", encoding="utf-8"
    )
    assert CHROMIUM is not None
    shown = subprocess.run(
        [
            CHROMIUM,
            *QUIET,
            f"--user-data-dir={folder / 'profile'}",
            f"--window-size={max(width, 600)},900",
            f"--blink-settings=preferredColorScheme={SCHEMES[scheme]}",
            "--dump-dom",
            (folder / ("frame.html" if framed else "page.html")).as_uri(),
        ],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    ).stdout
    told: dict[str, Any] = json.loads(
        unescape(shown.rpartition("<output>")[2].partition("</output>")[0])
    )
    return told


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (360, "dark")])
def test_the_page_has_no_barriers(width: int, scheme: str, tmp_path: Path) -> None:
    found, around = full()

    told = looked_at(page(found, CATALOGUE, around), tmp_path, width=width, scheme=scheme)

    assert told["axe"] == []
    assert told["checked"] > 20
    assert told["wide"] <= 0
    assert told["dark"] == (scheme == "dark")


@pytest.mark.parametrize("text", [HOSTILE, "x" * 20_000])
def test_hostile_text_makes_the_page_no_wider_than_a_phone(text: str, tmp_path: Path) -> None:
    told = looked_at(page(hostile(text), CATALOGUE), tmp_path, width=360, scheme="light")

    assert told["wide"] <= 0
    assert told["axe"] == []
