"""One acceptance run: the deployment, the part that was asked for, the progress, and what that forbids."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from simulator.manual.order import ORDER, index_of, procedure_at
from simulator.manual.wording import GENERAL, MASTER
from steps.acceptance.connection_errors import ProxyWatch
from steps.acceptance.disposable_phase import Cast, DisposablePhase, cast_for
from steps.acceptance.feature_rewriting import rewrite
from steps.acceptance.plan import Planned, attempts_used_up, wrong_attempts_allowed
from steps.driver.browser_watch import BrowserWatch
from steps.driver.remarks import Remarks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from pytest_bdd.parser import Scenario

    from steps.acceptance.asked_part import Asked
    from steps.acceptance.deployed_bank import DeployedBank
    from steps.acceptance.disposable_accounts import DisposableAccounts
    from steps.acceptance.journey_state import JourneyState, Reached
    from steps.attempt_counter import AttemptCounter
    from steps.deployment import Resolved


@dataclass
class AcceptanceRun:
    """One acceptance run.

    say: prints a line on the terminal. launch_args: arguments to start the browser with. plans: by the node
    id of the test. current: the scenario that is being played. broken: the name in ORDER of a procedure that
    did not get done, "" for none. trouble: why nothing more can be done at the site, "" for nothing. phase:
    the part after the journey, once the bank was opened. playing: what surrounds the current scenario.
    remarks: on what the site says and shows otherwise than the features, once the bank was opened.
    """

    deployed: Resolved
    asked: Asked
    attempts: AttemptCounter
    journey: JourneyState
    reached: Reached
    accounts: DisposableAccounts
    say: Callable[[str], None]
    launch_args: list[str] = field(default_factory=list)
    plans: dict[str, Planned] = field(default_factory=dict)
    current: Planned | None = None
    broken: str = ""
    trouble: str = ""
    phase: DisposablePhase | None = None
    playing: ExitStack = field(default_factory=ExitStack)
    remarks: Remarks = field(default_factory=Remarks)
    proxy_watch: ProxyWatch = field(init=False)
    browser_watch: BrowserWatch = field(init=False)

    def __post_init__(self) -> None:
        """Make what watches over the proxy's answers and the browser's before there is a first page."""
        self.proxy_watch = ProxyWatch(self.deployed.proxy)
        self.browser_watch = BrowserWatch(self.deployed.file.timeouts)

    @property
    def why_over(self) -> str:
        """Return why the proxy, or the browser's end, has made all further steps useless; "" for nothing."""
        return self.proxy_watch.why or self.browser_watch.why

    def done_before(self) -> list[str]:
        """Return the procedures that count as done: those of an earlier run, and those before --from."""
        names = list(self.reached.done)
        if self.asked.first:
            names += ORDER[: index_of(self.asked.first)]
        return [procedure_at(place) for place in ORDER if place in names]

    def is_done(self, planned: Planned) -> bool:
        """Return whether an earlier run has done this procedure, or this scenario after the journey."""
        if planned.disposable:
            return planned.name in self.reached.after_journey
        return planned.scenario.is_procedure and planned.name in self.reached.done

    def why_skip(self, planned: Planned) -> str:
        """Return why a scenario is not run, as things stand now; empty where it is."""
        if planned.why_not:
            return planned.why_not
        if self.is_done(planned):
            return "前回の実行で済んでいます"
        if self.broken:
            return f"手順{self.broken}が終わらなかったため、実行できません"
        if self.reached.done and planned.place < ORDER.index(self.reached.done[-1]):
            return "前回の実行で、この時点を過ぎています"
        return self._why_no_wrong_password(planned)

    def _why_no_wrong_password(self, planned: Planned) -> str:
        """Return why no password is typed wrong now: earlier runs may have used up the plan's attempts."""
        people = {MASTER: self.deployed.people.master, GENERAL: self.deployed.people.general}
        affordable = (
            self.attempts.ledger.can_afford(people[person].login_id, kind, wrong)
            for (person, kind), wrong in planned.wrong.items()
            if person in people
        )
        return "" if all(affordable) else attempts_used_up(self.deployed.file)

    def note_sending(self, answered: bool) -> None:
        """Note that a step which changes something is about to be sent, or was answered."""
        if self.current and self.current.scenario.is_procedure:
            self.journey.note(self.current.name, "sent" if answered else "sending")

    def begin_scenario(self, scenario: Scenario, planned: Planned) -> None:
        """Rewrite a scenario with the deployment's people and words, or with those of a disposable user."""
        if not planned.disposable or not self.phase:
            rewrite(scenario, self.deployed, refusals_only=planned.refusals_only)
            return
        if self.phase.coming is None:
            later = [each for each in self.plans.values() if each.disposable and not self.why_skip(each)]
            self.phase.coming = {each.name: self._cast(each) for each in later}
        cast = self.phase.coming.pop(planned.name, None) or self._cast(planned)
        rewrite(scenario, self.deployed, refusals_only=False, people=cast.people, new_ids=cast.new_ids)
        self.playing.enter_context(self.phase.playing(cast))

    def _cast(self, planned: Planned) -> Cast:
        """Return new people for a scenario that is played on a disposable user."""
        may_lock = max(planned.wrong.values(), default=0) > wrong_attempts_allowed(self.deployed.file)
        return cast_for(planned.scenario, self.deployed.people, self.accounts, may_lock=may_lock)

    def open(self, bank: DeployedBank) -> None:
        """Settle what an earlier run has left open at the bank, and delete the users whom it has left."""
        self.remarks = bank.ask.remarks
        self._settle_unknown(bank)
        self.phase = DisposablePhase(bank, self.accounts, self.deployed.people)
        if {"1-2", "1-3", "1-4"} <= set(bank.story.done):
            self.phase.sweep()

    def _settle_unknown(self, bank: DeployedBank) -> None:
        """Find out whether a login password was changed by a run that ended right then."""
        for person, place in ((MASTER, "1-2"), (GENERAL, "3-2")):
            if bank.find_out_password(person):
                self.journey.note(place, "done")
                self.reached = self.journey.read()

    def creates_users(self, planned: Sequence[Planned]) -> bool:
        """Return whether there will be disposable users to delete, or are some of an earlier run."""
        return bool(self.accounts.left()) or any(each.disposable and not each.why_not for each in planned)

    def remarks_report(self) -> Iterator[str]:
        """Yield lines on what the site says and shows otherwise than the features, each thing once."""
        found = dict.fromkeys(self.remarks.differences)
        if found:
            yield f"メッセージの違い {len(found)} 件（不合格ではありません。報告書にも一覧があります）"
        for kind, ours, theirs in found:
            yield f"  {kind}: 訓練用「{ours}」 ／ 対象「{theirs or 'なし'}」"

    def disposable_users_report(self) -> Iterator[str]:
        """Yield lines on the disposable users whom the run has deleted, and on those who are left."""
        failed = self.phase.failed if self.phase else {}
        if self.phase and self.phase.deleted:
            deleted = self.phase.deleted
            yield f"使い捨ての利用者 {len(deleted)} 人を削除しました: {'、'.join(deleted)}"
        left = self.accounts.left()
        for login_id in left:
            yield f"使い捨ての利用者 {login_id} が残っています。{failed.get(login_id, '')}"
        if left:
            yield "--resume を付けると、もう一度削除します。残るときは「ユーザ管理」画面で削除してください。"


ACCEPTANCE_RUN: pytest.StashKey[AcceptanceRun] = pytest.StashKey()
