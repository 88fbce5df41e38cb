"""The record: every line at once, no secret in it, and clear words when it cannot be kept."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from playwright.sync_api import Page

from steps.evidence import disk, failure_record
from steps.evidence.disk import EvidenceError
from steps.evidence.recorder import Recorder
from steps.evidence.run_keys import RunInfo
from steps.evidence.run_records import MANIFEST, STEPS, Moment, read_screens
from steps.evidence.run_results import read_results
from steps.masking import visible
from tests.evidence.sample_evidence import FIRST, SECRET, played, recorder


def test_every_line_is_there_as_soon_as_it_is_told(tmp_path: Path) -> None:
    recording = recorder(tmp_path)
    recording.begin_scenario(FIRST)
    recording.begin_step("もし", "何かする", 1)
    told = read_results(tmp_path).scenarios[0]
    assert [(step.began.text, step.outcome) for step in told.steps] == [("何かする", None)]
    assert (told.outcome, told.reason) == (None, "途中で終わりました。")


def test_no_secret_gets_into_the_record(tmp_path: Path, page: Page) -> None:
    page.set_content(
        f"<title>{SECRET.replace('<', '&lt;')}</title><button>{SECRET.replace('<', '&lt;')}</button>"
    )
    recording = recorder(tmp_path)
    recording.begin_scenario(FIRST)
    recording.begin_step("もし", f"{SECRET} を入力する", 1, rows=((SECRET,),))
    recording.record_screen(page, "came")
    recording.record_note(f"ダイアログ {SECRET}")
    recording.end_step("failed", f"{SECRET} では入れません。")
    sealed = recording.finish()
    assert (sealed.gate, sealed.found) == ("passed", [])
    assert "●●●● では入れません。" in (tmp_path / STEPS).read_text(encoding="utf-8")
    assert read_screens(tmp_path)[0].buttons == ("●●●●",)


def test_no_sign_that_acts_on_a_terminal_gets_into_the_record(tmp_path: Path, page: Page) -> None:
    acting = "\x1b]0;mine\x07\x9b2J"
    page.set_content(f"<title>{acting}</title><button>{acting}</button>")
    page.evaluate("document.body.append('\\ud800')")
    recording = recorder(tmp_path)
    recording.begin_scenario(FIRST)
    recording.begin_step("もし", "何かする", 1)
    recording.record_screen(page, "came")
    recording.record_note(f"ダイアログ {acting}")
    recording.end_step("failed", f"{acting} が表示されました。")
    failure_record.save([page], tmp_path / "failed", {SECRET})
    recording.finish()
    files = [each for each in tmp_path.rglob("*") if each.suffix in (".jsonl", ".html", ".txt", ".json")]
    texts = {each.name: each.read_text(encoding="utf-8") for each in files}
    assert {"steps.jsonl", "screens.jsonl", "report.html", "window1.txt"} <= set(texts)
    assert [name for name, text in texts.items() if visible(text) != text] == []
    assert "␛]0;mine␇" in texts["window1.txt"]


def test_a_screen_is_pictured_again_only_when_it_has_changed(tmp_path: Path, page: Page) -> None:
    page.set_content("<title>t</title><input aria-label='x'>")
    recording = recorder(tmp_path)
    recording.begin_scenario(FIRST)
    recording.begin_step("もし", "入力する", 4)
    moments: tuple[Moment, ...] = ("came", "before_click")
    for moment in moments:
        recording.record_screen(page, moment)
    page.get_by_label("x").fill("1")
    other = page.context.new_page()
    for window in (page, other, page):
        recording.record_screen(window, "before_click")
    first, typed, elsewhere = (
        f"pictures/000{each}_p1-1_s4_{when}.png" for each, when in enumerate(("came", "before", "before"), 1)
    )
    files = [each.file for each in read_results(tmp_path).pictures]
    assert files == [first, first, typed, elsewhere, typed]


def test_a_closed_window_is_noted(tmp_path: Path, page: Page) -> None:
    recording = recorder(tmp_path)
    recording.begin_scenario(FIRST)
    recording.begin_step("もし", "ウィンドウを閉じます。", 5)
    page.close()
    recording.record_screen(page, "came")
    step = read_results(tmp_path).scenarios[0].steps[0]
    assert [note.text for note in step.notes] == ["画面を撮れませんでした。ウィンドウは閉じています。"]


def test_windows_are_numbered_as_they_open(tmp_path: Path, page: Page) -> None:
    recording = recorder(tmp_path)
    recording.begin_scenario(FIRST)
    recording.begin_step("もし", "開く", 1)
    second = page.context.new_page()
    for each in (second, page):
        recording.record_screen(each, "came")
    assert [each.window for each in read_results(tmp_path).pictures] == [2, 1]


def test_a_folder_that_is_not_empty_is_refused(tmp_path: Path) -> None:
    (tmp_path / "old.txt").write_text("", encoding="ascii")
    with pytest.raises(EvidenceError, match="空ではありません"):
        recorder(tmp_path)


def test_a_folder_without_room_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disk, "NEEDED_BYTES", 1 << 60)
    with pytest.raises(EvidenceError, match="空き容量が"):
        recorder(tmp_path)


def test_a_resumed_run_goes_on_in_the_same_record(tmp_path: Path, page: Page) -> None:
    played(tmp_path, page).finish("中断しました。")
    recording = Recorder(tmp_path, RunInfo("訓練用", resumed=True), lambda: {SECRET})
    assert not (tmp_path / MANIFEST).exists()
    recording.begin_scenario(FIRST)
    recording.begin_step("もし", "続ける", 1)
    recording.record_screen(page, "came")
    results = read_results(tmp_path)
    assert (len(results.runs), results.ended) == (2, None)
    assert results.pictures[-1].file == "pictures/0003_p1-1_s1_came.png"


def test_a_line_after_half_of_one_is_whole(tmp_path: Path) -> None:
    recorder(tmp_path)
    before = (tmp_path / STEPS).read_bytes()
    (tmp_path / STEPS).write_bytes(before + b'{"kind":"step","keyw')  # what a power cut leaves of a line
    Recorder(tmp_path, RunInfo("訓練用", resumed=True), set).finish()
    assert (tmp_path / STEPS).read_bytes().startswith(before + b'{"kind":"run"')
    assert len(read_results(tmp_path).runs) == 2


class FullDisk:
    """Takes so many bytes, then none."""

    def __init__(self, room: int) -> None:
        self.room = room

    def __call__(self, number: int, content: bytes) -> None:
        written = os.write(number, content[: self.room])
        self.room -= written
        if written < len(content):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_full_disk_leaves_whole_lines_and_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    recording = recorder(tmp_path)
    recording.begin_scenario(FIRST)
    before = (tmp_path / STEPS).read_bytes()
    monkeypatch.setattr(disk, "_write_all", FullDisk(room=20))
    with pytest.raises(EvidenceError, match=r"証跡を保存できません: steps\.jsonl（No space left on device）"):
        recording.begin_step("もし", "何かする", 1)
    assert (tmp_path / STEPS).read_bytes() == before


def test_a_full_disk_leaves_no_half_picture(
    tmp_path: Path, page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    recording = recorder(tmp_path)
    recording.begin_scenario(FIRST)
    recording.begin_step("もし", "何かする", 1)
    monkeypatch.setattr(disk, "_write_all", FullDisk(room=2_000))
    with pytest.raises(EvidenceError):
        recording.record_screen(page, "came")
    monkeypatch.undo()
    assert list((tmp_path / "pictures").iterdir()) == []
    assert len(read_results(tmp_path).scenarios) == 1
