"""A driver over pages of strange markup, made on the spot."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, Page

from steps.driver.find import Finder
from steps.driver.profile import Locate, Profile, Timeouts
from steps.driver.windows import Windows

PROFILE = Profile(
    words={"ユーザ名": "利用者名"},
    find={"ログイン/進む": Locate(css="#stubborn"), "印刷": Locate(text="プリント")},
    timeouts=Timeouts(find=1.5),
)


@pytest.fixture
def opened(context: BrowserContext) -> Windows:
    return Windows(context)


@pytest.fixture
def finder(opened: Windows) -> Finder:
    return Finder(opened, PROFILE)


@pytest.fixture
def page(opened: Windows) -> Page:
    return opened.front
