"""What may be wrong with the site itself: a failing server, maintenance, an ended session, a lock."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Protocol

from playwright.sync_api import BrowserContext, Page, Response
from playwright.sync_api import Error as PlaywrightError

from simulator.manual.wording import fold
from steps.driver.failure import SiteTrouble

SERVER_ERROR = 500
# What a page says of itself -> what that means. Read only when something is missing.
SIGNS = {
    ("メンテナンス", "サービスを停止", "ただいまご利用いただけません", "時間外"): (
        "サイトがメンテナンス中、またはサービス時間外のようです。 The site is under maintenance."
    ),
    ("セッション", "タイムアウト", "時間切れ", "有効期限切れのページ", "再度ログイン", "もう一度ログイン"): (
        "セッションが切れたようです。再開すると、ログインからやり直します。 The session has ended."
    ),
}
# Of a lock a page may warn at any time: this counts only where a form with a password has brought it.
LOCK_SIGNS = ("ロックされ", "ロック中", "ロックがかか", "利用停止", "パスワード誤り回数")
LOCKED = "この利用者はロックされているようです。金庫で解除してから再開してください。 The account is locked."


class Watch(Protocol):
    """Looks out for trouble with the site while things are looked for."""

    def look(self, pages: Sequence[Page]) -> None:
        """Raise SiteTrouble for what need not be waited for."""

    def suspicion(self, pages: Sequence[Page]) -> str:
        """What the pages say of why something is missing; empty where they say nothing."""

    def person_needed(self, screen: str, what: str) -> None:
        """Tell that a screen waits for a person."""


class Untroubled:
    """For a bank of one's own: nothing but the features' own checks."""

    def look(self, pages: Sequence[Page]) -> None:
        """Nothing is looked for."""

    def suspicion(self, pages: Sequence[Page]) -> str:  # noqa: ARG002  as every Watch is called
        """Nothing is suspected."""
        return ""

    def person_needed(self, screen: str, what: str) -> None:
        """Nobody is asked."""


class SiteWatch:
    """For a site of somebody else.

    is_judging: whether a form with a password was sent and nobody knows yet what came of it.
    """

    def __init__(
        self, context: BrowserContext, say: Callable[[str], None], is_judging: Callable[[], bool]
    ) -> None:
        self._say, self._status = say, dict[Page, tuple[int, str]]()
        self._is_judging, self._stood = is_judging, set[str]()
        context.on("response", self._answered)

    def _answered(self, response: Response) -> None:
        request = response.request
        with suppress(PlaywrightError):  # a worker's request belongs to no frame
            if request.is_navigation_request() and request.frame.parent_frame is None:
                self._status[request.frame.page] = response.status, response.url

    def look(self, pages: Sequence[Page]) -> None:
        """Raise SiteTrouble if the window in front shows an error of the server."""
        status, _url = self._status.get(pages[0], (0, "")) if pages else (0, "")
        if status >= SERVER_ERROR:
            told = f"サイトがエラー {status} を返しました。 The site answered {status}."
            raise SiteTrouble("\n".join(filter(None, (told, self.suspicion(pages)))))

    def sending(self, pages: Sequence[Page]) -> None:
        """Remember what the window in front says of locking before a form with a password is sent."""
        self._stood = _lines_with(LOCK_SIGNS, pages)

    def suspicion(self, pages: Sequence[Page]) -> str:
        """What the window in front says of why something is missing; empty where it says nothing."""
        if self._is_judging() and _lines_with(LOCK_SIGNS, pages) - self._stood:
            return LOCKED
        return next((meaning for signs, meaning in SIGNS.items() if _lines_with(signs, pages)), "")

    def person_needed(self, screen: str, what: str) -> None:
        """Tell that a screen waits for a person."""
        self._say(f"「{screen}」画面で、操作を待っています: {what} Waiting for a person.")


def _lines_with(signs: Sequence[str], pages: Sequence[Page]) -> set[str]:
    lines = [fold(line) for page in pages[:1] for line in _words(page).splitlines()]
    return {line for line in lines if any(sign in line for sign in signs)}


def _words(page: Page) -> str:
    try:
        return "\n".join(frame.evaluate("() => document.body?.innerText ?? ''") for frame in page.frames)
    except PlaywrightError:
        return ""
