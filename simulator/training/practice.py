"""A practice from its beginning to its end: what each request does to it, in one transaction each."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

import msgspec

from simulator.bank.people import people
from simulator.domain.world import World
from simulator.manual.grammar import Outside
from simulator.store import Seat, SeatGoneError
from simulator.store.training import ClassRow, Member, NewEntry, PracticeRow, Training, TrainingChange, read
from simulator.training import suspension, tracker
from simulator.training.course_start import base_clock, may_keep, world_for
from simulator.training.going import (
    SHOWN_AFTERWARDS,
    Going,
    current,
    end,
    going_of,
    is_late,
    kept,
    limit_of,
    seconds_left,
    shown,
)
from simulator.training.lessons import Course
from simulator.training.model import HINTS, ClassPlan, Learner, Mode, Practice, utc_now
from simulator.training.situations import OUTSIDE

CLEAN_ENOUGH = 2  # passes in a row without a mistake or help, after which help fades


# Beginning -------------------------------------------------------------------------------------


def begin(
    training: Training,
    seat: Seat,
    member: Member,
    course: Course,
    mode: Mode,
    *,
    keep: bool = False,
    after: int | None = None,
) -> bool:
    """Begin a course at its start; whether it was begun.

    keep: go on in the bank as it stands, if that is the same. after: the number of the seat's latest practice
    as the trainee saw it, 0 for none: where that is another one by now, nothing is done. None: whatever it
    is. A practice that runs is interrupted; a テスト is handed in.
    """
    plan = training.class_(member.class_id) if member.class_id is not None else None
    hand_in_before(training, seat, after)
    now = utc_now()
    with training.changing(seat.code) as change:
        latest = change.current(seat.code)
        if after is not None and (latest.id if latest else 0) != after:
            return False
        # Looked at while nobody else can write: the instructor may just have put the seat elsewhere.
        goes_on = keep and may_keep(course, seat)
        if latest and not latest.outcome:
            leave(change, seat, latest, now)
        present = change.member(seat.code)  # its date may just have moved
        if present is None:
            raise SeatGoneError(seat.code)
        learner = read(present.document, Learner)
        if not goes_on:
            change.replace_world(seat.code, world_for(course, seat.seed, base_clock(plan, learner)))
        if learner.asks_desk_since:  # that was in what was practised before
            learner.asks_desk_since = None
            change.save_member(seat.code, learner)
        begun = _begun(course, mode, plan, now)
        begun.last_event = max((number for number, _ in seat.events_after(0)), default=0) if goes_on else 0
        id_ = change.begin_practice(seat.code, course.id, mode, now, begun)
        entry = NewEntry("began", course.items[0].key, {"what": course.title, "mode": mode})
        change.add_trail(id_, seat.code, now, [entry])
    return True


def _begun(course: Course, mode: Mode, plan: ClassRow | None, now: datetime) -> Practice:
    begun = Practice(course.id, mode, step_since=now)
    if mode == "measure":
        minutes = read(plan.document, ClassPlan).minutes if plan else 0
        begun.limit_seconds = limit_seconds(course, minutes)
        begun.submit_key = secrets.token_urlsafe(12)
    return begun


def limit_seconds(course: Course, minutes: int) -> int:
    """Return the time limit of a テスト. minutes: of the class, 0 for the course's own."""
    return minutes * 60 or course.limit_seconds


def resume(training: Training, seat: Seat, id_: int, *, after: int) -> bool:
    """Let an interrupted practice go on, in its bank; whether it does. after: as for ``begin``."""
    hand_in_before(training, seat, after)
    now = utc_now()
    with training.changing(seat.code) as change:
        latest = change.current(seat.code)
        if (latest.id if latest else 0) != after:
            return False
        if latest and not latest.outcome:
            leave(change, seat, latest, now)
        return suspension.put_back_at(change, seat.code, id_, now)


# Going on --------------------------------------------------------------------------------------


def observe(
    training: Training, seat: Seat, world: World, seen: tracker.Seen, going: Going | None
) -> Going | None:
    """Take note of a page as it is being shown, in a practice as the request found it."""
    if going is None or not going.is_running:
        return going
    now = utc_now()
    seen = replace(seen, events=seat.events_after(going.practice.last_event))
    entries = tracker.observe(going.practice, going.course, seen, world, people(seat.seed), now)
    if msgspec.json.encode(going.practice) == going.row.document and not is_late(going, now):
        return going
    with training.changing(seat.code) as change:
        latest = change.current(seat.code)
        if latest != going.row:  # another window was quicker: on from where that has got to
            going = going_of(latest)
            if going is None or not going.is_running:
                return going
            seen = replace(seen, events=[e for e in seen.events if e[0] > going.practice.last_event])
            entries = tracker.observe(going.practice, going.course, seen, world, people(seat.seed), now)
        return _keep(change, seat, going, entries, now)


def mark_passed(training: Training, seat: Seat, key: str) -> Going | None:
    """A step that only the page itself can see done."""
    with training.changing(seat.code) as change:
        going = going_of(change.current(seat.code))
        if going is None:
            return None
        now = utc_now()
        entries = tracker.pass_unseen(going.practice, going.course, key, now)
        return _keep(change, seat, going, entries, now)


def ask_help(training: Training, seat: Seat) -> Going | None:
    """One hint more at the step that is due, in 自力."""
    with training.changing(seat.code) as change:
        going = going_of(change.current(seat.code))
        if going is None or not going.is_running or going.practice.mode != "try":
            return going
        practice, now = going.practice, utc_now()
        most = 1 if faded(going, change.member(seat.code)) else len(HINTS)
        due = tracker.due_item(practice, going.course)
        if practice.help >= most or due is None:
            return going
        what = f"ヒント（{HINTS[practice.help]}）"
        practice.help += 1
        practice.helps_in_all += 1
        practice.helped = True
        entry = NewEntry("helped", due.key, {"what": what, "rule": ""})
        return _keep(change, seat, going, [entry], now)


def faded(going: Going, member: Member | None) -> bool:
    """Whether the step that is due was passed cleanly so often that 試す helps less, until a mistake."""
    due = tracker.due_item(going.practice, going.course)
    if going.practice.mode != "try" or going.practice.faults or member is None or due is None:
        return False
    return read(member.document, Learner).clean.get(due.key, 0) >= CLEAN_ENOUGH


def go_outside(training: Training, seat: Seat, what: str, *, at_once: bool) -> Going | None:
    """Something done outside the bank's screens; what a desk has to do waits for it, unless ``at_once``."""
    if what == "desk" and not at_once:
        with training.changing(seat.code) as change:
            if member := change.member(seat.code):
                learner = read(member.document, Learner)
                learner.asks_desk_since = learner.asks_desk_since or utc_now()
                change.save_member(seat.code, learner)
        return current(training, seat.code)
    with seat.change() as world:
        OUTSIDE[what].effect(world)
    going = current(training, seat.code)
    due = tracker.due_item(going.practice, going.course) if going else None
    if due and due.unseen and any(isinstance(action, Outside) for action in due.actions):
        return mark_passed(training, seat, due.key)
    if going is None:
        return None
    return observe(training, seat, seat.read(), tracker.Seen(going.practice.last_screen), going)


# Ending ----------------------------------------------------------------------------------------


def end_overdue(training: Training, rows: Iterable[PracticeRow], now: datetime) -> bool:
    """End every テスト among these that is past its limit, with the limit as its end; whether there was one.

    A test is over whether or not anybody looks: whoever reads practices calls this first. now: the moment at
    which the class stands, so that of the pause while it is paused.
    """
    ended = False
    for row in rows:
        going = going_of(row) if not row.outcome else None
        seat = training.worlds.seat(row.seat) if going and is_late(going, now) else None
        if seat is None:
            continue
        with training.changing(seat.code) as change:
            latest = going_of(change.current(seat.code))
            if latest and latest.row.id == row.id and latest.is_running and is_late(latest, now):
                end(change, seat, latest, now)
                ended = True
    return ended


def submit(training: Training, seat: Seat, id_: int | None = None) -> Going | None:
    """Hand in a practice: a テスト is judged as the bank stands. id_: only if that one runs; None: any."""
    observe(training, seat, seat.read(), tracker.Seen(""), current(training, seat.code))
    with training.changing(seat.code) as change:
        going = going_of(change.current(seat.code))
        if going is None or not going.is_running or id_ not in (None, going.row.id):
            return going
        return end(change, seat, going, utc_now())


def hand_in_before(training: Training, seat: Seat, after: int | None) -> None:
    """Hand in a テスト that another practice is to follow. after: its number, None for whatever runs."""
    going = current(training, seat.code)
    if going and going.is_running and going.practice.mode == "measure" and after in (None, going.row.id):
        submit(training, seat, going.row.id)


def stop(training: Training, seat: Seat, id_: int | None = None) -> None:
    """Interrupt a practice; a テスト is judged. id_: only if that one runs; None: any."""
    hand_in_before(training, seat, id_)
    with training.changing(seat.code) as change:
        latest = change.current(seat.code)
        if latest and not latest.outcome and id_ in (None, latest.id):
            leave(change, seat, latest, utc_now())


def leave(change: TrainingChange, seat: Seat, row: PracticeRow, now: datetime) -> None:
    """Interrupt a running practice in this transaction; one that cannot go on later only ends."""
    going = going_of(row)
    if going is None or going.practice.mode == "measure":
        change.end_practice(row.id, "stopped", now)
    else:
        suspension.suspend(change, seat, row, going.practice, now)


def _keep(
    change: TrainingChange, seat: Seat, going: Going, entries: Sequence[NewEntry], now: datetime
) -> Going:
    change.save_practice(going.row.id, going.practice)
    change.add_trail(going.row.id, seat.code, now, entries)
    _learn(change, seat.code, going, entries)
    if going.is_running and (is_late(going, now) or tracker.is_over(going.practice, going.course)):
        return end(change, seat, going, now)
    return going


def _learn(change: TrainingChange, seat: str, going: Going, entries: Sequence[NewEntry]) -> None:
    """Count clean passes of steps; a mistake, or a pass with help, begins the count again."""
    counted = [entry for entry in entries if entry.kind in ("passed", "mistake")]
    if going.practice.mode not in ("try", "measure") or not counted:
        return
    if (member := change.member(seat)) is None:
        return
    learner = read(member.document, Learner)
    for entry in counted:
        clean = entry.kind == "passed" and entry.data.get("clean") == "1"
        learner.clean[entry.item] = learner.clean.get(entry.item, 0) + 1 if clean else 0
    change.save_member(seat, learner)


__all__ = [
    "SHOWN_AFTERWARDS",
    "Going",
    "ask_help",
    "begin",
    "current",
    "end_overdue",
    "faded",
    "go_outside",
    "going_of",
    "is_late",
    "kept",
    "limit_of",
    "limit_seconds",
    "mark_passed",
    "observe",
    "resume",
    "seconds_left",
    "shown",
    "stop",
    "submit",
]
