"""The manual as a page with pictures: a folder that needs no server and no script."""

from __future__ import annotations

from pathlib import Path

from simulator.manual.text import manual_text
from steps.publishing.book import Book
from steps.publishing.cover import cover
from steps.publishing.templating import BANK, TEMPLATES, environment

# The page looks as /manual does; what is printed of the pictures comes last.
STYLES = (BANK / "static/bank.css", BANK / "static/manual.css", TEMPLATES / "illustrated.css")


def write(folder: Path, book: Book) -> None:
    """Write the page, its style and its pictures into a folder. Raises OSError."""
    (folder / "pictures").mkdir(parents=True)
    (folder / "index.html").write_text(page(book), encoding="utf-8", newline="\n")
    style = "\n".join(path.read_text(encoding="utf-8") for path in STYLES)
    (folder / "style.css").write_text(style, encoding="utf-8", newline="\n")
    for picture in book.all():
        (folder / "pictures" / picture.name).write_bytes(picture.content)


def page(book: Book) -> str:
    """Return the page as HTML."""
    template = environment().get_template("illustrated.html")
    return template.render(manual=manual_text(), book=book, cover=cover())
