"""The two tables of the bank, and the one that says which version of the tables this is."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    false,
)

metadata = MetaData()

# Alembic's own table, apart from what is kept; it is asked without alembic, which takes a while to load.
marks = MetaData()
version = Table("alembic_version", marks, Column("version_num", String(32), primary_key=True))

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
    # Of a class that was deleted: nobody finds it any more, and its rows go in small portions.
    Column("removed", Boolean, nullable=False, server_default=false()),
    Index("seats_removed", "removed", "code"),
    Index("seats_by_number", "number"),  # the next number is told without a look at every seat
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
