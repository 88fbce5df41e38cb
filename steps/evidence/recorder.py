"""Keeps the record of a run while it happens: every line is on disk before the next thing is done."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from weakref import WeakKeyDictionary

import msgspec
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Page

from steps.evidence import capture, sealing
from steps.evidence.disk import append_line, hash_of, open_folder, write_file
from steps.evidence.run_records import (
    SCREENS,
    STEPS,
    Moment,
    Note,
    Outcome,
    Picture,
    Record,
    Rows,
    Rule,
    RunBegan,
    RunEnded,
    Scenario,
    ScenarioBegan,
    ScenarioEnded,
    Screen,
    StepBegan,
    StepEnded,
    Used,
    now,
)
from steps.evidence.secret_spellings import hidden_in

PICTURES = "pictures"
SHOWN = {"came": "came", "before_click": "before", "failed": "failed"}


@dataclass(frozen=True)
class RunInfo:
    """What is tested: its name, the page it starts from, and the options.

    resumed: whether the folder has evidence of an earlier part of this run, which goes on.
    """

    name: str
    site: str = ""
    options: str = ""
    resumed: bool = False


class Recorder:
    """One run's record, in one folder. Any method may raise EvidenceError: then nothing more is kept."""

    def __init__(self, folder: Path, run: RunInfo, secrets: Callable[[], set[str]]) -> None:
        open_folder(folder, resumed=run.resumed)
        self._folder, self._secrets = folder, secrets
        self._known: set[str] = set()
        self._pages: list[Page] = []
        self._scenario = Scenario(key="", feature="", name="")
        self._place, self._step_number = 0, 0
        # How each window was when it was last pictured.
        self._seen: WeakKeyDictionary[Page, tuple[capture.Look, Picture]] = WeakKeyDictionary()
        self._browser_kept = False
        self._number = len(list((folder / PICTURES).glob("*.png")))
        # What an earlier part of a resumed run was closed with does not hold any more.
        sealing.reopen(folder)
        self._write(RunBegan(run.name, run.site, version("densai-sandbox"), run.options))

    def plan(self, rules: Iterable[Rule], scenarios: Iterable[Scenario]) -> None:
        """Everything that could be run, so that the report can say what was not."""
        for record in (*rules, *scenarios):
            self._write(record)

    def scenario(self, info: Scenario) -> None:
        """A scenario begins."""
        self._scenario = info
        self._place, self._step_number = 0, 0
        self._write(ScenarioBegan(info.key))

    def step(
        self, keyword: str, text: str, number: int | None = None, *, type_: str = "", rows: Rows = ()
    ) -> None:
        """A line of it begins. number is the manual's; None for a line that is no step of the manual."""
        self._place += 1
        self._step_number = number or self._step_number
        self._write(StepBegan(keyword, text, type_, number, rows))

    def screen(self, page: Page, moment: Moment) -> None:
        """The window as it is now; what cannot be pictured is noted."""
        known = sorted(self._learn())
        try:
            now_ = capture.look(page, known, words=moment == "came")
            # A window of which nothing has changed since its last picture is shown by that picture.
            before, last = self._seen.get(page, (None, None))
            same = last if before == now_ and now_.still else None
            content = b"" if same else capture.picture(page, known, now_)
            url = page.url
            self._keep_browser(page)
        except PlaywrightError:  # its message may quote what was looked for
            self.note("画面を撮れませんでした。" + ("ウィンドウは閉じています。" if page.is_closed() else ""))
            return
        digest = same.sha256 if same else hash_of(content)
        file = same.file if same else self._file(content, moment)
        shown = Picture(moment, file, digest, url, now_.title, self._window(page))
        self._seen[page] = (now_, shown)
        if moment == "came":
            self._keep_words(now_, shown.window)
        self._write(shown)

    def note(self, text: str) -> None:
        """What is seen besides, as the words of a native dialog."""
        self._write(Note(text))

    def end_step(self, outcome: Outcome, message: str = "") -> None:
        """How the line came out."""
        self._write(StepEnded(outcome, message))

    def end_scenario(self, outcome: Outcome, reason: str = "") -> None:
        """How the scenario came out."""
        self._write(ScenarioEnded(self._scenario.key, outcome, reason))

    def finish(self, reason: str = "", also: Iterable[Path] = ()) -> sealing.Closed:
        """Write the reports, search everything for secrets, and seal the folder.

        reason says why the run ended early. also are folders to search that are not part of the evidence.
        """
        self._write(RunEnded(reason))
        return sealing.close(self._folder, self._learn(), also)

    def _learn(self) -> set[str]:
        """Every secret known up to now: a scenario may have brought new ones."""
        self._known |= {secret for secret in self._secrets() if secret}
        return self._known

    def _window(self, page: Page) -> int:
        """Windows are numbered as they are opened, anew in every browser."""
        if self._pages and self._pages[0].context is not page.context:
            self._pages.clear()
        self._pages += [each for each in page.context.pages if each not in self._pages]
        return self._pages.index(page) + 1

    def _file(self, content: bytes, moment: Moment) -> str:
        self._number += 1
        where = f"_p{self._scenario.procedure}" if self._scenario.procedure else ""
        step = f"_s{self._step_number}" if self._step_number else ""
        file = f"{PICTURES}/{self._number:04}{where}{step}_{SHOWN[moment]}.png"
        write_file(self._folder / file, content)
        return file

    def _keep_browser(self, page: Page) -> None:
        if (browser := page.context.browser) and not self._browser_kept:
            self._browser_kept = True
            self._write(Used(f"{browser.browser_type.name} {browser.version}"))

    def _keep_words(self, seen: capture.Look, window: int) -> None:
        titles = seen.words["titles"]
        screen = Screen(
            at=now(),
            key=self._scenario.key,
            place=self._place,
            procedure=self._scenario.procedure,
            number=self._step_number or None,
            window=window,
            title=titles[0] if titles else seen.title,
            **{kind: texts for kind, texts in seen.words.items() if kind != "titles"},
        )
        line = msgspec.json.encode(hidden_in(screen, self._known))
        append_line(self._folder / SCREENS, line)

    def _write(self, record: Record) -> None:
        stamped = msgspec.structs.replace(record, at=now())
        append_line(self._folder / STEPS, msgspec.json.encode(hidden_in(stamped, self._learn())))
