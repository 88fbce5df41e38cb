"""The manual's text as data: its parts, their ids, the notes of a step, and what its file may not hold."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from simulator.manual.procedures import procedures
from simulator.manual.text import TEXT, manual_text, notes_of
from simulator.manual.text_model import ListBlock, Paragraph
from simulator.manual.text_reader import ManualTextError, read_manual
from tests.manual.manual_words import words

if TYPE_CHECKING:
    from pathlib import Path

PREFIX = "ログイン ID（お客様 ID）の先頭は“d-”"
TWO_BUTTONS = "「しんきん電子記録債権サービス」ボタンについて"
HOW_LOGIN, HOW_APPROVAL = "新ログインパスワードの設定条件", "新しい承認パスワードの設定条件"
LOCK, EXPIRY = "パスワードのロック", "承認パスワードの有効期限"
RIGHTS, WHAT = "「権限リスト」とは", "「承認パスワード」とは"
FIRST, MUST = "初回ログインパスワード", "「ユーザ更新」は必ず実行してください"
OUT = "ログアウト時の操作について"
# Step -> the titles of its notes; "" for words without a box and for a box without a title.
NOTES = {
    "1-1.4": [PREFIX, LOCK],
    "1-2.1": [HOW_LOGIN, LOCK, ""],
    "1-3.1": [TWO_BUTTONS],
    "1-3.2": [HOW_APPROVAL, EXPIRY],
    "1-3.3": [EXPIRY, WHAT],
    "1-4.5": ["", RIGHTS],
    "1-4.6": [""],
    "1-4.7": ["システムを1名で利用する場合"],
    "2-1.4": ["ユーザ ID", "ユーザ基本情報の設定条件", FIRST],
    "2-1.6": [FIRST],
    "2-2.1": [MUST],
    "2-2.6": [MUST],
    "2-2.7": ["「ユーザ更新」を行うタイミング"],
    "2-3.5": ["", RIGHTS],
    "2-3.6": ["", WHAT],
    "2-3.7": [WHAT],
    "2-3.8": ["複数の一般ユーザを作成する場合", "一般ユーザの設定手順"],
    "3-1.4": [PREFIX, "", LOCK],
    "3-2.1": [HOW_LOGIN, LOCK, ""],
    "3-3.1": [TWO_BUTTONS, "仮登録のみを行うユーザの場合", "承認パスワードの設定について"],
    "3-3.2": [HOW_APPROVAL, EXPIRY],
    "4.1": [OUT],
    "4.4": [OUT],
}
KEYS = [f"{each.id}.{step.number}" for each in procedures() for step in each.steps]
LINE = r"manual\.md \d+行目: "
FAULTS = [
    ("# 初期設定編", "初期設定編", r"manual\.md: マニュアルの名前"),
    ("# 初期設定編", "まえがき\n\n# 初期設定編", LINE + "章（##）の外"),
    ("## 2 複数名", "## 3 複数名", LINE + "章の見出しは「## 2 "),
    ("### 手順1-2", "### 手順1-3", LINE + "ここに書ける手順は1-2"),
    ("#### 6.\n\n> ログイン時", "#### 8.\n\n> ログイン時", LINE + "手順1-4の番号"),
    ("#### 6.\n\n> ログイン時", "#### 5.\n\n> ログイン時", LINE + "手順1-4の番号"),
    ("#### 6.\n\n> ログイン時", "#### 6番\n\n> ログイン時", LINE + "手順1-4の番号"),
    ("<!-- 案内: 1-2.1 -->", "<!-- 案内: 1-2.2 -->", LINE + "コメントは"),
    ("<!-- 案内: 1-2.1 -->", "<!-- 1-2.1 -->", LINE + "コメントは"),
    (
        "> ログイン時に入力した",
        "<!-- 案内: 1-4.7 -->\n\n#### 7.\n\n> ログイン時に入力した",
        LINE + "「案内:」の後",
    ),
    ("> ログイン時に入力したログインパスワードとは違いますので、ご注意ください。", ">", LINE + "注記に何も"),
    ("> 続けて、一般ユーザ", "> 1. 続けて、一般ユーザ", LINE + "ここには、段落、箇条書き"),
    ("- 新しく一般ユーザを作成する", "- 新しく\n  - 一般ユーザを作成する", LINE + "箇条書きの項目"),
    ("当金庫のホームページ", "##### 見出し\n\n当金庫のホームページ", LINE + "ここには、段落、箇条書き"),
]


def test_every_step_of_the_features_stands_in_its_procedure() -> None:
    sections = [section for chapter in manual_text().chapters for section in chapter.sections]
    assert [step.key for section in sections for step in section.steps] == KEYS
    found = [(each.procedure, each.title) for each in sections if each.procedure]
    assert found == [(each.id, each.title) for each in procedures()]


def test_a_heading_of_its_own_is_a_section_without_steps() -> None:
    section = manual_text().chapters[0].sections[0]
    assert (section.procedure, section.title, section.steps) == ("", "パスワードの管理", ())
    assert len(section.intro) == 3


def test_every_part_has_an_id_of_its_own() -> None:
    found = Counter(id_ for id_, _ in words(manual_text()))
    assert [id_ for id_, number in found.items() if number > 1] == []
    assert {"chapter-1", "chapter-1-a", "chapter-1-c", "1-1", "1-1-a", "2-1-4", "2-1-4-a", "4-6"} < set(found)


@pytest.mark.parametrize("key", KEYS)
def test_the_notes_of_a_step(key: str) -> None:
    assert [note.title for note in notes_of(key)] == NOTES.get(key, [])


def test_a_step_that_is_not_the_manuals_has_no_notes() -> None:
    assert notes_of("d-06.1") == ()


def test_the_note_beside_a_bullet_comes_with_the_bullet() -> None:
    (block,) = notes_of("2-1.4")[0].blocks
    assert isinstance(block, ListBlock)
    (item,) = block.items
    assert item.mark == "※"
    assert item.lines == (
        "“d-” はあらかじめ表示されているので、“d-” の後に続くログイン ID を入力してください。",
    )


def test_the_marks_of_a_list_are_apart_from_its_words() -> None:
    (block,) = notes_of("2-3.5")[0].blocks
    assert isinstance(block, ListBlock)
    assert [item.mark for item in block.items] == ["①", "②", "※", "③"]
    assert block.items[1].lines[0] == "「承認対象業務」は、承認の必要がある業務です。"
    assert len(block.items[1].lines) == 3
    assert block.items[3].lines == ("利用する口座をチェックします。",)


def test_words_without_a_box_are_a_note_without_a_title() -> None:
    note = notes_of("1-2.1")[-1]
    assert note.id == "1-2-b"
    (block,) = note.blocks
    assert isinstance(block, Paragraph)
    assert block.lines[0].startswith("当金庫からお渡ししたログインパスワードは、初回のみ有効です。")


@pytest.mark.parametrize(("old", "new", "why"), FAULTS)
def test_what_cannot_be_read_is_named(old: str, new: str, why: str) -> None:
    source = TEXT.read_text(encoding="utf-8")
    assert old in source
    with pytest.raises(ManualTextError, match=why):
        read_manual(source.replace(old, new, 1))


def test_a_procedure_that_is_left_out_is_named() -> None:
    before, _, _ = TEXT.read_text(encoding="utf-8").partition("## 4 ")
    with pytest.raises(ManualTextError, match="手順4がありません"):
        read_manual(before)


def test_a_byte_order_mark_is_taken_and_another_encoding_is_named(tmp_path: Path) -> None:
    copy = tmp_path / "manual.md"
    copy.write_text(TEXT.read_text(encoding="utf-8"), encoding="utf-8-sig")
    assert manual_text(copy) == manual_text()
    copy = tmp_path / "other.md"
    copy.write_text("# 初期設定編", encoding="cp932")
    with pytest.raises(ManualTextError, match="UTF-8"):
        manual_text(copy)


def test_a_fault_is_named_by_its_line() -> None:
    source = TEXT.read_text(encoding="utf-8").replace("### 手順1-2", "### 手順1-3", 1)
    line = source.splitlines().index("### 手順1-3") + 1
    with pytest.raises(ManualTextError, match=rf"manual\.md {line}行目"):
        read_manual(source)
