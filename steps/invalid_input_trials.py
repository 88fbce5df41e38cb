"""Invalid-input trials: a step of the manual with a value of the feature's own in one field.

The other fields are filled as the manual says, so an error can only be that field's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from simulator.manual.grammar import Action, Field, Fill, Press
from simulator.manual.procedures import procedures
from simulator.manual.wording import fold, names_of
from steps.bank_under_test import BACK, BankUnderTest, Tried
from steps.driver.failure import NotTypeable, StepFailure
from steps.driver.remarks import MESSAGE

WRONG = "chigau0"  # nobody's password: those derive from the seed and are longer
# A login leads to サービス一覧 as soon as its password is the person's own.
ALSO_LEADS_TO = {"ログインパスワード変更": ("サービス一覧",)}


def try_each(bank: BankUnderTest, word: str, label: str, rows: Sequence[Sequence[str]]) -> None:
    """Try each row's value and check its outcome.

    rows: value and outcome, which is either 「X」画面, or the errors that the form must show, parted by ／.
    """
    for number, (value, outcome) in enumerate(rows, 1):
        try:
            whole = try_value(bank, word, value, label)
        except NotTypeable as refusal:
            if bank.profile.exact or outcome.endswith("画面"):
                raise
            bank.ask.remarks.differs(MESSAGE, outcome, str(refusal))  # the field itself refuses it
            continue
        if not outcome.endswith("画面"):
            with bank.refusing():
                bank.ask.is_refused(whole, value, outcome.split("／"))
            bank.refused(word)
            continue
        bank.arrive(outcome.removesuffix("画面")[1:-1])
        if number < len(rows):
            bank.hands.press(BACK)
            bank.find.field(word)


def try_value(bank: BankUnderTest, word: str, value: str, label: str) -> str:
    """Do the manual's step with this value in this field, in both places where it has two.

    Returns the manual's whole word for the field.
    """
    bank.bring_back()
    fill, press, leads_to = _step(bank, word, label)
    fields = tuple(replace(each, value=value) if _is(each, word) else each for each in fill.fields)
    whole = _whole(fill, word)
    _send(bank, whole, leads_to, Fill(fields), press)
    return whole


def try_second(bank: BankUnderTest, word: str, value: str, label: str) -> None:
    """Do the manual's step with another value in the second of this field's two places."""
    fill, press, leads_to = _step(bank, word, label)
    bank.hands.perform((fill,))
    bank.hands.type_again(word, value)
    _send(bank, _whole(fill, word), leads_to, press)


def mistype(bank: BankUnderTest, word: str, label: str, times: int) -> None:
    """Do the manual's step with a wrong password, exactly so many times: the bank counts attempts."""
    for _ in range(times):
        whole = try_value(bank, word, WRONG, label)
        bank.ask.is_back(whole)
        bank.refused(word)


def _send(bank: BankUnderTest, word: str, leads_to: Sequence[str], *actions: Action) -> None:
    """Do the actions, of which the last sends the form, and wait for the site's answer."""
    bank.hands.perform(actions[:-1])
    again, bank.tried = bank.tried is not None, Tried(word, leads_to)
    with bank.ask.answered(word, leads_to, again=again):
        bank.hands.perform(actions[-1:])


def _step(bank: BankUnderTest, word: str, label: str) -> tuple[Fill, Press, Sequence[str]]:
    """Return the manual's step that fills this field and presses this button, all of whose fields are there.

    The last of the three is the screens to which it leads.

    Raises:
        StepFailure: the manual has no such step for the screen that is shown.
    """
    found = [
        (fill, press, step.next_screen)
        for each in procedures()
        for step in each.steps
        for fill, press in [(step.actions[0], step.actions[-1])]
        if isinstance(fill, Fill) and isinstance(press, Press)
        if press.label == label and any(_is(field, word) for field in fill.fields)
    ]
    if found:
        bank.find.field(_whole(found[0][0], word))  # its page may draw the fields after the title
    for fill, press, screen in sorted(found, key=lambda each: -len(each[0].fields)):
        if all(bank.find.has_field(field.word) for field in fill.fields):
            return fill, press, (screen, *ALSO_LEADS_TO.get(screen, ()))
    raise StepFailure(f"「{word}」を入力して「{label}」を押す手順がありません。")


def _whole(fill: Fill, word: str) -> str:
    """Return the manual's whole word for the field that has this one among its names."""
    return next(each.word for each in fill.fields if _is(each, word))


def _is(field: Field, word: str) -> bool:
    return any(fold(name) == fold(word) for name in names_of(field.word)) or fold(field.word) == fold(word)
