"""Names of people: what is kept of one, and when two are the same person's."""

from __future__ import annotations

import unicodedata

import pytest

from simulator.training import names

KEPT = {
    "spaces around and between": ("　山田　 太郎 ", "山田 太郎"),
    "half-width kana": ("ﾔﾏﾀﾞ ﾀﾛｳ", "ヤマダ タロウ"),
    "parted accents": ("カ\u3099", "ガ"),
    "full-width letters": ("Ｊｏｈｎ", "John"),
    "the owner's own letter": ("\ufa19保 \ufa10田", "\ufa19保 \ufa10田"),
    "a letter beyond the first plane": ("𠮷田 花子", "𠮷田 花子"),
    "髙 and 﨑": ("髙﨑", "髙﨑"),
    "a form of a letter": ("葛\U000e0100城", "葛\U000e0100城"),
    "a zero-width space": ("田\u200b中", "田中"),
    "a soft hyphen": ("田中\u00ad", "田中"),
    "a filler": ("\u3164田中\u2800", "田中"),
}


@pytest.mark.parametrize("why", KEPT)
def test_a_name_is_kept_as_its_owner_writes_it(why: str) -> None:
    typed, kept = KEPT[why]
    assert names.kept(typed) == kept
    assert names.kept(kept) == kept


NOBODY = [
    "",
    " ",
    "　",
    "\u200b",
    "\u3164",
    "\u00ad",
    "\u2800",
    "\u2060 \ufeff",
    "\U000e0100",
    "\uffa0",
    "\u115f",
]


@pytest.mark.parametrize("text", NOBODY, ids=ascii)
def test_letters_that_nobody_can_see_are_no_name(text: str) -> None:
    assert names.fault_of(names.kept(text)) == "name_required"


@pytest.mark.parametrize("text", ["\u202e中田", "山\x07田", "中\u200f田"], ids=ascii)
def test_what_turns_or_controls_the_text_is_refused(text: str) -> None:
    assert names.fault_of(names.kept(text)) == "name_control"


def test_a_name_has_a_longest_length() -> None:
    assert names.fault_of("山" * names.LONGEST_NAME) == ""
    assert names.fault_of("山" * (names.LONGEST_NAME + 1)) == "name_too_long"


SAME = [
    ("山田 太郎", "山田太郎"),
    ("山田 太郎", "山田　太郎"),
    ("田中", "田\u200b中"),
    ("John Smith", "ｊｏｈｎ　ＳＭＩＴＨ"),
    ("葛\U000e0100城", "葛城"),
    ("ﾔﾏﾀﾞ", "ヤマダ"),
    ("\ufa19保", "神保"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_white_space_width_and_unseen_letters_make_no_other_name(one: str, other: str) -> None:
    assert names.same_key(one) == names.same_key(other)


TWINS = [
    ("髙橋 一郎", "高橋一郎"),
    ("渡邉 花子", "渡辺 花子"),
    ("渡邊 花子", "渡邉 花子"),
    ("斉藤", "齋藤"),
    ("齊藤", "斎藤"),
    ("𠮷田", "吉田"),
    ("山﨑", "山崎"),
    ("長嶋", "長島"),
    ("三ケ田", "三ヶ田"),
]


@pytest.mark.parametrize(("one", "other"), TWINS)
def test_forms_of_one_letter_are_twins_but_not_the_same(one: str, other: str) -> None:
    assert names.twin_key(one) == names.twin_key(other)
    assert names.same_key(one) != names.same_key(other)


@pytest.mark.parametrize(
    ("one", "other"), [("佐藤", "佐東"), ("大田", "太田"), ("上田", "植田"), ("浜", "濱口")]
)
def test_other_letters_are_no_twins(one: str, other: str) -> None:
    assert names.twin_key(one) != names.twin_key(other)


def test_every_twin_stands_in_the_table_once_and_is_a_letter_of_its_own() -> None:
    letters = "".join(names._TWINS.split())
    assert len(set(letters)) == len(letters)
    assert unicodedata.normalize("NFKC", letters) == letters


ALIKE = [
    ("山田 太郎", "山田 太朗"),  # one letter for another
    ("山田 太郎", "山田 太"),  # left out
    ("山田 太郎", "山田"),  # a part alone
    ("山田 太郎", "太郎 山田"),  # the parts swapped
    ("髙橋 一郎", "高橋 二郎"),  # a twin and another letter
]


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_names_resemble_whichever_is_typed(one: str, other: str) -> None:
    assert names.are_alike(one, other)
    assert names.are_alike(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [("山田 太郎", "山本 次郎"), ("一", "一郎"), ("林", "森"), ("東", "西"), ("林一", "林二")],
)
def test_others_do_not(one: str, other: str) -> None:
    assert not names.are_alike(one, other)
    assert not names.are_alike(other, one)


def test_where_too_many_resemble_nobody_is_named() -> None:
    many = [f"山田 {letter}郎" for letter in "一二三四五"]
    assert names.those_alike("山田", many) == []
    assert names.those_alike("山田", many[:4]) == many[:4]


LOST = [
    ("?田 花子", "𠮷田 花子"),
    ("??田 花子", "𠮷田 花子"),  # as a program writes that counts in UTF-16
    ("?田花子", "𠮷田 花子"),
    ("？橋 一郎", "髙橋 一郎"),
    ("????", "髙橋一郎"),
]


@pytest.mark.parametrize(("read", "present"), LOST)
def test_a_question_mark_in_the_place_of_a_letter_is_a_lost_one(read: str, present: str) -> None:
    assert names.has_lost_letters(read, present)


@pytest.mark.parametrize(
    ("read", "present"),
    [("田中?", "田中"), ("?", "?"), ("だれ?", "山田 太郎"), ("田中", "山田"), ("?田 一郎", "")],
)
def test_another_question_mark_is_none(read: str, present: str) -> None:
    assert not names.has_lost_letters(read, present)
