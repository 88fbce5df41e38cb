"""The result of one practice as data for its page: how it came out, what differed, step by step. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from simulator.bank.messages import OPERATIONS
from simulator.manual.order import CHAPTERS
from simulator.store.training import TrailRow
from simulator.training import judge
from simulator.training.goals import HANAKO, TARO
from simulator.training.lessons import Course, Item
from simulator.training.model import Row
from simulator.training.practice import Going
from simulator.training.progress_map import minutes, seconds_taken

# What is said to be left out, by the event that would have proven it.
LEFT_OUT = {
    "login": "ログイン",
    "login_password_changed": "ログインパスワードの変更",
    "approval_password_set": "承認パスワードの設定",
    "approval_password_changed": "承認パスワードの変更",
    "rights_changed": "取引権限の設定",
    "user_created": "ユーザの作成",
    "users_updated": "ユーザ更新",
    "lock_released": "窓口への申し出",
}
TARO_CAN = "ログインパスワードと承認パスワードを設定し、すべての取引権限を付けました。"
HANAKO_CAN = "ユーザの作成、ユーザ更新、取引権限の設定が済み、ご自分のパスワードを設定しました。"
BOTH_LOGOUTS = "2回のログアウトを、正しい順番で行いました。"
LOCKS = {"login_password_locked": "ログインパスワード", "approval_password_locked": "承認パスワード"}


@dataclass(frozen=True)
class Head:
    """The seal, one sentence, another line; kind: pass, fail or over, for the colour."""

    seal: str
    kind: str
    lead: str
    more: str


@dataclass(frozen=True)
class Table:
    """Rows about one person: the faults first; folded: how many boxes are equal and unchecked."""

    about: str
    rows: tuple[Row, ...]
    folded: tuple[Row, ...]


@dataclass(frozen=True)
class Line:
    """One step in the record: its number, its sentence, the time it took, mistakes at it."""

    number: str
    sentence: str
    time: str
    mistakes: int


@dataclass(frozen=True)
class Part:
    """One chapter in the record: procedures done of all, its time and mistakes."""

    title: str
    done: int
    of: int
    time: str
    mistakes: int


def number_of(course: Course, item: Item) -> str:
    """Return a step's number, with its procedure where a course has several."""
    return item.label.rpartition("　")[2] if len(set(course.lessons)) == 1 else item.label


# How it came out ---------------------------------------------------------------------------------


def head(going: Going) -> Head:
    """Return how an ended practice came out."""
    practice, course, outcome = going.practice, going.course, going.row.outcome
    if practice.mode == "measure" and outcome != "stopped":
        if outcome == "passed":
            return Head("合格", "pass", "課題どおりに設定できました。", "")
        return Head("不合格", "fail", _why(going), _first_wrong(going))
    if outcome == "stopped":
        return Head("中断", "over", "練習を中断しました。", _stood(going))
    if course.kind == "all":
        both = f"{TARO}と{HANAKO}の2人が、電子記録債権サービスを利用できるようになりました。"
        return Head("修了", "pass", "初期設定編の手順を、最後まで終えました。", both)
    lead = "自力で完了しました。" if outcome == "passed" else f"{_title(course)}の練習が終わりました。"
    return Head("終了", "pass", lead, "")


def _title(course: Course) -> str:
    return course.title.partition("　")[0] if course.kind == "procedure" else f"「{course.title}」"


def _why(going: Going) -> str:
    """The sentence of a failed テスト: a lock, the time, what is left out, what differs."""
    practice, course = going.practice, going.course
    reasons = practice.verdict.reasons if practice.verdict else []
    for kind, words in LOCKS.items():
        if any(OPERATIONS[kind] in reason for reason in reasons):
            return f"{words}をロックさせたため、不合格です。"
    for kind in ("login_password_wrong", "approval_password_wrong"):
        if any(OPERATIONS[kind] in how for _, how in practice.broken):
            return f"{OPERATIONS[kind].removesuffix('誤り')}を間違えたため、不合格です。"
    if judge.TIME_IS_UP in reasons:
        return f"制限時間になりました。{_stood(going)}"
    if judge.LEFT_OUT in reasons and (item := _left_out(going)):
        done = LEFT_OUT.get(item.events[0], OPERATIONS.get(item.events[0], ""))
        own = item.lesson == course.id and course.drill
        return f"{'' if own else f'手順{item.lesson}'}「{done}」が行われていません。"
    count = len(judge.wrong_rows(practice.compared))
    return f"設定した内容が、課題と{count}か所違いました。" if count else "課題にない変更を行いました。"


def _left_out(going: Going) -> Item | None:
    """The first step whose doing leaves something in the bank and that is not done."""
    open_ = (n for n, item in enumerate(going.course.items) if item.events and n not in going.practice.passed)
    place = next(open_, None)
    return going.course.items[place] if place is not None else None


def _first_wrong(going: Going) -> str:
    item = wrong_item(going)
    if item is None:
        return ""
    return f"最初に違ったのは「{number_of(going.course, item)} {item.sentence}」です。"


def wrong_item(going: Going) -> Item | None:
    """Return the first step that went wrong in a テスト, as its verdict names it."""
    wrong = going.practice.verdict.wrong if going.practice.verdict else ""
    return next((item for item in going.course.items if item.key == wrong), None)


def _stood(going: Going) -> str:
    place = max(going.practice.passed, default=None)
    if place is None or place >= len(going.course.items):
        return ""
    return f"{number_of(going.course, going.course.items[place])} まで進んでいました。"


# What was asked and what was done ----------------------------------------------------------------


def tables(rows: Sequence[Row]) -> list[Table]:
    """Return the rows by whom they are about, the faults of each first, equal unchecked boxes folded."""
    found = []
    for about in dict.fromkeys(row.about for row in rows):
        own = [row for row in rows if row.about == about]
        shown = sorted((row for row in own if not row.folded), key=lambda row: row.verdict == "right")
        found.append(Table(about, tuple(shown), tuple(row for row in own if row.folded)))
    return found


# Step by step ------------------------------------------------------------------------------------


def seconds_of(trail: Sequence[TrailRow]) -> dict[str, int]:
    """Return step -> the seconds until it was passed since the one before. trail: oldest first."""
    found: Counter[str] = Counter()
    since = None
    for entry in trail:
        if entry.kind == "passed" and since:
            found[entry.item] += int((entry.at - since).total_seconds())
        if entry.kind in ("began", "passed"):
            since = entry.at
    return dict(found)


def lines(course: Course, trail: Sequence[TrailRow]) -> list[Line]:
    """Return a line for each step of a course; trail: of the practice, oldest first."""
    spent: dict[int, int] = {}
    faults: Counter[int] = Counter()
    places = {key: [n for n, item in enumerate(course.items) if item.key == key] for key in keys_of(course)}
    passes: Counter[str] = Counter()  # logging out is done twice in the whole manual
    since = None
    for entry in trail:
        own = places.get(entry.item, [])
        place = own[min(passes[entry.item], len(own) - 1)] if own else None
        if entry.kind == "mistake" and place is not None:
            faults[place] += 1
        if entry.kind == "passed" and place is not None and since:
            spent[place] = int((entry.at - since).total_seconds())
            passes[entry.item] += 1
        if entry.kind in ("began", "passed"):
            since = entry.at
    return [
        Line(number_of(course, item), item.sentence, clock(spent.get(n)), faults[n])
        for n, item in enumerate(course.items)
    ]


def keys_of(course: Course) -> set[str]:
    """Return the keys of a course's steps."""
    return {item.key for item in course.items}


def clock(seconds: int | None) -> str:
    """Return seconds as 4:31, "" for None."""
    return "" if seconds is None else f"{seconds // 60}:{seconds % 60:02}"


def parts(going: Going, trail: Sequence[TrailRow]) -> list[Part]:
    """Return a line for each chapter of a course of several procedures; trail: oldest first."""
    return [part for words, ids in CHAPTERS.values() if (part := _part(going, trail, words, ids))]


def _part(going: Going, trail: Sequence[TrailRow], words: str, ids: Sequence[str]) -> Part | None:
    course, passed = going.course, set(going.practice.passed)
    lessons = [id_ for id_ in ids if id_ in course.lessons]
    if not lessons:
        return None
    proven = {id_: [n for n, i in enumerate(course.items) if i.lesson == id_ and i.events] for id_ in lessons}
    done = sum(set(places) <= passed for places in proven.values())
    own = {item.key for item in course.items if item.lesson in lessons}
    spent = sum(seconds for key, seconds in seconds_of(trail).items() if key in own)
    mistakes = sum(entry.kind == "mistake" and entry.item in own for entry in trail)
    return Part(words.partition("（")[0], done, len(lessons), minutes(spent), mistakes)


def mistakes(course: Course, trail: Sequence[TrailRow]) -> Iterator[tuple[str, str, int]]:
    """Return (number of the step, what was done, how often), in the course's order."""
    order = {item.key: place for place, item in enumerate(course.items)}
    numbers = {item.key: number_of(course, item) for item in course.items}
    entries = [(e.item, e.data.get("what", "")) for e in trail if e.kind == "mistake" and e.item in order]
    for (key, what), same in groupby(sorted(entries, key=lambda each: (order[each[0]], each[1]))):
        yield numbers[key], what, len(list(same))


def abilities(course: Course) -> list[tuple[str, str]]:
    """Return who can do what after the whole of the manual: できるようになったこと."""
    if course.kind != "all":
        return []
    return [
        (TARO, TARO_CAN),
        (HANAKO, HANAKO_CAN),
        ("ログアウト", BOTH_LOGOUTS),
    ]


def time_words(going: Going) -> str:
    """Return how long an ended practice took: as 4:31 in a テスト, as 4分31秒 elsewhere."""
    seconds = seconds_taken(going.row) or 0
    return clock(seconds) if going.practice.mode == "measure" else minutes(seconds)
