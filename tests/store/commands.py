"""`densai database` as it is typed, and a database with a class at work to try it on."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from simulator import cli
from simulator.store import Worlds
from simulator.store.training import NewEntry, Training
from simulator.training import classes
from simulator.training.lessons import courses
from simulator.training.model import ClassPlan, Practice, utc_now

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def fill(url: str, name: str = "四月の研修") -> None:
    """Put a class with a practice, its trail and an event into a database."""
    worlds = Worlds(url, "normal")
    kept = Training(worlds)
    id_ = classes.make_class(kept, ClassPlan(name, 3, list(courses()), ["learn"]), 2)
    member = kept.members(id_)[0]
    with kept.changing() as change:
        change.set_key("server", "a" * 64)
        number = change.begin_practice(member.seat, "1-1", "learn", utc_now(), Practice("1-1", "learn"))
        change.add_trail(number, member.seat, utc_now(), [NewEntry("began", "1-1.1", {"what": "はじめ"})])
        with change.world(member.seat) as world:
            world.record("login", "d-1560heki")
    worlds.close()


def run(*typed: str | Path) -> int:
    return cli.main(["database", *map(str, typed)])


def names(url: str) -> list[str]:
    """The names of a database's classes."""
    worlds = Worlds(url, "normal")
    found = [classes.plan_of(row).name for row in Training(worlds).classes()]
    worlds.close()
    return found


def dumped(file: Path) -> list[str]:
    with closing(sqlite3.connect(file)) as opened:
        return list(opened.iterdump())


def refused(capsys: pytest.CaptureFixture[str], *typed: str | Path, code: int = 1) -> str:
    """The one sentence of a command that does nothing."""
    assert run(*typed) == code
    told = capsys.readouterr()
    assert told.err.count("\n") == 1, told.err
    assert "Traceback" not in told.err
    return told.err
