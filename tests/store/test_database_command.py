"""`densai database`: a backup to restore, a look through, one sentence where something cannot be."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from simulator import database_trouble, serving
from simulator.settings import Settings
from simulator.store import Worlds, sqlite_file
from simulator.training import starts
from tests.store import old_databases
from tests.store.commands import dumped, fill, names, refused, run

if TYPE_CHECKING:
    from pathlib import Path


# Backup and restore ----------------------------------------------------------------------------


def test_a_backup_is_taken_while_a_server_writes_and_is_one_whole_file(file: Path, tmp_path: Path) -> None:
    worlds = Worlds(f"sqlite:///{file}", "normal")
    starts.make_seats(worlds, seed=9)  # still in the write-ahead log
    with worlds.writing():
        assert run("backup", tmp_path / "b.sqlite3", "--database", file) == 0
    assert dumped(tmp_path / "b.sqlite3") == dumped(file)
    worlds.close()
    assert sorted(each.name for each in tmp_path.iterdir() if each.name.startswith((".", "b."))) == [
        "b.sqlite3"
    ]


def test_a_restore_brings_back_what_was_and_keeps_what_is(file: Path, tmp_path: Path) -> None:
    backup = tmp_path / "b.sqlite3"
    assert run("backup", backup, "--database", file) == 0
    fill(f"sqlite:///{file}", "五月の研修")
    now = dumped(file)
    file.chmod(0o640)
    assert run("restore", backup, "--database", file) == 0
    assert file.stat().st_mode == former_mode(tmp_path)
    assert names(f"sqlite:///{file}") == ["四月の研修"]
    (former,) = tmp_path.glob("*before-restore*.sqlite3")
    assert dumped(former) == now


def former_mode(folder: Path) -> int:
    (former,) = folder.glob("*before-restore*.sqlite3")
    return former.stat().st_mode


def test_a_restore_takes_the_place_of_a_damaged_file_with_all_that_belongs_to_it(
    file: Path, tmp_path: Path
) -> None:
    backup = tmp_path / "b.sqlite3"
    assert run("backup", backup, "--database", file) == 0
    file.write_bytes(b"no database" * 1000)
    file.with_name(file.name + "-wal").write_bytes(b"nor its log")
    assert run("restore", backup, "--database", file) == 0
    assert names(f"sqlite:///{file}") == ["四月の研修"]
    kept = sorted(each.read_bytes()[:11] for each in tmp_path.glob("*before-restore*"))
    assert kept == [b"no database", b"nor its log"]


def test_a_restore_where_nothing_is_yet_of_a_backup_of_an_older_version(tmp_path: Path) -> None:
    old_databases.put("f19588c", tmp_path / "old.sqlite3")
    before = dumped(tmp_path / "old.sqlite3")
    target = tmp_path / "d.sqlite3"
    assert run("restore", tmp_path / "old.sqlite3", "--database", target) == 0
    assert names(f"sqlite:///{target}") == ["四月の研修"]
    assert dumped(tmp_path / "old.sqlite3") == before
    assert sorted(each.name for each in tmp_path.iterdir()) == ["d.sqlite3", "old.sqlite3"]


def test_a_server_at_work_is_not_robbed_of_its_database(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    backup = tmp_path / "b.sqlite3"
    assert run("backup", backup, "--database", file) == 0
    capsys.readouterr()
    worlds = Worlds(f"sqlite:///{file}", "normal")
    worlds.seats()
    for typed in (("restore", backup), ("move", tmp_path / "other.sqlite3")):
        assert "サーバを終了してから" in refused(capsys, *typed, "--database", file)
    assert starts.make_seats(worlds, seed=9)
    worlds.close()
    assert not list(tmp_path.glob("*before-restore*"))


def test_what_stands_in_the_way_changes_nothing(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    backup = tmp_path / "b.sqlite3"
    assert run("backup", backup, "--database", file) == 0
    capsys.readouterr()
    before = dumped(file)

    def broken(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(sqlite_file, "_copy", broken)
    for typed in (("restore", backup), ("backup", tmp_path / "c.sqlite3")):
        assert "空きがない" in refused(capsys, *typed, "--database", file)
    assert dumped(file) == before
    assert sorted(each.name for each in tmp_path.iterdir()) == ["b.sqlite3", file.name]


def test_a_file_that_cannot_be_put_in_place_leaves_everything_where_it_was(
    file: Path, tmp_path: Path
) -> None:
    before = dumped(file)
    with pytest.raises(FileNotFoundError):
        sqlite_file.put_in_place(tmp_path / "not there", file, "note")
    assert dumped(file) == before
    assert list(tmp_path.iterdir()) == [file]


# One sentence each -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        (("backup", "taken.sqlite3"), "同じ名前のファイルがあります"),
        (("backup", "no/folder/b.sqlite3"), "フォルダー"),
        (("restore", "missing.sqlite3"), "データベースがありません"),
        (("restore", "empty.sqlite3"), "データベースがありません"),
        (("restore", "text.sqlite3"), "開けません"),
        (("restore", "other.sqlite3"), "densai のデータベースではありません"),
        (("restore", "newer.sqlite3"), "新しい版の densai"),
        (("restore", "torn.sqlite3"), "壊れている"),
        (("move", "taken.sqlite3"), "空ではありません"),
        (("check", "--database", "missing.sqlite3"), "データベースがありません"),
        (("upgrade", "--database", "newer.sqlite3"), "新しい版の densai"),
        (("upgrade", "--database", "text.sqlite3"), "開けません"),
        (("backup", "new.sqlite3", "--database", "missing.sqlite3"), "データベースがありません"),
        (("upgrade", "--database", "postgresql+psycopg://u:tanuki9@127.0.0.1:1/d"), "cannot be opened"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(
    file: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    typed: tuple[str, ...],
    words: str,
) -> None:
    monkeypatch.chdir(file.parent)
    fill("sqlite:///taken.sqlite3")
    make_unfit_files(file.parent)
    here = {each.name: each.read_bytes() for each in file.parent.iterdir()}
    told = refused(capsys, *typed, *(() if "--database" in typed else ("--database", str(file))))
    assert words in told
    assert "tanuki9" not in told
    assert {each.name: each.read_bytes() for each in file.parent.iterdir()}.keys() == here.keys()
    assert names(f"sqlite:///{file}") == ["四月の研修"]


def make_unfit_files(folder: Path) -> None:
    (folder / "empty.sqlite3").touch()
    (folder / "text.sqlite3").write_text("研修の名簿\n" * 500, encoding="utf-8")
    with closing(sqlite3.connect(folder / "other.sqlite3")) as other:
        other.execute("CREATE TABLE seats (theatre TEXT)")
    Worlds(f"sqlite:///{folder / 'newer.sqlite3'}", "normal").close()
    with closing(sqlite3.connect(folder / "newer.sqlite3", isolation_level=None)) as newer:
        newer.execute("UPDATE alembic_version SET version_num = '0917'")
        newer.execute("PRAGMA journal_mode=DELETE")
    sqlite_file.copy(folder / "taken.sqlite3", folder / "torn.sqlite3")
    torn = bytearray((folder / "torn.sqlite3").read_bytes())
    torn[4096 : 3 * 4096] = b"\xff" * 2 * 4096
    (folder / "torn.sqlite3").write_bytes(torn)


@pytest.mark.parametrize(
    ("name", "words"),
    [("newer.sqlite3", "新しい版の densai"), ("other.sqlite3", "densai のデータベースではありません")],
)
def test_a_server_does_not_start_on_what_is_not_its_own(file: Path, name: str, words: str) -> None:
    fill(f"sqlite:///{file.parent / 'taken.sqlite3'}")
    make_unfit_files(file.parent)
    with pytest.raises(serving.StartError, match=words):
        serving._open(Settings(database=f"sqlite:///{file.parent / name}"))


def test_a_command_without_its_doing_says_what_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert "backup" in refused(capsys, code=2)


@pytest.mark.parametrize("error", database_trouble.SENTENCES)
def test_each_sentence_takes_what_its_error_says(error: type[Exception]) -> None:
    assert "{" not in database_trouble.why(error("d.sqlite3"))
    assert database_trouble.why(error())


# A look through --------------------------------------------------------------------------------


def test_a_check_counts_and_finds_nothing(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("check", "--database", file) == 0
    told = capsys.readouterr().out
    assert "クラス 1、席 2、練習 1、操作の記録 1" in told
    assert "壊れたところはありません" in told


def test_a_check_names_a_document_that_cannot_be_read(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with closing(sqlite3.connect(file, isolation_level=None)) as opened:
        opened.execute("UPDATE classes SET document = ?", [b'{"name": 1}'])
    assert run("check", "--database", file) == 1
    told = capsys.readouterr()
    assert "classes.document 1" in told.out
    assert "1件" in told.err


def test_a_check_of_an_old_database_leaves_it_as_it_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "d.sqlite3"
    old_databases.put("6f6c43a", file)
    before = dumped(file)
    assert run("check", "--database", file) == 0
    assert "形式が古い" in capsys.readouterr().out
    assert dumped(file) == before


def test_an_upgrade_says_where_the_copy_is_and_then_that_there_is_no_need(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "d.sqlite3"
    old_databases.put("6f6c43a", file)
    assert run("upgrade", "--database", file) == 0
    (copy,) = tmp_path.glob("d-v0000-*.sqlite3")
    assert str(copy) in capsys.readouterr().out
    assert run("upgrade", "--database", file) == 0
    assert "何も変更していません" in capsys.readouterr().out
