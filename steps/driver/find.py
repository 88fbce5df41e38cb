"""Finding a thing by the words a person reads, in the window in front first and then in the others."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Literal, cast

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Locator, Page

from simulator.sentences import Press
from simulator.wording import names_of
from steps.driver.failure import StepFailure
from steps.driver.windows import TIMEOUT_MS, Windows
from steps.driver.words import again, containing, exactly

Make = Callable[[Page], Locator]
Kind = Literal["button", "tab", "link"]

# A window may still be opening while another is watched: look round again after this long.
SLICE_MS = 40
# R09: サービス一覧 has this button twice, and either will do.
EQUAL = ("しんきん電子記録債権サービス",)
KINDS = {"button": "ボタン", "tab": "タブ", "link": "リンク"}


class Finder:
    """Looks for things in the windows of one browser."""

    def __init__(self, windows: Windows) -> None:
        self._windows = windows

    def pressable(self, press: Press, row: str = "") -> Locator:
        """The one button, tab or link that a sentence means; row is the text of a cell in its row."""
        kind = cast(Kind, press.kind)

        def make(page: Page) -> Locator:
            found = self._scope(page, row, press.field).get_by_role(kind, name=exactly(press.label))
            return found.first if press.label in EQUAL else found

        return self._one(make, f"「{press.label}」{KINDS[kind]}", press.screen)

    def field(self, word: str, *, second: bool = False) -> Locator:
        """The place to type in that has this word, or the place beside it to type the same again."""
        name = again(word) if second else exactly(*names_of(word))
        return self._one(lambda page: page.get_by_label(name), f"「{word}」の{'2 箇所目の' * second}入力欄")

    def link(self, *names: str, about: str = "") -> Locator:
        """A link with one of these words, or with this word among its own."""

        def make(page: Page) -> Locator:
            whole = page.get_by_role("link", name=exactly(*names))
            return whole.or_(page.get_by_role("link", name=containing(about))) if about else whole

        return self._one(make, f"「{names[0]}」へのリンク")

    def box(self, thing: str, label: str) -> Locator:
        """The check box with this label in the row of this thing."""
        return self._one(
            lambda page: self._row(page, thing).get_by_role("checkbox", name=exactly(label)),
            f"「{thing}」の「{label}」のチェックボックス",
        )

    def things(self, label: str, kind: str | None) -> Locator:
        """Every button, tab or link with this label in the window in front; without a kind, every field."""
        page = self._windows.front
        if kind is None:
            return page.get_by_label(exactly(*names_of(label)))
        return page.get_by_role(cast(Kind, kind), name=exactly(label))

    def row(self, text: str) -> Locator:
        """The row of a table that has a cell with this text."""
        return self._one(lambda page: self._row(page, text), f"「{text}」の行")

    def screen(self, title: str) -> Page:
        """The window that shows this screen, put in front; waits for it."""
        heading = self._one(
            lambda page: page.get_by_role("heading", level=1, name=exactly(title)).first,
            f"「{title}」画面",
        )
        heading.page.wait_for_load_state("domcontentloaded")
        return heading.page

    def screen_about(self, words: str) -> Page:
        """The window whose screen has these words in its title; waits for it."""
        return self._one(
            lambda page: page.get_by_role("heading", level=1, name=containing(words)).first,
            f"{words}",
        ).page

    def shows(self, title: str) -> Page | None:
        """The window that shows this screen at this moment, if one does."""
        for page in self._windows.recent:
            if page.get_by_role("heading", level=1, name=exactly(title)).count():
                return page
        return None

    def _row(self, page: Page, text: str) -> Locator:
        cells = page.get_by_role("cell", name=exactly(text))
        heads = page.get_by_role("rowheader", name=containing(text))
        return page.get_by_role("row").filter(has=cells.or_(heads))

    def _scope(self, page: Page, row: str, field: str) -> Page | Locator:
        if row:
            return self._row(page, row)
        if field:
            return page.get_by_role("group").filter(has=page.get_by_label(exactly(*names_of(field))))
        return page

    def _one(self, make: Make, what: str, screen: str = "") -> Locator:
        """The only such thing in the first window that has any. Raises StepFailure for none or several."""
        end = time.monotonic() + TIMEOUT_MS / 1000
        while time.monotonic() < end:
            for page in self._windows.recent:
                if screen and not page.get_by_role("heading", level=1, name=exactly(screen)).count():
                    continue
                if number := make(page).count():
                    self._windows.use(page)
                    return make(page) if number == 1 else _visible(make(page), what)
            self._wait(make)
        raise StepFailure(f"{what}が見つかりません。{self._seen()}")

    def _wait(self, make: Make) -> None:
        """Let the browser go on, and come back early when the thing appears in front."""
        try:
            make(self._windows.front).first.wait_for(state="attached", timeout=SLICE_MS)
        except PlaywrightError:
            return

    def _seen(self) -> str:
        """What there was instead, for the tester."""
        return "".join(f"\n  ウィンドウ: {_described(page)}" for page in self._windows.recent)


def _visible(found: Locator, what: str) -> Locator:
    visible = [each for each in found.all() if each.is_visible()]
    if len(visible) == 1:
        return visible[0]
    raise StepFailure(f"{what}が {found.count()} 個あります。どれか 1 つに決められません。")


def _described(page: Page) -> str:
    try:
        words = [text.strip() for text in page.get_by_role("button").all_inner_texts()]
        return f"{page.title()} （ボタン: {'、'.join(filter(None, words)) or 'なし'}）"
    except PlaywrightError:
        return "（閉じています）"
