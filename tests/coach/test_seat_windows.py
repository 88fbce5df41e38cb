"""The windows of a seat, and a name on a LAN: which window speaks, what is told where one was closed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from fixtures import server
from simulator.store import Worlds
from simulator.store.training import Training
from tests.coach.classes_of_one import class_of_one
from tests.coach.trainee import Trainee

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Locator, Page

    from fixtures.server import Server

NAME = "kenshu.example"


class EnoughError(Exception):
    """Raised once the thing to be seen has been seen."""


def box(page: Page, state: str) -> Locator:
    return page.locator(f"densai-coach [data-state={state}]")


def test_each_window_says_where_it_goes_on_and_brings_that_one_in_front(trainee: Trainee) -> None:
    def check(page: Page, key: str) -> None:
        if key != "2-1.1":
            return
        home, _, service = trainee.context.pages[:3]
        assert page == trainee.context.pages[1]
        for other in (home, service):
            expect(box(other, "window").locator("h2")).to_have_text(
                "次は「サービス一覧」のウィンドウで操作します"
            )
            expect(box(other, "window")).to_contain_text("手順2-1　1.")
            expect(other.locator("densai-coach .marker")).to_be_hidden()
        box(service, "window").get_by_role("button").click()
        page.wait_for_function("document.hasFocus()")
        assert len(trainee.context.pages) == 3
        raise EnoughError

    trainee.begin("all", "learn")
    with pytest.raises(EnoughError):
        trainee.follow_to_the_end(check)


def test_a_window_that_was_closed_is_told_and_the_way_back_leads_there(trainee: Trainee) -> None:
    closed: list[str] = []

    def close(page: Page, key: str) -> None:
        if key == "1-3.3" and not closed:
            page.close(run_before_unload=True)
            closed.append(key)

    trainee.begin("1-3", "learn")
    trainee.follow_to_the_end(close)
    assert closed


@pytest.fixture(scope="module")
def lan_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that answers to the name."""
    running = server.start(tmp_path_factory.mktemp("lan"), ("tests.coach.lan:answer_to", NAME))
    yield running
    running.stop()


@pytest.fixture(scope="module")
def seat_code(lan_server: Server) -> Iterator[str]:
    """The code of a seat in a class of that server."""
    worlds = Worlds(lan_server.database)
    yield class_of_one(Training(worlds))[1].code
    worlds.close()


@pytest.fixture(scope="module")
def lan_browser(launch_browser: Callable[..., Browser]) -> Iterator[Browser]:
    """A browser that finds this server under a name, as in a class."""
    browser = launch_browser(args=[f"--host-resolver-rules=MAP {NAME} 127.0.0.1"])
    yield browser
    browser.close()


def test_over_plain_http_on_a_name_there_is_a_coach_that_shows_and_copies(
    lan_browser: Browser, lan_server: Server, seat_code: str, browser_context_args: dict[str, Any]
) -> None:
    context = lan_browser.new_context(**{**browser_context_args, "reduced_motion": "reduce"})
    trainee = Trainee(context, f"http://{NAME}:{lan_server.port}/")
    errors: list[str] = []
    context.on("weberror", lambda error: errors.append(str(error.error)))
    trainee.take_seat(seat_code)
    page = trainee.begin("1-1", "learn")
    assert page.evaluate("window.isSecureContext") is False
    copied: list[str] = []

    def copy(at: Page, key: str) -> None:
        if key != "1-1.4":
            return
        at.locator("densai-value button").click()
        expect(at.locator("densai-value button")).to_have_text("コピーしました")
        at.get_by_label("お客様ID", exact=True).focus()
        at.keyboard.press("Control+V")
        copied.append(at.get_by_label("お客様ID", exact=True).input_value())
        at.get_by_label("お客様ID", exact=True).fill("")

    trainee.follow_to_the_end(copy)
    assert copied == ["d-1560heki"]
    assert not errors
    context.close()
