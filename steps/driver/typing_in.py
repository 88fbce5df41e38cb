"""A value that is typed into a field, and whether it really stands there."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Locator

from simulator.manual.wording import fold
from steps.driver.failure import NotTypeable, StepFailure
from steps.driver.looks import Looks
from steps.driver.obstacles import why_not
from steps.driver.word_engine import press_first

HELD = "field => [field.value ?? field.innerText, field.maxLength ?? -1, field.type === 'password']"
STATE = "field => field.readOnly ? 'readonly' : field.disabled ? 'disabled' : ''"
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

    def fill(self, first: str, looks: Looks) -> None:
        """Type it; a field that is read-only until it is clicked is clicked first.

        first: the words of what the deployment file says is to be pressed before, "" for nothing. looks:
        how long it may take until the field can then be typed in. Raises StepFailure without the value,
        which Playwright's own message would quote.
        """
        try:
            state = self._state()
            if state == "readonly" or (state and first):  # a disabled one is waited for
                self._open(first, looks)
            self.field.fill(self.value)
        except PlaywrightError:
            raise StepFailure(f"「{self.word}」に入力できません。{why_not(self.field)}") from None

    def _state(self) -> str:
        state: str = self.field.evaluate(STATE)
        return state

    def _open(self, first: str, looks: Looks) -> None:
        """Press what the file names, else the field itself, and see whether that lets one type."""
        named = press_first(self.field, first) if first else None
        if named:
            named.click()
        else:
            self.field.click()
        if not looks.until(lambda: not self._state()):
            missing = f"先に押す「{first}」は見つかりません。" if first and not named else ""
            raise StepFailure(f"「{self.word}」に入力できません。{why_not(self.field)}{missing}")

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
