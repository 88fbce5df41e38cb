"""Notices trouble with the site itself: a failing server, maintenance, an ended session, a lock."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Protocol

from playwright.sync_api import BrowserContext, Page, Request, Response
from playwright.sync_api import Error as PlaywrightError

from simulator.manual.wording import fold
from steps.driver.failure import SiteTrouble
from steps.driver.form_reply import NO_REPLY, FormReplies, Reply
from steps.driver.page_errors import connection_trouble, status_trouble
from steps.driver.windows import NOT_AGAIN

# Signs on a page -> their meaning. Read only when something is missing.
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
    """Is asked about trouble with the site while the driver looks for things."""

    def look(self, pages: Sequence[Page]) -> None:
        """Raise SiteTrouble if waiting any longer is useless."""

    def suspicion(self, pages: Sequence[Page]) -> str:
        """Return the reason that the pages give for something missing; "" if they give none."""

    def reply(self, pages: Sequence[Page], *, screen: bool) -> Reply:
        """Return what the pages say in reply to a form; screen: whether a screen is missing."""

    def person_needed(self, screen: str, what: str) -> None:
        """Tell the tester that a screen waits for a person."""

    def closed(self, notice: str) -> None:
        """Tell the tester of the first time that a listed notice was closed."""


class Untroubled:
    """Notices nothing: on the simulator the features' own checks are enough."""

    def look(self, pages: Sequence[Page]) -> None:
        """Do nothing."""

    def suspicion(self, pages: Sequence[Page]) -> str:  # noqa: ARG002  as every Watch is called
        """Return no reason."""
        return ""

    def reply(self, pages: Sequence[Page], *, screen: bool) -> Reply:  # noqa: ARG002  as every Watch is called
        """Return no reply."""
        return NO_REPLY

    def person_needed(self, screen: str, what: str) -> None:
        """Do nothing."""

    def closed(self, notice: str) -> None:
        """Do nothing."""


class SiteWatch:
    """Notices trouble on a site of somebody else.

    say: writes a line to the terminal. is_judging: returns whether a form with a password was sent whose
    outcome is not known yet.
    """

    def __init__(
        self, context: BrowserContext, say: Callable[[str], None], is_judging: Callable[[], bool]
    ) -> None:
        self._say, self._trouble = say, dict[Page, str]()
        self._is_judging, self._stood = is_judging, set[str]()
        self._closed = set[str]()
        self._replies = FormReplies()
        context.on("response", self._answered)
        context.on("requestfailed", self._failed)

    def _answered(self, response: Response) -> None:
        request = response.request
        with suppress(PlaywrightError):  # a worker's request belongs to no frame
            if request.is_navigation_request() and request.frame.parent_frame is None:
                self._trouble[request.frame.page] = status_trouble(
                    response.status, asks="www-authenticate" in response.headers
                )

    def _failed(self, request: Request) -> None:
        """Note a page that did not come; one that a newer one, or a download, has replaced is none."""
        with suppress(PlaywrightError):
            if request.is_navigation_request() and request.frame.parent_frame is None:
                why = request.failure or ""
                if why.startswith("net::ERR_") and not NOT_AGAIN.search(why):
                    self._trouble[request.frame.page] = connection_trouble(why)

    def look(self, pages: Sequence[Page]) -> None:
        """Raise SiteTrouble if the window in front shows an error of the server, or of the connection."""
        if told := self._trouble.get(pages[0], "") if pages else "":
            raise SiteTrouble("\n".join(filter(None, (told, self.suspicion(pages)))))

    def sending(self, pages: Sequence[Page]) -> None:
        """Remember what the window in front says about locking, before a form with a password is sent."""
        self._stood = _lines_with(LOCK_SIGNS, pages)

    def pressing(self, pages: Sequence[Page]) -> None:
        """Remember what the window in front says before a button is pressed."""
        self._replies.sending(pages)

    def arrived(self) -> None:
        """Note that the screen which should follow has come."""
        self._replies.forget()

    def reply(self, pages: Sequence[Page], *, screen: bool) -> Reply:
        """Return what the window in front says in reply to a form, where a screen is missing."""
        return self._replies.reply(pages) if screen else NO_REPLY

    def suspicion(self, pages: Sequence[Page]) -> str:
        """Return the reason that the window in front gives for something missing; "" if it gives none."""
        if self._is_judging() and _lines_with(LOCK_SIGNS, pages) - self._stood:
            return LOCKED
        return next((meaning for signs, meaning in SIGNS.items() if _lines_with(signs, pages)), "")

    def person_needed(self, screen: str, what: str) -> None:
        """Tell the tester that a screen waits for a person."""
        self._say(f"「{screen}」画面で、操作を待っています: {what} Waiting for a person.")

    def closed(self, notice: str) -> None:
        """Tell the tester of the first time that a listed notice was closed."""
        if notice not in self._closed:
            self._closed.add(notice)
            self._say(f"お知らせを閉じました: 「{notice}」 A listed notice was closed.")


def _lines_with(signs: Sequence[str], pages: Sequence[Page]) -> set[str]:
    lines = [fold(line) for page in pages[:1] for line in _words(page).splitlines()]
    return {line for line in lines if any(sign in line for sign in signs)}


def _words(page: Page) -> str:
    try:
        return "\n".join(frame.evaluate("() => document.body?.innerText ?? ''") for frame in page.frames)
    except PlaywrightError:
        return ""
