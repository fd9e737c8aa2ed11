"""`paconform run --clean-up`: what an interrupted live run left behind is removed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from harness.cli.runs import live_settings
from harness.cli.targets import Wanted, target
from harness.errors import BadSettings
from harness.journal import Journal, clean_up, left

if TYPE_CHECKING:
    from pathlib import Path


def clean(run: Path, settings_file: str | None) -> int:
    """0 when everything that the journal names is gone, else 3 with what is left."""
    journal = run / "journal.jsonl"
    if not journal.is_file():
        raise BadSettings(
            f"--clean-up: {run} holds no journal.jsonl; name the folder of a live run"
        )
    remaining = left(journal)
    if not remaining:
        click.echo(f"nothing is left of {run}")
        return 0
    chosen = target(
        Wanted("live", None, 0, run.name, (), live_settings(settings_file)), Journal(journal)
    )
    try:
        kept = clean_up(chosen.session, journal)
    finally:
        chosen.close()
    for one in kept:
        click.echo(f"paconform: not removed: {one}", err=True)
    click.echo(f"removed {len(remaining) - len(kept)} of {len(remaining)} objects of {run}")
    return 3 if kept else 0
