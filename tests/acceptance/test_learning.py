"""The vocabulary of a site: titles, weaker ways, lines to copy; never a password, never a value."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from playwright.sync_api import Page

from simulator.manual.grammar import Press
from steps.acceptance import vocabulary_file
from steps.acceptance.site_vocabulary import SiteVocabulary
from steps.acceptance.vocabulary_file import MissingEntry, Vocabulary
from steps.acceptance.vocabulary_proposals import closest, quoted
from steps.deployment import load
from steps.driver.failure import StepFailure
from steps.driver.find import Finder
from steps.driver.profile import Profile, Timeouts
from steps.driver.windows import Windows
from steps.driver.word_questions import WordQuestions
from tests.acceptance.runs import SIMULATOR

SECRET = "himitsu1"
PROFILE = Profile(words={"ユーザ名": "利用者名"}, timeouts=Timeouts(find=0.6))
MENU = """<title>信金</title><h1>企業ユーザ管理</h1><button>ユーザの変更</button>
<button>企業ユーザを追加・更新する</button><a href='#'>戻る</a>"""


@pytest.fixture
def vocabulary(tmp_path: Path) -> SiteVocabulary:
    return SiteVocabulary(tmp_path / vocabulary_file.FILE, PROFILE, lambda: {SECRET})


@pytest.fixture
def finder(opened: Windows, vocabulary: SiteVocabulary) -> Finder:
    made = Finder(opened, PROFILE)
    made.notes = vocabulary
    return made


def written(vocabulary: SiteVocabulary) -> str:
    assert vocabulary.path
    return vocabulary.path.read_text(encoding="utf-8")


def missing(finder: Finder, press: Press) -> str:
    with pytest.raises(StepFailure) as failure:
        finder.pressable(press)
    return str(failure.value)


def test_what_is_missing_is_told_and_written_at_once_as_a_line_to_copy(
    page: Page, finder: Finder, vocabulary: SiteVocabulary
) -> None:
    page.set_content(MENU)
    finder.screen("企業ユーザ管理")
    vocabulary.where = "手順1-4 の 3."
    told = missing(finder, Press("企業ユーザを変更する", "button"))
    line = '"企業ユーザを変更する" = "？"   # 候補: "ユーザの変更"、'
    assert f"[words] に写す行（found.toml にもあります）:\n  {line}" in told
    text = written(vocabulary)
    comment = (
        "# 手順1-4 の 3.「企業ユーザを変更する」ボタンが見つかりませんでした。「企業ユーザ管理」画面にある"
    )
    assert f"[words]\n{comment}もの: " in text
    assert f"\n{line}" in text
    table = tomllib.loads(text)
    assert table["words"] == {"企業ユーザを変更する": "？"}
    assert table["found"] == {"企業ユーザ管理": {"title": "企業ユーザ管理"}}


def test_the_tables_can_be_copied_into_a_deployment_file(
    page: Page, finder: Finder, vocabulary: SiteVocabulary, tmp_path: Path
) -> None:
    page.set_content('<h1>"ご利用"\\一覧</h1><label>番号<input id=a></label><input id=\'b"c\'>')
    missing(finder, Press("登録", "button"))
    for look in (lambda: finder.screen("サービス一覧"), lambda: finder.field("ユーザID", second=True)):
        with pytest.raises(StepFailure):
            look()
    lines = "\n".join(vocabulary_file.missing_lines(vocabulary.missing))
    file = tmp_path / "site.toml"
    file.write_text(SIMULATOR.read_text(encoding="utf-8") + lines, encoding="utf-8")
    made = load(file)
    assert (made.words, made.screens) == ({"登録": "？"}, {"サービス一覧": "？"})
    assert made.find["ユーザID（再入力）"].css == "？"
    assert r'"サービス一覧" = "？"   # 候補: "\"ご利用\"\\一覧"' in lines
    assert '候補: "#a"、' in lines


def test_a_screens_title_and_what_was_found_by_a_weaker_way_are_kept(
    page: Page, finder: Finder, vocabulary: SiteVocabulary
) -> None:
    page.set_content("<b>ﾕｰｻﾞ登録</b><table><tr><td>■利用者名：<td><input></table><input type=image alt=登録>")
    finder.screen("ユーザ登録")
    finder.field("ユーザ名")
    finder.pressable(Press("登録", "button"))
    vocabulary.write()
    kept = tomllib.loads(written(vocabulary))["found"]["ユーザ登録"]
    assert kept["title"] == "ﾕｰｻﾞ登録"
    assert kept["weaker"] == [
        "「ユーザ登録」画面: 見出しの代わりの大きな文字で見つけました",
        "「ユーザ名」の入力欄: 隣のセルや前の言葉で見つけました",
    ]


def test_a_word_that_neither_the_manual_nor_the_file_has_is_kept_with_what_was_found(
    page: Page, finder: Finder, vocabulary: SiteVocabulary
) -> None:
    page.set_content(
        "<h1>ログイン</h1>お名前（ユーザID）<br><table><tr><td>ユーザID（６～１２字）<td><input></table>"
    )
    finder.screen("ログイン")
    finder.field("ユーザID")
    vocabulary.write()
    text = written(vocabulary)
    assert (
        "「ユーザID」の入力欄: 隣のセルや前の言葉で見つけました（サイトの言葉: 「ユーザID（６～１２字）」）"
        in text
    )


PASSWORDS = f"""<title>{SECRET}</title><h1>ようこそ</h1><h2>h i m i t s u 1</h2>
<p>ﾊﾟｽﾜｰﾄﾞ: {SECRET}</p><button>{SECRET}</button><button>次へ{SECRET}</button><a href='#'>himitsu１</a>
<label>{SECRET}<input></label><label>欄<textarea>kaita1</textarea></label>
<label>選ぶ<input type=text value=kaita2></label><input type=password value=kaita3 name=p>
<div contenteditable=true>kaita4</div><input value=kaita5>
<label>本店<select><option>kaita7<option selected>kaita8</select></label>
<p><b contenteditable>kaita9</b></p>"""


@pytest.mark.parametrize("screen", ["ログイン", "トップ"])
def test_neither_the_file_nor_the_line_has_a_password_or_what_stands_in_a_field(
    page: Page, opened: Windows, finder: Finder, vocabulary: SiteVocabulary, screen: str
) -> None:
    page.set_content(PASSWORDS)
    page.get_by_label("選ぶ").fill("kaita6")
    failures = []
    for look in (
        lambda: finder.pressable(Press("登録", "button")),
        lambda: finder.field("ユーザ名"),
        lambda: finder.field("ユーザ名", second=True),
        lambda: finder.screen(screen),
        lambda: WordQuestions(opened, finder, PROFILE).shows(f"パスワードは{SECRET[:3]}です"),
    ):
        with pytest.raises(StepFailure) as failure:
            look()
        failures.append(str(failure.value).partition("写す行")[2])
    file = written(vocabulary)
    assert len(vocabulary.missing) == len(failures)
    for text in (file, *failures):
        assert text
        assert [each for each in (SECRET, "himitsu１", "t s u 1", "kaita") if each in text] == []


def test_a_title_with_a_password_in_it_is_not_kept(
    page: Page, finder: Finder, vocabulary: SiteVocabulary
) -> None:
    page.set_content(f"<h1>{SECRET}の案内画面</h1>")
    finder.screen_about("案内画面")
    vocabulary.write()
    text = written(vocabulary)
    assert SECRET not in text
    assert tomllib.loads(text)["found"]["案内画面"]["title"] == "（伏せました）"


def test_what_is_found_after_all_needs_no_line_any_more(
    page: Page, finder: Finder, vocabulary: SiteVocabulary
) -> None:
    page.set_content(MENU)
    press = Press("企業ユーザを変更する", "button")
    missing(finder, press)
    page.set_content("<button>企業ユーザを変更する</button>")
    finder.pressable(press)
    vocabulary.write()
    assert vocabulary.missing == {}
    assert "企業ユーザを変更する" not in written(vocabulary)


def test_a_word_that_the_file_has_wrong_is_told_with_its_value(
    page: Page, finder: Finder, vocabulary: SiteVocabulary
) -> None:
    page.set_content("<h1>登録</h1><label>お名前<input></label>")
    with pytest.raises(StepFailure):
        finder.field("ユーザ名")
    assert "今の値「利用者名」でもありません。" in vocabulary.missing["words", "ユーザ名"].comment
    assert '候補: "お名前"' in vocabulary.missing["words", "ユーザ名"].line


def test_a_row_or_else_a_box_is_what_is_missing(
    page: Page, finder: Finder, vocabulary: SiteVocabulary
) -> None:
    page.set_content(
        "<table><tr><td>業務<td>担当<td>承認者"
        "<tr><td>各種取引<td><input type=checkbox><td><input type=checkbox></table>"
    )
    for thing in ("各種取引", "指定許可管理"):
        with pytest.raises(StepFailure):
            finder.box(thing, "担当者")
    assert vocabulary.missing["words", "担当者"].line.endswith('# 候補: "担当"、"承認者"、"各種取引"')
    assert '"各種取引"' in vocabulary.missing["words", "指定許可管理"].line


def test_a_thing_that_is_called_so_is_no_matter_of_words(
    page: Page, finder: Finder, vocabulary: SiteVocabulary
) -> None:
    page.set_content("<table><tr><td>x</td></tr></table><button>変更</button>")
    with pytest.raises(StepFailure) as failure:
        finder.pressable(Press("変更", "button"), row="d-1560heki")
    assert "写す行" not in str(failure.value)
    assert vocabulary.missing == {}


def test_other_words_of_the_manual_are_the_last_candidates() -> None:
    there = ["ログイン", "ログアウト", "入る", "ログイン", ""]
    assert closest("ログイン", there, frozenset({"ログイン", "ログアウト"})) == [
        "入る",
        "ログイン",
        "ログアウト",
    ]


def test_an_earlier_part_of_the_run_is_gone_on_from(tmp_path: Path) -> None:
    path = tmp_path / vocabulary_file.FILE
    first = Vocabulary()
    first.on("トップ").weaker.append("「登録」ボタン: ラベルで見つけました")
    for word in ("登録", 'あ"い\\', "ユーザ名"):
        first.missing["words", word] = MissingEntry("# なかった", f'{quoted(word)} = "？"   # 候補: "い"')
    first.missing["screens", "トップ"] = MissingEntry("# なかった", '"トップ" = "？"   # 候補: "い"')
    first.write(path)
    assert vocabulary_file.read(path) == first
    again = SiteVocabulary(path, PROFILE, set, vocabulary_file.read(path))
    assert list(again.missing) == [("words", "登録"), ("words", 'あ"い\\'), ("screens", "トップ")]


@pytest.mark.parametrize("content", ["[words\n", "[found.a]\ntitle = 1\n", "found = 3\n"])
def test_a_file_that_is_not_ours_is_begun_anew(tmp_path: Path, content: str) -> None:
    path = tmp_path / vocabulary_file.FILE
    path.write_text(content, encoding="utf-8")
    assert vocabulary_file.read(path) == Vocabulary()
    assert vocabulary_file.read(tmp_path / "none") == Vocabulary()


def test_a_file_that_cannot_be_written_stops_nothing_and_is_told(
    page: Page, opened: Windows, tmp_path: Path
) -> None:
    (tmp_path / "state").write_text("a file where a folder should be", encoding="utf-8")
    vocabulary = SiteVocabulary(tmp_path / "state" / vocabulary_file.FILE, PROFILE, set)
    finder = Finder(opened, PROFILE)
    finder.notes = vocabulary
    page.set_content(MENU)
    assert '"登録" = "？"' in missing(finder, Press("登録", "button"))
    assert vocabulary_file.FILE in vocabulary.failure
