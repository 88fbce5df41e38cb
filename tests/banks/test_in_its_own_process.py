"""A whole bank by its pack, in a process of its own: a bank is chosen before anything else is read."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.acceptance.runs import ROOT, SIMULATOR
from tests.banks.made_up import NAMES, path_of, words_of

SECONDS = 900


def run(*typed: str, program: tuple[str, ...], seconds: int = 60) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*program, *typed],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=seconds,
    )


def test_no_page_of_another_bank_has_a_word_of_the_default_one(program: tuple[str, ...]) -> None:
    done = run("tests.banks.pages", str(path_of("minato")), program=program)
    assert done.returncode == 0, done.stderr
    *strange, looked = done.stdout.splitlines()
    assert strange == []
    assert int(looked.split()[0]) > 200


def test_an_acceptance_speaks_the_words_of_its_deployments_bank(
    tmp_path: Path, program: tuple[str, ...]
) -> None:
    file = tmp_path / "site.toml"
    own = words_of("minato").retell(SIMULATOR.read_text(encoding="utf-8")).replace("after = 6\n", "\n")
    file.write_text(f'bank = "{path_of("minato").as_posix()}"\n{own}', encoding="utf-8")
    done = run("simulator", "accept", "--plan", "--deployment", str(file), program=program)
    assert done.returncode == 0, done.stderr
    assert "「当組合ホームページ」画面" in done.stdout
    assert "d-2733umi01a" in done.stdout
    assert "5 回でロック" in done.stdout
    assert "当金庫" not in done.stdout


def test_a_mistake_in_the_words_is_told_before_anything_is_served(
    tmp_path: Path, program: tuple[str, ...]
) -> None:
    pack = tmp_path / "ours.toml"
    text = path_of("minato").read_text(encoding="utf-8")
    pack.write_text(f'{text}"ログイン" = "入場"\n', encoding="utf-8")
    done = run("simulator", "serve", "--bank", str(pack), program=program)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("ours.toml の words.ログイン: 次の言葉の一部に当たります。")


def test_pytest_takes_a_bank_and_leaves_out_the_tests_of_the_default_one(program: tuple[str, ...]) -> None:
    typed = ("pytest", "--collect-only", "-p", "no:cacheprovider", f"--bank={path_of('toge')}")
    done = run(*typed, "steps/test_journey.py", "tests/rules", program=program)
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"bank: toge ({path_of('toge')})" in done.stdout
    assert "test_p1_1_log_in" in done.stdout
    assert "test_lockout" not in done.stdout


@pytest.mark.long
@pytest.mark.parametrize("name", NAMES)
def test_every_feature_and_the_journey_pass_at_another_bank(name: str, program: tuple[str, ...]) -> None:
    typed = ("pytest", "steps", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", f"--bank={path_of(name)}")
    done = run(*typed, program=program, seconds=SECONDS)
    assert done.returncode == 0, done.stdout[-5000:]
