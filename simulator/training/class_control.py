"""The instructor's acts on a class or on one of its seats, each in one transaction."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from simulator.store import Seat
from simulator.store.training import Member, Training, TrainingChange, read
from simulator.training import course_start, practice, starts
from simulator.training.model import ClassPlan, Learner, utc_now
from simulator.training.situations import is_anyone_locked, release_everybody

MOST_DAYS = 3650  # a date is moved no farther, all moves together
LONGEST_MESSAGE = 200


# Seats -----------------------------------------------------------------------------------------


def move_days(training: Training, seat: Seat, days: int) -> None:
    """Move one bank's date, also for every course begun from now on."""
    with training.changing() as change:
        with change.world(seat.code) as world:
            world.clock.move(days=days)
        if member := change.member(seat.code):
            learner = read(member.document, Learner)
            learner.days_moved += days
            change.save_member(seat.code, learner)


def may_move(members: Iterable[Member], days: int) -> bool:
    """Return whether all of these dates stay within ten years of where they began."""
    moved = (read(member.document, Learner).days_moved for member in members)
    return all(abs(already + days) <= MOST_DAYS for already in moved)


def reset(training: Training, seat: Seat, procedure: str) -> None:
    """Put a bank to the start of a procedure; what was being practised there has ended."""
    with training.changing() as change:
        member = change.member(seat.code)
        plan = change.class_(member.class_id) if member and member.class_id is not None else None
        learner = read(member.document, Learner) if member else Learner()
        clock = course_start.base_clock(plan, learner)
        change.replace_world(seat.code, starts.world_at(seat.seed, procedure, clock))
        going = change.current(seat.code)
        if member:
            learner.asks_desk_since = None
            change.save_member(seat.code, learner)
        if going and not going.outcome:
            change.end_practice(going.id, "stopped", utc_now())


def moment_key(moment: datetime | None) -> str:
    """Return a moment as a form carries it to name one release or call; "" for None."""
    return moment.isoformat() if moment else ""


def release(training: Training, seat: str, *, after: str) -> bool:
    """Release every lock as the bank's desk, and count failures anew; return whether it was done.

    after: ``moment_key`` of the release before this one as the form saw it. A form that was sent already, or
    that stands in another tab, names an older one and releases nothing.
    """
    with training.changing() as change:
        member = change.member(seat)
        learner = read(member.document, Learner) if member else Learner()
        if moment_key(learner.released_at) != after:
            return False
        with change.world(seat) as world:
            was_locked = is_anyone_locked(world)
            release_everybody(world)
        if member and (was_locked or learner.asks_desk_since):
            # Never the same moment twice: a form names the release before it by its second.
            after_last = learner.released_at + timedelta(seconds=1) if learner.released_at else utc_now()
            learner.asks_desk_since, learner.released_at = None, max(utc_now(), after_last)
            change.save_member(seat, learner)
    return True


def call_instructor(training: Training, seat: str, *, on: bool) -> None:
    """Raise the hand of a seat, or take it back; a call that waits already keeps its time."""
    with training.changing() as change:
        member = change.member(seat)
        learner = read(member.document, Learner) if member else None
        if learner is None or on == bool(learner.hand_since and not learner.hand_seen_at):
            return
        learner.hand_since, learner.hand_seen_at = utc_now() if on else None, None
        change.save_member(seat, learner)


def answer_hand(training: Training, seat: str, *, raised: str) -> bool:
    """Mark the call that began at ``raised`` (a ``moment_key``) as answered; return whether it waited."""
    with training.changing() as change:
        member = change.member(seat)
        learner = read(member.document, Learner) if member else Learner()
        if not learner.hand_since or learner.hand_seen_at or moment_key(learner.hand_since) != raised:
            return False
        learner.hand_seen_at = utc_now()
        change.save_member(seat, learner)
    return True


def tell_seat(training: Training, seat: str, text: str) -> None:
    """Send a message to one seat; "" withdraws the last."""
    with training.changing() as change:
        if member := change.member(seat):
            learner = read(member.document, Learner)
            learner.message, learner.message_number = text, learner.message_number + 1
            change.save_member(seat, learner)


# Classes ---------------------------------------------------------------------------------------


def tell(training: Training, id_: int, text: str) -> None:
    """Send a message to the class; "" withdraws the last."""
    with training.changing() as change:
        if row := change.class_(id_):
            plan = read(row.document, ClassPlan)
            plan.message, plan.message_number = text, plan.message_number + 1
            change.save_class(id_, plan)


def pause(training: Training, id_: int, *, on: bool) -> None:
    """Pause a class or resume it; running time limits stand still meanwhile."""
    with training.changing() as change:
        if row := change.class_(id_):
            plan = read(row.document, ClassPlan)
            _set_pause(change, id_, plan, on=on)
            change.save_class(id_, plan)


def archive(training: Training, id_: int, *, on: bool) -> None:
    """Archive a class, which pauses it, or restore it, which leaves it paused."""
    with training.changing() as change:
        if row := change.class_(id_):
            plan = read(row.document, ClassPlan)
            if on:
                _set_pause(change, id_, plan, on=True)
            plan.archived_at = (plan.archived_at or utc_now()) if on else None
            change.save_class(id_, plan)


def _set_pause(change: TrainingChange, id_: int, plan: ClassPlan, *, on: bool) -> None:
    if on == bool(plan.paused_at):
        return
    now = utc_now()
    if plan.paused_at:
        _give_back(change, id_, int((now - plan.paused_at).total_seconds()))
    plan.paused_at = now if on else None


def _give_back(change: TrainingChange, id_: int, seconds: int) -> None:
    for row in change.running_in(id_):
        going = practice.kept(row)
        going.paused_seconds += seconds
        going.step_since += timedelta(seconds=seconds)
        change.save_practice(row.id, going)
