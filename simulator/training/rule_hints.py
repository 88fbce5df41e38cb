"""Which rule of the manual a refusal names, told from the refusal's code and the screen that it stands on."""

from __future__ import annotations

# Code of a refusal -> its rule; how a password must be made is another rule on each screen.
RULE_OF_CODE = {
    "id_needs_prefix": "R01",
    "same_as_login_id": "R04",
    "login_locked": "R05",
    "approval_locked": "R05",
    "approval_wrong": "R08",
}
MADE_BY = {
    "ログインパスワード変更": "R03",
    "承認パスワード変更": "R06",
    "初期承認パスワード設定": "R06",
    # What is typed here is compared, not made.
    "ログイン": "",
    "ユーザ情報変更確認": "",
    "ユーザ情報更新確認": "",
}
MAKING = (
    "blank",
    "full_width",
    "full_width_somewhere",
    "unusable",
    "unusable_somewhere",
    "length_6_to_12",
    "letter_missing",
    "digit_missing",
    "id_taken",
    "name_too_long",
    "mail_unusable",
    "mail_too_long",
    "mismatch",
)


def rule_broken(code: str, screen: str) -> str:
    """The number of the rule that a refusal on this screen names; "" where the manual states none."""
    return RULE_OF_CODE.get(code) or (MADE_BY.get(screen, "R13") if code in MAKING else "")
