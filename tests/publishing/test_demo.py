"""The trial version: played from its files by somebody who sees only the page, explained as by the coach."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from fixtures.page_check import syntax_faults_of
from simulator.bank.people import people
from simulator.domain.rules import identity, passwords
from simulator.domain.rules.failures import Failure
from simulator.training.coach_refusals import SentForm, refused_fields
from simulator.training.coach_script import FOLDER, joined
from simulator.training.knowledge import values_of
from simulator.training.lessons import courses, item_of
from simulator.training.starts import world_at
from steps.publishing import demo_book
from steps.publishing.capture import SEED
from steps.publishing.coach_steps import traps_of
from steps.publishing.demo_texts import texts
from tests.coach.axe import ANY, faults
from tests.publishing.conftest import COURSE
from tests.publishing.reader import Reader

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from steps.publishing.book import Book

pytestmark = pytest.mark.xdist_group("captured")  # one worker captures for all

SIZES = [(1366, 768), (390, 844)]
LEARN, SHOW, FINISHED = "案内つきで練習する", "見本を見る", f"手順{COURSE}を終えました"
SCREEN = "iframe:not(.coming)"
FAST = "sessionStorage.setItem('densai-speed', '0.02')"


@pytest.fixture(scope="session")
def demo(captured: Book, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of the trial version of one procedure, a file."""
    folder = tmp_path_factory.mktemp("demo") / "demo"
    demo_book.write(folder, captured)
    return (folder / "index.html").as_uri()


def begin(page: Page, address: str, button: str = LEARN) -> None:
    page.goto(address)
    page.get_by_role("button", name=button).first.click()


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}px")
def test_a_procedure_is_played_to_its_end_from_a_file(demo: str, page: Page, size: tuple[int, int]) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    reader = Reader(page)
    begin(page, demo)
    done = list(reader.until(FINISHED))
    assert list(dict.fromkeys(done)) == [*(item.label for item in courses()[COURSE].items), FINISHED]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("button", name="練習を選ぶ").last.click()
    assert page.get_by_text("案内つきで完了").count() == 1
    page.reload()
    assert page.get_by_text("案内つきで完了").count() == 1
    assert reader.errors == []


def test_a_sample_goes_on_by_itself_to_its_end(demo: str, page: Page) -> None:
    reader = Reader(page)
    page.goto(demo)
    page.evaluate(FAST)
    begin(page, demo, SHOW)
    page.get_by_role("heading", name=FINISHED).wait_for()
    page.get_by_role("button", name="練習を選ぶ").last.click()
    assert page.get_by_text("見本まで").count() == 1
    assert reader.errors == []


def test_a_wrong_value_and_a_wrong_click_are_explained_and_counted_once(demo: str, page: Page) -> None:
    begin(page, demo)
    reader = Reader(page)
    assert list(reader.until(courses()[COURSE].items[-1].label))
    screen, dock = page.frame_locator(SCREEN), page.get_by_role("complementary", name="訓練の案内")
    screen.locator("input[name=login_id]").fill("1560heki")
    screen.locator("input[name=login_id]").press("Enter")
    screen.locator("input[name=password]").fill("ｙwn63p83")
    screen.get_by_role("button", name="ログイン").click()
    refused = dock.locator("[data-state=refusal]")
    assert "先頭の「d-」がありません。" in refused.inner_text()
    assert "1文字目が全角です。半角に直します。" in refused.inner_text()
    assert "お客様IDの先頭には、必ず“d-" in refused.inner_text()
    assert screen.locator("input[name=password]").input_value() == ""
    assert screen.locator("input[name=login_id]").input_value() == "1560heki"
    screen.get_by_role("link", name="使用方法").click()
    wrong = dock.locator("[data-state=wrong]")
    assert "この手順では「使用方法」をクリックしません" in wrong.inner_text()
    assert "次の欄：お客様ID" in wrong.inner_text()
    assert list(reader.until(FINISHED))
    assert "2回" in dock.locator("[data-state=procedure_done]").inner_text()


def test_a_step_of_several_windows_can_be_left_to_the_player(demo: str, page: Page) -> None:
    page.goto(demo)
    page.evaluate(FAST)
    begin(page, demo)
    assert list(Reader(page).until(f"手順{COURSE}　3."))
    page.get_by_role("button", name="案内に操作を任せる").click()
    page.frame_locator(SCREEN).locator("input[name=login_id]").wait_for()
    page.get_by_role("button", name="案内に操作を任せる").wait_for()
    assert page.get_by_text(f"手順{COURSE}　4.").first.is_visible()


# What has the focus, in a frame and in a shadow too.
FOCUSED = """() => {
  let thing = document.activeElement;
  const within = (each) => each?.contentDocument?.activeElement ?? each?.shadowRoot?.activeElement;
  while (within(thing)) thing = within(thing);
  return thing?.textContent ?? "";
}"""


def enter_by_keyboard(page: Page, words: str) -> None:
    """Go from thing to thing until one has these words, and press Enter on it."""
    for _ in range(40):
        if page.evaluate(FOCUSED).strip() == words:
            page.keyboard.press("Enter")
            return
        page.keyboard.press("Tab")
    raise AssertionError(words)


def test_the_keyboard_alone_is_enough(demo: str, page: Page) -> None:
    page.goto(demo)
    enter_by_keyboard(page, LEARN)
    page.get_by_role("link", name="当金庫ホームページを開く").wait_for()
    page.keyboard.press("F6")
    enter_by_keyboard(page, "当金庫ホームページを開く")
    screen = page.frame_locator(SCREEN)
    screen.get_by_role("heading", name="当金庫ホームページ").wait_for()
    enter_by_keyboard(page, "へきしん電子記録債権サービス")
    screen.get_by_role("heading", name="へきしん電子記録債権サービス", level=1).wait_for()


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}px")
def test_axe_finds_nothing(demo: str, page: Page, size: tuple[int, int]) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(demo)
    assert faults(page, ANY) == []
    begin(page, demo)
    next(iter(Reader(page).play()))
    assert faults(page, ANY) == []


def test_the_files_hold_nothing_of_the_server_and_are_always_the_same(captured: Book) -> None:
    made = demo_book.files(captured, [0])
    assert demo_book.files(captured, [0]) == made
    book = json.loads(made["book.js"].removeprefix("window.densaiBook = ").removesuffix(";\n"))
    kept = "".join(book["pages"])
    assert [
        word for word in ("csrf", "<script", "densai-coach", "style=", "action=", "/bank/") if word in kept
    ] == []
    assert "http" not in kept
    assert syntax_faults_of(made["index.html"]) == []
    assert 'content="noindex, nofollow"' in made["index.html"]
    assert "訓練用" in made["index.html"]


# The page's own half of the coach's refusals ------------------------------------------------------

WORLD = world_at(SEED, "1-1")
LOGIN_IDS = (
    *(
        "",
        "1560heki",
        "d-1560heki ",
        " d-1560heki",
        "d-1560ｈeki",
        "ｄ－1560heki",
        "d-1560_heki",
        "D-1560heki",
    ),
    *("d-1560HEKI", "d-156Oheki", "d-l560heki", "d-1560hekj", "d-1560", "あいう", "d- 1560_ｈ"),
)
NEW = ("", "abc12", "abcdefg", "1234567", "abc 1234", "ａbc1234", "abc!1234", "abcdefg1234567", "あ12345")
IDS = ("", "1560", "1560 hekishin", "1560hekishi_", "1560ｈekishin", "1560hekishinnn")
MAILS = ("", "hanako @hekishin.example.jp", "花子@hekishin.example.jp")
TABLE = [
    *(("1-1.4", "login_id", typed, identity.check_login_id) for typed in LOGIN_IDS),
    *(("1-2.1", "new", typed, lambda typed: passwords.composition("new", typed)) for typed in NEW),
    *(("2-1.4", "user_id", typed, lambda typed: identity.check_user_id(typed, taken=False)) for typed in IDS),
    *(("2-1.4", "mail", typed, lambda typed: identity.check_mail(typed, typed)[:1]) for typed in MAILS),
]
# Which of a step's values it is, and the label of its field.
PLACES = {
    "login_id": (0, "ログイン ID"),
    "new": (1, "新ログインパスワード"),
    "user_id": (0, "ユーザ ID"),
    "mail": (2, "メールアドレス"),
}


def of_the_coach(key: str, name: str, typed: str, check: Callable[[str], list[Failure]]) -> list[str]:
    item = item_of(key)
    values = values_of(item.actions, item.who, WORLD, people(SEED))
    found = check(typed) or [Failure(name, "current_login_wrong")]  # compared with the value wanted
    form = SentForm({name: PLACES[name][1]}, {name: typed}, values, WORLD)
    return [each.text for each in refused_fields(found, form)]


def asked(key: str, name: str, typed: str) -> dict[str, object]:
    """What the page knows of a field."""
    item = item_of(key)
    known = values_of(item.actions, item.who, WORLD, people(SEED))[PLACES[name][0]]
    value = {"value": known.value, "secret": known.is_secret, "isNew": known.kind == "choose"}
    return {"value": value, "of": 0, "again": False, "field": {"name": name, "value": typed}}


def test_the_page_says_of_a_value_what_the_coach_says(page: Page) -> None:
    script = joined(demo_book.PLAYER, "refusals", FOLDER)
    entries = [asked(key, name, typed) for key, name, typed, _ in TABLE]
    told = page.evaluate(
        f"""([texts, entries]) => {{
          {script}
          const refusals = new of_refusals.Refusals(texts, []);
          return entries.map((entry) => refusals.causes(entry, [entry]).map(([, text]) => text));
        }}""",
        [texts(), entries],
    )
    coach = [of_the_coach(*row) for row in TABLE]
    assert dict(zip([row[:3] for row in TABLE], told, strict=True)) == dict(
        zip([row[:3] for row in TABLE], coach, strict=True)
    )


def test_a_value_of_another_field_is_known_as_such() -> None:
    (trap,) = traps_of(item_of("1-4.6"), world_at(SEED, "1-4"))
    own = people(SEED).master
    assert trap == {own.password: "ログインパスワードが入力されていました。この欄は承認パスワードです。"}
