"""The text in the project is the manual's, word for word and in its order, and nothing is missing."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest

from simulator.manual.text import TEXT, manual_text
from simulator.manual.text_model import Manual
from simulator.manual.text_reader import read_manual
from tests.conventions.feature_faults import MANUAL
from tests.manual import original
from tests.manual.manual_words import fingerprints, words

KNOWN = Path(__file__).parent / "manual_text.sha256"
with_manual = pytest.mark.skipif(not MANUAL.exists(), reason="the manual itself is not part of a release")
CHANGES = {
    "a word": ("初回のみ有効です", "最初だけ有効です"),
    "a sign": ("“○”", "○"),
    "a note left out": ("> ログイン時に入力したログインパスワードとは違いますので、ご注意ください。\n", ""),
    "a sentence more": ("繰り返してください。", "繰り返してください。以上です。"),
    "another order": (
        "- 新しく一般ユーザを作成する\n- 一般ユーザを最新の状態にする",
        "- 一般ユーザを最新の状態にする\n- 新しく一般ユーザを作成する",
    ),
    "a heading": ("### パスワードの管理", "### パスワード"),
    "a chapter's heading": ("## 4 ログアウト", "## 4 終了"),
}


def lines_of_manual() -> list[str]:
    return MANUAL.read_text(encoding="utf-8").splitlines()


def difference(manual: Manual, text: str) -> str:
    """Where the project's words and the manual's first differ, with the line; empty where they never do."""
    ours, at = "".join(found for _, found in words(manual)), 0
    for number, theirs in original.prose(text):
        if not ours.startswith(theirs, at):
            return f"line {number}: {theirs!r}, but here: {ours[at : at + len(theirs) + 20]!r}"
        at += len(theirs)
    return f"not in the manual: {ours[at : at + 40]!r}" if at < len(ours) else ""


def changed(name: str) -> Manual:
    old, new = CHANGES[name]
    source = TEXT.read_text(encoding="utf-8")
    assert old in source
    return read_manual(source.replace(old, new, 1))


@with_manual
def test_all_prose_of_the_manual_is_here_word_for_word_in_its_order_and_no_more() -> None:
    assert difference(manual_text(), MANUAL.read_text(encoding="utf-8")) == ""


def test_the_words_are_those_that_were_compared_with_the_manual() -> None:
    assert fingerprints(manual_text()) == KNOWN.read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_is_noticed_without_the_manual(name: str) -> None:
    assert fingerprints(changed(name)) != KNOWN.read_text(encoding="utf-8").splitlines()


@with_manual
@pytest.mark.parametrize("name", CHANGES)
def test_a_change_is_noticed_beside_the_manual(name: str) -> None:
    assert difference(changed(name), MANUAL.read_text(encoding="utf-8")) != ""


@with_manual
def test_the_chapters_are_those_of_the_table_of_contents() -> None:
    found = [(each.number, original.fold(each.title)) for each in manual_text().chapters]
    assert found == original.contents(MANUAL.read_text(encoding="utf-8"))


@with_manual
@pytest.mark.parametrize("line", original.CORRECTIONS)
def test_a_correction_is_needed_and_has_a_reason(line: int) -> None:
    wrong, right, why = original.CORRECTIONS[line]
    assert wrong in lines_of_manual()[line - 1]
    assert wrong != right
    assert why


@with_manual
@pytest.mark.parametrize(("first", "last", "key"), original.CAPTURES)
def test_a_capture_hides_no_step_and_stands_under_its_own(first: int, last: int, key: str) -> None:
    lines = lines_of_manual()
    assert lines[first - 1].strip()
    assert lines[last - 1].strip()
    numbered = re.compile(r"\d+\. .+")
    assert not any(numbered.fullmatch(line) for line in lines[first - 1 : last])
    above = next(line for line in reversed(lines[: first - 1]) if numbered.fullmatch(line))
    step = next(
        each
        for chapter in manual_text().chapters
        for section in chapter.sections
        for each in section.steps
        if each.key == key
    )
    assert original.fold(f"{step.step.number}.{step.step.sentence}").startswith(original.fold(above))


def test_captures_stand_in_order_and_apart() -> None:
    assert all(first <= last for first, last, _ in original.CAPTURES)
    assert all(one[1] < other[0] for one, other in pairwise(original.CAPTURES))
