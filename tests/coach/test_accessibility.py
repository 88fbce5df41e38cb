"""axe-core finds nothing serious on any screen of training, nor on what a mistake shows.

The bank's screens with the coach on them are looked at in test_show_and_learn, on the way through them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.coach.axe import faults
from tests.coach.trainee import Trainee

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

    from fixtures.server import Server

PASSWORD = "kunren-no-tsukue-1"


def test_refused_forms_and_what_a_mistake_shows(trainee: Trainee) -> None:
    found: list[str] = []

    def err(_trainee: Trainee, page: Page, key: str) -> None:
        if key == "2-1.4":
            page.get_by_role("button", name="登録", exact=True).click()
            page.get_by_text("入力内容をご確認ください").wait_for()
        found.extend(faults(page))

    trainee.begin("2-1", "learn")
    trainee.follow_to_the_end(err)
    assert not found


def test_the_screens_of_training(context: BrowserContext, bank_server: Server) -> None:
    trainee = Trainee(context, f"http://127.0.0.1:{bank_server.port}/")
    found: list[str] = []
    page = context.new_page()
    page.goto(trainee.address)
    found += faults(page)
    page.close()
    trainee.sit_down()
    page = context.pages[0]
    for path in ("my", "my/memo", "my/letter", "welcome"):
        page.goto(trainee.address + path)
        found += faults(page)
    assert not found
