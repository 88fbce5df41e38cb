"""Databases as earlier versions have left them; `old/README.md` says how they were made."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

DUMPS = Path(__file__).parent / "old"
# What each holds: rows by table.
COMMITS = ("a93a6aa", "f19588c", "6f6c43a")


def put(commit: str, file: Path) -> str:
    """Make a database as the program of a commit has left it, and return its URL."""
    with closing(sqlite3.connect(file)) as made:
        made.executescript((DUMPS / f"{commit}.sql").read_text(encoding="utf-8"))
    return f"sqlite:///{file}"


def rows(file: Path, table: str) -> int:
    """Return the number of rows of a table, 0 where there is no such table."""
    with closing(sqlite3.connect(file)) as opened:
        if not opened.execute("SELECT 1 FROM sqlite_master WHERE name = ?", [table]).fetchone():
            return 0
        return int(opened.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0])  # noqa: S608
