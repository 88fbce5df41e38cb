"""The bank of a deployment: nothing is reset there, so a 前提 holds because the journey has got that far."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress

from playwright.sync_api import BrowserContext
from playwright.sync_api import Error as PlaywrightError

from simulator.manual.grammar import Action, parse
from simulator.manual.patterns import SCREEN_SHOWN
from simulator.manual.procedures import Step, procedure
from simulator.manual.wording import fold
from steps.acceptance.account_recovery import STILL_UNKNOWN, accepted_password_message, no_screen_message
from steps.acceptance.connection_errors import open_failure, status_failure
from steps.acceptance.demands import is_demanded
from steps.acceptance.refused_screens import RefusedScreens, is_refused_screen
from steps.acceptance.side_effects import ALSO_OPENS, CARRIES_OUT, carries_out
from steps.acceptance.vocabulary_proposals import notice_entry
from steps.attempt_counter import AttemptCounter
from steps.bank_under_test import BACK, LOG_IN, BankUnderTest
from steps.deployment import GUIDE, Resolved, absent_screens
from steps.driver.browser_watch import BrowserEnded
from steps.driver.failure import SiteTrouble, StepFailure, UnexpectedDialog
from steps.driver.questions import Way
from steps.driver.site_watch import SiteWatch
from steps.driver.story import OWN_PASSWORD
from steps.ledger import WORDS


class DeployedBank(BankUnderTest):
    """The bank of `densai accept`: it walks to screens by itself, and changes nothing on the way.

    attempts: counts the passwords that are sent. say: prints a line on the terminal.
    """

    def __init__(
        self,
        context: BrowserContext,
        deployed: Resolved,
        attempts: AttemptCounter,
        say: Callable[[str], None],
        way: Way = "words",
    ) -> None:
        profile = deployed.file.profile
        super().__init__(context, None, deployed.start, who=deployed.people, profile=profile, way=way)
        self.hands.attempts = self.attempts = attempts
        self.find.watch = self._watch = SiteWatch(context, say, attempts.awaits_outcome)
        self.windows.hint = notice_entry
        self._has_proxy = bool(deployed.proxy.server)
        self._start = fold(deployed.file.site.start_screen)
        self.absent = absent_screens(self._start)
        self._refused_screens = RefusedScreens(
            self.windows, self.find, self.hands, self.ask.remarks, profile.timeouts
        )
        self._at = ""
        # Called with False before a step that changes something is sent, and with True once it was answered.
        self.on_sending: Callable[[bool], None] = lambda _answered: None
        self.hands.on_press = self._pressing
        # Whether the sentence in hand changes something, and whether its button has been pressed.
        self._changes, self._sent = False, False
        # Creates the disposable user of a 前提; only while a scenario of such a user is played.
        self.prepare: Callable[[str], None] | None = None

    def start_after(self, id_: str) -> None:
        """Pass if the journey has got this far. Raises StepFailure."""
        if self.prepare:
            self.prepare(id_)
        elif id_ and id_ not in self.story.done:
            raise StepFailure(f"手順{id_}が終わっていないため、実行できません。")

    def start_afresh(self) -> None:
        """Close all windows, so that the next person logs in anew."""
        self.windows.leave_nothing_open()
        self.windows.close_opened()
        self._open(procedure(LOG_IN).steps[0])
        self._at = ""

    def do(self, sentence: str, rows: Sequence[Sequence[str]] = ()) -> None:
        """Do what a sentence says, as far as this site has the screens for it."""
        self.tried = None
        bare = sentence.rstrip("。")
        opening = (step for step in procedure(LOG_IN).steps[:3] if step.sentence.rstrip("。") == bare)
        if not (step := next(opening, None)):
            self._changes, self._sent = carries_out(parse(sentence, rows)), False
            try:
                super().do(sentence, rows)
            finally:
                self._changes = False
            return
        self._open(step)

    def _pressing(self, label: str) -> None:
        """Note what a click is about to send; a field or a button that was not found has sent nothing."""
        if self.attempts.awaits_outcome():
            self._watch.sending(self.windows.recent)
        self._watch.pressing(self.windows.recent)
        if self._changes and label in (*CARRIES_OUT, ALSO_OPENS):
            self._sent = True
            self.on_sending(False)

    def _open(self, step: Step) -> None:
        """Do one step of procedure 1-1 (3-1 has the same): the start page is opened by its address."""
        first = procedure(LOG_IN).steps[0]
        try:
            if step is first:
                self.attempts.forget_sent()
                self._watch.arrived()
                status = self.hands.open(self.hands.home)
                if not self._has_proxy and (failure := status_failure(status, self.hands.home)):
                    raise SiteTrouble(failure)  # a proxy's own refusal is told as such
            elif fold(step.next_screen) not in {*self.absent, self._start}:
                at_guide = self._start == fold(GUIDE)
                self.hands.perform(step.actions[-1:] if at_guide else step.actions, self.following)
        except BrowserEnded:
            raise
        except PlaywrightError as error:
            raise SiteTrouble(open_failure(error.message, self.hands.home)) from None

    def arrive(self, screen: str) -> None:
        """Wait for the screen that should come next; a password that led there was right.

        Raises SiteTrouble where a person's own did not: the next scenario would only send it again. Raises
        UnexpectedDialog where it did, with an alert that no line of the file expects.
        """
        if fold(screen) in self.absent:
            return
        try:
            with self.refusing():
                surprise = self._come_past_dialog(screen)
        except SiteTrouble:
            raise
        except StepFailure as failure:
            if sent := self.attempts.own_password_sent():
                raise SiteTrouble(no_screen_message(sent, screen, failure)) from failure
            raise
        self.tried = None
        self._watch.arrived()
        moved = fold(screen) != self._at
        if self.attempts.unsettled_change() and not moved:
            self.attempts.refused(asked=False)  # the form again, for the feature's new password
        else:
            self.attempts.settled(right=moved, changed=moved)
        self._at = fold(screen)
        if self._sent and moved:
            self._sent = False
            self.on_sending(True)
        if surprise:
            raise surprise

    def _come_past_dialog(self, screen: str) -> UnexpectedDialog | None:
        """Wait for a screen; return the dialog that came before it, if one did."""
        try:
            self._come_to(screen)
        except UnexpectedDialog as dialog:
            with suppress(StepFailure):
                self._come_to(screen)
                return dialog
            raise
        return None

    def _come_to(self, screen: str) -> None:
        """Wait for a screen; one that refuses what was tried, or to go on, may be called anything."""
        if is_refused_screen(screen):
            self._refused_screens.arrive(screen)
        elif self.tried and fold(screen) not in map(fold, self.tried.leads_to):
            self.ask.is_back(self.tried.word)
        else:
            super().arrive(screen)

    def begin_line(self, asked: str, next_line: str) -> None:
        """Ask no more of a site than the manual demands, and look at what a click must not change."""
        self.ask.demanding = not asked or is_demanded(asked)
        shown = SCREEN_SHOWN.fullmatch(next_line)
        if not asked and shown and is_refused_screen(shown["screen"]):
            self._refused_screens.remember(shown["screen"])

    @contextmanager
    def refusing(self) -> Iterator[None]:
        """Surround the look at a form's answer: a new password that was accepted after all stops the run."""
        try:
            yield
        except StepFailure as failure:
            self._stop_if_accepted(failure)
            raise

    def _stop_if_accepted(self, failure: StepFailure) -> None:
        """Raise SiteTrouble if the form with the feature's new password has not come again."""
        if not (sent := self.attempts.unsettled_change(disposable=False)):
            return
        if self.find.has_field(sent.word):
            self.attempts.settled(right=False, changed=False)
            return
        known = not isinstance(failure, SiteTrouble)
        if known:
            self.attempts.settled(right=True, changed=True)
        people = self.story.people
        message = accepted_password_message(people, sent.account, sent.kind, sent.value, known=known)
        raise SiteTrouble(message) from failure

    def bring_back(self) -> None:
        """Bring the form back that was tried last, where the site has refused it with another screen."""
        if not self.tried or self.find.has_field(self.tried.word):
            return
        if back := self.find.now(BACK):
            self.windows.use(back.page)
            back.click()
        else:
            self.windows.go_back()
        self.find.field(self.tried.word)

    def find_out_password(self, person: str) -> bool:
        """Return whether an earlier run that ended while changing a login password had changed it.

        Logs in once. False, without a login, where there is no doubt.
        """
        who, ledger = self.story.person(person), self.attempts.ledger
        own = OWN_PASSWORD[who.kind]
        if ledger.account(who.login_id).own["login"] is not None or own in self.story.done:
            return False
        self.sit_down(person)
        self.reach("ログイン")
        changed = self._new_one_is_right(own)
        ledger.note(who.login_id, "login", "changed" if changed else "unchanged")
        return changed

    def _new_one_is_right(self, own: str) -> bool:
        """Log in with the new password, once, and return whether it was right.

        Raises SiteTrouble where the site does not say.
        """
        *fields, press = procedure(LOG_IN).steps[3].actions
        self.story.done.append(own)  # so that the new one is typed
        arrived = False
        try:
            self.hands.perform(fields)
            with self.ask.answered(WORDS["login"]):
                self.hands.perform((press,))
            super().arrive("サービス一覧")
            arrived = True
        except SiteTrouble:
            raise
        except StepFailure as failure:
            if not self.find.has_field(WORDS["login"]):
                raise SiteTrouble(f"{STILL_UNKNOWN} {failure}") from failure
        finally:
            if not arrived:
                self.story.done.remove(own)
        self.attempts.settled(right=arrived, changed=arrived)
        self._at = fold("サービス一覧" if arrived else "ログイン")
        return arrived

    def reach(self, screen: str) -> None:
        """Bring a screen to the front without changing anything. Raises StepFailure where that cannot be."""
        self.attempts.forget_sent()
        self.tried = None
        super().reach(screen)
        self._at = fold(screen)

    def _is_inside(self, screen: str) -> bool:
        """Return whether the way there can begin at this person's windows; if not, it begins with a login."""
        if screen in ("ログイン", "ログインパスワード変更"):
            return False
        if self.find.shows("サービス一覧"):
            return True
        if screen in ("サービス一覧", "トップ", "承認パスワード変更"):
            return False
        return self._leading_to(screen).start == "トップ" and bool(self.find.shows("トップ"))

    def _to_list(self, screen: str) -> Iterator[tuple[Sequence[Action], str]]:
        self.windows.close_opened()  # what an earlier session left open must not be taken for this one's
        *before, login = procedure(LOG_IN).steps
        for step in before:
            self._open(step)
            self.arrive(step.next_screen)
        if screen == "ログイン":
            return
        set_by = OWN_PASSWORD[self.story.me.kind]
        own, first = set_by in self.story.done, screen == "ログインパスワード変更"
        if not own and not first and not self.prepare:
            raise StepFailure("ログインパスワードをまだ設定していないため、先に進めません。")
        yield login.actions, "サービス一覧" if own else "ログインパスワード変更"
        if not own and not first:
            yield from self._steps_of(set_by)
            self.story.done.append(set_by)

    def _steps_of(self, id_: str) -> Iterator[tuple[Sequence[Action], str]]:
        if self.prepare:
            return super()._steps_of(id_)
        raise StepFailure(f"前提のために手順{id_}を行うと、実際に変更されるため、行いません。")

    def _beyond_list(self, screen: str) -> Iterator[tuple[Sequence[Action], str]]:
        for actions, next_screen in super()._beyond_list(screen):
            if carries_out(actions) and not self.prepare:
                raise StepFailure(f"「{screen}」画面へ行くには変更を伴うため、行きません。")
            yield actions, next_screen
