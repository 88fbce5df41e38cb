"""The one grammar: all 50 sentences of the manual, its plain form, and what it does not know."""

from __future__ import annotations

from functools import partial

import pytest

from simulator.manual.grammar import (
    Action,
    CloseWindow,
    Field,
    Fill,
    LeaveEmpty,
    Press,
    Review,
    SentenceError,
    Show,
    Tick,
    parse,
)
from simulator.manual.procedures import procedure, procedures, titles

button, tab = partial(Press, kind="button"), partial(Press, kind="tab")
LETTER = "通知書面"
MANUAL: dict[str, list[tuple[Action, ...]]] = {
    "1-1": [
        (Show("当金庫のホームページ"),),
        (Show("へきしん電子記録債権サービス画面"),),
        (
            Show("へきしん電子記録債権サービスの案内画面"),
            button("ログイン"),
        ),
        (
            Fill(
                (
                    Field("ログイン ID（お客様 ID）", source=LETTER),
                    Field("ログインパスワード", source=LETTER),
                )
            ),
            button("ログイン"),
        ),
    ],
    "1-2": [
        (
            Fill(
                (
                    Field("現ログインパスワード"),
                    Field("新ログインパスワード", 2),
                )
            ),
            button("変更"),
        ),
    ],
    "1-3": [
        (button("しんきん電子記録債権サービス"),),
        (
            Fill((Field("新しい承認パスワード", 2),)),
            button("実行"),
        ),
        (button("トップへ"),),
    ],
    "1-4": [
        (tab("管理業務を実施する"),),
        (button("ユーザ情報を管理する"),),
        (button("企業ユーザを変更する"),),
        (button("変更"),),
        (
            Tick("利用する業務および口座"),
            button("確認"),
        ),
        (
            Fill((Field("承認パスワード"),)),
            button("変更"),
        ),
        (button("トップへ戻る"),),
    ],
    "2-1": [
        (button("ユーザ管理業務"),),
        (tab("ユーザ管理"),),
        (button("ID 新規作成"),),
        (
            Fill(
                (
                    Field("ユーザ ID"),
                    Field("ユーザ名"),
                    Field("メールアドレス", 2),
                    Field("初回ログインパスワード", 2),
                )
            ),
            button("登録"),
        ),
        (
            Review("ユーザ情報"),
            button("確定"),
        ),
        (button("ユーザ管理業務終了"),),
    ],
    "2-2": [
        (tab("管理業務を実施する"),),
        (button("ユーザ情報を管理する"),),
        (button("企業ユーザを追加・更新する"),),
        (
            LeaveEmpty("ユーザ検索条件"),
            button("確認"),
        ),
        (Review("登録したユーザ情報"),),
        (
            Fill((Field("承認パスワード", owner="マスターユーザ"),)),
            button("ユーザ更新"),
        ),
        (button("トップへ戻る"),),
    ],
    "2-3": [
        (tab("管理業務を実施する"),),
        (button("ユーザ情報を管理する"),),
        (button("企業ユーザを変更する"),),
        (button("変更", row="一般ユーザ"),),
        (
            Tick("利用する業務および口座"),
            button("確認"),
        ),
        (
            Fill((Field("初期承認パスワード", 2, owner="一般ユーザ"),)),
            button("確認"),
        ),
        (
            Fill((Field("承認パスワード", owner="マスターユーザ"),)),
            button("変更"),
        ),
        (button("トップへ戻る"),),
    ],
    "3-1": [
        (Show("当金庫のホームページ"),),
        (Show("へきしん電子記録債権サービス画面"),),
        (
            Show("へきしん電子記録債権サービスの案内画面"),
            button("ログイン"),
        ),
        (
            Fill(
                (
                    Field("ログイン ID（お客様 ID）"),
                    Field("ログインパスワード"),
                )
            ),
            button("ログイン"),
        ),
    ],
    "3-2": [
        (
            Fill(
                (
                    Field("現ログインパスワード"),
                    Field("新ログインパスワード", 2),
                )
            ),
            button("変更"),
        ),
    ],
    "3-3": [
        (button("しんきん電子記録債権サービス"),),
        (
            Fill(
                (
                    Field("現在の承認パスワード"),
                    Field("新しい承認パスワード", 2),
                )
            ),
            button("実行"),
        ),
        (button("トップへ"),),
    ],
    "4": [
        (button("ログアウト"),),
        (button("OK"),),
        (CloseWindow(),),
        (button("ログアウト", screen="サービス一覧"),),
        (CloseWindow(),),
        (button("はい", only_if_shown=True),),
    ],
}
STEPS = [(id_, number) for id_, steps in MANUAL.items() for number in range(1, len(steps) + 1)]


@pytest.mark.parametrize(("id_", "number"), STEPS)
def test_a_sentence_of_the_manual_is_understood(id_: str, number: int) -> None:
    step = procedure(id_).steps[number - 1]
    assert step.number == number
    assert step.actions == MANUAL[id_][number - 1]


def test_all_fifty_are_in_the_table() -> None:
    assert len(STEPS) == 50
    assert {each.id: len(each.steps) for each in procedures()} == {id_: len(s) for id_, s in MANUAL.items()}


@pytest.mark.parametrize(
    ("plain", "formal"),
    [
        ("「変更」ボタンをクリックする", "「変更」ボタンをクリックします。"),
        ("「変更」ボタンをクリックする", "[変更] ボタンをクリックします。"),
        ("「トップ」タブをクリックする", "[トップ] タブをクリックします。"),
        ("ウィンドウを閉じる", "ウィンドウを閉じます。"),
        (
            "承認パスワードを入力し、「変更」ボタンをクリックする",
            "承認パスワードを入力し、[変更] ボタンをクリックします。",
        ),
        ("新しい承認パスワードを 2 回入力する", "新しい承認パスワードを2回入力します。"),
    ],
)
def test_the_plain_form_says_the_same(plain: str, formal: str) -> None:
    assert parse(plain) == parse(formal)


@pytest.mark.parametrize(
    ("sentence", "action"),
    [
        ("「d-1560a」の行の「変更」ボタンをクリックする", button("変更", row="d-1560a")),
        ("マスターユーザの「変更」ボタンをクリックする", button("変更", row="マスターユーザ")),
        (
            "「承認パスワード」欄の「ソフトウェアキーボードを開く」ボタンをクリックする",
            button("ソフトウェアキーボードを開く", field="承認パスワード"),
        ),
        ("「トップ」画面の「ログアウト」ボタンをクリックする", button("ログアウト", screen="トップ")),
        ("「戻る」リンクをクリックする", Press("戻る", "link")),
        ("「A、B」ボタンをクリックする", button("A、B")),
    ],
)
def test_which_of_several(sentence: str, action: Action) -> None:
    assert parse(sentence) == (action,)


def test_a_table_gives_values_or_boxes_and_a_note_is_no_value() -> None:
    rows = [("ユーザ ID", "※ 注意"), ("ユーザ名", ""), ("メールアドレス (2 箇所)", "a@example.jp")]
    assert parse("以下の項目を入力する", rows) == (
        Fill((Field("ユーザ ID"), Field("ユーザ名"), Field("メールアドレス", 2, value="a@example.jp"))),
    )
    boxes = [("各種取引", "担当者")]
    assert parse("以下の業務および口座をチェックする", boxes) == (
        Tick("以下の業務および口座", (("各種取引", "担当者"),)),
    )


@pytest.mark.parametrize(
    "sentence",
    [
        "当金庫に電話します。",
        "ボタンをクリックします。",
        "左から 2 番目の「変更」ボタンをクリックする",
        "確定をクリックする",
        "",
    ],
)
def test_what_it_does_not_know_is_told(sentence: str) -> None:
    with pytest.raises(SentenceError, match="読め"):
        parse(sentence)


def test_procedures_say_where_they_start_and_what_comes_next() -> None:
    assert procedure("1-1").start == ""
    assert procedure("2-1").start == "サービス一覧"
    assert [step.next_screen for step in procedure("2-2").steps][3:6] == [
        "ユーザ情報更新確認",
        "",
        "ユーザ情報更新完了",
    ]
    assert procedure("4").steps[5].next_screen == "「しんきん電子記録債権システム」案内画面"
    assert titles()["4"] == "ログアウト"
