"""Sending the results of a class: what is new since the last time, in its order, nothing of it twice.

All that has happened stands in the database already, so nothing is kept for an LRS but how far it has been
told. What could not be sent is simply what is sent the next time; and should an answer be lost on its way,
the ids of the statements are the same again, and the LRS takes none of them twice.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID, uuid4

import msgspec

from simulator.store.training import ClassRow, Member, PracticeRow, Training, read
from simulator.store.training_counts import portions
from simulator.store.training_report import History, Tops, histories, new_practices, tops
from simulator.training import standing
from simulator.training.classes import plan_of
from simulator.training.model import utc_now
from simulator.xapi.lrs import Lrs
from simulator.xapi.statements import Statement, Teller, is_told

AT_ONCE = 100  # statements of a call, at least: some hundred kilobytes
SPACE = "xapi"  # the key of the database's own UUID
SENDER = "*xapi*"  # the lock of a seat that there is not: nobody else waits for a mark


@dataclass(frozen=True)
class Mark:
    """How far an LRS has been told of a class.

    through: the highest practice. began: the highest entry of the trail, up to which beginnings are told.
    open: practices up to ``through`` whose end is still to be told.
    """

    through: int = 0
    began: int = 0
    open: tuple[int, ...] = ()


@dataclass
class Sent:
    """The outcome of a sending. known: statements that the LRS already had with other contents."""

    statements: int = 0
    known: int = 0
    running: int = 0


@dataclass
class _Portion:
    """Statements of whole practices, and the mark that is true once they are taken."""

    mark: Mark
    statements: list[Statement] = field(default_factory=list)


def send(
    training: Training,
    row: ClassRow,
    lrs: Lrs,
    sent: Sent,
    *,
    with_names: bool = False,
    again: bool = False,
) -> None:
    """Send what is new of a class, and count it in ``sent``, which holds after a failure as well.

    with_names: name the trainees. again: send all, whatever was sent before. Raises LrsError.
    """
    plan = plan_of(row)
    seats = standing.look(training, row.id, plan.paused_at or utc_now())  # ends what is past its limit
    key = _key(lrs.address, row.code)
    mark = Mark() if again else _mark_of(training, key)
    space, top = _prepared(training, row.id)
    members = {each.member.seat: each.member for each in seats}
    teller = Teller(space, row.code, plan.name, with_names)
    for portion in _portions(training, row.id, teller, members, mark, top):
        if portion.statements:
            sent.known += lrs.post(portion.statements)
            sent.statements += len(portion.statements)
        if portion.mark != mark:
            mark = portion.mark
            with training.changing(SENDER) as change:
                change.set_key(key, msgspec.json.encode(mark).decode())
    sent.running = len(mark.open)


def _prepared(training: Training, class_id: int) -> tuple[UUID, Tops]:
    """Return the UUID of this database, made once, and up to where the class is told now."""
    with training.changing() as change:
        if not (kept := change.key(SPACE)):
            kept = str(uuid4())
            change.set_key(SPACE, kept)
        return UUID(kept), tops(change.connection, class_id)


def _key(address: str, class_code: str) -> str:
    """Return the key of a mark: a class's number may become another class's, its code does not."""
    return f"{SPACE}:{hashlib.sha256(f'{address} {class_code}'.encode()).hexdigest()[:32]}"


def _mark_of(training: Training, key: str) -> Mark:
    kept = training.key(key)
    return read(kept.encode(), Mark) if kept else Mark()


def _portions(
    training: Training, class_id: int, teller: Teller, members: dict[str, Member], mark: Mark, top: Tops
) -> Iterator[_Portion]:
    """Yield what is new, the practices that were open first; the last portion has the mark of all."""
    new = new_practices(training.worlds, class_id, mark.through, top.practice)
    portion, seen = _Portion(mark), set[int]()
    for row, history in _with_histories(training, [*mark.open, *new]):
        seen.add(row.id)
        _take(portion, teller, members.get(row.seat), row, history)
        if len(portion.statements) >= AT_ONCE:
            yield portion
            portion = _Portion(portion.mark)
    # A practice that goes on after an interruption has another number. One that got it just now is told the
    # next time, with its beginning.
    began = top.trail if seen.issuperset(new) else mark.began
    still_open = tuple(number for number in portion.mark.open if number in seen)
    portion.mark = replace(portion.mark, began=began, open=still_open)
    yield portion


def _with_histories(training: Training, numbers: Sequence[int]) -> Iterator[tuple[PracticeRow, History]]:
    for rows in portions(training.worlds, numbers):
        known = histories(training.worlds, rows)
        yield from ((row, known[row.id]) for row in rows)


def _take(
    portion: _Portion, teller: Teller, member: Member | None, row: PracticeRow, history: History
) -> None:
    mark = portion.mark
    was_open = row.id in mark.open
    still_open = set(mark.open) - {row.id}
    if member and is_told(row):
        if not was_open:
            portion.statements += teller.beginnings(member, row, history, mark.began)
        portion.statements += teller.ending(member, row, history)
        if not row.outcome:
            still_open.add(row.id)
    portion.mark = replace(mark, through=max(mark.through, row.id), open=tuple(sorted(still_open)))
