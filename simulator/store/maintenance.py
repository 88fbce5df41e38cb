"""Work on a whole database: check, backup, restore, move."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import Connection, select
from sqlalchemy.engine import make_url

from simulator.domain.world import World
from simulator.store import address, sqlite_file, transfer
from simulator.store.database import metadata
from simulator.store.engine import is_sqlite, make_sqlite, plain_engine
from simulator.store.schema import OlderError, State, state_of, version_of

MOST_NAMED = 20  # documents that cannot be read
BEFORE_RESTORE = "before-restore"
# The documents of the bank itself; those of training are told by who knows them.
WORLDS: dict[str, type] = {"seats.document": World, "interrupted.world": World}


class HeldError(Exception):
    """A server, or another program, has the file open; the argument is its path."""


class UnsoundError(Exception):
    """A file is damaged; the argument is the first fault in SQLite's words."""


class NothingThereError(Exception):
    """There is no database of this program to work on."""


@dataclass(frozen=True)
class Checked:
    """The outcome of a look through a database. faults: in the words of SQLite, or the keys of documents."""

    state: State
    version: str
    counts: dict[str, int]
    faults: list[str]


def path_of(url: str) -> Path:
    """Return the path of a SQLite file."""
    return Path(make_url(url).database or "")


def require_present(url: str) -> None:
    """Refuse a database that is not there, is empty, or has tables of another version; change nothing.

    Raises NothingThereError, SchemaError, SQLAlchemyError.
    """
    if is_sqlite(url):
        _refuse_missing(path_of(url))
    with plain_engine(url).connect() as connection:
        state = state_of(connection)
    if state == "empty":
        raise NothingThereError
    if state == "old":
        raise OlderError


def upgrade(url: str) -> tuple[State, str]:
    """Bring a database's tables up to date; return how they stood, and the path of the copy, "" without one.

    An empty database of a server gets its tables.

    Raises NothingThereError, SchemaError, SQLAlchemyError, OSError.
    """
    if not is_sqlite(url):
        return transfer.upgrade(url), ""
    _refuse_missing(path_of(url))
    copy = make_sqlite(url)
    return "old" if copy else "present", copy


def check(url: str, kinds: Mapping[str, type]) -> Checked:
    """Look through a database and change nothing. kinds: of training's documents, by table and column.

    Raises NothingThereError, SchemaError, SQLAlchemyError, sqlite3.Error.
    """
    faults: list[str] = []
    if is_sqlite(url):
        _refuse_missing(path_of(url))
        faults = sqlite_file.faults_of(path_of(url))
    with plain_engine(url).connect() as connection:
        state, version = state_of(connection), version_of(connection)
        if state == "empty":
            raise NothingThereError
        is_present = state == "present"
        if is_present:
            faults += _unreadable(connection, {**WORLDS, **kinds})
        return Checked(state, version, transfer.counts(connection) if is_present else {}, faults)


def _unreadable(connection: Connection, kinds: Mapping[str, type]) -> list[str]:
    found: list[str] = []
    for place, kind in kinds.items():
        name, _, column = place.partition(".")
        table = metadata.tables[name]
        key = next(iter(table.primary_key.columns))
        rows = connection.execute(select(key, table.c[column]).execution_options(yield_per=transfer.PORTION))
        read: Callable[[bytes], Any] = msgspec.json.Decoder(kind).decode
        found += [f"{place} {row[0]}" for row in rows if not _is_readable(read, row[1])]
    return found[:MOST_NAMED]


def _is_readable(read: Callable[[bytes], Any], document: bytes) -> bool:
    try:
        read(document)
    except (msgspec.DecodeError, TypeError):
        return False
    return True


def backup(url: str, target: Path) -> None:
    """Copy a database into one SQLite file, also while a server works on it.

    Raises FileExistsError, NothingThereError, SchemaError, SQLAlchemyError, sqlite3.Error, OSError; the file
    is whole or not there.
    """
    if is_sqlite(url):
        _refuse_missing(path_of(url))
        sqlite_file.copy(path_of(url), target)
        return
    if target.exists():
        raise FileExistsError(target)
    with sqlite_file.unfinished(target) as made:
        transfer.transfer(url, address.url_of(str(made)))
        sqlite_file.is_held(made)  # one file, without a log beside it
        os.replace(made, target)  # noqa: PTH105


def restore(source: Path, url: str) -> Path | None:
    """Put a backup in a database's place; return where the former file is kept, None without one.

    A database server has to be empty. Raises NothingThereError, UnsoundError, HeldError, NotEmptyError,
    SchemaError, SQLAlchemyError, sqlite3.Error, OSError; then nothing was changed.
    """
    _refuse_missing(source)
    if faults := sqlite_file.faults_of(source):
        raise UnsoundError(faults[0])
    if not is_sqlite(url):
        with tempfile.TemporaryDirectory(prefix="densai-restore-") as folder:
            made = Path(folder) / source.name
            _present_copy(source, made)
            transfer.transfer(address.url_of(str(made)), url)
        return None
    path = path_of(url)
    if path.exists() and sqlite_file.is_held(path):
        raise HeldError(path)
    with sqlite_file.unfinished(path) as made:
        made.unlink()
        _present_copy(source, made)
        return sqlite_file.put_in_place(made, path, BEFORE_RESTORE)


def _present_copy(source: Path, made: Path) -> None:
    """Copy a backup and bring the copy up to date."""
    sqlite_file.copy(source, made)
    url = address.url_of(str(made))
    with plain_engine(url).connect() as connection:
        if state_of(connection) == "empty":
            raise NothingThereError
    if earlier := make_sqlite(url):
        Path(earlier).unlink()  # the backup itself is what was before
    sqlite_file.is_held(made)  # one file, without a log beside it


def move(url: str, target: str) -> dict[str, int]:
    """Copy everything of a database into another, empty one; return the number of rows by table.

    Raises NothingThereError, HeldError, NotEmptyError, DifferentError, SchemaError, SQLAlchemyError; then
    nothing was changed.
    """
    if is_sqlite(url):
        path = path_of(url)
        _refuse_missing(path)
        if sqlite_file.is_held(path):
            raise HeldError(path)
    return transfer.transfer(url, target)


def _refuse_missing(path: Path) -> None:
    # SQLite would make an empty file without a word.
    if not path.is_file() or not path.stat().st_size:
        raise NothingThereError(path)
