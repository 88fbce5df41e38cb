"""A trainee without a browser: he has windows, and does in them what a step or the coach asks for.

What is done where is never written here: it comes from the courses' own sentences, as the coach in the
page gets them, and things are found by the words on the pages.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from simulator.bank.people import people as people_of
from simulator.manual.grammar import Press
from simulator.manual.wording import fold
from simulator.training import classes, knowledge, practice
from simulator.training.guide import Guidance
from simulator.training.lessons import FIRST, LIST, LOGIN, courses, item_of
from simulator.training.step_view import Sight, step_view
from tests.screens.browsers import ClientBrowser
from tests.screens.visitor import Visitor

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from simulator.domain.world import Kind
    from simulator.manual.grammar import Action
    from simulator.store.training import Member, TrailRow, Training
    from simulator.training.coach_state import CoachState, Shown, Step
    from simulator.training.lessons import Course, Item
    from simulator.training.practice import Going
    from tests.screens.banks import Bank
    from tests.screens.pages import Element, Form

Doing = dict[str, Any]
Filled = dict[str, "str | list[str]"]
HOME_WINDOW = "a"
MOST_STEPS = 200
EVERYTHING: Shown = {"sentence": True, "values": True, "marker": True}
APPROVAL = "承認パスワード変更"
QUESTION = "別の練習に切り替えますか？"


def sit_down(bank: Bank, seed: int, kind: type[Trainee] | None = None) -> Trainee:
    """A new seat for self-study, joined by its code as from a new browser."""
    kept: Training = bank.app.extensions["densai-training"]
    member = classes.sit_alone(kept, seed)
    assert member
    return (kind or Trainee)(bank, kept, member)


class Trainee:
    """One person at his seat; the window in front is the last of ``windows``."""

    def __init__(self, bank: Bank, kept: Training, member: Member) -> None:
        seat = bank.worlds.seat(member.seat)
        assert seat
        self.kept, self.member, self.seat = kept, member, seat
        self.people = people_of(seat.seed)
        self.browser = ClientBrowser(bank.app)
        self.windows: dict[str, Visitor] = {}
        self.who: Kind = "master"
        self._held: Doing = {}
        self.desk = Visitor(self.browser, seat).get("/").press("席を開く", seat_code=member.code)

    # What is kept of him ----------------------------------------------------------------------

    @property
    def going(self) -> Going:
        """His latest practice as it is kept."""
        found = practice.current(self.kept, self.seat.code)
        assert found
        return found

    @property
    def outcome(self) -> str:
        return self.going.row.outcome

    @property
    def wrong(self) -> str:
        """The step that the verdict names; "" for a pass."""
        verdict = self.going.practice.verdict
        assert verdict
        return verdict.wrong

    @property
    def reasons(self) -> str:
        verdict = self.going.practice.verdict
        assert verdict
        return " ".join(verdict.reasons)

    def trail(self, kind: str) -> list[TrailRow]:
        """Return the trail's events of this kind, oldest first."""
        return [entry for entry in reversed(self.kept.trail_of(self.seat.code)) if entry.kind == kind]

    # His own page -----------------------------------------------------------------------------

    def post(self, address: str, **form: str) -> Visitor:
        """Send a form of training."""
        token = self.desk.get("/my").page.box("csrf").attrs["value"]
        return self.desk.post(f"/my/{address}", [("csrf", token), *form.items()])

    def begin(self, course: str, mode: str = "measure", *, keep: bool = False) -> Course:
        """Begin a course on his own page; the home page opens."""
        self.windows = {HOME_WINDOW: Visitor(self.browser, self.seat)}
        self.who = courses()[course].items[0].who
        if self.post("start", course=course, mode=mode, keep="1" if keep else "").heading == QUESTION:
            self.desk.press(next(each for each in self.desk.page.buttons if each.endswith("切り替える")))
        self.front.get(self._home)
        return courses()[course]

    def sit_down_anew(self) -> None:
        """Have nothing but the home page open, as after the windows of before were closed."""
        self.windows = {HOME_WINDOW: Visitor(self.browser, self.seat)}
        self.front.get(self._home)

    def submit(self) -> None:
        """Hand in what was begun last, by the form of its own page."""
        going = self.going
        self.post("submit", practice=str(going.row.id), key=going.practice.submit_key)

    # His windows ------------------------------------------------------------------------------

    @property
    def front(self) -> Visitor:
        return list(self.windows.values())[-1]

    def bring(self, screen: str) -> bool:
        """Put the window that shows this screen in front, if there is one."""
        for name, window in self.windows.items():
            if window.status and window.heading == screen:
                self._use(name)
                return True
        return False

    def _use(self, name: str) -> Visitor:
        window = self.windows.pop(name, None) or self.front.another_window()
        self.windows[name] = window
        return window

    def close(self) -> None:
        """Close the window in front."""
        if len(self.windows) > 1:
            self.windows.popitem()

    def reload(self) -> None:
        self.front.get(self.front.path)

    # Doing what a step asks for ---------------------------------------------------------------

    def play(self, items: Sequence[Item], until: str = "") -> None:
        """Do these steps, each from its own screen; ``until``: up to this one, without it."""
        for item in items:
            if item.key == until:
                return
            self.do_step(item)

    def do_step(self, item: Item, **changed: str | list[str]) -> None:
        """Do one step, or do it wrong: with other values in these fields."""
        self.stand_at(item)
        self.do(self.told(item), **changed)

    def told(self, item: Item) -> list[Doing]:
        """Return the actions that the page's coach would be given at a step."""
        course = courses()["all"] if item.key in {each.key for each in courses()["all"].items} else None
        course = course or courses()[item.key.partition(".")[0]]
        told, world = Guidance("item", item, item.actions, due=item), self.seat.read()
        sight = Sight(course, world, self.people, EVERYTHING, (), self._home)
        values = knowledge.values_of(item.actions, item.who, world, self.people)
        step = step_view(told, values, sight)
        assert step
        return _doings(step, item.screen if any(_says_where(a) for a in item.actions) else "")

    @property
    def _home(self) -> str:
        return f"/bank/{self.seat.code}/"

    def stand_at(self, item: Item) -> None:
        """Bring the screen of a step to the front; logs in and enters the service where need be."""
        if item.who != self.who:
            self.windows, self.who = {HOME_WINDOW: Visitor(self.browser, self.seat)}, item.who
        if not item.screen or _may_be_gone(item) or self.bring(item.screen):
            return
        for step in self._way_to(item.screen):
            self.do(self.told(replace(step, who=item.who)))
        assert self.front.heading == item.screen

    def _way_to(self, screen: str) -> Iterator[Item]:
        if not self.bring(LIST):
            yield from map(item_of, ("1-1.1", "1-1.2", "1-1.3"))
            if screen == LOGIN:
                return
            yield item_of("1-1.4")
            if screen == FIRST:
                return
            if self.front.heading == FIRST:
                yield item_of("1-2.1")
        if screen == LIST:
            return
        yield item_of("1-3.1")
        if screen != APPROVAL and self.front.heading == APPROVAL:
            yield from map(item_of, ("3-3.2" if self.who == "general" else "1-3.2", "1-3.3"))

    def do(self, actions: Sequence[Doing], **changed: str | list[str]) -> None:
        """Carry out actions as the coach in the page is told them."""
        typed: Filled = {}
        for action in actions:
            match action["do"]:
                case "fill":
                    typed[self._box_of(action)] = action["value"]
                case "tick":
                    typed |= _ticked(action)
                case "press":
                    self.press(action, {**typed, **changed})
                case _:
                    self._go(action)

    def _go(self, action: Doing) -> None:
        """From window to window; what is only looked at or left empty needs no doing."""
        match action["do"]:
            case "open":
                self._use(HOME_WINDOW).get(action["url"])
            case "show":
                self._show(action["names"][0], action["about"])
            case "close":
                self.close()
            case "outside":
                self.post("outside", what=action["what"])

    def press(self, action: Doing, typed: Filled) -> None:
        """Press a button or a tab. One that asks first is held until its dialog is answered by OK."""
        if action["native"]:
            action, typed = {**self._held, "asks": False}, {}
        if action["only_if_shown"]:
            return  # the question on closing a window never reaches the bank
        if action["asks"]:
            self._held = action
            return
        if action.get("screen"):
            assert self.bring(action["screen"]), action["screen"]
        if action["kind"] == "tab":
            self.front.follow(action["label"])
            return
        self.send(self.front.page.form(action["label"], action["row"]), **typed)

    def send(self, form: Form, **typed: str | list[str]) -> None:
        """Send a form from the window in front, into the window that it opens."""
        window = self._use(form.element.attrs["target"]) if "target" in form.element.attrs else self.front
        data = form.data(**typed)
        if form.method == "GET":
            pairs = "&".join(f"{name}={value}" for name, value in data)
            window.get(f"{form.action}?{pairs}" if pairs else form.action)
        else:
            window.post(form.action, data)

    def push(self, label: str, row: str = "", **typed: str | list[str]) -> None:
        """Press a button of the window in front, whatever a step says."""
        self.send(self.front.page.form(label, row), **typed)

    def _show(self, subject: str, about: str) -> None:
        found = [words for words in self.front.page.links if fold(words) == fold(subject)]
        if about and not found:
            found = [words for words in self.front.page.links if fold(about) in fold(words)]
        self.front.follow(found[0])

    def _box_of(self, action: Doing) -> str:
        """The name of the box that these words label, or of the one after it."""
        page = self.front.page
        wanted = {fold(name) for name in action["names"]}
        labelled = [
            label.attrs["for"]
            for label in page.top.all("label")
            if "for" in label.attrs and fold(label.text) in wanted
        ]
        boxes: list[str] = [box.attrs["name"] for box in page.top.all("input") if _is_typed(box)]
        return boxes[boxes.index(labelled[0]) + int(action["again"])]

    def go_on(self, items: Sequence[Item]) -> None:
        """Do those of these steps whose screen is in front: some are only there after right play."""
        for item in items:
            if item.screen == self.front.heading:
                self.do(self.told(item))

    def goes_back(self) -> bool:
        """Press 戻る, where there is one."""
        there = not self.outcome and "戻る" in self.front.page.buttons
        if there:
            self.push("戻る")
        return there

    def leave_everything(self) -> None:
        """Both logouts, from トップ."""
        self.push("ログアウト")
        self.close()
        self.push("ログアウト")
        self.close()

    # Following the coach ----------------------------------------------------------------------

    def state(self) -> CoachState:
        """Return the state of the coach in the window in front."""
        found: CoachState = json.loads(next(self.front.page.top.all("densai-coach")).attrs["data-state"])
        return found

    def follow_the_coach(self) -> None:
        """Do what the coach says on the page in front, until the course is over."""
        self.windows = {HOME_WINDOW: Visitor(self.browser, self.seat)}
        self.front.get(self._home)
        for _ in range(MOST_STEPS):
            if self.outcome:
                return
            self._follow(self.state())
        raise AssertionError(f"the coach leads nowhere: {self.front.heading}, {self.state()['step']}")

    def _follow(self, told: CoachState) -> None:
        step, before = told["step"], self.front.heading
        if told["turn"] == "off" or step is None:
            self._turn_away(told)
            return
        self.do(_doings(step))
        if told["turn"] == "prep" and step["follows"]:
            self.press({**self._held, "native": True}, {})  # OK, as it says
        if step["unseen"] and told["turn"] == "item":
            self.post("passed", key=step["key"])
        if step["unseen"] or self.front.heading == before:
            self.reload()

    def _turn_away(self, told: CoachState) -> None:
        """To the window that leads on; one with nothing more to do is closed."""
        order = [told["windows"]["names"][id_] for id_ in told["windows"]["order"]]
        here = next(reversed(self.windows))
        open_ = [name for name in ("a" if n.endswith("-a") else n for n in order) if name in self.windows]
        others = [name for name in open_ if name != here]
        if others:
            self._use(others[0])
        else:
            self.close()
        self.reload()


def _says_where(action: Action) -> bool:
    return isinstance(action, Press) and bool(action.screen)


def _doings(step: Step, screen: str = "") -> list[Doing]:
    """The actions of a step with what is typed and checked in them. screen: of a button said to be on it."""
    boxes = [box for group in step["checks"] for box in group["boxes"]]
    found: list[Doing] = []
    for action in step["actions"]:
        doing: Doing = {**action, "screen": screen, "checked": boxes}
        if action["do"] == "outside":
            doing["what"] = step["buttons"][0]["id"]
        if action["do"] == "fill":
            doing["value"] = step["values"][action["of"]]["value"]
        found.append(doing)
    return found


def _may_be_gone(item: Item) -> bool:
    last = item.actions[-1]
    return isinstance(last, Press) and last.only_if_shown


def _is_typed(box: Element) -> bool:
    return box.attrs.get("type", "text") in ("text", "password") and "name" in box.attrs


def _ticked(action: Doing) -> Filled:
    """The boxes that are ticked, by the name of their fields."""
    return {
        name: [box["value"] for box in action["checked"] if box["name"] == name]
        for name in ("rights", "accounts")
    }
