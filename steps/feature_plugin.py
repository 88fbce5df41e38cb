"""pytest plugin of the features: a bank for every scenario, tags as markers, failures by their step."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import BrowserContext, expect
from playwright.sync_api import Error as PlaywrightError

from simulator.manual.patterns import NUMBERED
from simulator.manual.procedures import procedures
from simulator.manual.rules import RULES
from simulator.store import Seat
from steps.bank_server import BankServer
from steps.bank_under_test import BankUnderTest
from steps.driver.failure import StepFailure
from steps.driver.profile import PLAIN, Profile
from steps.driver.questions import WAYS, Way
from steps.event_file import LedgerError
from steps.evidence import failure_record
from steps.masking import masked
from steps.stash_keys import BANK, SECRETS

BROWSER_ERROR = "サイトの画面を操作しているときに、ブラウザーのエラーが起きました"
if TYPE_CHECKING:
    from pytest_bdd.parser import Feature, Scenario, Step


def pytest_addoption(parser: pytest.Parser) -> None:
    """Register --questions."""
    parser.getgroup("features", "機能").addoption(
        "--questions",
        choices=WAYS,
        help="画面の確かめ方: 役割と名前（roles）、または人が読む言葉（words）。"
        "指定しなければ、受入テストでは words、ほかでは roles",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Make a marker of every procedure and every rule: -m 手順1-4, -m R05."""
    expect.set_options(timeout=PLAIN.timeouts.find_ms)
    for each in procedures():
        config.addinivalue_line("markers", f"手順{each.id}: {each.title}")
    config.addinivalue_line("markers", "選択: マニュアルに書かれていないため、この訓練用で選んだきまり")
    config.addinivalue_line("markers", "破壊的: 利用者をロックするなど、実際のサイトでは元に戻せないきまり")
    config.addinivalue_line("markers", "訓練: 訓練の課題。マニュアルの手順ではない")
    for rule in RULES:
        config.addinivalue_line("markers", f"{rule}: 画面と規則の一覧の {rule}")


@pytest.fixture(scope="session")
def question_way(pytestconfig: pytest.Config) -> Way:
    """Return how the questions of ならば are answered on the simulator."""
    way: Way = pytestconfig.getoption("--questions") or "roles"
    return way


@pytest.fixture(scope="session")
def bank_profile() -> Profile:
    """Return the profile of the simulator: its words are the manual's."""
    return PLAIN


@pytest.fixture
def bank(
    context: BrowserContext, seat: Seat, bank_server: BankServer, bank_profile: Profile, question_way: Way
) -> Iterator[BankUnderTest]:
    """Return a new bank and a browser for one scenario alone."""
    home = bank_server.address(seat.code)
    made = BankUnderTest(context, seat, home, door=f"{home}guide", profile=bank_profile, way=question_way)
    yield made
    made.windows.leave_nothing_open()


def pytest_bdd_before_step(request: pytest.FixtureRequest, scenario: Scenario, step: Step) -> None:
    """Tell the bank which sentences come next."""
    used: BankUnderTest = request.getfixturevalue("bank")
    request.node.stash[BANK] = used
    after = scenario.steps[scenario.steps.index(step) + 1 :]
    used.expects([_sentence(each) for each in after if each.type != "then"])
    used.begin_line(step.name if step.type == "then" else "", after[0].name if after else "")


def _sentence(step: Step) -> str:
    numbered = NUMBERED.fullmatch(step.name)
    return numbered["sentence"] if numbered else step.name


def pytest_bdd_after_step(request: pytest.FixtureRequest, scenario: Scenario, step: Step) -> None:
    """Note a procedure as done after its last step."""
    if step is scenario.steps[-1] and not scenario.rule:
        request.node.stash[BANK].story.done.extend(_procedure_of(scenario.feature))


def _procedure_of(feature: Feature) -> list[str]:
    return [tag.removeprefix("手順") for tag in feature.tags if tag.startswith("手順")]


def pytest_bdd_step_error(
    request: pytest.FixtureRequest, feature: Feature, scenario: Scenario, step: Step, exception: Exception
) -> None:
    """Add to the error which step of which procedure failed, and keep a picture of every window."""
    so_far = scenario.steps[: scenario.steps.index(step) + 1]
    numbered = [each.name for each in so_far if NUMBERED.match(each.name)]
    where = "".join(f"手順{id_} の {numbered[-1]}" for id_ in _procedure_of(feature) if numbered)
    exception.add_note(f"{where or feature.name}\n  {step.keyword} {step.name}")
    used = request.node.stash.get(BANK, None)
    if used:
        exception.add_note(_kept(request, used))


def _kept(request: pytest.FixtureRequest, used: BankUnderTest) -> str:
    """Keep every window and return where, in a sentence; a full disk must not hide why the step failed."""
    try:
        folder = Path(request.getfixturevalue("output_path"))
        failure_record.save(used.windows.all, folder, _secrets(request.node))
    except OSError as error:
        return f"画面の記録は残せませんでした（{error.strerror}）。"
    return f"画面の記録: {folder}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[Any]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Report a failed step in its own words, and never with a password."""
    report = yield
    if report.failed and (secrets := _secrets(item)):
        report.longrepr = masked(_message(report, call), secrets)
        report.sections = [(name, masked(text, secrets)) for name, text in report.sections]
    return report


def _secrets(item: pytest.Item) -> set[str]:
    """Return the story's passwords, and a deployment's, which are typed before there is a story."""
    used = item.stash.get(BANK, None)
    return item.config.stash.get(SECRETS, set)() | (used.story.secrets() if used else set())


def _message(report: pytest.TestReport, call: pytest.CallInfo[Any]) -> str:
    error = call.excinfo.value if call.excinfo else None
    if isinstance(error, StepFailure | LedgerError):
        return "\n".join([*getattr(error, "__notes__", ()), str(error)])
    if isinstance(
        error, PlaywrightError
    ):  # of the site's own scripts and windows: no place of ours explains it
        first = error.message.splitlines()[0]
        return "\n".join([*getattr(error, "__notes__", ()), f"{BROWSER_ERROR}: {first}"])
    return str(report.longrepr)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the tests of the journey in the manual's order, whatever order they were written in."""
    places = [place for place, item in enumerate(items) if _place_in_manual(item) is not None]
    journey = sorted((items[place] for place in places), key=lambda item: _place_in_manual(item) or 0)
    for place, item in zip(places, journey, strict=True):
        items[place] = item


def _place_in_manual(item: pytest.Item) -> int | None:
    """Return the place of a test of the journey in it; None for every other test."""
    if not isinstance(item, pytest.Function) or not hasattr(item.module, "place_in_manual"):
        return None
    place: int = item.module.place_in_manual(item)
    return place
