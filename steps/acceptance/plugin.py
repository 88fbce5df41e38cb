"""pytest plugin of `densai accept`: the story's order, what is not run and why, and where to go on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from pytest_bdd.scenario import scenario_wrapper_template_registry

from fixtures.browser import BrowserError, find_browser
from simulator.procedures import DRILLS
from steps.acceptance.pins import launch_args
from steps.acceptance.plan import (
    DESTRUCTIVE,
    GENERAL,
    MASTER,
    ORDER,
    Asked,
    Planned,
    index_of,
    is_destructive,
    plan,
    told,
    used_up,
)
from steps.acceptance.progress import Progress, Reached
from steps.acceptance.spoiled import must_be_good, restore, unlock
from steps.acceptance.trouble import ProxyWatch
from steps.acceptance.wording import in_their_words
from steps.deployment import DeploymentError, Resolved, load, resolve
from steps.driver.failure import SiteTrouble, StepFailure
from steps.evidence import watching
from steps.evidence.plugin import RUN, SECRETS, WHY_NOT
from steps.evidence.recorder import RunInfo
from steps.ledger import Counted, Ledger, LedgerError, site_name, state_folder
from steps.plugin import BANK
from steps.story import OWN_PASSWORD

if TYPE_CHECKING:
    from pytest_bdd.parser import Scenario

    from steps.acceptance.bank import RealBank

ABORTED, SECRET_TOLD = 3, 104
NO_RULE = "none"  # for --tags: the procedures alone


@dataclass
class Running:
    """One acceptance run."""

    deployed: Resolved
    asked: Asked
    counted: Counted
    progress: Progress
    reached: Reached
    config: pytest.Config
    launch_args: list[str] = field(default_factory=list)
    plans: dict[Any, Planned] = field(default_factory=dict)
    at: Planned | None = None
    broken: str = ""
    trouble: str = ""
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
        """Whether an earlier run has done this procedure."""
        return planned.told.is_procedure and ORDER[int(planned.place)] in self.reached.done

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
            self.progress.note(ORDER[int(self.at.place)], "sent" if sent else "sending")

    def settle_unknown(self, bank: RealBank) -> None:
        """Find out whether a login password was changed by a run that ended right then."""
        for person, place in ((MASTER, "1-2"), (GENERAL, "3-2")):
            if bank.find_out_password(person):
                self.progress.note(place, "done")
                self.reached = self.progress.read()


RUNNING: pytest.StashKey[Running] = pytest.StashKey()


def pytest_addoption(parser: pytest.Parser) -> None:
    """What `densai accept` passes on."""
    group = parser.getgroup("accept", "受入テスト")
    group.addoption("--deployment", type=Path, help="相手のサイトを書いた TOML")
    group.addoption("--from", dest="accept_first", default="", help="この手順から")
    group.addoption("--until", dest="accept_last", default="", help="この手順まで")
    group.addoption("--tags", dest="accept_tags", default="", help="このタグのきまりだけ（, で区切る）")
    group.addoption("--resume", dest="accept_resume", action="store_true", help="前回の続きから")
    group.addoption("--restored", dest="accept_restored", help="パスワードを人が直した利用者のログインID")
    group.addoption("--unlocked", dest="accept_unlocked", help="誤りの回数を元に戻した利用者のログインID")
    group.addoption("--state", dest="accept_state", type=Path, help="試行の記録と進み具合の置き場所")


def pytest_configure(config: pytest.Config) -> None:
    """Everything that must be right before the site is touched. Raises pytest.UsageError."""
    if config.getoption("--deployment") is None:
        return
    try:
        config.stash[RUNNING] = made = _running(config)
    except (DeploymentError, BrowserError, LedgerError) as error:
        raise pytest.UsageError(str(error)) from None
    site = made.deployed.file
    options = config.invocation_params.args
    config.stash[RUN] = RunInfo(
        site.name,
        made.deployed.start,
        options=" ".join(map(str, options)),
        resumed=bool(config.getoption("--evidence-resume")),
    )
    config.stash[SECRETS] = lambda: secrets_in(made.deployed)
    config.stash[WHY_NOT] = lambda _scenario: "この受入テストの対象ではありません"


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


def _running(config: pytest.Config) -> Running:
    option = config.getoption
    deployed = resolve(load(option("--deployment")))
    if not option("--browser") and not option("--browser-channel"):
        find_browser(headed=option("--headed"))
    state = (option("accept_state") or state_folder()) / site_name(deployed.start)
    lock = deployed.file.lock
    counted = Counted(Ledger(state / "ledger", lock.after, success_resets=lock.success_resets))
    asked = asked_from(option("accept_first"), option("accept_last"), option("accept_tags"))
    progress = Progress(state)
    if restored := option("accept_restored"):
        restore(deployed.people, restored, counted.ledger, progress)
    if unlocked := option("accept_unlocked"):
        unlock(unlocked, counted.ledger)
    must_be_good(deployed.people, counted.ledger)
    reached = progress.read()
    if not option("accept_resume"):
        _must_be_new(reached, asked, progress)
        reached = Reached()
    else:
        reached = _with_known(reached, deployed, counted.ledger, progress)
    _must_be_known(reached, asked)
    made = Running(deployed, asked, counted, progress, reached, config, launch_args(deployed))
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
    there = {NO_RULE}.union(*(each.tags for each in told()))
    if unknown := [tag for tag in wanted if tag not in there]:
        raise DeploymentError(f"--tags {'、'.join(unknown)}: このタグのきまりはありません。 No such tag.")
    return Asked(first, last, wanted)


def _must_be_new(reached: Reached, asked: Asked, progress: Progress) -> None:
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


def _with_known(reached: Reached, deployed: Resolved, ledger: Ledger, progress: Progress) -> Reached:
    """How far it got, with a login password whose change the ledger knows and the progress does not."""
    for kind, place in OWN_PASSWORD.items():
        login_id = getattr(deployed.people, kind).login_id
        if reached.unknown == place and ledger.account(login_id).own["login"]:
            progress.note(place, "done")
            return progress.read()
    return reached


def _must_have_work(running: Running) -> None:
    if all(running.why_skip(each) for each in plan(running.deployed.file, running.asked)):
        raise DeploymentError("実行することが残っていません。 Nothing is left to do.")


def _must_agree(running: Running) -> None:
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


# The order and the verdicts -------------------------------------------------------------------------


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The plan's order; drills are left out, and what is not run says why."""
    running = config.stash.get(RUNNING, None)
    if running is None:
        return
    planned = plan(running.deployed.file, running.asked)
    places = {each.told.key: (place, each) for place, each in enumerate(planned)}
    chosen: list[tuple[int, pytest.Item]] = []
    dropped: list[pytest.Item] = []
    for item in items:
        known = places.get(_key(item))
        if known is None:
            dropped.append(item)
            continue
        place, each = known
        if is_destructive(each.told):
            item.add_marker(DESTRUCTIVE)
        running.plans[item.nodeid] = each
        chosen.append((place, item))
    items[:] = [item for _, item in sorted(chosen, key=lambda pair: pair[0])]
    config.hook.pytest_deselected(items=dropped)


def _key(item: pytest.Item) -> Any:
    if not isinstance(item, pytest.Function):
        return None
    template = scenario_wrapper_template_registry.get(item.obj)
    if template is None or DRILLS in Path(template.feature.filename).parts:
        return None
    example = item.callspec.params.get("_pytest_bdd_example", {}) if hasattr(item, "callspec") else {}
    rendered = template.render(example if isinstance(example, dict) else {})
    return Path(template.feature.filename).stem, rendered.name, tuple(step.name for step in rendered.steps)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip, with the reason, what is not to be run or what the journey did not get to."""
    running = item.config.stash.get(RUNNING, None)
    planned = running.plans.get(item.nodeid) if running else None
    if running is None or planned is None:
        return
    running.at = planned
    if reason := running.why_skip(planned):
        pytest.skip(reason)


def pytest_bdd_before_scenario(request: pytest.FixtureRequest, scenario: Scenario) -> None:
    """The feature's people and words become the deployment's; what would be accepted is left out."""
    running = request.config.stash.get(RUNNING, None)
    if running and running.at:
        request.getfixturevalue("bank")  # opening it may show that more was done than was known
        if reason := running.why_skip(running.at):
            pytest.skip(reason)
        in_their_words(scenario, running.deployed, refusals_only=running.at.refusals_only)


def pytest_bdd_after_scenario(request: pytest.FixtureRequest) -> None:
    """Nothing of one scenario's dialogs reaches into the next."""
    bank = request.node.stash.get(BANK, None)
    if bank and request.config.stash.get(RUNNING, None):
        bank.windows.leave_nothing_open()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterable[None]:
    """After each scenario: how far the journey got, and whether there is any use in going on."""
    running = item.config.stash.get(RUNNING, None)
    if running is None or running.at is None:
        return (yield)
    place = ORDER[int(running.at.place)] if running.at.told.is_procedure else ""
    try:
        result = yield
        if place:
            running.progress.note(place, "done")
    except (SiteTrouble, LedgerError) as error:
        running.trouble = str(error)
        running.broken = place
        item.session.shouldstop = str(error)
        raise
    except pytest.skip.Exception:
        raise
    except StepFailure as failure:
        running.broken = place
        if not running.proxy.why:
            raise
        running.trouble = item.session.shouldstop = running.proxy.why
        raise SiteTrouble(f"{failure}\n{running.proxy.why}") from failure
    except BaseException:
        running.broken = place
        raise
    return result


@pytest.hookimpl(wrapper=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> Iterator[None]:
    """The exit code says whether the run can go on from where it stopped, once the evidence is closed.

    A secret in the evidence is told with a code that pytest also has for a wrong option.
    """
    yield
    running = session.config.stash.get(RUNNING, None)
    if session.exitstatus != exitstatus and session.exitstatus == watching.SECRET_FOUND:
        session.exitstatus = SECRET_TOLD
    elif running and (running.trouble or session.exitstatus == pytest.ExitCode.INTERRUPTED):
        session.exitstatus = ABORTED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """What was done, and how to go on."""
    running = config.stash.get(RUNNING, None)
    if running is None:
        return
    reached = running.progress.read()
    terminalreporter.write_line(f"済んだ手順: {'、'.join(reached.done) or 'なし'}")
    if running.trouble or running.broken:
        at = running.broken or (ORDER[int(running.at.place)] if running.at else "")
        why = running.trouble.partition("\n")[0]
        terminalreporter.write_line(f"止まったところ: 手順{at}。{why}")
        terminalreporter.write_line("直してから --resume を付けると続けます。済んだことは繰り返しません。")
