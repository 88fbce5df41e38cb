"""The trial version: the kept windows of the bank and a player, as files that need no server."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from simulator.banks.chosen import retold
from simulator.manual.order import CHAPTERS
from simulator.training.coach_script import FOLDER, joined
from simulator.training.lessons import courses
from simulator.training.progress_map import lesson_of
from simulator.training.step_view import TAGS
from steps.publishing.book import Book
from steps.publishing.cover import cover
from steps.publishing.demo_texts import LEVELS, end_of, modes, texts
from steps.publishing.scenes import Frame, Scene
from steps.publishing.templating import BANK, TEMPLATES, environment

PLAYER = retold(Path(__file__).with_name("player"))
KIND = "体験版"
GUIDE = (
    "「見本」では、画面がひとりでに進みます。「案内つき」では、ご自分で操作します。"
    "操作するところと入力する値を、案内が示します。"
)
Places = Sequence[int]


def write(folder: Path, book: Book) -> None:
    """Write the trial version of all procedures into a folder. Raises OSError."""
    folder.mkdir(parents=True)
    for name, text in files(book, range(len(lessons_of(book)))).items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


def lessons_of(book: Book) -> list[tuple[str, Places]]:
    """Return each procedure in the order in which it is done, with the places of its steps."""
    numbered = groupby(enumerate(book.scenes), lambda each: lesson_of(each[1].key))
    return [(lesson, [place for place, _ in group]) for lesson, group in numbered]


def files(book: Book, chosen: Places, title: str = "", *, is_scorm: bool = False) -> Mapping[str, str]:
    """Return the files of some of the procedures.

    chosen: places of ``lessons_of``. title: of a part, "" for the manual's. is_scorm: scorm.js is there, too.
    """
    words = cover()
    heading = f"{title or words.title}　{KIND}"
    made = data(book, chosen, heading)
    page = (
        environment()
        .get_template("demo.html")
        .render(cover=words, title=made["pageTitle"], kind=KIND, is_scorm=is_scorm)
    )
    return {
        "index.html": page,
        "book.js": f"window.densaiBook = {_json(made)};\n",
        "player.js": f'"use strict";\n\n(() => {{\n{joined(PLAYER, "main", FOLDER)}\n}})();\n',
        "player.css": (TEMPLATES / "player.css").read_text(encoding="utf-8"),
        "screen.css": (TEMPLATES / "screen.css").read_text(encoding="utf-8"),
        "bank.css": (BANK / "static/bank.css").read_text(encoding="utf-8"),
        "icon.svg": (BANK / "static/icon.svg").read_text(encoding="utf-8"),
    }


def data(book: Book, chosen: Places, title: str) -> dict[str, Any]:
    """Return what the player plays, as JSON."""
    words, lessons = cover(), [lessons_of(book)[place] for place in chosen]
    places = [place for _, scenes in lessons for place in scenes]
    pages: dict[str, int] = {}
    made = {
        "title": title,
        "pageTitle": f"{title}｜{words.training} {words.service}",
        "notice": words.notice,
        "guide": GUIDE,
        "modes": modes(),
        "levels": LEVELS,
        "lessons": [
            {"title": courses()[lesson].title, "scenes": [places.index(each) for each in scenes]}
            for lesson, scenes in lessons
        ],
        "chapters": _chapters([lesson for lesson, _ in lessons]),
        "scenes": [_scene(book, place, places, pages) for place in places],
        "pages": [],
        "texts": texts(),
    }
    made["pages"] = list(pages)
    return {"hash": hashlib.sha256(_json(made).encode()).hexdigest()[:12], **made}


def _json(made: object) -> str:
    return json.dumps(made, ensure_ascii=False, separators=(",", ":"))


def _chapters(lessons: Sequence[str]) -> list[dict[str, Any]]:
    """The chapters with the places of their procedures; of one that is done twice, the first."""
    chapters = [
        {"title": title, "lessons": [lessons.index(part) for part in parts if part in lessons]}
        for title, parts in CHAPTERS.values()
    ]
    return [chapter for chapter in chapters if chapter["lessons"]]


def _scene(book: Book, place: int, places: Places, pages: dict[str, int]) -> dict[str, Any]:
    scene = book.scenes[place]
    lesson, after = lesson_of(scene.key), places[places.index(place) + 1 :][:1]
    following = lesson_of(book.scenes[after[0]].key) if after else ""
    return {
        "step": _step(scene),
        "traps": scene.traps,
        "frames": [_frame(frame, pages) for frame in scene.frames],
        "end": end_of(lesson, following, scene.done) if scene.done else None,
    }


def _step(scene: Scene) -> dict[str, Any]:
    """The coach's step, in which a password to be chosen is the example: nothing else is known later."""
    known = {"kind": "known", "tag": TAGS["known"], "note": ""}
    values = [{**value, **known, "isNew": value["kind"] == "choose"} for value in scene.step["values"]]
    return {**scene.step, "values": values}


def _frame(frame: Frame, pages: dict[str, int]) -> dict[str, Any]:
    return {
        "title": frame.title,
        "page": pages.setdefault(frame.page, len(pages)),
        "behind": frame.behind,
        "uses": [
            {"kind": use.kind, "word": use.word, "path": use.path, "value": use.value} for use in frame.uses
        ],
        "ticked": frame.ticked,
        "question": frame.question,
    }
