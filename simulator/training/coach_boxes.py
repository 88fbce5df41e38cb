"""The boxes above the step: locks, own passwords, the wrong person or user, what differs. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from simulator.bank.people import MASTER_ID
from simulator.domain.rules import lockout
from simulator.manual.grammar import Press
from simulator.manual.text import notes_of
from simulator.training import coach_confirm, coach_refusal_box, tracker
from simulator.training.coach_box_state import Box, Button
from simulator.training.coach_parts import box, button
from simulator.training.coach_scene import Scene
from simulator.training.coach_state import ManualNote
from simulator.training.coach_windows import KEYBOARD_HELP, due_window
from simulator.training.goals import name_of
from simulator.training.guide import NOBODYS, SESSION_OVER
from simulator.training.knowledge import WORDS, Known, seeded_value, set_at
from simulator.training.model import in_japan
from simulator.training.step_view import manual_note

BACK = "戻る"
# Pages of the bank that refuse a request, and have no 戻る.
REFUSED_PAGES = ("利用できません", "もう一度操作してください")
KINDS = {"master": "マスターユーザ", "general": "一般ユーザ"}


def boxes(scene: Scene) -> list[Box]:
    """Return the boxes for a page, the first of them the state that it is in."""
    lock = _lock(scene)
    if lock:
        return [lock]
    found = [*_unlocked(scene), *coach_refusal_box.refusal(scene)]
    if scene.practice.mode == "measure":
        return found
    place = list(_place(scene))
    if not place and scene.practice.mistake and not scene.practice.refused:
        place = [box("mistake", "wait", "操作が手順と違いました", scene.practice.mistake)]
    return [*found, *place, *_own_values(scene)]


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
    if scene.told.due and scene.told.due.wants_refusal:
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
    if at is None or at < scene.practice.step_since or scene.practice.refused:
        return
    asked = next((known.field.word for known in scene.values if known.which), "パスワード")
    words = f"間違いの回数は0回に戻りました。{asked}をもう一度入力します。"
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
        label = way_back(scene)
        words = (
            "「戻る」で前の画面に戻ってください。"
            if label == BACK
            else f"「{label}」をクリックしてください。"
        )
        yield box("nothing_here", "wait", "この画面では操作しません", words)
    elif scene.may_show and told.turn == "item" and not scene.practice.refused:
        yield from coach_confirm.confirm_boxes(scene.course, due, scene.screen, scene.login_id, scene.world)


def is_nothing_here(scene: Scene) -> bool:
    """Whether the due step is in this very window, but nothing on this screen leads to it."""
    told = scene.told
    if told.turn != "off" or told.due is None or scene.screen in (*NOBODYS, KEYBOARD_HELP):
        return False
    return due_window(scene.course, told.due) == scene.window


def way_back(scene: Scene) -> str:
    """Return the label of the button that leads back from a page that a box sends back from."""
    if scene.screen not in REFUSED_PAGES:
        return BACK
    user = scene.world.users.get(scene.login_id)
    if user is None:
        return "ログインへ"
    if scene.window == "b":
        return "サービス一覧へ"
    return "トップへ" if user.registered else "閉じる"


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
