"""Why a step is as it is: the manual's own notes, and the rule that a refusal names."""

from __future__ import annotations

import pytest

from simulator.bank.messages import MESSAGES
from simulator.training.rule_hints import MAKING, RULE_OF_CODE, rule_broken
from simulator.training.step_view import manual_of

# Steps with a rule that the manual states in a note, and a word of it.
NOTED = {
    "1-1.4": ("必ず“d-（ディーマイナス）”が付きます", "6 回入力を間違えるとロック"),
    "1-2.1": ("半角英字と半角数字", "6 回入力を間違えるとロック"),
    "1-3.1": ("しんきん電子記録債権サービス",),
    "1-3.2": ("半角英字と半角数字", "有効期限"),
    "1-4.5": ("承認の必要がない業務",),
    "1-4.6": ("ログインパスワードとは違います",),
    "2-1.4": ("“d-” の後に続くログイン ID", "40 文字以内"),
    "2-2.1": ("ユーザ更新",),
    "2-3.6": ("承認パスワード",),
    "3-1.4": ("必ず“d-（ディーマイナス）”が付きます",),
    "3-3.2": ("有効期限",),
    "4.1": ("ログアウト",),
}


@pytest.mark.parametrize("key", NOTED)
def test_the_coach_gives_the_manuals_reason_at_its_step(key: str) -> None:
    notes = manual_of(key)
    text = "".join(note["title"] + "".join("".join(b["lines"]) for b in note["blocks"]) for note in notes)
    for words in NOTED[key]:
        assert words in text, words


@pytest.mark.parametrize("key", ["1-1.1", "", "d-08.4"])
def test_a_step_without_a_note_has_no_reason(key: str) -> None:
    assert manual_of(key) == []


@pytest.mark.parametrize(
    ("code", "screen", "rule"),
    [
        ("id_needs_prefix", "ログイン", "R01"),
        ("length_6_to_12", "ログインパスワード変更", "R03"),
        ("length_6_to_12", "承認パスワード変更", "R06"),
        ("length_6_to_12", "初期承認パスワード設定", "R06"),
        ("length_6_to_12", "ID 新規作成", "R13"),
        ("same_as_login_id", "ログインパスワード変更", "R04"),
        ("login_locked", "ログイン", "R05"),
        ("approval_locked", "ユーザ情報変更確認", "R05"),
        ("approval_wrong", "ユーザ情報変更確認", "R08"),
        ("full_width", "ID 新規作成", "R13"),
        ("full_width_somewhere", "ログインパスワード変更", "R03"),
        ("digit_missing", "承認パスワード変更", "R06"),
        ("blank", "ログイン", ""),
        ("blank", "ユーザ情報変更確認", ""),
        ("unusable_somewhere", "ユーザ情報更新確認", ""),
        ("login_wrong", "ログイン", ""),
        ("required", "ログイン", ""),
    ],
)
def test_a_refusal_names_the_rule_that_was_broken(code: str, screen: str, rule: str) -> None:
    assert rule_broken(code, screen) == rule


def test_every_code_is_one_that_the_bank_gives() -> None:
    assert {*RULE_OF_CODE, *MAKING} <= set(MESSAGES)
