"""Which version of the tables a database has, and what is done about it when it is opened.

The versions are alembic's revisions in ``migrations``; an empty database gets the present tables at once.
Everything happens in one transaction under a lock that every node waits for.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Literal

from sqlalchemy import Connection, delete, insert, inspect, select, text

from simulator.banks.chosen import bank
from simulator.banks.reading import default_pack
from simulator.store import sqlite_file
from simulator.store.database import marks, metadata, seats, version
from simulator.store.training_tables import keys

# Of the present tables and documents; the name of alembic's newest revision.
NEWEST = "0003"
KNOWN = ("0001", "0002", NEWEST)
UNMARKED = "0000"  # made before versions were counted
LOCK = 1560  # of PostgreSQL, this program's own; Connections holds the same to change anything at all
BANK_KEY = "bank"  # of the row that names the bank pack
EVERY_ERA = {"code", "number", "label", "seed", "run", "document"}  # columns of seats in every version

State = Literal["empty", "old", "present"]


class SchemaError(Exception):
    """A database whose tables are not those of this program."""


class NewerError(SchemaError):
    """It was made by a newer version of this program; the argument is the version of its tables."""


class OlderError(SchemaError):
    """Its tables have to be brought up to date first, by a command of its own."""


class NoCopyError(SchemaError):
    """The file could not be copied, so its tables stay as they are; the argument is the system's reason."""


class DamagedError(SchemaError):
    """A document of it cannot be read, so that its tables stay as they are; the argument is the reason."""


class ForeignError(SchemaError):
    """It belongs to another program."""


class OtherBankError(SchemaError):
    """It was made for another bank's pack; the argument is that pack's id."""


def version_of(connection: Connection) -> str:
    """Return the version of a database's tables, "" where it has none of ours. Raises ForeignError."""
    tables = inspect(connection)
    if tables.has_table(version.name):
        return connection.scalar(select(version.c.version_num)) or UNMARKED
    if not tables.has_table(seats.name):
        return ""
    if not {column["name"] for column in tables.get_columns(seats.name)} >= EVERY_ERA:
        raise ForeignError
    return UNMARKED


def state_of(connection: Connection) -> State:
    """Return how a database's tables stand to the present ones. Raises NewerError, ForeignError."""
    found = version_of(connection)
    if found not in ("", UNMARKED, *KNOWN):
        raise NewerError(found)
    return "empty" if not found else "present" if found == NEWEST else "old"


def prepare(connection: Connection) -> str:
    """Make the tables of a SQLite file in this transaction, or bring old ones up to date.

    The file is copied beside itself before an old one is touched. Return the copy's path, "" for none.
    Raises NewerError, ForeignError, NoCopyError, DamagedError, OtherBankError.
    """
    state, copy = state_of(connection), ""
    if state == "empty":
        make(connection)
    elif state == "old":
        path = connection.engine.url.database or ""
        if not path.startswith("file:"):  # a URI of SQLite's own is for those who know what they do
            copy = _copied(Path(path), version_of(connection))
        bring_up_to_date(connection)
    check_bank(connection)
    return copy


def _copied(path: Path, found: str) -> str:
    try:
        return str(sqlite_file.copy_beside(path, f"v{found}"))
    except (OSError, sqlite3.Error) as error:
        raise NoCopyError(getattr(error, "strerror", None) or str(error)) from error


def prepare_server(connection: Connection) -> None:
    """Make the tables of a database server in this transaction; old ones are refused.

    Raises OlderError, NewerError, ForeignError, OtherBankError.
    """
    # Nodes that start together would all make the tables.
    connection.execute(text(f"SELECT pg_advisory_xact_lock({LOCK})"))
    state = state_of(connection)
    if state == "old":
        raise OlderError
    if state == "empty":
        make(connection)
    check_bank(connection)


def check_bank(connection: Connection) -> None:
    """Mark a database without a seat as this bank's; raise OtherBankError for one with another bank's seats.

    A seat's document holds login IDs, names and numbers of its bank. A database without a mark is the default
    bank's.
    """
    mine, mark = bank().id, keys.c.name == BANK_KEY
    found = connection.scalar(select(keys.c.value).where(mark)) or default_pack().id
    if found == mine:
        return
    if connection.execute(select(seats.c.code).limit(1)).first():
        raise OtherBankError(found)
    connection.execute(delete(keys).where(mark))
    connection.execute(insert(keys).values(name=BANK_KEY, value=mine))


def make(connection: Connection) -> None:
    """Make the present tables in an empty database."""
    metadata.create_all(connection)
    marks.create_all(connection)
    connection.execute(insert(version).values(version_num=NEWEST))


def bring_up_to_date(connection: Connection) -> None:
    """Change old tables and documents to the present ones, in this transaction. Raises DamagedError."""
    # Imported late: alembic is needed once in a database's life, and would slow down every start.
    from simulator.store.migrations.run import upgrade  # noqa: PLC0415

    try:
        upgrade(connection)
    except ValueError as error:  # also of a document that is no JSON
        raise DamagedError(str(error)) from error
