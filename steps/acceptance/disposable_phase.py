"""The last part of a run: what locks, deletes or spends, each time on a user who is made for it.

He is made by the manual's own procedures when a 前提 asks for him, and deleted before the next one is made:
so no list grows longer than it was, and a crash leaves as little as may be.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from playwright.sync_api import Error as PlaywrightError

from simulator.manual.grammar import parse
from simulator.manual.procedures import procedures
from simulator.manual.scenarios import GENERAL, MASTER, PlayedScenario
from simulator.manual.wording import fold
from steps.acceptance.disposable_scenarios import BEFORE_ANY, WITH_A_USER, deletes, made_up
from steps.driver.failure import SiteTrouble, StepFailure

if TYPE_CHECKING:
    from simulator.bank.people import People
    from steps.acceptance.deployed_bank import DeployedBank
    from steps.acceptance.disposable_accounts import Spares

DELETE = (
    "一般ユーザの「ユーザ削除」ボタンをクリックする",
    "「確認」ボタンをクリックする",
    "「確定」ボタンをクリックする",
)
DELETED = "ユーザ削除完了"
END = "「ユーザ管理業務終了」ボタンをクリックする"
UPDATE = "マスターユーザの承認パスワードを入力し、[ユーザ更新] ボタンをクリックする"
NOT_LISTED = "「ユーザ管理」画面に表示されていません。"


@dataclass(frozen=True)
class Cast:
    """Who plays a scenario: the people, and the login IDs in place of those that the feature makes up."""

    people: People
    ids: tuple[tuple[str, str], ...]
    told: PlayedScenario
    may_lock: bool

    @property
    def has_user(self) -> bool:
        """Whether the 前提 asks for a user; else the new one is of the scenario's own making."""
        return self.told.after in WITH_A_USER

    @property
    def created(self) -> Iterator[str]:
        """The login IDs of those whom the scenario creates itself."""
        return (f"d-{new}" for _, new in self.ids)


def cast_for(told: PlayedScenario, people: People, spares: Spares, *, may_lock: bool) -> Cast:
    """New people for a scenario."""
    who = spares.new()
    first = () if told.after in WITH_A_USER else (who.login_id,)
    invented = made_up(told)
    new = [*first, *(spares.new().login_id for _ in invented[len(first) :])]
    ids = tuple((old, each.removeprefix("d-")) for old, each in zip(invented, new, strict=True))
    return Cast(replace(people, general=who), ids, told, may_lock)


class Phase:
    """Makes such users at one bank, and deletes them."""

    def __init__(self, bank: DeployedBank, spares: Spares, people: People) -> None:
        self._bank, self._spares, self._people = bank, spares, people
        # Whom it was tried to delete in vain, and why; not tried again before the end.
        self.failed: dict[str, str] = {}
        self.deleted: list[str] = []

    @contextmanager
    def playing(self, cast: Cast) -> Iterator[None]:
        """Around one scenario: its people are the story's, who was made stays to be deleted."""
        with self._story(cast.people):
            self._bank.prepare = lambda after: self._prepare(cast, after)
            yield
            for login_id in cast.created:
                self._spares.note(login_id, "made")
            if deletes(cast.told):
                self._spares.note(cast.people.general.login_id, "gone")

    @contextmanager
    def _story(self, people: People) -> Iterator[None]:
        """These people, and no more done than is before the first of them is made; then all as it was."""
        bank, story = self._bank, self._bank.story
        before, done, prepare = story.people, story.done, bank.prepare
        spare, lockout = bank.counted.spare, bank.counted.lockout
        story.people, story.me = people, people.master
        story.done = [each.id for each in procedures() if each.id <= BEFORE_ANY]
        try:
            yield
        finally:
            story.people, story.me, story.done = before, before.master, done
            bank.prepare, bank.counted.spare, bank.counted.lockout = prepare, spare, lockout

    def _prepare(self, cast: Cast, after: str) -> None:
        """Make the user of a 前提 and let him get as far as it says, whoever was left before gone first."""
        if not self.sweep():
            self._bank.start_afresh()
        self._bank.counted.spare = cast.people.general.login_id
        for login_id in cast.created:
            self._spares.note(login_id, "making")
        for id_ in WITH_A_USER[: WITH_A_USER.index(after) + 1] if cast.has_user else ():
            self._play(id_, cast.people.general.login_id)
        self._bank.start_afresh()
        self._bank.counted.lockout = cast.may_lock

    def _play(self, id_: str, login_id: str) -> None:
        if id_ == "2-1":
            self._spares.note(login_id, "making")
        if id_ != "3-1":  # he logs in where that is needed, and not for its own sake
            self._bank.sit_down(MASTER if id_.startswith("2") else GENERAL)
            self._bank.play(id_)
        if id_ == "2-1":
            self._spares.note(login_id, "made")
        self._bank.story.done.append(id_)

    def sweep(self, *, again: bool = False) -> bool:
        """Delete everybody who is left; what cannot be done is kept in failed.

        again: also whom it was tried to delete in vain. Returns whether the master is at サービス一覧 now.
        Raises SiteTrouble.
        """
        if again:
            self.failed.clear()
        left = [each for each in self._spares.left() if each not in self.failed]
        if not left:
            return False
        self._bank.start_afresh()
        for login_id in left:
            with self._trying((login_id,)), self._story(self._with(login_id)):
                self._delete(login_id)
        waiting = [id_ for id_, event in self._spares.left().items() if event in ("deleted", "updating")]
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
        event = self._spares.left()[login_id]
        if event in ("deleted", "updating"):
            return
        bank = self._bank
        bank.reach("ユーザ管理")
        if not self._is_listed(login_id):
            if event == "made":
                raise StepFailure(NOT_LISTED)
            self._spares.note(login_id, "gone" if event == "making" else "deleted")
            self._leave()
            return
        self._spares.note(login_id, "deleting")
        for sentence in DELETE:
            bank.hands.perform(parse(sentence))
        bank.arrive(DELETED)
        self._spares.note(login_id, "deleted")
        self._leave()

    def _leave(self) -> None:
        """From ユーザ管理業務 back to サービス一覧."""
        self._bank.hands.perform(parse(END))
        self._bank.arrive("サービス一覧")

    def _is_listed(self, login_id: str) -> bool:
        """Whether the list has him, once it has been drawn: the master stands in it too."""
        ask = self._bank.ask
        for each in (self._people.master.login_id, login_id):
            with suppress(StepFailure):
                ask.shows(each)
        return fold(login_id) in ask.cells()

    def _update(self, waiting: list[str]) -> None:
        """One ユーザ更新 for all who were deleted, and a look at whether they are gone."""
        if not waiting:
            return
        bank, before = self._bank, self._spares.left()
        try:
            bank.reach("ユーザ情報更新確認")
        except SiteTrouble:
            raise
        except StepFailure:
            if any(before[each] != "updating" for each in waiting):
                raise
        else:
            for login_id in waiting:
                self._spares.note(login_id, "updating")
            bank.hands.perform(parse(UPDATE))
            bank.arrive("ユーザ情報更新完了")
        self._see_them_gone(waiting)

    def _see_them_gone(self, waiting: list[str]) -> None:
        self._bank.reach("ユーザ管理")
        self._is_listed(self._people.master.login_id)
        there = set(self._bank.ask.cells())
        for login_id in waiting:
            if fold(login_id) in there:
                self._spares.note(login_id, "made")
                self.failed[login_id] = "削除してユーザ更新を行っても、「ユーザ管理」画面に残っています。"
            else:
                self._spares.note(login_id, "gone")
                self.deleted.append(login_id)
        self._leave()
