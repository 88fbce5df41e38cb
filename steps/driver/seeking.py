"""Where roles and labels do not tell: a selector engine that finds things by the words around them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from playwright.sync_api import Frame, Locator, Playwright

ENGINE = "densai"
Query = Mapping[str, Any]
# In this order; the first rung with anything on it counts.
RUNGS = ("value", "label", "near", "plays")


@cache
def source() -> str:
    """The engine as JavaScript."""
    return Path(__file__).with_name("seek.js").read_text(encoding="utf-8")


def register(playwright: Playwright) -> None:
    """Teach this Playwright the engine; once, before it is used."""
    playwright.selectors.register(ENGINE, script=source())


def seek(frame: Frame, query: Query) -> Locator:
    """What the query means in this frame."""
    text = quote(json.dumps(query, ensure_ascii=False), safe="")
    return frame.locator(f"{ENGINE}={text}")


def inventory(frame: Frame) -> dict[str, list[str]]:
    """All that a frame offers, by kind, in its own words."""
    found: dict[str, list[str]] = frame.evaluate(f"() => ({source()}).inventory()")
    return found


def described(found: Locator) -> Sequence[str]:
    """Each of several things in a few words, to tell them apart."""
    lines: list[str] = found.evaluate_all(f"all => ({source()}).described(all)")
    return lines
