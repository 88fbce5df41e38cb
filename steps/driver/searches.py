"""The search for each kind of thing, in the manual's words: by role and name, and by words around it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, cast

from playwright.sync_api import Frame, Locator

from simulator.manual.grammar import Press
from simulator.manual.wording import names_of
from steps.driver.naming_observer import Named, Table
from steps.driver.profile import Profile
from steps.driver.text_patterns import again, containing, exactly
from steps.driver.word_engine import RUNGS, Query

Make = Callable[[Frame], Locator]
Kind = Literal["button", "tab", "link"]
# R09: サービス一覧 has this button twice, and either will do.
EQUAL = ("しんきん電子記録債権サービス",)
KINDS = {"button": "ボタン", "tab": "タブ", "link": "リンク"}
# The kinds among which it may be: a link may look like a button, and the other way round.
PRESSABLE = ("buttons", "links", "tabs")


@dataclass(frozen=True)
class Search:
    """One thing to look for.

    what: its name in a message. make: the locator by role and name, in a frame. queries: the ways of the word
    engine, the strongest first. keys: its names in [find] of a deployment file. screen: the screen of the
    windows in which it may be; "" for any. any_will_do: whether several are equal. table, ours, among, part:
    as in Named.
    """

    what: str
    make: Make
    queries: tuple[Query, ...] = ()
    keys: tuple[str, ...] = ()
    screen: str = ""
    any_will_do: bool = False
    table: Table = "words"
    ours: tuple[str, ...] = ()
    among: tuple[str, ...] = PRESSABLE
    part: bool = False

    @property
    def named(self) -> Named:
        """Return how a deployment file names it."""
        return Named(self.what, self.table, self.ours, self.among, self.part)


class Searches:
    """Makes the search for each kind of thing, in the words of one site."""

    def __init__(self, profile: Profile) -> None:
        self._profile = profile

    def pressable(self, press: Press, row: str = "") -> Search:
        """Return the search for a button, tab or link; row is the text of a cell in its row."""
        kind = cast(Kind, press.kind)
        names = self._profile.names(press.label)

        def make(frame: Frame) -> Locator:
            return self._scope(frame, row, press.field).get_by_role(kind, name=exactly(*names))

        field = self._profile.names(*names_of(press.field)) if press.field else ()
        query = {"kind": kind, "names": names, "row": row, "field": field}
        return Search(
            f"「{press.label}」{KINDS[kind]}",
            make,
            tuple({**query, "rung": rung} for rung in RUNGS),
            (press.label, f"{press.label}{KINDS[kind]}"),
            press.screen,
            press.label in EQUAL,
            ours=(press.label,),
        )

    def field(self, word: str, *, second: bool = False) -> Search:
        """Return the search for the field with this word, or for the second one, for the same typed again."""
        names = self._profile.names(*names_of(word))
        name = again(*names) if second else exactly(*names)
        kinds: Sequence[Query] = [{"kind": "again"}]
        if not second:
            kinds = [{"kind": "field", "rung": rung} for rung in RUNGS[:3]]
        ending = "（再入力）" if second else ""
        return Search(
            f"「{word}」の{'2 箇所目の' * second}入力欄",
            lambda frame: frame.get_by_label(name),
            tuple({**kind, "names": names} for kind in kinds),
            tuple(f"{each}{ending}{tail}" for each in names_of(word) for tail in ("", "欄")),
            table="find" if second else "words",
            ours=(f"{word}{ending}" if second else names_of(word)[-1],),
            among=("spots",) if second else ("fields",),
        )

    def link(self, *names: str, about: str = "") -> Search:
        """Return the search for a link with one of these names, or with about as a part of its name."""
        called = self._profile.names(*names)

        def make(frame: Frame) -> Locator:
            whole = frame.get_by_role("link", name=exactly(*called))
            return whole.or_(frame.get_by_role("link", name=containing(about))) if about else whole

        queries = tuple({"kind": "link", "names": called, "rung": rung} for rung in RUNGS)
        keys = (*names, f"{names[0]}リンク")
        return Search(f"「{names[0]}」へのリンク", make, queries, keys, ours=names[:1])

    def box(self, thing: str, label: str) -> Search:
        """Return the search for the check box with this label in the row of this thing."""
        (row,), names = self._profile.names(thing), self._profile.names(label)
        return Search(
            f"「{thing}」の「{label}」のチェックボックス",
            lambda frame: self.row_in(frame, row).get_by_role("checkbox", name=exactly(*names)),
            ({"kind": "box", "names": names, "row": row},),
            (f"{thing}の{label}",),
            ours=(thing, label),
            among=("rows", "boxes"),
        )

    def account(self, words: str) -> Search:
        """Return the search for the check box of an account, by words of its row."""
        (row,) = self._profile.names(words)
        return Search(
            f"口座「{words}」のチェックボックス",
            lambda frame: frame.get_by_role("checkbox", name=containing(row)),
            ({"kind": "account", "row": row, "names": (row,)},),
            ours=(words,),
            among=("rows", "boxes"),
        )

    def screen(self, title: str) -> Search:
        """Return the search for what shows that a window has this screen."""
        titles = self._profile.titles(title)
        return Search(
            f"「{title}」画面",
            lambda frame: frame.get_by_role("heading", level=1, name=exactly(*titles)).first,
            tuple({"kind": kind, "names": titles} for kind in ("screen", "titled")),
            (f"{title}画面",),
            any_will_do=True,
            table="screens",
            ours=(title,),
            among=("titles",),
        )

    def screen_about(self, words: str) -> Search:
        """Return the search for what shows that a window has a screen with these words in its title."""
        (about,) = self._profile.titles(words)
        return Search(
            f"{words}",
            lambda frame: frame.get_by_role("heading", level=1, name=containing(about)).first,
            tuple({"kind": kind, "names": (about,), "part": True} for kind in ("screen", "titled")),
            any_will_do=True,
            table="screens",
            ours=(words,),
            among=("titles",),
            part=True,
        )

    def row_in(self, frame: Frame, text: str) -> Locator:
        """Return the locator of the row that has a cell with this text, in a frame's tables.

        Of rows one in another, as in a table that is there for the layout, it is the innermost.
        """
        cells = frame.get_by_role("cell", name=exactly(text))
        heads = frame.get_by_role("rowheader", name=containing(text))
        rows = frame.get_by_role("row").filter(has=cells.or_(heads))
        return rows.filter(has_not=rows)

    def _scope(self, frame: Frame, row: str, field: str) -> Frame | Locator:
        if row:
            return self.row_in(frame, row)
        if field:
            names = self._profile.names(*names_of(field))
            return frame.get_by_role("group").filter(has=frame.get_by_label(exactly(*names)))
        return frame
