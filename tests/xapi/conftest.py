"""A class of two seats in a database of its own, an LRS, and the command between them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from simulator import cli
from simulator.store import Seat, Worlds
from simulator.store.training import Training
from simulator.training import classes, practice
from simulator.training.lessons import courses
from simulator.training.model import MODES, ClassPlan, Mode
from simulator.xapi import command
from tests.store.databases import empty_database
from tests.xapi import strict_lrs

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.xapi.strict_lrs import StrictLrs


@dataclass
class Classroom:
    """A class, what is done in it, and the sending of its results."""

    training: Training
    id: int
    url: str
    lrs: str

    @property
    def code(self) -> str:
        row = self.training.class_(self.id)
        assert row
        return row.code

    def seat(self, place: int = 1) -> Seat:
        found = self.training.worlds.seat(self.training.members(self.id)[place - 1].seat)
        assert found
        return found

    def begin(self, course: str = "2-1", mode: Mode = "learn", place: int = 1) -> int:
        """Begin a practice, which interrupts what runs; its number."""
        member = self.training.members(self.id)[place - 1]
        practice.begin(self.training, self.seat(place), member, courses()[course], mode)
        return self.number(place)

    def number(self, place: int = 1) -> int:
        latest = self.training.current(self.seat(place).code)
        assert latest
        return latest.id

    def hand_in(self, place: int = 1) -> None:
        practice.submit(self.training, self.seat(place))

    def stop(self, place: int = 1) -> None:
        practice.stop(self.training, self.seat(place))

    def resume(self, number: int, place: int = 1) -> None:
        assert practice.resume(self.training, self.seat(place), number, after=self.number(place))

    def send(self, *options: str, code: int = 0) -> None:
        typed = ["--class", self.code, "--lrs", self.lrs, "--database", self.url, *options]
        assert cli.main(["xapi", *typed]) == code


@pytest.fixture
def lrs() -> Iterator[StrictLrs]:
    with strict_lrs.served() as started:
        yield started


@pytest.fixture
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty database; of PostgreSQL where a test asks for it by this fixture's parameter."""
    return empty_database(request, tmp_path)


@pytest.fixture
def classroom(url: str, lrs: StrictLrs, monkeypatch: pytest.MonkeyPatch) -> Iterator[Classroom]:
    worlds = Worlds(url, "normal")
    training = Training(worlds)
    plan = ClassPlan("四月の研修", 3, list(courses()), list(MODES))
    monkeypatch.setenv(command.USER, strict_lrs.LOGIN[0])
    monkeypatch.setenv(command.PASSWORD, strict_lrs.LOGIN[1])
    yield Classroom(training, classes.make_class(training, plan, 2), url, lrs.address)
    worlds.close()
