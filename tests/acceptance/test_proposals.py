"""Every line that is proposed works when it is copied: what was missing is then found."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page

from simulator.manual.grammar import Press
from steps.acceptance.site_vocabulary import SiteVocabulary
from steps.acceptance.vocabulary_file import missing_lines
from steps.deployment import load
from steps.driver.failure import StepFailure
from steps.driver.find import Finder
from steps.driver.profile import Profile, Timeouts
from steps.driver.windows import Windows
from steps.driver.word_questions import WordQuestions
from tests.acceptance.runs import SIMULATOR

NOTHING = Profile(timeouts=Timeouts(find=0.01, role=0.005), exact=False)
LINE = re.compile(r'^(".+?(?<!\\)") = (.+?)   # 候補: ("(?:[^"\\]|\\.)*")', re.MULTILINE)
# How a site may write 「お届け印」, or another name.
NAMES = {
    "letters that nobody sees": "お\u200b届\u2060け\u00ad印\ufeff",
    "a space that does not break": "お届け&nbsp;印",
    "a wide space": "お届け　印",
    "two lines": "お届け<br>印",
    "brackets": "［お届け印］",
    "a mark before it": "＜ お届け印",
    "a mark after it": "お届け印 »",
    "an arrow of two signs": "お届け印 >>",
    "a colon": "■お届け印：",
    "a remark": "お届け印（６～１２字）",
    "ruby": "お<ruby>届<rp>(</rp><rt>とど</rt><rp>)</rp></ruby>け印",
    "full width": "ＩＤ／Ｎｏ．１",
    "half width": "ﾄﾄﾞｹ ｲﾝ",
    "quotes and backslashes": 'お"届け"\\印\\',
    "an equals sign and a hash": "届=印 # 2",
    "an apostrophe": "it's 印",
    "signs of markup": "届&lt;け&gt;&amp;印",
    "an accent apart from its letter": "か\u3099印",
}
Look = Callable[[Finder, Profile], Locator | Page | None]


def copied(vocabulary: SiteVocabulary, folder: Path) -> Profile:
    """The profile of a file with all lines that were told, each completed with its first candidate."""

    def completed(found: re.Match[str]) -> str:
        value = found[2].replace('"？"', found[3])
        return f"{found[1]} = {value} #"

    lines = "\n".join(missing_lines(vocabulary.missing))
    file = folder / "site.toml"
    text = f"{SIMULATOR.read_text(encoding='utf-8')}\n{LINE.sub(completed, lines)}\n"
    file.write_text(text, encoding="utf-8")
    made = load(file).profile
    return Profile(made.words, made.screens, made.find, timeouts=NOTHING.timeouts, exact=False)


def found_once_copied(opened: Windows, folder: Path, look: Look) -> Locator | Page | None:
    """Return the thing found by the second look, with the lines that the first one has told."""
    vocabulary, finder = SiteVocabulary(None, NOTHING, set), Finder(opened, NOTHING)
    finder.notes = vocabulary
    with pytest.raises(StepFailure):
        look(finder, NOTHING)
    assert vocabulary.missing
    profile = copied(vocabulary, folder)
    return look(Finder(opened, profile), profile)


def a_line(opened: Windows) -> Look:
    def look(finder: Finder, profile: Profile) -> None:
        WordQuestions(opened, finder, profile).shows("お届け印があります")

    return look


PAGES: dict[str, tuple[str, Look]] = {
    "button": (
        "<button>戻る</button><button id=x>{}</button>",
        lambda finder, _: finder.pressable(Press("印鑑を登録する", "button")),
    ),
    "field": (
        "<table><tr><td>{}<td><input id=x></table>",
        lambda finder, _: finder.field("印の番号"),
    ),
    "title": ("<title>銀行</title><h1>{}</h1>", lambda finder, _: finder.screen("印鑑登録")),
    "row of a box": (
        "<table><tr><td>業務<td>印<tr><td>{}<td><input type=checkbox id=x><tr><td>取引<td></table>",
        lambda finder, _: finder.box("お届出印の管理", "印"),
    ),
    "head over a box": (
        "<table><tr><td>業務<td>{}<tr><td>取引<td><input type=checkbox id=x></table>",
        lambda finder, _: finder.box("取引", "お届出印"),
    ),
}


@pytest.mark.parametrize("kind", PAGES)
def test_a_line_that_is_copied_lets_the_thing_be_found(
    page: Page, opened: Windows, tmp_path: Path, kind: str
) -> None:
    markup, look = PAGES[kind]
    lost = []
    for way, name in NAMES.items():
        page.set_content(markup.format(name))
        try:
            found = found_once_copied(opened, tmp_path, look)
        except (StepFailure, AssertionError) as failure:
            lost.append(f"{way}: {failure}")
            continue
        right = found is page if isinstance(found, Page) else found and found.get_attribute("id") == "x"
        lost += [] if right else [f"{way}: another thing"]
    assert not lost, "\n".join(lost)


def test_so_it_is_for_the_windows_title_and_for_a_line_to_read(
    page: Page, opened: Windows, tmp_path: Path
) -> None:
    ruby = "<script>var a;</script><p>ようこそ</p><p><ruby>金<rt>かね</rt></ruby></p>"
    for name in NAMES.values():
        page.set_content(f"{ruby}<p>{name}</p>")
        found_once_copied(opened, tmp_path, a_line(opened))
        if "<" not in name:
            page.set_content(f"<title>{name}</title><p>いらっしゃいませ")
            assert found_once_copied(opened, tmp_path, lambda finder, _: finder.screen("印鑑登録")) is page


@pytest.mark.parametrize("mark", ["id=x", "id='x.y:z'", "name='b[0]\"c\\'", "id='1'", "id=印"])
def test_so_it_is_for_the_place_of_a_second_field(
    page: Page, opened: Windows, tmp_path: Path, mark: str
) -> None:
    page.set_content(f"<p>印<p><input type=password {mark} title=y>")
    found = found_once_copied(opened, tmp_path, lambda finder, _: finder.field("印の番号", second=True))
    assert isinstance(found, Locator)
    assert found.get_attribute("title") == "y"
