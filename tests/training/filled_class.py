"""A class in the middle of its training, straight in the database: what its board has to show in full."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from faker import Faker

from simulator.store.training import read
from simulator.training.lessons import courses
from simulator.training.model import Learner, Mode, Outcome, Practice, utc_now

if TYPE_CHECKING:
    from simulator.store.training import Member, Training, TrainingChange

ABSENT, LOCKED, CALLS, SLOW = (18, 37), (4,), (15,), (23, 31)  # seats, by their numbers
ENDINGS: list[tuple[Mode, Outcome]] = [
    ("show", "done"),
    ("learn", "done"),
    ("learn", "done"),
    ("try", "passed"),
    ("measure", "passed"),
]
PROCEDURES = ("1-1", "1-2", "1-3", "1-4", "2-1", "2-2", "2-3", "3-1", "3-2")


def fill(training: Training, class_id: int, seed: int = 7) -> None:
    """Name every seat but some, and give each its practices; four seats of the first forty need somebody."""
    chance, names = random.Random(seed), Faker("ja_JP")  # noqa: S311  nothing secret depends on it
    names.seed_instance(seed)
    now = utc_now()
    with training.changing() as change:
        for member in change.members(class_id):
            place = (member.place - 1) % 40 + 1
            is_absent = place in ABSENT
            change.name_member(
                member.seat, f"{names.last_name()} {names.first_name()}", None if is_absent else now
            )
            if not is_absent:
                _practise(change, member, place, chance, now)


def _practise(
    change: TrainingChange, member: Member, place: int, chance: random.Random, now: datetime
) -> None:
    reached = chance.randrange(2, len(PROCEDURES))
    for course in PROCEDURES[:reached]:
        mode, outcome = chance.choice(ENDINGS)
        number = change.begin_practice(member.seat, course, mode, now, Practice(course, mode))
        change.end_practice(number, outcome, now)
    course = PROCEDURES[reached]
    mode = chance.choice(["learn", "learn", "try", "measure"])
    steps = len(courses()[course].items)
    minutes = 6 + place % 3 if place in SLOW else chance.randrange(4)
    going = Practice(
        course,
        mode,
        position=chance.randrange(steps),
        faults_in_all=chance.choice([0, 0, 1, 2]),
        step_since=now - timedelta(minutes=minutes),
        last_screen=courses()[course].items[0].screen or "サービス一覧",
    )
    going.passed = list(range(going.position))
    change.begin_practice(member.seat, course, mode, now, going)
    _need(change, member, place, now)


def _need(change: TrainingChange, member: Member, place: int, now: datetime) -> None:
    learner = read(member.document, Learner)
    if place in LOCKED:
        learner.asks_desk_since = now - timedelta(minutes=2)
        with change.world(member.seat) as world:
            world.master().approval_failures = world.settings.lock_after
    elif place in CALLS:
        learner.hand_since = now - timedelta(minutes=1)
    change.save_member(member.seat, learner)
