"""Hears from the driver how a site calls things, and keeps it: what was found, how, and what was not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Locator, Page

from simulator.manual.wording import fold
from steps.acceptance import vocabulary_proposals
from steps.acceptance.vocabulary_file import FILE, Found, Lacking
from steps.driver.naming_observer import BY_FILE, BY_ROLE, Named, Table
from steps.driver.profile import Profile
from steps.driver.word_engine import called, everything
from steps.evidence.disk import EvidenceError

# How long a thing that has just been found may take to be asked for its name.
LOOK_MS = 500
FIRST, HIDDEN = "（最初の画面）", "（伏せました）"
# What decorates a word and makes no other of it.
DECORATION = "■□●○◆◇▼▲▶►・*※|:[]【】「」"
WAYS = {
    "value": "値や絵の説明（value・alt・title）",
    "label": "ラベル",
    "near": "隣のセルや前の言葉",
    "plays": "ボタンやリンクの役をするもの",
    "again": "1 箇所目の次という並び",
    "box": "行と列の言葉",
    "account": "行の言葉",
    "screen": "見出しの代わりの大きな文字",
    "titled": "ウィンドウの題名",
}


class Learnt:
    """Hears what the driver finds and misses, and writes it down: all that it knows, at every failure.

    hide: what may stand in no file, as passwords and what is typed. where: the place in the manual. Without
    a path nothing is written.
    """

    def __init__(
        self, path: Path | None, profile: Profile, hide: Callable[[], set[str]], known: Found | None = None
    ) -> None:
        self.path, self.where, self.unkept = path, "", ""
        self._profile, self._hide, self._found = profile, hide, known or Found()
        self._at, self._seen, self._kept = FIRST, set[tuple[str, str]](), True
        for table, word in list(self.lacking):
            if table != "find" and vocabulary_proposals.theirs(table, word, profile) != word:
                del self.lacking[table, word]  # the file names it by now

    @property
    def lacking(self) -> dict[tuple[Table, str], Lacking]:
        """The lines that the deployment file still lacks."""
        return self._found.lacking

    def found(self, named: Named, way: str, there: Locator) -> None:
        """Keep a screen's title, and what was found by a weaker way than role and name."""
        if not named.ours or (place := (self._place(named), named.what)) in self._seen:
            self._at = self._place(named)
            return
        self._seen.add(place)
        self._at, self._kept = place[0], False
        for word in named.ours:
            self.lacking.pop((named.table, word), None)
        weak = way not in (BY_ROLE, BY_FILE)
        if named.table == "screens":
            self._found.on(self._at).title = self._title(named, way, there)
        if weak:
            self._note_weaker(named, way, there)

    def missed(self, named: Named, pages: Sequence[Page]) -> str:
        """Keep the line that the file lacks at once, and give it to the tester's message."""
        self._seen = {each for each in self._seen if each[1] != named.what}
        things = [self._shown(page) for page in pages]
        every = {
            # A line to read is read in front.
            kind: [
                text for each in (things[:1] if kind == "lines" else things) for text in each.get(kind, ())
            ]
            for kind in named.among
        }
        word, candidates = vocabulary_proposals.unknown_of(named, every, self._profile)
        if not word:
            return ""
        line = vocabulary_proposals.line(named, word, candidates)
        self.lacking[named.table, word] = Lacking(self._comment(named, word, pages, things), line)
        self._kept = False
        self.keep()
        return f"\n  設定ファイルの [{named.table}] に写す行（{FILE} にもあります）:\n  {line}"

    def keep(self) -> None:
        """Write down what is new. A file that cannot be written stops nothing; it is told at the end."""
        if self._kept or self.path is None:
            return
        try:
            self._found.write(self.path)
            self._kept, self.unkept = True, ""
        except EvidenceError as error:
            self.unkept = str(error)

    def _place(self, named: Named) -> str:
        return named.ours[0] if named.ours and named.table == "screens" else self._at

    def _note_weaker(self, named: Named, way: str, there: Locator) -> None:
        name = self._site_name(way, there)
        known = (
            *named.ours,
            *(vocabulary_proposals.theirs(named.table, each, self._profile) for each in named.ours),
        )
        differs = name and _bare(name) not in map(_bare, known)
        text = f"{named.what}: {WAYS.get(way, way)}で見つけました"
        text += f"（サイトの言葉: 「{name}」）" if differs else ""
        weaker = self._found.on(self._at).weaker
        weaker[:] = [*(each for each in weaker if not each.startswith(f"{named.what}: ")), text]

    def _title(self, named: Named, way: str, there: Locator) -> str:
        """What a screen is called; of one that was found by its whole title the page need not be asked."""
        if way == BY_ROLE and not named.part:
            return vocabulary_proposals.theirs("screens", self._at, self._profile)
        return self._site_name(way, there)

    def _site_name(self, way: str, there: Locator) -> str:
        name = ""
        with suppress(PlaywrightError):  # its page has gone by now
            name = there.page.title() if way == "titled" else called(there, LOOK_MS)
        return HIDDEN if self._is_hidden(name) else vocabulary_proposals.clean(name)

    def _shown(self, page: Page) -> dict[str, list[str]]:
        """What a window offers, without what may stand in no file."""
        return {
            kind: [text for text in texts if not self._is_hidden(text)]
            for kind, texts in everything(page).items()
        }

    def _is_hidden(self, text: str) -> bool:
        read = fold(text)
        return any(fold(each) in read for each in self._hide())

    def _comment(
        self, named: Named, word: str, pages: Sequence[Page], things: Sequence[dict[str, list[str]]]
    ) -> str:
        told = f"# {self.where}{named.what}が見つかりませんでした。"
        if (
            named.table != "find"
            and (name := vocabulary_proposals.theirs(named.table, word, self._profile)) != word
        ):
            told += f"今の値「{name}」でもありません。"
        screen = f"「{self._at}」画面" if named.table != "screens" else "今の画面"
        there = vocabulary_proposals.listed(things[0]) if pages else ""
        return f"{vocabulary_proposals.clean(told)}{screen}にあるもの: {there or 'なし'}"


def _bare(text: str) -> str:
    return fold(text).strip(DECORATION)
