"""The marks that a practice leaves: steps passed, mistakes, and the entries of the trail about them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from simulator.store.training import NewEntry
from simulator.training.lessons import Course, Item
from simulator.training.model import Practice


def advance(practice: Practice, course: Course, to: int) -> Iterator[NewEntry]:
    """Go on to a step; those before it are passed, cleanly unless there was a mistake or help at them."""
    clean = not practice.faults and not practice.helped and practice.mode in ("try", "measure")
    for place in range(min(practice.position, to), to):
        if place not in practice.passed:
            practice.passed.append(place)
            yield step_entry("passed", course.items[place], clean="1" if clean else "")
    practice.position = _beyond_passed(practice, course, to)
    practice.faults = practice.help = practice.refusals = 0
    practice.helped, practice.mistake, practice.refused = False, "", []


def _beyond_passed(practice: Practice, course: Course, to: int) -> int:
    """Past the steps that lead to a change which was made before its turn."""
    for place in range(to, len(course.items)):
        if course.items[place].events:
            return _beyond_passed(practice, course, place + 1) if place in practice.passed else to
    return to


def note_mistake(practice: Practice, course: Course, words: str, rule: str, at: str = "") -> list[NewEntry]:
    """Note a mistake at the step that is due. rule: the manual's, or "". at: another step that it is at."""
    practice.faults += 1
    practice.faults_in_all += 1
    practice.mistake = words
    due = course.items[min(practice.position, len(course.items) - 1)]
    return [NewEntry("mistake", at or due.key, {"what": words, "rule": rule})]


def note_once(practice: Practice, course: Course, words: str) -> list[NewEntry]:
    """A mistake that goes on over several pages is one mistake."""
    return [] if practice.mistake == words else note_mistake(practice, course, words, "")


def step_entry(kind: str, item: Item, **data: str) -> NewEntry:
    """Return an entry of the trail about a step."""
    return NewEntry(kind, item.key, data)


def forget_refusal(practice: Practice) -> None:
    """Forget what was refused: that page is not shown any more."""
    if practice.refused:
        practice.refused, practice.coach_refused, practice.mistake = [], False, ""


def note_coach_refusal(practice: Practice, course: Course, words: Iterable[str]) -> NewEntry:
    """Note that what the coach sent was refused: it is nobody's mistake."""
    practice.coach_refused = True
    practice.coach_faults += 1
    due = course.items[min(practice.position, len(course.items) - 1)]
    return NewEntry("coach", due.key, {"what": " ".join(dict.fromkeys(words))})
