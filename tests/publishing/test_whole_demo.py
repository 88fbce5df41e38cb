"""The whole trial version, from the command to its last step: from a folder and from a static server."""

from __future__ import annotations

import subprocess
import sys
from functools import partial
from http.server import SimpleHTTPRequestHandler
from typing import TYPE_CHECKING

import pytest

from simulator.training.lessons import courses
from steps.exit_codes import ExitCode
from tests.loopback import Silent, listening
from tests.publishing.reader import Reader

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Page

pytestmark = [pytest.mark.long, pytest.mark.xdist_group("whole demo")]
ITEMS = courses()["all"].items
ENDS = [f"手順{item.lesson}を終えました" for item in ITEMS if item.key.endswith(".1")]
MOST_BYTES = 12 * 1024 * 1024
FAST = "sessionStorage.setItem('densai-speed', '0.02')"


class Quiet(Silent, SimpleHTTPRequestHandler):
    """Gives files away."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("published") / "made"
    # In a process of its own: this one has a browser already.
    command = [sys.executable, "-m", "simulator", "publish", str(made), "--only", "demo,scorm"]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ended.returncode == ExitCode.PASSED, ended.stderr[-2000:]
    return made


@pytest.fixture(scope="module")
def site(folder: Path) -> Iterator[str]:
    """The trial version on a server that only gives files away."""
    with listening(partial(Quiet, directory=str(folder / "demo"))) as server:
        yield f"{server}/index.html"


@pytest.fixture(params=["file", "server"])
def address(request: pytest.FixtureRequest, folder: Path, site: str) -> str:
    return site if request.param == "server" else (folder / "demo" / "index.html").as_uri()


@pytest.mark.parametrize("width", [1366, 390])
def test_all_procedures_are_played_to_their_end(address: str, page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 768})
    reader = Reader(page)
    page.goto(address)
    page.get_by_role("button", name="案内つきで練習する").first.click()
    done: list[str] = []
    for label in reader.play():
        if done[-1:] != [label]:
            done.append(label)
        if done.count(ENDS[-1]) == ENDS.count(ENDS[-1]):
            break
    assert [label for label in done if label not in ENDS] == [item.label for item in ITEMS]
    assert [label for label in done if label in ENDS] == ENDS
    page.get_by_role("button", name="練習を選ぶ").last.click()
    assert page.get_by_text("案内つきで完了").count() == len(set(ENDS))
    assert reader.errors == []


def test_all_samples_go_on_by_themselves(address: str, page: Page) -> None:
    reader = Reader(page)
    page.goto(address)
    page.evaluate(FAST)
    page.get_by_role("button", name="見本を見る").first.click()
    for place, end in enumerate(ENDS):
        page.get_by_role("heading", name=end).wait_for()
        if place < len(ENDS) - 1:
            page.get_by_role("button", name="次の手順へ進む").click()
    page.get_by_role("button", name="練習を選ぶ").last.click()
    assert page.get_by_text("見本まで").count() == len(set(ENDS))
    assert reader.errors == []


def test_the_whole_is_small_and_every_course_is_there(folder: Path) -> None:
    assert sum(each.stat().st_size for each in folder.rglob("*")) < MOST_BYTES
    names = {each.name for each in (folder / "scorm").iterdir()}
    assert names == {
        *(f"procedure-{lesson}.zip" for lesson in {item.lesson for item in ITEMS}),
        *(f"chapter-{number}.zip" for number in (1, 2, 3, 4)),
        "all.zip",
    }
