"""axe-core's serious findings on a page: those that keep people from using it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from axe_playwright_python.sync_playwright import Axe

if TYPE_CHECKING:
    from playwright.sync_api import Page

SERIOUS = ("serious", "critical")
ANY = ("minor", "moderate", *SERIOUS)


def faults(page: Page, impacts: tuple[str, ...] = SERIOUS) -> list[str]:
    """Return the title, rule and element of everything on a page that is as serious as one of these."""
    found = Axe().run(page).response["violations"]
    return [
        f"{page.title()}: {fault['id']} {node['html'][:160]}"
        for fault in found
        if fault["impact"] in impacts
        for node in fault["nodes"]
    ]


class Looks:
    """Looks at each screen the first time that it is seen; keeps what is serious."""

    def __init__(self) -> None:
        self.seen: set[str] = set()
        self.faults: list[str] = []

    def look(self, page: Page) -> None:
        """Check the page unless one with its title has been checked."""
        if (title := page.title()) not in self.seen:
            self.seen.add(title)
            self.faults.extend(faults(page))
