"""Whether a database answers and has the tables that this program works with."""

from __future__ import annotations

from sqlalchemy import select

from simulator.store.database import metadata
from simulator.store.worlds import Worlds

# Every column of every table, and not one row.
_COLUMNS = [select(table).limit(0) for table in metadata.sorted_tables]


def look(worlds: Worlds) -> None:
    """Return where the database is fit to be worked with. Raises DatabaseError where it is not."""
    with worlds.reading() as connection:
        for query in _COLUMNS:
            connection.execute(query).close()
