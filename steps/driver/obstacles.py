"""Clicks and ticks, and why a thing cannot be used: disabled, read-only, or behind something else."""

from __future__ import annotations

import json

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Locator

from steps.driver.failure import StepFailure
from steps.driver.word_engine import keyboard

LOOK_MS = 500
STATE = """thing => {
  if (thing.matches(":disabled,[aria-disabled=true]")) return ["disabled", ""];
  if (thing.readOnly) return ["readonly", ""];
  thing.scrollIntoView({block: "center", inline: "center"});
  const at = thing.getBoundingClientRect();
  const top = document.elementFromPoint(at.left + at.width / 2, at.top + at.height / 2);
  if (!top || top.contains(thing) || thing.contains(top)) return ["", ""];
  const words = top.innerText || top.parentElement?.innerText || "";
  return ["covered", words.replace(/\\s+/g, " ").trim().slice(0, 60)];
}"""
DISABLED = "無効になっています（disabled）。"
READ_ONLY = "読み取り専用になっています。"
PRESS_FIRST = "設定ファイルに [typing] press_first = {} と書くと、先に押します。"


def why_not(thing: Locator) -> str:
    """Return what keeps a thing from being used; "" where nothing does, or it has gone."""
    try:
        state, words = thing.evaluate(STATE, timeout=LOOK_MS)
    except PlaywrightError:
        return ""
    if state == "covered":
        return f"ほかのものが重なっています: 「{words}」" if words else "ほかのものが重なっています。"
    if state == "readonly":
        return READ_ONLY + _keyboard_of(thing)
    return DISABLED if state == "disabled" else ""


def _keyboard_of(field: Locator) -> str:
    """Return what seems to be a keyboard on the screen that is to be used instead, in its words."""
    try:
        words, is_on = keyboard(field, LOOK_MS)
    except PlaywrightError:
        return ""
    if not words:
        return "画面のキーボードの指定などを外す必要があるかもしれません。"
    shown = "にチェックが付いていて、画面のキーボードで入力するようです" if is_on else "が画面にあります"
    return f"「{words}」{shown}。{PRESS_FIRST.format(json.dumps(words, ensure_ascii=False))}"


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
