"""The tables of training; the two tables of the bank do not refer to them."""

from __future__ import annotations

from sqlalchemy import Column, DateTime, ForeignKey, Index, Integer, LargeBinary, String, Table, Text

from simulator.store.database import metadata

classes = Table(
    "classes",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("code", String(16), nullable=False, unique=True),  # what trainees type to join
    Column("made", DateTime, nullable=False),
    Column("document", LargeBinary, nullable=False),
)

members = Table(
    "members",
    metadata,
    Column("seat", String(32), ForeignKey("seats.code"), primary_key=True),
    Column("class_id", Integer, ForeignKey("classes.id"), nullable=True),  # none: self-study
    Column("place", Integer, nullable=False),  # 1 for a class's first seat
    Column("code", String(16), nullable=False, unique=True),  # what its trainee types to come back
    Column("name", String(80), nullable=False),
    Column("joined", DateTime, nullable=True),
    Column("document", LargeBinary, nullable=False),
    Index("members_by_class", "class_id", "place"),
    Index("members_joined", "class_id", "joined"),
)

practices = Table(
    "practices",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("seat", String(32), ForeignKey("seats.code"), nullable=False),
    Column("course", String(16), nullable=False),
    Column("mode", String(16), nullable=False),
    Column("started", DateTime, nullable=False),
    Column("ended", DateTime, nullable=True),
    Column("outcome", String(16), nullable=False),
    Column("document", LargeBinary, nullable=False),
    Column("faults", Integer, nullable=False, server_default="0"),  # in all, as in the document
    Index("practices_by_seat", "seat", "id"),
    # What a class's board and results count, without a look at a document.
    Index("practices_counted", "seat", "course", "mode", "outcome", "faults"),
)

# The bank of a practice that was interrupted, and the events of it as JSON.
interrupted = Table(
    "interrupted",
    metadata,
    Column("practice", Integer, ForeignKey("practices.id"), primary_key=True),
    Column("seat", String(32), nullable=False),
    Column("world", LargeBinary, nullable=False),
    Column("events", LargeBinary, nullable=False),
    Index("interrupted_by_seat", "seat"),
)

trail = Table(
    "trail",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("practice", Integer, ForeignKey("practices.id"), nullable=False),
    Column("seat", String(32), nullable=False),
    Column("at", DateTime, nullable=False),
    Column("kind", String(16), nullable=False),  # passed, mistake, helped, began, ended
    Column("item", String(24), nullable=False),  # the step of the manual, as 2-1.4
    Column("data", Text, nullable=False),  # JSON; never a password
    Index("trail_by_seat", "seat", "id"),
    Index("trail_by_practice", "practice", "id"),
)

keys = Table(
    "keys",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("value", Text, nullable=False),
)
