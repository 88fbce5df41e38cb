"""The task of a course beside the state of its bank: one row for each box, field and doing. Pure.

A procedure, a chapter and the whole ask for the bank that the next start is made of; a drill for its goals.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from simulator.bank.people import GENERAL_ID, MASTER_ID
from simulator.domain.world import Event, Registration, User, World
from simulator.training.boxes import box_rows
from simulator.training.expected import form_step, same_name, target_of, tick_step
from simulator.training.goals import name_of
from simulator.training.lessons import Course, Item
from simulator.training.model import Row, RowVerdict

PEOPLE_IDS = {"master": MASTER_ID, "general": GENERAL_ID}
GOINGS = {
    "login": ("ログイン", "ログインする", "ログインした"),
    "left_service": (
        "しんきん電子記録債権サービスのログアウト",
        "ログアウトする",
        "ログアウトした",
    ),
    "logged_out": ("サービス一覧のログアウト", "ログアウトする", "ログアウトした"),
}
NOT_DONE = "していない"


def whose(login_id: str, of: str = "") -> str:
    """Return a user's name with さん, and what of theirs, as 碧海 花子さんの権限."""
    return f"{name_of(login_id)}の{of}" if of else name_of(login_id)


def done_or_not(about: str, item: str, asked: str, done: str, *, is_done: bool, step: str = "") -> Row:
    """Return the row of something that was to be done, as ログインする and ログインした."""
    verdict: RowVerdict = "right" if is_done else "missing"
    return Row(about, item, asked, done if is_done else NOT_DONE, verdict, step)


def value_row(about: str, item: str, asked: str, done: str, step: str = "", *, same: bool = False) -> Row:
    """Return the row of a value; ``same``: it is right although it is written in another way."""
    return Row(about, item, asked, done or "－", "right" if same or asked == done else "wrong", step)


# Coming and going --------------------------------------------------------------------------------


def goings(course: Course, events: Sequence[Event]) -> Iterator[Row]:
    """Return a row for each login and logout of a course, in their order; events oldest first."""
    rest = list(events)
    for item in course.items:
        for kind in item.events[:1]:
            if kind in GOINGS:
                places = (n for n, e in enumerate(rest) if _is(e, kind, PEOPLE_IDS[item.who]))
                place = next(places, None)
                name, asked, done = GOINGS[kind]
                about = whose(PEOPLE_IDS[item.who])
                yield done_or_not(about, name, asked, done, is_done=place is not None, step=item.key)
                rest = rest[place + 1 :] if place is not None else rest


def _is(event: Event, kind: str, login_id: str) -> bool:
    return event.kind == kind and event.login_id == login_id


# Users -------------------------------------------------------------------------------------------


def users(course: Course, base: World, goal: World, world: World) -> Iterator[Row]:
    """Return the rows of everybody whom the course changes, or who stands otherwise than it leaves them."""
    strangers = [user for login_id, user in world.users.items() if login_id not in goal.users]
    for login_id, wanted in goal.users.items():
        now, new = world.users.get(login_id), login_id not in base.users
        if now is None and new and len(strangers) == 1:
            now = strangers.pop()  # made under another ユーザID
        yield from _user(course, base.users.get(login_id), wanted, now, world)
    for user in strangers:
        yield Row(whose(user.login_id), "ユーザ", "－", "作成した", "extra", _key(course, "user_created"))


def _user(course: Course, base: User | None, wanted: User, now: User | None, world: World) -> Iterator[Row]:
    about, form = whose(wanted.login_id), _form_key(course, "user_created")
    if now is None or now.deleted:
        verdict: RowVerdict = "missing" if base is None else "extra"
        asked = "作成する" if base is None else "－"
        yield Row(about, "ユーザ", asked, "削除した" if base else "作成していない", verdict, form)
        return
    if base is None:
        yield value_row(about, "ユーザID", wanted.login_id, now.login_id, form)
    same = same_name(wanted.name, now.name)
    rows = (
        value_row(about, "ユーザ名", wanted.name, now.name, form, same=same),
        value_row(about, "メールアドレス", wanted.mail, now.mail, form),
    )
    yield from (row for row in rows if base is None or row.verdict != "right")
    yield from _settings(course, base, wanted, now, world)


def _settings(course: Course, base: User | None, wanted: User, now: User, world: World) -> Iterator[Row]:
    before = base or User(wanted.login_id, wanted.name, wanted.mail, wanted.kind, wanted.login_password)
    about = whose(wanted.login_id)
    rows = (
        _updated(about, before, wanted, now, _key(course, "users_updated")),
        _login_password(about, before, wanted, now, _key(course, "login_password_changed", wanted)),
        _approval_password(about, before, wanted, now, course),
    )
    yield from (row for row in rows if row)
    yield from _rights(course, before, wanted, now, world)


def _updated(about: str, before: User, wanted: User, now: User, step: str) -> Row | None:
    is_done = now.registered == Registration(now.name, now.mail)
    if wanted.registered is None:
        return Row(about, "ユーザ更新", "－", "行った", "extra", step) if now.registered else None
    if before.registered is not None and is_done:
        return None
    return done_or_not(about, "ユーザ更新", "行う", "行った", is_done=is_done, step=step)


def _login_password(about: str, before: User, wanted: User, now: User, step: str) -> Row | None:
    item = "ログインパスワード"
    if wanted.first_login:
        return None if now.first_login else Row(about, item, "－", "変更した", "extra", step)
    if not before.first_login and not now.first_login:
        return None
    is_done = not now.first_login
    return done_or_not(
        about, item, "新しいログインパスワードに変更する", "変更した", is_done=is_done, step=step
    )


def approval_state(user: User) -> str:
    """Return how a user's approval password stands: 設定していない, 初期承認パスワード or 設定した."""
    if user.approval_password is None:
        return "設定していない"
    return "初期承認パスワード" if user.approval_initial else "設定した"


def _approval_password(about: str, before: User, wanted: User, now: User, course: Course) -> Row | None:
    want, have = approval_state(wanted), approval_state(now)
    if want == have == approval_state(before):
        return None
    kind = "rights_changed" if want == "初期承認パスワード" else "approval_password_set"
    step = _key(course, kind, wanted)
    asked = {"設定していない": "－", "設定した": "設定する"}.get(want, "初期承認パスワードを設定する")
    verdict: RowVerdict = "right" if want == have else "missing" if have == "設定していない" else "wrong"
    if want == "設定していない":
        verdict = "extra" if have != want else "right"
    return Row(about, "承認パスワード", asked, have, verdict, step)


def _rights(course: Course, before: User, wanted: User, now: User, world: World) -> Iterator[Row]:
    about, item = whose(wanted.login_id, "権限"), _item(course, "rights_changed", wanted)
    step = tick_step(course, item).key if item else ""
    asked, checked = (wanted.rights, wanted.accounts), (now.rights, now.accounts)
    rows = list(box_rows(about, step, world.accounts, asked, checked))
    asks = (set(wanted.rights), set(wanted.accounts)) != (set(before.rights), set(before.accounts))
    yield from (row for row in rows if asks or row.verdict != "right")


# Steps -------------------------------------------------------------------------------------------


def _item(course: Course, kind: str, user: User | None = None) -> Item | None:
    """The step whose doing an event of this kind proves; for ``user`` where a course has several."""
    found = [item for item in course.items if kind in item.events]
    own = [item for item in found if user and _concerns(course, item, user)]
    return next(iter(own or found), None)


def _concerns(course: Course, item: Item, user: User) -> bool:
    if "rights_changed" in item.events:
        return target_of(course, item) == user.login_id
    return PEOPLE_IDS[item.who] == user.login_id


def _key(course: Course, kind: str, user: User | None = None) -> str:
    item = _item(course, kind, user)
    return item.key if item else ""


def _form_key(course: Course, kind: str) -> str:
    item = _item(course, kind)
    return form_step(course, item).key if item else ""
