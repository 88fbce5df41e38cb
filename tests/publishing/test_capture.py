"""A procedure is played and photographed, twice the same; and a dialog of the browser's own is drawn."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from simulator.bank.people import people
from simulator.training.lessons import courses
from steps.publishing import dialog_picture
from steps.publishing.capture import SEED
from tests.publishing.conftest import COURSE, taken

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from fixtures.server import Server
    from simulator.store import Worlds
    from steps.publishing.book import Book

pytestmark = pytest.mark.xdist_group("captured")  # one worker captures for all

RED = (200, 16, 46)


def red(png: bytes) -> int:
    """How many pixels of a picture have the colour of the marks."""
    with Image.open(io.BytesIO(png)) as picture:
        counted = picture.convert("RGB").getcolors(picture.width * picture.height)
    assert counted
    return sum(number for number, colour in counted if _is_near(colour))


def _is_near(colour: object) -> bool:
    assert isinstance(colour, tuple)
    return all(abs(a - b) < 12 for a, b in zip(colour, RED, strict=True))


def test_two_captures_of_a_procedure_are_equal_and_say_what_to_do_where(
    captured: Book, browser: Browser, bank_server: Server, worlds: Worlds
) -> None:
    told: list[str] = []
    book = taken(browser, bank_server, worlds, told)
    items = courses()[COURSE].items
    assert told == [*(item.label for item in items), ""]
    assert list(book.pictures) == [item.key for item in items]
    master = people(SEED).master
    (shown,) = book.of("1-1.4")
    assert shown.alt == (
        "「ログイン」画面（訓練用）。"
        f"1 「ログイン ID（お客様 ID）」に {master.login_id} と入力、"
        f"2 「ログインパスワード」に {master.issued_password} と入力、3 「ログイン」をクリック。"
    )
    assert [len(each.marks) for each in book.of("1-1.1")] == [0]
    assert [len(book.of(key)) for key in ("1-1.2", "1-1.3")] == [1, 2]
    assert captured == book
    assert red(shown.content) > 2000
    assert red(book.of("1-1.1")[0].content) == 0


def test_a_dialog_of_the_browsers_own_is_drawn_with_its_words_and_the_button_framed(browser: Browser) -> None:
    question = "ログアウトします。<よろしい>ですか？"
    one, other = (dialog_picture.draw(browser, question, label) for label in ("OK", "キャンセル"))
    assert one != other
    assert red(one) > 500
