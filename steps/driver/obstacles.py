"""Clicks and ticks, and why a thing cannot be used: disabled, read-only, or behind something else."""

from __future__ import annotations

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Locator

from steps.driver.failure import StepFailure

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
READ_ONLY = (
    "読み取り専用になっています。画面のソフトウェアキーボードの指定などを外す必要があるかもしれません。"
)


def why_not(thing: Locator) -> str:
    """Return what keeps a thing from being used; "" where nothing does, or it has gone."""
    try:
        state, words = thing.evaluate(STATE, timeout=LOOK_MS)
    except PlaywrightError:
        return ""
    if state == "covered":
        return f"ほかのものが重なっています: 「{words}」" if words else "ほかのものが重なっています。"
    return {"disabled": DISABLED, "readonly": READ_ONLY}.get(state, "")


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
