"""Classes and their seats: made and changed in one transaction each."""

from __future__ import annotations

import unicodedata
from datetime import date, datetime, timedelta

import msgspec

from simulator.codes import new_code
from simulator.domain.rules.characters import is_control
from simulator.domain.world import Clock
from simulator.store import NewSeat
from simulator.store.training import ClassRow, Member, Training, TrainingChange, read
from simulator.training import course_start, names, starts
from simulator.training.model import ClassPlan, Learner, in_japan, utc_now

MOST_SEATS = 500
MOST_ALONE = 500  # seats of self-study on one server
CLASS_CODE_LENGTH, RETURN_CODE_LENGTH = 8, 10
# How names are refused, of a class or of a trainee.
NAME_TEXTS = {
    "name_required": "お名前を入力してください。",
    "name_too_long": f"{names.LONGEST_NAME}文字以内で入力してください。",
    "name_control": "使用できない文字（改行などの制御文字）が含まれています。",
}


class ClassNameTakenError(Exception):
    """There is a class of this name already."""


class FewerSeatsError(Exception):
    """A class never gets fewer seats than it has."""


def typed_code(text: str) -> str:
    """Return a typed code as it is kept: width, case, spaces and hyphens make no difference."""
    plain = unicodedata.normalize("NFKC", text).lower()
    return "".join(char for char in plain if char not in "-‐‑–—―ー−" and not char.isspace())


def shown_code(code: str) -> str:
    """Return a code as it is printed, in two groups."""
    half = (len(code) + 1) // 2
    return f"{code[:half]}-{code[half:]}"


def printable(text: str) -> str:
    """Return a text without the control characters that HTML does not allow."""
    return "".join(char for char in text if not is_control(char))


def plan_of(row: ClassRow) -> ClassPlan:
    """Return the settings of a class."""
    return read(row.document, ClassPlan)


def today() -> date:
    """Return today's date in Japan."""
    return in_japan(utc_now()).date()


def bank_date(plan: ClassPlan, made_on: date) -> date | None:
    """Return today's date in the banks of a class, moves of single seats aside; None for the real date."""
    if plan.starts_on is None:
        return None
    return plan.starts_on + timedelta(days=(today() - (plan.dated_on or made_on)).days)


# Making and changing ---------------------------------------------------------------------------


def make_class(training: Training, plan: ClassPlan, seats: int) -> int:
    """Make a class with its seats in one transaction; return its number. Raises ClassNameTakenError."""
    now = utc_now()
    made = _new_seats(plan, now, range(1, seats + 1))
    with training.changing() as change:
        # Asked while nobody else can write: a double click makes one class.
        _refuse_name_in_use(training, plan.name)
        id_ = change.add_class(new_code(CLASS_CODE_LENGTH), now, plan)
        sit(change, made, id_)
    return id_


def change_class(training: Training, id_: int, wanted: ClassPlan, seats: int) -> None:
    """Give a class other settings and, where ``seats`` are more than it has, further seats.

    What is taken of ``wanted``: name, courses, modes, minutes, the manual in a テスト, and as starts_on the
    date that its banks are to have today. Raises ClassNameTakenError, FewerSeatsError.
    """
    with training.changing() as change:
        row = change.class_(id_)
        if row is None:
            return
        _refuse_name_in_use(training, wanted.name, id_)
        members = change.members(id_)
        if seats < len(members):
            raise FewerSeatsError(len(members))
        plan = plan_of(row)
        plan.name, plan.courses, plan.modes = wanted.name, wanted.courses, wanted.modes
        plan.minutes, plan.manual_in_test = wanted.minutes, wanted.manual_in_test
        if wanted.starts_on != bank_date(plan, in_japan(row.made).date()):
            plan.starts_on, plan.dated_on = wanted.starts_on, today()
        change.save_class(id_, plan)
        first = len(members) + 1
        sit(change, _new_seats(plan, row.made, range(first, seats + 1)), id_, first)


def _refuse_name_in_use(training: Training, name: str, but: int | None = None) -> None:
    if any(plan_of(row).name == name for row in training.classes() if row.id != but):
        raise ClassNameTakenError(name)


def _new_seats(plan: ClassPlan, made: datetime, places: range) -> list[NewSeat]:
    row = ClassRow(0, "", made, msgspec.json.encode(plan))
    offset = course_start.base_clock(row, Learner()).offset
    return [
        NewSeat(
            new_code(starts.SEAT_CODE_LENGTH),
            f"席{place}",
            starts.new_world(plan.seed + place - 1, Clock(offset)),
        )
        for place in places
    ]


def sit(change: TrainingChange, made: list[NewSeat], class_id: int | None, first: int = 1) -> list[Member]:
    """Keep new seats, each with a nameless member. first: the number of the first seat."""
    empty = msgspec.json.encode(Learner())
    members = [
        Member(seat.code, class_id, place, new_code(RETURN_CODE_LENGTH), "", None, empty)
        for place, seat in enumerate(made, first)
    ]
    change.add_seats(made)
    change.add_members(members)
    return members


def sit_alone(training: Training, seed: int) -> Member | None:
    """Make a seat for self-study and return its member; None above MOST_ALONE."""
    with training.changing() as change:
        place = change.last_place_alone() + 1
        if place > MOST_ALONE:
            return None
        seat = NewSeat(new_code(starts.SEAT_CODE_LENGTH), f"自習{place}", starts.new_world(seed + place - 1))
        member = sit(change, [seat], None, place)[0]
        change.name_member(member.seat, "", utc_now())
    return member
