"""The words on the screen for codes of failures, reasons and events. All messages about input stand here."""

from __future__ import annotations

from simulator.domain.rules.failures import Failure

# Words in braces are what a Failure tells besides its code.
MESSAGES = {
    # anything typed
    "required": "入力してください。",
    "required_again": "確認のため、もう一度入力してください。",
    "mismatch": "2か所に入力した内容が一致しません。",
    "control_characters": "使用できない文字（改行などの制御文字）が含まれています。",
    # characters that a half-width field cannot hold; those of a password are never told
    "blank": "空白（スペース）が含まれています。取り除いてください。",
    "full_width": "{position}文字目の「{letter}」が全角です。半角で入力してください。",
    "full_width_somewhere": "全角の文字が含まれています。半角で入力してください。",
    "unusable": "「{letter}」は使用できません。半角英字と半角数字で入力してください。",
    "unusable_somewhere": "使用できない文字が含まれています。半角英字と半角数字で入力してください。",
    # passwords (R03, R04, R06, R13)
    "length_6_to_12": "{length}文字です。6文字以上12文字以内で入力してください。",
    "letter_missing": ("半角英字が含まれていません。半角英字と半角数字をそれぞれ1文字以上含めてください。"),
    "digit_missing": ("半角数字が含まれていません。半角英字と半角数字をそれぞれ1文字以上含めてください。"),
    "same_as_login_id": "ログインID（お客様ID）と同じものは設定できません。",
    # login (R01, R05)
    "id_needs_prefix": (
        "お客様IDの先頭には、必ず“d-（ディーマイナス）”が付きます。“d-”から入力してください。"
    ),
    "login_wrong": "お客様IDまたはログインパスワードが正しくありません。",
    "login_locked": (
        "ログインパスワードの入力を連続して間違えたため、ロックされています。"
        "一般ユーザの方はマスターユーザに、マスターユーザの方は当金庫の窓口にお申し出ください。"
    ),
    "same_as_current": "現在のパスワードと同じものは設定できません。",
    "current_login_wrong": "現ログインパスワードが正しくありません。",
    # approval password (R05, R08, R20)
    "approval_wrong": (
        "承認パスワードが正しくありません。ログインパスワードとは異なりますので、ご注意ください。"
    ),
    "approval_locked": (
        "承認パスワードの入力を連続して間違えたため、ロックされています。"
        "承認パスワードのロックの解除は、当金庫の窓口にお申し出ください。"
    ),
    "current_approval_wrong": "現在の承認パスワードが正しくありません。",
    # users (R13)
    "id_taken": "このユーザIDはすでに使用されています。",
    "name_too_long": "{length}文字です。40文字以内で入力してください。",
    "mail_unusable": "「{letter}」は使用できません。半角英数字記号で入力してください。",
    "mail_too_long": "{length}文字です。128文字以内で入力してください。",
    "unchanged": "変更前と同じ内容です。",
    # searches
    "date_unreadable": "日付は「2025/11/07」の形で入力してください。",
    "dates_reversed": "終わりの日が、始まりの日より前になっています。",
    # ユーザ更新
    "nothing_pending": "更新の対象となるユーザはありません。",
    "draft_changed": "内容が変わりました。もう一度、はじめから操作してください。",
}

SESSION_OVER = {
    "timeout": "一定時間操作がなかったため、ログアウトしました。",
    "other_login": "同じお客様IDで別のログインがあったため、この画面からは操作できません。",
    "other_user": "このブラウザで別のお客様IDがログインしたため、この画面からは操作できません。",
    "logged_out": "すでにログアウトしています。",
    "left_service": "しんきん電子記録債権サービスからは、すでにログアウトしています。"
    "続けて利用する場合は、「サービス一覧」画面の[しんきん電子記録債権サービス]ボタンをクリックしてください。",
    "deleted": "このユーザは削除されたため、ご利用になれません。",
    "unknown": "ログインしていないか、ログインの有効時間が終わっています。",
}

REFUSED = {
    "user_update_needed": (
        "「ユーザ更新」が行われていないため、しんきん電子記録債権サービスをご利用になれません。"
        "マスターユーザに「ユーザ更新」の実行を依頼してください。"
    ),
    "no_right": "この業務の権限がありません。マスターユーザに権限の設定を依頼してください。",
    "master_only": "この業務は、マスターユーザのみご利用になれます。マスターユーザにお問い合わせください。",
    "approval_change_impossible": (
        "承認パスワードが設定されていないため、変更できません。"
        "承認者の権限が設定されると、承認パスワードをご利用になれます。"
    ),
}

# Events -> words of 操作履歴; None: not shown there.
OPERATIONS = {
    "login": "ログイン",
    "login_password_wrong": "ログインパスワード誤り",
    "login_password_locked": "ログインパスワードのロック",
    "login_password_changed": "ログインパスワード変更",
    "entered_service": "しんきん電子記録債権サービス開始",
    "approval_password_set": "承認パスワード設定",
    "approval_password_changed": "承認パスワード変更",
    "approval_password_wrong": "承認パスワード誤り",
    "approval_password_locked": "承認パスワードのロック",
    "rights_changed": "ユーザ情報変更",
    "user_created": "ID新規作成",
    "user_renamed": "ユーザ名変更",
    "user_mail_changed": "メールアドレス変更",
    "user_password_reset": "ログインパスワード管理",
    "user_deleted": "ユーザ削除",
    "users_updated": "ユーザ更新",
    "left_service": "しんきん電子記録債権サービス終了",
    "logged_out": "ログアウト",
    "timed_out": "時間切れによるログアウト",
    "lock_released": "金庫の窓口によるロック解除",
}

# The operations that an approval password confirmed: 取引履歴 lists these.
TRADES = ("rights_changed", "users_updated")


def message(failure: Failure) -> str:
    """The words of a failure."""
    return MESSAGES[failure.code].format(**failure._asdict())
