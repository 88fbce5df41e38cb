"""axe-core finds nothing serious on any screen, of the bank with the coach on it and of a trainee's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.coach.trainee import Trainee

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext

    from fixtures.server import Server

SERIOUS = ("serious", "critical")


def faults(page: Page) -> list[str]:
    """Rule and element of everything serious."""
    found = Axe().run(page).response["violations"]
    return [
        f"{page.title()}: {fault['id']} {node['html'][:160]}"
        for fault in found
        if fault["impact"] in SERIOUS
        for node in fault["nodes"]
    ]


@pytest.mark.parametrize("course", ["all", "d-01", "d-08", "d-10", "d-11", "d-12"])
def test_every_screen_of_a_course(trainee: Trainee, course: str) -> None:
    seen: set[str] = set()
    found: list[str] = []

    def look(page: Page) -> None:
        title = page.title()
        if title not in seen:
            seen.add(title)
            found.extend(faults(page))

    trainee.look = look
    trainee.begin(course, "learn")
    trainee.follow_to_the_end()
    assert len(seen) > 3
    assert not found


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
