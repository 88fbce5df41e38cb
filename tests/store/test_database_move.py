"""A move takes everything into another kind of database, or nothing; a server's backup is a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from simulator.store import Wanted, Worlds, transfer
from simulator.store.training import Training
from tests.store.commands import dumped, fill, names, refused, run
from tests.store.databases import ON_EACH, POSTGRES

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def everything(url: str) -> dict[str, object]:
    """All that is kept, in the words of the program."""
    worlds = Worlds(url, "normal")
    kept = Training(worlds)
    found: dict[str, object] = {"key": kept.key("server"), "classes": kept.classes()}
    for member in kept.members(kept.classes()[0].id):
        seat = worlds.seat(member.seat)
        assert seat
        found[member.seat] = (
            member,
            seat.read(),
            seat.events(Wanted()),
            kept.practices_of(seat.code),
            kept.trail_of(seat.code),
        )
    worlds.close()
    return found


@ON_EACH
def test_a_move_takes_everything_along_and_the_target_goes_on_counting(
    file: Path, url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("move", url, "--database", file) == 0
    assert "クラス 1、席 2、練習 1、操作の記録 1" in capsys.readouterr().out
    assert everything(url) == everything(f"sqlite:///{file}")
    fill(url, "五月の研修")
    assert names(url) == ["五月の研修", "四月の研修"]
    assert "空ではありません" in refused(capsys, "move", url, "--database", file)


@POSTGRES
def test_a_server_is_backed_up_into_a_file_and_restored_from_it(
    new_postgres: Callable[[], str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    url, backup = new_postgres(), tmp_path / "b.sqlite3"
    fill(url)
    worlds = Worlds(url)
    with worlds.writing():  # in the middle of a change of everything
        assert run("backup", backup, "--database", url) == 0
    worlds.close()
    assert list(tmp_path.iterdir()) == [backup]
    assert "空ではありません" in refused(capsys, "restore", backup, "--database", url)
    other = new_postgres()
    assert run("upgrade", "--database", other) == 0
    assert "空のデータベースに" in capsys.readouterr().out
    assert run("restore", backup, "--database", other) == 0
    assert everything(other) == everything(url)


def test_where_less_arrives_nothing_is_kept(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = transfer._copy

    def all_but_the_trail(*given: Any) -> None:
        if given[2].name != "trail":
            copy(*given)

    monkeypatch.setattr(transfer, "_copy", all_but_the_trail)
    target = tmp_path / "t.sqlite3"
    told = refused(capsys, "move", target, "--database", file)
    assert "一致しない" in told
    assert "(trail)" in told
    assert "CREATE TABLE" not in "".join(dumped(target))
