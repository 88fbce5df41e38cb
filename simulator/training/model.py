"""The documents of training: classes, learners and practices. Times are real, in UTC."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Literal

from simulator.domain.world import JAPAN

Mode = Literal["show", "learn", "try", "measure"]
# The name of each mode.
MODES: dict[Mode, str] = {"show": "見本", "learn": "案内つき", "try": "自力", "measure": "テスト"}
# What the hints of 自力 give, one after the other; then a step can be left to the coach.
HINTS = ("手順の文を見る", "入力する内容を見る", "操作する場所を示す")
# How a practice ended; "" while it runs. Guided completion is "done", never "passed".
Outcome = Literal["", "done", "passed", "failed", "stopped"]


def utc_now() -> datetime:
    """Real time, to the second."""
    return datetime.now(UTC).replace(microsecond=0)


def in_japan(moment: datetime) -> datetime:
    """The same moment by the bank's clock, wherever the server stands."""
    return moment.astimezone(JAPAN)


@dataclass
class ClassPlan:
    """A class as its instructor set it up.

    starts_on: the date in its banks on the day on which it was set: dated_on, or the day on which the class
    was made. minutes: the time limit of a テスト, 0 for each course's own. manual_in_test: whether the manual
    may be looked at in a テスト, as at work. archived_at: when the class was put away; None while it is in
    use.
    """

    name: str
    seed: int
    courses: list[str]
    modes: list[Mode]
    starts_on: date | None = None
    minutes: int = 0
    paused_at: datetime | None = None
    message: str = ""
    message_number: int = 0
    manual_in_test: bool = True
    archived_at: datetime | None = None
    dated_on: date | None = None
    version: Literal[1] = 1  # of the document: simulator.store.documents


@dataclass
class Learner:
    """The record of one seat's trainee.

    clean: step -> passes in a row without a mistake or help. asks_desk_since: since when the bank's desk is
    asked to release a lock; released_at: when it last did. hand_since: since when the instructor is called,
    and hand_seen_at: when the call was answered. message, message_number: the instructor's last word to this
    seat alone; message_read, class_message_read: the numbers of the last messages that were read.
    """

    clean: dict[str, int] = field(default_factory=dict)
    asks_desk_since: datetime | None = None
    days_moved: int = 0  # how far the instructor has moved this seat's date, kept over restarts
    released_at: datetime | None = None
    hand_since: datetime | None = None
    hand_seen_at: datetime | None = None
    message: str = ""
    message_number: int = 0
    message_read: int = 0
    class_message_read: int = 0
    version: Literal[1] = 1


RowVerdict = Literal["right", "extra", "missing", "wrong"]


@dataclass(frozen=True)
class Row:
    """One line of 課題と、設定した内容: a box, a field or a doing, as it is asked for and as it was done.

    about: whose, as 碧海 花子さんの権限. item, asked, done: words for people, never a password. step: where
    it is set, as 2-3.5. folded: an unchecked box that the task does not ask for.
    """

    about: str
    item: str
    asked: str
    done: str
    verdict: RowVerdict = "right"
    step: str = ""
    folded: bool = False


@dataclass
class RefusedField:
    """One fault of the form that was refused last.

    field: its HTML name. label: its words. cause: one word for it; text: in the coach's words. typed: what
    was typed, "" for a password. counts: whether it was an attempt at a password.
    """

    field: str
    label: str
    cause: str
    text: str
    typed: str = ""
    counts: bool = False


@dataclass
class Verdict:
    """The judgement of a テスト: the first step of the manual where it went wrong, and why."""

    passed: bool
    wrong: str = ""
    reasons: list[str] = field(default_factory=list)


@dataclass
class Practice:
    """One go at a course: how far it has got, and what happened at the step that is due."""

    course: str
    mode: Mode
    position: int = 0
    passed: list[int] = field(default_factory=list)
    help: int = 0
    guided: bool = False  # a step was done for him, or shown
    mistake: str = ""
    refused_on: str = ""  # the screen on the way to the due step that has refused something
    faults: int = 0  # mistakes at the step that is due
    faults_in_all: int = 0
    helps_in_all: int = 0
    helped: bool = False  # help was used at the step that is due
    last_event: int = 0
    last_screen: str = ""
    step_since: datetime = field(default_factory=utc_now)
    limit_seconds: int = 0  # 0: none
    paused_seconds: int = 0
    # Step that a change should have proven -> the step where it went wrong, and how.
    wrong: dict[str, tuple[str, str]] = field(default_factory=dict)
    # What can't be made good, as a lock; and changes that nobody asked for: (step that was due, words).
    broken: list[tuple[str, str]] = field(default_factory=list)
    uncalled: list[tuple[str, str]] = field(default_factory=list)
    verdict: Verdict | None = None
    compared: list[Row] = field(default_factory=list)  # of the bank in which it ended
    refused: list[RefusedField] = field(default_factory=list)  # on the page that is shown, if it refuses
    refusals: int = 0  # at the step that is due
    acting: bool = False  # the coach has sent a form; a refusal on the next page is the coach's
    coach_refused: bool = False  # that page has refused it
    coach_faults: int = 0  # refusals of what the coach did: they are nobody's mistakes
    acted: int = 0  # steps that were left to the coach
    own_value_reset: bool = False  # a password was set back to the 控え
    resumed_from: int = 0  # the number that it had when it was interrupted last
    submit_key: str = ""  # which hands a テスト in, once
    days_moved: int = 0  # of the seat when it was interrupted
    version: Literal[1] = 1
