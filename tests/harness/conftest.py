"""A driver over pages made on the spot: no server, no bank."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from steps.driver.find import Finder
from steps.driver.hands import Hands
from steps.driver.profile import Profile, Timeouts
from steps.driver.story import Story
from steps.driver.windows import Windows
from tests.harness.people import nobodys_seat

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page


@pytest.fixture
def profile() -> Profile:
    """A site that calls everything as the manual does; what is not there need not be waited for long."""
    return Profile(timeouts=Timeouts(find=1.5))


@pytest.fixture
def opened(context: BrowserContext, profile: Profile) -> Windows:
    """The windows of a browser that has none open yet."""
    return Windows(context, profile.timeouts)


@pytest.fixture
def finder(opened: Windows, profile: Profile) -> Finder:
    """Looks for things in them."""
    return Finder(opened, profile)


@pytest.fixture
def story() -> Story:
    """The master at a new bank that is never asked."""
    return nobodys_seat()


@pytest.fixture
def hands(opened: Windows, finder: Finder, story: Story, profile: Profile) -> Hands:
    """The hands of the master."""
    return Hands(opened, finder, story, "about:blank", profile)


@pytest.fixture
def page(opened: Windows) -> Page:
    """One window, opened by hand."""
    return opened.front
