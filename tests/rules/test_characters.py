"""The kinds of characters that a half-width field cannot hold, and the words in which each is told."""

from __future__ import annotations

import pytest

from simulator.bank.messages import MESSAGES, message
from simulator.domain.rules import characters
from simulator.domain.rules.failures import Failure

HALF = "aZ09!~ｱﾟ¥é𠮷😀—\u0000"
FULL = "ａＺ０９！〜～－−‐ー＠　あ碧髙①㈱○※“α"


@pytest.mark.parametrize("char", FULL)
def test_what_a_japanese_computer_writes_in_two_bytes_is_full_width(char: str) -> None:
    assert characters.is_full_width(char)


@pytest.mark.parametrize("char", HALF)
def test_anything_else_is_not(char: str) -> None:
    assert not characters.is_full_width(char)


@pytest.mark.parametrize("char", " \t\n\u00a0\u3000\u200b\u00ad\u202e\ufeff\u3164\u2800\ufe0f\U000e0100")
def test_what_looks_like_nothing_is_a_blank_and_invisible(char: str) -> None:
    assert characters.is_blank(char)
    assert characters.is_invisible(char)


@pytest.mark.parametrize("char", "a１あ髙-｡·ﾟ\u0301")
def test_what_can_be_seen_is_neither(char: str) -> None:
    assert not characters.is_blank(char)
    assert not characters.is_invisible(char)


@pytest.mark.parametrize(
    ("failure", "words"),
    [
        (Failure("a", "blank"), "空白（スペース）が含まれています。取り除いてください。"),
        (
            Failure("a", "full_width", position=1, letter="１"),
            "1文字目の「１」が全角です。半角で入力してください。",
        ),
        (Failure("a", "full_width_somewhere"), "全角の文字が含まれています。半角で入力してください。"),
        (
            Failure("a", "unusable", letter="!"),
            "「!」は使用できません。半角英字と半角数字で入力してください。",
        ),
        (
            Failure("a", "mail_unusable", letter="{length}"),
            "「{length}」は使用できません。半角英数字記号で入力してください。",
        ),
        (Failure("a", "length_6_to_12", length=5), "5文字です。6文字以上12文字以内で入力してください。"),
        (
            Failure("a", "digit_missing"),
            "半角数字が含まれていません。半角英字と半角数字をそれぞれ1文字以上含めてください。",
        ),
        (
            Failure("a", "letter_missing"),
            "半角英字が含まれていません。半角英字と半角数字をそれぞれ1文字以上含めてください。",
        ),
        (Failure("a", "mismatch"), "2か所に入力した内容が一致しません。"),
    ],
)
def test_a_failure_is_told_with_what_it_names(failure: Failure, words: str) -> None:
    assert message(failure) == words


def test_every_kind_of_character_has_its_words() -> None:
    text = " １!\x00"
    told = characters.name_characters("a", text, characters.ALPHANUMERICS)
    told += characters.hint_at_characters("a", text)
    assert len(told) == 8
    assert {failure.code for failure in told} <= set(MESSAGES)
