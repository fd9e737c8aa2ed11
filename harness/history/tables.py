"""The tables of a history, and the steps that brought them to what they are.

A database carries the number of steps it has taken. A new step is added at the end; none is ever
changed, because databases out there have taken it: what a later step adds to a table, the first one
has to leave out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

if TYPE_CHECKING:
    from collections.abc import Callable

LONGEST_NAME = 400
"""Characters of an id of a scenario; every database can have an index on as many."""
LONGEST_WORD = 200
"""Characters of ids of runs, labels, releases and the like."""

META = sa.MetaData()
_WORD = sa.String(LONGEST_WORD)

FORMAT = sa.Table("paconform_format", META, sa.Column("steps", sa.Integer, nullable=False))

RUNS = sa.Table(
    "paconform_runs",
    META,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("run_id", _WORD, nullable=False, unique=True),
    sa.Column("started", _WORD, nullable=False),
    sa.Column("label", _WORD, nullable=False),
    sa.Column("target", _WORD, nullable=False),
    sa.Column("release", _WORD, nullable=False),
    sa.Column("product", _WORD, nullable=False),
    sa.Column("tool", _WORD, nullable=False),
    sa.Column("whole", sa.Boolean, nullable=False),
)

SCENARIOS = sa.Table(
    "paconform_scenarios",
    META,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("name", sa.String(LONGEST_NAME), nullable=False, unique=True),
)

RESULTS = sa.Table(
    "paconform_results",
    META,
    sa.Column("run", sa.ForeignKey(RUNS.c.id), primary_key=True),
    sa.Column("scenario", sa.ForeignKey(SCENARIOS.c.id), primary_key=True),
    sa.Column("verdict", _WORD, nullable=False),
    sa.Column("requirement", _WORD, nullable=False),
)


def _first(connection: sa.Connection) -> None:
    """Runs, scenarios and the verdict of each in each."""
    META.create_all(connection)


def _by_scenario(connection: sa.Connection) -> None:
    """What a scenario came to in every run is found without reading all results."""
    name = "paconform_by_scenario"
    there = sa.inspect(connection).get_indexes(RESULTS.name)
    if all(one["name"] != name for one in there):
        connection.execute(sa.text(f"CREATE INDEX {name} ON {RESULTS.name} (scenario, verdict)"))


STEPS: tuple[Callable[[sa.Connection], None], ...] = (_first, _by_scenario)


def taken(connection: sa.Connection) -> int | None:
    """How many steps the database has taken; None where it is no history.

    One that was stopped while it was made has the table and no number.
    """
    if not sa.inspect(connection).has_table(FORMAT.name):
        return None
    found = connection.execute(sa.select(FORMAT.c.steps)).scalars().all()
    return max((one for one in found if isinstance(one, int)), default=0)


def take(connection: sa.Connection, before: int) -> None:
    """The steps that are missing. The table that tells them comes first, the number last."""
    FORMAT.create(connection, checkfirst=True)
    for step in STEPS[before:]:
        step(connection)
    connection.execute(FORMAT.delete())
    connection.execute(FORMAT.insert().values(steps=len(STEPS)))
