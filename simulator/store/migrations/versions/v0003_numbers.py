"""An index of the seats by their number: the next one is found without reading every world."""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the index."""
    op.create_index("seats_by_number", "seats", ["number"])
