"""The courses: the manual's procedures and the drills as one list of items each.

Read from features/; nobody writes a lesson twice. An item is one step, with the screen it is done on and
the bank's own event that proves it done.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from simulator.domain.world import Kind
from simulator.manual.drills import Drill, drills
from simulator.manual.grammar import Action, CloseWindow, Outside, Press, Review
from simulator.manual.order import CHAPTERS, LOG_OUT, STORY, person_of
from simulator.manual.procedures import Procedure, procedure, procedures
from simulator.manual.wording import WHO

SECONDS_A_STEP, LEAST_MINUTES = 45, 5

# What the bank records when a screen's form was carried out: (screen, next screen) -> kinds of events.
_AFTER = {
    "承認パスワード変更結果": ("approval_password_set", "approval_password_changed"),
    "ユーザ情報変更完了": ("rights_changed",),
    "ID 新規作成完了": ("user_created",),
    "ユーザ情報更新完了": ("users_updated",),
    "ユーザ名変更完了": ("user_renamed",),
    "メールアドレス変更完了": ("user_mail_changed",),
    "ログインパスワード管理完了": ("user_password_reset",),
    "ユーザ削除完了": ("user_deleted",),
}
LOGIN, FIRST, LIST, LOGOUT = "ログイン", "ログインパスワード変更", "サービス一覧", "ログアウト"


@dataclass(frozen=True)
class Item:
    """One step of a course.

    key: the step of the manual or the drill, as 2-1.4. screen: where it is done, "" for a window yet to be
    opened. events: kinds of which one proves it; none for a step that only leads to another screen.
    """

    key: str
    lesson: str
    label: str
    sentence: str
    rows: tuple[tuple[str, ...], ...]
    actions: tuple[Action, ...]
    who: Kind
    screen: str
    next_screen: str
    events: tuple[str, ...]

    @property
    def unseen(self) -> bool:
        """Whether the bank can't see it done: a look, the answer to a dialog, a window closed."""
        last = self.actions[-1]
        if self.events:
            return False
        if isinstance(last, Review | CloseWindow | Outside):
            return True
        return isinstance(last, Press) and (last.only_if_shown or not self.next_screen)

    @property
    def wants_refusal(self) -> bool:
        """Whether it is done when the bank refuses it, as a drill's login while locked."""
        return self.screen == self.next_screen != "" and not self.events


@dataclass(frozen=True)
class Course:
    """A course to practise. base: the start that the bank is put to, one of manual.order.STARTS."""

    id: str
    title: str
    kind: Literal["procedure", "chapter", "all", "drill"]
    items: tuple[Item, ...]
    lessons: tuple[str, ...]
    base: str
    task: str = ""
    drill: Drill | None = None

    @property
    def limit_seconds(self) -> int:
        """The time limit of テスト where the class sets none."""
        return max(LEAST_MINUTES * 60, len(self.items) * SECONDS_A_STEP)


@cache
def courses() -> dict[str, Course]:
    """Every course by its id: the procedures, the chapters, the whole, the drills."""
    made = [*_procedure_courses(), *_chapter_courses(), _whole(), *map(_drill_course, drills())]
    return {course.id: course for course in made}


def item_of(key: str) -> Item:
    """The step with this key. Raises KeyError."""
    return _by_key()[key]


@cache
def _by_key() -> dict[str, Item]:
    return {item.key: item for course in courses().values() for item in course.items}


def _procedure_courses() -> Iterator[Course]:
    for each in procedures():
        items = tuple(_items(each, _who(each.id)))
        yield Course(each.id, f"手順{each.id}　{each.title}", "procedure", items, (each.id,), each.id)


def _chapter_courses() -> Iterator[Course]:
    for id_, (title, parts) in CHAPTERS.items():
        yield Course(id_, title, "chapter", _joined(parts), parts, parts[0])


def _whole() -> Course:
    return Course("all", "マニュアルのすべての手順", "all", _joined(STORY), STORY, STORY[0])


def _joined(parts: Iterable[str]) -> tuple[Item, ...]:
    """The items of several procedures; ログアウト is done by the person who worked before it."""
    found: list[Item] = []
    who: Kind = "master"
    for id_ in parts:
        who = who if id_ == LOG_OUT else _who(id_)
        found += _items(procedure(id_), who)
    return tuple(found)


def _who(id_: str) -> Kind:
    return WHO[person_of(id_)]


def _items(each: Procedure, who: Kind) -> Iterator[Item]:
    screen = each.start
    for step in each.steps:
        key, label = f"{each.id}.{step.number}", f"手順{each.id}　{step.number}."
        yield Item(
            key,
            each.id,
            label,
            step.sentence,
            step.rows,
            step.actions,
            who,
            screen,
            step.next_screen,
            proof(screen, step.next_screen, step.actions),
        )
        screen = step.next_screen or screen


def proof(screen: str, next_screen: str, actions: Iterable[Action]) -> tuple[str, ...]:
    """The kinds of events of which one shows that this step was done."""
    last = list(actions)[-1]
    if isinstance(last, Outside):
        return ("lock_released",) if "窓口" in last.what else ()
    if isinstance(last, CloseWindow):
        return ()
    if next_screen == LOGOUT:
        return ("logged_out",) if screen == LIST else ("left_service",)
    if screen == LOGIN and next_screen in (FIRST, LIST):
        return ("login",)
    if screen == FIRST and next_screen == LIST:
        return ("login_password_changed",)
    return _AFTER.get(next_screen, ())


def _drill_course(drill: Drill) -> Course:
    items = tuple(
        Item(
            f"{step.procedure}.{step.number}" if step.procedure else f"{drill.id}.{step.number}",
            step.procedure or drill.id,
            f"手順{step.procedure}　{step.number}." if step.procedure else f"{step.number}.",
            step.sentence,
            step.rows,
            step.actions,
            step.who,
            step.screen,
            step.next_screen,
            proof(step.screen, step.next_screen, step.actions),
        )
        for step in drill.steps
    )
    lessons = tuple(dict.fromkeys(item.lesson for item in items))
    return Course(drill.id, drill.title, "drill", items, lessons, drill.base, drill.task, drill)
