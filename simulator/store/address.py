"""Addresses of databases: a path that people type, or a SQLAlchemy URL."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

MEMORY = ":memory:"  # SQLite's name for a database that is no file


class AddressError(ValueError):
    """A URL that cannot be read."""


def url_of(typed: str) -> str:
    """Return a URL as it is; anything else is taken as the path of a SQLite file. Raises AddressError."""
    if "://" in typed:
        return _read(typed).render_as_string(hide_password=False)
    path = typed if typed == MEMORY else Path(typed).expanduser().as_posix()
    # Not put together by hand: ?, # and % are letters of a path.
    return URL.create("sqlite", database=path).render_as_string(hide_password=False)


def is_in_memory(url: str) -> bool:
    """Return whether nothing of a database would be kept, and each connection would have one of its own."""
    read = _read(url)
    name = read.database or ""
    in_uri = name.startswith(f"file:{MEMORY}") or read.query.get("mode") == "memory"
    return _is_sqlite(read) and (name in ("", MEMORY) or in_uri)


def shown(url: str) -> str:
    """Return the path of a SQLite file as people know it, another database's URL without its password."""
    read = _read(url)
    return str(Path(read.database or "").absolute()) if _is_sqlite(read) else read.render_as_string()


def _is_sqlite(url: URL) -> bool:
    return url.get_backend_name() == "sqlite"


def _read(url: str) -> URL:
    try:
        return make_url(url)
    except (ArgumentError, ValueError):  # ValueError: a port that is no number
        raise AddressError(url.partition("://")[0]) from None
