"""A picture of a dialog that the browser itself shows: it is no part of any page, so it is drawn."""

from __future__ import annotations

from playwright.sync_api import Browser

from steps.driver.windows import ACCEPTING, DISMISSING
from steps.publishing.book import TRAINING
from steps.publishing.templating import environment

WIDTH, HEIGHT = 560, 100  # it becomes as high as its words need
KIND = f"Web ページからの確認（{TRAINING}）"


def draw(browser: Browser, message: str, label: str) -> bytes:
    """Return a PNG of a question with its two buttons, the one with this label framed and numbered 1."""
    source = environment().get_template("dialog.html")
    # A context of its own: the page that asks holds up all pages beside it.
    context = browser.new_context(viewport={"width": WIDTH, "height": HEIGHT}, locale="ja-JP")
    try:
        page = context.new_page()
        labels = (ACCEPTING[0], DISMISSING[0])
        page.set_content(source.render(kind=KIND, message=message, labels=labels, used=label))
        return page.screenshot(full_page=True, animations="disabled")
    finally:
        context.close()
