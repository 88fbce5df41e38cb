"""A refusal on a site of somebody else: judged by its outcome, its words only remarked on."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from playwright.sync_api import BrowserContext, Page

from simulator.manual.grammar import Press
from steps.driver.failure import StepFailure
from steps.driver.find import Finder
from steps.driver.profile import Profile, Timeouts
from steps.driver.remarks import MESSAGE
from steps.driver.windows import Windows
from steps.driver.word_questions import WordQuestions

OURS = "5文字です。6文字以上12文字以内で入力してください。"
THEIRS = "［E203］６～１２文字で入力して下さい。"
WORD, NEXT = "新ログインパスワード", ("サービス一覧",)
FORM = """<h1>ログインパスワード変更</h1>{above}<form onsubmit="send(); return false"><table>
<tr><td>現ログインパスワード<td><input type=password id=now>{now}
<tr><td>新ログインパスワード<td><input type=password id=new>{new}
<tr><td>新ログインパスワード（再入力）<td><input type=password>{again}</table>
<button>変更</button></form>{below}"""


def form(**more: str) -> str:
    return FORM.format(**{"above": "", "now": "", "new": "", "again": "", "below": "", **more})


def profile(**words: str) -> Profile:
    waits = Timeouts(find=0.5, redraw=0.1, role=0.01, perhaps=0.2)
    return Profile(words={OURS: words["theirs"]} if words else {}, timeouts=waits, exact=False)


@pytest.fixture
def opened(context: BrowserContext) -> Windows:
    return Windows(context, profile().timeouts)


@pytest.fixture
def page(opened: Windows) -> Page:
    return opened.front


def asked_of(opened: Windows, of: Profile | None = None) -> WordQuestions:
    of = of or profile()
    return WordQuestions(opened, Finder(opened, of), of)


def sent(page: Page, ask: WordQuestions, answer: str, before: str = "", *, again: bool = False) -> None:
    """The form is sent, and the site answers with this page."""
    page.set_content(before or form())
    with ask.answered(WORD, NEXT, again=again):
        page.set_content(answer)


def is_refused(ask: WordQuestions) -> None:
    ask.is_refused(WORD, "abc12", [OURS])


def fails(ask: WordQuestions, told: str) -> None:
    with pytest.raises(StepFailure, match=told):
        is_refused(ask)


SAID = {
    "above the form": form(above=f"<font color=red>{THEIRS}</font>"),
    "beside its field": form(new=f"<br>{THEIRS}"),
    "beside its second place": form(again=f"<br>{THEIRS}"),
    "below the form": form(below=f"<p>{THEIRS}</p>"),
    "in pieces": form(above="<p>［E203］<b>６～１２文字</b>で入力して下さい。</p>"),
    "it names another field to compare": form(above="<p>現ログインパスワードと同じものは使えません</p>"),
    "it names two fields": form(above="<p>現ログインパスワードか新ログインパスワードが違います。</p>"),
    "one of two that it names": form(above="<p>現ログインパスワードまたはＩＤが違います。</p>"),
    "by a banner": form(above=f"<div role=alert>{THEIRS}</div>"),
}


@pytest.mark.parametrize("where", SAID)
def test_any_new_words_refuse_and_are_remarked_on(opened: Windows, page: Page, where: str) -> None:
    ask = asked_of(opened)
    sent(page, ask, SAID[where])
    is_refused(ask)
    ask.is_back(WORD)
    ((kind, ours, _),) = ask.remarks.differences
    assert (kind, ours) == (MESSAGE, OURS)


def test_our_own_words_are_no_remark(opened: Windows, page: Page) -> None:
    ask = asked_of(opened)
    sent(page, ask, form(new=f"<p>{OURS}</p>"))
    is_refused(ask)
    ask.has_error(WORD, OURS)
    assert ask.remarks.differences == []


def test_a_message_that_the_file_maps_is_demanded(opened: Windows, page: Page) -> None:
    ask = asked_of(opened, profile(theirs=THEIRS))
    sent(page, ask, form(above="<p>入力に誤りがあります。</p>"))
    fails(ask, "と表示されていません")
    sent(page, ask, form(above=f"<p>{THEIRS}</p>"))
    is_refused(ask)


def test_the_next_screen_is_no_refusal_whatever_it_says(opened: Windows, page: Page) -> None:
    ask = asked_of(opened)
    for more in ("", f"<p>{THEIRS}</p>", form(above=f"<p>{THEIRS}</p>").partition("</h1>")[2]):
        sent(page, ask, f"<h1>サービス一覧</h1>{more}")
        fails(ask, "受け付けられ、「サービス一覧」画面が表示されました")


def test_a_form_that_names_the_screen_that_follows_it_may_be_refused(opened: Windows, page: Page) -> None:
    ask, steps = asked_of(opened), "<h2>サービス一覧</h2>"
    sent(page, ask, form(above=f"{steps}<p>{THEIRS}</p>"), form(above=steps))
    is_refused(ask)


SILENT = {
    "nothing is said": (form(), form()),
    "it was said before": (form(above=f"<p>{THEIRS}</p>"), form(above=f"<p>{THEIRS}</p>")),
    "only a clock": (form(above="<p>時刻 16:31:05</p>"), form(above="<p>時刻 16:31:09</p>")),
    "only a count": (form(below="<p>3</p>"), form(below="<p>4</p>")),
    "about another field": (form(), form(now="<br>入力して下さい。")),
    "another field is named": (form(), form(above="<p>現ログインパスワードに誤りがあります。</p>")),
    "beside the form": (form(), form(below="<p>現ログインパスワード：入力して下さい。</p>")),
}


@pytest.mark.parametrize("why", SILENT)
def test_a_form_that_is_back_without_new_words_of_its_own_is_not_refused(
    opened: Windows, page: Page, why: str
) -> None:
    ask = asked_of(opened)
    before, after = SILENT[why]
    sent(page, ask, after, before)
    fails(ask, "新しい表示がありません")


SCRIPT = """<script>function send() {
  if (document.title == 'sends') fetch('http://bank.example/', {method: 'POST', mode: 'no-cors'});
  if (!document.title) {
    const told = document.querySelector('#told');
    told.replaceChildren(document.createTextNode('６～１２文字で入力して下さい。'));
    told.parentNode.replaceChild(told.cloneNode(true), told);
  }
}</script>"""


def pressed(ask: WordQuestions, finder: Finder, *, again: bool = False) -> None:
    with ask.answered(WORD, NEXT, again=again):
        finder.pressable(Press("変更", "button")).click()


@pytest.mark.parametrize(("sends", "counts"), [(False, True), (True, False)])
def test_an_old_message_counts_only_where_nothing_was_sent(
    opened: Windows, page: Page, *, sends: bool, counts: bool
) -> None:
    ask, finder = asked_of(opened), Finder(opened, profile())
    page.set_content(form(above="<p id=told></p>") + SCRIPT)
    pressed(ask, finder)
    is_refused(ask)
    page.route("http://bank.example/", lambda route: route.fulfill(body="taken"))
    page.evaluate("title => document.title = title", "sends" if sends else "stays")
    pressed(ask, finder, again=True)
    if counts:
        is_refused(ask)
    else:
        fails(ask, "新しい表示がありません")


def test_a_message_that_still_stands_when_the_form_is_used_again_may_come_again(
    opened: Windows, page: Page
) -> None:
    ask, refused = asked_of(opened), form(above=f"<p>{THEIRS}</p>")
    sent(page, ask, refused)
    is_refused(ask)
    sent(page, ask, refused, refused)
    is_refused(ask)
    sent(page, ask, form(), refused)
    fails(ask, "新しい表示がありません")


def test_an_alert_of_the_form_refuses(opened: Windows, page: Page) -> None:
    ask, finder, noted = asked_of(opened), Finder(opened, profile()), list[str]()
    ask.remarks.on_note = noted.append
    page.set_content(form() + f"<script>function send() {{ alert('{THEIRS}'); }}</script>")
    pressed(ask, finder)
    is_refused(ask)
    assert noted == [f"メッセージのダイアログが表示されました: 「{THEIRS}」"]
    assert ask.remarks.differences == [(MESSAGE, OURS, THEIRS)]
    page.evaluate("setTimeout(() => alert('あとから'))")
    with pytest.raises(StepFailure, match="予期しないダイアログが表示されました: あとから"):
        finder.screen("サービス一覧")


def test_what_the_browser_says_of_a_field_refuses(opened: Windows, page: Page) -> None:
    ask, finder = asked_of(opened), Finder(opened, profile())
    page.set_content(form().replace("id=new", "id=new pattern='.{6,12}'"))
    page.fill("#new", "abc12")
    pressed(ask, finder)
    is_refused(ask)
    page.set_content(form().replace("id=now", "id=now required"))
    pressed(ask, finder)
    fails(ask, "新しい表示がありません")  # another field's


OTHERS: Sequence[tuple[str, bool]] = [
    ("<h1>エラー</h1><p>入力内容に誤りがあります。</p><a href='#'>戻る</a>", True),
    ("<h1>お知らせ</h1><p>パスワードを変更しました。</p>", False),
    ("<h1>確認</h1><p>この内容でよろしいですか。</p>", False),
]


@pytest.mark.parametrize(("answer", "refuses"), OTHERS)
def test_another_screen_refuses_by_words_of_refusal_alone(
    opened: Windows, page: Page, answer: str, *, refuses: bool
) -> None:
    ask = asked_of(opened)
    sent(page, ask, answer)
    if refuses:
        is_refused(ask)
    else:
        fails(ask, "新しい表示がありません")


def test_words_that_come_late_are_waited_for(opened: Windows, page: Page) -> None:
    ask = asked_of(opened)
    late = f"<script>setTimeout(() => document.body.append('{THEIRS}'), 200)</script>"
    sent(page, ask, form(below=late))
    is_refused(ask)
