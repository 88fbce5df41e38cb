"""All rows of one database into another, in one transaction of each, whatever kinds they are."""

from __future__ import annotations

from sqlalchemy import Connection, Table, func, insert, select, text

from simulator.store import training_tables  # noqa: F401  its tables go with the others
from simulator.store.database import metadata
from simulator.store.engine import is_sqlite, plain_engine
from simulator.store.schema import LOCK, OlderError, State, bring_up_to_date, make, state_of

PORTION = 500  # rows in memory at once


class NotEmptyError(Exception):
    """The database that was to take everything holds something already."""


class DifferentError(Exception):
    """A table arrived with fewer or more rows than were sent, so nothing is kept. The argument names it."""


def counts(connection: Connection) -> dict[str, int]:
    """Return the number of rows of each table."""
    return {
        table.name: connection.scalar(select(func.count()).select_from(table)) or 0
        for table in metadata.sorted_tables
    }


def transfer(source: str, target: str) -> dict[str, int]:
    """Put everything of one database into another, which has to be empty; return the rows by table.

    The source stands still meanwhile: a SQLite file is locked, a server shows one moment of it.
    Raises NotEmptyError, DifferentError, OlderError, SchemaError, SQLAlchemyError; then nothing was changed.
    """
    there, here = _reader(source), plain_engine(target).connect().execution_options(writes=True)
    with there as reading, here as writing, reading.begin(), writing.begin():
        if state_of(reading) != "present":
            raise OlderError
        _make_empty(writing)
        for table in metadata.sorted_tables:
            _copy(reading, writing, table)
        _count_on(writing)
        sent, arrived = counts(reading), counts(writing)
        if sent != arrived:
            raise DifferentError(next(name for name in sent if sent[name] != arrived[name]))
    return sent


def _reader(url: str) -> Connection:
    connection = plain_engine(url).connect()
    if is_sqlite(url):
        return connection.execution_options(writes=True)  # nothing is written, and nobody else does
    return connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)


def _make_empty(connection: Connection) -> None:
    """Make the tables, where they are not there yet. Raises NotEmptyError, SchemaError."""
    state = state_of(connection)
    if state == "old":
        raise NotEmptyError
    if state == "empty":
        make(connection)
    elif any(counts(connection).values()):
        raise NotEmptyError


def _copy(reading: Connection, writing: Connection, table: Table) -> None:
    rows = reading.execution_options(yield_per=PORTION).execute(select(table))
    for part in rows.mappings().partitions():
        writing.execute(insert(table), [dict(row) for row in part])


def _count_on(connection: Connection) -> None:
    """Let PostgreSQL give the next numbers after those that came along; SQLite does so by itself."""
    if connection.dialect.name != "postgresql":
        return
    for table in metadata.sorted_tables:
        if table.autoincrement_column is None or table.autoincrement_column.foreign_keys:
            continue
        column = table.autoincrement_column.name
        connection.execute(
            text(
                f"SELECT setval(pg_get_serial_sequence('{table.name}', '{column}'),"  # noqa: S608  our own names
                f" (SELECT coalesce(max({column}), 0) + 1 FROM {table.name}), false)"
            )
        )


def upgrade(url: str) -> State:
    """Bring the tables of a database server up to date, or make them; return how they stood before.

    Raises NewerError, ForeignError, SQLAlchemyError; then nothing was changed.
    """
    with plain_engine(url).begin() as connection:
        connection.execute(text(f"SELECT pg_advisory_xact_lock({LOCK})"))
        state = state_of(connection)
        if state == "old":
            bring_up_to_date(connection)
        elif state == "empty":
            make(connection)
    return state
