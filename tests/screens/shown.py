"""A visitor's answers shown in a real browser: any screen, at any size, without a server between."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tests.screens.doings import choose_rights, enter_new_user
from tests.screens.test_screens import MASTER, NOBODY, SCREENS, visit

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page, Route

    from simulator.store import Seat
    from tests.screens.banks import Bank
    from tests.screens.test_screens import Way
    from tests.screens.visitor import Answer

# No loopback, as in a class: to the browser this is no secure context.
ORIGIN = "http://bank.example.test"
COACH = b"<densai-coach></densai-coach>"
# Forms that come back with faults at their fields.
REFUSED: dict[str, Way] = {
    "S04 refused": ("1-3", NOBODY, lambda at: at.log_in("ｄ-1560heki", "a b")),
    "S14 refused": (
        "2-3",
        MASTER,
        lambda at: choose_rights(at, ["densai"], []).press("変更", approval="ａ b!"),
    ),
    "S18 refused": (
        "2-1",
        MASTER,
        lambda at: enter_new_user(
            at, user_id="１560 hekishin!", mail="ﾊﾅｺ＠example.jp", password="abcdef１ "
        ),
    ),
}
# The sum of layout shifts as Chrome counts them, those after a person's input left out.
OBSERVE = """
window.shift = 0;
new PerformanceObserver(list => {
  for (const each of list.getEntries()) if (!each.hadRecentInput) window.shift += each.value;
}).observe({ type: "layout-shift", buffered: true });
"""
TWO_FRAMES = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))"


class Shot(NamedTuple):
    """One screen as it was answered: where, and with what."""

    path: str
    answer: Answer


def every_screen(densai: Bank, seat: Seat) -> dict[str, Shot]:
    """Each screen S01 to S38, and forms that were refused, by their number."""
    ways = {number: way for number, (_, way) in SCREENS.items()} | REFUSED
    shots = {}
    for number, way in ways.items():
        at = visit(densai, seat, way)
        shots[number] = Shot(at.path, at.answer)
    return shots


class Screens:
    """Shows these screens in one window. ``coached``: with the place in which the coach would stand."""

    def __init__(self, densai: Bank, context: BrowserContext, shots: dict[str, Shot]) -> None:
        self.shots, self.coached = shots, False
        self._client = densai.app.test_client()
        self._asked = next(iter(shots.values()))
        context.add_init_script(OBSERVE)
        context.route("**/*", self._serve)
        self.page: Page = context.new_page()

    def show(self, number: str) -> Page:
        """The window with this screen in it."""
        self._asked = self.shots[number]
        self.page.goto(ORIGIN + self._asked.path)
        return self.page

    def shift(self) -> float:
        """The cumulative layout shift of what is shown, once two frames have been painted."""
        self.page.evaluate(TWO_FRAMES)
        return float(self.page.evaluate("window.shift"))

    def _serve(self, route: Route) -> None:
        path = route.request.url.removeprefix(ORIGIN)
        if path.startswith("/static/"):
            with self._client.get(path) as file:
                route.fulfill(headers={"Content-Type": file.headers["Content-Type"]}, body=file.get_data())
            return
        body = self._asked.answer.body
        if self.coached:
            body = body.replace(b"</body>", COACH + b"</body>")
        headers = {
            name: self._asked.answer.headers[name] for name in ("Content-Type", "Content-Security-Policy")
        }
        route.fulfill(status=self._asked.answer.status, headers=headers, body=body)
