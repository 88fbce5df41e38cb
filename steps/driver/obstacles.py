"""Clicks and ticks, and why a thing cannot be used: disabled, read-only, or behind something else."""

from __future__ import annotations

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Locator

from steps.driver.failure import StepFailure
from steps.driver.file_lines import to_copy
from steps.driver.word_engine import cover, keyboard

LOOK_MS = 2_000  # a busy computer may be as late
ALWAYS = "いつも現れるものなら、"
STATE = """thing => {
  if (thing.matches(":disabled,[aria-disabled=true]")) return "disabled";
  if (thing.readOnly) return "readonly";
  thing.scrollIntoView({block: "center", inline: "center"});
  const at = thing.getBoundingClientRect();
  const top = document.elementFromPoint(at.left + at.width / 2, at.top + at.height / 2);
  return !top || top.contains(thing) || thing.contains(top) ? "" : "covered";
}"""
DISABLED = "無効になっています（disabled）。"
READ_ONLY = "読み取り専用になっています。"


def why_not(thing: Locator) -> str:
    """Return what keeps a thing from being used; "" where nothing does, or it has gone."""
    try:
        state = thing.evaluate(STATE, timeout=LOOK_MS)
        if state == "covered":
            return _covered_by(*cover(thing, LOOK_MS))
        if state == "readonly":
            return READ_ONLY + _typed_by(*keyboard(thing, LOOK_MS))
    except PlaywrightError:
        return ""
    return DISABLED if state == "disabled" else ""


def _covered_by(words: str, line: str, close: str) -> str:
    """Return what is in front: all its words, one line of them, and what it can be closed with."""
    told = f"ほかのものが重なっています: 「{words}」" if words else "ほかのものが重なっています。"
    return told + (to_copy("[[notices]]", ALWAYS, words=line, close=close) if line and close else "")


def _typed_by(words: str, is_on: bool) -> str:
    """Return what seems to be a keyboard on the screen that is to be used instead, in its words."""
    if not words:
        return "画面のキーボードの指定などを外す必要があるかもしれません。"
    shown = "にチェックが付いていて、画面のキーボードで入力するようです" if is_on else "が画面にあります"
    return f"「{words}」{shown}。{to_copy('[typing]', press_first=words)}"


def click(target: Locator) -> None:
    """Click. Raises StepFailure with what keeps the thing from being clicked."""
    page = target.page
    try:
        target.click()
    except PlaywrightError as error:
        if not page.is_closed():  # else the click has closed its own window, as it should
            why = why_not(target) or error.message.splitlines()[0]
            raise StepFailure(f"クリックできません: {why}") from None


def tick(box: Locator, *, ticked: bool) -> None:
    """Tick a box, or take its tick away. Raises StepFailure."""
    try:
        box.set_checked(ticked)
    except PlaywrightError:
        # Playwright's own message quotes the page, and with it possibly people's data.
        raise StepFailure(f"チェックボックスをチェックできません。{why_not(box)}") from None
