"""Connections to one database: to read by, and the transactions that change something.

What is changed is one seat or anything at all. Two changes of one seat follow each other, and a change of
anything excludes every other; changes of different seats go on side by side where the database lets several
write (PostgreSQL, by advisory locks), on SQLite one after another.
"""

from __future__ import annotations

import threading
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeGuard

from sqlalchemy import Connection, bindparam, text

from simulator.store.engine import Durability, open_database
from simulator.store.group_commit import GroupCommit

# Held in this order, so that no two transactions wait for each other. The numbers are this program's own.
_ALL = text("SELECT pg_advisory_xact_lock(1560)")
_ALL_SHARED = text("SELECT pg_advisory_xact_lock_shared(1560)")
_SEAT = text("SELECT pg_advisory_xact_lock(1560, hashtext(:seat))").bindparams(bindparam("seat"))


class Connections:
    """The connections of one process to one database."""

    def __init__(self, url: str, durability: Durability = "full") -> None:
        self.engine, self.copy_before = open_database(url, durability)
        self._is_sqlite = self.engine.dialect.name == "sqlite"
        self._writer = GroupCommit(lambda: self.engine.connect().execution_options(writes=True))
        # To open and let go of a connection costs more than most questions: on SQLite each thread keeps one.
        self._kept = threading.local()
        self._readers = weakref.WeakSet[Connection]()
        # Who works on after an answer, and how they hear of the end.
        self.beside: list[threading.Thread] = []
        self.closing = threading.Event()

    def close(self) -> None:
        """Close every connection."""
        self.closing.set()
        for thread in self.beside:
            thread.join()
        self._writer.close()
        for connection in self._readers:
            connection.close()
        self._kept = threading.local()
        self.engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection for questions that change nothing.

        Inside a change it is the change's own, which sees what was changed so far; a second one would have to
        be waited for.
        """
        changing: Connection | None = getattr(self._kept, "changing", None)
        if changing is not None:
            yield changing
        elif self._is_sqlite:
            yield self._reader()  # each question is a transaction by itself
        else:
            with self.engine.connect() as connection:
                yield connection

    def _reader(self) -> Connection:
        connection: Connection | None = getattr(self._kept, "reader", None)
        if not _is_usable(connection):
            connection = self.engine.connect().execution_options(isolation_level="AUTOCOMMIT")
            self._kept.reader = connection
            self._readers.add(connection)
        return connection

    @contextmanager
    def writing(self, seat: str = "") -> Iterator[Connection]:
        """Open a transaction.

        seat: the code of the only seat that it changes, "" where it may change anything.

        Raises RuntimeError inside another one, which would wait for itself for ever.
        """
        if getattr(self._kept, "changing", None) is not None:
            message = "a change inside a change"
            raise RuntimeError(message)
        with self._writer.transaction() if self._is_sqlite else self._locked(seat) as connection:
            self._kept.changing = connection
            try:
                yield connection
            finally:
                self._kept.changing = None

    @contextmanager
    def _locked(self, seat: str) -> Iterator[Connection]:
        with self.engine.begin() as connection:
            if seat:
                connection.execute(_ALL_SHARED)
                connection.execute(_SEAT, {"seat": seat})
            else:
                connection.execute(_ALL)
            yield connection


def _is_usable(connection: Connection | None) -> TypeGuard[Connection]:
    return connection is not None and not (connection.closed or connection.invalidated)
