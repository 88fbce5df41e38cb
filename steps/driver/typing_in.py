"""A value that is typed into a field, and whether it really stands there."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Locator

from simulator.manual.wording import fold
from steps.driver.failure import NotTypeable, StepFailure
from steps.driver.obstacles import READ_ONLY, why_not

HELD = "field => [field.value ?? field.innerText, field.maxLength ?? -1, field.type === 'password']"
IS_READ_ONLY = "field => field.readOnly === true"
LOOK_MS = 500  # a field that is there is asked at once


@dataclass(frozen=True)
class Typed:
    """A value in a field. word: the manual's word for it. exact: it must stand there to the letter.

    second: the field is the second one of two for the same value.
    """

    field: Locator
    value: str
    word: str
    exact: bool = False
    second: bool = False

    def replaces(self, other: Typed) -> bool:
        """Return whether the other one stood in the same field before."""
        return (self.word, self.second) == (other.word, other.second)

    def fill(self) -> None:
        """Type it; a field that is read-only until it is clicked is clicked first.

        Raises StepFailure without the value, which Playwright's own message would quote.
        """
        try:
            if self.field.evaluate(IS_READ_ONLY):
                self.field.click()
                if self.field.evaluate(IS_READ_ONLY):
                    raise StepFailure(f"「{self.word}」に入力できません。{READ_ONLY}")
            self.field.fill(self.value)
        except PlaywrightError:
            raise StepFailure(f"「{self.word}」に入力できません。{why_not(self.field)}") from None

    def by_keys(self) -> None:
        """Type it again key by key, for a page that listens to the keys. Raises StepFailure."""
        try:
            self.field.fill("")
            self.field.press_sequentially(self.value)
        except PlaywrightError:
            raise StepFailure(f"「{self.word}」に入力できません。{why_not(self.field)}") from None

    def leave(self) -> None:
        """Leave the field, as a person does for the button: it may change what it holds only then."""
        with suppress(PlaywrightError):  # it has gone
            self.field.evaluate("field => field.blur()", timeout=LOOK_MS)

    def read_back(self) -> None:
        """Look at what stands in the field; nothing is said of a field that has gone.

        Raises NotTypeable where it is something else: a password that was never in its box must not count as
        sent.
        """
        try:
            held, longest, secret = self.field.evaluate(HELD, timeout=LOOK_MS)
        except PlaywrightError:
            return
        same = held == self.value if self.exact or secret else fold(held) == fold(self.value)
        if not same:
            why = f"{longest}文字まで" if 0 <= longest < len(self.value) else "欄が入力を変えます"
            raise NotTypeable(f"「{self.word}」に、この値は入力できません（{why}）。送信していません。")
