"""ならば: questions to the window in front, and to the state of a training bank."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta

from pytest_bdd import parsers, then

from simulator.manual.patterns import SCREEN_SHOWN
from simulator.training.situations import GOALS
from steps.bank_under_test import BankUnderTest
from steps.driver.questions import IN_WORDS, Thing

GOAL = "|".join(map(re.escape, GOALS))
KINDS: dict[str, Thing] = {word: kind for kind, word in IN_WORDS.items()}
THING = rf"「(?P<label>[^」]+)」(?P<kind>{'|'.join(KINDS)})"
FIELD = r"「(?P<word>[^」]+)」の(?P<second>2 箇所目の)?欄"


@then(parsers.re(SCREEN_SHOWN.pattern))
def screen_comes(bank: BankUnderTest, screen: str) -> None:
    """This screen has come, in any window."""
    bank.arrive(screen)


@then(parsers.re(r"開いているウィンドウは (?P<number>\d+) つである"))
def windows_left(bank: BankUnderTest, number: str) -> None:
    """So many windows are open, once those that are closing have closed; always 1 on a one-window site."""
    wanted = int(number) if bank.profile.windows.new_window else 1
    bank.windows.wait_for_closing(wanted)
    assert len(bank.windows.recent) == wanted, f"{len(bank.windows.recent)} つ開いています。"


@then(parsers.re(r"「(?P<text>(?:(?!」の行に「).)+)」と表示される"))
def text_shown(bank: BankUnderTest, text: str) -> None:
    """These words are on the screen."""
    bank.ask.shows(text)


@then(parsers.re(r"「(?P<word>[^」]+)」の欄の前に“(?P<text>[^”]+)”が付いている"))
def text_before_field(bank: BankUnderTest, word: str, text: str) -> None:
    """This text stands before the field, for what need not be typed."""
    bank.ask.has_before(word, text)


@then(parsers.re(r"「(?P<text>.+)」とは表示されない"))
def text_absent(bank: BankUnderTest, text: str) -> None:
    """These words are nowhere on the screen that has just come."""
    bank.ask.lacks(text)


@then(parsers.re(THING + "が表示されている"))
def thing_shown(bank: BankUnderTest, label: str, kind: str) -> None:
    """A button, a tab, a link or a field is there."""
    bank.ask.has(label, KINDS[kind])


@then(parsers.re(THING + "は表示されていない"))
def thing_absent(bank: BankUnderTest, label: str, kind: str) -> None:
    """A button, a tab, a link or a field is not there."""
    bank.ask.has_no(label, KINDS[kind])


@then(parsers.re(r"タブは「(?P<labels>[^」]+)」である"))
def tabs_are(bank: BankUnderTest, labels: str) -> None:
    """There are exactly these tabs, in this order."""
    bank.ask.has_exactly("tab", labels.split("、"))


@then(parsers.re(r"ボタンは「(?P<labels>[^」]+)」である"))
def buttons_are(bank: BankUnderTest, labels: str) -> None:
    """There are exactly these buttons below the title, in this order."""
    bank.ask.has_exactly("button", labels.split("、"))


@then(parsers.re(r"「(?P<row>.+?)」の行に「(?P<text>[^」]+)」と表示される"))
def row_shows(bank: BankUnderTest, row: str, text: str) -> None:
    """The row with these words, or of this person, has a cell with this text."""
    bank.ask.has_cell(bank.story.in_row(row), text)


@then("次の表が表示される")
def table_shown(bank: BankUnderTest, datatable: Sequence[Sequence[str]]) -> None:
    """There is a table with these columns and exactly these rows; ＊ stands for any text."""
    bank.ask.has_table(datatable)


@then("次の行が表示される")
def rows_shown(bank: BankUnderTest, datatable: Sequence[Sequence[str]]) -> None:
    """There is a table with these columns and, among others, these rows."""
    bank.ask.has_rows(datatable)


@then(parsers.re(FIELD + "に「(?P<text>.+)」というエラーが表示される"))
def error_at_field(bank: BankUnderTest, word: str, second: str | None, text: str) -> None:
    """This error is shown for this field."""
    bank.ask.has_error(word, text, second=bool(second))


@then(parsers.re(r"「(?P<word>[^」]+)」の欄は(?:「(?P<value>.*)」|(?P<empty>空))である"))
def field_holds(bank: BankUnderTest, word: str, value: str | None, empty: str | None) -> None:
    """This value, as a feature spells it, is in the field, or nothing is."""
    bank.ask.holds(word, "" if empty else bank.story.spelled(value or ""))


@then(parsers.re(r"「承認パスワード有効期限」は (?P<days>\d+) 日後である"))
def expires_in(bank: BankUnderTest, days: str) -> None:
    """The expiry date on the screen is so many days after the bank's today (R07)."""
    bank.ask.has_date("承認パスワード有効期限", bank.today() + timedelta(days=int(days)))


@then(parsers.re(rf"(?P<goal>{GOAL})"))
def goal_reached(bank: BankUnderTest, goal: str) -> None:
    """The goal of a drill is reached, by the state of the training bank and its events."""
    seat = bank.story.training_seat()
    events = [event for _, event in seat.events_after(0)]
    assert GOALS[goal](seat.read(), events), f"{goal}、とはなっていません。"
