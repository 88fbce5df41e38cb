"""Somebody chooses every password himself: the coach never types or shows one, or spends an attempt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Locator, Page

    from simulator.store import Worlds
    from simulator.store.training import PracticeRow
    from tests.coach.trainee import Trainee

# What is typed into a field of a password that is chosen, and into those that ask for it later.
MASTER = {"ログイン": "jibun1234", "承認": "kimeta567"}
GENERAL = {"初回": "hajime123", "ログイン": "hanako1234", "初期承認": "shoki1234", "承認": "hana56789"}
BY_STEP = {
    "1-2.1": {"新": MASTER["ログイン"], "確認": MASTER["ログイン"]},
    "1-3.2": {"": MASTER["承認"]},
    "1-4.6": {"": MASTER["承認"]},
    "2-1.4": {"初回ログインパスワード": GENERAL["初回"]},
    "2-2.6": {"": MASTER["承認"]},
    "2-3.6": {"": GENERAL["初期承認"]},
    "2-3.7": {"": MASTER["承認"]},
    "3-1.4": {"ログインパスワード": GENERAL["初回"]},
    "3-2.1": {"現": GENERAL["初回"], "新": GENERAL["ログイン"], "確認": GENERAL["ログイン"]},
    "3-3.2": {"現在": GENERAL["初期承認"], "新し": GENERAL["承認"], "確認": GENERAL["承認"]},
}


def own(key: str, label: str) -> str:
    """Return the trainee's own value for a field; "" where the value is given."""
    return next((text for start, text in BY_STEP.get(key, {}).items() if label.startswith(start)), "")


def test_no_attempt_is_ever_spent_by_the_coach(
    trainee: Trainee, latest: Callable[[], PracticeRow], worlds: Worlds
) -> None:
    labels: dict[str, list[str]] = {}

    def look(page: Page, coach: Locator) -> None:
        del page
        told = (
            coach.evaluate("c => c.state.step && c.state.step.values.map(v => [v.word, v.kind, v.value])")
            or []
        )
        for _, kind, value in told:
            assert kind != "own" or value == ""
        if any(kind == "own" for _, kind, _ in told):
            labels.setdefault(trainee.due(coach), [word for word, kind, _ in told if kind == "own"])
            expect(coach.locator("[data-name=act]")).to_have_count(0)

    trainee.own, trainee.look = own, look
    page = trainee.begin("all", "learn")
    seat = page.url.split("/bank/")[1].split("/")[0]
    trainee.follow_to_the_end()
    assert set(labels) >= {"1-4.6", "2-2.6", "2-3.7", "3-1.4", "3-3.2"}
    assert latest().outcome == "done"
    opened = worlds.open(seat)
    assert opened
    _, world = opened
    assert all(user.login_failures == user.approval_failures == 0 for user in world.users.values())
    assert not [entry for _, entry in worlds.seat(seat).events_after(0) if entry.kind.endswith("_wrong")]  # type: ignore[union-attr]
