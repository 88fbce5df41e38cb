"""Does the actions of a sentence in the browser: one method for each kind of action."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Locator, Page

from simulator.manual.grammar import (
    Action,
    CloseWindow,
    Field,
    Fill,
    LeaveEmpty,
    Outside,
    Press,
    Review,
    Show,
    Tick,
)
from simulator.manual.wording import fold, is_home_page, link_of
from steps.driver.attempt_observer import Attempts, Uncounted
from steps.driver.equal_things import EqualThings
from steps.driver.failure import NotTypeable, StepFailure
from steps.driver.find import Finder
from steps.driver.looks import Looks
from steps.driver.obstacles import DISABLED, click, tick, why_not
from steps.driver.profile import PLAIN, Asking, Profile
from steps.driver.story import Story
from steps.driver.text_patterns import containing
from steps.driver.typing_in import Typed
from steps.driver.use_observer import Untold, Uses, nothing, untold
from steps.driver.windows import ACCEPTING, DISMISSING, SLICE_MS, Windows

CLOSE = Press("閉じる", "button")
CLOSE_BY_HAND = "このウィンドウを閉じてください"


class Hands:
    """Types, ticks and clicks in one browser, for the person of the story.

    home: the address of the bank's home page. before_click: called with the page right before each click,
    for the evidence. attempts: counts passwords. on_press: called with a button's label as the last thing
    before it is clicked, for the progress. uses: is told of each thing before it is used, for its picture.
    """

    def __init__(
        self, windows: Windows, find: Finder, story: Story, home: str, profile: Profile = PLAIN
    ) -> None:
        self._windows, self._find, self._story, self.home = windows, find, story, home
        self._equal = EqualThings(windows, find, profile)
        self._rules, self._waits = profile.windows, profile.timeouts
        self._press_first = profile.typing.press_first
        # Whether the site has done at once what the next sentence would confirm.
        self._unasked = False
        # What was typed since the last press.
        self._typed: list[Typed] = []
        self.before_click: Callable[[Page], None] = nothing
        self.attempts: Attempts = Uncounted()
        self.on_press: Callable[[str], None] = untold
        self.uses: Uses = Untold()

    def perform(self, actions: Sequence[Action], following: Sequence[Action] = ()) -> None:
        """Do the actions of one sentence.

        following: the actions of the next sentence, which may answer a dialog that this one opens.
        """
        for place, action in enumerate(actions):
            after = [*actions[place + 1 :], *following]
            if isinstance(action, Press):
                self.press(action, after)
            elif isinstance(action, CloseWindow):
                self._close_window(after)
            else:
                self._do(action)

    def _do(self, action: Show | Fill | Tick | Review | LeaveEmpty | Outside) -> None:
        match action:
            case Show(page):
                self._show(page)
            case Fill(fields):
                for field in fields:
                    self.fill(field)
            case Tick(_, boxes):
                self._tick(boxes)
            case Review(what):
                self._review()
                self.uses.using("review", what, None)
            case LeaveEmpty():
                self._leave_empty()
            case Outside(what):
                self._story.go_outside(what)

    def open(self, address: str) -> int:
        """Go to an address in the window that no page opened; return the status of the answer, 0 for none."""
        window = self._windows.first()
        answer = window.goto(address, wait_until="domcontentloaded")
        self._windows.use(window)
        return answer.status if answer else 0

    def _show(self, page: str) -> None:
        """Open the home page by its address, and every other page by the link to it."""
        if is_home_page(page):
            self.open(self.home)
            return
        subject, about = link_of(page)
        link = self._find.link(subject, about=about)
        self._find.in_front.make_way(link)
        self.before_click(link.page)
        self.uses.using("press", subject, link)
        link.click()
        if about:
            self._find.screen_about(about)

    def fill(self, field: Field) -> None:
        """Type one field, and once more beside it where the manual says twice."""
        value = self._story.value(field)
        owner = self._story.person(field.owner) if field.owner else self._story.me
        self.attempts.typed(field.word, owner.login_id, value, field.value or "")
        # A name may be written with another space; what a feature chose must stand there to the letter.
        exact = field.value is not None
        self._type(Typed(self._find.field(field.word), value, field.word, exact))
        if field.times > 1:
            self._type(
                Typed(self._find.field(field.word, second=True), value, field.word, exact, second=True)
            )

    def type_again(self, word: str, value: str) -> None:
        """Type a value, as a feature spells it, into the second place of a field alone."""
        typed = self._story.spelled(value)
        self.attempts.typed(word, self._story.me.login_id, typed, f"{value}（2 箇所目だけ）")
        self._type(Typed(self._find.field(word, second=True), typed, word, exact=True, second=True))

    def _type(self, typed: Typed) -> None:
        self.uses.using("fill", typed.word, typed.field, typed.value)
        typed.fill(self._press_first, Looks(self._waits.perhaps, self._windows.pass_time))
        self._typed = [each for each in self._typed if not typed.replaces(each)] + [typed]
        self._read_back()

    def _read_back(self) -> None:
        """Look whether all that was typed stands in its field. Raises NotTypeable."""
        try:
            for each in self._typed:
                each.read_back()
        except NotTypeable:
            self._typed.clear()
            self.attempts.abandoned()
            raise

    def _tick(self, boxes: Sequence[Sequence[str]]) -> None:
        """Tick every box that there is, or exactly those of the table."""
        wanted = [self._box(*row) for row in boxes]
        for box in self._find.every("checkbox"):
            if bool(wanted) == box.is_checked():
                self._set(box, ticked=not wanted)
        for box in wanted:
            self._set(box, ticked=True)

    def _set(self, box: Locator, *, ticked: bool) -> None:
        self._find.in_front.close_notices()
        self.uses.using("tick", "", box)
        tick(box, ticked=ticked)

    def _box(self, thing: str, label: str) -> Locator:
        if fold(thing) == "口座":
            return self._find.account(label)
        return self._find.box(thing, label)

    def _review(self) -> None:
        """Wait until the screen shows the new user's data. Raises StepFailure."""
        for _ in Looks(self._waits.find, self._find.breathe):
            if not (missing := self._unseen()):
                return
        raise StepFailure(f"画面に「{missing[0]}」が表示されていません。")

    def _unseen(self) -> list[str]:
        """Return the data that are not on the screen, which may still be drawing itself."""
        text = fold(self._find.words_in_front())
        return [value for value in self._story.seen() if fold(value) not in text]

    def _leave_empty(self) -> None:
        if any(box.input_value() for box in self._find.every("textbox")):
            raise StepFailure("入力しないはずの欄に、すでに値が入っています。")

    def press(self, press: Press, after: Sequence[Action] = ()) -> None:
        """Press a button or a tab, of the page or of the native dialog that is open."""
        if self._windows.dialog and press.label in (*ACCEPTING, *DISMISSING):
            self.uses.using("answer", press.label, None)
            self._windows.answer(press.label)
            return
        if self._unasked and press.label in ACCEPTING:
            self._unasked = False
            return
        if press.only_if_shown and not self._find.now(press):
            return
        target = self._target(press)
        self._leave_fields(target)
        self._find.in_front.make_way(target)
        self.before_click(target.page)
        self.uses.using("press", press.label, target)
        self.attempts.pressing(press.label)
        self.on_press(press.label)
        self._windows.clicking(target.page)
        if _answers(after, "OK", "キャンセル"):
            self._unasked = self._click_and_be_asked(target, self._rules.confirm, after[0])
            return
        click(target)

    def _leave_fields(self, button: Locator) -> None:
        """Leave what was typed as it is sent; typed by keys where only these switch the button on."""
        if not self._typed:
            return
        if why_not(button) == DISABLED:
            for each in self._typed:
                each.by_keys()
        self._typed[-1].leave()
        self._read_back()
        self._typed.clear()

    def _target(self, press: Press) -> Locator:
        if press.number:
            return self._equal.numbered(press)
        return self._find.pressable(press, self._story.in_row(press.row))

    def _click_and_be_asked(self, target: Locator, asking: Asking, answer: Action) -> bool:
        """Click what asks for confirmation first; return whether the site turned out not to ask."""
        if asking in ("html", "none"):
            click(target)
            return asking == "none"
        if self._windows.click_for_dialog(target, must_come=asking == "native"):
            return False
        assert isinstance(answer, Press)
        return not self._find.soon(answer)

    def _close_window(self, after: Sequence[Action] = ()) -> None:
        """Close the window in front by its 閉じる, or by hand where it has none."""
        if self._windows.left_by_itself():
            return
        page = self._windows.front
        button = self._close_button()
        if not button and self._rules.new_window:
            page.close()
            return
        if not button:
            self._leave_service()
            return
        self._find.in_front.make_way(button)
        self.before_click(page)
        self.uses.using("press", CLOSE.label, button)
        if self._rules.closes == "native" and _answers(after, *ACCEPTING):
            self._windows.click_for_dialog(button)
            return
        click(button)
        if self._rules.new_window:
            self._wait_for_closing(page, after)

    def _leave_service(self) -> None:
        """Go back to サービス一覧 where a site has one window alone, so that none can be closed."""
        if way := self._find.way_to("サービス一覧"):
            self._find.in_front.make_way(way)
            self.before_click(way.page)
            click(way)

    def _close_button(self) -> Locator | None:
        """Return the 閉じる of the window in front; waits for it where a site has one window alone."""
        found = self._find.here(CLOSE)
        if found or self._rules.new_window or not self._find.soon(CLOSE):
            return found
        return self._find.here(CLOSE)

    def _wait_for_closing(self, page: Page, after: Sequence[Action]) -> None:
        """Wait until the window has closed, or asks what the next sentence answers. Raises StepFailure."""
        asks = after[0] if _answers(after, *ACCEPTING, *DISMISSING) else None
        for _ in Looks(self._waits.find, lambda: None):  # a look waits by itself
            if page.is_closed() or _settled(page):
                return
            if isinstance(asks, Press) and self._find.here(asks):
                return
        raise StepFailure("ウィンドウが閉じません。")


def _answers(after: Sequence[Action], *labels: str) -> bool:
    """Return whether the next sentence presses one of these buttons of a dialog."""
    return bool(after) and isinstance(after[0], Press) and after[0].label in labels


def _settled(page: Page) -> bool:
    """Return whether a window has closed or asks first; close it if it says that it cannot close itself."""
    try:
        if page.get_by_role("dialog").count():
            return True
        if page.get_by_text(containing(CLOSE_BY_HAND)).filter(visible=True).count():
            page.close()
            return True
        page.wait_for_event("close", timeout=SLICE_MS)
    except PlaywrightError:
        return page.is_closed()
    return True
