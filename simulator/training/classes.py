"""Classes and their seats: made in one transaction, joined by one trainee each."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

import msgspec

from simulator.codes import new_code
from simulator.domain.rules.characters import is_control
from simulator.domain.world import Clock
from simulator.store import NewSeat, Seat, SeatGoneError
from simulator.store.training import ClassRow, Member, Training, TrainingChange, read
from simulator.training import practice, starts
from simulator.training.model import ClassPlan, Learner, utc_now
from simulator.training.situations import release_everybody

MOST_SEATS = 500
MOST_DAYS = 3650  # a date is moved no farther, all moves together
MOST_ALONE = 500  # seats of self-study on one server
CLASS_CODE_LENGTH, RETURN_CODE_LENGTH = 8, 10
LONGEST_NAME = 40
LONGEST_MESSAGE = 200


class JoinError(Exception):
    """A seat cannot be taken. field: of the form. code: the reason, a key of TEXTS."""

    def __init__(self, field: str, code: str) -> None:
        super().__init__(code)
        self.field, self.code = field, code


class ClassNameTakenError(Exception):
    """There is a class of this name already."""


TEXTS = {
    "no_class": "このクラスコードのクラスはありません。講師にお確かめください。",
    "no_seat": "この席コードの席はありません。お手元の控えをお確かめください。",
    "name_required": "お名前を入力してください。",
    "name_too_long": f"{LONGEST_NAME}文字以内で入力してください。",
    "name_control": "使用できない文字（改行などの制御文字）が含まれています。",
    "name_taken": "このお名前の方は、すでに参加しています。続きを始める方は、席コードを入力してください。",
    "name_in_use": "同じお名前の席があります。",
    "full": "このクラスの席はすべて使われています。講師にお申し出ください。",
    "required": "入力してください。",
}


def typed_code(text: str) -> str:
    """A code as a person types it: width, case, spaces and hyphens make no difference."""
    plain = unicodedata.normalize("NFKC", text).lower()
    return "".join(char for char in plain if char not in "-‐‑–—―ー−" and not char.isspace())


def shown_code(code: str) -> str:
    """A code as it is printed, in groups of up to five."""
    half = (len(code) + 1) // 2
    return f"{code[:half]}-{code[half:]}"


def printable(text: str) -> str:
    """A text as a page can show it: a control character is no valid HTML."""
    return "".join(char for char in text if not is_control(char))


def clean_name(text: str) -> str:
    """A name without space around it and in one spelling, so that the same name is the same."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


def fault_of_name(name: str) -> str:
    """Return the key of TEXTS for what is wrong with a trainee's name; "" for nothing."""
    if not name:
        return "name_required"
    if len(name) > LONGEST_NAME:
        return "name_too_long"
    return "name_control" if any(is_control(char) for char in name) else ""


def make_class(training: Training, plan: ClassPlan, seats: int) -> int:
    """A class with its seats, all in one transaction; its number. Raises ClassNameTakenError."""
    now = utc_now()
    clock = _first_clock(plan, now)
    made = [
        NewSeat(
            new_code(starts.SEAT_CODE_LENGTH),
            f"席{place}",
            starts.new_world(plan.seed + place - 1, Clock(clock.offset)),
        )
        for place in range(1, seats + 1)
    ]
    with training.changing() as change:
        # Asked while nobody else can write: a double click makes one class.
        if any(read(row.document, ClassPlan).name == plan.name for row in training.classes()):
            raise ClassNameTakenError(plan.name)
        id_ = change.add_class(new_code(CLASS_CODE_LENGTH), now, plan)
        _sit(change, made, id_)
    return id_


def _first_clock(plan: ClassPlan, now: datetime) -> Clock:
    row = ClassRow(0, "", now, msgspec.json.encode(plan))
    return practice.base_clock(row, Learner())


def _sit(change: TrainingChange, made: list[NewSeat], class_id: int | None, first: int = 1) -> list[Member]:
    empty = msgspec.json.encode(Learner())
    members = [
        Member(seat.code, class_id, place, new_code(RETURN_CODE_LENGTH), "", None, empty)
        for place, seat in enumerate(made, first)
    ]
    change.add_seats(made)
    change.add_members(members)
    return members


def sit_alone(training: Training, seed: int) -> Member | None:
    """A seat for self-study; None when there are too many already."""
    with training.changing() as change:
        taken = change.members(None)
        if len(taken) >= MOST_ALONE:
            return None
        place = max((member.place for member in taken), default=0) + 1
        seat = NewSeat(new_code(starts.SEAT_CODE_LENGTH), f"自習{place}", starts.new_world(seed + place - 1))
        member = _sit(change, [seat], None, place)[0]
        change.name_member(member.seat, "", utc_now())
    return member


def join(training: Training, code: str, name: str) -> Member:
    """Sit down in a class under a name: at the seat kept for it, else at the next free one.

    Raises JoinError: no such class, a name that will not do, somebody of that name is there, no seat left.
    """
    name = clean_name(name)
    row = training.class_by_code(typed_code(code))
    if row is None:
        raise JoinError("class_code", "no_class" if code.strip() else "required")
    if fault := fault_of_name(name):
        raise JoinError("name", fault)
    with training.changing() as change:
        chosen = change.seat_for(row.id, name)
        if chosen is None:
            raise JoinError("class_code", "full")
        if chosen.joined:
            raise JoinError("name", "name_taken")
        joined = utc_now()
        change.name_member(chosen.seat, name, joined)
        return replace(chosen, name=name, joined=joined)


def come_back(training: Training, code: str) -> Member:
    """The member whom a seat code names; whoever holds a printed card joins by it. Raises JoinError."""
    member = training.member_by_code(typed_code(code))
    if member is None:
        raise JoinError("seat_code", "no_seat" if code.strip() else "required")
    if member.joined is None:
        with training.changing() as change:
            now = change.member(member.seat)
            if now and now.joined is None:
                change.name_member(now.seat, now.name or f"席{now.place}", utc_now())
    return member


def recode(training: Training, seat: str) -> str:
    """A new seat code; the browser that had come in with the old one is out."""
    code = new_code(RETURN_CODE_LENGTH)
    with training.changing() as change:
        change.recode_member(seat, code)
    return code


def rename(training: Training, seat: str, text: str) -> str:
    """Another name for a seat's trainee; what is wrong with it as a code of TEXTS, else ""."""
    name = clean_name(text)
    with training.changing() as change:
        member = change.member(seat)  # he may just have sat down
        if member is None:
            raise SeatGoneError(seat)
        fault = fault_of_name(name) if name or member.joined else ""
        others = (other.name for other in change.members(member.class_id) if other.seat != seat)
        if not fault and name and name in others:
            fault = "name_in_use"
        if not fault:
            change.name_member(seat, name, member.joined)
    return fault


# What the instructor does to seats -------------------------------------------------------------


def move_days(training: Training, seat: Seat, days: int) -> None:
    """Move one bank's date, also for every course begun from now on."""
    with training.changing() as change:
        with change.world(seat.code) as world:
            world.clock.move(days=days)
        if member := change.member(seat.code):
            learner = read(member.document, Learner)
            learner.days_moved += days
            change.save_member(seat.code, learner)


def reset(training: Training, seat: Seat, procedure: str) -> None:
    """Put a bank to the start of a procedure; what was being practised there has ended."""
    with training.changing() as change:
        member = change.member(seat.code)
        plan = change.class_(member.class_id) if member and member.class_id is not None else None
        learner = read(member.document, Learner) if member else Learner()
        clock = practice.base_clock(plan, learner)
        change.replace_world(seat.code, starts.world_at(seat.seed, procedure, clock))
        going = change.current(seat.code)
        if member:
            learner.asks_desk_since = None
            change.save_member(seat.code, learner)
        if going and not going.outcome:
            change.end_practice(going.id, "stopped", utc_now())


def release(training: Training, seat: str) -> None:
    """The bank's desk releases every lock, as a trainee may have asked it to."""
    with training.changing() as change:
        with change.world(seat) as world:
            release_everybody(world)
        if member := change.member(seat):
            learner = read(member.document, Learner)
            learner.asks_desk_since = None
            change.save_member(seat, learner)


def pause(training: Training, id_: int, *, on: bool) -> None:
    """Stop a class for the moment, or go on; a time limit that runs loses nothing by it."""
    with training.changing() as change:
        row = change.class_(id_)
        if row is None:
            return
        plan, now = read(row.document, ClassPlan), utc_now()
        if on == bool(plan.paused_at):
            return
        if plan.paused_at:
            _give_back(change, id_, int((now - plan.paused_at).total_seconds()))
        plan.paused_at = now if on else None
        change.save_class(id_, plan)


def _give_back(change: TrainingChange, id_: int, seconds: int) -> None:
    for row in change.running_in(id_):
        going = practice.kept(row)
        going.paused_seconds += seconds
        going.step_since += timedelta(seconds=seconds)
        change.save_practice(row.id, going)


def tell(training: Training, id_: int, text: str) -> None:
    """A message to the class; "" takes the last one back."""
    with training.changing() as change:
        if row := change.class_(id_):
            plan = read(row.document, ClassPlan)
            plan.message, plan.message_number = text, plan.message_number + 1
            change.save_class(id_, plan)


def may_move(members: Iterable[Member], days: int) -> bool:
    """Whether all of these dates stay within ten years of where they began."""
    moved = (read(member.document, Learner).days_moved for member in members)
    return all(abs(already + days) <= MOST_DAYS for already in moved)
