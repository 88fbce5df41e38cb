"""Every screen as a browser lays it out: nothing jumps, nothing runs over, everybody can use it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pytest
from axe_playwright_python.sync_playwright import Axe

from simulator.training import starts
from tests.screens.shown import ORIGIN, Screens, Shot, every_screen

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Locator, Page

    from tests.screens.banks import Bank

MOST_SHIFT = 0.02
DOCK = 320  # 20rem
BESIDE_MAIN = ("S13", "S13a", "S14", "S18", "S19", "S21", "S22")
WITH_TABLES = ("S06", "S12", "S13", "S14 refused", "S17", "S22", "S33", "S34")
# Text -> the cells that are too narrow to read.
NARROW = """
cells => cells.filter(cell => cell.innerText.length > 2 && cell.clientWidth < 40).map(cell => cell.innerText)
"""


class Size(NamedTuple):
    """A window in CSS pixels: zoom makes it smaller, so 683 is a desk's at 200 %."""

    width: int
    height: int


DESK, POPUP, TABLET, ZOOMED, PHONE = (
    Size(1366, 768),
    Size(1180, 700),
    Size(1024, 768),
    Size(683, 384),
    Size(390, 844),
)


@pytest.fixture(scope="module")
def shots(densai: Bank) -> dict[str, Shot]:
    return every_screen(densai, starts.make_seats(densai.worlds, seed=1560)[0])


@pytest.fixture
def screens(densai: Bank, context: BrowserContext, shots: dict[str, Shot]) -> Screens:
    return Screens(densai, context, shots)


def resized(screens: Screens, size: Size) -> Screens:
    screens.page.set_viewport_size({"width": size.width, "height": size.height})
    return screens


def overflow(page: Page) -> int:
    """By how many pixels the page itself is wider than its window."""
    root = "document.documentElement"
    return int(page.evaluate(f"{root}.scrollWidth - {root}.clientWidth"))


class Box(NamedTuple):
    """Where a thing is on the page."""

    left: float
    top: float
    right: float
    bottom: float


def box_of(thing: Locator) -> Box:
    found = thing.bounding_box()
    assert found
    left, top = found["x"], found["y"]
    return Box(left, top, left + found["width"], top + found["height"])


@pytest.mark.parametrize(
    ("size", "coached"),
    [(DESK, False), (ZOOMED, False), (PHONE, False), (POPUP, True), (TABLET, True), (PHONE, True)],
)
def test_no_page_jumps_or_runs_over_its_window(screens: Screens, size: Size, *, coached: bool) -> None:
    resized(screens, size).coached = coached
    for number in screens.shots:
        page = screens.show(number)
        assert screens.shift() <= MOST_SHIFT, number
        assert overflow(page) <= 0, number
        banner = box_of(page.locator(".training p"))
        assert banner.bottom - banner.top < 30, number  # one line
        assert 0 <= banner.left < banner.right <= size.width, number
        assert page.locator("th, td").evaluate_all(NARROW) == [], number


def test_a_jump_is_noticed(screens: Screens) -> None:
    page = screens.show("S04")
    assert screens.shift() == 0
    page.evaluate("document.querySelector('main').before(document.createElement('h2'))")
    page.evaluate("document.querySelector('h2').append('x')")
    assert screens.shift() > MOST_SHIFT


@pytest.mark.parametrize("size", [DESK, POPUP, TABLET, PHONE])
def test_the_page_leaves_room_to_the_coach_beside_or_below_it(screens: Screens, size: Size) -> None:
    resized(screens, size).coached = True
    beside = size.width >= 1100
    for number in ("S01", "S04", "S13"):
        page = screens.show(number)
        assert box_of(page.locator(".training")).right == size.width, number  # it spans both
        for part in ("header", "main"):
            right = box_of(page.locator(part).first).right
            assert right <= size.width - (DOCK if beside else 0), number
        below = page.evaluate("getComputedStyle(document.body).paddingBottom")
        assert (below == "0px") is beside, number


def test_without_a_coach_the_page_has_all_the_room(screens: Screens) -> None:
    page = resized(screens, DESK).show("S04")
    assert page.evaluate("getComputedStyle(document.body).padding") == "0px"


@pytest.mark.parametrize(("size", "above"), [(DESK, False), (POPUP, False), (PHONE, True)])
def test_labels_stand_above_their_fields_where_the_page_is_narrow(
    screens: Screens, size: Size, *, above: bool
) -> None:
    resized(screens, size).coached = True
    page = screens.show("S18")
    label, field = box_of(page.locator("label").first), box_of(page.locator("input#user_id"))
    assert (label.bottom <= field.top) is above
    assert (label.right <= field.left) is not above


def test_every_button_of_a_table_is_in_view_on_a_narrow_page(screens: Screens) -> None:
    resized(screens, PHONE)
    for number in ("S06", "S12", "S13", "S17"):
        for thing in screens.show(number).locator(":is(th, td) :is(button, input:not([type=hidden]))").all():
            assert box_of(thing).right <= PHONE.width, number


def test_the_way_back_stands_beside_the_main_button_and_is_named_without_its_sign(screens: Screens) -> None:
    for size in (DESK, PHONE):
        resized(screens, size)
        for number in BESIDE_MAIN:
            page = screens.show(number)
            back, main = page.get_by_role("button", name="戻る", exact=True), page.locator("button.main").last
            there, here = box_of(back), box_of(main)
            assert there.right < here.left, number
            assert abs(there.top + there.bottom - here.top - here.bottom) < 2, number
            assert "‹" in back.evaluate("each => getComputedStyle(each, '::before').content"), number


def test_the_pager_has_its_signs_and_plain_names(screens: Screens) -> None:
    page = screens.show("S12")
    for label, side, sign in (
        ("10ページ前", "::before", "‹"),
        ("前", "::before", "‹"),
        ("次", "::after", "›"),
        ("10ページ次", "::after", "›"),
    ):
        button = page.get_by_role("button", name=label, exact=True)
        assert sign in button.evaluate(f"each => getComputedStyle(each, '{side}').content")


def axe_findings(page: Page) -> list[str]:
    """Everything that axe-core finds, serious or not."""
    found = Axe().run(page).response["violations"]
    return [f"{each['id']}: {node['html'][:120]}" for each in found for node in each["nodes"]]


def test_axe_finds_nothing_at_all_on_any_screen(screens: Screens) -> None:
    resized(screens, DESK)
    for number in screens.shots:
        assert axe_findings(screens.show(number)) == [], number


def test_axe_notices_what_stands_outside_every_landmark(screens: Screens) -> None:
    page = screens.show("S01")
    page.evaluate("document.body.append(document.createElement('p'))")
    page.evaluate("document.body.lastChild.append('stray')")
    assert [each.partition(":")[0] for each in axe_findings(page)] == ["region"]


def test_axe_finds_nothing_where_tables_are_squeezed(screens: Screens) -> None:
    resized(screens, PHONE)
    for number in WITH_TABLES:
        assert axe_findings(screens.show(number)) == [], number


def test_the_window_is_no_secure_context_as_in_a_class_without_https(screens: Screens) -> None:
    page = screens.show("S04")
    assert page.url.startswith(ORIGIN)
    assert page.evaluate("isSecureContext") is False
    page.get_by_role("button", name="ソフトウェアキーボード入力").click()
    page.get_by_role("button", name="a", exact=True).click()
    assert page.locator("#password").input_value() == "a"
