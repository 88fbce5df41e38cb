"""The one writer of a SQLite file: changes that wait for each other are made durable by one commit.

A commit waits for the disk, and meanwhile nobody else can write. So a change behind which others wait already
leaves the transaction open for the next one; the last of them commits for all, and each goes on only then:
what was answered is as durable as with a commit of its own.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator

from sqlalchemy import Connection, NestedTransaction
from sqlalchemy.exc import SQLAlchemyError as DatabaseError

MOST_TOGETHER = 16  # then the commit is due, whoever waits


class _Group:
    """Changes in one transaction."""

    def __init__(self) -> None:
        self.size = 0
        self.is_done = threading.Event()
        self.error: BaseException | None = None


class GroupCommit:
    """The transactions of one connection, for all threads. connect: opens it, also anew after it broke."""

    def __init__(self, connect: Callable[[], Connection]) -> None:
        self._connect = connect
        self._connection: Connection | None = None
        # SQLite's own waiting sleeps, which makes a long tail: writers queue here instead.
        self._lock = threading.Lock()
        self._waiting = 0
        self._counting = threading.Lock()
        self._group: _Group | None = None

    def close(self) -> None:
        """Close the connection."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    @contextlib.contextmanager
    def transaction(self) -> Iterator[Connection]:
        """Give the connection for one change, which is durable when the block has been left.

        An error inside undoes this change alone. An error of the commit, or one at which the database has
        given up the whole transaction, is raised in every change that it undid.
        """
        with self._counting:
            self._waiting += 1
        with self._lock:
            with self._counting:
                self._waiting -= 1
            group, connection = self._join()
            savepoint: NestedTransaction | None = None
            try:
                if group.size > 1:
                    savepoint = connection.begin_nested()
                yield connection
                if savepoint:
                    savepoint.commit()
            except BaseException as error:
                self._undo(group, connection, savepoint, error)
                raise
            finally:
                if self._group is group and (not self._waiting or group.size >= MOST_TOGETHER):
                    self._commit(group, connection)
        group.is_done.wait()
        if group.error is not None:
            raise group.error

    def _join(self) -> tuple[_Group, Connection]:
        connection = self._connection
        if connection is None or connection.closed or connection.invalidated:
            connection = self._connection = self._connect()
        if self._group is None:
            connection.begin()
            self._group = _Group()
        self._group.size += 1
        return self._group, connection

    def _undo(
        self, group: _Group, connection: Connection, savepoint: NestedTransaction | None, error: BaseException
    ) -> None:
        """Undo a change alone; the whole transaction where it is the first or the database gave up."""
        if savepoint and not connection.invalidated and connection.connection.in_transaction:
            with contextlib.suppress(DatabaseError):
                savepoint.rollback()
                return
        self._group = None
        group.error = error
        group.is_done.set()
        if transaction := connection.get_transaction():
            transaction.rollback()

    def _commit(self, group: _Group, connection: Connection) -> None:
        self._group = None
        try:
            if transaction := connection.get_transaction():
                transaction.commit()
        except BaseException as error:  # noqa: BLE001  raised by each of the changes
            group.error = error
            connection.invalidate()  # whatever state it is in: the next change opens another
        finally:
            group.is_done.set()
