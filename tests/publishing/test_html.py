"""The manual as a page: every sentence, every picture, valid, and nothing that axe finds."""

from __future__ import annotations

from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from fixtures.page_check import faults_of, syntax_faults_of
from simulator.training.lessons import courses
from steps.publishing import html_book
from tests.coach.axe import ANY, faults
from tests.publishing.made_book import BOOK, SENTENCES

if TYPE_CHECKING:
    from playwright.sync_api import Page

SIZES = [(1366, 768), (390, 844)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("published") / "html"
    html_book.write(made, BOOK)
    return made


def test_every_sentence_and_every_picture_is_there(folder: Path) -> None:
    page = unescape((folder / "index.html").read_text(encoding="utf-8"))
    steps = {item.key: item.sentence for item in courses()["all"].items}
    assert len(steps) == SENTENCES
    assert [sentence for sentence in steps.values() if f"<span>{sentence}</span>" not in page] == []
    for picture in BOOK.all():
        assert (folder / "pictures" / picture.name).read_bytes() == picture.content
        assert f'src="pictures/{picture.name}"' in page
        assert f'alt="{picture.alt}"' in page


def test_the_page_is_valid_says_that_it_is_for_training_and_needs_nothing_else(
    folder: Path,
) -> None:
    page = (folder / "index.html").read_text(encoding="utf-8")
    assert faults_of(page) == []
    assert syntax_faults_of(page) == []
    assert "<script" not in page
    assert "http" not in page
    assert "http" not in (folder / "style.css").read_text(encoding="utf-8")


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}px")
def test_axe_finds_nothing_and_nothing_sticks_out(folder: Path, page: Page, size: tuple[int, int]) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto((folder / "index.html").as_uri())
    assert faults(page, ANY) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate("[...document.images].every((each) => each.loading === 'lazy' || each.naturalWidth)")
