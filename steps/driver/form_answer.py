"""Waits for a site's answer to a form that was sent, with a new page or in the same one."""

from __future__ import annotations

import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from playwright.sync_api import ElementHandle, Locator, Page, Request
from playwright.sync_api import Error as PlaywrightError

from steps.driver.failure import SiteTrouble, StepFailure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from steps.driver.profile import Timeouts

# The requests that may carry a form's contents; a page's own polling and beacons are not waited for.
SENDING = ("document", "xhr", "fetch")
NO_ANSWER = (
    "送信した内容に、サイトが時間内に応答しませんでした（timeouts.page）。届いたかどうかは分かりません。 "
    "The site has not answered what was sent: nobody knows whether it took it."
)


@dataclass
class Sent:
    """The requests by which a form was sent: those without an answer yet, and whether there were any."""

    unanswered: set[Request] = field(default_factory=set)
    anything: bool = False


@contextmanager
def answered(form_field: Locator, timeouts: Timeouts, breathe: Callable[[], None]) -> Iterator[Sent]:
    """Return a context in which a form is sent; it is left once the form has been drawn anew or is gone.

    A form that is refused without being drawn anew counts as answered when nothing that it sent has been
    unanswered for timeouts.redraw seconds. form_field: a field of the form. breathe: lets the browser go on
    between two looks.

    Raises:
        SiteTrouble: what was sent has no answer after timeouts.page seconds.
    """
    with _sending(form_field.page) as sent:
        form = form_field.element_handle()
        try:
            yield sent
        except StepFailure:
            breathe()  # the browser may not have told yet of what a click has just sent
            if not sent.unanswered:
                raise
            # The click was done, and only the page that it leads to is late.
        with suppress(PlaywrightError):  # its page is gone, and the field with it
            _wait(form, sent, timeouts, breathe)


def _wait(form: ElementHandle, sent: Sent, timeouts: Timeouts, breathe: Callable[[], None]) -> None:
    quiet = time.monotonic()
    last = quiet + timeouts.page
    while True:
        now = time.monotonic()  # before the look: the last one is begun when the time is over
        quiet = now if sent.unanswered else quiet
        if not form.evaluate("field => field.isConnected") or now - quiet >= timeouts.redraw:
            return
        if now > last:
            raise SiteTrouble(NO_ANSWER)
        breathe()


@contextmanager
def _sending(page: Page) -> Iterator[Sent]:
    """Return what this page sends from now on, kept up to date."""
    sent = Sent()

    def begun(request: Request) -> None:
        if request.resource_type in SENDING and (request.is_navigation_request() or request.method != "GET"):
            sent.unanswered.add(request)
            sent.anything = True

    def ended(request: Request) -> None:
        sent.unanswered.discard(request)

    page.on("request", begun)
    page.on("requestfinished", ended)
    page.on("requestfailed", ended)
    try:
        yield sent
    finally:
        page.remove_listener("request", begun)
        page.remove_listener("requestfinished", ended)
        page.remove_listener("requestfailed", ended)
