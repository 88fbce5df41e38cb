"""The labels of the fields on each form, by the form's template and the field's name.

Templates show them, the summary of refusals names fields by them, and the watcher of a page gets them.
"""

from __future__ import annotations

_ACCOUNT = {"login_id": "ログインID", "name": "ユーザ名"}
_PERIOD = {"since": "期間（始まりの日）", "until": "期間（終わりの日）"}
_APPROVAL = {"approval": "承認パスワード"}
_FIRST_PASSWORD = {
    "password": "初回ログインパスワード",
    "password_again": "初回ログインパスワード（再入力）",
}

LABELS: dict[str, dict[str, str]] = {
    "bank/login/login.html": {"login_id": "お客様ID", "password": "ログインパスワード"},
    "bank/login/change_password.html": {
        "current": "現ログインパスワード",
        "new": "新ログインパスワード",
        "again": "確認のため、もう一度「新ログインパスワード」を入力してください。",
    },
    "bank/approval_password/form.html": {
        "current": "現在の承認パスワード",
        "new": "新しい承認パスワード",
        "again": "新しい承認パスワード（再入力）",
    },
    "bank/user_admin/new_form.html": {
        "user_id": "ユーザID",
        "name": "ユーザ名",
        "mail": "メールアドレス",
        "mail_again": "メールアドレス（再入力）",
        **_FIRST_PASSWORD,
    },
    "bank/user_admin/change_form.html": {
        "name": "新しいユーザ名",
        "mail": "新しいメールアドレス",
        "mail_again": "新しいメールアドレス（再入力）",
        **_FIRST_PASSWORD,
    },
    "bank/user_update/search.html": _ACCOUNT,
    "bank/user_update/confirm.html": _APPROVAL,
    "bank/user_rights/search.html": _ACCOUNT,
    "bank/user_rights/initial_password.html": {
        "new": "初期承認パスワード",
        "again": "初期承認パスワード（再入力）",
    },
    "bank/user_rights/confirm.html": _APPROVAL,
    "bank/records/trade_history.html": _PERIOD,
    "bank/records/operation_history.html": _PERIOD,
}
