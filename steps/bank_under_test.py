"""The bank under test, as the steps use it: a browser's windows, what acts in them, and the story so far."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
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
from steps.driver.questions import Questions, Way
from steps.driver.role_questions import RoleQuestions
from steps.driver.story import OWN_APPROVAL_PASSWORD, OWN_PASSWORD, Story
from steps.driver.windows import Windows
from steps.driver.word_questions import WordQuestions

LOG_IN = "1-1"
JAPAN = timezone(timedelta(hours=9))
ENTER = Press("しんきん電子記録債権サービス", "button")
BACK = Press("戻る", "button")


@dataclass(frozen=True)
class Tried:
    """A form that was sent with a value of a feature: its field, and the screens that follow a right one."""

    word: str
    leads_to: Sequence[str]


class BankUnderTest:
    """The bank that a scenario works with.

    home: the address of the front page. door: the address of 案内画面, where a 前提 that logs in begins; ""
    to begin at home. journey: nothing is prepared; a 前提 only checks that the journey has got that far. who:
    the people, those of the seat by default. way: how the questions of ならば are answered.
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
        way: Way = "roles",
    ) -> None:
        self.door, self.journey, self.profile = door, journey, profile
        both = who or people(seat.seed if seat else 0)
        self.story = Story(seat, both, both.master)
        self.windows = Windows(context, profile.timeouts)
        self.find = Finder(self.windows, profile, by_words=way == "words")
        answers = RoleQuestions if way == "roles" else WordQuestions
        self.ask: Questions = answers(self.windows, self.find, profile)
        self.find.in_front.on_closed = self.ask.remarks.noted
        self.hands = Hands(self.windows, self.find, self.story, home, profile)
        self.following: Sequence[Action] = ()
        # The form that was tried last, as long as nothing else was done.
        self.tried: Tried | None = None

    def start_after(self, id_: str) -> None:
        """Put the bank into the state in which this procedure leaves it. Raises StepFailure on a journey."""
        if not self.journey:
            self.story.start_after(id_)
        elif id_ and id_ not in self.story.done:
            raise StepFailure(f"手順{id_}が終わっていないため、続きを実行できません。")

    def sit_down(self, person: str) -> None:
        """Change to this person; the windows of the person before are closed first."""
        before, self.story.me = self.story.me, self.story.person(person)
        if before is not self.story.me and not self.journey:
            self.windows.close_opened()
            if not self.profile.windows.new_window:
                self.hands.open(self.hands.home)  # the one window still shows the other person's session

    def do(self, sentence: str, rows: Sequence[Sequence[str]] = ()) -> None:
        """Do what a sentence says; rows are the table below it."""
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
        """Wait for the screen that should come next, and put its window in front. Raises StepFailure."""
        page = self.find.screen(screen)
        if self.windows.perhaps_goes_on(page):  # the window still showed the screen of an earlier click
            page = self.find.screen(screen)
        self.windows.use(page)

    @contextmanager
    def refusing(self) -> Iterator[None]:
        """Return a context for checking a refusal; a deployed bank stops the run when it fails."""
        yield

    def refused(self, word: str) -> None:
        """Note, for the counting of passwords, that a form has come back with an error at this field."""
        self.hands.attempts.refused(asked=is_asked(word))

    def go_back(self) -> None:
        """Go back to the page before, in the window in front. Raises StepFailure."""
        if refusal := self.windows.go_back():
            self.ask.remarks.noted(f"前の画面に戻ると、ブラウザーのエラーが表示されました（{refusal}）。")

    def bring_back(self) -> None:
        """Bring the form back that was tried last, where a site has refused it with another screen."""

    def today(self) -> date:
        """Return the bank's date: a training bank's own, which may be moved, or today's in Japan."""
        if self.story.seat:
            return self.story.seat.read().now().date()
        return datetime.now(JAPAN).date()

    def expects(self, sentences: Sequence[str]) -> None:
        """Note the sentences that follow, for the next action may open a dialog that they answer."""
        self.following = ()
        for sentence in sentences:
            try:
                self.following = parse(sentence)
            except SentenceError:
                continue  # a 前提
            return

    def begin_line(self, asked: str, next_line: str) -> None:
        """Prepare for a line of a scenario; asked: its text if it is a ならば. next_line: the next one."""

    def reach(self, screen: str) -> None:
        """Bring a screen to the front: log in, and do the steps of the next procedure that leads there.

        Raises:
            StepFailure: no procedure leads there, or the screen is not shown on a journey.
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
        """Yield the actions to do, each with the screen that follows, up to this screen."""
        if not self._is_inside(screen):
            yield from self._to_list(screen)
        if screen not in ("ログイン", "ログインパスワード変更", "サービス一覧"):
            yield from self._beyond_list(screen)

    def _is_inside(self, screen: str) -> bool:
        """Return whether this person's windows already show a screen at which the way there begins."""
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
        """Return whether this person must set one: the master, and a general user with an initial one."""
        return self.story.me.kind == "master" or "2-3" in self.story.done

    def _steps_of(self, id_: str) -> Iterator[tuple[Sequence[Action], str]]:
        for step in procedure(id_).steps:
            yield step.actions, step.next_screen

    def _leading_to(self, screen: str) -> Procedure:
        for id_ in self.story.next_procedures():
            if any(step.next_screen == screen for step in procedure(id_).steps):
                return procedure(id_)
        raise StepFailure(f"「{screen}」画面への行き方が分かりません。")
