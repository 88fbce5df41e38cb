"""ならば: what a person then reads, in the window in front."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta

from playwright.sync_api import expect
from pytest_bdd import parsers, then

from simulator.manual.grammar import Press
from simulator.manual.patterns import SCREEN_SHOWN
from simulator.manual.wording import fold
from simulator.training.situations import GOALS
from steps.bank_under_test import BankUnderTest
from steps.driver.table_comparison import alike, shows_rows, shows_table
from steps.driver.text_patterns import containing, exactly

GOAL = "|".join(map(re.escape, GOALS))
ROLES = {"ボタン": "button", "タブ": "tab", "リンク": "link"}
# All tabs and buttons of which a feature says 「…」である: of these, no other may be there.
TABS = (
    "トップ",
    "でんさいを確認する",
    "でんさいを支払う",
    "でんさいを譲渡する",
    "でんさいをファイルで取引する",
    "その他のお取引を実施する",
    "管理業務を実施する",
)
BUTTONS = (
    "取引履歴を確認する",
    "操作履歴を確認する",
    "取引先を管理する",
    "指定許可を管理する",
    "利用者情報を確認する",
    "ユーザ情報を管理する",
)
THING = r"「(?P<label>[^」]+)」(?P<kind>ボタン|タブ|リンク|欄)"


@then(parsers.re(SCREEN_SHOWN.pattern))
def screen_comes(bank: BankUnderTest, screen: str) -> None:
    """The screen that the manual shows next is the one that came."""
    bank.arrive(screen)


@then(parsers.re(r"開いているウィンドウは (?P<number>\d+) つである"))
def windows_left(bank: BankUnderTest, number: str) -> None:
    """How many windows are open, once those that are closing have closed."""
    wanted = int(number) if bank.profile.windows.new_window else 1
    bank.windows.wait_for_closing(wanted)
    assert len(bank.windows.recent) == wanted, f"{len(bank.windows.recent)} つ開いています。"


@then(parsers.re(r"「(?P<text>(?:(?!」の行に「).)+)」と表示される"))
def text_shown(bank: BankUnderTest, text: str) -> None:
    """Words somewhere on the screen."""
    if bank.reader:
        bank.reader.shows(text)
        return
    expect(bank.windows.front.get_by_text(containing(text)).first).to_be_visible()


@then(parsers.re(r"「(?P<word>[^」]+)」の欄の前に“(?P<text>[^”]+)”が付いている"))
def text_before_field(bank: BankUnderTest, word: str, text: str) -> None:
    """Words that stand by themselves beside a field, for what need not be typed."""
    if bank.reader:
        bank.reader.shows(text)
        return
    expect(bank.find.field(word)).to_be_visible()
    expect(bank.windows.front.get_by_text(exactly(text)).first).to_be_visible()


@then(parsers.re(r"「(?P<text>.+)」とは表示されない"))
def text_absent(bank: BankUnderTest, text: str) -> None:
    """Words nowhere on the screen that has just come."""
    if bank.reader:
        bank.reader.lacks(text)
        return
    expect(bank.windows.front.get_by_text(containing(text))).to_have_count(0)


@then(parsers.re(THING + "が表示されている"))
def thing_shown(bank: BankUnderTest, label: str, kind: str) -> None:
    """A button, a tab, a link or a field is there."""
    if bank.reader and kind != "欄":
        bank.reader.has(Press(label, ROLES[kind]))
        return
    if bank.reader:
        bank.find.field(label)
        return
    expect(bank.find.things(label, ROLES.get(kind)).first).to_be_visible()


@then(parsers.re(THING + "は表示されていない"))
def thing_absent(bank: BankUnderTest, label: str, kind: str) -> None:
    """A button, a tab, a link or a field is not there."""
    if bank.reader and kind != "欄":
        bank.reader.has(Press(label, ROLES[kind]), there=False)
        return
    expect(bank.find.things(label, ROLES.get(kind))).to_have_count(0)


@then(parsers.re(r"タブは「(?P<labels>[^」]+)」である"))
def tabs_are(bank: BankUnderTest, labels: str) -> None:
    """Exactly these tabs, in this order."""
    if bank.reader:
        bank.reader.has_exactly("tab", labels.split("、"), TABS)
        return
    expect(bank.windows.front.get_by_role("tab")).to_have_text([exactly(each) for each in labels.split("、")])


@then(parsers.re(r"ボタンは「(?P<labels>[^」]+)」である"))
def buttons_are(bank: BankUnderTest, labels: str) -> None:
    """Exactly these buttons below the title, in this order."""
    if bank.reader:
        bank.reader.has_exactly("button", labels.split("、"), BUTTONS)
        return
    buttons = bank.windows.front.get_by_role("main").get_by_role("button")
    expect(buttons).to_have_text([exactly(each) for each in labels.split("、")])


@then(parsers.re(r"「(?P<row>.+?)」の行に「(?P<text>[^」]+)」と表示される"))
def row_shows(bank: BankUnderTest, row: str, text: str) -> None:
    """A cell of the row in which this stands."""
    if bank.reader:
        bank.reader.has_row(bank.story.in_row(row), text)
        return
    expect(
        bank.find.row(bank.story.in_row(row)).get_by_role("cell", name=exactly(text)).first
    ).to_be_visible()


@then("次の表が表示される")
def table_shown(bank: BankUnderTest, datatable: Sequence[Sequence[str]]) -> None:
    """A table with these columns and exactly these rows; ＊ stands for anything."""
    if bank.reader:
        bank.reader.has_table(datatable, alike)
        return
    shows_table(bank.windows.front, datatable)


@then("次の行が表示される")
def rows_shown(bank: BankUnderTest, datatable: Sequence[Sequence[str]]) -> None:
    """A table with these columns and, among others, these rows."""
    if bank.reader:
        bank.reader.has_rows(datatable, alike)
        return
    shows_rows(bank.windows.front, datatable)


FIELD = r"「(?P<word>[^」]+)」の(?P<second>2 箇所目の)?欄"


@then(parsers.re(FIELD + "に「(?P<text>.+)」というエラーが表示される"))
def error_at_field(bank: BankUnderTest, word: str, second: str | None, text: str) -> None:
    """An error tied to its field, and named in the summary."""
    if bank.reader:
        bank.find.field(word, second=bool(second))
        bank.reader.shows(text)
        return
    expect(bank.windows.front.get_by_role("alert")).to_contain_text(containing(text))
    field = bank.find.field(word, second=bool(second))
    expect(field).to_have_accessible_description(containing(text))


@then(parsers.re(r"「(?P<word>[^」]+)」の欄は(?:「(?P<value>.*)」|(?P<empty>空))である"))
def field_holds(bank: BankUnderTest, word: str, value: str | None, empty: str | None) -> None:
    """What stands in a field."""
    if bank.reader:
        bank.reader.holds(word, "" if empty else bank.story.spelled(value or ""))
        return
    expect(bank.find.field(word)).to_have_value("" if empty else bank.story.spelled(value or ""))


@then(parsers.re(r"「承認パスワード有効期限」は (?P<days>\d+) 日後である"))
def expires_in(bank: BankUnderTest, days: str) -> None:
    """The date that the screen gives, counted from the bank's today (R07)."""
    day = bank.today() + timedelta(days=int(days))
    if bank.reader:
        bank.reader.shows(f"{day:%Y/%m/%d}")
        return
    text = fold(bank.windows.front.get_by_role("main").inner_text())
    assert f"承認パスワード有効期限{day:%Y/%m/%d}" in text, f"{day:%Y/%m/%d} と表示されていません。"


@then(parsers.re(rf"(?P<goal>{GOAL})"))
def goal_reached(bank: BankUnderTest, goal: str) -> None:
    """The goal of a drill, by the state of the bank and what has happened in it."""
    seat = bank.story.training_seat()
    events = [event for _, event in seat.events_after(0)]
    assert GOALS[goal](seat.read(), events), f"{goal}、とはなっていません。"
