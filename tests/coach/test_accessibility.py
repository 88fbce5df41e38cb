"""axe-core finds nothing serious on any screen of training.

The bank's screens with the coach on them are looked at in test_journey, on the way through them; refused
forms in test_mistakes, and every state of the coach in test_states.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.coach.axe import faults
from tests.coach.trainee import Trainee

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext

    from fixtures.server import Server


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
