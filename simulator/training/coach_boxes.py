"""The boxes above the step: refusals, own passwords, locks, the wrong person or user, what differs. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from simulator.bank.people import MASTER_ID
from simulator.domain.rules import lockout
from simulator.domain.world import World
from simulator.manual.grammar import Press
from simulator.manual.text import notes_of
from simulator.training import coach_confirm, tracker
from simulator.training.coach_parts import ACT, CALL, box, button
from simulator.training.coach_state import Box, Button, Fault, ManualNote
from simulator.training.coach_windows import in_list_window
from simulator.training.goals import name_of
from simulator.training.guide import NOBODYS, SESSION_OVER, Guidance
from simulator.training.knowledge import WORDS, Known, attempts_left, seeded_value, set_at
from simulator.training.lessons import Course
from simulator.training.model import Learner, Practice, RefusedField, in_japan
from simulator.training.step_view import manual_note

MOST_FAULTS = 2
COMPARED_FROM, SPELLED_FROM, ACTED_FROM, WARNED_FROM = 2, 3, 4, 3
PASSWORDS_AGAIN = "パスワードの欄は送るたびに空になるので、もう一度入力します。"
NOT_COUNTED = "この間違いは、ロックの回数に入りません。"
LOWER = "英字はすべて小文字です。"
TINTED = "色の付いた文字は数字です。"
TO_DO = {
    "blank_end": "空白を入れずに、もう一度入力します。",
    "blank_start": "空白を入れずに、もう一度入力します。",
    "blank_inside": "空白を入れずに、もう一度入力します。",
    "full_width": "半角に切り替えて、もう一度入力します。",
}
KINDS = {"master": "マスターユーザ", "general": "一般ユーザ"}


@dataclass(frozen=True)
class Scene:
    """A page of a practice. subject: the ログインID of the user that it changes, "" for none.

    values: what is known of each field of its step. may_show: whether the mode and the hints let the values
    be seen. acts: whether the coach may act here. in_class: whether there is an instructor to call.
    """

    practice: Practice
    course: Course
    world: World
    told: Guidance
    screen: str
    login_id: str
    subject: str
    values: Sequence[Known]
    may_show: bool
    acts: bool
    in_class: bool
    learner: Learner


def boxes(scene: Scene) -> list[Box]:
    """Return the boxes for a page, the first of them the state that it is in."""
    lock = _lock(scene)
    if lock:
        return [lock]
    found = [*_unlocked(scene), *_refusal(scene)]
    if scene.practice.mode == "measure":
        return found
    place = list(_place(scene))
    if not place and scene.practice.mistake and not scene.practice.refused:
        place = [box("mistake", "wait", "操作が手順と違いました", scene.practice.mistake)]
    return [*found, *place, *_own_values(scene)]


# Refusals ----------------------------------------------------------------------------------------


def _refusal(scene: Scene) -> Iterator[Box]:
    practice = scene.practice
    if practice.mode == "measure" or not practice.refused or scene.screen != practice.last_screen:
        return
    if practice.coach_refused:
        words = "間違いの回数には入りません。ご自分で操作するか、講師を呼んでください。"
        buttons = [CALL] if scene.in_class else []
        words = words if scene.in_class else "間違いの回数には入りません。ご自分で操作してください。"
        title = "案内の操作が受け付けられませんでした"
        yield box("coach_refused", "bad", title, words, faults=_faults(scene, 1), buttons=buttons)
        return
    yield _refused(scene, practice.refusals)


def _refused(scene: Scene, count: int) -> Box:
    title = "受け付けられませんでした" + (f"（{count}回目）" if count > 1 else "")
    refused = scene.practice.refused
    more = len(refused) - MOST_FAULTS
    made = box("refusal", "bad", title, *_what_to_do(scene), faults=_faults(scene, count))
    made["key"] = f"refusal {count}"
    if more > 0:
        made["lines"].insert(0, f"ほか{more}件は画面のメッセージにあります。")
    if count == SPELLED_FROM and scene.may_show:
        made["spell"], made["small"] = _spelled(scene)
    if count >= ACTED_FROM and scene.acts and scene.practice.mode != "measure":
        made["lines"].append("この手順は、案内に操作を任せることができます。")
        made["buttons"] = [{**ACT, "main": True}]
        made["small"].append("任せた手順は、「案内つき」の記録になります。")
    if count >= ACTED_FROM and scene.in_class:
        made["buttons"].append(CALL)
    made["left"] = _attempts(scene)
    if not any(each.counts for each in refused) and any(known.which for known in scene.values):
        made["small"].append(NOT_COUNTED)
    return made


def _faults(scene: Scene, count: int) -> list[Fault]:
    compares = count >= COMPARED_FROM and scene.may_show
    return [_fault(scene, each, compares=compares) for each in scene.practice.refused[:MOST_FAULTS]]


def _fault(scene: Scene, each: RefusedField, *, compares: bool) -> Fault:
    known = coach_confirm.value_for(each, scene.values)
    sample = known.value if compares and known and each.typed and not known.is_secret else ""
    typed = each.typed if sample else ""
    return {
        "field": each.field,
        "label": each.label,
        "text": each.text,
        "cause": each.cause,
        "sample": sample,
        "typed": typed,
    }


def _what_to_do(scene: Scene) -> Iterator[str]:
    refused = scene.practice.refused
    causes = {each.cause for each in refused}
    fields = {each.field for each in refused if each.field}
    secrets = [known for known in scene.values if known.is_secret]
    if len(causes) == 1 and (words := TO_DO.get(next(iter(causes)))):
        yield words
    elif len(fields) > 1:
        yield f"この{len(fields)}つの欄を直します。"
    elif fields:
        yield "この欄を直します。"
    if secrets and len(scene.values) > 1:
        yield PASSWORDS_AGAIN


def _spelled(scene: Scene) -> tuple[str, list[str]]:
    """The first value to be mended, for its letters one by one, with what is said of them."""
    for each in scene.practice.refused:
        known = coach_confirm.value_for(each, scene.values)
        if known and known.value.isascii() and known.value:
            value = known.value
            lower = [LOWER] if value.islower() else []
            digits = [TINTED] if any(char.isdigit() for char in value) else []
            return value, ["".join([*lower, *digits])]
    return "", []


def _attempts(scene: Scene) -> str:
    if not any(each.counts for each in scene.practice.refused):
        return ""
    left = [attempts_left(scene.world, k.login_id, k.which) for k in scene.values if k.which]
    return f"あと{min(left)}回間違えると、ロックされます。" if left and min(left) <= WARNED_FROM else ""


# Locks -------------------------------------------------------------------------------------------


def _lock(scene: Scene) -> Box | None:
    """The lock of a password that this page asks for, or the bank's desk at work on it."""
    learner, locked = scene.learner, _locked(scene)
    if learner.asks_desk_since:
        wait = "講師がロックを解除するまで、このままお待ちください。解除されると、ここでお知らせします。"
        title = f"窓口に申し出ました（{_time(learner.asks_desk_since)}）"
        return box("waiting", "wait", title, wait, buttons=[button("desk_back", "申し出を取り消す")])
    if locked is None:
        return None
    login_id, which = locked
    times = scene.world.settings.lock_after
    words = f"{name_of(login_id)}の{WORDS[which]}を、続けて{times}回間違えました。"
    until = "解除されるまで、正しい値でも受け付けられません。"
    made = box("locked", "bad", f"{WORDS[which]}がロックされました", words + until)
    if which == "login" and login_id != MASTER_ID and _is_released_by_a_step(scene):
        made["lines"].append("マスターユーザが解除します。")
    else:
        made["buttons"] = [button("desk", "窓口に申し出る", main=True)]
    return made


def _locked(scene: Scene) -> tuple[str, lockout.Which] | None:
    if scene.told.due and tracker.wants_refusal(scene.told.due):
        return None  # the drill begins with the lock, which is to be found
    most = scene.world.settings.lock_after
    asked = [(known.login_id, known.which) for known in scene.values if known.which]
    for login_id, which in asked:
        user = scene.world.users.get(login_id)
        if user and lockout.is_locked(user, which, most):
            return login_id, which
    return None


def _is_released_by_a_step(scene: Scene) -> bool:
    rest = scene.course.items[scene.practice.position :]
    return any("user_password_reset" in item.events for item in rest)


def _unlocked(scene: Scene) -> Iterator[Box]:
    """A release stays until the step is done; the page takes it away once the field is filled."""
    at = scene.learner.released_at
    secrets = [known for known in scene.values if known.which]
    if at is None or not secrets or at < scene.practice.step_since or scene.practice.refused:
        return
    words = f"間違いの回数は0回に戻りました。{secrets[0].field.word}をもう一度入力します。"
    title = f"ロックが解除されました（{_time(at)}）"
    yield box("unlocked", "good", title, words, key=f"unlocked {at.isoformat()}")


def lock_note() -> list[ManualNote]:
    """Return the manual's note on the lock."""
    return [manual_note(note) for note in notes_of("1-1.4") if "ロック" in note.title]


# The wrong place ---------------------------------------------------------------------------------


def _place(scene: Scene) -> Iterator[Box]:
    told, due = scene.told, scene.told.due
    if due is None:
        return
    who = name_of(tracker.IDS[due.who])
    if told.is_leaving:
        words = f"この手順は、{who}（{KINDS[due.who]}）が操作します。いったんログアウトします。"
        yield box("wrong_person", "wait", f"{name_of(scene.login_id)}がログインしています", words)
    elif scene.screen == SESSION_OVER and told.turn == "prep":
        words = f"［ログインへ］をクリックし、{who}としてログインし直します。"
        yield box("session_over", "wait", "ログインが切れました", words)
    elif wrong := wrong_user(scene):
        yield wrong
    elif is_nothing_here(scene):
        words = "「戻る」で前の画面に戻ってください。"
        yield box("nothing_here", "wait", "この画面では操作しません", words)
    elif scene.may_show and told.turn == "item":
        yield from coach_confirm.confirm_boxes(scene.course, due, scene.screen, scene.login_id, scene.world)


def is_nothing_here(scene: Scene) -> bool:
    """Whether the due step is in this very window, but nothing on this screen leads to it."""
    told = scene.told
    same = told.due is not None and in_list_window(told.due.screen) == in_list_window(scene.screen)
    return told.turn == "off" and same and scene.screen not in NOBODYS


def wrong_user(scene: Scene) -> Box | None:
    """Return the box for a page that changes another user than the step is about; None elsewhere."""
    due = scene.told.due
    wanted = coach_confirm.user_to_change(scene.course, due) if due else ""
    if not wanted or not scene.subject or scene.subject == wanted or scene.screen.endswith("完了"):
        return None
    opened = scene.world.users.get(scene.subject)
    if opened is None or scene.screen not in coach_confirm.CHANGING:
        return None
    to_change = scene.world.users.get(wanted)
    kind = KINDS[to_change.kind] if to_change else KINDS["general"]
    name = name_of(wanted)
    given = name.split("\u00a0")[-1]
    back = f"［戻る］をクリックし、{given}の行の［{_button_of_row(scene)}］を選び直します。"
    return box(
        "wrong_user",
        "wait",
        "別のユーザを開いています",
        f"開いているのは、{name_of(scene.subject)}（{KINDS[opened.kind]}）です。"
        f"この手順では、{name}（{kind}）を変更します。",
        f"{back}まだ何も変更されていません。",
    )


def _button_of_row(scene: Scene) -> str:
    """The label of the button that opens a user's page in this lesson."""
    due = scene.told.due
    lesson = [item for item in scene.course.items if due and item.lesson == due.lesson]
    presses = [a for item in lesson for a in item.actions if isinstance(a, Press)]
    rows = [a.label for a in presses if a.row or a.label == "変更"]
    return rows[0] if rows else "変更"


# Own passwords -----------------------------------------------------------------------------------


def _own_values(scene: Scene) -> Iterator[Box]:
    own = next((known for known in scene.values if known.kind == "own" and known.which), None)
    if own is None or own.which is None or scene.told.turn == "off":
        return
    word, step = WORDS[own.which], set_at(scene.world, own.login_id, own.which)
    yield box(
        "own_value",
        "wait",
        f"この{own.field.word}は、ご自分で決めた値です",
        f"手順{step}で設定した値を入力します。案内には、その値が分かりません。",
        key=f"own_value {word}",
        buttons=[_restore(own)],
        small=[f"控えの値（{seeded_value(scene.world, own)}）に戻り、間違いの回数は0回になります。"],
    )


def _restore(own: Known) -> Button:
    label = "忘れたので、控えの値に戻す"
    return button("restore", label, user=own.login_id, secret=own.which or "login")


def _time(moment: datetime) -> str:
    return f"{in_japan(moment):%H:%M}"
