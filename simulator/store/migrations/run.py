"""Brings old tables up to date by alembic's revisions in ``versions``, each in a module of its own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

HERE = Path(__file__).parent


def scripts() -> ScriptDirectory:
    """Return the revisions."""
    return ScriptDirectory(str(HERE), version_locations=[str(HERE / "versions")])


def upgrade(connection: Connection) -> None:
    """Run every revision that a database does not have yet, in the transaction of this connection."""
    known = scripts()

    def steps(revision: Any, _context: Any) -> Any:
        return known._upgrade_revs("head", revision)  # noqa: SLF001  as alembic's own command does

    with EnvironmentContext(Config(), known, fn=steps) as environment:
        environment.configure(connection=connection, transactional_ddl=True)
        environment.run_migrations()
