"""One acceptance run: the deployment, what was asked for, how far it has got, and what that forbids."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

from simulator.manual.order import ORDER
from simulator.manual.scenarios import played_scenarios
from simulator.manual.wording import GENERAL, MASTER
from steps.acceptance.account_recovery import must_be_good, restore, unlock
from steps.acceptance.connection_errors import ProxyWatch
from steps.acceptance.disposable_accounts import Spares
from steps.acceptance.disposable_phase import Phase, cast_for
from steps.acceptance.feature_rewriting import in_their_words
from steps.acceptance.journey_state import JourneyState, Reached
from steps.acceptance.plan import Asked, Planned, index_of, may_be_wrong, plan, used_up
from steps.acceptance.tls_pinning import launch_args
from steps.deployment import DeploymentError, Resolved, load, resolve
from steps.driver.browser_search import find_browser
from steps.ledger import Counted, Ledger, site_name, state_folder
from steps.story import OWN_PASSWORD

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pytest_bdd.parser import Scenario

    from steps.acceptance.deployed_bank import DeployedBank

NO_RULE = "none"  # for --tags: the procedures alone


@dataclass
class AcceptanceRun:
    """One acceptance run."""

    deployed: Resolved
    asked: Asked
    counted: Counted
    progress: JourneyState
    reached: Reached
    spares: Spares
    config: pytest.Config
    launch_args: list[str] = field(default_factory=list)
    plans: dict[Any, Planned] = field(default_factory=dict)
    at: Planned | None = None
    broken: str = ""
    trouble: str = ""
    phase: Phase | None = None
    playing: ExitStack = field(default_factory=ExitStack)
    proxy: ProxyWatch = field(init=False)

    def __post_init__(self) -> None:
        """What the proxy answers is listened to from the first page on."""
        self.proxy = ProxyWatch(self.deployed.proxy)

    def done_before(self) -> list[str]:
        """The procedures that are taken as done: those of an earlier run, and those before --from."""
        names = list(self.reached.done)
        if self.asked.first:
            names += ORDER[: index_of(self.asked.first)]
        return [name.partition(" ")[0] for name in ORDER if name in names]

    def is_done(self, planned: Planned) -> bool:
        """Whether an earlier run has done this procedure, or this scenario after the journey."""
        if planned.spare:
            return planned.name in self.reached.last
        return planned.told.is_procedure and planned.name in self.reached.done

    def why_skip(self, planned: Planned) -> str:
        """Why a scenario is not run, as things stand now; empty where it is."""
        if planned.why_not:
            return planned.why_not
        if self.is_done(planned):
            return "前回の実行で済んでいます"
        if self.broken:
            return f"手順{self.broken}が終わらなかったため、実行できません"
        if self.reached.done and planned.place < ORDER.index(self.reached.done[-1]):
            return "前回の実行で、この時点を過ぎています"
        return self._why_not_wrong(planned)

    def _why_not_wrong(self, planned: Planned) -> str:
        """Why no password is typed wrong now: earlier runs may have used up what the plan counts on."""
        people = {MASTER: self.deployed.people.master, GENERAL: self.deployed.people.general}
        spared = (
            self.counted.ledger.spares(people[person].login_id, kind, wrong)
            for (person, kind), wrong in planned.wrong.items()
            if person in people
        )
        return "" if all(spared) else used_up(self.deployed.file)

    def say(self, text: str) -> None:
        """A line on the terminal at once, whatever is captured."""
        reporter = self.config.pluginmanager.getplugin("terminalreporter")
        capture = self.config.pluginmanager.getplugin("capturemanager")
        with capture.global_and_fixture_disabled():
            reporter.write_line("")
            reporter.write_line(text, yellow=True)

    def sending(self, sent: bool) -> None:
        """A step that changes something is about to be sent, or was answered."""
        if self.at and self.at.told.is_procedure:
            self.progress.note(self.at.name, "sent" if sent else "sending")

    def begin_scenario(self, scenario: Scenario, at: Planned) -> None:
        """The feature's people and words become the deployment's, or those of a user who is thrown away."""
        if not at.spare or not self.phase:
            in_their_words(scenario, self.deployed, refusals_only=at.refusals_only)
            return
        most = max(at.wrong.values(), default=0)
        cast = cast_for(
            at.told, self.deployed.people, self.spares, may_lock=most > may_be_wrong(self.deployed.file)
        )
        in_their_words(scenario, self.deployed, refusals_only=False, theirs=cast.people, made_up=cast.ids)
        self.playing.enter_context(self.phase.playing(cast))

    def open(self, bank: DeployedBank) -> None:
        """The bank was opened: what an earlier run has left open is settled, and whom it has left deleted."""
        self.settle_unknown(bank)
        self.phase = Phase(bank, self.spares, self.deployed.people)
        if {"1-2", "1-3", "1-4"} <= set(bank.story.done):
            self.phase.sweep()

    def makes_users(self, planned: Sequence[Planned]) -> bool:
        """Whether there will be users to delete, or are some of an earlier run."""
        return bool(self.spares.left()) or any(each.spare and not each.why_not for each in planned)

    def told_of_users(self) -> Iterator[str]:
        """Whom the run has deleted, and who is still there."""
        failed = self.phase.failed if self.phase else {}
        if self.phase and self.phase.deleted:
            deleted = self.phase.deleted
            yield f"使い捨ての利用者 {len(deleted)} 人を削除しました: {'、'.join(deleted)}"
        left = self.spares.left()
        for login_id in left:
            yield f"使い捨ての利用者 {login_id} が残っています。{failed.get(login_id, '')}"
        if left:
            yield "--resume を付けると、もう一度削除します。残るときは「ユーザ管理」画面で削除してください。"

    def settle_unknown(self, bank: DeployedBank) -> None:
        """Find out whether a login password was changed by a run that ended right then."""
        for person, place in ((MASTER, "1-2"), (GENERAL, "3-2")):
            if bank.find_out_password(person):
                self.progress.note(place, "done")
                self.reached = self.progress.read()


RUNNING: pytest.StashKey[AcceptanceRun] = pytest.StashKey()


def secrets_in(deployed: Resolved) -> set[str]:
    """Everything that must stand in no evidence: the people's passwords, and what the proxy is told."""
    people, proxy = deployed.people, deployed.proxy
    of_proxy = {each for each in (proxy.user, proxy.password) if each}
    return secrets_of(people.master) | secrets_of(people.general) | of_proxy


def secrets_of(person: Any) -> set[str]:
    """Every password of a person."""
    kept = (
        person.issued_password,
        person.password,
        person.approval_password,
        person.initial_approval_password,
    )
    return {each for each in kept if each}


def begun(config: pytest.Config) -> AcceptanceRun:
    """Everything that must be right before the site is touched. Raises DeploymentError."""
    option = config.getoption
    deployed = resolve(load(option("--deployment")))
    if not option("--browser") and not option("--browser-channel"):
        find_browser(headed=option("--headed"))
    state = (option("accept_state") or state_folder()) / site_name(deployed.start)
    lock = deployed.file.lock
    counted = Counted(Ledger(state / "ledger", lock.after, success_resets=lock.success_resets))
    asked = asked_from(option("accept_first"), option("accept_last"), option("accept_tags"))
    progress = JourneyState(state)
    if restored := option("accept_restored"):
        restore(deployed.people, restored, counted.ledger, progress)
    if unlocked := option("accept_unlocked"):
        unlock(unlocked, counted.ledger)
    must_be_good(deployed.people, counted.ledger)
    spares = Spares(state, deployed.file.people.spare, deployed.people.general)
    reached = progress.read()
    if not option("accept_resume"):
        _must_be_new(reached, asked, progress)
        reached = Reached()
    else:
        reached = _with_known(reached, deployed, counted.ledger, progress)
    _must_be_known(reached, asked)
    made = AcceptanceRun(deployed, asked, counted, progress, reached, spares, config, launch_args(deployed))
    _must_agree(made)
    if not restored and not unlocked:  # noting that was something to do
        _must_have_work(made)
    return made


def asked_from(first: str, last: str, tags: str) -> Asked:
    """Which part was asked for. Raises DeploymentError for what there is not, or no part at all."""
    known = list(dict.fromkeys(name.partition(" ")[0] for name in ORDER))
    for option, value in (("--from", first), ("--until", last)):
        if value and value not in known:
            raise DeploymentError(f"{option} {value}: 手順は {'、'.join(known)} のどれかです。")
    if first and last and index_of(first) > index_of(last, last=True):
        raise DeploymentError(f"--from {first} は --until {last} より後の手順です。 Nothing is in between.")
    wanted = tuple(filter(None, (tag.strip().lstrip("@") for tag in tags.split(","))))
    there = {NO_RULE}.union(*(each.tags for each in played_scenarios()))
    if unknown := [tag for tag in wanted if tag not in there]:
        raise DeploymentError(f"--tags {'、'.join(unknown)}: このタグのきまりはありません。 No such tag.")
    return Asked(first, last, wanted)


def _must_be_new(reached: Reached, asked: Asked, progress: JourneyState) -> None:
    """Nothing is begun again over what an earlier run has changed."""
    if (reached.done or reached.unknown) and not asked.first:
        raise DeploymentError(
            f"このサイトでは手順{'、'.join(reached.done) or 'なし'}まで実行済みです（{progress.path}）。"
            "続きからは --resume、途中からは --from を付けてください。 "
            "An earlier run got this far: use --resume or --from."
        )


def _must_be_known(reached: Reached, asked: Asked) -> None:
    """A change that nobody knows the outcome of is for a person to look at, unless a login tells."""
    if reached.unknown and not asked.first and reached.unknown not in ("1-2", "3-2"):
        raise DeploymentError(
            f"前回は手順{reached.unknown}の内容を送信したところで終わり、結果が分かりません。画面で確かめて、"
            f"済んでいれば次の手順、済んでいなければ {reached.unknown} を --from に付けてください。 "
            "The outcome of the last change is unknown: look, then use --from."
        )


def _with_known(reached: Reached, deployed: Resolved, ledger: Ledger, progress: JourneyState) -> Reached:
    """How far it got, with a login password whose change the ledger knows and the progress does not."""
    for kind, place in OWN_PASSWORD.items():
        login_id = getattr(deployed.people, kind).login_id
        if reached.unknown == place and ledger.account(login_id).own["login"]:
            progress.note(place, "done")
            return progress.read()
    return reached


def _must_have_work(running: AcceptanceRun) -> None:
    if not running.spares.left() and all(
        running.why_skip(each) for each in plan(running.deployed.file, running.asked)
    ):
        raise DeploymentError("実行することが残っていません。 Nothing is left to do.")


def _must_agree(running: AcceptanceRun) -> None:
    """Nothing is begun with the issued password of an account that has one of its own."""
    done, last = running.done_before(), running.asked.last
    for kind, place in OWN_PASSWORD.items():
        login_id = getattr(running.deployed.people, kind).login_id
        taken_part = kind == "master" or not last or index_of(last, last=True) >= ORDER.index("3-1")
        if taken_part and place not in done and running.counted.ledger.account(login_id).own["login"]:
            raise DeploymentError(
                f"{login_id} のログインパスワードは変更済みです（記録: {running.counted.ledger.folder}）が、"
                f"手順{place}が済んでいないことになっています。--resume か、{place} より後の手順を --from に"
                "付けてください。作り直したサイトなら、別のフォルダーを --state に指定してください。 "
                "The password was changed according to the ledger: use --resume, --from or another --state."
            )
