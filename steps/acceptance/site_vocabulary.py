"""The vocabulary of a site as the driver finds it: titles, things found by weaker ways, and missing words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Locator, Page

from simulator.manual.wording import fold
from steps.acceptance import vocabulary_proposals
from steps.acceptance.vocabulary_file import FILE, MissingEntry, Vocabulary
from steps.driver.naming_observer import BY_FILE, BY_ROLE, Named, Table
from steps.driver.profile import Profile
from steps.driver.word_engine import called, everything
from steps.evidence.disk import EvidenceError

# The patience with which a thing that has just been found is asked for its name.
LOOK_MS = 500
FIRST, HIDDEN = "（最初の画面）", "（伏せました）"
# Signs around a word that do not make it another word.
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


class SiteVocabulary:
    """The observer of the driver's names (steps.driver.naming_observer.Notes) that writes found.toml.

    path: of the file, None to write nothing. hide: returns the texts that no file may hold, as passwords and
    what is typed. known: the vocabulary of an earlier part of the run. where: the place in the manual, to be
    set before each step. failure: why the file could not be written, empty where it could.
    """

    def __init__(
        self,
        path: Path | None,
        profile: Profile,
        hide: Callable[[], set[str]],
        known: Vocabulary | None = None,
    ) -> None:
        self.path, self.where, self.failure = path, "", ""
        self._profile, self._hide, self._vocabulary = profile, hide, known or Vocabulary()
        self._screen, self._seen, self._is_written = FIRST, set[tuple[str, str]](), True
        for table, word in list(self.missing):
            if table != "find" and vocabulary_proposals.site_name(table, word, profile) != word:
                del self.missing[table, word]  # the file names it by now

    @property
    def missing(self) -> dict[tuple[Table, str], MissingEntry]:
        """The entries that the deployment file still lacks, by table and the manual's word."""
        return self._vocabulary.missing

    def found(self, named: Named, way: str, there: Locator) -> None:
        """Note a screen's title, and a thing that was found by a weaker way than role and name."""
        if not named.ours or (place := (self._screen_of(named), named.what)) in self._seen:
            self._screen = self._screen_of(named)
            return
        self._seen.add(place)
        self._screen, self._is_written = place[0], False
        for word in named.ours:
            self.missing.pop((named.table, word), None)
        if named.table == "screens":
            self._vocabulary.on(self._screen).title = self._title(named, way, there)
        if way not in (BY_ROLE, BY_FILE):
            self._note_weaker(named, way, there)

    def missed(self, named: Named, pages: Sequence[Page]) -> str:
        """Write the line that the deployment file lacks at once, and return it for the tester's message."""
        self._seen = {each for each in self._seen if each[1] != named.what}
        things = [self._shown(page) for page in pages]
        every = {
            # A line of text is read in the front window alone.
            kind: [
                text for each in (things[:1] if kind == "lines" else things) for text in each.get(kind, ())
            ]
            for kind in named.among
        }
        word, candidates = vocabulary_proposals.unknown_of(named, every, self._profile)
        if not word:
            return ""
        line = vocabulary_proposals.line(named, word, candidates)
        self.missing[named.table, word] = MissingEntry(self._comment(named, word, pages, things), line)
        self._is_written = False
        self.write()
        return f"\n  設定ファイルの [{named.table}] に写す行（{FILE} にもあります）:\n  {line}"

    def write(self) -> None:
        """Write the file if anything is new. One that cannot be written stops nothing; failure says why."""
        if self._is_written or self.path is None:
            return
        try:
            self._vocabulary.write(self.path)
            self._is_written, self.failure = True, ""
        except EvidenceError as error:
            self.failure = str(error)

    def _screen_of(self, named: Named) -> str:
        return named.ours[0] if named.ours and named.table == "screens" else self._screen

    def _note_weaker(self, named: Named, way: str, there: Locator) -> None:
        name = self._site_name(way, there)
        known = (
            *named.ours,
            *(vocabulary_proposals.site_name(named.table, each, self._profile) for each in named.ours),
        )
        differs = name and _bare(name) not in map(_bare, known)
        text = f"{named.what}: {WAYS.get(way, way)}で見つけました"
        text += f"（サイトの言葉: 「{name}」）" if differs else ""
        weaker = self._vocabulary.on(self._screen).weaker
        weaker[:] = [*(each for each in weaker if not each.startswith(f"{named.what}: ")), text]

    def _title(self, named: Named, way: str, there: Locator) -> str:
        """Return a screen's title; of one that was found by its whole title the page need not be asked."""
        if way == BY_ROLE and not named.part:
            return vocabulary_proposals.site_name("screens", self._screen, self._profile)
        return self._site_name(way, there)

    def _site_name(self, way: str, there: Locator) -> str:
        name = ""
        with suppress(PlaywrightError):  # its page has gone by now
            name = there.page.title() if way == "titled" else called(there, LOOK_MS)
        return HIDDEN if self._is_hidden(name) else vocabulary_proposals.clean(name)

    def _shown(self, page: Page) -> dict[str, list[str]]:
        """Return the names on a page, by kind, without those that no file may hold."""
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
        text = f"# {self.where}{named.what}が見つかりませんでした。"
        if (
            named.table != "find"
            and (name := vocabulary_proposals.site_name(named.table, word, self._profile)) != word
        ):
            text += f"今の値「{name}」でもありません。"
        screen = f"「{self._screen}」画面" if named.table != "screens" else "今の画面"
        names = vocabulary_proposals.listed(things[0]) if pages else ""
        return f"{vocabulary_proposals.clean(text)}{screen}にあるもの: {names or 'なし'}"


def _bare(text: str) -> str:
    return fold(text).strip(DECORATION)
