"""A site of today: one page that a script fills, late and piece by piece, in one window."""

from __future__ import annotations

import json
from contextlib import AbstractContextManager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from tests.harness.foreign import desk
from tests.harness.foreign.core import Bank
from tests.harness.foreign.lateness import FRACTIONS, scale
from tests.harness.foreign.screens import Screen
from tests.harness.foreign.visit import Visit
from tests.harness.foreign.web import Answer, Request, Site, serving

# What this bank calls otherwise than the manual.
WORDS = {
    "当金庫ホームページ": "へきしん ビジネス",
    "お客様ID": "ご利用者ID",
    "サービス一覧": "マイページ",
    "しんきん電子記録債権サービス": "でんさいをはじめる",
    "ユーザ管理業務": "メンバーと権限",
    "ユーザ管理": "メンバー",
    "ID 新規作成": "メンバーを追加",
    "ID 新規作成確認": "メンバーの追加（確認）",
    "ID 新規作成完了": "メンバーを追加しました",
    "ユーザID": "メンバーID",
    "ユーザ管理業務終了": "マイページに戻る",
    "登録": "入力内容を確認",
    "確定": "追加する",
    "トップ": "ホーム",
    "トップへ": "ホームへ",
    "トップへ戻る": "ホームに戻る",
    "変更": "編集",
    "確認": "次に進む",
    "実行": "設定",
    "ユーザ情報検索": "メンバーの権限",
    "ユーザ情報変更完了": "権限を変更しました",
    "ユーザ更新": "メンバーを更新",
    "ユーザ情報更新完了": "メンバーを更新しました",
    "新しい承認パスワード": "承認パスワード（新）",
    "新しい承認パスワード（再入力）": "承認パスワード（新・もう一度）",
}
MESSAGES = {
    "prefix": "ご利用者IDは d- からはじまります",
    "login_wrong": "ご利用者IDまたはパスワードをご確認ください",
    "locked": "このIDはロックされています",
    "current_wrong": "いまのパスワードをご確認ください",
    "same_as_id": "IDと同じパスワードは使えません",
    "same": "いまと同じパスワードは使えません",
    "required": "必須です",
    "alphanumeric": "半角の英数字だけが使えます",
    "length": "6〜12文字にしてください",
    "letter_and_digit": "英字と数字の両方が必要です",
    "mismatch": "1つ目と一致していません",
    "name_long": "40文字までです",
    "mail_signs": "半角の英数字記号だけが使えます",
    "mail_long": "128文字までです",
    "taken": "このIDはすでに使われています",
    "approval_wrong": "承認パスワードをご確認ください",
    "current_approval_wrong": "いまの承認パスワードをご確認ください",
}
PAGE = """<!DOCTYPE html><html lang="ja"><head><meta charset="utf-8"><title>へきしん</title>
<script src="/app.js" defer></script></head>
<body><div id="app" data-scale="{scale}" data-fractions="{fractions}"></div></body></html>"""
APP = Path(__file__).with_name("spa.js")


def serve(bank: Bank) -> AbstractContextManager[str]:
    """The site of this bank on a free loopback port."""
    return serving(Site(bank, answer))


def answer(request: Request) -> Answer:
    if request.path == "app.js":
        return Answer(APP.read_text(encoding="utf-8"), "text/javascript")
    if request.path != "api":
        return Answer(PAGE.format(scale=scale(), fractions=FRACTIONS))
    visit, asked = request.visit, request.query
    view = desk.do(visit, asked["do"], request.form, request.about) if "do" in asked else asked["view"]
    screen = desk.see(visit, view, request.about)
    content = {
        "view": view,
        "screen": _told(asdict(screen)),
        "types": _types(screen),
        "ways": _ways(screen, visit),
    }
    return Answer(json.dumps(content, ensure_ascii=False), "application/json")


def _types(screen: Screen) -> list[str]:
    return [type(part).__name__ for part in screen.parts]


def _ways(screen: Screen, visit: Visit) -> list[tuple[str, str]]:
    """The links at the top: with one window alone, they lead from the service to the list and back."""
    if screen.zone == "site" or visit.user is None or visit.user.issued:
        return []
    if screen.zone == "service":
        return [(WORDS["サービス一覧"], "list")]
    return [(WORDS["トップ"], "top")] if visit.inside else []


def _told(value: Any, key: str = "") -> Any:
    """The same with this bank's own words; names of fields and of screens stay as they are."""
    match value:
        case dict():
            return {name: _told(each, "errors" if key == "errors" else name) for name, each in value.items()}
        case list() | tuple():
            return [_told(each, key) for each in value]
        case str() if key == "errors":
            return MESSAGES[value]
        case str() if key not in ("go", "do", "about", "name", "value", "typed"):
            return WORDS.get(value, value)
        case _:
            return value
