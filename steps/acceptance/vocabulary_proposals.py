"""A line for a deployment file: the manual's word, and what the site may call it, the likeliest first."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from functools import cache

from simulator.manual.grammar import Action, Fill, Press, Show
from simulator.manual.procedures import procedures
from simulator.manual.wording import fold, link_of, names_of
from steps.driver.naming_observer import Named, Table
from steps.driver.profile import Profile

UNKNOWN = "？"
MOST, MOST_LISTED, LONGEST = 3, 12, 80
# What a page offers, by the kinds of word_engine.inventory, in a tester's words.
KINDS = {
    "titles": "題名",
    "buttons": "ボタン",
    "tabs": "タブ",
    "links": "リンク",
    "fields": "入力欄",
    "boxes": "チェックボックス",
}
# What every bank has and the manual's sentences do not press.
OTHERS = ("戻る", "閉じる", "ログアウト", "OK", "キャンセル", "はい", "いいえ", "クリア", "印刷")


def line(named: Named, word: str, candidates: Sequence[str]) -> str:
    """The line that says how the site calls the manual's word, ready to be copied."""
    value = f'{{ css = "{UNKNOWN}" }}' if named.table == "find" else f'"{UNKNOWN}"'
    likely = "、".join(map(quoted, candidates)) or "見当たりません"
    return f"{quoted(word)} = {value}   # 候補: {likely}"


def unknown_of(
    named: Named, things: Mapping[str, Sequence[str]], profile: Profile
) -> tuple[str, Sequence[str]]:
    """The first of the manual's words that nothing there is called by, with its candidates; "" for none."""
    there = [text for kind in named.among for text in things.get(kind, ())]
    called = set(map(fold, there))
    for word in named.ours:
        if fold(theirs(named.table, word, profile)) not in called:
            return word, closest(word, there, taken(named.table, profile))
    return "", ()


def theirs(table: Table, word: str, profile: Profile) -> str:
    """What the file says that the site calls this word."""
    return (profile.titles(word) if table == "screens" else profile.names(word))[0]


def closest(word: str, there: Iterable[str], taken: frozenset[str]) -> list[str]:
    """Those most like the word; first those that are no other word of the manual."""
    texts = dict.fromkeys(filter(None, map(clean, there)))

    def unlikeness(text: str) -> tuple[bool, float]:
        return fold(text) in taken, -SequenceMatcher(None, fold(word), fold(text)).ratio()

    return sorted((text for text in texts if len(text) <= LONGEST), key=unlikeness)[:MOST]


def taken(table: Table, profile: Profile) -> frozenset[str]:
    """The folded names of all else, in the manual's words and in those that the file gives."""
    given = profile.screens if table == "screens" else profile.words
    return _manuals(table) | frozenset(map(fold, given.values()))


@cache
def _manuals(table: Table) -> frozenset[str]:
    if table == "screens":
        return frozenset(fold(title) for title in _titles())
    actions = (action for each in procedures() for step in each.steps for action in step.actions)
    return frozenset(fold(word) for word in (*OTHERS, *(word for each in actions for word in words_of(each))))


def _titles() -> Iterator[str]:
    for each in procedures():
        yield from (each.start, *(step.next_screen for step in each.steps))


def words_of(action: Action) -> tuple[str, ...]:
    """The manual's words that an action looks for."""
    match action:
        case Press(label):
            return (label,)
        case Fill(fields):
            return tuple(name for each in fields for name in names_of(each.word))
        case Show(page):
            return (link_of(page)[0],)
    return ()


def listed(things: Mapping[str, Sequence[str]], kinds: Iterable[str] = KINDS) -> str:
    """What there is, by kind, in one line."""
    known = [(KINDS[kind], list(map(clean, things.get(kind, ())))) for kind in kinds if kind in KINDS]
    return "、".join(f"{name}（{_few(texts)}）" for name, texts in known if texts)


def _few(texts: Sequence[str]) -> str:
    more = len(texts) - MOST_LISTED
    return "、".join([*(text[:LONGEST] for text in texts[:MOST_LISTED]), *[f"ほか {more}"] * (more > 0)])


def clean(text: str) -> str:
    """A site's words on one line, without what a TOML file may not hold."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def quoted(text: str) -> str:
    """A TOML string or key."""
    return json.dumps(clean(text), ensure_ascii=False)
