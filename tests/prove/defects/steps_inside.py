"""Kinds of steps, inside the bank: the other procedures."""

from __future__ import annotations

from typing import Any

from simulator.bank.web import show, visit
from simulator.domain.rules.user_update import Row
from simulator.domain.world import User
from tests.prove.defects.catalogue import changed, defect, reworded
from tests.prove.defects.patches import Original, Value

APPROVAL_FORM = "approval_password/form.html"
CURRENT = 'm.password("current", "ソフトウェアキーボードを開く")'
DONE = "user_rights/done.html"
FORM = "user_rights/form.html"

reworded(
    "fill",
    "second-place-missing",
    "「承認パスワード変更」画面に、新しい承認パスワードの 2 箇所目の欄がない。",
    APPROVAL_FORM,
    '{{ m.password("again", "ソフトウェアキーボードを開く") }}',
    "",
    procedure="1-3",
)
reworded(
    "fill",
    "no-initial-password",
    "一般ユーザの「承認パスワード変更」画面に「現在の承認パスワード」の欄がない。",
    APPROVAL_FORM,
    "{% if has_one %}{{ " + CURRENT + " }}{% endif %}",
    "",
    procedure="3-3",
)
reworded(
    "button",
    "has-another-name",
    "「実行」ボタンの名前が「送信」である。",
    APPROVAL_FORM,
    ">実行<",
    ">送信<",
    procedure="1-3",
)
reworded(
    "button",
    "leads-elsewhere",
    "[トップへ] ボタンをクリックすると、「管理業務を実施する」画面が表示される。",
    "approval_password/result.html",
    'url_for("bank.top.show_top")',
    'url_for("bank.top.admin_menu")',
    procedure="3-3",
)


@defect("review", "rules.user_update:_row", procedure="2-2")
def mail_missing(original: Original, user: User, name: str, mail: str) -> Row:
    """「ユーザ情報更新確認」画面に、登録したメールアドレスが表示されない。"""
    row: Row = original(user, name, mail)
    return row._replace(mail="－")


@defect("review", "rules.user_update:_row", procedure="2-2")
def name_of_another(original: Original, user: User, name: str, mail: str) -> Row:
    """「ユーザ情報更新確認」画面に、別のユーザ名が表示される。"""
    row: Row = original(user, name, mail)
    return row._replace(name="碧海 一郎")


reworded(
    "review",
    "mail-missing-when-created",
    "「ID 新規作成確認」画面に、登録したメールアドレスが表示されない。",
    "user_admin/new_confirm.html",
    '{{ m.fact("メールアドレス", draft.fields.mail) }}',
    "",
    procedure="2-1",
)


@defect("empty", "user_update.ask", procedure="2-2")
def already_filled(original: Original, **address: str) -> Any:
    """「ユーザ検索条件」画面に、はじめから値が入っている。"""
    del original, address
    return show("bank/user_update/search.html", values={"login_id": visit.user.login_id})


@defect("empty", "user_update.find", procedure="2-2")
def refused(original: Original, **address: str) -> Any:
    """ユーザ検索条件を入力しないと、「確認」ボタンをクリックしても先に進めない。"""
    del original, address
    return show("bank/user_update/search.html", 422)


reworded(
    "fill",
    "second-mail-missing",
    "「ID 新規作成」画面に、メールアドレスの 2 箇所目の欄がない。",
    "user_admin/new_form.html",
    '{{ m.text("mail_again", wide=True) }}',
    "",
    procedure="2-1",
)
reworded(
    "button",
    "new-id-leads-to-list",
    "[ID 新規作成] ボタンをクリックすると、「ユーザ管理」画面のままである。",
    "user_admin/users.html",
    'm.link_button("ID 新規作成", url_for("bank.user_creation.show_form"), "main")',
    'm.link_button("ID 新規作成", url_for("bank.user_admin.show_users"), "main")',
    procedure="2-1",
)
reworded(
    "tab",
    "is-missing",
    "「ユーザ管理業務」画面に [ユーザ管理] タブがない。",
    "user_admin/menu.html",
    'aria-selected="false">ユーザ管理</a>',
    'aria-selected="false">準備中</a>',
    procedure="2-1",
)


changed(
    "tab",
    "has-another-name",
    "「管理業務を実施する」タブの名前が「管理業務」である。",
    Value("rules.rights:TABS", lambda known: {**known, "admin": ("管理業務", ())}),
    procedure="1-4",
)
reworded(
    "tab",
    "leads-to-top",
    "「管理業務を実施する」タブをクリックしても、「トップ」画面のままである。",
    "service.html",
    '"admin": url_for("bank.top.admin_menu")}',
    '"admin": url_for("bank.top.show_top")}',
    procedure="2-2",
)
reworded(
    "row",
    "opens-another-user",
    "一般ユーザの「変更」ボタンをクリックすると、マスターユーザの画面が表示される。",
    "user_rights/search.html",
    'm.link_button("変更", url_for("bank.user_rights.show_form", login_id=user.login_id))',
    'm.link_button("変更", url_for("bank.user_rights.show_form", login_id=visit.user.login_id))',
    procedure="2-3",
)
reworded(
    "row",
    "button-missing",
    "一般ユーザの行に「変更」ボタンがない。",
    "user_rights/search.html",
    '{{ m.link_button("変更", url_for("bank.user_rights.show_form", login_id=user.login_id)) }}',
    '{% if user.is_master %}{{ m.link_button("変更", url_for("bank.user_rights.show_form", '
    "login_id=user.login_id)) }}{% endif %}",
    procedure="2-3",
)
reworded(
    "tick",
    "not-sent",
    "業務をチェックしても、チェックしていないことになる。",
    FORM,
    'type="checkbox" name="rights"',
    'type="checkbox" name="ignored"',
    procedure="2-3",
)
reworded(
    "tick",
    "not-a-box",
    "業務を 1 つしか選べない。",
    FORM,
    'type="checkbox" name="rights"',
    'type="radio" name="rights"',
    procedure="2-3",
)
reworded(
    "tick",
    "cannot-be-ticked",
    "業務のチェックボックスをチェックできない。",
    FORM,
    'type="checkbox" name="rights"',
    'type="checkbox" disabled name="rights"',
    procedure="1-4",
)
reworded(
    "button",
    "is-missing",
    "「ユーザ情報変更完了」画面に [トップへ戻る] ボタンがない。",
    DONE,
    '{{ m.link_button("トップへ戻る", url_for("bank.top.show_top"), "main") }}',
    "",
    procedure="1-4",
)


@defect("fill", "web:read_form", procedure="2-3")
def initial_password_not_sent(original: Original, *names: str) -> dict[str, str]:
    """初期承認パスワードの 2 箇所目に入力しても、入力していないことになる。"""
    form: dict[str, str] = original(*names)
    if names == ("new", "again") and visit.user.is_master:
        form["again"] = ""
    return form
