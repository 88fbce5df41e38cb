"""Example states drawn on the bank's own pages; the answers of the server are played."""

from __future__ import annotations

import html
import json
from copy import deepcopy
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from playwright.sync_api import ViewportSize, expect

from tests.coach.pages_of_states import screen_of
from tests.coach.states import STATES
from tests.screens.shown import Screens

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Locator, Page, Route

    from tests.screens.banks import Bank
    from tests.screens.shown import Shot

WIDE, NARROW = ViewportSize(width=1180, height=700), ViewportSize(width=390, height=844)
HEAD = '<script type="module" blocking="render" src="{script}"></script>'
COACH = '<densai-coach data-state="{state}"></densai-coach>'


class Drawn(Screens):
    """Shows the bank's screens with a state.

    answers: what the server says at an address instead of the state, as (status, body).
    """

    def __init__(self, densai: Bank, context: BrowserContext, shots: dict[str, Shot]) -> None:
        super().__init__(densai, context, shots)
        self._script = f"{densai.app.static_url_path}/coach.js"
        self.state: dict[str, Any] = {}
        self.answers: dict[str, tuple[int, Any]] = {}

    def draw(self, number: str, state: Any) -> Page:
        """The window with this screen and this state."""
        self.state = deepcopy(state)
        self.answers.clear()
        return self.show(number)

    def _serve(self, route: Route) -> None:
        address = urlsplit(route.request.url)
        if address.path.startswith("/my"):
            self._answer(route, address.path)
            return
        if self.state and not address.path.startswith("/static/"):
            state = html.escape(json.dumps(self.state, ensure_ascii=False))
            body = self._asked.answer.body.replace(
                b"</body>", COACH.format(state=state).encode() + b"</body>"
            )
            body = body.replace(b"</head>", HEAD.format(script=self._script).encode() + b"</head>")
            headers = {
                name: self._asked.answer.headers[name] for name in ("Content-Type", "Content-Security-Policy")
            }
            route.fulfill(status=self._asked.answer.status, headers=headers, body=body)
            return
        super()._serve(route)

    def _answer(self, route: Route, path: str) -> None:
        status, body = self.answers.get(
            path, (200, self.state["pulse"] if path.endswith("pulse") else self.state)
        )
        route.fulfill(
            status=status, headers={"Content-Type": "application/json", "ETag": '"1"'}, body=json.dumps(body)
        )


def shown(drawn: Drawn, name: str, **changed: Any) -> Locator:
    """The coach in this state, as if nothing had been said before."""
    if drawn.page.url != "about:blank":
        drawn.page.evaluate("sessionStorage.clear(); window.name = ''")
    drawn.draw(screen_of(name), {**STATES[name], **changed})
    coach = drawn.page.locator("densai-coach")
    expect(coach.locator(".c-head strong")).to_be_attached()
    return coach


def box(coach: Locator, state: str) -> Locator:
    """The box of this state in the dock."""
    return coach.locator(f".c-box[data-state={state}]")
