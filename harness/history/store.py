"""A history: opened, brought up to date, written to and asked."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from warnings import catch_warnings, simplefilter

import sqlalchemy as sa

from harness.errors import BadSettings
from harness.history.tables import RESULTS, RUNS, SCENARIOS, STEPS, take, taken

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from harness.history.rows import RunRows

NO_URL = (
    "--database: is no URL of a database; write one such as sqlite:///history.db or "
    "postgresql+psycopg://user@host/name"
)

MOST_VALUES = 500
"""Values in one statement; databases take a thousand or more."""


class History:
    """A history at the URL of a database. Every method is one transaction.

    Raises BadSettings, in one line and without a password, whatever the database says.
    """

    def __init__(self, url: str) -> None:
        if "\0" in url or "%00" in url:
            raise BadSettings(NO_URL)
        try:
            with catch_warnings():
                simplefilter("error", sa.exc.SAWarning)  # an argument that no driver knows
                self._url = sa.make_url(url)
                self._engine = sa.create_engine(self._url)
        except (sa.exc.ArgumentError, sa.exc.SAWarning, ValueError, TypeError):
            raise BadSettings(NO_URL) from None
        except ModuleNotFoundError as error:
            raise BadSettings(
                f"--database: {self.name} needs the module {error.name}; install it"
            ) from None

    @property
    def name(self) -> str:
        """The URL without a password, and without its query, where one may stand too."""
        return repr(self._url.set(query={}).render_as_string(hide_password=True))

    def close(self) -> None:
        """No connection is left."""
        self._engine.dispose()

    def add(self, runs: Sequence[RunRows]) -> list[str]:
        """All of these runs are kept, or none; what became of each.

        A run that is there and was stopped is replaced by the same run that went on.
        """
        with self._begun(writing=True) as connection:
            return [_added(connection, run) for run in runs]

    @contextmanager
    def asked(self) -> Iterator[sa.Connection]:
        """A connection to read from."""
        with self._begun(writing=False) as connection:
            yield connection

    @contextmanager
    def _begun(self, *, writing: bool) -> Iterator[sa.Connection]:
        if not writing:
            self._is_there()
        try:
            with self._engine.begin() as connection:
                self._up_to_date(connection, writing=writing)
                yield connection
        except sa.exc.DBAPIError as error:
            raise BadSettings(
                f"--database: {self.name}: {self._told(error)}; mend it, or name another database"
            ) from None
        except sa.exc.SQLAlchemyError as error:
            raise BadSettings(
                f"--database: {self.name} is no history ({type(error).__name__}); name another one"
            ) from None

    def _is_there(self) -> None:
        """To ask makes no file."""
        file = self._url.database
        plain = self._url.get_backend_name() == "sqlite" and not self._url.query
        if plain and file and file != ":memory:" and not Path(file).exists():
            raise BadSettings(
                f"--database: {self.name} is not there; `paconform history add RUN` makes it"
            )

    def _up_to_date(self, connection: sa.Connection, *, writing: bool) -> None:
        steps = taken(connection)
        if steps is None:
            self._is_empty(connection, writing=writing)
        if steps is not None and steps > len(STEPS):
            raise BadSettings(
                f"--database: {self.name} is of format {steps}, this version knows {len(STEPS)}; "
                "use the version that wrote it, or a later one"
            )
        if steps is None or steps < len(STEPS):
            take(connection, steps or 0)

    def _is_empty(self, connection: sa.Connection, *, writing: bool) -> None:
        there = sa.inspect(connection).get_table_names()
        if there:
            raise BadSettings(
                f"--database: {self.name} holds something else (table {min(there)!r}); "
                "name another database"
            )
        if not writing:
            raise BadSettings(
                f"--database: {self.name} is empty; `paconform history add RUN` fills it"
            )

    def _told(self, error: sa.exc.DBAPIError) -> str:
        text = str(error.orig).strip().partition("\n")[0] or type(error.orig).__name__
        given = [self._url.password, *(v for k, v in self._url.query.items() if "pass" in k)]
        for secret in given:
            if isinstance(secret, str) and secret:
                text = text.replace(secret, "***")
        return text


def _added(connection: sa.Connection, run: RunRows) -> str:
    known = connection.execute(
        sa.select(RUNS.c.id, RUNS.c.whole).where(RUNS.c.run_id == run.head["run_id"])
    ).one_or_none()
    if known is not None and (known.whole or not run.head["whole"]):
        return "is there already"
    if known is not None:
        connection.execute(RESULTS.delete().where(RESULTS.c.run == known.id))
        connection.execute(RUNS.delete().where(RUNS.c.id == known.id))
    connection.execute(RUNS.insert().values(**run.head))
    own = RUNS.c.run_id == run.head["run_id"]
    number = connection.execute(sa.select(RUNS.c.id).where(own)).scalar_one()
    ids = _numbered(connection, [name for name, _, _ in run.results])
    rows = [
        {"run": number, "scenario": ids[name], "verdict": verdict, "requirement": requirement}
        for name, verdict, requirement in run.results
    ]
    if rows:
        connection.execute(RESULTS.insert(), rows)
    stopped = "" if run.head["whole"] else ", the run was stopped"
    return f"{'replaced' if known is not None else 'added'} ({len(rows)} scenarios{stopped})"


def _numbered(connection: sa.Connection, names: Sequence[str]) -> Mapping[str, int]:
    """The numbers of scenarios by name; those that are new get one."""
    known = _known(connection, names)
    new = [{"name": name} for name in names if name not in known]
    if not new:
        return known
    connection.execute(SCENARIOS.insert(), new)
    return {**known, **_known(connection, [one["name"] for one in new])}


def _known(connection: sa.Connection, names: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for at in range(0, len(names), MOST_VALUES):
        wanted = SCENARIOS.c.name.in_(names[at : at + MOST_VALUES])
        for row in connection.execute(sa.select(SCENARIOS.c.name, SCENARIOS.c.id).where(wanted)):
            found[row.name] = row.id
    return found
