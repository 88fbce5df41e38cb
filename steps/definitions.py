"""The steps of all features. One reads every sentence of the manual; few are needed besides."""

from __future__ import annotations

from collections.abc import Sequence

from playwright.sync_api import expect
from pytest_bdd import given, parsers, step, then

from steps.bank import Bank
from steps.driver.words import containing

SENTENCE = r"(?:(?P<number>\d+)\. )?(?P<sentence>.+(?:します|する|閉じます|閉じる))。?"
PERSON = r"(?P<person>マスターユーザ|一般ユーザ)"


@given("まだ何も終わっていない")
def _nothing_done(bank: Bank) -> None:
    bank.start_after("")


@given(parsers.re(r"手順(?P<id_>[\d-]+)まで終わっている"))
def _done_up_to(bank: Bank, id_: str) -> None:
    bank.start_after(id_)


@given(parsers.re(PERSON + "が操作する"))
def _at_the_keyboard(bank: Bank, person: str) -> None:
    bank.story.me = bank.story.person(person)


@given(parsers.re(PERSON + r"が「(?P<screen>.+)」画面を表示している"))
def _at_a_screen(bank: Bank, person: str, screen: str) -> None:
    bank.story.me = bank.story.person(person)
    bank.reach(screen)


@step(parsers.re(SENTENCE))
def _do(bank: Bank, sentence: str, datatable: Sequence[Sequence[str]] = ()) -> None:
    bank.do(sentence, datatable)


@then(parsers.re(r"「(?P<screen>.+)」画面が表示される"))
def _screen_comes(bank: Bank, screen: str) -> None:
    bank.windows.use(bank.find.screen(screen))


@then(parsers.re(r"開いているウィンドウは (?P<number>\d+) つである"))
def _windows_left(bank: Bank, number: str) -> None:
    assert len(bank.windows.recent) == int(number), f"{len(bank.windows.recent)} つ開いています。"


@then(parsers.re(r"「(?P<text>.+)」と表示される"))
def _text_shown(bank: Bank, text: str) -> None:
    expect(bank.windows.front.get_by_text(containing(text)).first).to_be_visible()


