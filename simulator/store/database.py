"""The two tables of the bank, and the database engine."""

from __future__ import annotations

import sqlite3
import time
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
    text,
)
from sqlalchemy.engine import make_url
from sqlalchemy.pool import NullPool, Pool, QueuePool

from simulator.store.trouble import trouble_of

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
# Of a database server: nothing is waited for without an end.
LIMITS = {
    "lock_timeout": "10s",
    "statement_timeout": "30s",
    "idle_in_transaction_session_timeout": "30s",
}
CONNECTIONS_KEPT, MOST_CONNECTIONS = 8, 16
START_WAIT_SECONDS = 5  # a server that starts tells soon that another program holds the file


def open_database(url: str) -> Engine:
    """Return an engine on this database with all tables; SQLite in WAL mode, one writer at a time.

    Raises SQLAlchemyError where it cannot be opened or written to.
    """
    if make_url(url).get_backend_name() != "sqlite":
        return _open_server(url)
    making = _sqlite_engine(url, NullPool, START_WAIT_SECONDS)
    # Under the write lock, or two servers that start together would both make the tables.
    with making.connect().execution_options(writes=True) as connection, connection.begin():
        metadata.create_all(connection)
    # As many connections as threads: each keeps one to read by, and one of them writes at a time.
    return _sqlite_engine(url, QueuePool, LOCK_WAIT_SECONDS, max_overflow=-1)


def _open_server(url: str) -> Engine:
    """Return an engine on a database server, PostgreSQL, with as many connections as threads may want."""
    engine = create_engine(
        url,
        hide_parameters=True,
        pool_pre_ping=True,  # the server may have been started anew
        pool_size=CONNECTIONS_KEPT,
        max_overflow=MOST_CONNECTIONS - CONNECTIONS_KEPT,
        connect_args={"options": " ".join(f"-c {name}={value}" for name, value in LIMITS.items())},
    )
    with engine.begin() as connection:
        # Nodes that start together would all make the tables.
        connection.execute(text("SELECT pg_advisory_xact_lock(1560)"))
        metadata.create_all(connection)
    return engine


def _sqlite_engine(url: str, pool: type[Pool], wait_seconds: float, **options: int) -> Engine:
    engine = create_engine(
        url,
        poolclass=pool,
        hide_parameters=True,
        connect_args={"check_same_thread": False, "timeout": wait_seconds},
        **options,
    )

    def configure(connection: Any, _record: object) -> None:
        # The driver must not begin transactions by itself: _begin_sqlite chooses their kind.
        connection.isolation_level = None
        cursor = connection.cursor()
        _use_wal(cursor, wait_seconds)
        for pragma in ("synchronous=NORMAL", "foreign_keys=ON"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    event.listen(engine, "connect", configure)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _use_wal(cursor: Any, wait_seconds: float) -> None:
    """Put a database into WAL mode. Another server may be doing the same: only that is waited for."""
    end = time.monotonic() + wait_seconds
    while True:
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if trouble_of(error).kind != "busy" or time.monotonic() > end:
                raise
            # SQLite does not wait for a change of mode by itself; for this lock it does.
            cursor.execute("BEGIN EXCLUSIVE")
            cursor.execute("COMMIT")
        else:
            return


def _begin_sqlite(connection: Any) -> None:
    # BEGIN IMMEDIATE takes the write lock first, so that what was read cannot be stale when saved.
    # Who reads asks one question at a time, and each is a transaction by itself.
    if connection.get_execution_options().get("writes", False):
        connection.exec_driver_sql("BEGIN IMMEDIATE")
