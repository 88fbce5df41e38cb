"""Every question, with yes and with no for an answer, by role and by words, on two markups of one content."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from playwright.sync_api import BrowserContext, Page

from steps.bank_under_test import BankUnderTest
from steps.driver.failure import StepFailure
from steps.driver.find import Finder
from steps.driver.profile import Profile, Timeouts
from steps.driver.questions import Questions, Way
from steps.driver.role_questions import RoleQuestions
from steps.driver.windows import Windows
from steps.driver.word_questions import WordQuestions
from tests.harness.question_pages import Ask, Content, layout, semantic

Asked = Callable[[Questions], None]
SITES: dict[str, tuple[Callable[[Windows, Finder, Profile], Questions], Callable[[Content], str]]] = {
    "roles, semantic": (RoleQuestions, semantic),
    "words, semantic": (WordQuestions, semantic),
    "words, layout": (WordQuestions, layout),
}
HEADS = ("業務", "担当者", "承認者")
TRADES, DESIGNATION = ("各種取引", "○", "－"), ("指定許可管理", "－", "○")
TABS = ("トップ", "でんさいを確認する", "管理業務を実施する")
MENU = ("取引履歴を確認する", "取引先を管理する", "ユーザ情報を管理する")
DAY = date(2026, 3, 9)
FULL = Content(
    tabs=TABS,
    texts=("ロックされています。", "d-1560heki　碧海 太郎"),
    facts=(("承認パスワード有効期限", "2026/03/09"), ("前回ご利用日時", "2026/03/10")),
    fields=(Ask("ユーザID", before="d-"), Ask("ユーザ名", "碧海 花子")),
    tables=((HEADS, TRADES, DESIGNATION), (("業務", "利用"), ("でんさい確認", "○"))),
    buttons=MENU,
    links=("使用方法",),
)


@pytest.fixture
def profile() -> Profile:
    return Profile(timeouts=Timeouts(find=0.4, redraw=0.2, role=0.01))


@pytest.fixture(params=SITES)
def site(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def draw(page: Page, site: str) -> Callable[[Content], None]:
    """Puts a content on the page, in the site's markup."""
    return lambda content: page.set_content(SITES[site][1](content))


@pytest.fixture
def ask(opened: Windows, finder: Finder, profile: Profile, site: str) -> Questions:
    """The questions, answered in the site's way."""
    return SITES[site][0](opened, finder, profile)


@pytest.mark.parametrize(("way", "kind"), [("roles", RoleQuestions), ("words", WordQuestions)])
def test_a_bank_is_asked_in_the_chosen_way(context: BrowserContext, way: Way, kind: type) -> None:
    bank = BankUnderTest(context, None, "about:blank", way=way)
    assert type(bank.ask) is kind


def refuses(asked: Asked, ask: Questions, sentence: str) -> None:
    with pytest.raises(StepFailure) as failure:
        asked(ask)
    assert str(failure.value).startswith(sentence)


YES: list[Asked] = [
    lambda ask: ask.shows("ロックされて います"),
    lambda ask: ask.shows("d-1560heki 碧海太郎"),
    lambda ask: ask.lacks("ユーザ更新"),
    lambda ask: ask.has("ユーザ情報を管理する", "button"),
    lambda ask: ask.has("管理業務を実施する", "tab"),
    lambda ask: ask.has("使用方法", "link"),
    lambda ask: ask.has("ユーザ ID", "field"),
    lambda ask: ask.has_no("操作履歴を確認する", "button"),
    lambda ask: ask.has_no("でんさいを支払う", "tab"),
    lambda ask: ask.has_no("メールアドレス", "field"),
    lambda ask: ask.has_exactly("tab", TABS),
    lambda ask: ask.has_exactly("button", MENU),
    lambda ask: ask.has_cell("各種取引", "○"),
    lambda ask: ask.has_table([HEADS, TRADES, DESIGNATION]),
    lambda ask: ask.has_table([("業務", "承認者"), ("各種取引", "-"), ("指定許可管理", "＊")]),
    lambda ask: ask.has_table([("業務", "利用"), ("でんさい確認", "○")]),
    lambda ask: ask.has_rows([HEADS, DESIGNATION]),
    lambda ask: ask.has_rows([("業務",), ("でんさい確認",), ("各種取引",)]),
    lambda ask: ask.holds("ユーザ名", "碧海 花子"),
    lambda ask: ask.holds("ユーザID", ""),
    lambda ask: ask.has_before("ユーザID", "d-"),
    lambda ask: ask.has_date("承認パスワード有効期限", DAY),
]


def test_yes(draw: Callable[[Content], None], ask: Questions) -> None:
    draw(FULL)
    for asked in YES:
        asked(ask)


def test_the_words_of_cells_are_told(draw: Callable[[Content], None], ask: Questions) -> None:
    draw(Content(tables=((HEADS, TRADES),)))
    assert set(TRADES) - {"－"} <= set(ask.cells())


def tables(*rows: tuple[str, ...]) -> Content:
    return Content(tables=((HEADS, *rows),))


# The content, the question, and the sentence of the failure.
NO: dict[str, tuple[Content, Asked, str]] = {
    "text missing": (FULL, lambda ask: ask.shows("通常"), "「通常」と表示されていません。"),
    "text there": (FULL, lambda ask: ask.lacks("ロック"), "「ロック」と表示されています。"),
    "button missing": (
        FULL,
        lambda ask: ask.has("操作履歴を確認する", "button"),
        "「操作履歴を確認する」ボタンが表示されていません。",
    ),
    "tab there": (FULL, lambda ask: ask.has_no("トップ", "tab"), "「トップ」タブが表示されています。"),
    "field there": (FULL, lambda ask: ask.has_no("ユーザ名", "field"), "「ユーザ名」欄が表示されています。"),
    "tab too many": (
        FULL,
        lambda ask: ask.has_exactly("tab", ("トップ", "管理業務を実施する")),
        "タブは「トップ、管理業務を実施する」ではなく「トップ、でんさいを確認する、管理業務を実施する」です。",
    ),
    "tabs in another order": (
        replace(FULL, tabs=TABS[::-1]),
        lambda ask: ask.has_exactly("tab", TABS),
        "タブは「トップ、でんさいを確認する、管理業務を実施する」ではなく「管理業務を実施する、でんさいを確認する、トップ」です。",
    ),
    "button too many": (
        FULL,
        lambda ask: ask.has_exactly("button", MENU[1:]),
        f"ボタンは「{'、'.join(MENU[1:])}」ではなく「{'、'.join(MENU)}」です。",
    ),
    "buttons in another order": (
        replace(FULL, buttons=(MENU[1], MENU[0], MENU[2])),
        lambda ask: ask.has_exactly("button", MENU),
        f"ボタンは「{'、'.join(MENU)}」ではなく「{MENU[1]}、{MENU[0]}、{MENU[2]}」です。",
    ),
    "cell of another row": (
        tables(TRADES, ("指定許可管理", "－", "－")),
        lambda ask: ask.has_cell("指定許可管理", "○"),
        "「指定許可管理」の行に「○」と表示されていません。",
    ),
    "row too few": (
        tables(TRADES),
        lambda ask: ask.has_table([HEADS, TRADES, DESIGNATION]),
        "この表がありません。表示されている行:\n  | 各種取引 | ○ | － |",
    ),
    "row too many": (
        tables(TRADES, DESIGNATION),
        lambda ask: ask.has_table([HEADS, TRADES]),
        "この表がありません。表示されている行:\n  | 各種取引 | ○ | － |\n  | 指定許可管理 | － | ○ |",
    ),
    "rows in another order": (
        tables(DESIGNATION, TRADES),
        lambda ask: ask.has_table([HEADS, TRADES, DESIGNATION]),
        "この表がありません。",
    ),
    "other cell": (
        tables(("各種取引", "○", "○")),
        lambda ask: ask.has_table([HEADS, TRADES]),
        "この表がありません。",
    ),
    "no rows": (tables(TRADES), lambda ask: ask.has_table([HEADS]), "この表がありません。"),
    "no such table": (
        tables(TRADES),
        lambda ask: ask.has_table([("業務", "利用"), ("各種取引", "○")]),
        "この表がありません。",
    ),
    "row missing among others": (
        tables(TRADES, DESIGNATION),
        lambda ask: ask.has_rows([HEADS, DESIGNATION, ("各種取引", "○", "○")]),
        "「各種取引、○、○」の行がありません。表示されている行:\n  | 各種取引 | ○ | － |",
    ),
    "other value": (FULL, lambda ask: ask.holds("ユーザ名", "碧海"), "「ユーザ名」の欄の内容が違います。"),
    "not blank": (FULL, lambda ask: ask.holds("ユーザ名", ""), "「ユーザ名」の欄の内容が違います。"),
    "before another field": (
        FULL,
        lambda ask: ask.has_before("ユーザ名", "d-"),
        "「ユーザ名」の欄の前に“d-”が付いていません。",
    ),
    "date of something else": (
        FULL,
        lambda ask: ask.has_date("承認パスワード有効期限", date(2026, 3, 10)),
        "「承認パスワード有効期限」が 2026/03/10 と表示されていません。",
    ),
    "date missing": (
        replace(FULL, facts=(("前回ご利用日時", "2026/03/09"),)),
        lambda ask: ask.has_date("承認パスワード有効期限", DAY),
        "「承認パスワード有効期限」が 2026/03/09 と表示されていません。",
    ),
}


@pytest.mark.parametrize("case", NO)
def test_no(draw: Callable[[Content], None], ask: Questions, case: str) -> None:
    content, asked, sentence = NO[case]
    draw(content)
    refuses(asked, ask, sentence)


# Errors -----------------------------------------------------------------------------------------------

SHORT, SAME, TAKEN = (
    "6文字以上で入力してください。",
    "ログインIDと同じものは設定できません。",
    "使われています。",
)
MAIL, AGAIN = "メールアドレス", "メールアドレス（再入力）"
FORM = Content(
    fields=(Ask("ユーザID", before="d-", hint="半角英数字"), Ask(MAIL), Ask(AGAIN)),
    rules=(SAME,),
)


def answer(number: int, *errors: str, loose: tuple[str, ...] = ()) -> Content:
    """The form with errors for one of its fields."""
    fields = list(FORM.fields)
    fields[number] = replace(fields[number], errors=errors)
    return replace(FORM, fields=fields, loose=loose)


@pytest.fixture
def send(draw: Callable[[Content], None], ask: Questions) -> Callable[[Content], None]:
    """Sends the form, to which the site answers with this page."""

    def sending(content: Content) -> None:
        draw(FORM)
        with ask.answered("ユーザID"):
            draw(content)

    return sending


Send = Callable[[Content], None]


@pytest.mark.parametrize("error", [SHORT, SAME])
def test_an_error_is_asked_for_at_its_field(send: Send, ask: Questions, error: str) -> None:
    send(answer(0, error))
    ask.has_error("ユーザID", error)
    ask.is_refused("ユーザID", "abc", [error])
    ask.is_back("ユーザID")
    refuses(lambda ask: ask.has_error("ユーザID", TAKEN), ask, f"「{TAKEN}」と表示されていません。")
    at_mail = f"「{error}」というエラーは、「{MAIL}」の欄のものとして表示されていません。"
    refuses(lambda ask: ask.has_error(MAIL, error), ask, at_mail)
    refuses(lambda ask: ask.is_refused(MAIL, "abc", [error]), ask, at_mail)


def test_an_error_of_the_second_place_is_not_one_of_the_first(send: Send, ask: Questions) -> None:
    send(answer(2, TAKEN))
    ask.has_error(MAIL, TAKEN, second=True)
    refuses(
        lambda ask: ask.has_error(MAIL, TAKEN),
        ask,
        f"「{TAKEN}」というエラーは、「{MAIL}」の欄のものとして表示されていません。",
    )


def test_several_errors_of_one_field(send: Send, ask: Questions) -> None:
    send(answer(1, SHORT, TAKEN))
    ask.is_refused(MAIL, "a", [SHORT, TAKEN])


def test_an_error_of_the_form_as_a_whole_refuses_whatever_field(send: Send, ask: Questions) -> None:
    send(replace(FORM, loose=[TAKEN]))
    ask.is_refused("ユーザID", "abc", [TAKEN])
    ask.is_refused(MAIL, "abc", [TAKEN])


def test_a_rule_that_the_form_has_anyway_is_no_error(send: Send, ask: Questions, site: str) -> None:
    send(FORM)
    told = "「" if site.startswith("words") else "「abc」: エラーは 0 件です。"
    refuses(lambda ask: ask.is_refused("ユーザID", "abc", [SAME]), ask, told)
    refuses(lambda ask: ask.has_error("ユーザID", SAME), ask, f"「{SAME}」と表示されていません。")
    refuses(lambda ask: ask.is_back("ユーザID"), ask, "「ユーザID」の画面に、エラーが表示されていません。")


@pytest.mark.parametrize("site", ["roles, semantic", "words, semantic"], indirect=True)
def test_an_error_too_many_is_noticed_where_they_are_listed(send: Send, ask: Questions) -> None:
    send(answer(0, SHORT, loose=(TAKEN,)))
    refuses(lambda ask: ask.is_refused("ユーザID", "abc", [SHORT]), ask, "「abc」: エラーは 2 件です。[")


@pytest.mark.parametrize("site", ["words, layout"], indirect=True)
def test_a_site_that_once_tied_an_error_to_a_field_always_does(send: Send, ask: Questions) -> None:
    send(replace(FORM, loose=[SHORT]))
    ask.has_error(MAIL, SHORT)
    send(answer(0, TAKEN))
    ask.has_error("ユーザID", TAKEN)
    send(replace(FORM, loose=[SHORT]))
    ask.is_refused(MAIL, "abc", [SHORT])
    refuses(lambda ask: ask.has_error(MAIL, SHORT), ask, f"「{SHORT}」というエラーは、「{MAIL}」の欄")


# What only sites of somebody else do, by words -----------------------------------------------------------

TWO = (
    "{}<form><table><tr><td>ユーザID<td>{}<input>{}</tr>{}<tr><td>ユーザ名<td><input>{}</tr></table></form>{}"
)
BELOW = "<tr><td colspan=2><span>使われています。</span></td></tr>"
# Where 「使われています。」 stands -> whose error it is: the first field's, the second's, or nobody's.
PLACED = {
    "named above": (TWO.format("<p>ユーザIDは使われています。</p>", "", "", "", "", ""), "first"),
    "named in a table": (
        TWO.format("<table><tr><td>ユーザID<td>使われています。</tr></table>", "", "", "", "", ""),
        "first",
    ),
    "named after it": (TWO.format("<li>使われています。（ユーザ名）", "", "", "", "", ""), "second"),
    "the same cell": (TWO.format("", "", "<br>使われています。", "", "", ""), "first"),
    "before its field": (TWO.format("", "使われています。", "", "", "", ""), "first"),
    "the row below": (TWO.format("", "", "", BELOW, "", ""), "both"),
    "its own cell": (TWO.format("", "", "", "", "<td>使われています。", ""), "second"),
    "below the form": (TWO.format("", "", "", "", "", "<p>使われています。</p>"), "loose"),
    "with a code": (TWO.format("<p>[E-ID01] 使われています。</p>", "", "", "", "", ""), "loose"),
}


@pytest.mark.parametrize("where", PLACED)
def test_whose_error_it_is(opened: Windows, finder: Finder, profile: Profile, where: str) -> None:
    ask, page = WordQuestions(opened, finder, profile), opened.front
    html, whose = PLACED[where]
    page.set_content(TWO.format("", "", "", "", "", ""))
    with ask.answered("ユーザID"):
        page.set_content(html)
    for word, own in (("ユーザID", "first"), ("ユーザ名", "second")):
        if whose in (own, "both", "loose"):
            ask.is_refused(word, "abc", [TAKEN])
            ask.has_error(word, TAKEN)
        else:
            with pytest.raises(StepFailure, match=f"「{TAKEN}」という"):
                ask.is_refused(word, "abc", [TAKEN])


DATES = [
    "<p>承認パスワード有効期限：２０２６年３月９日</p>",
    "<table><tr><th>承認パスワード有効期限<th>状態</tr><tr><td>2026-03-09<td>有効</table>",
    "<p>承認パスワード有効期限（次回変更期限）は令和８年３月９日です。</p>",
]


@pytest.mark.parametrize("html", DATES)
def test_a_date_may_be_written_otherwise(
    opened: Windows, finder: Finder, profile: Profile, html: str
) -> None:
    opened.front.set_content(html)
    ask = WordQuestions(opened, finder, profile)
    ask.has_date("承認パスワード有効期限", DAY)
    refuses(
        lambda ask: ask.has_date("承認パスワード有効期限", date(2026, 3, 19)),
        ask,
        "「承認パスワード有効期限」が 2026/03/19 と表示されていません。",
    )


SPANNED = """<table border=1><caption>一覧</caption><tr><td colspan=3>2 件</td></tr>
<tr><td>ログインID</td><td>内容</td><td>ユーザ名</td></tr>
<tr><td rowspan=2>d-1560heki</td><td>変更前</td><td>碧海 太郎</td></tr>
<tr><td>変更後</td><td>碧海 次郎</td></tr>
<tr style="display: none"><td>d-1560minato</td><td>－</td><td>湊 三郎</td></tr></table>"""


def test_a_table_with_spans_and_a_title_row(opened: Windows, finder: Finder, profile: Profile) -> None:
    opened.front.set_content(SPANNED)
    ask = WordQuestions(opened, finder, profile)
    rows = [("d-1560heki", "碧海 太郎"), ("d-1560heki", "碧海 次郎")]
    ask.has_table([("ログインID", "ユーザ名"), *rows])
    ask.has_cell("d-1560heki", "変更後")


def test_all_frames_are_read_and_the_sites_own_words(opened: Windows) -> None:
    profile = Profile(
        words={"トップ": "ホーム", "ユーザ名": "利用者名"}, timeouts=Timeouts(find=0.4, role=0.01)
    )
    inside = "<p>利用者名</p><a role=tab>管理業務を実施する</a>"
    opened.front.set_content(f'<a role=tab>ホーム</a><iframe srcdoc="{inside}"></iframe>')
    ask = WordQuestions(opened, Finder(opened, profile), profile)
    ask.shows("ユーザ名")
    ask.has_exactly("tab", ("トップ", "管理業務を実施する"))
    refuses(lambda ask: ask.has_exactly("tab", ("トップ",)), ask, "タブは「トップ」ではなく")
