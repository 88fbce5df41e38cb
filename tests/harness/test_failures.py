"""A failing scenario says where it happened and what was there, and keeps pictures but no password."""

from __future__ import annotations

import subprocess
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

from playwright.sync_api import Error as PlaywrightError

from simulator.bank.people import people
from simulator.manual.procedures import procedure
from steps.feature_plugin import BROWSER_ERROR, _message

ROOT = Path(__file__).parents[2]
SECRETS = "secrets.txt"
BINDING = f"""from pathlib import Path

import pytest
from pytest_bdd import scenarios

from steps.driver.profile import Profile, Timeouts


@pytest.fixture(scope="session")
def bank_profile():
    return Profile(timeouts=Timeouts(find=1))


@pytest.fixture(autouse=True)
def _tell(people):
    master = people.master
    secrets = [master.issued_password, master.password, master.approval_password]
    Path(__file__).with_name("{SECRETS}").write_text("\\n".join(secrets))


scenarios("wrong_word.feature", "no_definition.feature")
"""


def run(folder: Path, program: tuple[str, ...]) -> str:
    """Return pytest's output for procedure 1-3 played twice, each time with one thing changed."""
    text = procedure("1-3").path.read_text(encoding="utf-8").partition("  @R06")[0]
    # Step 2 with one word wrong: the passwords are typed by then.
    (folder / "wrong_word.feature").write_text(text.replace("[実行]", "[実効]"), encoding="utf-8")
    (folder / "no_definition.feature").write_text(
        text.replace("手順1-2まで", "手順1-2あたりまで"), encoding="utf-8"
    )
    (folder / "test_broken.py").write_text(BINDING, encoding="utf-8")
    command = [*program, "pytest", str(folder / "test_broken.py"), "-q", "-p", "no:cacheprovider"]
    command += ["-c", str(ROOT / "pyproject.toml"), "--rootdir", str(ROOT), "--output", str(folder / "kept")]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)
    assert "2 failed" in told.stdout, told.stdout + told.stderr
    return told.stdout


def test_a_failure_says_where_and_what_was_there_and_keeps_pictures_without_passwords(
    tmp_path: Path, program: tuple[str, ...]
) -> None:
    told = run(tmp_path, program)
    assert "手順1-2あたりまで" in told

    assert "手順1-3 の 2. 新しい承認パスワードを 2 回入力し、[実効] ボタンをクリックします。" in told
    assert "「実効」ボタンが見つかりません。" in told
    assert "ウィンドウ: 承認パスワード変更｜訓練用" in told
    assert "実行" in told
    assert "Traceback" not in told

    kept = sorted(path.name for path in (tmp_path / "kept").rglob("window*"))
    assert kept == [f"window{number}.{kind}" for number in (1, 2, 3) for kind in ("png", "txt")]
    front = next((tmp_path / "kept").rglob("window1.txt")).read_text(encoding="utf-8")
    assert "承認パスワード変更" in front

    secrets = (tmp_path / SECRETS).read_text(encoding="utf-8").split()
    files = [path for path in tmp_path.rglob("*") if path.is_file() and path.name != SECRETS]
    left = told.encode() + b"".join(path.read_bytes() for path in files)
    assert len(secrets) == 3
    assert [secret for secret in secrets if secret.encode() in left] == []


BEFORE_THE_STORY = """import pytest

from steps.stash_keys import SECRETS


@pytest.fixture
def bank(pytestconfig):
    pytestconfig.stash[SECRETS] = lambda: {"himi" + "tsu22"}
    raise AssertionError("fill: " + "himi" + "tsu22")


def test_it(bank):
    pass
"""


def test_a_bank_that_cannot_be_opened_tells_no_password_either(
    tmp_path: Path, program: tuple[str, ...]
) -> None:
    (tmp_path / "test_opening.py").write_text(BEFORE_THE_STORY, encoding="utf-8")
    junit = tmp_path / "junit.xml"
    command = [*program, "pytest", str(tmp_path / "test_opening.py"), "-q", f"--junitxml={junit}"]
    command += ["-c", str(ROOT / "pyproject.toml"), "--rootdir", str(ROOT), "-p", "no:cacheprovider"]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120).stdout
    assert "fill: ●●●●" in told
    assert "fill: ●●●●" in junit.read_text(encoding="utf-8")
    assert "himitsu22" not in told + junit.read_text(encoding="utf-8")


def test_a_person_shown_in_a_traceback_shows_no_password() -> None:
    master = people(7).master
    assert master.login_id in repr(master)
    kept = (master.issued_password, master.password, master.approval_password)
    assert [secret for secret in kept if secret in repr(master)] == []


def test_an_error_of_the_browser_is_told_in_a_sentence() -> None:
    error = PlaywrightError("Page.evaluate: TypeError: x is not a function\n    at <anonymous>:1:1")
    error.add_note("手順1-3 の 2.")
    report = SimpleNamespace(longrepr="Traceback …")
    told = _message(cast("Any", report), cast("Any", SimpleNamespace(excinfo=SimpleNamespace(value=error))))
    assert told == f"手順1-3 の 2.\n{BROWSER_ERROR}: Page.evaluate: TypeError: x is not a function"
