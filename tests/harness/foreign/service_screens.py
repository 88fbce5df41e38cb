"""The screens of the service itself: 承認パスワード変更, トップ, ユーザ情報変更 and ユーザ更新."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from tests.harness.foreign import core
from tests.harness.foreign.core import Faults, User
from tests.harness.foreign.screens import Ask, Box, Button, Cell, Facts, Part, Screen, Tab, Table, Text, Zone
from tests.harness.foreign.visit import Act, Form, View, Visit, kind, screen

TABS = ("でんさいを支払う", "でんさいを譲渡する", "でんさいをファイルで取引する", "その他のお取引を実施する")
MENU = (
    ("取引履歴を確認する", ("取引履歴確認/利用",)),
    ("操作履歴を確認する", ("操作履歴確認/利用",)),
    ("取引先を管理する", ("取引先管理/利用", "各種取引/担当者", "各種取引/承認者")),
    ("指定許可を管理する", ("指定許可管理/担当者", "指定許可管理/承認者")),
    ("利用者情報を確認する", ("利用者情報確認/利用",)),
)
BACK_TO_TOP = Button("トップへ戻る", go="top")


# 承認パスワード変更


def approval(visit: Visit) -> Screen:
    current = (Ask("current", "現在の承認パスワード", secret=True),) if visit.me.approval else ()
    return screen(
        "承認パスワード変更",
        "service",
        Facts((("ログインID", visit.me.login_id), ("ユーザ名", visit.me.name))),
        *current,
        Ask("new", "新しい承認パスワード", secret=True),
        Ask("new_again", "新しい承認パスワード（再入力）", secret=True),
        Button("実行", do="approval"),
    )


def do_approval(visit: Visit, form: Form) -> Faults | str:
    me = visit.me
    faults = visit.bank.set_approval(me, form.get("current", ""), form["new"], form["new_again"])
    return faults or "approval_done"


def approval_done(visit: Visit) -> Screen:
    until = f"{visit.me.approval_until:%Y/%m/%d}"
    notice = (Text("初回ログインのマスターユーザへ"),) if visit.me.master and not visit.me.known else ()
    facts = Facts((("ログインID", visit.me.login_id), ("承認パスワード有効期限", until)))
    return screen("承認パスワード変更結果", "service", facts, *notice, Button("トップへ", go="top"))


# トップ and 管理業務を実施する


def tabs_of(me: User) -> tuple[Tab, ...]:
    trades = any(right.startswith("各種取引/") for right in me.rights)
    seen = ["でんさいを確認する"] if "でんさい確認/利用" in me.rights else []
    others = [Tab(label, "not_ours") for label in (*seen, *(TABS if trades else ()))]
    return (Tab("トップ", "top"), *others, Tab("管理業務を実施する", "menu"))


def top(_: Visit) -> Screen:
    return screen("トップ", "service", Text("金融機関からのお知らせはありません。"))


def not_ours(_: Visit) -> Screen:
    return screen("準備中", "service", Text("ただいま準備中です。"))


def menu(visit: Visit) -> Screen:
    held = [Button(label, go="not_ours") for label, needed in MENU if visit.me.rights & set(needed)]
    return screen("管理業務を実施する", "service", *held, Button("ユーザ情報を管理する", go="members"))


def members(visit: Visit) -> Screen:
    masters = (
        Button("企業ユーザを変更する", go="search"),
        Button("企業ユーザを追加・更新する", go="conditions"),
    )
    buttons = (*(masters if visit.me.master else ()), Button("承認パスワードを変更する", go="approval"))
    return screen("企業ユーザ管理", "service", *buttons)


# ユーザ情報変更


def search(visit: Visit) -> Screen:
    heads = ("変更", "ログインID", "ユーザ名", "ユーザ種別", "業務権限（承認不要業務）")
    rows = tuple(_member_row(user) for user in visit.bank.members())
    table = Table("ユーザ情報リスト", (*heads, "業務権限（承認対象業務）", "口座権限"), rows)
    return screen("ユーザ情報検索", "service", table, Button("戻る", go="members"))


def _member_row(user: User) -> tuple[Cell, ...]:
    businesses = {right.split("/")[0] for right in user.rights}
    states = (businesses & set(core.PLAIN), businesses & set(core.APPROVED), user.accounts)
    cells = ["設定済" if state else "未設定" for state in states]
    return Button("変更", go="rights", about=user.login_id), user.login_id, user.name, kind(user), *cells


def rights(visit: Visit) -> Screen:
    user = visit.subject
    back = Button("戻る", go="search")
    plain, approved = (_right_table(title, names, user) for title, names in _RIGHT_LISTS)
    return screen(
        "ユーザ情報変更",
        "service",
        _who(user),
        plain,
        approved,
        _accounts(user),
        Button("確認", do="choose"),
        back,
    )


_RIGHT_LISTS = (
    ("権限リスト（承認不要業務）", core.PLAIN),
    ("権限リスト（承認対象業務）", core.APPROVED),
)


def _who(user: User) -> Facts:
    return Facts((("ログインID", user.login_id), ("ユーザ名", user.name), ("ユーザ種別", kind(user))))


def _right_table(title: str, businesses: tuple[str, ...], user: User) -> Table:
    boxes = core.BOXES[businesses[0]]
    rows: list[tuple[Cell, ...]] = [(each, *_right_boxes(each, boxes, user)) for each in businesses]
    return Table(title, ("業務", *boxes), tuple(rows))


def _right_boxes(business: str, boxes: tuple[str, ...], user: User) -> tuple[Box, ...]:
    names = [(box, f"{business}/{box}") for box in boxes]
    return tuple(Box(f"right:{name}", "1", box, name in user.rights) for box, name in names)


ACCOUNT_HEADS = ("支店", "口座種別", "口座番号", "口座名義")


def _accounts(user: User) -> Table:
    rows = tuple(
        (Box(f"account:{number}", "1", f"{cells[1]} {number}", number in user.accounts), *cells)
        for number, cells in core.ACCOUNTS.items()
    )
    return Table("口座権限リスト", ("選択", *ACCOUNT_HEADS), rows)


def choose(visit: Visit, form: Form) -> Faults | str:
    visit.rights, visit.accounts = (_ticked(form, kind) for kind in ("right:", "account:"))
    visit.initial = ""
    return "initial" if core.needs_initial_approval(visit.subject, visit.rights) else "rights_check"


def _ticked(form: Form, kind: str) -> frozenset[str]:
    return frozenset(name.removeprefix(kind) for name in form if name.startswith(kind))


def initial(visit: Visit) -> Screen:
    return screen(
        "初期承認パスワード設定",
        "service",
        _who(visit.subject),
        Ask("password", "初期承認パスワード", secret=True),
        Ask("password_again", "初期承認パスワード（再入力）", secret=True),
        Button("確認", do="initial"),
        Button("戻る", go="rights"),
    )


def do_initial(visit: Visit, form: Form) -> Faults | str:
    first, second = form["password"], form["password_again"]
    faults = core.second_fault("password", core.password_fault(first), first, second)
    visit.initial = "" if faults else first
    return faults or "rights_check"


def rights_check(visit: Visit) -> Screen:
    after = replace(visit.subject, rights=visit.rights, accounts=visit.accounts)
    return screen(
        "ユーザ情報変更確認",
        "service",
        *_shown_rights(after, "口座権限リスト"),
        Ask("approval", "承認パスワード", secret=True),
        Button("変更", do="set_rights"),
        Button("戻る", go="rights"),
    )


def _shown_rights(user: User, accounts: str) -> Iterable[Part]:
    yield _who(user)
    for title, businesses in _RIGHT_LISTS:
        boxes = core.BOXES[businesses[0]]
        rows = tuple(
            (each, *("○" if f"{each}/{box}" in user.rights else "－" for box in boxes)) for each in businesses
        )
        yield Table(title, ("業務", *boxes), rows)
    held = tuple(cells for number, cells in core.ACCOUNTS.items() if number in user.accounts)
    yield Table(accounts, ACCOUNT_HEADS, held)


def set_rights(visit: Visit, form: Form) -> Faults | str:
    if core.needs_initial_approval(visit.subject, visit.rights) and not visit.initial:
        return "rights"
    if code := core.approve(visit.me, form["approval"]):
        return {"approval": code}
    user = visit.subject
    user.rights, user.accounts = visit.rights, visit.accounts
    if visit.initial:
        user.approval, user.approval_is_initial, visit.initial = visit.initial, True, ""
    return "rights_done"


def rights_done(visit: Visit) -> Screen:
    parts = _shown_rights(visit.subject, "口座権限付与リスト")
    return screen("ユーザ情報変更完了", "service", *parts, BACK_TO_TOP)


# ユーザ更新


def conditions(_: Visit) -> Screen:
    return screen(
        "ユーザ検索条件",
        "service",
        Ask("login_id", "ログインID"),
        Ask("name", "ユーザ名"),
        Button("確認", do="search"),
        Button("戻る", go="members"),
    )


def do_search(visit: Visit, form: Form) -> Faults | str:
    visit.searched = form
    return "update"


def _found(visit: Visit) -> list[User]:
    id_, name = visit.searched.get("login_id", ""), visit.searched.get("name", "")
    return [user for user in visit.bank.waiting() if id_ in user.login_id and name in user.name]


def update(visit: Visit) -> Screen:
    return screen(
        "ユーザ情報更新確認",
        "service",
        *_update_lists(_found(visit)),
        Ask("approval", "承認パスワード", secret=True),
        Button("ユーザ更新", do="update"),
        Button("戻る", go="conditions"),
    )


def _update_lists(users: Iterable[User]) -> Iterable[Part]:
    users = list(users)
    heads = ("ログインID", "ユーザ名", "ユーザ権限", "メールアドレス")
    added = tuple(_update_row(user) for user in users if not user.leaving and not user.master)
    masters = [_update_row(user) for user in users if user.master]
    changed = tuple(
        tuple(f"({word}) {cell}" for cell in row) for row in masters for word in ("変更前", "変更後")
    )
    leaving = tuple(_update_row(user) for user in users if user.leaving)
    lists = (("追加ユーザ", added), ("変更ユーザ", changed), ("削除ユーザ", leaving))
    for title, rows in lists:
        yield Table(f"{title}リスト", heads, rows) if rows else Text(f"{title}は0件です。")


def _update_row(user: User) -> tuple[str, ...]:
    return user.login_id, core.shown_name(user.name), kind(user), core.shown_mail(user.mail)


def do_update(visit: Visit, form: Form) -> Faults | str:
    if code := core.approve(visit.me, form["approval"]):
        return {"approval": code}
    visit.updated = tuple(replace(user) for user in _found(visit))
    visit.bank.update(_found(visit))
    return "updated"


def updated(visit: Visit) -> Screen:
    parts = _update_lists(visit.updated)
    return screen(
        "ユーザ情報更新完了", "service", *parts, BACK_TO_TOP, Button("ユーザ情報の変更へ", go="search")
    )


SERVICE: dict[str, View] = {
    "approval": approval, "approval_done": approval_done, "top": top, "not_ours": not_ours, "menu": menu,
    "members": members, "search": search, "rights": rights, "initial": initial, "rights_check": rights_check,
    "rights_done": rights_done, "conditions": conditions, "update": update, "updated": updated,
}  # fmt: skip
# Each action with the view whose form it sends, to which a refusal leads back, and where it may be done.
ACTIONS: dict[str, tuple[Act, str, Zone]] = {
    "approval": (do_approval, "approval", "service"),
    "choose": (choose, "rights", "service"),
    "initial": (do_initial, "initial", "service"),
    "set_rights": (set_rights, "rights_check", "service"),
    "search": (do_search, "conditions", "service"),
    "update": (do_update, "update", "service"),
}
