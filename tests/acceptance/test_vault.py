"""Secrets in the computer's own keyring: read from there, and one sentence where that cannot be."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest

from simulator.bank.people import people
from steps.deployment import DeploymentError, load, resolve
from steps.exit_codes import ExitCode
from tests.acceptance.runs import SIMULATOR, accept, environment
from tests.acceptance.vaults import FILE, Broken, Kept, Locked, asked

PEOPLE = people(7)
NOWHERE = "http://127.0.0.1:9/"
ENTRY = "でんさい 受入/master"
KEY = "people.master.issued_password"


def file_with(folder: Path, entry: str = ENTRY) -> Path:
    """The simulator's file with one password in the keyring."""
    file = folder / "site.toml"
    text = SIMULATOR.read_text(encoding="utf-8")
    file.write_text(text.replace('env = "DENSAI_MASTER_ISSUED"', f'keyring = "{entry}"'), encoding="utf-8")
    return file


def environ(folder: Path, backend: str) -> dict[str, str]:
    """Every other password in the environment, and this keyring."""
    vault = folder / "vault.json"
    vault.write_text(json.dumps({ENTRY: PEOPLE.master.issued_password}), encoding="utf-8")
    without = {key: value for key, value in environment(PEOPLE, NOWHERE).items() if "ISSUED" not in key}
    issued = {"DENSAI_GENERAL_ISSUED": PEOPLE.general.issued_password}
    return {**without, **issued, "PYTHON_KEYRING_BACKEND": backend, FILE: str(vault)}


@pytest.fixture
def chosen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    before = keyring.get_keyring()
    for name, value in environ(tmp_path, "").items():
        monkeypatch.setenv(name, value)
    yield
    keyring.set_keyring(before)


@pytest.mark.usefixtures("chosen")
def test_a_secret_is_read_from_the_keyring(tmp_path: Path) -> None:
    keyring.set_keyring(Kept())
    resolved = resolve(load(file_with(tmp_path)))
    assert resolved.people.master.issued_password == PEOPLE.master.issued_password


@pytest.mark.usefixtures("chosen")
def test_an_entry_that_two_keys_name_is_asked_for_once(tmp_path: Path) -> None:
    keyring.set_keyring(Kept())
    file = file_with(tmp_path)
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('env = "DENSAI_GENERAL_ISSUED"', f'keyring = "{ENTRY}"'), encoding="utf-8")
    people = resolve(load(file)).people
    assert people.master.issued_password == people.general.issued_password == PEOPLE.master.issued_password
    assert asked(tmp_path / "vault.json").read_text(encoding="utf-8").splitlines() == [ENTRY]


@pytest.mark.usefixtures("chosen")
def test_an_entry_that_is_not_there_is_listed_with_all_that_is_not_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keyring.set_keyring(Kept())
    monkeypatch.delenv("DENSAI_GENERAL_APPROVAL")
    with pytest.raises(DeploymentError) as told:
        resolve(load(file_with(tmp_path, "でんさい 受入/nobody")))
    assert f"{KEY}: キーリング でんさい 受入/nobody" in str(told.value)
    assert "people.general.approval_password: 環境変数 DENSAI_GENERAL_APPROVAL" in str(told.value)


@pytest.mark.usefixtures("chosen")
def test_a_locked_keyring_names_the_key(tmp_path: Path) -> None:
    keyring.set_keyring(Locked())
    with pytest.raises(DeploymentError, match=f"{KEY} の.*鍵が掛かっています"):
        resolve(load(file_with(tmp_path)))


def test_a_run_with_a_keyring_gets_as_far_as_the_site(tmp_path: Path) -> None:
    run = accept(
        environ(tmp_path, "tests.acceptance.vaults.Kept"), file=file_with(tmp_path), state=tmp_path / "state"
    )
    assert run.code == ExitCode.STOPPED, run.told
    assert f"{NOWHERE} を開けません。" in run.told
    assert PEOPLE.master.issued_password not in run.told
    assert asked(tmp_path / "vault.json").read_text(encoding="utf-8").splitlines() == [ENTRY]


@pytest.mark.parametrize(
    ("backend", "entry", "sentence"),
    [
        ("keyring.backends.fail.Keyring", ENTRY, "このコンピューターには使えるキーリングがありません。"),
        ("tests.acceptance.vaults.Locked", ENTRY, "キーリングに鍵が掛かっています。"),
        (f"{Broken.__module__}.Broken", ENTRY, "キーリングを読めません（OSError）。"),
        ("tests.acceptance.nowhere.Keyring", ENTRY, "キーリングを読めません（ModuleNotFoundError）。"),
        ("tests.acceptance.vaults.Kept", "でんさい/nobody", "値が設定されていません。"),
    ],
)
def test_a_keyring_that_gives_nothing_is_told_with_the_key_and_the_site_is_left_alone(
    tmp_path: Path, backend: str, entry: str, sentence: str
) -> None:
    file, given = file_with(tmp_path, entry), environ(tmp_path, backend)
    run = accept(given, file=file, state=tmp_path / "state")
    assert run.code == ExitCode.USAGE, run.told
    assert sentence in run.told
    assert KEY in run.told
    assert entry in run.told
    assert "himitsu1" not in run.told
    assert "Traceback" not in run.told
    assert not (tmp_path / "state").exists()
    planned = accept(given, "--plan", file=file, state=tmp_path / "state")
    assert planned.code == 0, planned.told  # a plan needs no secret, and reads none
    assert "手順1-1" in planned.told
