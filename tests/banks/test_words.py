"""What a pack makes of the manual's words: all of them, the longest first, and numbers by what they count."""

from __future__ import annotations

import pytest

from simulator.bank.people import people
from simulator.banks.pack import Pack
from simulator.banks.reading import DEFAULT, default_pack
from simulator.banks.sentences import put_in
from simulator.banks.words import Words
from simulator.domain.world import BankSettings
from simulator.manual.features import FEATURES, VERBATIM
from simulator.manual.pack_check import mistakes, texts
from tests.banks.made_up import NAMES, pack_of, words_of

ALL = "\n".join(text for _, text in texts())


def test_the_default_pack_maps_every_word_to_itself() -> None:
    assert Words(default_pack()).retell(ALL) == ALL
    assert FEATURES == VERBATIM


def test_the_default_pack_is_the_bank_that_the_program_is_written_for() -> None:
    pack, who = default_pack(), people(0)
    for each in (who.master, who.general):
        assert pack.text(f"people.{each.kind}.login_id") == each.login_id
        assert (pack.text(f"people.{each.kind}.name"), pack.text(f"people.{each.kind}.mail")) == (
            each.name,
            each.mail,
        )
    settings = BankSettings()
    assert (settings.lock_after, settings.approval_days) == (6, 90)
    assert (settings.approval_warning_days, settings.idle_minutes) == (14, 30)


def test_a_sentence_of_the_banks_own_stands_in_its_step_alone() -> None:
    file = VERBATIM / "ch4_logout"
    [path] = file.glob("*.feature")
    text = path.read_text(encoding="utf-8")
    other = put_in(text, {"4.3": "ウィンドウを閉じる。", "2-1.3": "使われない。"})
    changed = [
        (old, new) for old, new in zip(text.splitlines(), other.splitlines(), strict=True) if old != new
    ]
    assert changed == [("    もし 3. ウィンドウを閉じます。", "    もし 3. ウィンドウを閉じる。")]
    assert put_in("機能: 練習\n    もし 3. 閉じます。\n", {"4.3": "閉じる。"}).endswith(
        "もし 3. 閉じます。\n"
    )


@pytest.mark.parametrize("name", NAMES)
def test_a_made_up_bank_has_no_mistake(name: str) -> None:
    assert mistakes(pack_of(name)) == []


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("word", ["碧海", "へきしん", "当金庫", "信用金庫", "1560", "hekishin", "湊", "太郎"])
def test_no_name_of_the_default_bank_is_left_in_a_text(name: str, word: str) -> None:
    told = words_of(name).retell(ALL)
    assert word in ALL
    assert [line for line in told.splitlines() if word in line] == []


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("minato", "パスワードは 6 回入力を間違えるとロックが", "パスワードは 5 回入力を間違えるとロックが"),
        ("toge", "「ログインパスワード」を 5 回間違えて", "「ログインパスワード」を 2 回間違えて"),
        (
            "toge",
            "一般ユーザが 5 回、マスターユーザが 1 回間違えても",
            "一般ユーザが 2 回、マスターユーザが 1 回間違えても",
        ),
        ("yukino", "ログインパスワードを6回間違えて", "ログインパスワードを10回間違えて"),
        ("minato", "6～12 文字で、2 回入力し、2 箇所", "6～12 文字で、2 回入力し、2 箇所"),
        ("minato", "期限は 90 日後である", "期限は 180 日後である"),
        ("minato", "| 14 日前  |", "| 30 日前  |"),
        ("minato", "有効期限の 15 日前には", "有効期限の 31 日前には"),
        ("minato", "有効期限の 1 日後になる", "有効期限の 1 日後になる"),
        ("toge", "30分間席を離れ、席を 30 分間離れます", "10分間席を離れ、席を 10 分間離れます"),
        (
            "minato",
            "d-1560heki と d-1560hekishin と d-1560hek",
            "d-2733umi01a と d-2733umineko と d-2733umi01",
        ),
        ("toge", "1560abcd、1560akiaki12", "0999abcd、0999akiaki12"),
        ("toge", "d-1560ｈeki 7文字目の「ｈ」が全角", "d-ｋ0999yama 3文字目の「ｋ」が全角"),
        ("toge", "1560ｈekishin 5文字目の「ｈ」", "ｋ0999kawa7 1文字目の「ｋ」"),
        ("minato", "1560hekishi1", "2733uminek1"),
        (
            "minato",
            "碧海花子さん、碧海 花子、碧海\u00a0花子さん、花子さん",
            "浜田洋子さん、浜田 洋子、浜田\u00a0洋子さん、洋子さん",
        ),
        (
            "minato",
            "hanako@hekishin.example と hanako@hekishin.example.jp",
            "yoko@minato.example と yoko@minato.example.jp",
        ),
        ("minato", "ログイン ID（お客様 ID）、お客様ID", "ログイン ID（ご契約ID）、ご契約ID"),
        ("toge", "初期承認パスワードと承認パスワード", "初期取引パスワードと取引パスワード"),
        ("yukino", "当金庫のホームページ、金庫の窓口", "当庫のホームページ、しんきんの窓口"),
        ("minato", "--brand: #24506b;", "--brand: #0b6b57;"),
    ],
)
def test_a_text_is_retold(name: str, old: str, new: str) -> None:
    assert words_of(name).retell(old) == new


def test_what_was_retold_is_not_retold_again() -> None:
    swapped = Pack(
        DEFAULT, default_pack().values, {"ユーザ名": "メールアドレス", "メールアドレス": "ユーザ名"}
    )
    assert Words(swapped).retell("ユーザ名、メールアドレス") == "メールアドレス、ユーザ名"
