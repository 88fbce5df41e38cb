"""Joining a class by name or seat code; nobody gets a second seat without being asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from simulator.codes import new_code
from simulator.store import SeatGoneError
from simulator.store.training import Member, Training, TrainingChange
from simulator.training import names
from simulator.training.classes import NAME_TEXTS, RETURN_CODE_LENGTH, plan_of, typed_code
from simulator.training.model import utc_now

TEXTS = {
    **NAME_TEXTS,
    "no_class": "このクラスコードのクラスはありません。講師にお確かめください。",
    "class_over": "このクラスは終了しています。講師にお確かめください。",
    "no_seat": "この席コードの席はありません。お手元の控えをお確かめください。",
    "name_taken": "このお名前の方は、すでに参加しています。続きを始める方は、席コードを入力してください。",
    "name_in_use": "同じお名前の席があります。",
    "not_on_roster": "名簿にお名前がありません。空いている席もありませんので、講師にお申し出ください。",
    "full": "このクラスの席はすべて使われています。講師にお申し出ください。",
    "required": "入力してください。",
}


class JoinError(Exception):
    """A seat cannot be taken. field: of the form. code: the reason, a key of TEXTS."""

    def __init__(self, field: str, code: str) -> None:
        super().__init__(code)
        self.field, self.code = field, code


@dataclass(frozen=True)
class Question:
    """A question to be answered before a seat is taken.

    name: as it was typed. candidates: members who may be the same person, in the seats' order; none where the
    name is not on the roster. may_sit: whether a seat is free for somebody whom the roster does not have.
    """

    name: str
    candidates: tuple[Member, ...]
    may_sit: bool


def join(
    training: Training, code: str, typed: str, *, chosen: int | None = None, is_other: bool = False
) -> Member | Question:
    """Join a class under a name: at the seat of that name, else at the next free one.

    chosen: the number of the seat that the person has said to be his; is_other: he has said to be none of
    those he was asked about. Raises JoinError.
    """
    name = names.kept(typed)
    row = training.class_by_code(typed_code(code))
    if row is None:
        raise JoinError("class_code", "no_class" if code.strip() else "required")
    if plan_of(row).archived_at:
        raise JoinError("class_code", "class_over")
    if fault := names.fault_of(name):
        raise JoinError("name", fault)
    with training.changing() as change:
        members = change.members(row.id)
        if found := _chosen(members, name, chosen) or _own_seat(members, name):
            return _sit_down(change, found, found.name)
        if not is_other and (question := _question(members, name)):
            return question
        free = next((member for member in members if not member.joined and not member.name), None)
        if free is None:
            raise JoinError(*(("name", "not_on_roster") if is_other else ("class_code", "full")))
        return _sit_down(change, free, name)


def _chosen(members: Sequence[Member], name: str, chosen: int | None) -> Member | None:
    """The seat with the chosen number, if its name resembles the typed one."""
    seat = next((member for member in members if member.place == chosen), None)
    return seat if seat and names.are_alike(seat.name, name) else None


def _own_seat(members: Sequence[Member], name: str) -> Member | None:
    """The one seat of this name, else the one waiting seat of a twin of it."""
    same = [member for member in members if names.same_key(member.name) == names.same_key(name)]
    if len(same) == 1:
        return same[0]
    twins = _twins(members, name)
    return twins[0] if len(twins) == 1 and not twins[0].joined else None


def _twins(members: Sequence[Member], name: str) -> list[Member]:
    return [member for member in members if names.twin_key(member.name) == names.twin_key(name)]


def _sit_down(change: TrainingChange, member: Member, name: str) -> Member:
    """The member, joined now. Raises JoinError where the seat is taken."""
    if member.joined:
        raise JoinError("name", "name_taken")
    joined = utc_now()
    change.name_member(member.seat, name, joined)
    return replace(member, name=name, joined=joined)


def _question(members: Sequence[Member], name: str) -> Question | None:
    """The question about a name that no seat has; None where the next free seat can be taken."""
    waiting = [member for member in members if member.name and not member.joined]
    alike = names.those_alike(name, [member.name for member in waiting])
    twins = {member.seat for member in _twins(members, name)}
    alike_too = {member.seat for member in waiting if member.name in alike}
    candidates = tuple(member for member in members if member.seat in twins | alike_too)
    if not candidates and not waiting:
        return None
    may_sit = any(not member.name and not member.joined for member in members)
    if not candidates and not may_sit:
        raise JoinError("name", "not_on_roster")
    return Question(name, candidates, may_sit)


def come_back(training: Training, code: str) -> Member:
    """Return the member of a seat code, joined by it if not before. Raises JoinError."""
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
    """Return a new seat code; the browser that came in with the old one is out."""
    code = new_code(RETURN_CODE_LENGTH)
    with training.changing() as change:
        change.recode_member(seat, code)
    return code


def rename(training: Training, seat: str, text: str) -> str:
    """Rename a seat's trainee; the key of TEXTS for what is wrong with the name, "" when done."""
    name = names.kept(text)
    with training.changing() as change:
        member = change.member(seat)  # he may just have sat down
        if member is None:
            raise SeatGoneError(seat)
        fault = names.fault_of(name) if name or member.joined else ""
        others = (other.name for other in change.members(member.class_id) if other.seat != seat)
        if not fault and name and names.same_key(name) in map(names.same_key, others):
            fault = "name_in_use"
        if not fault:
            change.name_member(seat, name, member.joined)
    return fault
