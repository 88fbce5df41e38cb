"""Databases of earlier versions become present ones, whole or not at all; newer ones are refused."""

from __future__ import annotations

import dataclasses
import json
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import text

from simulator.domain.world import World
from simulator.store import Worlds, documents, maintenance, schema, sqlite_file
from simulator.store.database import metadata
from simulator.store.engine import Durability, plain_engine
from simulator.store.migrations import run
from simulator.store.migrations.versions import v0001_unmarked, v0002_marks
from simulator.store.training import Training, read
from simulator.training.model import ClassPlan, Learner, Practice
from tests.store import old_databases
from tests.store.databases import POSTGRES

if TYPE_CHECKING:
    from collections.abc import Callable

KINDS: dict[documents.Kind, type] = {
    "world": World,
    "plan": ClassPlan,
    "learner": Learner,
    "practice": Practice,
}
DURABILITIES: tuple[Durability, ...] = ("full", "normal")
OLD = pytest.mark.parametrize("commit", old_databases.COMMITS)


def execute(file: Path, *statements: str) -> list[tuple[Any, ...]]:
    """The rows of the last statement."""
    with closing(sqlite3.connect(file, isolation_level=None)) as opened:
        return [opened.execute(statement).fetchall() for statement in statements][-1]


def copies(file: Path) -> list[Path]:
    """Return the files beside a database that begin with its name."""
    return sorted(file.parent.glob(f"{file.stem}-*.sqlite3"))


@OLD
def test_an_old_database_becomes_a_present_one_and_nothing_is_lost(tmp_path: Path, commit: str) -> None:
    file = tmp_path / "d.sqlite3"
    url = old_databases.put(commit, file)
    before = {table: old_databases.rows(file, table) for table in metadata.tables}
    worlds = Worlds(url)
    assert {table: old_databases.rows(file, table) for table in metadata.tables} == before
    for seat in worlds.seats():
        assert seat.read().master().login_id
    kept = Training(worlds)
    for member in (member for row in kept.classes() for member in kept.members(row.id)):
        assert read(member.document, Learner).version == 1
        for row in kept.practices_of(member.seat):
            assert row.faults == read(row.document, Practice).faults_in_all
    worlds.close()
    found = maintenance.check(
        url,
        {"classes.document": ClassPlan, "members.document": Learner, "practices.document": Practice},
    )
    assert (found.state, found.version, found.faults) == ("present", schema.NEWEST, [])


@OLD
def test_its_tables_are_those_of_a_new_one(tmp_path: Path, commit: str) -> None:
    url = old_databases.put(commit, tmp_path / "d.sqlite3")
    Worlds(url).close()
    assert_present(url)


def assert_present(url: str) -> None:
    with plain_engine(url).connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


@POSTGRES
def test_the_tables_of_postgresql_as_well(new_postgres: Callable[[], str]) -> None:
    """Made as they were before versions were counted, they are refused, and made present by the command."""
    url = new_postgres()
    with plain_engine(url).begin() as connection:
        v0001_unmarked._tables().create_all(connection)
    with pytest.raises(schema.OlderError):
        Worlds(url)
    assert maintenance.upgrade(url) == ("old", "")
    assert maintenance.upgrade(url) == ("present", "")
    assert_present(url)
    Worlds(url).close()


@OLD
def test_the_file_is_copied_beside_itself_first(tmp_path: Path, commit: str) -> None:
    file = tmp_path / "d.sqlite3"
    url = old_databases.put(commit, file)
    before = "\n".join(dumped(file))
    worlds = Worlds(url)
    (copy,) = copies(file)
    assert worlds.copy_before == str(copy)
    assert copy.name.startswith("d-v0000-20")
    assert "\n".join(dumped(copy)) == before
    worlds.close()
    again = Worlds(url)
    assert (again.copy_before, copies(file)) == ("", [copy])
    again.close()


def dumped(file: Path) -> list[str]:
    with closing(sqlite3.connect(file)) as opened:
        return list(opened.iterdump())


def test_no_copy_takes_the_place_of_another(tmp_path: Path) -> None:
    file = tmp_path / "d.sqlite3"
    old_databases.put("a93a6aa", file)
    made = [sqlite_file.copy_beside(file, "v0000") for _ in range(3)]
    assert len(set(made)) == 3
    with pytest.raises(FileExistsError):
        sqlite_file.copy(file, made[0])


def test_without_a_copy_nothing_is_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "d.sqlite3"
    url = old_databases.put("f19588c", file)
    before = dumped(file)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(sqlite_file, "_copy", full)
    with pytest.raises(schema.NoCopyError, match="No space left"):
        Worlds(url)
    assert (dumped(file), list(tmp_path.glob("*d.sqlite3*"))) == (before, [file])


@pytest.mark.parametrize("document", [b"no json", b'{"version":7}'])
def test_what_cannot_be_changed_in_full_is_not_changed_at_all(tmp_path: Path, document: bytes) -> None:
    file = tmp_path / "d.sqlite3"
    url = old_databases.put("f19588c", file)
    with closing(sqlite3.connect(file, isolation_level=None)) as opened:
        opened.execute("UPDATE members SET document = ? WHERE place = 2", [document])
    before = dumped(file)
    with pytest.raises(schema.DamagedError, match=r"Expecting value|version 7"):
        Worlds(url)
    assert dumped(file) == before


def test_several_servers_that_start_together_bring_it_up_to_date_once(tmp_path: Path) -> None:
    file = tmp_path / "d.sqlite3"
    url = old_databases.put("6f6c43a", file)

    def opened(_: int) -> str:
        worlds = Worlds(url)
        worlds.close()
        return worlds.copy_before

    with ThreadPoolExecutor(4) as threads:
        made = [copy for copy in threads.map(opened, range(4)) if copy]
    assert made == [str(copy) for copy in copies(file)]
    assert len(made) == 1


def test_one_of_a_newer_version_is_refused_and_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "d.sqlite3"
    url = f"sqlite:///{file}"
    Worlds(url).close()
    execute(file, "UPDATE alembic_version SET version_num = '0917'")
    before = dumped(file)
    with pytest.raises(schema.NewerError, match="0917"):
        Worlds(url)
    assert (dumped(file), copies(file)) == (before, [])


def test_a_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "d.sqlite3"
    execute(file, "CREATE TABLE seats (theatre TEXT, row INT)")
    with pytest.raises(schema.ForeignError):
        Worlds(f"sqlite:///{file}")
    assert len(dumped(file)) == 3


def test_a_new_database_says_its_version_without_any_step(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(schema, "bring_up_to_date", None)
    file = tmp_path / "d.sqlite3"
    Worlds(f"sqlite:///{file}").close()
    assert execute(file, "SELECT version_num FROM alembic_version") == [(schema.NEWEST,)]


# The ladder itself -----------------------------------------------------------------------------


def test_the_known_versions_are_alembics_revisions() -> None:
    found = [each.revision for each in run.scripts().walk_revisions()]
    assert found == sorted(schema.KNOWN, reverse=True)
    assert found[0] == schema.NEWEST


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_document_is_written_in_its_newest_version(kind: documents.Kind) -> None:
    (version,) = (each for each in dataclasses.fields(KINDS[kind]) if each.name == "version")
    assert version.default == len(documents.STEPS[kind])


def test_every_kept_document_has_its_steps() -> None:
    kept = {
        f"{table.name}.{column.name}"
        for table in metadata.tables.values()
        for column in table.columns
        if str(column.type) == "BLOB"
    }
    assert kept == {f"{name}.{column}" for name, _, column, _ in v0002_marks.PLACES} | {"interrupted.events"}
    assert {kind for *_, kind in v0002_marks.PLACES} == set(documents.STEPS)


def test_a_document_is_changed_step_by_step_and_the_old_one_stays() -> None:
    old = {"seed": 1, "receipts": 3}
    made = documents.changed("world", old)
    assert (made, old) == ({"seed": 1, "version": 1}, {"seed": 1, "receipts": 3})
    assert documents.changed("world", made) == made
    assert json.loads(documents.as_bytes({"name": "山田"})) == {"name": "山田"}


# What is kept in a power cut -------------------------------------------------------------------


@pytest.mark.parametrize(("durability", "level"), [("full", 2), ("normal", 1)])
def test_a_change_waits_for_the_disk_as_was_chosen(tmp_path: Path, durability: Any, level: int) -> None:
    worlds = Worlds(f"sqlite:///{tmp_path / 'd.sqlite3'}", durability)
    with worlds.writing() as connection:
        assert connection.scalar(text("PRAGMA synchronous")) == level
    worlds.close()


def test_by_default_nothing_that_was_answered_is_lost(tmp_path: Path) -> None:
    worlds = Worlds(f"sqlite:///{tmp_path / 'd.sqlite3'}")
    with worlds.writing() as connection:
        assert connection.scalar(text("PRAGMA synchronous")) == 2
    worlds.close()


@POSTGRES
def test_so_does_postgresql(new_postgres: Callable[[], str]) -> None:
    url = new_postgres()
    with plain_engine(url).connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT")
        name = connection.engine.url.database
        connection.execute(text(f'ALTER DATABASE "{name}" SET synchronous_commit = on'))
    told: list[str | None] = []
    for durability in DURABILITIES:
        worlds = Worlds(url, durability)
        with worlds.writing() as connection:
            told.append(connection.scalar(text("SHOW synchronous_commit")))
        worlds.close()
    assert told == ["on", "off"]
