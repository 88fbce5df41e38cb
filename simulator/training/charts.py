"""Pictures for the instructor, drawn on the server: SVG with attributes only, for a strict policy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from html import escape
from typing import Any, Literal

import svg

from simulator.manual.procedures import procedures

FONT = "Hiragino Sans, Yu Gothic UI, Meiryo, Noto Sans CJK JP, sans-serif"
INK, SOFT, LINE, BLUE, PALE = "#1d2530", "#55606e", "#c4ccd6", "#24506b", "#8fb3c9"
WIDTH, HEIGHT, LEFT, TOP, RIGHT, BOTTOM = 860, 320, 60, 30, 150, 40
CELL_WIDTH, CELL_HEIGHT, HEAD = 62, 34, 370
SHADES = ("#ffffff", "#fdecd2", "#f9cf95", "#f0a35e", "#d9692f", "#a83210")
MOST_POINTS = 200  # on one line: no screen shows more
HALF = 3  # from this shade on the number is white


def heat_map_size() -> tuple[int, int]:
    """Return the width and height of the heat map, in pixels."""
    columns = max(len(each.steps) for each in procedures())
    return HEAD + columns * CELL_WIDTH + 10, HEAD_TOP + len(procedures()) * CELL_HEIGHT + 10


def heat_map(mistakes: Mapping[str, int]) -> str:
    """Draw the mistakes at each step of the manual: a row for a procedure, a column for a step."""
    rows, most = procedures(), max(mistakes.values(), default=0)
    columns = max(len(each.steps) for each in rows)
    parts: list[svg.Element] = [
        _text(HEAD + (n + 0.5) * CELL_WIDTH, 20, f"{n + 1}.", anchor="middle") for n in range(columns)
    ]
    for line, each in enumerate(rows):
        top = HEAD_TOP + line * CELL_HEIGHT
        parts.append(_text(8, top + 22, f"{each.id}　{each.title}"))
        for step in each.steps:
            count = mistakes.get(f"{each.id}.{step.number}", 0)
            left = HEAD + (step.number - 1) * CELL_WIDTH
            parts += _cell(left, top, count, most, f"手順{each.id} {step.number}. {step.sentence}")
    return _picture(*heat_map_size(), parts, "手順ごとの間違い")


HEAD_TOP = 30


def _cell(left: float, top: float, count: int, most: int, words: str) -> list[svg.Element]:
    shade = 0 if not count else 1 + round((len(SHADES) - 2) * count / most)
    return [
        svg.Rect(
            x=left + 1,
            y=top + 1,
            width=CELL_WIDTH - 2,
            height=CELL_HEIGHT - 2,
            fill=SHADES[shade],
            stroke=LINE,
            elements=[svg.Title(text=escape(f"{words}（{count}件）"))],
        ),
        _text(
            left + CELL_WIDTH / 2,
            top + 22,
            str(count) if count else "－",
            anchor="middle",
            fill="#ffffff" if shade > HALF else INK if count else SOFT,
        ),
    ]


def progress_chart(passes: Sequence[tuple[datetime, str, str]], seats: int) -> str:
    """Draw the steps passed over time: the median of the class and its furthest seat."""
    if not passes:
        return _picture(WIDTH, HEIGHT, [_text(20, 60, "まだ記録がありません。")], "進捗の推移")
    begin, end = passes[0][0], max(passes[-1][0], passes[0][0] + timedelta(minutes=1))
    middle, best = _lines(passes, seats)
    most = max(best[-1][1], 1)

    def at(point: tuple[datetime, int]) -> tuple[float, float]:
        share = (point[0] - begin) / (end - begin)
        return (
            LEFT + share * (WIDTH - LEFT - RIGHT),
            HEIGHT - BOTTOM - point[1] / most * (HEIGHT - TOP - BOTTOM),
        )

    parts: list[svg.Element] = [*_axes(most, end - begin)]
    for line, colour, words, dash in (
        (best, PALE, "最も進んでいる席", "6 4"),
        (middle, BLUE, "中央値", "none"),
    ):
        points: list[Any] = [number for point in line for number in at(point)]
        dashes: Any = dash
        parts += [
            svg.Polyline(points=points, fill="none", stroke=colour, stroke_width=3, stroke_dasharray=dashes),
            _text(WIDTH - RIGHT + 8, at(line[-1])[1] + 5, f"{words} {line[-1][1]}"),
        ]
    return _picture(WIDTH, HEIGHT, parts, "進捗の推移")


Line = list[tuple[datetime, int]]


def _lines(passes: Sequence[tuple[datetime, str, str]], seats: int) -> tuple[Line, Line]:
    """(median, furthest) as time goes on; a step counts once a seat."""
    done: dict[str, set[str]] = {}
    middle: Line = []
    best: Line = []
    every = max(1, len(passes) // MOST_POINTS)
    for number, (moment, seat, item) in enumerate(passes, 1):
        done.setdefault(seat, set()).add(item)
        if number % every and number < len(passes):
            continue
        counts = sorted([len(items) for items in done.values()] + [0] * max(0, seats - len(done)))
        middle.append((moment, counts[len(counts) // 2]))
        best.append((moment, counts[-1]))
    return middle, best


def _axes(most: int, length: timedelta) -> list[svg.Element]:
    low, right = HEIGHT - BOTTOM, WIDTH - RIGHT
    minutes = max(1, round(length.total_seconds() / 60))
    return [
        svg.Line(x1=LEFT, y1=low, x2=right, y2=low, stroke=SOFT),
        svg.Line(x1=LEFT, y1=TOP, x2=LEFT, y2=low, stroke=SOFT),
        _text(LEFT - 8, TOP + 5, str(most), anchor="end"),
        _text(LEFT - 8, low, "0", anchor="end"),
        _text(LEFT, 18, "終えたステップの数"),
        _text(LEFT, low + 24, "開始"),
        _text(right, low + 24, f"{minutes}分後", anchor="end"),
    ]


Anchor = Literal["start", "middle", "end"]


def _text(x: float, y: float, words: str, anchor: Anchor = "start", fill: str = INK) -> svg.Text:
    return svg.Text(
        x=x, y=y, text=escape(words), fill=fill, font_size=14, font_family=FONT, text_anchor=anchor
    )


def _picture(width: float, height: float, parts: list[svg.Element], title: str) -> str:
    named = [svg.Title(text=f"訓練用　{title}")]
    ground = svg.Rect(x=0, y=0, width=width, height=height, fill="#ffffff")
    view = svg.ViewBoxSpec(0, 0, width, height)
    return str(svg.SVG(width=width, height=height, viewBox=view, elements=[*named, ground, *parts]))
