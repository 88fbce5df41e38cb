"""Words are compared as a person reads them, in Python and in the browser alike."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import BrowserContext

from simulator.manual.wording import fold, names_of
from steps.driver.text_patterns import again, containing, exactly

SAME = [
    ("ログイン ID", "ログインID"),
    ("新しい承認パスワード（再入力）", "新しい承認パスワード (再入力)"),
    ("ＡＢＣ１２３", "abc123".upper()),
    ("ﾛｸﾞｲﾝﾊﾟｽﾜｰﾄﾞ", "ログインパスワード"),
    ("ID　新規作成", "ID 新規作成"),
    ("管理業務を\n実施する", "管理業務を実施する"),
    ("ログイン\u200bパスワ\u00adード", "ログインパスワード"),
    ("\ufeffユーザ\u2060名", "ユーザ名"),
]
OTHER = [
    ("ログイン", "ログアウト"),
    ("承認パスワード", "初期承認パスワード"),
    ("変更", "変更へ"),
    ("abc", "ABC"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_space_and_width_make_no_difference(one: str, other: str) -> None:
    assert fold(one) == fold(other)
    assert exactly(one).match(other)
    assert exactly(other).match(one)


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_other_words_are_other_words(one: str, other: str) -> None:
    assert fold(one) != fold(other)
    assert not exactly(one).match(other)


def test_signs_of_regular_expressions_are_plain_signs() -> None:
    assert exactly("a.b(c)+?").match("a.b(c)+?")
    assert not exactly("a.b").match("axb")


@pytest.mark.parametrize(
    "label",
    [
        "新パスワード（再入力）",
        "確認のため、もう一度「新パスワード」を入力してください。",
        "新パスワード (再入力)",
    ],
)
def test_the_second_place_is_known_by_its_words(label: str) -> None:
    assert again("新パスワード").match(label)
    assert not again("新パスワード").match("新パスワード")
    assert not again("パスワード").match(label.replace("新パスワード", "旧パスワード"))


def test_a_word_with_parentheses_has_three_names() -> None:
    assert names_of("ログイン ID（お客様 ID）") == ("ログイン ID（お客様 ID）", "ログイン ID", "お客様 ID")
    assert names_of("ログインパスワード") == ("ログインパスワード",)


def test_the_browser_reads_the_same_patterns(context: BrowserContext) -> None:
    page = context.new_page()
    page.set_content(
        "<button>ＩＤ　新規\n作成</button><button>ﾛｸﾞｱｳﾄ（全て）</button><button>ID 新規作成へ</button>"
    )
    assert page.get_by_role("button", name=exactly("ID 新規作成")).count() == 1
    assert page.get_by_role("button", name=exactly("ログアウト(全て)")).count() == 1
    assert page.get_by_role("button", name=containing("ID新規作成")).count() == 2
    assert page.get_by_text(re.compile("新規")).count() == 2
