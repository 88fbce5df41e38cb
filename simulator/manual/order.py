"""The order of the manual's procedures: one story, of the master user first and of a general user then."""

from __future__ import annotations

from simulator.manual.wording import GENERAL, MASTER

MASTERS_PART = ("1-1", "1-2", "1-3", "1-4", "2-1", "2-2", "2-3")
GENERALS_PART = ("3-1", "3-2", "3-3")
LOG_OUT = "4"  # ends each of the two parts
END = "end"

# Every procedure as often as it is done.
STORY = (*MASTERS_PART, LOG_OUT, *GENERALS_PART, LOG_OUT)
# The same with a name for each place: logging out says whose it is.
ORDER = (*MASTERS_PART, f"{LOG_OUT} {MASTER}", *GENERALS_PART, f"{LOG_OUT} {GENERAL}")
# What a bank can be put to the start of: each procedure, and the end of the story.
STARTS = (*MASTERS_PART, LOG_OUT, *GENERALS_PART, END)


def _chapter(heading: str) -> tuple[str, tuple[str, ...]]:
    """A chapter's heading with its procedures, whose numbers begin with the chapter's."""
    return heading, tuple(each for each in STARTS if each[0] == heading[0])


# Chapter of the manual -> its heading and its procedures.
CHAPTERS = {
    "ch1": _chapter("1　システムを利用できるようにする（マスターユーザの初期設定）"),
    "ch2": _chapter("2　複数名で利用できるようにする（一般ユーザの作成）"),
    "ch3": _chapter("3　一般ユーザが利用できるようにする（一般ユーザの初期設定）"),
    "ch4": _chapter("4　ログアウト"),
}


def person_of(procedure: str) -> str:
    """Return who does a procedure, in the manual's word; alone, logging out is the master's."""
    return GENERAL if procedure in GENERALS_PART else MASTER


def following(procedure: str) -> str:
    """Return the start that the bank stands at once a procedure is done; logging out changes nothing in it.

    Raises ValueError for a procedure that the manual does not have.
    """
    return next(start for start in STARTS[STARTS.index(procedure) + 1 :] if start != LOG_OUT)


def done_before(start: str) -> tuple[str, ...]:
    """Return the procedures that come before a start and leave something in the bank, in their order.

    Raises ValueError for a start that there is not.
    """
    return tuple(each for each in STARTS[: STARTS.index(start)] if each != LOG_OUT)


def place_name(procedure: str, person: str) -> str:
    """Return the name of a place in ORDER: the procedure's number, for logging out with the person."""
    return procedure if procedure != LOG_OUT else f"{LOG_OUT} {person}"


def procedure_at(place: str) -> str:
    """Return the number of the procedure at a place in ORDER."""
    return place.partition(" ")[0]


def index_of(procedure: str, *, last: bool = False) -> int:
    """Return the index in ORDER of a procedure; of logging out, which is there twice, the first or last."""
    found = [index for index, place in enumerate(ORDER) if procedure_at(place) == procedure]
    return found[-1 if last else 0]
