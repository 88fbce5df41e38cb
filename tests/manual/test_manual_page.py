"""/manual shows the whole text to everybody, with an anchor for every part of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.manual.procedures import procedures
from simulator.manual.text import manual_text, notes_of
from tests.manual.manual_words import words
from tests.manual.original import fold
from tests.screens.visitor import check

if TYPE_CHECKING:
    from tests.screens.pages import Element, Page
    from tests.screens.visitor import Answer

# The page's own words around the manual's.
VOICE, BACK = "マニュアル", "目次へ"


def elements(page: Page) -> dict[str, Element]:
    """Every element that has an id, with it."""
    tags = ("nav", "section", "h2", "p", "ul", "li", "div")
    return {each.attrs["id"]: each for each in page.top.all(*tags) if "id" in each.attrs}


def test_it_is_a_right_page_for_somebody_without_a_seat(answer: Answer) -> None:
    assert answer.status == 200
    assert "Set-Cookie" not in answer.headers
    check(answer)


def test_it_has_all_words_of_the_manual_in_their_order(shown: Page) -> None:
    (main,) = shown.top.all("main")
    # The page writes a procedure's number before its heading, which the manual does not.
    numbered = {each.id for each in procedures()} - {"4"}
    own = [f"{id_}{found}" if id_ in numbered else found for id_, found in words(manual_text())]
    assert fold(main.text).replace(BACK, "") == "".join([VOICE, *own])


def test_every_step_has_an_anchor_with_its_number_and_sentence(shown: Page) -> None:
    found = elements(shown)
    for each in procedures():
        assert each.title in (found[each.id].text if each.id != "4" else found["chapter-4"].text)
        for step in each.steps:
            item = found[f"{each.id}-{step.number}"]
            assert item.tag == "li"
            assert fold(item.text).startswith(fold(f"{step.number}.{step.sentence}"))


def test_every_note_is_found_by_its_id(shown: Page) -> None:
    found = elements(shown)
    keys = [f"{each.id}.{step.number}" for each in procedures() for step in each.steps]
    notes = [note for key in keys for note in notes_of(key)]
    assert len(notes) > 30
    assert [note.id for note in notes if note.id not in found] == []
    assert all(fold(note.title) in fold(found[note.id].text) for note in notes)


def test_the_table_of_contents_leads_to_every_chapter_and_procedure(shown: Page) -> None:
    contents = elements(shown)["contents"]
    leads = [link.attrs["href"].removeprefix("#") for link in contents.all("a")]
    assert leads == [
        id_
        for chapter in manual_text().chapters
        for id_ in (chapter.id, *(part.id for part in chapter.sections if len(chapter.sections) > 1))
    ]
    assert [lead for lead in leads if lead not in elements(shown)] == []


def test_it_has_a_title_that_says_what_it_is(shown: Page) -> None:
    (title,) = shown.top.all("title")
    assert title.text.startswith("マニュアル 初期設定編（ID・パスワード方式）｜訓練用")
