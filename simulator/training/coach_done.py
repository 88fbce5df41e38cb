"""The box at the end of a procedure or a course: what is true now, figures, what is next. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from simulator.domain.world import World
from simulator.manual.procedures import titles
from simulator.store.training import TrailRow
from simulator.training.coach_box_state import Box, Button, Fact
from simulator.training.coach_parts import box, button, minutes_and_seconds
from simulator.training.goals import done_words
from simulator.training.lessons import Course, Item
from simulator.training.practice import Going, limit_of

RESULT = "結果を見る"
ENDED, NEXT = "手順{lesson}を終えました", "次は、手順{lesson}　{title}"
GO_ON, TIME, MISTAKES, TIMES = "次の手順へ進む", "時間", "間違い", "{count}回"
ALONE = "自力で完了しました。"


def lesson_title(course: Course, item: Item) -> str:
    """Return the heading of a step's procedure, of a drill's own step that of the drill."""
    heading = titles().get(item.lesson)
    return f"手順{item.lesson}　{heading}" if heading else course.title


def ending(going: Going, world: World, following: str) -> Box:
    """Return the box of a practice that has ended. following: the course that it leads to, or ""."""
    practice, course = going.practice, going.course
    if practice.mode == "measure":
        return _test_over(going)
    facts = _facts(_seconds(going), practice.faults_in_all)
    alone = ALONE if going.row.outcome == "passed" else ""
    lesson = course.lessons[-1]
    result = button("result", RESULT, main=not following)
    if course.kind != "procedure":
        buttons = [result, button("home", "わたしの訓練に戻る")]
        title = f"{course.title}の練習が終わりました" if course.kind != "drill" else "練習が終わりました"
        words = done_words(lesson, world) if course.kind != "drill" else ""
        return box("course_done", "good", title, alone, words, facts=facts, buttons=buttons)
    lines = [alone, done_words(lesson, world), _next_words(following)]
    home = button("home", "わたしの訓練に戻る")
    buttons = [_go_on(going, following), result] if following else [result, home]
    id_ = "procedure_done" if following else "course_done"
    return box(id_, "good", _title(course.id, following), *lines, facts=facts, buttons=buttons)


def _title(id_: str, following: str) -> str:
    return ENDED.format(lesson=id_) if following else f"手順{id_}の練習が終わりました"


def _next_words(following: str) -> str:
    return NEXT.format(lesson=following, title=titles()[following]) if following else ""


def _go_on(going: Going, following: str) -> Button:
    fields = {
        "course": following,
        "mode": going.practice.mode,
        "keep": "1",
        "after": str(going.row.id),
    }
    return {"id": "next", "label": GO_ON, "main": True, "fields": fields}


def _test_over(going: Going) -> Box:
    limit, ended = limit_of(going), going.row.ended
    result = [button("result", RESULT, main=True)]
    if limit and ended and ended >= limit:
        words = "ここまでの設定を採点しました。"
        return box("time_up", "wait", "制限時間になりました", words, buttons=result)
    title = f"{going.course.title}のテストが終わりました"
    return box("course_done", "good", title, buttons=result)


def between(going: Going, world: World, trail: Sequence[TrailRow]) -> list[Box]:
    """Return the box between two procedures, at the first step of the second. trail: newest first."""
    course, place = going.course, going.practice.position
    if not trail or not is_between(going):
        return []
    before, lesson = course.items[place - 1].lesson, course.items[place].lesson
    seconds, mistakes = _of_lesson(course, place, trail)
    return [
        box(
            "procedure_done",
            "good",
            ENDED.format(lesson=before),
            done_words(before, world),
            _next_words(lesson),
            key=f"procedure_done {place}",
            facts=_facts(seconds, mistakes),
            buttons=[button("continue", GO_ON, main=True)],
        )
    ]


def is_between(going: Going) -> bool:
    """Whether the step that is due begins another procedure, and nothing has happened at it yet."""
    practice, items = going.practice, going.course.items
    place = practice.position
    if practice.mode not in ("learn", "try") or not 0 < place < len(items):
        return False
    changes = items[place].lesson != items[place - 1].lesson
    known = titles()
    is_named = items[place].lesson in known and items[place - 1].lesson in known
    return changes and is_named and not practice.faults and not practice.helped


def _of_lesson(course: Course, place: int, trail: Sequence[TrailRow]) -> tuple[int, int]:
    """The seconds and the mistakes of the procedure before a place, from the trail of this practice."""
    lesson = course.items[place - 1].lesson
    keys = {item.key for item in course.items[:place] if item.lesson == lesson}
    first = next((e for e in reversed(trail) if e.item in keys and e.kind == "passed"), None)
    since = [e.at for e in trail if first and e.at <= first.at and e.item not in keys and e.kind == "passed"]
    began = max(since, default=trail[-1].at)
    seconds = int((trail[0].at - began).total_seconds())
    return max(0, seconds), sum(e.item in keys and e.kind == "mistake" for e in trail)


def _seconds(going: Going) -> int:
    ended = going.row.ended
    whole = int((ended - going.row.started).total_seconds()) if ended else 0
    return max(0, whole - going.practice.paused_seconds)


def _facts(seconds: int, mistakes: int) -> list[Fact]:
    return [
        {"label": TIME, "value": minutes_and_seconds(seconds)},
        {"label": MISTAKES, "value": TIMES.format(count=mistakes)},
    ]
