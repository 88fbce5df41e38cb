"""前提: how far the story has got, who is at the keyboard, on which screen, and what day it is."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta

from pytest_bdd import given, parsers, step

from simulator.training.situations import STARTS
from steps.bank_under_test import BankUnderTest

SITUATION = "|".join(map(re.escape, STARTS))
PERSON = r"(?P<person>マスターユーザ|一般ユーザ)"


@given("まだ何も終わっていない")
def nothing_done(bank: BankUnderTest) -> None:
    """A new bank."""
    bank.start_after("")


@given(parsers.re(r"手順(?P<id_>[\d-]+)まで終わっている"))
def done_up_to(bank: BankUnderTest, id_: str) -> None:
    """The bank as a procedure leaves it, nobody logged in."""
    bank.start_after(id_)


@step(parsers.re(PERSON + "が操作する"))
def at_the_keyboard(bank: BankUnderTest, person: str) -> None:
    """Whose values are typed from here on."""
    bank.sit_down(person)


@step(parsers.re(PERSON + r"が「(?P<screen>.+)」画面を表示している"))
def at_a_screen(bank: BankUnderTest, person: str, screen: str) -> None:
    """A person at a screen; logs in where that is needed."""
    bank.sit_down(person)
    bank.reach(screen)


@step(parsers.re(r"承認パスワードの有効期限の ?(?P<when>当日|(?P<days>\d+) 日(?P<side>前|後))になる"))
def near_expiry(bank: BankUnderTest, when: str, days: str | None, side: str | None) -> None:
    """Move the bank's date to a day counted from the expiry of this person's approval password (R07)."""
    away = timedelta(days=0 if when == "当日" else int(days or 0) * (1 if side == "後" else -1))
    with bank.story.training_seat().change() as world:
        expires = world.users[bank.story.me.login_id].approval_expires
        assert expires, "承認パスワードがまだ設定されていません。"
        world.clock.set(datetime.combine(expires + away, time(12)))


@given("ウィンドウを閉じる前に確認しない設定である")
def closes_at_once(bank: BankUnderTest) -> None:
    """The browser's own question before closing is not imitated (procedure 4, step 6)."""
    with bank.story.training_seat().change() as world:
        world.settings.close_dialog = False


@given(parsers.re(rf"(?P<situation>{SITUATION})"))
def situation(bank: BankUnderTest, situation: str) -> None:
    """The bank as a drill finds it."""
    with bank.story.training_seat().change() as world:
        STARTS[situation](world)
        world.new_events.clear()
