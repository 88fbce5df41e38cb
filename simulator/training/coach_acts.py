"""The actions of the coach's buttons besides hints: to act, to set a password back, to take a request back.

Each is one transaction.
"""

from __future__ import annotations

from simulator.domain.rules.lockout import Which
from simulator.store import Seat
from simulator.store.training import NewEntry, Training, TrainingChange, read
from simulator.training import knowledge, tracker
from simulator.training.model import Learner, Practice, utc_now
from simulator.training.practice import Going, going_of

LEFT_TO_COACH = "案内に操作を任せた"
SET_BACK = "控えの値に戻した"


def begin_acting(training: Training, seat: Seat) -> Going | None:
    """Note that the coach is about to send a form: a refusal on the next page is the coach's.

    In 案内つき and 自力 the step is then one that was left to the coach; in テスト nothing is noted.
    """
    with training.changing(seat.code) as change:
        going = going_of(change.current(seat.code))
        if going is None or not going.is_running or going.practice.mode == "measure":
            return going
        practice = going.practice
        practice.acting = True
        if practice.mode != "show" and not (practice.helped and practice.guided):
            _leave_to_coach(change, seat.code, going)
        change.save_practice(going.row.id, practice)
    return going


def _leave_to_coach(change: TrainingChange, seat: str, going: Going) -> None:
    practice = going.practice
    practice.acted += 1
    _note(change, seat, going, LEFT_TO_COACH)


def _note(change: TrainingChange, seat: str, going: Going, what: str) -> None:
    """Note help that makes a practice one in 案内つき."""
    practice: Practice = going.practice
    due = tracker.due_item(practice, going.course) or going.course.items[-1]
    practice.helped = practice.guided = True
    practice.helps_in_all += practice.mode == "try"
    change.add_trail(going.row.id, seat, utc_now(), [NewEntry("helped", due.key, {"what": what, "rule": ""})])


def restore(training: Training, seat: Seat, login_id: str, which: Which) -> Going | None:
    """Set one own password back to the value of the 控え; not in a テスト."""
    with training.changing(seat.code) as change:
        going = going_of(change.current(seat.code))
        if going is None or not going.is_running or going.practice.mode == "measure":
            return going
        with change.world(seat.code) as world:
            if not knowledge.restore(world, login_id, which):
                return going
        going.practice.own_value_reset = True
        going.practice.refused, going.practice.refusals, going.practice.mistake = [], 0, ""
        _note(change, seat.code, going, SET_BACK)
        change.save_practice(going.row.id, going.practice)
    return going


def note_release(training: Training, seat: Seat) -> None:
    """Note that the bank's desk has just released a lock, so that the page says so."""
    with training.changing(seat.code) as change:
        if member := change.member(seat.code):
            learner = read(member.document, Learner)
            learner.released_at = utc_now()
            change.save_member(seat.code, learner)


def take_back_request(training: Training, seat: Seat) -> None:
    """Take back what the bank's desk was asked for, if it has not done it yet (申し出を取り消す)."""
    with training.changing(seat.code) as change:
        if member := change.member(seat.code):
            learner = read(member.document, Learner)
            learner.asks_desk_since = None
            change.save_member(seat.code, learner)
