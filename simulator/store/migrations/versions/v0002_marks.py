"""Documents with a version; a practice's mistakes beside it; seats that go away in portions; tries."""

from __future__ import annotations

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

from simulator.store import documents

revision = "0002"
down_revision = "0001"

PORTION = 500  # documents in memory at once
# Where documents are kept: table, key, column and kind.
PLACES: tuple[tuple[str, str, str, documents.Kind], ...] = (
    ("seats", "code", "document", "world"),
    ("interrupted", "practice", "world", "world"),
    ("classes", "id", "document", "plan"),
    ("members", "seat", "document", "learner"),
    ("practices", "id", "document", "practice"),
)


def upgrade() -> None:
    """Change the tables, then every document."""
    op.add_column("seats", sa.Column("removed", sa.Boolean, nullable=False, server_default=sa.false()))
    op.create_index("seats_removed", "seats", ["removed", "code"])
    op.add_column("practices", sa.Column("faults", sa.Integer, nullable=False, server_default="0"))
    for name, key, column, kind in PLACES:
        _change_documents(op.get_bind(), name, key, column, kind)
    # After the counts: an index is made faster than it is kept up.
    op.create_index("practices_counted", "practices", ["seat", "course", "mode", "outcome", "faults"])
    op.create_index("members_joined", "members", ["class_id", "joined"])
    op.create_table(
        "tries",
        sa.Column("visitor", sa.String(64), nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
    )
    op.create_index("tries_by_visitor", "tries", ["visitor", "at"])
    op.create_index("tries_by_time", "tries", ["at"])


def _change_documents(
    connection: sa.Connection, name: str, key: str, column: str, kind: documents.Kind
) -> None:
    table = sa.table(name, sa.column(key), sa.column(column), sa.column("faults"))
    of, document, last = table.c[key], table.c[column], None
    while True:
        query = sa.select(of, document).order_by(of).limit(PORTION)
        rows = connection.execute(query if last is None else query.where(of > last)).all()
        if not rows:
            return
        changed = []
        for row in rows:
            made = documents.changed(kind, json.loads(row[1]), to=1)
            changed.append({"of": row[0], column: documents.as_bytes(made), **_counted(kind, made)})
        # Typed by hand: a bare column says nothing of bytes.
        values = {column: sa.bindparam(column, type_=sa.LargeBinary)}
        values |= {"faults": sa.bindparam("faults")} if kind == "practice" else {}
        connection.execute(sa.update(table).where(of == sa.bindparam("of")).values(values), changed)
        last = rows[-1][0]


def _counted(kind: documents.Kind, document: dict[str, Any]) -> dict[str, int]:
    return {"faults": document.get("faults_in_all", 0)} if kind == "practice" else {}
