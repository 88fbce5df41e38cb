"""Pictures for the instructor: well-formed SVG without script or style, saying what the numbers say."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest

from simulator.manual.procedures import procedures
from simulator.training import charts

if TYPE_CHECKING:
    from tests.training.guests import Guest

BEGIN = datetime(2026, 4, 1, 9, 0, tzinfo=UTC)


class Picture(HTMLParser):
    """A picture's elements with their attributes, and its words."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []
        self.words: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == [], "not well-formed"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, "not well-formed"

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.words.append(data.strip())

    def lines(self) -> list[list[tuple[float, float]]]:
        """The points of every line."""
        made = []
        for tag, attrs in self.elements:
            if tag == "polyline":
                numbers = [float(each) for each in attrs["points"].replace(",", " ").split()]
                made.append(list(zip(numbers[::2], numbers[1::2], strict=True)))
        return made


def cells(picture: Picture) -> list[str]:
    """The fill of each step's cell."""
    return [attrs["fill"] for tag, attrs in picture.elements if tag == "rect" and "stroke" in attrs]


def test_the_heat_map_has_a_cell_for_each_step_of_the_manual_with_its_number() -> None:
    counts = {"1-1.1": 1, "2-3.8": 40, "drill.1": 900}
    picture = Picture(charts.heat_map(counts))
    steps = [(each.id, step) for each in procedures() for step in each.steps]
    assert len(cells(picture)) == len(steps) == 50
    for id_, step in steps:
        count = counts.get(f"{id_}.{step.number}", 0)
        assert f"手順{id_} {step.number}. {step.sentence}（{count}件）" in picture.words
    assert {"1", "40"} <= set(picture.words)
    assert Counter(picture.words)["－"] == 48
    assert "900" not in picture.words


@pytest.mark.parametrize("count", [1, 2, 7, 10**6])
def test_more_mistakes_are_darker_and_none_is_white(count: int) -> None:
    some, most, none = cells(Picture(charts.heat_map({"1-1.1": count, "1-1.2": 4 * count})))[:3]
    shades = list(charts.SHADES)
    assert none == shades[0]
    assert 0 < shades.index(some) < shades.index(most) == len(shades) - 1


def test_without_a_mistake_the_heat_map_is_white() -> None:
    assert set(cells(Picture(charts.heat_map({})))) == {charts.SHADES[0]}


def passes(count: int, seats: int = 3) -> list[tuple[datetime, str, str]]:
    return [
        (BEGIN + timedelta(seconds=10 * number), f"seat{number % seats}", f"1-1.{number // seats}")
        for number in range(count)
    ]


@pytest.mark.parametrize("count", [1, 2, 50, 5_000])
def test_progress_ends_where_the_class_stands(count: int) -> None:
    picture = Picture(charts.progress_chart(passes(count), seats=4))
    done = sorted([count // 3 + (seat < count % 3) for seat in range(3)] + [0])
    assert f"最も進んでいる席 {done[-1]}" in picture.words
    assert f"中央値 {done[2]}" in picture.words
    for line in picture.lines():
        assert 1 <= len(line) <= 2 * charts.MOST_POINTS
        assert all(0 <= x <= charts.WIDTH and 0 <= y <= charts.HEIGHT for x, y in line)
        assert line == sorted(line, key=lambda point: point[0])
        heights = [y for _, y in line]
        assert heights == sorted(heights, reverse=True)  # nobody unlearns


def test_a_step_passed_twice_counts_once() -> None:
    twice = [(BEGIN, "a", "1-1.1"), (BEGIN + timedelta(minutes=5), "a", "1-1.1")]
    assert "最も進んでいる席 1" in Picture(charts.progress_chart(twice, 1)).words


def test_before_anything_is_done_the_pictures_say_so(desk: Guest, class_id: int) -> None:
    for name in ("progress", "mistakes"):
        answer = desk.get(f"/desk/classes/{class_id}/{name}.svg").answer
        assert answer.headers["Content-Type"].startswith("image/svg+xml")
        picture = Picture(answer.body.decode())
        assert picture.words[0].startswith("訓練用")
    assert "まだ記録がありません。" in Picture(charts.progress_chart([], 3)).words


def test_a_picture_has_neither_script_nor_style() -> None:
    for text in (charts.heat_map({"1-1.1": 3}), charts.progress_chart(passes(9), 3)):
        picture = Picture(text)
        assert not {"script", "style", "foreignobject"} & {tag for tag, _ in picture.elements}
        names = {name for _, attrs in picture.elements for name in attrs}
        assert "style" not in names
        assert not any(name.startswith("on") or "href" in name for name in names)


def test_a_picture_stands_on_the_results_page_with_words_for_who_cannot_see_it(
    desk: Guest, class_id: int
) -> None:
    images = list(desk.get(f"/desk/classes/{class_id}/results").page.top.all("img"))
    assert len(images) == 2
    for image in images:
        assert len(image.attrs["alt"]) > 10
        assert desk.get(image.attrs["src"]).status == 200
