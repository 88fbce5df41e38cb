"""わたしの訓練 as data for its template: the card, the map in columns, the drills by situation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from simulator.manual.order import CHAPTERS, person_of
from simulator.training import drill_groups, practice, progress_map
from simulator.training.lessons import Course, Item, courses
from simulator.training.model import MODES, Mode
from simulator.training.my_seat import MySeat
from simulator.training.progress_map import (
    ALONE,
    BEGUN,
    LEARNT,
    NEVER,
    PASSED,
    SEEN,
    STATES,
    Place,
    minutes,
    rank,
)
from simulator.training.tracker import due_item

# What the button of each mode says.
BUTTONS: dict[Mode, str] = {
    "show": "見本を見る",
    "learn": "案内つきで練習する",
    "try": "自力で練習する",
    "measure": "テストを受ける",
}
NONE = "none"
# State -> the mode that comes next.
FOLLOWS: dict[str, Mode] = {
    NEVER: "learn",
    BEGUN: "learn",
    SEEN: "learn",
    LEARNT: "try",
    ALONE: "measure",
    PASSED: "measure",
}


@dataclass(frozen=True)
class Way:
    """A button of a course. go: the recommended one."""

    mode: Mode
    words: str
    go: bool


@dataclass(frozen=True)
class Stop:
    """A procedure or drill with its level, the words under its name and its buttons.

    number: as 1-1, "" for a drill. result: the number of its last practice that has ended, 0 for none.
    """

    course: Course
    number: str
    name: str
    level: int
    how: str
    ways: tuple[Way, ...]
    is_running: bool
    is_next: bool
    result: int


@dataclass(frozen=True)
class Column:
    """Procedures under a heading, or drills of a situation; done: how many are at 案内つきで完了 or more."""

    heading: str
    stops: tuple[Stop, ...]
    done: int


@dataclass(frozen=True)
class Card:
    """The card on top. course: None where nothing is to be done. due: the due step, None in a テスト."""

    course: Course | None
    mode: Mode
    reason: str
    button: str
    is_running: bool
    ways: tuple[Way, ...]
    at: int
    steps: int
    due: Item | None
    left: int | None


def view(mine: MySeat) -> dict[str, Any]:
    """Return the values of the template."""
    card = _card(mine)
    places = {place.course.id: place for place in mine.places}
    stops = {
        course.id: _stop(mine, places[course.id], card) for course in mine.courses if course.id in places
    }
    return {
        "card": card,
        "columns": [
            _column(_heading(words), ids, stops) for words, ids in CHAPTERS.values() if set(ids) & set(stops)
        ],
        "wholes": [(course, _whole_name(course), _ways(mine, "", NEVER)) for course in _wholes(mine)],
        "groups": [
            _column(group.title, group.drills, stops)
            for group in drill_groups.GROUPS
            if set(group.drills) & set(stops)
        ],
        "states": STATES,
        "modes_all": MODES,
    }


# The card ----------------------------------------------------------------------------------------


def _card(mine: MySeat) -> Card:
    going, following = mine.going, mine.next()
    if going and going.is_running:
        measured = going.practice.mode == "measure"
        return Card(
            going.course,
            going.practice.mode,
            "",
            "続きから始める",
            True,
            () if measured else _ways(mine, "", NEVER),
            going.practice.position,
            len(going.course.items),
            None if measured else due_item(going.practice, going.course),
            practice.seconds_left(going, mine.now),
        )
    course, mode = following.course, following.mode
    ways = _ways(mine, mode, NEVER) if course else ()
    return Card(course, mode, following.reason, BUTTONS[mode], False, ways, 0, 0, None, None)


def _ways(mine: MySeat, mode: str, state: str) -> tuple[Way, ...]:
    """The buttons of a course: the one that comes next is the first.

    mode: the one that comes next; "" for that of the state, NONE where the course goes on by another button.
    """
    go = mode or FOLLOWS[state]
    offered = list(mine.modes)
    first = [each for each in offered if each == go]
    order = [*first, *(each for each in offered if each not in first)]
    return tuple(Way(each, BUTTONS[each], each == go) for each in order)


# The map -----------------------------------------------------------------------------------------


def _stop(mine: MySeat, place: Place, card: Card) -> Stop:
    course = place.course
    at_hand = card.course is not None and card.course.id == course.id
    number, name = _short_name(course)
    is_running = at_hand and card.is_running
    return Stop(
        course,
        number,
        name,
        rank(place.state),
        f"練習中（{card.at}／{card.steps}）" if is_running and card.left is None else _how(place, is_running),
        _ways(mine, "" if not is_running else NONE, place.state),
        is_running,
        at_hand,
        _last_result(mine, course),
    )


def _short_name(course: Course) -> tuple[str, str]:
    """Return a stop's number and name: under a chapter's heading it need not say whose it is."""
    if course.kind != "procedure":
        return "", course.title
    name = course.title.partition("　")[2]
    return course.id, name.removeprefix(f"{person_of(course.id)}の")


def _how(place: Place, is_running: bool) -> str:
    if is_running:
        return "テスト中"
    if place.state in (ALONE, PASSED) and place.seconds is not None:
        return f"{place.state}　{minutes(place.seconds)}"
    if place.mistakes and rank(place.state) >= rank(BEGUN):
        return f"{place.state}　間違い{place.mistakes}"
    return place.state


def _last_result(mine: MySeat, course: Course) -> int:
    rows = [row for row in mine.rows if row.course == course.id and row.outcome not in ("", "stopped")]
    return rows[-1].id if rows else 0


def _column(heading: str, ids: tuple[str, ...], stops: dict[str, Stop]) -> Column:
    found = tuple(stops[id_] for id_ in ids if id_ in stops)
    done = sum(stop.level >= progress_map.rank(LEARNT) for stop in found)
    return Column(heading, found, done)


def _heading(words: str) -> str:
    """A chapter's heading without what stands in brackets."""
    return words.partition("（")[0]


def _wholes(mine: MySeat) -> list[Course]:
    """The courses of several procedures; a chapter of one procedure is that procedure, where it is there."""
    offered = {course.id for course in mine.courses}
    own = {"all", *(id_ for id_, (_, parts) in CHAPTERS.items() if len(parts) > 1 or parts[0] not in offered)}
    return [each for each in mine.courses if each.id in own]


def _whole_name(course: Course) -> str:
    if course.kind == "all":
        return f"すべての手順（{len(courses()[course.id].items)}ステップ）"
    return f"{course.id.removeprefix('ch')}章"
