"""One trainee of a class under load: joins, begins a course, walks it with pauses, and begins the next."""

from __future__ import annotations

import asyncio
import html
import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from simulator.bank.people import people
from simulator.training import class_news
from tests.bench.browser import Browser, Fields
from tests.bench.manual import HOME, JOURNEYS, Click, course_after
from tests.bench.visitors import TOKEN

if TYPE_CHECKING:
    import random
    from collections.abc import Mapping

SCREEN, PASSWORD, COACH = "screens without a password", "screens that check or set a password", "coach"
FORM = re.compile(r"<form\b([^>]*)>(.*?)</form>", re.DOTALL)
INPUT = re.compile(r"<input\b[^>]*>")
ATTRIBUTE = re.compile(r'\b(action|method|id|type|name|value)="([^"]*)"')
HEADING = re.compile(r"<h1>(.*?)</h1>", re.DOTALL)
STATE = re.compile(r'data-state="([^"]*)"')
LINK = r'<a\b[^>]*href="([^"]+)"[^>]*>{}</a>'
BUTTON = r"<button\b[^>]*>{}</button>"
OUTSIDE = r'<button\b[^>]* form="{}"[^>]*>{}</button>'  # stands elsewhere on the page than its form


class AstrayError(Exception):
    """A page is not the one that the click had to lead to."""


@dataclass
class Window:
    """The page of one window, and the last state of its coach."""

    path: str
    body: str
    state: dict[str, Any] | None = None

    def is_behind(self, here: Mapping[str, Any]) -> bool:
        """Whether its coach asks anew when another window has come to a page."""
        state = self.state or {}
        if not here or state.get("position") == here["position"]:
            return False
        if here["turn"] == "item" and here["place"] == here["position"]:
            state["position"] = -1  # behind, until the due step is done elsewhere
            return False
        return True

    @property
    def heading(self) -> str:
        """The name of the screen."""
        found = HEADING.search(self.body)
        return html.unescape(found[1]).strip() if found else ""


@dataclass
class Trainee:
    """Somebody at a seat. ``seeds``: of every seat by its code, from which he knows his passwords."""

    browser: Browser
    chance: random.Random
    seeds: Mapping[str, int]
    course: str
    mode: str
    think_seconds: float  # on average, before every page
    windows: dict[str, Window] = field(default_factory=dict)

    async def take_part(self, class_code: str, name: str) -> None:
        """Everything, until he is stopped."""
        front = await self.browser.open(SCREEN, "/")
        sent = [("csrf", _token(front.body)), ("class_code", class_code), ("name", name)]
        await self.browser.open("joining", "/join", sent)
        asking = asyncio.create_task(self._ask_for_the_class())
        try:
            while True:
                await self._practise()
        finally:
            asking.cancel()

    async def _ask_for_the_class(self) -> None:
        etag, every = "", float(class_news.IN_A_CLASS)
        while True:
            await asyncio.sleep(every / 1000)
            answer = await self.browser.ask(COACH, "/my/pulse", etag=etag)
            if answer.body:
                etag, every = answer.headers["etag"], json.loads(answer.body)["every"]

    async def _practise(self) -> None:
        try:
            await self._begin()
            for click in JOURNEYS[self.course](people(self.seeds[self._seat])):
                await self._think()
                await self._do(click)
        except AstrayError as error:
            self.browser.tally.errors.append(str(error))
        self.windows.clear()
        await self._think()
        self.course = course_after(self.course)

    @property
    def _seat(self) -> str:
        """His cookie names his seat; nobody else's browser has one like it."""
        cookie = next(value for name, value in self.browser.cookies.items() if name.endswith("densai-my"))
        return cookie.partition(".")[0]

    async def _think(self) -> None:
        await asyncio.sleep(self.chance.uniform(0, 2 * self.think_seconds))

    async def _begin(self) -> None:
        page = await self.browser.open(SCREEN, "/my")
        await self._think()
        sent = [("csrf", _token(page.body)), ("course", self.course), ("mode", self.mode)]
        await self._open("a", SCREEN, "/my/start", sent, HOME)

    async def _do(self, click: Click) -> None:
        await self._look_over(self.windows[click.window])
        if not click.words:
            await self._close(click.window)
            return
        path, sent = _target(self.windows[click.window], click)
        kind = PASSWORD if click.password else SCREEN
        await self._open(click.into or click.window, kind, path, sent, click.screen)

    async def _open(self, window: str, kind: str, path: str, sent: Fields | None, screen: str) -> None:
        answer = await self.browser.open(kind, path, sent)
        shown = self.windows[window] = Window(answer.path, answer.body, _state(answer.body))
        if shown.heading != screen:
            message = f"{self.course}: {shown.heading!r} instead of {screen!r} at {answer.path}"
            raise AstrayError(message)
        here = shown.state or {}
        await self._ask_anew([other for other in self._others(window) if other.is_behind(here)])

    def _others(self, window: str) -> list[Window]:
        return [shown for name, shown in self.windows.items() if name != window and shown.state]

    async def _ask_anew(self, windows: list[Window]) -> None:
        await asyncio.gather(*(self._refresh(shown) for shown in windows))

    async def _refresh(self, shown: Window) -> None:
        page = (shown.state or {}).get("page", {})
        answer = await self.browser.ask(COACH, f"/my/coach?{urlencode(page)}")
        shown.state = json.loads(answer.body)

    async def _look_over(self, shown: Window) -> None:
        """「確認しました」 in the coach, where a step is a look."""
        step = (shown.state or {}).get("step") or {}
        if step.get("unseen") and any(action["do"] == "review" for action in step["actions"]):
            await self._pass(shown, step["key"])

    async def _close(self, window: str) -> None:
        shown = self.windows.pop(window)
        step = (shown.state or {}).get("step") or {}
        if step.get("unseen"):
            await self._pass(shown, step["key"])
        await self._ask_anew(self._others(window))

    async def _pass(self, shown: Window, key: str) -> None:
        state = shown.state or {}
        sent = [("csrf", state["csrf"]), *state["page"].items(), ("key", key)]
        await self.browser.ask(COACH, state["urls"]["passed"], sent)


def _token(body: str) -> str:
    found = TOKEN.search(body)
    if not found:
        raise AstrayError("a page without a form token")
    return found[1]


def _state(body: str) -> dict[str, Any] | None:
    found = STATE.search(body)
    return json.loads(html.unescape(found[1])) if found else None


def _target(shown: Window, click: Click) -> tuple[str, Fields | None]:
    """Where a click goes, with what its form sends."""
    words = re.escape(click.words)
    if link := re.search(LINK.format(words), shown.body):
        return html.unescape(link[1]), None
    for attributes, inside in FORM.findall(shown.body):
        form = dict(ATTRIBUTE.findall(attributes))
        own = re.search(BUTTON.format(words), inside) or re.search(
            OUTSIDE.format(re.escape(form.get("id", "-")), words), shown.body
        )
        if own and click.row in form["action"]:
            sent = _fields(inside, click)
            return html.unescape(form["action"]), sent if form["method"] == "post" else None
    message = f"no {click.words!r} on {shown.heading!r}"
    raise AstrayError(message)


def _fields(inside: str, click: Click) -> Fields:
    sent = list(click.typed.items())
    for box in INPUT.findall(inside):
        held = dict(ATTRIBUTE.findall(box))
        if held.get("type") == "hidden" or (click.tick_all and held.get("type") == "checkbox"):
            sent += [(held["name"], held.get("value", ""))] if "name" in held else []
    return sent
