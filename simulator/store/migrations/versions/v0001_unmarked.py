"""Every table of the time before versions were counted; whichever a database lacks is made.

Such a database was made by one program and perhaps opened by later ones, which added whole tables.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make what is missing."""
    tables = _tables()
    tables.create_all(op.get_bind())


def _tables() -> sa.MetaData:
    made = sa.MetaData()
    _bank(made)
    _training(made)
    _practices(made)
    return made


def _bank(made: sa.MetaData) -> None:
    sa.Table(
        "seats",
        made,
        sa.Column("code", sa.String(32), primary_key=True),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("label", sa.String(80), nullable=False),
        sa.Column("seed", sa.Integer, nullable=False),
        sa.Column("run", sa.Integer, nullable=False),
        sa.Column("document", sa.LargeBinary, nullable=False),
    )
    sa.Table(
        "events",
        made,
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("seat", sa.String(32), sa.ForeignKey("seats.code"), nullable=False),
        sa.Column("run", sa.Integer, nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("login_id", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("data", sa.Text, nullable=False),
        sa.Index("events_by_seat", "seat", "run", "id"),
    )
    sa.Table(
        "keys",
        made,
        sa.Column("name", sa.String(40), primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
    )


def _training(made: sa.MetaData) -> None:
    sa.Table(
        "classes",
        made,
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("code", sa.String(16), nullable=False, unique=True),
        sa.Column("made", sa.DateTime, nullable=False),
        sa.Column("document", sa.LargeBinary, nullable=False),
    )
    sa.Table(
        "members",
        made,
        sa.Column("seat", sa.String(32), sa.ForeignKey("seats.code"), primary_key=True),
        sa.Column("class_id", sa.Integer, sa.ForeignKey("classes.id"), nullable=True),
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("code", sa.String(16), nullable=False, unique=True),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("joined", sa.DateTime, nullable=True),
        sa.Column("document", sa.LargeBinary, nullable=False),
        sa.Index("members_by_class", "class_id", "place"),
    )


def _practices(made: sa.MetaData) -> None:
    sa.Table(
        "practices",
        made,
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("seat", sa.String(32), sa.ForeignKey("seats.code"), nullable=False),
        sa.Column("course", sa.String(16), nullable=False),
        sa.Column("mode", sa.String(16), nullable=False),
        sa.Column("started", sa.DateTime, nullable=False),
        sa.Column("ended", sa.DateTime, nullable=True),
        sa.Column("outcome", sa.String(16), nullable=False),
        sa.Column("document", sa.LargeBinary, nullable=False),
        sa.Index("practices_by_seat", "seat", "id"),
    )
    sa.Table(
        "interrupted",
        made,
        sa.Column("practice", sa.Integer, sa.ForeignKey("practices.id"), primary_key=True),
        sa.Column("seat", sa.String(32), nullable=False),
        sa.Column("world", sa.LargeBinary, nullable=False),
        sa.Column("events", sa.LargeBinary, nullable=False),
        sa.Index("interrupted_by_seat", "seat"),
    )
    sa.Table(
        "trail",
        made,
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("practice", sa.Integer, sa.ForeignKey("practices.id"), nullable=False),
        sa.Column("seat", sa.String(32), nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("item", sa.String(24), nullable=False),
        sa.Column("data", sa.Text, nullable=False),
        sa.Index("trail_by_seat", "seat", "id"),
        sa.Index("trail_by_practice", "practice", "id"),
    )
