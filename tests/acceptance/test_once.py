"""A real password is sent once: what its answer was is seen, or the run stops and leaves it open."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from msgspec.structs import replace
from playwright.sync_api import BrowserContext

from simulator.bank.people import people
from simulator.manual.procedures import procedure
from simulator.manual.wording import MASTER
from steps.acceptance.deployed_bank import DeployedBank
from steps.attempt_counter import AttemptCounter
from steps.deployment import load, resolve
from steps.driver.failure import SiteTrouble, StepFailure, UnexpectedDialog
from steps.driver.profile import Notice, Timeouts
from steps.ledger import Ledger, LedgerAccount
from tests.acceptance.canned import LOGIN, Page, served
from tests.acceptance.runs import SIMULATOR, environment

PEOPLE = people(7)
ME = PEOPLE.master.login_id
REFUSED: Page = (200, f"{LOGIN}<p>お客様IDまたはログインパスワードが正しくありません。</p>")
FORM = (
    "<h1>ログインパスワード変更</h1><form action='/changed' method='post'>"
    "<label>現ログインパスワード <input type='password'></label>"
    "<label>新ログインパスワード <input type='password'></label>"
    "<label>新ログインパスワード（再入力） <input type='password'></label>"
)
CHANGED: Page = (200, "<h1>サービス一覧</h1>")
Opened = Callable[..., DeployedBank]


@pytest.fixture
def said() -> list[str]:
    """The lines that the run prints on the terminal."""
    return []


@pytest.fixture
def opened(context: BrowserContext, tmp_path: Path, said: list[str]) -> Opened:
    """A bank at an address, with little patience."""

    def at(start: str, *notices: Notice) -> DeployedBank:
        made = replace(load(SIMULATOR), timeouts=Timeouts(find=1), notices=list(notices))
        attempts = AttemptCounter(Ledger(tmp_path / "ledger", 6, success_resets=False))
        return DeployedBank(context, resolve(made, environment(PEOPLE, start)), attempts, said.append)

    return at


def account(bank: DeployedBank) -> LedgerAccount:
    return bank.attempts.ledger.account(ME)


@pytest.mark.parametrize(
    ("answer", "changed", "wrong"), [(CHANGED, True, 0), (REFUSED, False, 1)], ids=["list", "form"]
)
def test_whether_the_password_was_changed_is_seen_by_logging_in_once(
    opened: Opened, answer: Page, changed: bool, wrong: int
) -> None:
    with served({"/in": answer}) as start:
        bank = opened(start)
        bank.attempts.ledger.note(ME, "login", "changing")
        assert bank.find_out_password(MASTER) is changed
    assert account(bank).own["login"] is changed
    assert account(bank).wrong["login"] == wrong
    assert ("1-2" in bank.story.done) is changed


@pytest.mark.parametrize(
    "answer",
    [
        (500, "<h1>Internal Server Error</h1>"),
        (503, "<h1>メンテナンスのお知らせ</h1>"),
        (200, "<h1>お知らせ</h1>"),
    ],
)
def test_trouble_with_the_site_says_nothing_of_the_password(opened: Opened, answer: Page) -> None:
    with served({"/in": answer}) as start:
        bank = opened(start)
        bank.attempts.ledger.note(ME, "login", "changing")
        with pytest.raises(SiteTrouble):
            bank.find_out_password(MASTER)
    assert account(bank).own["login"] is None
    assert account(bank).wrong["login"] == 1
    assert bank.story.done == []


def test_a_form_that_cannot_be_filled_leaves_the_story_as_it_was(opened: Opened) -> None:
    with served({"/login": (200, "<h1>ログイン</h1><label>お客様ID <input></label>")}) as start:
        bank = opened(start)
        bank.attempts.ledger.note(ME, "login", "changing")
        with pytest.raises(SiteTrouble):
            bank.find_out_password(MASTER)
    assert account(bank).own["login"] is None
    assert account(bank).wrong["login"] == 0
    assert bank.story.done == []


def test_ones_own_password_that_does_not_lead_on_stops_the_run(opened: Opened) -> None:
    with served({"/in": REFUSED}) as start:
        bank = opened(start)
        with pytest.raises(SiteTrouble, match="もう送信しません") as failure:
            bank.reach("ログインパスワード変更")
    assert PEOPLE.master.issued_password not in str(failure.value)
    assert account(bank).wrong["login"] == 1


ALERT = "前回のご利用：2026年11月26日"
ALERTS: Page = (200, f"<script>alert('{ALERT}')</script>{FORM}")


def log_in(bank: DeployedBank) -> None:
    """Log in and look once more: the alert may come at the very moment at which the screen is found."""
    bank.reach("ログインパスワード変更")
    bank.find.screen("ログインパスワード変更")


def test_a_right_password_is_not_suspected_because_of_an_alert_that_the_file_can_list(
    opened: Opened, said: list[str]
) -> None:
    with served({"/in": ALERTS}) as start:
        bank = opened(start)
        with pytest.raises(UnexpectedDialog) as failure:
            log_in(bank)
        assert account(bank).wrong["login"] == 0
        (notice,) = tomllib.loads(str(failure.value).partition("写す行:")[2])["notices"]
        assert notice == {"alert": "前回のご利用："}
        again, noted = opened(start, Notice(**notice)), list[str]()
        again.ask.remarks.on_note = noted.append
        again.start_afresh()
        log_in(again)
        again.find.in_front.answered("前回のご利用：", ALERT)
    assert noted == [f"ダイアログに「OK」で答えました: 「{ALERT}」"] * 2
    assert [line.partition(" A ")[0] for line in said] == ["お知らせを閉じました: 「前回のご利用：」"]


def test_an_alert_and_no_next_screen_is_a_suspicion(opened: Opened) -> None:
    with served({"/in": (200, f"<script>alert('{ALERT}')</script>{LOGIN}")}) as start:
        bank = opened(start)
        with pytest.raises(SiteTrouble, match="もう送信しません"):
            bank.reach("ログインパスワード変更")
    assert account(bank).wrong["login"] == 1


def change(bank: DeployedBank) -> list[bool]:
    """Return the events of procedure 1-2 that reach the progress file."""
    heard: list[bool] = []
    bank.on_sending = heard.append
    bank.reach("ログインパスワード変更")
    step = procedure("1-2").steps[0]
    with suppress(StepFailure):
        bank.do(step.sentence, step.rows)
        bank.arrive("サービス一覧")
    return heard


@pytest.mark.parametrize(
    ("button", "heard", "own"),
    [("", [], False), ("<button>変更</button>", [False, True], True)],
    ids=["missing", "there"],
)
def test_a_change_is_noted_at_its_press_and_not_before(
    opened: Opened, button: str, heard: list[bool], own: bool
) -> None:
    with served({"/in": (200, f"{FORM}{button}</form>"), "/changed": CHANGED}) as start:
        bank = opened(start)
        assert change(bank) == heard
    assert account(bank).own["login"] is own
