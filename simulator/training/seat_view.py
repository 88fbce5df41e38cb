"""One seat in words, for the instructor: the present screen, open requests, the record. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from simulator.domain.rules import lockout
from simulator.domain.world import World
from simulator.store.training import Member, TrailRow, read
from simulator.training import progress_map
from simulator.training.class_control import moment_key
from simulator.training.lessons import item_of
from simulator.training.model import MODES, Learner, in_japan
from simulator.training.practice import Going, seconds_left
from simulator.training.tracker import due_item

KINDS = {
    "began": "開始",
    "passed": "完了",
    "mistake": "間違い",
    "helped": "ヒント",
    "coach": "案内の操作",
    "ended": "終了",
}
WHICH = (("login", "ログインパスワード"), ("approval", "承認パスワード"))


@dataclass(frozen=True)
class Now:
    """The present state of a seat's practice, in words; "" for nothing.

    practice: the course with its mode, and how it came out when it has ended. position: as 5／8. minutes: at
    the due step, None where none is due. left: minutes left of a テスト. fault: the last mistake of this
    practice.
    """

    practice: str = ""
    is_running: bool = False
    position: str = ""
    screen: str = ""
    step: str = ""
    minutes: int | None = None
    left: int | None = None
    fault: str = ""
    faults: int = 0


def now(going: Going | None, trail: Sequence[TrailRow], moment: datetime) -> Now:
    """Return the state of a practice at a moment. trail: of the seat, newest first."""
    if going is None:
        return Now()
    kept, course = going.practice, going.course
    title, faults = f"{course.title}（{MODES[kept.mode]}）", kept.faults_in_all
    fault = next((e for e in trail if e.practice == going.row.id and e.kind == "mistake"), None)
    last_fault = f"{in_japan(fault.at):%H:%M}　{_step(fault.item)}　{_what(fault)}" if fault else ""
    if not going.is_running:
        result = progress_map.result_of(kept.mode, going.row.outcome)
        return Now(f"{title}　{result}", fault=last_fault, faults=faults)
    due, left = due_item(kept, course), seconds_left(going, moment)
    return Now(
        title,
        True,
        f"{kept.position}／{len(course.items)}",
        kept.last_screen,
        f"{due.label}　{due.sentence}" if due else "",
        max(0, int((moment - kept.step_since).total_seconds())) // 60,
        None if left is None else (left + 59) // 60,
        last_fault,
        faults,
    )


@dataclass(frozen=True)
class Calls:
    """The open requests of a seat, with the values that their forms carry.

    locked: whose which password is locked, in words. asked: since when the bank's desk was asked, as 10:42.
    """

    locked: tuple[str, ...]
    asked: str
    after: str
    hand: str
    raised: str


def calls(member: Member, world: World) -> Calls:
    """Return the open requests of a member and the locks of the bank."""
    learner = read(member.document, Learner)
    locked = tuple(
        f"{user.name}さんの{words}"
        for user in world.users.values()
        for which, words in WHICH
        if lockout.is_locked(user, which, world.settings.lock_after)  # type: ignore[arg-type]
    )
    waits = learner.hand_since if learner.hand_since and not learner.hand_seen_at else None
    return Calls(
        locked,
        _time(learner.asks_desk_since),
        moment_key(learner.released_at),
        _time(waits),
        moment_key(waits),
    )


def _time(moment: datetime | None) -> str:
    return f"{in_japan(moment):%H:%M}" if moment else ""


def told(entry: TrailRow) -> tuple[str, str, str, str]:
    """Return a line of the record as (time, kind, step, what)."""
    return f"{in_japan(entry.at):%m/%d %H:%M:%S}", KINDS[entry.kind], _step(entry.item), _what(entry)


def _step(key: str) -> str:
    try:
        item = item_of(key)
    except KeyError:  # of a feature that is not there any more
        return key
    return f"{item.label}　{item.sentence}"


def _what(entry: TrailRow) -> str:
    if entry.kind == "began":
        return f"{entry.data['what']}（{MODES[entry.data['mode']]}）"  # type: ignore[index]
    rule = f"（{entry.data['rule']}）" if entry.data.get("rule") else ""
    return entry.data.get("what", "") + rule
