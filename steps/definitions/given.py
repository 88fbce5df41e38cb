"""前提: how far the story has got, who is at the keyboard, on which screen, and what day it is."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta

from pytest_bdd import given, parsers, step

from simulator.manual.patterns import AT_SCREEN, CLOSES_AT_ONCE, DONE_UP_TO, EXPIRY_DAY, NOTHING_DONE, WORKS
from simulator.training.situations import STARTS
from steps.bank_under_test import BankUnderTest

SITUATION = "|".join(map(re.escape, STARTS))


@given(NOTHING_DONE)
def nothing_done(bank: BankUnderTest) -> None:
    """A new bank."""
    bank.start_after("")


@given(parsers.re(DONE_UP_TO.pattern))
def done_up_to(bank: BankUnderTest, procedure: str) -> None:
    """The bank as a procedure leaves it, nobody logged in."""
    bank.start_after(procedure)


@step(parsers.re(WORKS.pattern))
def at_the_keyboard(bank: BankUnderTest, person: str) -> None:
    """Choose the person whose values are typed from here on."""
    bank.sit_down(person)


@step(parsers.re(AT_SCREEN.pattern))
def at_a_screen(bank: BankUnderTest, person: str, screen: str) -> None:
    """A person at a screen; logs in where that is needed."""
    bank.sit_down(person)
    bank.reach(screen)


@step(parsers.re(EXPIRY_DAY.pattern))
def near_expiry(bank: BankUnderTest, when: str, days: str | None, side: str | None) -> None:
    """Move the bank's date to a day counted from the expiry of this person's approval password (R07)."""
    away = timedelta(days=0 if when == "当日" else int(days or 0) * (1 if side == "後" else -1))
    with bank.story.training_seat().change() as world:
        expires = world.users[bank.story.me.login_id].approval_expires
        assert expires, "承認パスワードがまだ設定されていません。"
        world.clock.set(datetime.combine(expires + away, time(12)))


@given(CLOSES_AT_ONCE)
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
