"""The trial version as courses for a learning platform: SCORM 1.2, one zip for each part of the manual."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from simulator.manual.order import CHAPTERS
from simulator.training.lessons import courses
from steps.publishing.book import Book
from steps.publishing.cover import cover
from steps.publishing.demo_book import KIND, PLAYER, files, lessons_of
from steps.publishing.fixed_zip import zipped
from steps.publishing.templating import environment

MANIFEST = "imsmanifest.xml"
WHOLE = "all"


@dataclass(frozen=True)
class Part:
    """A course. name: of its file, in ASCII. title: as people read it. lessons: places of its procedures."""

    name: str
    title: str
    lessons: Sequence[int]


def parts_of(book: Book) -> Iterator[Part]:
    """Return a course for each procedure and chapter that is in a book, and for the whole."""
    lessons = [lesson for lesson, _ in lessons_of(book)]
    for lesson in dict.fromkeys(lessons):
        yield Part(f"procedure-{lesson}", courses()[lesson].title, [lessons.index(lesson)])
    for id_, (title, procedures) in CHAPTERS.items():
        if set(procedures) <= set(lessons):
            yield Part(
                f"chapter-{id_.removeprefix('ch')}", title, [lessons.index(each) for each in procedures]
            )
    yield Part(WHOLE, cover().title, range(len(lessons)))


def write(folder: Path, book: Book) -> None:
    """Write every course into a folder. Raises OSError."""
    folder.mkdir(parents=True)
    for part in parts_of(book):
        (folder / f"{part.name}.zip").write_bytes(content(book, part))


def content(book: Book, part: Part) -> bytes:
    """Return the zip of a course; equal books give equal zips."""
    words = cover()
    texts = dict(files(book, part.lessons, part.title, is_scorm=True))
    texts["scorm.js"] = (PLAYER / "scorm.js").read_text(encoding="utf-8")
    manifest = (
        environment()
        .get_template(MANIFEST)
        .render(
            part=part,
            title=f"{part.title}　{KIND}（{words.training}）",
            notice=words.notice,
            names=sorted(texts),
        )
    )
    return zipped({name: text.encode() for name, text in ({MANIFEST: manifest} | texts).items()})
