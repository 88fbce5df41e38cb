"""The engine on a database: how its connections are opened, and its tables made or brought up to date."""

from __future__ import annotations

import sqlite3
import time
from typing import Any, Literal, NamedTuple

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.pool import NullPool, Pool, QueuePool

from simulator.store.schema import prepare, prepare_server
from simulator.store.trouble import trouble_of

LOCK_WAIT_SECONDS = 30
# Of a database server: nothing is waited for without an end.
LIMITS = {
    "lock_timeout": "10s",
    "statement_timeout": "30s",
    "idle_in_transaction_session_timeout": "30s",
}
# Of the commands that go through a whole database.
WIDE_LIMITS = {"lock_timeout": "60s"}
CONNECTIONS_KEPT, MOST_CONNECTIONS = 8, 16
START_WAIT_SECONDS = 5  # a server that starts tells soon that another program holds the file
MOST_LOG_BYTES = 64 * 1024 * 1024  # of the write-ahead log, once what is in it stands in the file

# full: what was answered outlives a power cut. normal: a power cut may take the last moments, never more.
Durability = Literal["full", "normal"]


class Opened(NamedTuple):
    """An engine on a database. copy: where the file went before its tables changed, "" for nowhere."""

    engine: Engine
    copy: str = ""


def open_database(url: str, durability: Durability = "full") -> Opened:
    """Return an engine on this database with all tables; SQLite in WAL mode, one writer at a time.

    Raises SQLAlchemyError where it cannot be opened or written to, SchemaError where its tables are others.
    """
    if not is_sqlite(url):
        return Opened(_open_server(url, durability))
    copy = make_sqlite(url)
    # As many connections as threads: each keeps one to read by, and one of them writes at a time.
    return Opened(_sqlite_engine(url, QueuePool, LOCK_WAIT_SECONDS, durability, max_overflow=-1), copy)


def is_sqlite(url: str) -> bool:
    """Return whether a URL is that of a SQLite file."""
    return make_url(url).get_backend_name() == "sqlite"


def make_sqlite(url: str) -> str:
    """Make the tables of a SQLite file, or bring them up to date after a copy; return its name, "" for none.

    Raises SQLAlchemyError, SchemaError.
    """
    making = _sqlite_engine(url, NullPool, START_WAIT_SECONDS, "full")
    # Under the write lock, or two servers that start together would both make the tables.
    with making.connect().execution_options(writes=True) as connection, connection.begin():
        return prepare(connection)


def plain_engine(url: str) -> Engine:
    """Return an engine that takes a database as it is, for the commands that go through all of it."""
    if is_sqlite(url):
        return _sqlite_engine(url, NullPool, START_WAIT_SECONDS, "full")
    return _server_engine(url, WIDE_LIMITS, poolclass=NullPool)


def _open_server(url: str, durability: Durability) -> Engine:
    """Return an engine on a database server, PostgreSQL, with as many connections as threads may want."""
    limits = LIMITS if durability == "full" else {**LIMITS, "synchronous_commit": "off"}
    engine = _server_engine(
        url,
        limits,
        pool_pre_ping=True,  # the server may have been started anew
        pool_size=CONNECTIONS_KEPT,
        max_overflow=MOST_CONNECTIONS - CONNECTIONS_KEPT,
    )
    try:
        with engine.begin() as connection:
            prepare_server(connection)
    except BaseException:
        engine.dispose()
        raise
    return engine


def _server_engine(url: str, limits: dict[str, str], **options: Any) -> Engine:
    arguments = {"options": " ".join(f"-c {name}={value}" for name, value in limits.items())}
    return create_engine(url, hide_parameters=True, connect_args=arguments, **options)


def _sqlite_engine(
    url: str, pool: type[Pool], wait_seconds: float, durability: Durability, **options: int
) -> Engine:
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
        for pragma in (
            f"synchronous={durability.upper()}",
            f"journal_size_limit={MOST_LOG_BYTES}",
            "foreign_keys=ON",
        ):
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
