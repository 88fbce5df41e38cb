"""The recorder: writes what happens in a run, each record on disk before the next step is played."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib.metadata import version
from pathlib import Path
from weakref import WeakKeyDictionary

import msgspec
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Page

from simulator.manual.features import fingerprint
from steps.evidence import capture, sealing
from steps.evidence.disk import append_line, hash_of, open_folder, write_file
from steps.evidence.run_keys import RunInfo
from steps.evidence.run_records import (
    DRIFT,
    DRIFT_PAGE,
    SCREENS,
    STEPS,
    Differs,
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
from steps.masking import masked_struct
from steps.site_login import without_login

PICTURES = "pictures"
IN_FILE_NAME = {"came": "came", "before_click": "before", "failed": "failed"}


class Recorder:
    """Writes the records of one run to one folder.

    secrets returns all secrets that are known at the moment. Any method may raise EvidenceError: then nothing
    more can be recorded.
    """

    def __init__(self, folder: Path, run: RunInfo, secrets: Callable[[], set[str]]) -> None:
        open_folder(folder, resumed=run.resumed)
        self._folder, self._secrets = folder, secrets
        self._known: set[str] = set()
        self._pages: list[Page] = []
        self._scenario = Scenario(key="", feature="", name="")
        self._place, self._step_number = 0, 0
        # The state of each window at its last picture, and that picture.
        self._last: WeakKeyDictionary[Page, tuple[capture.PageState, Picture]] = WeakKeyDictionary()
        self._has_browser = False
        self._number = len(list((folder / PICTURES).glob("*.png")))
        # The seal, the reports and a comparison of an earlier part of this run do not hold any more.
        sealing.remove_seal(folder)
        for name in (DRIFT, DRIFT_PAGE):
            (folder / name).unlink(missing_ok=True)
        self._write(RunBegan(run.name, run.site, version("densai-sandbox"), run.options, fingerprint()))

    def record_plan(self, rules: Iterable[Rule], scenarios: Iterable[Scenario]) -> None:
        """Record everything that could be run, so that the report can say what was not."""
        for record in (*rules, *scenarios):
            self._write(record)

    def begin_scenario(self, info: Scenario) -> None:
        """Record that a scenario begins."""
        self._scenario = info
        self._place, self._step_number = 0, 0
        self._write(ScenarioBegan(info.key))

    def begin_step(
        self, keyword: str, text: str, number: int | None = None, *, type_: str = "", rows: Rows = ()
    ) -> None:
        """Record that a step begins. number is the manual's; None for a step that is not in the manual."""
        self._place += 1
        self._step_number = number or self._step_number
        self._write(StepBegan(keyword, text, type_, number, rows))

    def record_screen(self, page: Page, moment: Moment) -> None:
        """Record a picture of a window, and its words where it came up; a note where neither can be had."""
        known = sorted(self._known_secrets())
        try:
            state = capture.read_state(page, known, words=moment == "came")
            # Where nothing has changed since the window's last picture, that picture is recorded again.
            before, last = self._last.get(page, (None, None))
            same = last if before == state and state.is_static else None
            content = b"" if same else capture.masked_screenshot(page, known, state)
            url = without_login(page.url)
            self._record_browser(page)
        except PlaywrightError:  # its message may quote a secret that was searched for
            closed = "ウィンドウは閉じています。" if page.is_closed() else ""
            self.record_note(f"画面を撮れませんでした。{closed}")
            return
        digest = same.sha256 if same else hash_of(content)
        file = same.file if same else self._write_picture(content, moment)
        picture = Picture(moment, file, digest, url, state.title, self._window_number(page))
        self._last[page] = (state, picture)
        if moment == "came":
            self._record_words(state, picture.window)
        self._write(picture)

    def record_note(self, text: str) -> None:
        """Record an observation of which there is no picture, such as the words of a native dialog."""
        self._write(Note(text))

    def record_difference(self, what: str, ours: str, theirs: str) -> None:
        """Record what the site says or shows otherwise than the feature, where that is no failure."""
        self._write(Differs(what, ours, theirs))

    def end_step(self, outcome: Outcome, message: str = "") -> None:
        """Record the outcome of the step."""
        self._write(StepEnded(outcome, message))

    def end_scenario(self, outcome: Outcome, reason: str = "") -> None:
        """Record the outcome of the scenario."""
        self._write(ScenarioEnded(self._scenario.key, outcome, reason))

    def finish(self, reason: str = "", also: Iterable[Path] = ()) -> sealing.Sealed:
        """Record the end of the run, write the reports, search everything for secrets and seal the folder.

        reason: why the run ended early. also: folders and files outside the evidence that are searched too.
        """
        self.end(reason)
        return self.seal(also)

    def end(self, reason: str = "") -> None:
        """Record the end of the run."""
        self._write(RunEnded(reason))

    def seal(self, also: Iterable[Path] = ()) -> sealing.Sealed:
        """Write the reports, search everything for secrets and seal the folder; nothing is recorded after."""
        return sealing.seal(self._folder, self._known_secrets(), also)

    def _known_secrets(self) -> set[str]:
        """Return every secret known up to now: a scenario may have brought new ones."""
        self._known |= {secret for secret in self._secrets() if secret}
        return self._known

    def _window_number(self, page: Page) -> int:
        """Return the number of a window: from 1 in the order of opening, anew in every browser."""
        if self._pages and self._pages[0].context is not page.context:
            self._pages.clear()
        self._pages += [each for each in page.context.pages if each not in self._pages]
        return self._pages.index(page) + 1

    def _write_picture(self, content: bytes, moment: Moment) -> str:
        self._number += 1
        where = f"_p{self._scenario.procedure}" if self._scenario.procedure else ""
        step = f"_s{self._step_number}" if self._step_number else ""
        file = f"{PICTURES}/{self._number:04}{where}{step}_{IN_FILE_NAME[moment]}.png"
        write_file(self._folder / file, content)
        return file

    def _record_browser(self, page: Page) -> None:
        if (browser := page.context.browser) and not self._has_browser:
            self._has_browser = True
            self._write(Used(f"{browser.browser_type.name} {browser.version}"))

    def _record_words(self, state: capture.PageState, window: int) -> None:
        titles = state.words["titles"]
        screen = Screen(
            at=now(),
            key=self._scenario.key,
            place=self._place,
            procedure=self._scenario.procedure,
            number=self._step_number or None,
            window=window,
            title=titles[0] if titles else state.title,
            **{kind: texts for kind, texts in state.words.items() if kind != "titles"},
        )
        line = msgspec.json.encode(masked_struct(screen, self._known))
        append_line(self._folder / SCREENS, line)

    def _write(self, record: Record) -> None:
        stamped = msgspec.structs.replace(record, at=now())
        append_line(self._folder / STEPS, msgspec.json.encode(masked_struct(stamped, self._known_secrets())))
