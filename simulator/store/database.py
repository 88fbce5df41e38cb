"""The two tables of the bank, and the database engine."""

from __future__ import annotations

import sqlite3
from typing import Any

from sqlalchemy import (
    Column,
    DateTime,
    Engine,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    create_engine,
    event,
)
from sqlalchemy.engine import make_url
from sqlalchemy.pool import QueuePool

metadata = MetaData()

seats = Table(
    "seats",
    metadata,
    Column("code", String(32), primary_key=True),
    Column("number", Integer, nullable=False),
    Column("label", String(80), nullable=False),
    Column("seed", Integer, nullable=False),
    # Counts resets: the bank's own history begins anew with each.
    Column("run", Integer, nullable=False),
    Column("document", LargeBinary, nullable=False),
)

events = Table(
    "events",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("seat", String(32), ForeignKey("seats.code"), nullable=False),
    Column("run", Integer, nullable=False),
    Column("at", DateTime, nullable=False),  # the bank's time, in Japan
    Column("login_id", String(32), nullable=False),
    Column("kind", String(40), nullable=False),
    Column("data", Text, nullable=False),
    Index("events_by_seat", "seat", "run", "id"),
)

LOCK_WAIT_SECONDS = 30


def open_database(url: str) -> Engine:
    """Return an engine on this database with all tables; SQLite in WAL mode, one writer at a time."""
    if make_url(url).get_backend_name() != "sqlite":
        engine = create_engine(url)
        metadata.create_all(engine)
        return engine
    # As many connections as threads: each keeps one to read by, and one of them writes at a time.
    engine = create_engine(
        url,
        poolclass=QueuePool,
        max_overflow=-1,
        connect_args={"check_same_thread": False, "timeout": LOCK_WAIT_SECONDS},
    )
    event.listen(engine, "connect", _configure_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    # Under the write lock, or two servers that start together would both make the tables.
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        metadata.create_all(connection)
    return engine


def _configure_sqlite(connection: Any, _record: object) -> None:
    # The driver must not begin transactions by itself: _begin_sqlite chooses their kind.
    connection.isolation_level = None
    cursor = connection.cursor()
    _use_wal(cursor)
    for pragma in ("synchronous=NORMAL", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _use_wal(cursor: Any) -> None:
    while True:
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError:
            # Another server is just doing the same. SQLite does not wait for that; for this lock it does.
            cursor.execute("BEGIN EXCLUSIVE")
            cursor.execute("COMMIT")
        else:
            return


def _begin_sqlite(connection: Any) -> None:
    # BEGIN IMMEDIATE takes the write lock first, so that what was read cannot be stale when saved.
    # Who reads asks one question at a time, and each is a transaction by itself.
    if connection.get_execution_options().get("writes", False):
        connection.exec_driver_sql("BEGIN IMMEDIATE")
