"""A course for a learning platform: a zip that it can take in, a page that tells it what is to be told."""

from __future__ import annotations

import io
import mimetypes
import re
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest

from steps.publishing import scorm_book
from steps.publishing.scorm_book import MANIFEST, Part
from tests.publishing.conftest import COURSE
from tests.publishing.made_book import BOOK
from tests.publishing.reader import Reader

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page, Route

    from steps.publishing.book import Book

pytestmark = pytest.mark.xdist_group("captured")  # one worker captures for all

PLATFORM = Path(__file__).with_name("platform.js").read_text(encoding="utf-8")
SITE = "http://127.0.0.1:9"  # nobody is asked: every answer is made here
NAMES = {
    "": "{http://www.imsproject.org/xsd/imscp_rootv1p1p2}",
    "adlcp": "{http://www.adlnet.org/xsd/adlcp_rootv1p2}",
    "imsmd": "{http://www.imsglobal.org/xsd/imsmd_rootv1p2p1}",
}
STATUS, SCORE, STATE = "cmi.core.lesson_status", "cmi.core.score.raw", "cmi.suspend_data"


def members(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return {name: file.read(name) for name in file.namelist()}


def whole(book: Book) -> bytes:
    *_, part = scorm_book.parts_of(book)
    return scorm_book.content(book, part)


def test_there_is_a_course_for_each_procedure_and_for_the_whole() -> None:
    assert [part.name for part in scorm_book.parts_of(BOOK)] == ["procedure-1-1", "all"]


def test_the_manifest_follows_the_schema_and_lists_every_file() -> None:
    files = members(whole(BOOK))
    assert next(iter(files)) == MANIFEST
    assert all(name.isascii() for name in files)
    root = ET.fromstring(files[MANIFEST])  # noqa: S314  made here
    assert [each.tag.removeprefix(NAMES[""]) for each in root] == ["metadata", "organizations", "resources"]
    assert [each.text for each in root[0][:2]] == ["ADL SCORM", "1.2"]
    (organization,), (resource,) = root[1], root[2]
    assert root[1].get("default") == organization.get("identifier")
    title, item = organization
    assert "訓練用" in str(title.text)
    assert item.get("identifierref") == resource.get("identifier")
    assert (resource.get("type"), resource.get(f"{NAMES['adlcp']}scormtype")) == ("webcontent", "sco")
    assert resource.get("href") in files
    assert {each.get("href") for each in resource} == set(files) - {MANIFEST}
    identifiers = [each.get("identifier") for each in root.iter() if each.get("identifier")]
    assert len(set(identifiers)) == len(identifiers)
    assert all(re.fullmatch(r"[A-Za-z_][\w.-]*", str(each), re.ASCII) for each in identifiers)
    language = "{http://www.w3.org/XML/1998/namespace}lang"
    assert {each.get(language) for each in root.iter(f"{NAMES['imsmd']}langstring")} == {"ja"}


def test_signs_of_xml_mean_nothing_in_a_title() -> None:
    files = members(scorm_book.content(BOOK, Part("part", "<A> & B", [0])))
    assert ET.fromstring(files[MANIFEST])[1][0][0].text == "<A> & B　体験版（訓練用）"  # noqa: S314  as above


def test_equal_books_give_equal_zips() -> None:
    assert whole(BOOK) == whole(BOOK)


@pytest.fixture
def launch(captured: Book, page: Page) -> Callable[[dict[str, str]], Page]:
    """Opens the course from the platform, which has kept something; returns the course's window."""
    files = members(whole(captured))

    def answer(route: Route) -> None:
        name = route.request.url.rpartition("/")[2]
        kind = mimetypes.guess_type(name)[0] or "text/html"
        route.fulfill(body=files.get(name, b"<title>platform</title>"), content_type=f"{kind}; charset=utf-8")

    page.context.route(f"{SITE}/**", answer)

    def open_it(kept: dict[str, str]) -> Page:
        page.goto(f"{SITE}/platform")
        page.evaluate(PLATFORM, kept)
        with page.expect_popup() as opened:
            page.evaluate("address => { window.open(address); }", f"{SITE}/index.html")
        return opened.value

    return open_it


def told(page: Page) -> dict[str, Any]:
    """What the platform knows by now."""
    found = page.evaluate("() => ({ ...platform, state: platform.state() })")
    assert found["refused"] == []
    return dict(found)


def test_a_course_goes_on_where_it_was_left_and_tells_its_end(
    launch: Callable[[dict[str, str]], Page], page: Page
) -> None:
    course = launch({})
    reader = Reader(course)
    course.get_by_role("button", name="案内つきで練習する").first.click()
    assert list(reader.until(f"手順{COURSE}　3."))
    before = told(page)
    assert before["kept"][STATUS] == "incomplete"
    assert before["kept"]["cmi.core.exit"] == "suspend"
    assert SCORE not in before["kept"]
    assert before["commits"] > 1
    course.close()
    page.wait_for_function("platform.state() === 'over'")
    course = launch(told(page)["kept"])
    reader = Reader(course)
    course.get_by_role("button", name="途中から続ける").click()
    assert list(reader.until(f"手順{COURSE}を終えました"))
    page.wait_for_function("platform.said.filter(([name]) => name === 'cmi.core.lesson_status').length > 2")
    after = told(page)["kept"]
    assert (after[STATUS], after[SCORE], after["cmi.core.exit"]) == ("passed", "100", "")
    assert len(after[STATE]) < 200
    assert reader.errors == []


def test_who_only_looks_on_completes_it_without_a_score(
    launch: Callable[[dict[str, str]], Page], page: Page
) -> None:
    course = launch({STATE: '{"h":"of another book"}'})
    course.evaluate("sessionStorage.setItem('densai-speed', '0.02')")
    course.get_by_role("button", name="見本を見る").first.click()
    course.get_by_role("heading", name=f"手順{COURSE}を終えました").wait_for()
    after = told(page)["kept"]
    assert after[STATUS] == "completed"
    assert SCORE not in after
