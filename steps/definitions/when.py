"""もし: one step reads every sentence of the manual; the others try one field of such a sentence."""

from __future__ import annotations

from collections.abc import Sequence

from pytest_bdd import parsers, step

from steps.bank_under_test import BankUnderTest
from steps.invalid_input_trials import mistype, try_each, try_second, try_value

# A sentence, numbered or not, unless it is one of the trials below.
ENDING = r"(?:(?:クリック|入力|表示|確認|チェック)(?:します|する)|(?:閉じ|申し出|離れ)(?:ます|る))"
SENTENCE = rf"(?!.*(?:にして|間違えて))(?:(?P<number>\d+)\. )?(?P<sentence>.+{ENDING})。?"
FIELD, BUTTON = r"「(?P<word>.+?)」", r"「(?P<label>[^」]+)」ボタンをクリックする"


@step(parsers.re(SENTENCE))
def do(bank: BankUnderTest, sentence: str, datatable: Sequence[Sequence[str]] = ()) -> None:
    """What a sentence of the manual says, or one made like it."""
    bank.do(sentence, datatable)


@step(parsers.re(FIELD + "を次の値にして" + BUTTON))
def try_values(bank: BankUnderTest, word: str, label: str, datatable: Sequence[Sequence[str]]) -> None:
    """The manual's step with one field changed, once for every row: 値 | 結果."""
    try_each(bank, word, label, datatable[1:])


@step(parsers.re(FIELD + "を「(?P<value>[^」]*)」にして" + BUTTON))
def with_value(bank: BankUnderTest, word: str, value: str, label: str) -> None:
    """The manual's step with one field changed; typed twice where it is."""
    try_value(bank, word, value, label)


@step(parsers.re(FIELD + "の 2 箇所目だけを「(?P<value>[^」]*)」にして" + BUTTON))
def with_second(bank: BankUnderTest, word: str, value: str, label: str) -> None:
    """The manual's step with something else typed the second time."""
    try_second(bank, word, value, label)


@step(parsers.re(FIELD + r"を (?P<times>\d+) 回間違えて" + BUTTON))
def wrong(bank: BankUnderTest, word: str, times: str, label: str) -> None:
    """The manual's step with a wrong password, exactly so many times; each of them is refused."""
    mistype(bank, word, label, int(times))


@step("前の画面に戻る")
def back(bank: BankUnderTest) -> None:
    """The browser's own way back."""
    bank.windows.front.go_back(wait_until="domcontentloaded")


@step(parsers.re(r"手順(?P<id_>[\d-]+)を行う"))
def whole_procedure(bank: BankUnderTest, id_: str) -> None:
    """All of a procedure's own steps."""
    bank.play(id_)
