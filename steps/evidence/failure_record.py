"""The record of a failed step: a masked screenshot and the visible text of every window."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Page

from steps.evidence import capture
from steps.masking import masked
from steps.site_login import without_login

LONGEST = 200_000  # signs of a window's text: a site may send any number


def save(pages: Iterable[Page], folder: Path, secrets: Iterable[str]) -> None:
    """Write window1.png, window1.txt and so on, the window in front first. Raises OSError.

    A window that has just closed has the browser's error in its .txt and no .png.
    """
    known = sorted(set(secrets))
    folder.mkdir(parents=True, exist_ok=True)
    for number, page in enumerate(pages, 1):
        text_file = folder / f"window{number}.txt"
        try:
            words = page.locator("body").inner_text()
            text = f"{without_login(page.url)}\n{page.title()}\n\n{words}\n"
            text_file.write_text(masked(text, known)[:LONGEST], encoding="utf-8")
            content = capture.masked_screenshot(page, known, capture.read_state(page, known))
            text_file.with_suffix(".png").write_bytes(content)
        except PlaywrightError as error:
            text_file.write_text(masked(error.message, known), encoding="utf-8")
