"""Trying one field of a step of the manual with values of all sorts.

The other fields are filled as the manual says, so what is refused is refused for this one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from playwright.sync_api import expect

from simulator.manual.grammar import Action, Field, Fill, Press
from simulator.manual.procedures import procedures
from simulator.manual.wording import fold, names_of
from steps.bank_under_test import BankUnderTest
from steps.driver.failure import StepFailure
from steps.driver.text_patterns import containing

WRONG = "chigau0"  # nobody's password: those derive from the seed and are longer
BACK = Press("戻る", "button")


def try_each(bank: BankUnderTest, word: str, label: str, rows: Sequence[Sequence[str]]) -> None:
    """Each value in turn, and what must come of it: messages parted by ／, or 「X」画面."""
    for number, (value, outcome) in enumerate(rows, 1):
        whole = try_value(bank, word, value, label)
        if not outcome.endswith("画面"):
            with bank.refusing():
                _refused(bank, whole, value, outcome.split("／"))
            bank.refused(word)
            continue
        bank.arrive(outcome.removesuffix("画面")[1:-1])
        if number < len(rows):
            bank.hands.press(BACK)
            bank.find.field(word)


def try_value(bank: BankUnderTest, word: str, value: str, label: str) -> str:
    """The manual's step with this value in this field, in both places where there are two.

    Returns the manual's whole word for the field.
    """
    fill, press = _step(bank, word, label)
    fields = tuple(replace(each, value=value) if _is(each, word) else each for each in fill.fields)
    whole = _whole(fill, word)
    _send(bank, whole, Fill(fields), press)
    return whole


def try_second(bank: BankUnderTest, word: str, value: str, label: str) -> None:
    """The manual's step with another value in the second of this field's two places."""
    fill, press = _step(bank, word, label)
    bank.hands.perform((fill,))
    bank.hands.type_again(word, value)
    _send(bank, _whole(fill, word), press)


def mistype(bank: BankUnderTest, word: str, label: str, times: int) -> None:
    """The manual's step with a wrong password, so many times. Never once more: attempts are counted."""
    for _ in range(times):
        whole = try_value(bank, word, WRONG, label)
        if bank.reader:
            bank.find.field(whole)  # the form has come again
        else:
            expect(bank.windows.front.get_by_role("alert")).to_be_visible()
        bank.refused(word)


def _send(bank: BankUnderTest, word: str, *actions: Action) -> None:
    """The last action sends the form; the answer may look just like the form did, so wait for a new page."""
    bank.hands.perform(actions[:-1])
    if bank.reader:
        with bank.reader.answered(word):
            bank.hands.perform(actions[-1:])
        return
    with bank.windows.front.expect_event("domcontentloaded"):
        bank.hands.perform(actions[-1:])


def _step(bank: BankUnderTest, word: str, label: str) -> tuple[Fill, Press]:
    """The manual's step that fills this field and presses this button, all of whose fields are there."""
    found = [
        (fill, press)
        for each in procedures()
        for step in each.steps
        for fill, press in [(step.actions[0], step.actions[-1])]
        if isinstance(fill, Fill) and isinstance(press, Press)
        if press.label == label and any(_is(field, word) for field in fill.fields)
    ]
    if bank.reader and found:
        bank.find.field(_whole(found[0][0], word))  # its page may draw the fields after the title
    for fill, press in sorted(found, key=lambda pair: -len(pair[0].fields)):
        if all(bank.find.has_field(field.word) for field in fill.fields):
            return fill, press
    raise StepFailure(f"「{word}」を入力して「{label}」を押す手順がありません。")


def _whole(fill: Fill, word: str) -> str:
    """The manual's whole word for the field that has this one."""
    return next(each.word for each in fill.fields if _is(each, word))


def _is(field: Field, word: str) -> bool:
    return any(fold(name) == fold(word) for name in names_of(field.word)) or fold(field.word) == fold(word)


def _refused(bank: BankUnderTest, word: str, value: str, messages: Sequence[str]) -> None:
    """The form again, with these faults and no other, each at the field and in the summary."""
    if bank.reader:
        bank.find.field(word)
        for message in messages:
            bank.reader.shows(message)
        return
    faults = bank.windows.front.get_by_role("alert").get_by_role("listitem")
    if faults.count() != len(messages):
        raise StepFailure(f"「{value}」: エラーは {faults.count()} 件です。{faults.all_inner_texts()}")
    for number, message in enumerate(messages):
        expect(faults.nth(number)).to_contain_text(containing(message))
        if faults.nth(number).get_by_role("link").count():
            expect(bank.find.field(word)).to_have_accessible_description(containing(message))
