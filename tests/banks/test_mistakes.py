"""Every kind of mistake in a pack has a sentence of its own, by its key, and all of them are told at once."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from simulator.banks import keys
from simulator.banks.mistakes import contrast
from simulator.banks.pack import PackError, listed
from simulator.banks.reading import DEFAULT, read_pack
from simulator.manual.pack_check import mistakes
from simulator.toml_text import table_of
from tests.banks.made_up import NAMES, path_of

TEXT = path_of("minato").read_text(encoding="utf-8")
ONE_WORD = '"お客様ID" = "ご契約ID"'


def test_the_published_schema_is_that_of_the_reader() -> None:
    assert json.loads(keys.SCHEMA.read_text(encoding="utf-8")) == keys.schema()


@pytest.mark.parametrize("path", [DEFAULT, *map(path_of, NAMES)])
def test_every_pack_that_we_have_is_valid_by_the_schema(path: Path) -> None:
    Draft202012Validator(keys.schema()).validate(table_of(path.read_bytes()))


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('we = "当組合"\n', "", "bank.we: 必要な項目がありません"),
        ("[bank]", '[bank]\nwee = "x"', "bank.wee: 知らない項目です。「bank.we」のことですか。"),
        ('id = "minato"', 'id = "みなと"', "bank.id: 半角の英小文字"),
        ('id = "minato"', 'id = "hekishin"', "bank.id: 「hekishin」は既定のパックの名前です"),
        ('we = "当組合"', "we = 5", "bank.we: 空白、改行、句読点"),
        ('"みなとでんさいサービス"', '"みなとの電子サービス"', "service.public: 空白、改行"),
        ('"みなとでんさいサービス"', '"みなとサービス画面"', "service.public: 空白、改行"),
        ('"みなとでんさいサービス"', '"みなと[でんさい]"', "service.public: 空白、改行"),
        ('"みなとでんさいサービス"', '"みなと、でんさい"', "service.public: 空白、改行"),
        ('"みなとでんさいサービス"', '"みなと「でんさい」"', "service.public: 空白、改行"),
        ('"みなとでんさいサービス"', '"みなと（でんさい）"', "service.public: 空白、改行"),
        ('"みなとでんさいサービス"', '"みなと\\nでんさい"', "service.public: 空白、改行"),
        ('"みなとでんさいサービス"', '"しんくみでんさいサービス"', "service.public: service.button と同じか"),
        ('"みなとでんさいサービス"', '"でんさいサービス"', "service.public: service.button と同じか"),
        ('"d-2733umi01a"', '"2733umi01a"', "people.master.login_id: 「d-」の後に"),
        ('"d-2733umi01a"', '"d-27330000"', "people.master.login_id: 「d-」の後に"),
        ('"d-2733umi01a"', '"d-2733umineko"', "people.master.login_id: people.general.login_id と同じです"),
        ('"d-2733umi01a"', '"d-2733uminek"', "people.master.login_id: people.general.login_id から最後"),
        ('"d-2733umi01a"', '"d-2733umi01a22"', "people.master.login_id: 「d-」の後は 11 文字以内"),
        ('"d-2733umineko"', '"d-2733umi1"', "people.general.login_id: 「1」で終わらない"),
        ('"d-2733wakame"', '"d-2733sakana"', "people.third.login_id: people.general.login_id より、並べた"),
        ('"浜田 一郎"', '"浜田一郎"', "people.master.name: 姓と名"),
        ('"浜田 一郎"', '"髙田 一郎"', "people.master.name: JIS 第 1・第 2 水準"),
        ('"浜田 涼子"', '"浜田 洋子"', "people.general.new_name: people.general.name と同じです"),
        ('"浜田 一郎"', '"山田 洋子"', "people.general.name: 名が people.master.name"),
        ('"yoko@minato.example.jp"', '"yoko@minato.co.jp"', "people.general.mail: 実在しないアドレス"),
        ('brand = "#0b6b57"', 'brand = "#7fd8c4"', "colours.brand: 白い文字との明暗比が 1.7 です。4.5 以上"),
        ('brand = "#0b6b57"', 'brand = "green"', "colours.brand: 「#」の後に"),
        ('brand_pale = "#e2f3ee"', 'brand_pale = "#556655"', "colours.brand_pale: 黒い文字との明暗比"),
        ("lock_after = 5", "lock_after = 2", "rules.lock_after: 3 から 15 までの整数"),
        ("lock_after = 5", "lock_after = true", "rules.lock_after: 3 から 15 までの整数"),
        ("approval_days = 180", "approval_days = 31", "rules.warning_days: approval_days より 2 日以上短く"),
        (ONE_WORD, '"お客様ID" = 5', "words.お客様ID: 文字列を"),
        (ONE_WORD, '"お客様ID" = "お客様ID"', "words.お客様ID: 左右が同じです"),
        (ONE_WORD, '"ID" = "番号"', "words.ID: 日本語を含む言葉"),
        (ONE_WORD, '"お客様ID" = "利用者（番号）"', "words.お客様ID: 使えない記号があります: '（' '）'"),
        (
            ONE_WORD,
            '"マスターユーザ" = "管理者"',
            "words.マスターユーザ: 「マスターユーザ」は変えることも加えることも",
        ),
        (ONE_WORD, '"訓練用" = "本番"', "words.訓練用: 「訓練」は変えることも加えることもできません"),
        (ONE_WORD, '"お客様ID" = "ユーザ名"', "words.お客様ID: 「ユーザ名」は、ほかのものの名前"),
        (
            ONE_WORD,
            '"お客様ID" = "新規の名"\n"ユーザ名" = "新規の名"',
            "words.お客様ID: 「新規の名」が 2 つ以上",
        ),
        (ONE_WORD, '"お客様番号" = "利用者番号"', "words.お客様番号: マニュアルにも画面にもない"),
        (
            ONE_WORD,
            '"ログイン" = "入場"',
            "words.ログイン: 次の言葉の一部に当たります。これらも [words] に書いてください: ",
        ),
        (ONE_WORD, '"当金庫" = "当組合"', "words.当金庫: 専用の項目がある"),
        (ONE_WORD, '"新しい" = "新規、"', "words.新しい: 使えない記号"),
        (
            ONE_WORD,
            '"に記載" = "と通知"',
            "words.に記載: この文が、同じ操作に読めなくなります: 4. 当組合からお渡しした",
        ),
        ("[words]\n", "words = 5\n[word]\n", "words: "),
        ("[bank]\n", "sentences = 5\n[bank]\n", 'sentences: "2-1.4"'),
        ("[words]\n", '[sentences]\n"4.3" = ""\n[words]\n', "sentences.4.3: 文を書いてください"),
        ("[words]\n", '[sentences]\n"4.3" = "あ\\nい"\n[words]\n', "sentences.4.3: 1 行の文に"),
        (
            "[words]\n",
            '[sentences]\n"2-1.7" = "「OK」をクリックする。"\n[words]\n',
            "sentences.2-1.7: この番号の手順は",
        ),
        (
            "[words]\n",
            '[sentences]\n"4.2" = "「キャンセル」ボタンをクリックします。"\n[words]\n',
            "sentences.4.2: この文が、同じ操作に読めません。元の文: 2. 「OK」ボタン",
        ),
        (
            "[words]\n",
            '[sentences]\n"4.2" = "「OK」ボタンをクリックします。"\n[words]\n',
            "sentences.4.2: [words] などを使った文と同じ",
        ),
        ("[bank]", "[bank", "minato.toml は TOML として読めません"),
    ],
)
def test_a_mistake_is_told_by_its_key(tmp_path: Path, old: str, new: str, told: str) -> None:
    assert old in TEXT
    assert told in told_of(tmp_path, TEXT.replace(old, new, 1))


def told_of(folder: Path, text: str) -> str:
    """The message about a pack, "" for one that can be used."""
    file = folder / "minato.toml"
    file.write_text(text, encoding="utf-8")
    try:
        pack = read_pack(file)
    except PackError as error:
        return str(error)
    found = mistakes(pack)
    return listed(file, found) if found else ""


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    text = TEXT.replace('we = "当組合"', 'we = "当、組合"').replace("lock_after = 5", "lock_after = 99")
    told = told_of(tmp_path, text.replace("[company]", "[compny]"))
    assert "誤りが" in told
    assert all(key in told for key in ("bank.we", "rules.lock_after", "compny.branch"))


@pytest.mark.parametrize("content", [TEXT.encode("utf-16"), TEXT.encode("cp932", "ignore")])
def test_another_encoding_is_told(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "pack.toml"
    file.write_bytes(content)
    with pytest.raises(PackError, match="UTF-8"):
        read_pack(file)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(PackError, match="を開けません"):
        read_pack(tmp_path / "none.toml")


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#ffffff", "#777777") == pytest.approx(4.478, abs=0.001)
