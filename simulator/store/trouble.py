"""The reason for which the database did not answer, told from the driver's error."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Literal

from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import SQLAlchemyError as DatabaseError

# busy: others write, and trying again helps. full, read_only: nothing can be kept. unreadable: the file is
# damaged, is no database or cannot be reached. away: there is no database server at the moment. other: none
# of these.
Kind = Literal["busy", "full", "read_only", "unreadable", "away", "other"]

KINDS: dict[int, Kind] = {
    sqlite3.SQLITE_BUSY: "busy",
    sqlite3.SQLITE_LOCKED: "busy",
    sqlite3.SQLITE_FULL: "full",
    sqlite3.SQLITE_READONLY: "read_only",
    sqlite3.SQLITE_PERM: "read_only",
    sqlite3.SQLITE_CANTOPEN: "unreadable",
    sqlite3.SQLITE_CORRUPT: "unreadable",
    sqlite3.SQLITE_IOERR: "unreadable",
    sqlite3.SQLITE_NOLFS: "unreadable",
    sqlite3.SQLITE_NOTADB: "unreadable",
    sqlite3.SQLITE_PROTOCOL: "unreadable",
}
# PostgreSQL's classes and codes of states.
STATES: dict[str, Kind] = {
    "55P03": "busy",  # a lock was waited for too long
    "57014": "busy",  # so was a statement
    "40001": "busy",
    "40P01": "busy",
    "53300": "busy",  # too many connections
    "57P03": "busy",  # it is just starting
    "57P01": "busy",  # it is just being stopped
    "53100": "full",
    "25006": "read_only",
    "42501": "read_only",
}
PRIMARY = 0xFF  # the part of SQLite's extended codes that names the kind


@dataclass(frozen=True)
class Trouble:
    """The kind of a failure and the driver's own words for it, one line without any value of a statement."""

    kind: Kind
    reason: str


def trouble_of(error: DatabaseError | sqlite3.Error) -> Trouble:
    """Return why the database did not answer."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    code = getattr(cause, "sqlite_errorcode", None)
    if code is not None:
        kind = KINDS.get(code & PRIMARY, "other")
    elif isinstance(error, DBAPIError) and error.connection_invalidated:
        kind = "busy"  # the server was started anew: the next question finds it
    elif isinstance(error, OperationalError) and getattr(cause, "sqlstate", "") is None:
        kind = "away"  # it was never reached: what answers has a code of its own for what is wrong
    else:
        kind = STATES.get(getattr(cause, "sqlstate", None) or "", "other")
    # SQLAlchemy's own text holds the statement; the driver's first line does not.
    words = str(cause).partition("\n")[0] if cause is not error or code is not None else ""
    return Trouble(kind, words or type(error).__name__)


__all__ = ["DatabaseError", "Trouble", "trouble_of"]
