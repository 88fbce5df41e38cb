"""The questions that a scenario's ならば asks of the window in front: one interface, answered in two ways.

RoleQuestions answers by roles and accessible names, for the simulator's semantic markup; WordQuestions by the
words a person reads, for any site.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import date
from typing import Literal, Protocol

from simulator.manual.wording import fold
from steps.driver.remarks import Remarks

# How the questions are answered: the values of --questions.
Way = Literal["roles", "words"]
WAYS: tuple[Way, ...] = ("roles", "words")
Thing = Literal["button", "tab", "link", "field"]
Pressable = Literal["button", "tab"]
Rows = Sequence[Sequence[str]]
Reads = Callable[[Sequence[str], Sequence[str]], bool]
IN_WORDS: dict[Thing, str] = {"button": "ボタン", "tab": "タブ", "link": "リンク", "field": "欄"}
ANYTHING = "＊"
# The signs for a right that is held and for one that is not, and the words for whether anything is set.
HELD, NOT_HELD = ("○", "〇", "◯"), "－"
STATES = ("設定済", "未設定")


class Questions(Protocol):
    """Each method passes as soon as the answer is yes.

    It raises StepFailure, with one sentence for the tester, where that does not come within timeouts.find
    seconds. Words are compared without regard to white space and the width of characters. remarks: is told
    of messages in other words, where the site's words are its own affair. demanding: whether a no is a
    failure; if not, it is only remarked on.
    """

    remarks: Remarks
    demanding: bool

    def shows(self, text: str) -> None:
        """Ask whether these words stand anywhere in the window."""

    def lacks(self, text: str) -> None:
        """Ask whether these words stand nowhere in the window."""

    def has(self, label: str, kind: Thing) -> None:
        """Ask whether there is such a thing with this label."""

    def has_no(self, label: str, kind: Thing) -> None:
        """Ask whether there is no such thing with this label."""

    def has_exactly(self, kind: Pressable, labels: Sequence[str]) -> None:
        """Ask whether the tabs, or the buttons below the title, are these and no others, in this order."""

    def has_cell(self, row: str, text: str) -> None:
        """Ask whether a table has a row with a cell of these words and another cell with this text."""

    def has_table(self, wanted: Rows) -> None:
        """Ask whether a table has these columns and exactly these rows, in this order.

        The first row of wanted is the columns' titles; the table may have more columns. ＊ is any text.
        """

    def has_rows(self, wanted: Rows) -> None:
        """Ask whether tables with these columns have these rows, among others. ＊ is any text."""

    def has_error(self, word: str, text: str, *, second: bool = False) -> None:
        """Ask whether this error is shown for the field with this word, or for its second place."""

    def is_refused(self, word: str, value: str, messages: Sequence[str]) -> None:
        """Ask whether the form has come again with these errors for this field, and with no other error.

        value: what was typed, as the feature spells it, for the message of a failure.
        """

    def is_back(self, word: str) -> None:
        """Ask whether the form with this field has come again, with an error of whatever words."""

    def holds(self, word: str, value: str) -> None:
        """Ask whether exactly this value is in the field. A failure does not quote what is in it."""

    def has_before(self, word: str, text: str) -> None:
        """Ask whether this text stands by itself in front of the field, as d- before a login ID."""

    def has_date(self, label: str, day: date) -> None:
        """Ask whether this date is shown beside its label."""

    def answered(
        self, word: str, leads_to: Sequence[str] = (), *, again: bool = False
    ) -> AbstractContextManager[None]:
        """Return a context in which the form with this field is sent; it is left once the site has answered.

        leads_to: the screens to which the form leads where it is accepted. again: it was sent before and has
        come back, with what the site says of that.

        Raises:
            SiteTrouble: the site has not answered within timeouts.page seconds.
        """

    def cells(self) -> list[str]:
        """Return the folded words of every cell of every table in the window at this moment."""


def alike(wanted: Sequence[str], shown: Sequence[str]) -> bool:
    """Return whether a row reads as wanted; ＊ stands for any text."""
    return all(want == ANYTHING or fold(want) == fold(show) for want, show in zip(wanted, shown, strict=True))


def alike_enough(wanted: Sequence[str], shown: Sequence[str]) -> bool:
    """Return whether a row of a site with its own signs reads as wanted: － is any sign but ○.

    A state is any word but the opposite one.
    """
    return all(_may_mean(want, fold(show)) for want, show in zip(wanted, shown, strict=True))


def _may_mean(want: str, shown: str) -> bool:
    if want == NOT_HELD:
        return shown not in HELD
    if want in STATES:
        return shown not in set(STATES) - {want}
    return want == ANYTHING or fold(want) == shown or (want in HELD and shown in HELD)


def has_exact(tables: Sequence[Rows], wanted: Rows) -> bool:
    """Return whether one of the tables' bodies is the wanted rows, without the first, which is the heads."""
    return any(len(body) == len(wanted) - 1 and all(map(alike, wanted[1:], body)) for body in tables)


def missing_rows(tables: Sequence[Rows], wanted: Rows, reads: Reads = alike) -> list[Sequence[str]]:
    """Return those of the wanted rows that no table's body has; reads: how two rows are compared."""
    return [row for row in wanted[1:] if not any(reads(row, line) for body in tables for line in body)]


# The sentences of the failures, the same for both ways ------------------------------------------------


def not_shown(text: str, *, there: bool = True) -> str:
    """Return the sentence for words that are missing, or that are there and must not be."""
    return f"「{text}」と表示されて{'いません' if there else 'います'}。"


def not_there(label: str, kind: Thing, *, there: bool = True) -> str:
    """Return the sentence for a thing that is missing, or that is there and must not be."""
    return f"「{label}」{IN_WORDS[kind]}が表示されて{'いません' if there else 'います'}。"


def not_exactly(kind: Pressable, wanted: Sequence[str], shown: Sequence[str]) -> str:
    """Return the sentence for other tabs or buttons than the wanted ones."""
    return f"{IN_WORDS[kind]}は「{'、'.join(wanted)}」ではなく「{'、'.join(shown)}」です。"


def no_cell(row: str, text: str) -> str:
    """Return the sentence for a row without a cell."""
    return f"「{row}」の行に「{text}」と表示されていません。"


def no_table(tables: Sequence[Rows]) -> str:
    """Return the sentence for a table that is missing, with the rows of the tables with its columns."""
    return f"この表がありません。{_written(tables)}"


def no_row(row: Sequence[str], tables: Sequence[Rows]) -> str:
    """Return the sentence for a row that is missing, with the rows that there are."""
    return f"「{'、'.join(row)}」の行がありません。{_written(tables)}"


def not_at_field(word: str, text: str) -> str:
    """Return the sentence for an error that is shown, but not for its field."""
    return f"「{text}」というエラーは、「{word}」の欄のものとして表示されていません。"


def other_errors(value: str, shown: Sequence[str]) -> str:
    """Return the sentence for more or fewer errors than expected."""
    return f"「{value}」: エラーは {len(shown)} 件です。{list(shown)}"


def not_back(word: str) -> str:
    """Return the sentence for a form that has come again without an error."""
    return f"「{word}」の画面に、エラーが表示されていません。"


def not_held(word: str) -> str:
    """Return the sentence for another value in a field; it quotes none."""
    return f"「{word}」の欄の内容が違います。"


def not_before(word: str, text: str) -> str:
    """Return the sentence for a text that does not stand before its field."""
    return f"「{word}」の欄の前に“{text}”が付いていません。"


def no_date(label: str, day: date) -> str:
    """Return the sentence for a date that does not stand beside its label."""
    return f"「{label}」が {day:%Y/%m/%d} と表示されていません。"


def _written(tables: Sequence[Rows]) -> str:
    lines = ["  | " + " | ".join(map(str.strip, row)) + " |" for rows in tables for row in (*rows, ())]
    return "\n".join(["表示されている行:", *lines])
