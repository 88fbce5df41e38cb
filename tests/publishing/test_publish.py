"""`densai publish`: all of a folder or nothing, and one sentence for what keeps it from being made."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
import typst
from playwright.sync_api import Error as PlaywrightError
from sqlalchemy.exc import OperationalError

from simulator import cli
from simulator.bank.people import people
from simulator.command_table import TESTING, ExtraCommand
from steps.driver.browser_search import VARIABLE
from steps.driver.failure import StepFailure
from steps.exit_codes import ExitCode
from steps.publishing import pdf_book, publish_command, scorm_book, word_book
from steps.publishing.book import Book, Doing
from steps.publishing.capture import SEED
from tests.publishing.made_book import BOOK, LOG_IN, picture, scene

Run = Callable[..., tuple[int, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Publishes a small book into the folder `new`; returns the exit code and what the person reads."""
    monkeypatch.setattr(publish_command, "_captured", lambda: (BOOK, {"席コード"}))

    def publish(*options: str, folder: Path = tmp_path / "new") -> tuple[int, str]:
        code = cli.main(["publish", str(folder), *options])
        return code, "".join(capsys.readouterr())

    return publish


def raising(error: Exception) -> Callable[..., object]:
    def fail(*_given: object, **_named: object) -> object:
        raise error

    return fail


def names(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


def test_all_forms_are_made_and_nothing_else_is_left(run: Run, tmp_path: Path) -> None:
    code, told = run()
    assert code == ExitCode.PASSED, told
    assert names(tmp_path) == ["new"]
    assert names(tmp_path / "new") == ["demo", "html", "manual.docx", "manual.pdf", "scorm"]


def test_only_what_is_asked_for_is_made_in_an_empty_folder_that_is_there(run: Run, tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    assert run("--only", "docx, html")[0] == ExitCode.PASSED
    assert names(tmp_path / "new") == ["html", "manual.docx"]


@pytest.mark.parametrize("asked", ["", "odt", "html,xapi"])
def test_another_form_is_a_wrong_option(run: Run, asked: str) -> None:
    with pytest.raises(SystemExit) as ended:
        run("--only", asked)
    assert ended.value.code == ExitCode.USAGE


def test_a_folder_that_holds_something_is_left_as_it_is(run: Run, tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "mine.txt").write_text("私の", encoding="utf-8")
    code, told = run()
    assert (code, told.count("\n")) == (ExitCode.USAGE, 1)
    assert "空ではありません" in told
    assert names(tmp_path / "new") == ["mine.txt"]


PLACES = [("file", "空ではありません"), ("nowhere/new", "ありません"), ("file/new", "ありません")]


@pytest.mark.parametrize(("place", "why"), PLACES)
def test_a_place_where_no_folder_can_be_is_told(run: Run, tmp_path: Path, place: str, why: str) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    code, told = run(folder=tmp_path / place)
    assert (code, told.count("\n")) == (ExitCode.USAGE, 1)
    assert why in told
    assert names(tmp_path) == ["file"]


FULL = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
MISSING = StepFailure("「変更」ボタンがありません。")
TROUBLE: Sequence[tuple[object, str, Exception, str]] = [
    (word_book, "content", FULL, "書き込めません（No space left"),
    (scorm_book, "content", FULL, "書き込めません（No space left"),
    (publish_command, "_captured", MISSING, str(MISSING)),
    (publish_command, "_captured", OperationalError("", {}, Exception("full")), "席を使えません（full）"),
    (
        publish_command,
        "_captured",
        PlaywrightError("Target closed\nat …"),
        "エラーが起きました: Target closed",
    ),
    (typst, "compile_with_warnings", typst.TypstError("alt がない", ""), "PDF を作れません: "),
]


@pytest.mark.parametrize("trouble", TROUBLE, ids=["disk", "zip", "step", "database", "browser", "pdf"])
def test_what_stops_it_leaves_nothing_behind(
    run: Run,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    trouble: tuple[object, str, Exception, str],
) -> None:
    where, name, error, why = trouble
    monkeypatch.setattr(where, name, raising(error))
    code, told = run()
    assert (code, told.count("\n")) == (ExitCode.STOPPED, 1)
    assert why in told
    assert names(tmp_path) == []


def test_without_a_font_nothing_is_photographed(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publish_command, "_captured", raising(AssertionError("photographed")))
    monkeypatch.setattr(pdf_book, "FONTS", ("ない書体",))
    code, told = run("--only", "html")
    assert code == ExitCode.STOPPED
    assert "日本語の書体がありません" in told


def test_without_a_browser_it_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path / "no-browser"))
    assert cli.main(["publish", str(tmp_path / "new")]) == ExitCode.STOPPED
    assert VARIABLE in capsys.readouterr().err
    assert names(tmp_path) == []


def test_a_value_that_is_not_for_readers_is_found_in_every_form(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = {LOG_IN: (picture(LOG_IN, Doing("「席」に ", "kakushi77", " と入力")),)}
    leaked = Book(taken, (scene("<body><p>kakushi77</p></body>"),))
    monkeypatch.setattr(publish_command, "_captured", lambda: (leaked, {"kakushi77"}))
    for form in publish_command.FORMS:
        code, told = run("--only", form)
        assert code == ExitCode.SECRET
        assert "kakushi77" not in told
        assert names(tmp_path) == []


def test_the_passwords_are_those_of_no_class() -> None:
    ours, default = publish_command._passwords(people(SEED)), publish_command._passwords(people(1560))
    assert len(default) == 7
    assert not ours & default


def test_without_its_extra_the_command_says_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    command = TESTING["publish"]
    monkeypatch.setitem(TESTING, "publish", ExtraCommand("nowhere.at_all", "main", "", extra=command.extra))
    assert cli.main(["publish", "x"]) == ExitCode.USAGE
    assert "densai-sandbox[publish]" in capsys.readouterr().err
