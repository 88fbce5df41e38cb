"""SQLite databases as files: copied while they are in use, asked whether somebody holds them, put aside."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path

from simulator.store.trouble import PRIMARY, trouble_of

BESIDE = ("", "-wal", "-shm")  # a database in WAL mode is up to three files
MAGIC = b"SQLite format 3\0"  # every database begins so
WAIT_SECONDS = 5


def copy(source: Path, target: Path) -> None:
    """Copy a database, also one that a server is writing to, into one file.

    The copy is never half there: it is written under another name in the same folder.
    Raises FileExistsError, OSError, sqlite3.Error.
    """
    if target.exists():
        raise FileExistsError(target)
    with unfinished(target) as made:
        _copy(source, made)
        os.replace(made, target)  # noqa: PTH105  made and renamed on one disk


def copy_beside(source: Path, note: str) -> Path:
    """Copy a database beside itself under a name with a note and the time that nothing has yet; return it."""
    target = free_name(source, note)
    copy(source, target)
    return target


def free_name(path: Path, note: str) -> Path:
    """Return a name beside a file that nothing has yet, as densai-v0001-20261127-090000.sqlite3."""
    stem = f"{path.stem}-{note}-{datetime.now():%Y%m%d-%H%M%S}"  # noqa: DTZ005  for people, by their clock
    names = (f"{stem}{again}{path.suffix}" for again in ("", *(f"-{n}" for n in range(2, 1000))))
    return next(name for each in names if not (name := path.with_name(each)).exists())


@contextmanager
def unfinished(target: Path) -> Iterator[Path]:
    """Give a name beside a file to make it under; what is still there on leaving goes away."""
    number, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    os.close(number)
    made = Path(name)
    try:
        yield made
    finally:
        for ending in BESIDE:
            with suppress(OSError):
                made.with_name(made.name + ending).unlink()


def _copy(source: Path, target: Path) -> None:
    with closing(_open(source)) as there, closing(sqlite3.connect(target, isolation_level=None)) as here:
        here.execute("PRAGMA synchronous=FULL")
        there.backup(here)
        here.execute("PRAGMA journal_mode=DELETE")  # one file, whatever the source has


def _open(path: Path) -> sqlite3.Connection:
    """Open a file that is there; none is made. Raises sqlite3.Error, FileNotFoundError."""
    if not path.exists():
        raise FileNotFoundError(path)
    return sqlite3.connect(path, timeout=WAIT_SECONDS, isolation_level=None)


def is_held(path: Path) -> bool:
    """Return whether a program on this computer has a database open; one that cannot be read is not held.

    What is in its write-ahead log is in the file afterwards.
    """
    with path.open("rb") as file:
        begins = file.read(len(MAGIC))
    if begins and begins != MAGIC:
        return False  # damaged: SQLite would tidy away what lies beside it
    try:
        with closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as asking:
            # WAL mode can only be left by who is alone.
            asking.execute("PRAGMA journal_mode=DELETE")
            asking.execute("BEGIN EXCLUSIVE")
            asking.execute("ROLLBACK")
    except sqlite3.Error as error:
        return trouble_of(error).kind == "busy"
    return False


def put_in_place(made: Path, path: Path, note: str) -> Path | None:
    """Put a finished file in a database's place and return where the former one is kept, None without one.

    Raises OSError; then everything is where it was.
    """
    former = free_name(path, note) if path.exists() else None
    if former:
        _as_open_as(path, made)
    moved: list[tuple[Path, Path]] = []
    try:
        for ending in BESIDE if former else ():
            source = path.with_name(path.name + ending)
            if source.exists():
                moved.append((source, former.with_name(former.name + ending)))  # type: ignore[union-attr]
                source.rename(moved[-1][1])
        made.rename(path)
    except OSError:
        for source, target in moved:
            with suppress(OSError):
                target.rename(source)
        raise
    return former


def _as_open_as(path: Path, made: Path) -> None:
    """Let the same people read and write a file as another, so that a server finds it usable."""
    shutil.copymode(path, made)
    if hasattr(os, "chown"):  # Windows has none
        with suppress(PermissionError):
            os.chown(made, path.stat().st_uid, path.stat().st_gid)


def faults_of(path: Path) -> list[str]:
    """Return what SQLite finds wrong with a file, each in its own words; none for a sound one."""
    with closing(_open(path)) as asking:
        try:
            found = [str(row[0]) for row in asking.execute("PRAGMA integrity_check(10)")]
            broken = [f"{row[0]} {row[1]} -> {row[2]}" for row in asking.execute("PRAGMA foreign_key_check")]
        except sqlite3.DatabaseError as error:
            if error.sqlite_errorcode & PRIMARY != sqlite3.SQLITE_CORRUPT:
                raise
            return [str(error)]  # so damaged that it cannot even be looked through
    return [*(each for each in found if each != "ok"), *broken]
