"""Doing what a sentence asks for: one method for each kind of action."""

from __future__ import annotations

import time
from collections.abc import Sequence

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Locator, Page

from simulator.sentences import (
    Action,
    CloseWindow,
    Field,
    Fill,
    LeaveEmpty,
    Outside,
    Press,
    Review,
    Show,
    Tick,
)
from simulator.wording import fold, is_home_page, link_of
from steps.driver.failure import StepFailure
from steps.driver.find import SLICE_MS, Finder
from steps.driver.windows import ACCEPTING, DISMISSING, TIMEOUT_MS, Windows
from steps.driver.words import containing, exactly
from steps.story import Story

CLOSE_BY_HAND = "このウィンドウを閉じてください"


class Hands:
    """A person's hands at one browser."""

    def __init__(self, windows: Windows, find: Finder, story: Story, home: str) -> None:
        self._windows, self._find, self._story, self._home = windows, find, story, home

    def perform(self, actions: Sequence[Action], following: Sequence[Action] = ()) -> None:
        """Do the actions of one sentence; those of the next tell whether it answers a native dialog."""
        for place, action in enumerate(actions):
            if isinstance(action, Press):
                self.press(action, [*actions[place + 1 :], *following])
            else:
                self._do(action)

    def _do(  # noqa: C901  one case for each kind of action
        self, action: Show | Fill | Tick | Review | LeaveEmpty | CloseWindow | Outside
    ) -> None:
        match action:
            case Show(page):
                self._show(page)
            case Fill(fields):
                for field in fields:
                    self.fill(field)
            case Tick(_, boxes):
                self._tick(boxes)
            case Review():
                self._review()
            case LeaveEmpty():
                self._leave_empty()
            case CloseWindow():
                self._close_window()
            case Outside(what):
                self._story.go_outside(what)

    def open(self, address: str) -> None:
        """Go to an address in the window that was opened by hand."""
        window = self._windows.first()
        window.goto(address, wait_until="domcontentloaded")
        self._windows.use(window)

    def _show(self, page: str) -> None:
        """Open the home page by its address, as a person does, and the others by the links to them."""
        if is_home_page(page):
            self.open(self._home)
            return
        subject, about = link_of(page)
        self._find.link(subject, about=about).click()
        if about:
            self._find.screen_about(about)

    def fill(self, field: Field) -> None:
        """Type one field, and once more beside it where the manual says twice."""
        value = self._story.value(field)
        _type(self._find.field(field.word), value, field.word)
        if field.times > 1:
            _type(self._find.field(field.word, second=True), value, field.word)

    def type_again(self, word: str, value: str) -> None:
        """Type something into the second place of a field alone."""
        _type(self._find.field(word, second=True), self._story.spelled(value), word)

    def _tick(self, boxes: Sequence[Sequence[str]]) -> None:
        """Tick every box there is, or exactly those of the table."""
        page = self._windows.front
        wanted = [self._box(*row) for row in boxes]
        all_ = page.get_by_role("checkbox")
        all_.first.wait_for()
        for box in all_.all():
            if bool(wanted) == box.is_checked():
                box.set_checked(not wanted)
        for box in wanted:
            box.check()

    def _box(self, thing: str, label: str) -> Locator:
        if fold(thing) == "口座":
            return self._windows.front.get_by_role("checkbox", name=containing(label))
        return self._find.box(thing, label)

    def _review(self) -> None:
        """Compare what is on the screen with what was meant."""
        text = fold(self._windows.front.get_by_role("main").inner_text())
        for value in self._story.seen():
            if fold(value) not in text:
                raise StepFailure(f"画面に「{value}」が表示されていません。")

    def _leave_empty(self) -> None:
        boxes = self._windows.front.get_by_role("textbox")
        boxes.first.wait_for()
        if any(boxes.evaluate_all("boxes => boxes.map(box => box.value)")):
            raise StepFailure("入力しないはずの欄に、すでに値が入っています。")

    def press(self, press: Press, after: Sequence[Action] = ()) -> None:
        """Press a button, a tab, or a button of the dialog that is open."""
        if self._windows.dialog and press.label in (*ACCEPTING, *DISMISSING):
            self._windows.answer(press.label)
            return
        if press.only_if_shown and not self._shown(press):
            return
        target = self._find.pressable(press, self._story.in_row(press.row))
        if after and isinstance(after[0], Press) and after[0].label in ("OK", "キャンセル"):
            self._windows.click_for_dialog(target)
            return
        _click(target)

    def _shown(self, press: Press) -> bool:
        """Whether it is there now; the step before has already waited for what comes of it."""
        name = exactly(press.label)
        return any(page.get_by_role("button", name=name).count() for page in self._windows.recent)

    def _close_window(self) -> None:
        """Close the window in front by its 閉じる, or by hand where there is none or it does not do."""
        page = self._windows.front
        button = page.get_by_role("button", name=exactly("閉じる"))
        if not button.count():
            page.close()
            return
        _click(button)
        end = time.monotonic() + TIMEOUT_MS / 1000
        while not page.is_closed() and not _settled(page):
            if time.monotonic() > end:
                raise StepFailure("ウィンドウが閉じません。")


def _settled(page: Page) -> bool:
    """Whether a closing window asks first; one that may not close itself is closed by hand."""
    try:
        if page.get_by_role("dialog").count():
            return True
        if page.get_by_text(containing(CLOSE_BY_HAND)).filter(visible=True).count():
            page.close()
            return True
        page.wait_for_event("close", timeout=SLICE_MS)
    except PlaywrightError:
        return page.is_closed()
    return True


def _click(target: Locator) -> None:
    page = target.page
    try:
        target.click()
    except PlaywrightError as error:
        if not page.is_closed():  # else the click has closed its own window, as it should
            raise StepFailure(f"クリックできません: {error.message.splitlines()[0]}") from None


def _type(target: Locator, value: str, word: str) -> None:
    """Fill a field. Playwright's own error would quote the value, which may be a password."""
    try:
        target.fill(value)
    except PlaywrightError:
        raise StepFailure(f"「{word}」に入力できません。") from None
