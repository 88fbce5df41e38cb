"""A screen of 確認 beside the task: what is about to be changed, and where it differs. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from simulator.bank.people import people
from simulator.domain.world import Draft, World
from simulator.manual.grammar import Press
from simulator.manual.wording import fold, names_of
from simulator.training import expected, judge
from simulator.training.boxes import sentence
from simulator.training.coach_box_state import Box
from simulator.training.coach_parts import box
from simulator.training.knowledge import Known
from simulator.training.lessons import Course, Item
from simulator.training.model import RefusedField

RIGHTS, RIGHTS_CONFIRM = "ユーザ情報変更", "ユーザ情報変更確認"
NEW_USER_CONFIRM = "ID 新規作成確認"
_CHANGES = ("ユーザ名変更", "メールアドレス変更", "ログインパスワード管理", "ユーザ削除")
# Screens that change one user, and have changed nothing yet.
CHANGING = (
    RIGHTS,
    RIGHTS_CONFIRM,
    "初期承認パスワード設定",
    "ユーザ情報詳細",
    *_CHANGES,
    *(f"{title}確認" for title in _CHANGES),
)
RIGHT = "変更の内容は、課題どおりです"
LOOK_AND_GO_ON = "「変更後」の○を確認してから、画面の下へ進みます。"
DIFFERS = "課題と違うところが{count}か所あります"
GO_BACK = "［戻る］をクリックして直します。"


def value_for(each: RefusedField, values: Sequence[Known]) -> Known | None:
    """Return what is known of the value for a field that was refused."""
    label = fold(each.label)
    for known in values:
        names = {fold(name) for name in names_of(known.field.word)}
        if label in names or (each.field.endswith("again") and any(name in label for name in names)):
            return known
    return None


def user_to_change(course: Course, due: Item) -> str:
    """Return the ログインID of the user whom the lesson of a step changes, "" where it changes none."""
    lesson = [item for item in course.items if item.lesson == due.lesson]
    opens = (a for item in lesson for a in item.actions if isinstance(a, Press))
    if not any(a.row or a.label == "変更" for a in opens):
        return ""
    last = max(course.items.index(item) for item in lesson)
    return expected.target_of(course, course.items[last])


def draft_on(world: World, login_id: str, window: str) -> Draft | None:
    """Return what waits for its confirmation in a window of the user who is logged in."""
    found = (session for session in world.sessions if session.login_id == login_id)
    return next((s.drafts[window] for s in found if window in s.drafts), None)


def confirm_boxes(course: Course, due: Item, screen: str, login_id: str, world: World) -> Iterator[Box]:
    """Return the box of a screen of 確認: it is as the task asks, or where it differs."""
    if screen == RIGHTS_CONFIRM and (draft := draft_on(world, login_id, "c")) and draft.kind == "rights":
        checked = draft.choices["rights"], draft.choices["accounts"]
        wrong = judge.wrong_rows(judge.compare_boxes(course, due, world, checked))
        yield from _told([sentence(row) for row in wrong], says_right=True)
    if screen == NEW_USER_CONFIRM and (draft := draft_on(world, login_id, "b")) and draft.kind == "new_user":
        yield from _told(list(_new_user(draft, world)), says_right=False)


def _told(differing: Sequence[str], *, says_right: bool) -> Iterator[Box]:
    if differing:
        title = DIFFERS.format(count=len(differing))
        yield box("confirm_differs", "wait", title, GO_BACK, items=differing)
    elif says_right:
        yield box("confirm_right", "good", RIGHT, LOOK_AND_GO_ON)


def _new_user(draft: Draft, world: World) -> Iterator[str]:
    new, typed = people(world.seed).general, draft.fields
    if typed["login_id"] != new.login_id:
        yield f"ユーザ IDは「{new.login_id}」です。"
    if not expected.same_name(typed["name"], new.name):
        yield f"ユーザ名は「{new.name}」です。"
    if typed["mail"] != new.mail:
        yield f"メールアドレスは「{new.mail}」です。"
