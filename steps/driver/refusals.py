"""Judges a site's answer to a form by its outcome: was what was typed refused?

A refusal is: the screen to which an accepted value leads has not come, and the site says something that it
did not say before, in words of its own choice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Locator

from simulator.manual.wording import fold
from steps.driver import form_answer
from steps.driver.failure import StepFailure
from steps.driver.find import Finder
from steps.driver.form_texts import FormTexts
from steps.driver.looks import Looks
from steps.driver.profile import Timeouts
from steps.driver.remarks import Remarks
from steps.driver.windows import Windows, has_gone
from steps.driver.word_engine import Saying, bubble

# Words of a refusal, for a screen that comes in the form's place: there everything is new.
REFUSING = re.compile(
    "誤り|誤って|正しく|正しい|できません|出来ません|下さい|ください|違い|違う|異なり|異なる|一致|不正|エラー|無効"
    "|使えません|使われて|ロック|停止|必須|不可|拒否"
)


class Refusals:
    """The answers of a site to its forms, each to be judged once it has come."""

    def __init__(
        self, windows: Windows, find: Finder, texts: FormTexts, timeouts: Timeouts, remarks: Remarks
    ) -> None:
        self._windows, self._find, self._texts = windows, find, texts
        self._timeouts, self._remarks = timeouts, remarks
        self._leads_to: list[str] = []
        self._sent = form_answer.Sent()
        self._heard: list[str] = []

    @contextmanager
    def answered(self, field: Locator, leads_to: Sequence[str]) -> Iterator[None]:
        """Return a context in which a form is sent; leads_to: the screens that an accepted one leads to."""
        # A form may name the screens that follow it anyway, as the steps of a procedure.
        self._leads_to = [each for each in leads_to if not self._find.is_in_front(each)]
        answer = form_answer.answered(field, self._timeouts, self._find.breathe)
        with self._windows.hearing() as self._heard, answer as self._sent:
            yield
        for text in self._heard:
            self._remarks.noted(f"メッセージのダイアログが表示されました: 「{text}」")

    def said(self, word: str) -> list[str]:
        """Return the words of the refusal of the form with this field.

        Raises StepFailure where the form was accepted, or nothing says that it was not.
        """
        for _ in Looks(self._timeouts.find, self._find.breathe):
            if screen := self._led_to():
                raise StepFailure(
                    f"拒否されるはずの「{word}」が受け付けられ、「{screen}」画面が表示されました。"
                )
            if said := self._said_now(word):
                return said
        raise StepFailure(
            f"「{word}」の画面に、拒否されたことを知らせる新しい表示がありません。{self._find.seen()}"
        )

    def _led_to(self) -> str:
        return next((each for each in self._leads_to if self._find.is_in_front(each)), "")

    def _said_now(self, word: str) -> list[str]:
        try:
            return self._at_form(word) if self._find.has_field(word) else self._elsewhere()
        except PlaywrightError as error:
            if not has_gone(error):
                raise
            return []

    def _at_form(self, word: str) -> list[str]:
        """Return what is said of this field or of the form as a whole, and not by an earlier answer."""
        if self._heard:
            return list(self._heard)
        found: list[Saying] = []
        for second in (False, True):
            field = self._find.field_now(word, second=second)
            if field is None:
                continue
            handle = field.element_handle()
            if not self._sent.anything and (text := bubble(handle)):
                return [text]
            found += [
                each
                for each in self._texts.sayings(handle)
                if each.at != "elsewhere" and not (each.stood and self._sent.anything)
            ]
        self._texts.refused(found)
        return list(dict.fromkeys(each.text for each in found))

    def _elsewhere(self) -> list[str]:
        """Return what a screen in the form's place says of a refusal."""
        said = [each.text for each in self._texts.sayings(None) if REFUSING.search(fold(each.text))]
        return list(dict.fromkeys([*self._heard, *said]))
