"""Kinds of steps, on the way in and out: procedures 1-1, 1-2, 3-1, 3-2 and 4."""

from __future__ import annotations

from typing import Any

from simulator.bank.web import go
from tests.prove.defects.catalogue import changed, defect, reworded
from tests.prove.defects.patches import Original, Value

SCRIPT = "bank.js"
CONFIRM = "if (form.dataset.confirm && !window.confirm(form.dataset.confirm)) {"
LEFT, LOGIN = "logout/left.html", "bank/login/login.html"


@defect("fill", "web:read_form", procedure="3-2")
def second_place_not_sent(original: Original, *names: str) -> dict[str, str]:
    """「新ログインパスワード」の 2 箇所目に入力しても、入力していないことになる。"""
    form: dict[str, str] = original(*names)
    if names == ("current", "new", "again"):
        form["again"] = ""
    return form


@defect("button", "login.log_in", procedure="1-1")
def login_leads_to_guide(original: Original, **address: str) -> Any:
    """「ログイン」ボタンをクリックすると、案内画面に戻る。"""
    original(**address)
    return go("homepage.guide")


changed(
    "fill",
    "id-has-another-name",
    "「ログイン」画面の欄の名前が「お客様 ID」ではない。",
    Value("labels:LABELS", lambda known: {**known, LOGIN: {**known[LOGIN], "login_id": "利用者番号"}}),
    procedure="1-1",
)
reworded(
    "fill",
    "no-current-password",
    "「ログインパスワード変更」画面に「現ログインパスワード」の欄がない。",
    "login/change_password.html",
    '{{ m.password("current") }}',
    "",
    procedure="1-2",
)
reworded(
    "button",
    "does-nothing",
    "「ログイン」ボタンをクリックしても何も起きない。",
    "login/login.html",
    '<button class="main">ログイン</button>',
    '<button type="button" class="main">ログイン</button>',
    procedure="3-1",
)
reworded(
    "link",
    "has-another-name",
    "当金庫ホームページのリンクの名前が「へきしん電子記録債権サービス」ではない。",
    "homepage/front.html",
    ">へきしん電子記録債権サービス<",
    ">法人のお客様<",
    procedure="1-1",
)
reworded(
    "link",
    "leads-home",
    "「へきしん電子記録債権サービス」のリンクをクリックしても、同じ画面のままである。",
    "homepage/front.html",
    "url_for('bank.homepage.service')",
    "url_for('bank.homepage.front')",
    procedure="3-1",
)
reworded(
    "link",
    "to-guide-missing",
    "案内画面へのリンクがない。",
    "homepage/service.html",
    "「しんきん電子記録債権システム」案内画面へ",
    "準備中です。",
    procedure="1-1",
)


reworded(
    "ok",
    "not-asked",
    "「ログアウト」ボタンをクリックしても、確認のダイアログが表示されない。",
    "window_c.html",
    ' data-confirm="しんきん電子記録債権サービスからログアウトします。よろしいですか？"',
    "",
    procedure="4",
)
reworded(
    "ok",
    "does-nothing",
    "ダイアログの「OK」をクリックしても、ログアウトしない。",
    SCRIPT,
    CONFIRM,
    "if (form.dataset.confirm && (window.confirm(form.dataset.confirm) || true)) {",
    procedure="4",
)
reworded(
    "yes",
    "does-nothing",
    "「はい」ボタンをクリックしても、ウィンドウが閉じない。",
    SCRIPT,
    "if (yes) closeWindow();",
    "if (yes) return;",
    procedure="4",
)
reworded(
    "yes",
    "has-another-name",
    "確認のダイアログのボタンの名前が「はい」ではない。",
    LEFT,
    ">はい<",
    ">続ける<",
    procedure="4",
)
reworded(
    "close",
    "of-the-service-does-nothing",
    "サービスのログアウト画面の「閉じる」をクリックしても、ウィンドウが閉じない。",
    "logout/left_service.html",
    'class="main" data-close',
    'class="main"',
    procedure="4",
)
reworded(
    "close",
    "of-the-list-does-nothing",
    "サービス一覧のログアウト画面の「閉じる」をクリックしても、何も起きない。",
    LEFT,
    """ data-close{% if visit.world.settings.close_dialog %}="ask"{% endif %}""",
    "",
    procedure="4",
)
reworded(
    "close",
    "leads-to-login",
    "「閉じる」をクリックすると、ウィンドウが閉じずに「ログイン」画面になる。",
    SCRIPT,
    "function closeWindow() {\n  window.close();",
    'function closeWindow() {\n  location.href = "login";',
    procedure="4",
)
