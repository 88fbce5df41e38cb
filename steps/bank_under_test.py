"""One bank as the steps see it: a browser's windows, the hands at them, and the story so far."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

from playwright.sync_api import BrowserContext

from simulator.bank.people import People, people
from simulator.manual.grammar import Action, Press, SentenceError, parse
from simulator.manual.procedures import Procedure, procedure
from simulator.store import Seat
from steps.driver.attempt_observer import is_asked
from steps.driver.failure import StepFailure
from steps.driver.find import Finder
from steps.driver.hands import Hands
from steps.driver.profile import PLAIN, Profile
from steps.driver.reading import Reader
from steps.driver.windows import Windows
from steps.story import OWN_APPROVAL_PASSWORD, OWN_PASSWORD, Story

LOG_IN = "1-1"
JAPAN = timezone(timedelta(hours=9))
ENTER = Press("しんきん電子記録債権サービス", "button")


class BankUnderTest:
    """What a scenario works with.

    home is the address of the front page. A 前提 that logs in begins there too, or at door: the address of
    案内画面, where that is known. On a journey nothing is prepared: a 前提 only says whether the journey has
    got that far.
    """

    def __init__(
        self,
        context: BrowserContext,
        seat: Seat | None,
        home: str,
        *,
        door: str = "",
        journey: bool = False,
        who: People | None = None,
        profile: Profile = PLAIN,
    ) -> None:
        self.door, self.journey, self.profile = door, journey, profile
        both = who or people(seat.seed if seat else 0)
        self.story = Story(seat, both, both.master)
        self.windows = Windows(context)
        self.find = Finder(self.windows, profile)
        # Only a site of somebody else needs reading by its words; here roles say more.
        self.reader = None if profile is PLAIN else Reader(self.windows, self.find, profile)
        self.hands = Hands(self.windows, self.find, self.story, home, profile.windows)
        self.following: Sequence[Action] = ()

    def start_after(self, id_: str) -> None:
        """The bank as this procedure leaves it."""
        if not self.journey:
            self.story.start_after(id_)
        elif id_ and id_ not in self.story.done:
            raise StepFailure(f"手順{id_}が終わっていないため、続きを実行できません。")

    def sit_down(self, person: str) -> None:
        """Let this person take the keyboard; whoever sat there before closes the bank's windows first."""
        before, self.story.me = self.story.me, self.story.person(person)
        if before is not self.story.me and not self.journey:
            self.windows.close_opened()
            if not self.profile.windows.new_window:
                self.hands.open(self.hands.home)  # what stands there is the other person's

    def do(self, sentence: str, rows: Sequence[Sequence[str]] = ()) -> None:
        """Do what a sentence says."""
        self.hands.perform(parse(sentence, rows), self.following)

    def play(self, id_: str) -> None:
        """Do every step of a procedure, from the screen that it begins on."""
        each = procedure(id_)
        self.reach(each.start)
        for place, step in enumerate(each.steps):
            after = each.steps[place + 1 :][:1]
            self.hands.perform(step.actions, [action for next_ in after for action in next_.actions])
            if step.next_screen:
                self.arrive(step.next_screen)

    def arrive(self, screen: str) -> None:
        """Wait for the screen that should come next, and work in its window."""
        page = self.find.screen(screen)
        if self.windows.perhaps_goes_on(page):  # what stood there was the screen of an earlier click
            page = self.find.screen(screen)
        self.windows.use(page)

    @contextmanager
    def refusing(self) -> Iterator[None]:
        """Around the look at a refusal, for a bank at which the contrary must stop everything."""
        yield

    def refused(self, word: str) -> None:
        """A form has come back with a fault at this field: whoever counts passwords hears of it."""
        self.hands.attempts.refused(asked=is_asked(word))

    def today(self) -> date:
        """The bank's own day: a training bank's may be moved, a real one's is Japan's."""
        if self.story.seat:
            return self.story.seat.read().now().date()
        return datetime.now(JAPAN).date()

    def expects(self, sentences: Sequence[str]) -> None:
        """Take note of what comes next: a native dialog is held for the sentence that answers it."""
        self.following = ()
        for sentence in sentences:
            try:
                self.following = parse(sentence)
            except SentenceError:
                continue  # a line that checks
            return

    def reach(self, screen: str) -> None:
        """Bring a screen to the front, through the screens before it.

        Logs in, and does the steps of the next procedure that leads there. Raises StepFailure.
        """
        if found := self.find.shows(screen):
            self.windows.use(found)
            return
        if self.journey:
            raise StepFailure(f"「{screen}」画面が表示されていません。")
        for actions, next_screen in self._way(screen):
            self.hands.perform(actions)
            self.arrive(next_screen)

    def _way(self, screen: str) -> Iterator[tuple[Sequence[Action], str]]:
        """The sentences to play, each with the screen that follows, up to this one."""
        if not self._is_inside(screen):
            yield from self._to_list(screen)
        if screen not in ("ログイン", "ログインパスワード変更", "サービス一覧"):
            yield from self._beyond_list(screen)

    def _is_inside(self, screen: str) -> bool:
        """Whether this person's windows already stand where the way there begins."""
        return screen != "ログイン" and any(self.find.shows(start) for start in ("トップ", "サービス一覧"))

    def _to_list(self, screen: str) -> Iterator[tuple[Sequence[Action], str]]:
        *before, login = procedure(LOG_IN).steps
        if self.door:
            self.hands.open(self.door)
            before = [replace(before[-1], actions=before[-1].actions[-1:])]
        for step in before:
            yield step.actions, step.next_screen
        if screen == "ログイン":
            return
        own = OWN_PASSWORD[self.story.me.kind]
        first = "サービス一覧" if own in self.story.done else "ログインパスワード変更"
        yield login.actions, first
        if first != screen and own not in self.story.done:
            yield from self._steps_of(own)
            self.story.done.append(own)

    def _beyond_list(self, screen: str) -> Iterator[tuple[Sequence[Action], str]]:
        if screen in ("トップ", "承認パスワード変更"):
            yield from self._into_service(screen)
            return
        chosen = self._leading_to(screen)
        if chosen.start == "トップ" and not self.find.shows("トップ"):
            yield from self._into_service("トップ")
        for step in chosen.steps:
            yield step.actions, step.next_screen
            if step.next_screen == screen:
                return

    def _into_service(self, screen: str) -> Iterator[tuple[Sequence[Action], str]]:
        own = OWN_APPROVAL_PASSWORD[self.story.me.kind]
        stops = screen != "トップ" or (own not in self.story.done and self._must_set_approval())
        yield (ENTER,), "承認パスワード変更" if stops else "トップ"
        if stops and screen == "トップ":
            yield from list(self._steps_of(own))[1:]
            self.story.done.append(own)

    def _must_set_approval(self) -> bool:
        """The master always; a general user where the master has given him an initial one (R19)."""
        return self.story.me.kind == "master" or "2-3" in self.story.done

    def _steps_of(self, id_: str) -> Iterator[tuple[Sequence[Action], str]]:
        for step in procedure(id_).steps:
            yield step.actions, step.next_screen

    def _leading_to(self, screen: str) -> Procedure:
        for id_ in self.story.next_procedures():
            if any(step.next_screen == screen for step in procedure(id_).steps):
                return procedure(id_)
        raise StepFailure(f"「{screen}」画面への行き方が分かりません。")
