"""A class in the middle of its training, for the README's pictures: its people really practise.

They sit at the seats of a running server's database and do what the courses say, with a slip here and there;
only the clock of training is put back for them, so that they have been at it for a while.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple
from unittest.mock import patch

from simulator.bank.people import GENERAL_ID, MASTER_ID
from simulator.store.training import Member, read
from simulator.training import joining, practice
from simulator.training.lessons import courses
from simulator.training.model import Learner, Mode, utc_now
from simulator.training.situations import PREPARER
from tests.practice.trainees import Trainee

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from flask import Flask

    from simulator.settings import Settings
    from simulator.store.training import Training
    from simulator.training.lessons import Item
    from tests.screens.banks import Bank

PACE, BRISK = timedelta(seconds=40), timedelta(seconds=30)
# Step of the manual -> what somebody types there who has not read it well.
SLIPS: dict[str, dict[str, str]] = {
    "1-1.4": {"login_id": MASTER_ID.removeprefix("d-")},
    "1-2.1": {"again": "chigau00"},
    "1-3.2": {"new": "abcdef", "again": "abcdef"},
    "1-4.6": {"approval": "chigau0"},
    "2-1.4": {"mail_again": "hanako@example.jp"},
    "2-2.6": {"approval": "chigau0"},
    "2-3.6": {"again": "chigau0"},
    "2-3.7": {"approval": "chigau0"},
    "3-1.4": {"login_id": GENERAL_ID.removeprefix("d-")},
}


class Go(NamedTuple):
    """One go at a course. slips: the steps he gets wrong first; until: the step before which he stands."""

    course: str
    mode: Mode
    slips: tuple[str, ...] = ()
    until: str = ""


class Person(NamedTuple):
    """Somebody of the class. idle: minutes since the last step. calls: whether the instructor is called."""

    name: str
    goes: tuple[Go, ...]
    idle: int = 0
    calls: bool = False


PEOPLE = (
    Person(
        "青木 さくら",
        (
            Go("1-1", "show"),
            Go("1-1", "measure"),
            Go("1-2", "learn"),
            Go("1-3", "try"),
            Go("1-4", "learn", ("1-4.6",)),
            Go("2-1", "learn", until="2-1.5"),
        ),
    ),
    Person("石田 健", (Go("ch1", "learn", ("1-1.4", "1-3.2")), Go("2-1", "try", until="2-1.4")), idle=1),
    Person(
        "上野 みどり",
        (Go("ch1", "learn", ("1-3.2",)), Go("2-1", "learn"), Go("2-2", "learn", ("2-2.6",), "2-2.6")),
        idle=9,
    ),
    Person("遠藤 剛", (Go("ch1", "try"), Go("2-1", "measure"), Go("2-2", "measure", until="2-2.4")), idle=2),
    Person("岡本 由美", (Go("1-1", "learn", ("1-1.4",)), Go("1-2", "learn", ("1-2.1",), "1-2.1")), idle=7),
    Person("加藤 進", (Go("ch1", "learn"), Go("ch2", "learn", ("2-3.7",), "2-3.7")), idle=3),
    Person(
        "木村 彩",
        (Go("ch1", "learn", ("1-4.6",)), Go("ch2", "learn"), Go("3-1", "try", ("3-1.4",))),
        idle=2,
    ),
    Person("工藤 誠", (Go("1-1", "measure", ("1-1.4",)), Go("1-3", "learn", ("1-3.2",), "1-3.3")), idle=4),
    Person(
        "小林 恵",
        (Go("ch1", "try"), Go("ch2", "learn", ("2-2.6",)), Go("4", "learn", until="4.4")),
        idle=1,
        calls=True,
    ),
    Person("佐々木 亮", (Go("d-02", "learn", until="d-02.2"),), idle=5),
    Person("清水 香", (Go("1-1", "show"), Go("1-2", "learn"), Go("1-3", "learn", until="1-3.2")), idle=2),
)


def name_server(app: Flask, name: str) -> None:
    """Let a server answer to a name as on a classroom's LAN; called before its first request."""
    settings: Settings = app.extensions["densai-settings"]
    app.extensions["densai-settings"] = replace(settings, allow_hosts=(name,), plain_http=True)
    app.config["PLAIN_HTTP"] = True


def fill(bank: Bank, kept: Training, class_code: str) -> None:
    """Everybody joins and practises."""
    for person in PEOPLE:
        member = joining.join(kept, class_code, person.name)
        assert isinstance(member, Member)
        trainee = Trainee(bank, kept, member)
        _practise(trainee, person)
        if person.goes[-1].course == "d-02":
            trainee.post("outside", what="desk")
        if person.calls:
            _call(kept, member)


def _call(kept: Training, member: Member) -> None:
    """The trainee calls the instructor."""
    with kept.changing() as change:
        now = change.member(member.seat)
        assert now
        learner = read(now.document, Learner)
        learner.hand_since = utc_now() - timedelta(minutes=1)
        change.save_member(member.seat, learner)


def _practise(trainee: Trainee, person: Person) -> None:
    moments = _moments(person)
    for go in person.goes:
        _practise_once(trainee, go, moments)


def _moments(person: Person) -> Iterator[datetime]:
    """When he does one thing after another, at his pace, up to now or a while ago."""
    doings = sum(1 + len(_until(go)) for go in person.goes)
    last = utc_now() - timedelta(minutes=person.idle)
    return (last - PACE * number for number in reversed(range(doings)))


def _until(go: Go) -> Sequence[Item]:
    """The steps of a go that are done, with the one that he stands before."""
    items = courses()[go.course].items
    keys = [item.key for item in items]
    return items[: keys.index(go.until) + 1] if go.until else items


def _practise_once(trainee: Trainee, go: Go, moments: Iterator[datetime]) -> None:
    with _clock(next(moments)):
        trainee.begin(go.course, go.mode)
    for item in _until(go):
        with _clock(next(moments)):
            if item.key in go.slips:
                trainee.do_step(item, **SLIPS[item.key])
            if item.key == go.until:
                return
            trainee.do_step(item)
            if item.unseen and not trainee.outcome:
                trainee.post("passed", key=item.key)
            if item is courses()[go.course].items[-1] and not trainee.outcome:
                trainee.submit()


def fail_a_test(bank: Bank, kept: Training, member: Member) -> int:
    """Do the running テスト of d-04 with two boxes too many, hand it in, and return its number."""
    trainee = Trainee(bank, kept, member)
    trainee.sit_down_anew()
    going = trainee.going
    moments = (going.row.started + BRISK * number for number in range(1, 20))
    accounts = [account.number for account in trainee.seat.read().accounts]
    for item in going.course.items:
        with _clock(next(moments)):
            if item.key == "d-04.5":
                rights = [*PREPARER, "designation.preparer"]
                trainee.do_step(item, rights=rights, accounts=accounts)
                continue
            if item.key == "d-04.6":
                trainee.do_step(item, approval="chigau0")
            trainee.do_step(item)
    with _clock(next(moments)):
        trainee.submit()
    return going.row.id


@contextmanager
def _clock(moment: datetime) -> Iterator[None]:
    with patch.object(practice, "utc_now", lambda: moment):
        yield
