"""The last part of a run: the destructive scenarios, each on a disposable user who is created for it.

The manual's own procedures create the users and delete them, a few at a time with one ユーザ更新 for all: a
list of users keeps to its first page, and a crash leaves few.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from playwright.sync_api import Error as PlaywrightError

from simulator.manual.grammar import parse
from simulator.manual.procedures import procedures
from simulator.manual.scenarios import PlayedScenario
from simulator.manual.wording import GENERAL, MASTER, fold
from steps.acceptance.disposable_scenarios import (
    BEFORE_ANY,
    WITH_A_USER,
    deletes,
    id_length,
    invented_ids,
)
from steps.driver.failure import SiteTrouble, StepFailure

if TYPE_CHECKING:
    from simulator.bank.people import People
    from steps.acceptance.deployed_bank import DeployedBank
    from steps.acceptance.disposable_accounts import DisposableAccounts

DELETE = (
    "一般ユーザの「ユーザ削除」ボタンをクリックする",
    "「確認」ボタンをクリックする",
    "「確定」ボタンをクリックする",
)
DELETED = "ユーザ削除完了"
END = "「ユーザ管理業務終了」ボタンをクリックする"
UPDATE = "マスターユーザの承認パスワードを入力し、[ユーザ更新] ボタンをクリックする"
NOT_LISTED = "「ユーザ管理」画面に表示されていません。"
# The users who are there at one time, besides the site's own and those of the scenario in hand.
TOGETHER = 6
# What is done for users who are created together: 2-2 once, the others for each.
CREATE, CARRY_OUT, GRANT = "2-1", "2-2", "2-3"


@dataclass(frozen=True)
class Cast:
    """The people of one destructive scenario.

    new_ids: pairs of a login ID, without d-, that the feature invents and the one to use instead. may_lock:
    whether the scenario locks its user.
    """

    people: People
    new_ids: tuple[tuple[str, str], ...]
    scenario: PlayedScenario
    may_lock: bool

    @property
    def has_user(self) -> bool:
        """Whether the 前提 asks for a general user; otherwise the scenario creates its user itself."""
        return self.scenario.after in WITH_A_USER

    @property
    def is_carried_out(self) -> bool:
        """Return whether the user is there and carried out by a ユーザ更新 before the scenario begins."""
        return self.has_user and self.scenario.after != CREATE

    @property
    def created(self) -> Iterator[str]:
        """The login IDs of the users whom the scenario creates itself."""
        return (f"d-{new}" for _, new in self.new_ids)


def cast_for(
    scenario: PlayedScenario, people: People, accounts: DisposableAccounts, *, may_lock: bool
) -> Cast:
    """Return new people for a scenario."""
    invented = invented_ids(scenario)
    user = accounts.new(id_length(scenario))
    first = () if scenario.after in WITH_A_USER else (user.login_id,)
    new = [*first, *(accounts.new().login_id for _ in invented[len(first) :])]
    new_ids = tuple((old, each.removeprefix("d-")) for old, each in zip(invented, new, strict=True))
    return Cast(replace(people, general=user), new_ids, scenario, may_lock)


class DisposablePhase:
    """Creates the disposable users at one bank, and deletes them.

    coming: those who will be wanted, by the name of their scenario in the plan; None before it is known.
    failed: the login IDs that could not be deleted, with the reason; not tried again before the end. deleted:
    those that are gone.
    """

    def __init__(self, bank: DeployedBank, accounts: DisposableAccounts, people: People) -> None:
        self._bank, self._accounts, self._people = bank, accounts, people
        self.coming: dict[str, Cast] | None = None
        self._ready: dict[str, Sequence[str]] = {}  # what has been done for users who wait for their scenario
        self.failed: dict[str, str] = {}
        self.deleted: list[str] = []

    @contextmanager
    def playing(self, cast: Cast) -> Iterator[None]:
        """Surround one scenario: its people are the story's, and the users it has created are noted."""
        with self._story(cast.people):
            self._bank.prepare = lambda after: self._prepare(cast, after)
            yield
            for login_id in cast.created:
                self._accounts.note(login_id, "made")
            if deletes(cast.scenario):
                self._accounts.note(cast.people.general.login_id, "gone")

    @contextmanager
    def _story(self, people: People) -> Iterator[None]:
        """Set the story to these people, as before a general user exists; afterwards all is as it was."""
        bank, story, attempts = self._bank, self._bank.story, self._bank.attempts
        before, done, prepare = story.people, story.done, bank.prepare
        disposable, may_lock = attempts.disposable, attempts.may_lock
        story.people, story.me = people, people.master
        story.done = [each.id for each in procedures() if each.id <= BEFORE_ANY]
        try:
            yield
        finally:
            story.people, story.me, story.done = before, before.master, done
            bank.prepare, attempts.disposable, attempts.may_lock = prepare, disposable, may_lock

    def _prepare(self, cast: Cast, after: str) -> None:
        """Create the user of a 前提 and play that user's part, as far as it was not done before.

        Where no user waits for the scenario, those who are done with are deleted first, and the users of the
        scenarios to come are created together.
        """
        done = self._ready.pop(cast.people.general.login_id, ())
        if done or not self.sweep():
            self._bank.start_afresh()
        if not done:
            self._create_together()
        self._bank.attempts.disposable = cast.people.general.login_id
        for login_id in cast.created:
            self._accounts.note(login_id, "making")
        self._bank.story.done += done
        for id_ in WITH_A_USER[: WITH_A_USER.index(after) + 1] if cast.has_user else ():
            if id_ not in done:
                self._play(id_, cast.people.general.login_id)
        self._bank.start_afresh()
        self._bank.attempts.may_lock = cast.may_lock

    def _create_together(self) -> None:
        """Create users for the scenarios to come, if none are left of those before.

        Where that fails each scenario creates its own user, and tells what fails.
        """
        casts = [cast for cast in (self.coming or {}).values() if cast.is_carried_out][:TOGETHER]
        if self._ready or not casts[1:]:
            return
        try:
            for cast in casts:
                self._play_for(cast, CREATE)
            self._play_for(casts[-1], CARRY_OUT)
            for cast in casts:
                self._grant(cast)
        except SiteTrouble:
            raise
        except (StepFailure, PlaywrightError):
            self.coming = {}
            self._ready.clear()
            self.sweep()
        self._bank.start_afresh()

    def _play_for(self, cast: Cast, *ids: str) -> None:
        with self._story(cast.people):
            for id_ in ids:
                self._play(id_, cast.people.general.login_id)

    def _grant(self, cast: Cast) -> None:
        """Grant the rights of a user who was created together with others, where the 前提 asks for them."""
        login_id, granted = cast.people.general.login_id, cast.scenario.after not in (CREATE, CARRY_OUT)
        if granted:
            self._play_for(cast, GRANT)
        self._ready[login_id] = (CREATE, CARRY_OUT, GRANT) if granted else (CREATE, CARRY_OUT)

    def _play(self, id_: str, login_id: str) -> None:
        if id_ == "2-1":
            self._accounts.note(login_id, "making")
        if id_ != "3-1":  # the user logs in where that is needed, and not for its own sake
            self._bank.sit_down(MASTER if id_.startswith("2") else GENERAL)
            self._bank.play(id_)
        if id_ == "2-1":
            self._accounts.note(login_id, "made")
        self._bank.story.done.append(id_)

    def sweep(self, *, again: bool = False) -> bool:
        """Delete all users who are left; those who cannot be deleted are kept in failed.

        Those who wait for their scenario are kept. again: delete them, and those in failed, too. Returns
        whether the master user is at サービス一覧. Raises SiteTrouble.
        """
        if again:
            self.failed.clear()
            self._ready.clear()
        left = [each for each in self._accounts.left() if each not in {*self.failed, *self._ready}]
        if not left:
            return False
        self._bank.start_afresh()
        for login_id in left:
            with self._trying((login_id,)), self._story(self._with(login_id)):
                self._delete(login_id)
        waiting = [id_ for id_, event in self._accounts.left().items() if event in ("deleted", "updating")]
        with self._trying(waiting), self._story(self._people):
            self._update(waiting)
        return not self.failed

    def _with(self, login_id: str) -> People:
        return replace(self._people, general=replace(self._people.general, login_id=login_id))

    @contextmanager
    def _trying(self, login_ids: Iterable[str]) -> Iterator[None]:
        try:
            yield
        except SiteTrouble:
            raise
        except (StepFailure, PlaywrightError) as error:
            self._bank.start_afresh()
            self.failed |= dict.fromkeys(login_ids, str(error).partition("\n")[0])

    def _delete(self, login_id: str) -> None:
        event = self._accounts.left()[login_id]
        if event in ("deleted", "updating"):
            return
        bank = self._bank
        bank.reach("ユーザ管理")
        if not self._is_listed(login_id):
            if event == "made":
                raise StepFailure(NOT_LISTED)
            self._accounts.note(login_id, "gone" if event == "making" else "deleted")
            self._leave()
            return
        self._accounts.note(login_id, "deleting")
        for sentence in DELETE:
            bank.hands.perform(parse(sentence))
        bank.arrive(DELETED)
        self._accounts.note(login_id, "deleted")
        self._leave()

    def _leave(self) -> None:
        """From ユーザ管理業務 back to サービス一覧."""
        self._bank.hands.perform(parse(END))
        self._bank.arrive("サービス一覧")

    def _is_listed(self, login_id: str) -> bool:
        """Return whether the list has this user, once it has been drawn: the master user is in it, too."""
        ask = self._bank.ask
        for each in (self._people.master.login_id, login_id):
            with suppress(StepFailure):
                ask.shows(each)
        return fold(login_id) in ask.cells()

    def _update(self, waiting: list[str]) -> None:
        """Do one ユーザ更新 for all who were deleted, and note who is gone."""
        if not waiting:
            return
        bank, before = self._bank, self._accounts.left()
        try:
            bank.reach("ユーザ情報更新確認")
        except SiteTrouble:
            raise
        except StepFailure:
            if any(before[each] != "updating" for each in waiting):
                raise
        else:
            for login_id in waiting:
                self._accounts.note(login_id, "updating")
            bank.hands.perform(parse(UPDATE))
            bank.arrive("ユーザ情報更新完了")
        self._note_who_is_gone(waiting)

    def _note_who_is_gone(self, waiting: list[str]) -> None:
        self._bank.reach("ユーザ管理")
        self._is_listed(self._people.master.login_id)
        listed = set(self._bank.ask.cells())
        for login_id in waiting:
            if fold(login_id) in listed:
                self._accounts.note(login_id, "made")
                self.failed[login_id] = "削除してユーザ更新を行っても、「ユーザ管理」画面に残っています。"
            else:
                self._accounts.note(login_id, "gone")
                self.deleted.append(login_id)
        self._leave()
