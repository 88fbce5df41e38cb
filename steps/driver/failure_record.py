"""The record of a failure: a picture and the visible words of every window, without passwords."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Page

from steps.evidence import capture

MASK = "●●●●"


def masked(text: str, secrets: Iterable[str]) -> str:
    """Return the text with every one of these secrets masked."""
    for secret in sorted(secrets, key=len, reverse=True):
        text = text.replace(secret, MASK)
    return text


def keep(pages: Iterable[Page], folder: Path, secrets: Iterable[str]) -> None:
    """Write window1.png and window1.txt, and so on, into the folder; the window in front is the first."""
    secrets = set(secrets)
    folder.mkdir(parents=True, exist_ok=True)
    for number, page in enumerate(pages, 1):
        try:
            text = f"{page.url}\n{page.title()}\n\n{page.locator('body').inner_text()}\n"
            (folder / f"window{number}.txt").write_text(masked(text, secrets), encoding="utf-8")
            known = sorted(secrets)
            content = capture.picture(page, known, capture.look(page, known))
            (folder / f"window{number}.png").write_bytes(content)
        except PlaywrightError as error:
            (folder / f"window{number}.txt").write_text(masked(error.message, secrets), encoding="utf-8")
