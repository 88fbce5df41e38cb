"""A failing scenario says where it happened and what was there, and keeps pictures but no password."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from simulator.procedures import procedure

ROOT = Path(__file__).parents[2]
SECRETS = "secrets.txt"
BINDING = f"""from pathlib import Path

import pytest
from pytest_bdd import scenarios


@pytest.fixture(autouse=True)
def _tell(people):
    master = people.master
    secrets = [master.issued_password, master.password, master.approval_password]
    Path(__file__).with_name("{SECRETS}").write_text("\\n".join(secrets))


scenarios("broken.feature")
"""
# The manual's step 2 of procedure 1-3 with one word wrong: the passwords are typed by then.
BROKEN = ("[実行]", "[実効]")
UNDEFINED = ("前提 手順1-2まで", "前提 手順1-2あたりまで")


def run(folder: Path, old: str, new: str) -> str:
    """What pytest prints for procedure 1-3 with one thing changed."""
    text = procedure("1-3").path.read_text(encoding="utf-8").partition("  @R06")[0]
    (folder / "broken.feature").write_text(text.replace(old, new), encoding="utf-8")
    (folder / "test_broken.py").write_text(BINDING, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", str(folder / "test_broken.py"), "-q", "-p", "no:cacheprovider"]
    command += ["-c", str(ROOT / "pyproject.toml"), "--rootdir", str(ROOT), "--output", str(folder / "kept")]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)
    assert told.returncode == 1, told.stdout + told.stderr
    return told.stdout


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("broken")


@pytest.fixture(scope="module")
def told(kept: Path) -> str:
    return run(kept, *BROKEN)


def test_it_names_the_procedure_and_the_step(told: str) -> None:
    assert "手順1-3 の 2. 新しい承認パスワードを 2 回入力し、[実効] ボタンをクリックします。" in told


def test_it_says_what_was_looked_for_and_what_was_there(told: str) -> None:
    assert "「実効」ボタンが見つかりません。" in told
    assert "ウィンドウ: 承認パスワード変更｜訓練用" in told
    assert "実行" in told
    assert "Traceback" not in told


def test_it_keeps_a_picture_and_the_words_of_every_window(told: str, kept: Path) -> None:
    assert told
    assert sorted(path.name for path in (kept / "kept").rglob("window*")) == [
        f"window{number}.{kind}" for number in (1, 2, 3) for kind in ("png", "txt")
    ]
    assert "承認パスワード変更" in next((kept / "kept").rglob("window1.txt")).read_text(encoding="utf-8")


def test_no_password_is_in_anything_it_leaves(told: str, kept: Path) -> None:
    secrets = (kept / SECRETS).read_text(encoding="utf-8").split()
    files = [path for path in kept.rglob("*") if path.is_file() and path.name != SECRETS]
    left = told.encode() + b"".join(path.read_bytes() for path in files)
    assert len(secrets) == 3
    assert [secret for secret in secrets if secret.encode() in left] == []


def test_a_step_without_a_definition_is_told(tmp_path: Path) -> None:
    assert "手順1-2あたりまで" in run(tmp_path, *UNDEFINED)
