"""News of a class for a trainee's page: pause, messages, unlock, the answer to a call.

Every page of a trainee carries ``news`` and asks for it again every ``milliseconds``; so do the bank's pages,
in the coach's pulse.
"""

from __future__ import annotations

import math
from datetime import datetime
from typing import TypedDict

from simulator.store.training import Member, read
from simulator.training.model import ClassPlan, Learner, in_japan

IN_A_CLASS, IN_A_LARGE_CLASS, ALONE = 2_500, 5_000, 15_000
LARGE = 200  # seats beyond which a class asks half as often
# Pages in all ask no more than a hundred times a second: what a server does beside that would have to wait.
EACH, STEP = 10, 2_500


class Message(TypedDict):
    """The instructor's last word. number: another one each time, also where the words are the same."""

    number: int
    text: str


class Call(TypedDict):
    """The trainee's call of the instructor, as times of day; seen is "" until it is answered."""

    since: str
    seen: str


class News(TypedDict):
    """Times of day are as 10:42, "" for none.

    message: to the whole class; own_message: to this seat alone; None once they were read. closed: the class
    was put away. asked_desk: whether the bank's desk has been asked to release a lock and has not done it.
    released_at: an ISO moment, so that each release is news once.
    """

    message: Message | None
    own_message: Message | None
    paused: bool
    paused_since: str
    closed: bool
    asked_desk: bool
    asked_since: str
    released: str
    released_at: str
    call: Call | None


def milliseconds(seats: int | None, askers: int = 0) -> int:
    """Return the interval of a page's questions.

    seats: of its class, None for self-study. askers: seats at work at this server, of all classes.
    """
    if seats is None:
        return ALONE
    least = IN_A_LARGE_CLASS if seats > LARGE else IN_A_CLASS
    return min(ALONE, max(least, math.ceil(askers * EACH / STEP) * STEP))


def news(member: Member, plan: ClassPlan | None) -> News:
    """Return the news for a member. plan: of the class, None for self-study."""
    learner = read(member.document, Learner)
    class_message = plan and _message(plan.message_number, plan.message, learner.class_message_read)
    return {
        "message": class_message or None,
        "own_message": _message(learner.message_number, learner.message, learner.message_read),
        "paused": bool(plan and plan.paused_at),
        "paused_since": _time(plan.paused_at if plan else None),
        "closed": bool(plan and plan.archived_at),
        "asked_desk": bool(learner.asks_desk_since),
        "asked_since": _time(learner.asks_desk_since),
        "released": _time(learner.released_at),
        "released_at": learner.released_at.isoformat() if learner.released_at else "",
        "call": _call(learner),
    }


def mark_read(learner: Learner, *, of_class: bool, number: int) -> None:
    """Note in ``learner`` that the message with this number was read, and those before it."""
    if of_class:
        learner.class_message_read = max(learner.class_message_read, number)
    else:
        learner.message_read = max(learner.message_read, min(number, learner.message_number))


def _message(number: int, text: str, read_so_far: int) -> Message | None:
    return {"number": number, "text": text} if text and number > read_so_far else None


def _call(learner: Learner) -> Call | None:
    if learner.hand_since is None:
        return None
    return {"since": _time(learner.hand_since), "seen": _time(learner.hand_seen_at)}


def _time(moment: datetime | None) -> str:
    return f"{in_japan(moment):%H:%M}" if moment else ""
