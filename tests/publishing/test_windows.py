"""How a window is kept, and what it does in the player: dialogs of the browser and of the page, and boxes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.training.lessons import courses, item_of
from simulator.training.starts import world_at
from steps.publishing import demo_book
from steps.publishing.book import Book
from steps.publishing.capture import SEED
from steps.publishing.coach_steps import due_step
from steps.publishing.scene_watcher import SNAPSHOT
from steps.publishing.scenes import Frame, Scene, Use

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

SCREEN = "iframe:not(.coming)"
BOXES = """<body><p><label><input type="checkbox" data-all="accounts"> 全選択</label></p>
<p><input type="checkbox" name="accounts" value="1" aria-label="一">
<input type="checkbox" name="accounts" value="2" aria-label="二"></p><button>確認</button></body>"""


def scene(key: str, *frames: Frame, done: str = "") -> Scene:
    step = due_step(courses()["all"], item_of(key), world_at(SEED, key.partition(".")[0]))
    return Scene(key, step, (), frames, done)


def played(folder: Path, page: Page, *scenes: Scene) -> None:
    """Begin to play a book that has these scenes alone."""
    demo_book.write(folder / "demo", Book({}, scenes))
    page.goto((folder / "demo" / "index.html").as_uri())
    page.get_by_role("button", name="案内つきで練習する").first.click()


def test_the_browsers_own_dialog_and_one_of_the_page_are_answered(page: Page, tmp_path: Path) -> None:
    asked = Frame(
        "トップ", "<body><h1>トップ</h1></body>", ("一覧",), (Use("answer", "OK"),), question="よいですか？"
    )
    inside = "<body><button>下</button><dialog open><button>はい</button></dialog></body>"
    closing = Frame("終わり", inside, (), (Use("press", "はい", (1, 1, 0)),))
    played(tmp_path, page, scene("4.2", asked), scene("4.6", closing, done="終わりました。"))
    question = page.get_by_role("alertdialog")
    assert "よいですか？" in question.inner_text()
    question.get_by_role("button", name="キャンセル").click()
    wrong = page.locator("[data-state=wrong]")
    assert "この手順では「キャンセル」をクリックしません" in wrong.inner_text()
    assert "次の操作：［OK］" in wrong.inner_text()
    question.get_by_role("button", name="OK").click()
    frame = page.frame_locator(SCREEN)
    assert frame.locator("dialog").evaluate("dialog => dialog.matches(':modal')")
    frame.get_by_role("button", name="はい").click()
    assert "1回" in page.locator("[data-state=procedure_done]").inner_text()


def test_boxes_are_ticked_as_the_bank_does_it_and_told_where_they_differ(page: Page, tmp_path: Path) -> None:
    uses = (Use("tick", "", (1, 1, 0)), Use("press", "確認", (1, 2)))
    ticked = ((1, 0, 0, 0), (1, 1, 0), (1, 1, 1))
    played(tmp_path, page, scene("1-4.5", Frame("変更", BOXES, (), uses, ticked), done="できました。"))
    frame = page.frame_locator(SCREEN)
    frame.get_by_role("checkbox", name="一").check()
    frame.get_by_role("button", name="確認").click()
    assert "課題と違うところが1か所あります" in page.locator("[data-state=differs]").inner_text()
    frame.get_by_role("checkbox", name="全選択").check()
    assert frame.get_by_role("checkbox", name="二").is_checked()
    frame.get_by_role("button", name="確認").click()
    assert "できました。" in page.locator("[data-state=procedure_done]").inner_text()


def test_a_page_is_kept_without_what_leads_back_to_its_server(page: Page) -> None:
    page.set_content(
        '<body><form action="/x" method="post" style="color: red">'
        '<input type="hidden" name="csrf" value="secret"><input name="id" value="old">'
        '<input type="password" name="p">'
        '<a href="/y" onclick="z()" data-popup="1">w</a><input type="checkbox" data-all="a">'
        "</form><script>var leftover;</script><p>last</p></body>"
    )
    page.locator("[name=id]").fill("new")
    page.locator("[name=p]").fill("secret2")
    page.locator("[type=checkbox]").check()
    kept = page.evaluate(f"() => ({SNAPSHOT}).page().html")
    assert kept == (
        '<body><form><input type="hidden"><input name="id" value="new"><input type="password" name="p">'
        '<a href="#">w</a><input type="checkbox" data-all="a" checked=""></form>'
        "<template></template><p>last</p></body>"
    )
    assert page.locator("p").evaluate(f"thing => ({SNAPSHOT}).path(thing)") == [1, 2]
    assert page.evaluate(f"() => ({SNAPSHOT}).ticked()") == [[1, 0, 4]]
