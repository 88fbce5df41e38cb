"""The screens before the service: the bank's site, logging in, サービス一覧, ユーザ管理業務, logging out."""

from __future__ import annotations

from tests.harness.foreign import core
from tests.harness.foreign.core import Faults, User
from tests.harness.foreign.screens import Ask, Button, Cell, Facts, Screen, Tab, Table, Text, Zone
from tests.harness.foreign.visit import HIDDEN, SERVICE, Act, Form, View, Visit, corner, screen

AGAIN = "確認のため、もう一度「新ログインパスワード」を入力してください。"

# The bank's site, and logging in


def home(_: Visit) -> Screen:
    link = Button("へきしん電子記録債権サービス", go="about", link=True)
    return screen("当金庫ホームページ", "site", Text("法人のお客様"), link)


def about_service(_: Visit) -> Screen:
    link = Button("「しんきん電子記録債権システム」案内画面", go="guide", link=True)
    return screen("へきしん電子記録債権サービス", "site", Text("でんさいのご案内です。"), link)


def guide(_: Visit) -> Screen:
    note = Text("ログインIDの先頭には“d-”が付きます。")
    title = "「しんきん電子記録債権システム」案内画面"
    return screen(title, "site", note, Button("ログイン", go="login", window="list"))


def login(_: Visit) -> Screen:
    return screen(
        "ログイン",
        "list",
        Text("ID・パスワード方式のお客様"),
        Ask("id", "お客様ID"),
        Ask("password", "ログインパスワード", secret=True),
        Button("ログイン", do="log_in"),
    )


def log_in(visit: Visit, form: Form) -> Faults | str:
    if code := visit.bank.log_in(form["id"], form["password"]):
        return {"": code}
    visit.user, visit.inside = visit.bank.users[form["id"]], False
    return "change" if visit.user.issued else "list"


def change(visit: Visit) -> Screen:
    return screen(
        "ログインパスワード変更",
        "list",
        Facts((("お客様ID", visit.me.login_id),)),
        Ask("current", "現ログインパスワード", secret=True),
        Ask("new", "新ログインパスワード", secret=True),
        Ask("new_again", AGAIN, secret=True),
        Button("変更", do="change"),
        Button("閉じる", do="leave_at_once", closes=True),
    )


def do_change(visit: Visit, form: Form) -> Faults | str:
    faults = visit.bank.change_password(visit.me, form["current"], form["new"], form["new_again"])
    return faults or "list"


# サービス一覧


def service_list(visit: Visit) -> Screen:
    enter = Button(SERVICE, do="enter", window="service")
    admin = (("ユーザ登録/削除 ログインパスワード管理", Button("ユーザ管理業務", go="admin")),)
    rows = (("承認パスワード変更 電債業務権限管理", enter), *(admin if visit.me.master else ()))
    parts = (
        Text("利用するサービスを選択してください。"),
        enter,
        Table("ご利用方法", ("操作", "メニュー"), rows),
    )
    return Screen("サービス一覧", "list", parts, corner=corner("leave"))


def enter(visit: Visit, _: Form) -> Faults | str:
    if not visit.me.can_enter:
        return "not_yet"
    visit.inside = True
    return "approval" if visit.me.must_set_approval else "top"


def not_yet(_: Visit) -> Screen:
    words = "「ユーザ更新」が行われていないため、ご利用になれません。マスターユーザにお問い合わせください。"
    return screen("利用できません", "list", Text(words), Button("閉じる", go="list", closes=True))


# ユーザ管理業務

END_ADMIN = Button("ユーザ管理業務終了", go="list")


def admin(_: Visit) -> Screen:
    return Screen("ユーザ管理業務", "list", (END_ADMIN,), tabs=(Tab("ユーザ管理", "users"),))


def users(visit: Visit) -> Screen:
    rows = [_user_row(user) for user in visit.bank.users.values()]
    heads = ("ユーザID", "ユーザ名", "状態", "操作", "削除")
    new = Button("ID 新規作成", go="new_user")
    return screen("ユーザ管理", "list", new, Table("ユーザ一覧", heads, tuple(rows)), END_ADMIN)


def _user_row(user: User) -> tuple[Cell, ...]:
    id_ = user.login_id
    first: tuple[Cell, ...] = (id_, user.name, _state(user))
    if user.master:
        return (*first, "", "")
    unlock, delete = (Button(word, go=go, about=id_) for word, go in _USER_BUTTONS)
    return (*first, unlock, delete)


_USER_BUTTONS = (("ログインパスワード管理", "reset"), ("ユーザ削除", "delete"))


def _state(user: User) -> str:
    if user.locked:
        return "ロック中"
    if not user.can_enter or user.leaving:
        return "ユーザ更新待ち"
    return "初回ログイン待ち" if user.issued else "通常"


def new_user(_: Visit) -> Screen:
    return screen(
        "ID 新規作成",
        "list",
        Ask("user_id", "ユーザID", before="d-"),
        Ask("name", "ユーザ名"),
        Ask("mail", "メールアドレス"),
        Ask("mail_again", "メールアドレス（再入力）"),
        Ask("password", "初回ログインパスワード", secret=True),
        Ask("password_again", "初回ログインパスワード（再入力）", secret=True),
        Button("登録", do="new_user"),
        Button("戻る", go="users"),
    )


def do_new_user(visit: Visit, form: Form) -> Faults | str:
    visit.form = form
    return visit.bank.new_user_faults(form) or "new_user_check"


def new_user_check(visit: Visit) -> Screen:
    facts = (*_new_facts(visit.form), ("初回ログインパスワード", HIDDEN))
    buttons = Button("確定", do="create"), Button("戻る", go="new_user")
    return screen("ID 新規作成確認", "list", Facts(facts), *buttons)


def _new_facts(form: Form) -> tuple[tuple[str, str], ...]:
    id_ = core.PREFIX + form["user_id"]
    return ("ユーザID", id_), ("ユーザ名", form["name"]), ("メールアドレス", form["mail"])


def create(visit: Visit, _: Form) -> Faults | str:
    if faults := visit.bank.new_user_faults(visit.form):
        return faults  # sent twice
    visit.bank.create(visit.form)
    return "new_user_done"


def new_user_done(visit: Visit) -> Screen:
    note = Text("「ユーザ更新」を行うと、ご利用いただけるようになります。")
    return screen("ID 新規作成完了", "list", Facts(_new_facts(visit.form)), note, END_ADMIN)


def reset(visit: Visit) -> Screen:
    return screen(
        "ログインパスワード管理",
        "list",
        Facts((("ユーザID", visit.about),)),
        Ask("password", "初回ログインパスワード", secret=True),
        Ask("password_again", "初回ログインパスワード（再入力）", secret=True),
        Button("確認", do="reset"),
        Button("戻る", go="users"),
    )


def do_reset(visit: Visit, form: Form) -> Faults | str:
    visit.form = form
    faults = _reset_faults(form)
    return faults or "reset_check"


def _reset_faults(form: Form) -> Faults:
    fault = core.alphanumeric_fault(form["password"])
    return core.second_fault("password", fault, form["password"], form["password_again"])


def reset_check(visit: Visit) -> Screen:
    facts = Facts((("ユーザID", visit.about), ("初回ログインパスワード", HIDDEN)))
    return screen("ログインパスワード管理確認", "list", facts, Button("確定", do="reset_sure"))


def reset_sure(visit: Visit, _: Form) -> Faults | str:
    faults = visit.bank.reset_password(visit.subject, visit.form["password"], visit.form["password_again"])
    return faults or "reset_done"


def reset_done(visit: Visit) -> Screen:
    facts = Facts((("ユーザID", visit.about),))
    return screen("ログインパスワード管理完了", "list", facts, END_ADMIN)


def delete(visit: Visit) -> Screen:
    facts = Facts((("ユーザID", visit.about), ("ユーザ名", visit.subject.name)))
    ask = Button("確認", go="delete_check"), Button("戻る", go="users")
    return screen("ユーザ削除", "list", facts, *ask)


def delete_check(visit: Visit) -> Screen:
    facts = Facts((("ユーザID", visit.about), ("ユーザ名", visit.subject.name)))
    return screen("ユーザ削除確認", "list", facts, Button("確定", do="delete"))


def do_delete(visit: Visit, _: Form) -> Faults | str:
    visit.subject.leaving = True
    return "delete_done"


def delete_done(visit: Visit) -> Screen:
    note = Text("「ユーザ更新」を行うと、削除されます。")
    return screen("ユーザ削除完了", "list", Facts((("ユーザID", visit.about),)), note, END_ADMIN)


# Leaving


def left_service(_: Visit) -> Screen:
    words = f"{SERVICE}からログアウトしました。"
    return screen("ログアウト", "site", Text(words), Button("閉じる", go="list", closes=True))


def do_leave_service(visit: Visit, _: Form) -> Faults | str:
    visit.inside = False
    return "left_service"


def left(_: Visit) -> Screen:
    close = Button("閉じる", go="guide", closes=True, confirm="このウィンドウを閉じますか？")
    return screen("ログアウト", "site", Text("ご利用ありがとうございました。"), close)


def do_leave(visit: Visit, _: Form) -> Faults | str:
    visit.inside, visit.user = False, None
    return "left"


def leave_at_once(visit: Visit, _: Form) -> Faults | str:
    visit.inside, visit.user = False, None
    return "guide"


SITE: dict[str, View] = {
    "home": home, "about": about_service, "guide": guide, "login": login,
    "left_service": left_service, "left": left,
}  # fmt: skip
LIST: dict[str, View] = {
    "change": change, "list": service_list, "not_yet": not_yet, "admin": admin, "users": users,
    "new_user": new_user, "new_user_check": new_user_check, "new_user_done": new_user_done,
    "reset": reset, "reset_check": reset_check, "reset_done": reset_done,
    "delete": delete, "delete_check": delete_check, "delete_done": delete_done,
}  # fmt: skip
# Each action with the view whose form it sends, to which a refusal leads back, and where it may be done.
ACTIONS: dict[str, tuple[Act, str, Zone]] = {
    "log_in": (log_in, "login", "site"),
    "change": (do_change, "change", "list"),
    "leave_at_once": (leave_at_once, "change", "site"),
    "enter": (enter, "list", "list"),
    "new_user": (do_new_user, "new_user", "list"),
    "create": (create, "new_user", "list"),
    "reset": (do_reset, "reset", "list"),
    "reset_sure": (reset_sure, "reset", "list"),
    "delete": (do_delete, "delete", "list"),
    "left_service": (do_leave_service, "top", "service"),
    "leave": (do_leave, "list", "list"),
}
