"""もし: one step reads every sentence of the manual; the others try one field of such a sentence."""

from __future__ import annotations

from collections.abc import Sequence

from pytest_bdd import parsers, step

from simulator.manual.patterns import (
    GO_BACK,
    MISTYPE,
    SENTENCE,
    TRY_SECOND,
    TRY_VALUE,
    TRY_VALUES,
    WHOLE_PROCEDURE,
)
from steps.bank_under_test import BankUnderTest
from steps.invalid_input_trials import mistype, try_each, try_second, try_value


@step(parsers.re(SENTENCE.pattern))
def do(bank: BankUnderTest, sentence: str, datatable: Sequence[Sequence[str]] = ()) -> None:
    """Do what a sentence of the manual says, or one made like it."""
    bank.do(sentence, datatable)


@step(parsers.re(TRY_VALUES.pattern))
def try_values(bank: BankUnderTest, word: str, label: str, datatable: Sequence[Sequence[str]]) -> None:
    """The manual's step with one field changed, once for every row: 値 | 結果."""
    try_each(bank, word, label, datatable[1:])


@step(parsers.re(TRY_VALUE.pattern))
def with_value(bank: BankUnderTest, word: str, value: str, label: str) -> None:
    """The manual's step with one field changed; typed twice where it is."""
    try_value(bank, word, value, label)


@step(parsers.re(TRY_SECOND.pattern))
def with_second(bank: BankUnderTest, word: str, value: str, label: str) -> None:
    """The manual's step with something else typed the second time."""
    try_second(bank, word, value, label)


@step(parsers.re(MISTYPE.pattern))
def wrong(bank: BankUnderTest, word: str, times: str, label: str) -> None:
    """The manual's step with a wrong password, exactly so many times; each of them is refused."""
    mistype(bank, word, label, int(times))


@step(GO_BACK)
def back(bank: BankUnderTest) -> None:
    """The browser's own way back."""
    bank.go_back()


@step(parsers.re(WHOLE_PROCEDURE.pattern))
def whole_procedure(bank: BankUnderTest, procedure: str) -> None:
    """All of a procedure's own steps."""
    bank.play(procedure)
