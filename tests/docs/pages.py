"""The Markdown pages of the repository: their headings, links and blocks of code."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.token import Token

ROOT = Path(__file__).parents[2]
ELSEWHERE = ("http://", "https://", "mailto:")
_PARSER = MarkdownIt("commonmark").enable("table")
_COMMENT = re.compile(r"<!--\s*(.+?)\s*-->", re.DOTALL)
# A file of ours as a page names it, from the root or from simulator/.
_FILE = re.compile(r"(?:[\w.-]+/)+[\w.-]+\.(?:py|js|md|toml|json|sha256|feature)")


@dataclass(frozen=True)
class Block:
    """A fenced block: its language, its text, and the HTML comment right above it."""

    language: str
    text: str
    note: str = ""


@dataclass(frozen=True)
class Link:
    """A link or a picture inside the repository; path is as written, "" for the page itself."""

    path: str
    anchor: str
    is_picture: bool


def pages() -> list[Path]:
    """Return every page: those of the root and of docs/."""
    return sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def name_of(path: Path) -> str:
    """Return a page's path from the root."""
    return path.relative_to(ROOT).as_posix()


@cache
def text_of(path: Path) -> str:
    """Return the text of a page."""
    return path.read_text(encoding="utf-8")


@cache
def tokens(path: Path) -> Sequence[Token]:
    """Return a page as Markdown's own tokens."""
    return _PARSER.parse(text_of(path))


def blocks(path: Path) -> Iterator[Block]:
    """Yield the fenced blocks of a page in their order."""
    before = ""
    for token in tokens(path):
        if token.type == "fence":
            yield Block(token.info.partition(" ")[0], token.content, before)
        comment = _COMMENT.fullmatch(token.content.strip()) if token.type == "html_block" else None
        before = comment[1] if comment else ""


def links(path: Path) -> Iterator[Link]:
    """Yield the links and pictures of a page that lead into the repository."""
    for token in tokens(path):
        for child in token.children or ():
            to = child.attrGet("href") if child.type == "link_open" else child.attrGet("src")
            if to and not str(to).startswith(ELSEWHERE):
                name, _, anchor = unquote(str(to)).partition("#")
                yield Link(name, anchor, child.type == "image")


@cache
def anchors(path: Path) -> frozenset[str]:
    """Return the anchors of a page's headings, as GitHub and GitLab make them."""
    found: list[str] = []
    inside = False
    for token in tokens(path):
        if inside:
            text = "".join(child.content for child in token.children or ())
            slug = re.sub(r"[^\w\- ]", "", text.lower()).replace(" ", "-")
            found.append(f"{slug}-{found.count(slug)}" if slug in found else slug)
        inside = token.type == "heading_open"
    return frozenset(found)


def missing_files(path: Path) -> Iterator[str]:
    """Yield the files of ours that a page names in its text as code and that are not there."""
    codes = (child for token in tokens(path) for child in token.children or () if child.type == "code_inline")
    for code in codes:
        if _FILE.fullmatch(code.content) and not any(
            (folder / code.content).exists() for folder in (ROOT, ROOT / "simulator")
        ):
            yield code.content
