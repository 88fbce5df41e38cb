"""Where roles and labels do not tell: a selector engine that finds things by the words around them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Literal
from urllib.parse import quote

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Frame, Locator, Page, Playwright

from simulator.manual.wording import fold

ENGINE = "densai"
Query = Mapping[str, Any]
Words = dict[str, list[str]]
# In this order; the first rung with anything on it counts.
RUNGS = ("value", "label", "near", "plays")
OFFERED = {"tabs": "タブ", "links": "リンク", "fields": "入力欄", "boxes": "チェックボックス"}


@cache
def source() -> str:
    """The engine as JavaScript."""
    return Path(__file__).with_name("word_engine.js").read_text(encoding="utf-8")


def register(playwright: Playwright) -> None:
    """Teach this Playwright the engine; once, before it is used."""
    playwright.selectors.register(ENGINE, script=source())


def seek(frame: Frame, query: Query) -> Locator:
    """What the query means in this frame."""
    text = quote(json.dumps(query, ensure_ascii=False), safe="")
    return frame.locator(f"{ENGINE}={text}")


def asking(what: Literal["inventory", "shown"]) -> str:
    """A script that says, in a frame, what it offers or which words it shows; either by kind."""
    return f"() => ({source()}).{what}()"


def inventory(frame: Frame) -> Words:
    """All that a frame offers, by kind, in its own words."""
    found: Words = frame.evaluate(asking("inventory"))
    return found


def described(found: Locator) -> Sequence[str]:
    """Each of several things in a few words, to tell them apart."""
    lines: list[str] = found.evaluate_all(f"all => ({source()}).described(all)")
    return lines


def called(found: Locator, timeout_ms: float) -> str:
    """What one thing is called on its page, never with what stands in it."""
    name: str = found.evaluate(f"thing => ({source()}).named(thing)", timeout=timeout_ms)
    return name


def everything(page: Page) -> Words:
    """All that a window offers, its frames put together; nothing of one that has just gone."""
    try:
        return together([inventory(frame) for frame in page.frames])
    except PlaywrightError:
        return {}


def together(frames: Iterable[Words]) -> Words:
    """The words of several frames, by kind."""
    found: Words = {}
    for frame in frames:
        for kind, texts in frame.items():
            found.setdefault(kind, []).extend(texts)
    return found


def offered(page: Page) -> str:
    """What a window offers, for the tester."""
    try:
        return f"{page.title()} {''.join(_in_words(frame) for frame in page.frames)}"
    except PlaywrightError:
        return "（閉じています）"


def _in_words(frame: Frame) -> str:
    found = inventory(frame)
    return f"（ボタン: {'、'.join(found['buttons']) or 'なし'}）" + "".join(_kinds(found))


def _kinds(found: Words) -> Iterator[str]:
    for kind, name in OFFERED.items():
        if found[kind]:
            yield f"（{name}: {'、'.join(map(fold, found[kind]))}）"
