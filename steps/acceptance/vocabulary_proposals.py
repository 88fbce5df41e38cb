"""Proposals for a deployment file: a line with a word of the manual and the site's likeliest names for it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from functools import cache

import tomlkit
from playwright.sync_api import Dialog

from simulator.manual.grammar import Action, Fill, Press, Show
from simulator.manual.procedures import procedures
from simulator.manual.wording import fold, link_of, names_of
from steps.driver.file_lines import to_copy
from steps.driver.naming_observer import Named, Table
from steps.driver.obstacles import ALWAYS
from steps.driver.profile import Profile

UNKNOWN = "？"
MOST, MOST_LISTED, LONGEST = 3, 12, 80
LEAST = 4  # letters of an alert that tell it from another one
# The kinds of things of word_engine.inventory, in a tester's words.
KINDS = {
    "titles": "題名",
    "buttons": "ボタン",
    "tabs": "タブ",
    "links": "リンク",
    "fields": "入力欄",
    "boxes": "チェックボックス",
}
# Names that every bank has and that no sentence of the manual presses.
OTHERS = ("戻る", "閉じる", "ログアウト", "OK", "キャンセル", "はい", "いいえ", "クリア", "印刷")


def line(named: Named, word: str, candidates: Sequence[str]) -> str:
    """Return the line that maps the manual's word to the site's name, to be completed and copied."""
    value = f'{{ css = "{UNKNOWN}" }}' if named.table == "find" else f'"{UNKNOWN}"'
    likely = "、".join(map(quoted, candidates)) or "見当たりません"
    return f"{quoted(word)} = {value}   # 候補: {likely}"


def unknown_of(
    named: Named, things: Mapping[str, Sequence[str]], profile: Profile
) -> tuple[str, Sequence[str]]:
    """Return the first of the manual's words that is no name on the page, and candidates; "" for none.

    things: the names on the page, by kind.
    """
    names = [text for kind in named.among for text in things.get(kind, ())]
    called = set(map(fold, names))
    for word in named.ours:
        if fold(site_name(named.table, word, profile)) not in called:
            return word, closest(word, names, known_names(named.table, profile))
    return "", ()


def site_name(table: Table, word: str, profile: Profile) -> str:
    """Return the site's name for a word according to the deployment file; without one the word itself."""
    return (profile.titles(word) if table == "screens" else profile.names(word))[0]


def closest(word: str, names: Iterable[str], known: frozenset[str]) -> list[str]:
    """Return the names most like the word; known: folded names of other things, which come last."""
    texts = dict.fromkeys(filter(None, map(clean, names)))

    def unlikeness(text: str) -> tuple[bool, float]:
        return fold(text) in known, -SequenceMatcher(None, fold(word), fold(text)).ratio()

    return sorted((text for text in texts if len(text) <= LONGEST), key=unlikeness)[:MOST]


def known_names(table: Table, profile: Profile) -> frozenset[str]:
    """Return the folded names of all things: the manual's words and those that the deployment file gives."""
    given = profile.screens if table == "screens" else profile.words
    return _names_in_manual(table) | frozenset(map(fold, given.values()))


@cache
def _names_in_manual(table: Table) -> frozenset[str]:
    if table == "screens":
        return frozenset(fold(title) for title in _titles())
    actions = (action for each in procedures() for step in each.steps for action in step.actions)
    return frozenset(fold(word) for word in (*OTHERS, *(word for each in actions for word in words_of(each))))


def _titles() -> Iterator[str]:
    for each in procedures():
        yield from (each.start, *(step.next_screen for step in each.steps))


def words_of(action: Action) -> tuple[str, ...]:
    """Return the manual's words that an action looks for."""
    match action:
        case Press(label):
            return (label,)
        case Fill(fields):
            return tuple(name for each in fields for name in names_of(each.word))
        case Show(page):
            return (link_of(page)[0],)
    return ()


def listed(things: Mapping[str, Sequence[str]], kinds: Iterable[str] = KINDS) -> str:
    """Return the names on a page in one line, by kind."""
    known = [(KINDS[kind], list(map(clean, things.get(kind, ())))) for kind in kinds if kind in KINDS]
    return "、".join(f"{name}（{_few(texts)}）" for name, texts in known if texts)


def _few(texts: Sequence[str]) -> str:
    more = len(texts) - MOST_LISTED
    return "、".join([*(text[:LONGEST] for text in texts[:MOST_LISTED]), *[f"ほか {more}"] * (more > 0)])


def clean(text: str) -> str:
    """Return a site's text on one line, without the signs that a TOML file may not hold."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def notice_entry(dialog: Dialog) -> str:
    """Return the lines that let a site's alert be answered with OK, for a message; "" for other dialogs.

    What differs from time to time, as a date in it, is left out.
    """
    first = next((line for line in map(clean, dialog.message.splitlines()) if line), "")
    steady = max(re.split(r"\d+", first), key=len).strip() if first else ""
    words = steady if len(steady) >= LEAST else first
    if dialog.type != "alert" or not words:
        return ""
    return to_copy("[[notices]]", ALWAYS, alert=words)


def quoted(text: str) -> str:
    """Return a text as a TOML string, which is a TOML key, too."""
    return tomlkit.string(clean(text)).as_string()
