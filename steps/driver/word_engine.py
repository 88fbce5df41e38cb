"""The word engine: a Playwright selector engine, in JavaScript, for pages whose roles and labels say little.

It finds things by the words around them, lists what a page offers, and reads how a page answers a form.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal
from urllib.parse import quote

from playwright.sync_api import ElementHandle, Frame, Locator, Page, Playwright
from playwright.sync_api import Error as PlaywrightError

from simulator.manual.wording import fold
from steps.driver.windows import has_gone

ENGINE = "densai"
# Its source, in this order; the parts share their names.
PARTS = ("word_engine.js", "word_inventory.js", "word_answers.js", "word_refusals.js", "word_hands.js")
OFFERS = """return {
  query: (root, text) => seek(root, JSON.parse(decodeURIComponent(text)))[0] ?? null,
  queryAll: (root, text) => seek(root, JSON.parse(decodeURIComponent(text))),
  inventory, read, shown, described, named, standing, tie, stands, itemised, preceding, tables,
  mark, sayings, bubble, pressedFirst, keyboard, cover,
};"""
# The number of an element in its document, in document order.
NUMBERS = """found => {
  const every = found.length ? [...found[0].ownerDocument.querySelectorAll("*")] : [];
  return found.map(each => every.indexOf(each));
}"""
# Those of the numbered elements that contain no other: a button in a cell to click on is one thing.
INNERMOST = """numbers => {
  const every = [...document.querySelectorAll("*")], found = numbers.map(each => every[each]);
  return numbers.filter((_, at) => !found.some(each => each !== found[at] && found[at].contains(each)));
}"""
# The visible words of a page; null where the engine has to leave out how some are read.
READ = """() => {
  const place = document.querySelector('main') ?? document.body;
  return place?.querySelector('rt,rp') ? null : place?.innerText ?? '';
}"""
Query = Mapping[str, Any]
Words = dict[str, list[str]]
# Where a message stands, seen from a field: tied to it (alone: on a page with no other field), right beside
# it, tied to no field, tied to another field, or nowhere.
Tie = Literal["here", "alone", "near", "loose", "elsewhere", "none"]


@dataclass(frozen=True)
class Saying:
    """A text that a page did not have when its form was first sent.

    at: where it stands, seen from a field. stood: whether it was there before the form was sent last. keys:
    those of its elements.
    """

    text: str
    at: Tie
    stood: bool
    keys: Sequence[str]


# The ways to find a thing by its words, the strongest first; the first that finds any counts.
RUNGS = ("value", "label", "near", "plays")
OFFERED = {"tabs": "タブ", "links": "リンク", "fields": "入力欄", "boxes": "チェックボックス"}


@cache
def source() -> str:
    """Return the engine as one JavaScript expression."""
    parts = (Path(__file__).with_name(name).read_text(encoding="utf-8") for name in PARTS)
    return "\n".join(("(() => {", *parts, OFFERS, "})()"))


def register(playwright: Playwright) -> None:
    """Register the engine with Playwright; once, before the first search."""
    playwright.selectors.register(ENGINE, script=source())


def seek(frame: Frame, query: Query) -> Locator:
    """Return the locator of what a query means in this frame."""
    text = quote(json.dumps(query, ensure_ascii=False), safe="")
    return frame.locator(f"{ENGINE}={text}")


def asking(what: Literal["inventory", "shown"]) -> str:
    """Return a script that gives, in a frame, what it offers or which words it shows; either by kind."""
    return f"() => ({source()}).{what}()"


def read(frame: Frame) -> str:
    """Return the visible words of a frame, of <main> where it has one; how a word is read is left out."""
    words: str | None = frame.evaluate(READ)
    if words is None:  # the engine's text is long, and most pages have no ruby
        words = frame.evaluate(f"() => ({source()}).read()")
    return words or ""


def inventory(frame: Frame) -> Words:
    """Return all that a frame offers, by kind, in its own words."""
    found: Words = frame.evaluate(asking("inventory"))
    return found


def described(found: Locator) -> Sequence[str]:
    """Return each of several things in a few words that tell them apart."""
    lines: list[str] = found.evaluate_all(f"all => ({source()}).described(all)")
    return lines


def called(found: Locator, timeout_ms: float) -> str:
    """Return what one thing is called on its page, without what is typed in it."""
    name: str = found.evaluate(f"thing => ({source()}).named(thing)", timeout=timeout_ms)
    return name


def placed(found: Locator) -> Sequence[int]:
    """Return the numbers of the found elements in their document; none where the frame has just gone."""
    try:
        numbers: list[int] = found.evaluate_all(NUMBERS)
    except PlaywrightError as error:
        if not has_gone(error):
            raise
        return []
    return numbers


def every(frame: Frame, makes: Iterable[Callable[[Frame], Locator]]) -> list[Locator]:
    """Return what any of several ways finds in a frame, each element once and in the page's order."""
    found = sorted({number for make in makes for number in placed(make(frame))})
    inner: list[int] = frame.evaluate(INNERMOST, found)
    return [seek(frame, {"kind": "element", "number": number}) for number in inner]


def tie(field: Locator, text: str, old: Sequence[str]) -> Tie:
    """Return where a folded text stands, seen from a field; texts with one of the keys old do not count."""
    found: Tie = field.evaluate(f"(field, [text, old]) => ({source()}).tie(field, text, old)", [text, old])
    return found


def preceding(field: Locator) -> Sequence[str]:
    """Return the folded texts that stand before a field, in its cell, row or group."""
    texts: list[str] = field.evaluate(f"field => ({source()}).preceding(field)")
    return texts


def stands(frame: Frame, text: str, old: Sequence[str]) -> bool:
    """Return whether a folded text stands in a frame; texts with one of the keys old do not count."""
    found: bool = frame.evaluate(f"([text, old]) => ({source()}).stands(text, old)", [text, old])
    return found


def itemised(frame: Frame, text: str, old: Sequence[str]) -> Sequence[str]:
    """Return all items of the list in which a folded text stands; none where it stands in no list."""
    items: list[str] = frame.evaluate(f"([text, old]) => ({source()}).itemised(text, old)", [text, old])
    return items


def mark(frame: Frame, old: Sequence[str]) -> None:
    """Mark the texts in a frame that none of the keys old has, for `sayings` to tell them from newer ones."""
    frame.evaluate(f"old => ({source()}).mark(old)", old)


def sayings(frame: Frame, field: ElementHandle | None, old: Sequence[str]) -> list[Saying]:
    """Return the texts in a frame that none of the keys old has, seen from a field of that frame."""
    found = frame.evaluate(f"([field, old]) => ({source()}).sayings(field, old)", [field, old])
    return [Saying(**each) for each in found]


def press_first(field: Locator, words: str) -> ElementHandle | None:
    """Return the box, button or link with these words that is nearest to a field, if there is one."""
    script = f"(field, words) => ({source()}).pressedFirst(field, [words])"
    return field.evaluate_handle(script, words).as_element()


def keyboard(field: Locator, timeout_ms: float) -> tuple[str, bool]:
    """Return what a keyboard on the screen is called, "" for none, and whether its box is ticked.

    field: a field of the page.
    """
    words, is_on = field.evaluate(f"() => ({source()}).keyboard()", timeout=timeout_ms)
    return words, is_on


def cover(thing: Locator, timeout_ms: float) -> tuple[str, str, str]:
    """Return the words of what is in front of a thing, a line of them, and what closes it; "" for nothing."""
    words, line, close = thing.evaluate(f"thing => ({source()}).cover(thing)", timeout=timeout_ms)
    return words, line, close


def bubble(field: ElementHandle) -> str:
    """Return what the browser says of a field that it does not let a form send; "" for nothing."""
    said: str = field.evaluate(f"field => ({source()}).bubble(field)")
    return said


def standing(frame: Frame) -> tuple[str, list[str]]:
    """Return what tells a frame's form from another, and a key of every text in the frame."""
    found: dict[str, Any] = frame.evaluate(f"() => ({source()}).standing()")
    return found["form"], found["texts"]


def tables(frame: Frame) -> list[list[list[str]]]:
    """Return the rows of every table in a frame as the words of their cells."""
    found: list[list[list[str]]] = frame.evaluate(f"() => ({source()}).tables()")
    return found


def everything(page: Page) -> Words:
    """Return all that a window offers, its frames put together; nothing of a window that has just gone."""
    try:
        return together([inventory(frame) for frame in page.frames])
    except PlaywrightError:
        return {}


def together(frames: Iterable[Words]) -> Words:
    """Return the words of several frames, put together by kind."""
    found: Words = {}
    for frame in frames:
        for kind, texts in frame.items():
            found.setdefault(kind, []).extend(texts)
    return found


def offered(page: Page) -> str:
    """Return what a window offers as one line of a message."""
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
