"""Tries at a secret, counted by who tries: one table for all nodes, which holds the last minute alone."""

from __future__ import annotations

import time

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Index,
    String,
    Table,
    bindparam,
    delete,
    insert,
    select,
    text,
)

from simulator.store.database import metadata
from simulator.store.worlds import Worlds

tries = Table(
    "tries",
    metadata,
    Column("visitor", String(64), nullable=False),
    Column("at", BigInteger, nullable=False),  # milliseconds of the clock below
    Index("tries_by_visitor", "visitor", "at"),
    Index("tries_by_time", "at"),
)

_OF = select(tries.c.at).where(tries.c.visitor == bindparam("visitor")).order_by(tries.c.at)
# A clock that was set back, or a computer that was started anew, leaves rows of the future.
_FORGET = delete(tries).where((tries.c.at <= bindparam("since")) | (tries.c.at > bindparam("now")))
_ADD = insert(tries)
_CLOCK = text("SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint")


def take(worlds: Worlds, visitor: str, most: int, window_seconds: int) -> int:
    """Count a try before it is evaluated, so that many at once gain nothing, at whichever node.

    visitor: at most 64 letters. Return 0, or the milliseconds until there may be another one where ``most``
    fall into the window; the one too many is not counted.
    """
    # In one line for all visitors: a try is soon counted, and nobody can wait for somebody who waits for him.
    with worlds.writing("tries") as connection:
        now = _now(connection)
        since = now - window_seconds * 1000
        connection.execute(_FORGET, {"since": since, "now": now})
        before = list(connection.scalars(_OF, {"visitor": visitor}))
        if len(before) >= most:
            return max(1, int(before[-most]) - since)
        connection.execute(_ADD, {"visitor": visitor, "at": now})
    return 0


def _now(connection: Connection) -> int:
    """Return milliseconds that every node counts alike: the server's, of a file since the computer started.

    Nobody sets the latter, and all processes that share a file are on one computer.
    """
    if connection.dialect.name == "sqlite":
        return int(time.monotonic() * 1000)
    return int(connection.scalar(_CLOCK) or 0)
