"""A practice as statements of xAPI 1.0.3: that it began, went on, and how it came out. Pure.

Nothing here names a person unless it is asked for, and nothing is a code that opens a seat or a class: what
has to be told apart is told apart by UUIDs, made from what never changes of a practice, so that the same
event has the same id whenever it is sent.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast
from urllib.parse import quote
from uuid import UUID, uuid5

from simulator.store.training import Member, PracticeRow
from simulator.store.training_report import Began, History
from simulator.training import going, judge, progress_map, tracker
from simulator.training.lessons import Course, courses
from simulator.training.model import MODES, Mode, Practice

Statement = dict[str, Any]

# A domain that can belong to nobody (RFC 2606): identifiers only, there is nothing to open.
BASE = "https://densai.example/xapi"
ADL = "http://adlnet.gov/expapi"
LANGUAGE, ENGLISH = "ja-JP", "en-US"
# Of ADL's vocabulary, with the word in Japanese.
VERBS = {
    "attempted": "始めた",
    "resumed": "再開した",
    "suspended": "中断した",
    "terminated": "途中で終えた",
    "completed": "完了した",
    "passed": "合格した",
    "failed": "不合格になった",
}
# How a practice came out -> the verb; a stopped one is suspended or terminated.
ENDINGS = {"done": "completed", "passed": "passed", "failed": "failed"}
KINDS = {"procedure": "lesson", "chapter": "module", "all": "course", "drill": "simulation"}
ENGLISH_KINDS = {"procedure": "Procedure", "chapter": "Chapter", "drill": "Drill"}
ENGLISH_MODES: dict[Mode, str] = {
    "show": "demonstration",
    "learn": "guided",
    "try": "alone",
    "measure": "test",
}
WHOLE = "all"


@dataclass(frozen=True)
class Teller:
    """Makes the statements of one class.

    space: a UUID of the database's own, from which all others are made. code, name: of the class. with_names:
    whether trainees are named.
    """

    space: UUID
    code: str
    name: str
    with_names: bool = False

    @property
    def class_key(self) -> str:
        """The class, as no code that anybody could join it with."""
        return str(self._uuid("class"))

    def _uuid(self, *parts: object) -> UUID:
        return uuid5(self.space, "/".join(map(str, (self.code, *parts))))

    def beginnings(
        self, member: Member, row: PracticeRow, history: History, after: int = 0
    ) -> list[Statement]:
        """Return that a practice began and went on, but for the entries of the trail up to ``after``."""
        began = history.began or (Began(after + 1, row.started),)
        return [
            self._statement(
                "resumed" if place else "attempted", each.at, f"began/{place}", member, row, history
            )
            for place, each in enumerate(began)
            if each.id > after
        ]

    def ending(self, member: Member, row: PracticeRow, history: History) -> list[Statement]:
        """Return how a practice came out; nothing while it runs."""
        if row.ended is None:
            return []
        verb = ENDINGS.get(row.outcome) or ("suspended" if history.waits else "terminated")
        # Suspended or terminated, it is one event: which of them may change until it is told.
        event = f"{'ended' if row.outcome in ENDINGS else 'left'}/{_instant(row.ended)}"
        made = self._statement(verb, row.ended, event, member, row, history)
        return [{**made, "result": _result(row, going.kept(row))}]

    def _statement(
        self, verb: str, at: datetime, event: str, member: Member, row: PracticeRow, history: History
    ) -> Statement:
        # Its number changes when it goes on after an interruption; how it began never does.
        first = history.began[0].id if history.began else f"number-{row.id}"
        which = (member.place, row.course, row.mode, _instant(row.started), first)
        return {
            "id": str(self._uuid("event", *which, event)),
            "actor": self._actor(member),
            "verb": {"id": f"{ADL}/verbs/{verb}", "display": {LANGUAGE: VERBS[verb], ENGLISH: verb}},
            "object": _activity(row.course),
            "context": {
                "registration": str(self._uuid("practice", *which)),
                "team": {
                    "objectType": "Group",
                    "name": self.name,
                    "account": {"homePage": f"{BASE}/classes", "name": self.class_key},
                },
                "contextActivities": _around(row),
                "language": LANGUAGE,
                "platform": "densai-sandbox",
            },
            "timestamp": _instant(at),
        }

    def _actor(self, member: Member) -> dict[str, Any]:
        return {
            "objectType": "Agent",
            "name": (member.name if self.with_names else "") or f"席{member.place}",
            "account": {"homePage": f"{BASE}/classes/{self.class_key}", "name": str(member.place)},
        }


def is_told(row: PracticeRow) -> bool:
    """Return whether a practice is told at all: a 見本 is only watched, nobody has done anything."""
    return row.mode != "show"


def _instant(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")


def _activity(id_: str) -> dict[str, Any]:
    """Return a course as an activity; without a description where it is not there any more."""
    activity: dict[str, Any] = {"objectType": "Activity", "id": f"{BASE}/courses/{quote(id_, safe='')}"}
    if course := courses().get(id_):
        activity["definition"] = {
            "type": f"{ADL}/activities/{KINDS[course.kind]}",
            "name": {LANGUAGE: course.title, ENGLISH: _english(course)},
        }
    return activity


def _english(course: Course) -> str:
    if course.kind == WHOLE:
        return "All procedures of the manual"
    return f"{ENGLISH_KINDS[course.kind]} {course.id.removeprefix('ch').removeprefix('d-')}"


def _around(row: PracticeRow) -> dict[str, Any]:
    """Return the chapter and the manual around a course, and the way in which it was practised."""
    mode = cast("Mode", row.mode)
    chapters = [
        each.id for each in courses().values() if each.kind == "chapter" and row.course in each.lessons
    ]
    made: dict[str, Any] = {
        "category": [
            {
                "objectType": "Activity",
                "id": f"{BASE}/modes/{mode}",
                "definition": {"name": {LANGUAGE: MODES[mode], ENGLISH: ENGLISH_MODES[mode]}},
            }
        ]
    }
    if chapters:
        made["parent"] = [_activity(chapter) for chapter in chapters]
    if row.course != WHOLE:
        made["grouping"] = [_activity(WHOLE)]
    return made


def _result(row: PracticeRow, practice: Practice) -> dict[str, Any]:
    course = courses().get(row.course)
    is_whole = row.outcome in progress_map.COMPLETE or (
        row.outcome == "failed" and course is not None and tracker.is_over(practice, course)
    )
    made: dict[str, Any] = {
        "completion": is_whole,
        "duration": _duration(progress_map.seconds_between(row, practice.paused_seconds) or 0),
        "extensions": {
            f"{BASE}/extensions/mistakes": row.faults,
            f"{BASE}/extensions/hints": practice.helps_in_all,
        },
    }
    if row.outcome in ("passed", "failed"):
        made["success"] = row.outcome == "passed"
        made |= _score(practice)
    if practice.verdict and practice.verdict.wrong:
        made["extensions"][f"{BASE}/extensions/first-wrong-step"] = practice.verdict.wrong
    return made


def _score(practice: Practice) -> dict[str, Any]:
    """Return how many of the values and doings that the task asks for are right; nothing without any."""
    rows = [row for row in practice.compared if not row.folded]
    most = len(rows)
    right = most - len(judge.wrong_rows(rows))
    if not most:
        return {}
    return {"score": {"scaled": round(right / most, 4), "raw": right, "min": 0, "max": most}}


def _duration(seconds: int) -> str:
    """Return seconds as ISO 8601 writes them, as PT1H2M3S."""
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return "PT" + f"{hours}H" * bool(hours) + f"{minutes}M" * bool(minutes) + f"{rest}S"
