"""Why a step is as it is: the features' own words, and the rule that a refusal names."""

from __future__ import annotations

import pytest

from simulator.bank.messages import MESSAGES
from simulator.manual.features import feature_files
from simulator.manual.procedures import procedures
from simulator.manual.rules import RULES_OF_STEP, sentences_for_step
from simulator.training.rule_hints import MAKING, RULE_OF_CODE, rule_broken

STEPS = {f"{each.id}.{step.number}" for each in procedures() for step in each.steps}


@pytest.mark.parametrize("key", RULES_OF_STEP)
def test_every_reason_stands_in_a_feature(key: str) -> None:
    assert key in STEPS
    texts = "".join(path.read_text(encoding="utf-8") for path in feature_files())
    reasons = sentences_for_step(key)
    assert len(reasons) == len(RULES_OF_STEP[key])
    for reason in reasons:
        assert f"ルール: {reason.removesuffix('。')}\n" in texts


def test_a_reason_is_taken_from_the_steps_own_procedure_first() -> None:
    assert sentences_for_step("1-1.4")[0] == "ログイン ID の先頭には必ず“d-”が付く。"
    assert sentences_for_step("2-1.4")[0].startswith("“d-”はあらかじめ表示されていて")


def test_a_step_without_a_rule_has_no_reason() -> None:
    assert sentences_for_step("1-1.1") == ()
    assert sentences_for_step("") == ()
    assert sentences_for_step("d-08.4") == ()


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
