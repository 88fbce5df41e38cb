"""Four sites that somebody else might have built pass `densai accept`, with a TOML file each, no Python."""

from __future__ import annotations

import ast
import os
import re
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

from simulator.manual.order import ORDER
from simulator.manual.procedures import procedures
from steps.acceptance.asked_part import Asked
from steps.acceptance.disposable_scenarios import DISPOSABLE
from steps.acceptance.plan import Planned, plan
from steps.deployment import load
from steps.driver.attempt_observer import Kind
from tests.harness.foreign import core
from tests.harness.foreign.core import LOCK_AT, Bank
from tests.harness.foreign.lateness import SCALE
from tests.harness.foreign.sites import SECRETS, SITES, new_bank

FOLDER = Path(__file__).with_name("foreign")
ROOT = Path(__file__).parents[2]
# A file and options -> what a run that passes tells, and how many scenarios passed.
Accepted = Callable[..., tuple[str, int]]
# The rules that a site is asked for at every change, each on one of them; `make whole` asks all of all.
RULES = {
    "legacy": "R03,R06,R08,R10,R20",
    "frames": "R01,R04,R09,R13",
    "spa": "R02,R14,R18,R19,R21",
}
LOCKED: tuple[str, Kind] = (DISPOSABLE, "login")
# The rule that each site is then asked for on disposable users; R05 locks them.
ON_DISPOSABLE_USERS = {"legacy": "R14", "frames": "R11", "spa": "R05"}
PASSED = re.compile(r"\b(\d+) passed")


@pytest.fixture(params=RULES)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def bank() -> Bank:
    return new_bank()


@pytest.fixture
def address(name: str, bank: Bank) -> Iterator[str]:
    with SITES[name](bank) as started:
        yield started


@pytest.fixture
def accepted(address: str, tmp_path: Path, program: tuple[str, ...]) -> Accepted:
    """Runs `densai accept` at the site with a file and options."""

    def accept(file: Path, *options: str) -> tuple[str, int]:
        command = [*program, "simulator", "accept", "--deployment", str(file), "--state", str(tmp_path)]
        ran = subprocess.run(
            [*command, *options],
            env={**os.environ, **SECRETS, "DENSAI_START": address},
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert ran.returncode == 0, ran.stdout[-4000:] + ran.stderr[-1000:]
        passed = PASSED.search(ran.stdout)
        assert passed
        return ran.stdout, int(passed[1])

    return accept


def wanted_of(file: Path, tags: str = "") -> list[Planned]:
    asked = Asked(tags=tuple(filter(None, tags.split(","))))
    return [each for each in plan(load(file), asked) if not each.why_not]


def nobody_of_theirs_was_locked_and_nobody_stayed(bank: Bank, told: str, made: int, *, locked: int) -> None:
    assert list(bank.users) == ["d-1560heki", "d-1560hekishin"]
    assert not [user for user in bank.users.values() if user.was_locked]
    assert [user.was_locked for user in bank.gone].count(True) == locked
    assert len(bank.gone) == made
    assert f"{made} 人を削除しました" in told


def test_every_rule_is_asked_of_a_site_at_every_change() -> None:
    calm = {
        tag
        for each in wanted_of(FOLDER / "legacy.toml")
        for tag in each.scenario.tags
        if tag.startswith("R") and not each.disposable
    }
    assert sorted(rule for rules in RULES.values() for rule in rules.split(",")) == sorted(calm)


def test_the_50_steps_and_the_rules_pass_then_what_spends_users_made_for_it(
    name: str, bank: Bank, tmp_path: Path, accepted: Accepted
) -> None:
    bold, calm = FOLDER / f"{name}.toml", tmp_path / "calm.toml"
    text = bold.read_text(encoding="utf-8")
    calm.write_text(text.replace("destructive = true", "destructive = false"), encoding="utf-8")
    told, passed = accepted(calm, f"--tags={RULES[name]}")
    assert f"済んだ手順: {'、'.join(ORDER)}" in told
    assert passed == len(wanted_of(calm, RULES[name]))
    assert passed > 20
    assert not bank.gone
    rule = ON_DISPOSABLE_USERS[name]
    told, passed = accepted(bold, "--resume", f"--tags={rule}")
    last = [each for each in wanted_of(bold, rule) if each.disposable]
    assert last
    assert passed == len(last) + 1  # and deleting whom they made
    made = sum(each.users for each in last)
    locked = sum(each.wrong.get(LOCKED, 0) == LOCK_AT for each in last)
    nobody_of_theirs_was_locked_and_nobody_stayed(bank, told, made, locked=locked)


@pytest.mark.parametrize("name", ["blocks"])
def test_the_50_steps_pass_at_a_site_of_blocks_with_a_few_words_and_its_notices_are_closed(
    tmp_path: Path, accepted: Accepted
) -> None:
    file = FOLDER / "blocks.toml"
    made = load(file)
    assert not made.find
    assert len(made.words) + len(made.screens) + len(made.notices) <= 15
    told, passed = accepted(file, "--tags=none", f"--evidence={tmp_path / 'evidence'}")
    assert f"済んだ手順: {'、'.join(ORDER)}" in told
    assert passed == len(ORDER)
    assert told.count("お知らせを閉じました: 「重要なお知らせ」") == 1
    steps = (tmp_path / "evidence" / "steps.jsonl").read_text(encoding="utf-8")
    assert steps.count("お知らせを閉じました: 「重要なお知らせ」（「閉じる」）") == 2
    assert steps.count("ダイアログに「OK」で答えました: 「前回のご利用") >= 1


@pytest.mark.long
def test_all_that_a_real_site_may_be_asked_passes_and_who_was_made_is_gone(
    name: str, bank: Bank, accepted: Accepted
) -> None:
    file = FOLDER / f"{name}.toml"
    told, passed = accepted(file)
    wanted = wanted_of(file)
    assert f"済んだ手順: {'、'.join(ORDER)}" in told
    assert passed == len(wanted) + 1
    rules = {rule for each in wanted for rule in each.scenario.tags if rule.startswith("R")}
    assert rules >= {"R01", "R03", "R04", "R05", "R06", "R08", "R10", "R11", "R12", "R13", "R14"}
    assert rules >= {"R15", "R16", "R19", "R20", "R21", "R23"}
    made = sum(each.users for each in wanted)
    locked = sum(each.wrong.get(LOCKED, 0) == LOCK_AT for each in wanted)
    nobody_of_theirs_was_locked_and_nobody_stayed(bank, told, made, locked=locked)


def test_the_journey_has_the_manuals_50_steps() -> None:
    assert sum(len(each.steps) for each in procedures()) == 50


def test_the_sites_know_nothing_of_the_simulator_and_its_harness() -> None:
    for path in FOLDER.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not [each for each in names if each.split(".")[0] in ("simulator", "steps", "fixtures")]


def fetched(address: str, view: str) -> tuple[str, str]:
    """A page and the encoding it says it has."""
    with urlopen(address + view) as answer:  # noqa: S310  our own site on a loopback port
        encoding = str(answer.headers.get_content_charset())
        return answer.read().decode(encoding), encoding


def test_the_old_site_is_tables_pictures_and_shift_jis() -> None:
    with SITES["legacy"](new_bank()) as address:
        page, encoding = fetched(address, "login")
    assert encoding == "shift_jis"
    assert 'type="image"' in page
    assert "<label" not in page
    assert "<button" not in page
    assert "<h1" not in page


def test_the_framed_site_has_its_work_in_a_frame_and_no_dialog_element() -> None:
    with SITES["frames"](new_bank()) as address:
        window, _ = fetched(address, "window/top")
        work, _ = fetched(address, "left")
    assert window.count("<frame ") == 3
    assert "<dialog" not in work
    assert "はい" in work


def test_the_one_page_site_sends_no_screen_in_its_page() -> None:
    with SITES["spa"](new_bank()) as address:
        page, _ = fetched(address, "")
        script, _ = fetched(address, "app.js")
    assert "ログイン" not in page
    assert "window.open" not in script
    assert "confirm(" not in script
    assert "showModal" in script
    assert "Math.random" not in script


@pytest.mark.parametrize(("set_to", "scale", "closing"), [(None, "0.2", 2_000), ("1", "1.0", 3_000)])
def test_the_sites_lateness_is_scaled_and_the_same_in_every_run(
    monkeypatch: pytest.MonkeyPatch, set_to: str | None, scale: str, closing: int
) -> None:
    monkeypatch.delenv(SCALE, raising=False)
    if set_to:
        monkeypatch.setenv(SCALE, set_to)
    with SITES["spa"](new_bank()) as first, SITES["spa"](new_bank()) as second:
        page, again = fetched(first, "")[0], fetched(second, "")[0]
    assert page == again
    assert f'data-scale="{scale}" data-fractions="0.' in page
    with SITES["frames"](new_bank()) as address:
        assert f"setTimeout('window.close()', {closing})" in fetched(address, "left_service")[0]


MASTER, ISSUED = "d-1560heki", SECRETS["DENSAI_MASTER_ISSUED"]


def log_in(bank: Bank, *passwords: str) -> list[str]:
    return [bank.log_in(MASTER, password) for password in passwords]


def test_the_sixth_wrong_password_locks_and_the_fifth_does_not() -> None:
    assert log_in(new_bank(), *["chigau0"] * 5, ISSUED)[-1] == ""
    assert log_in(new_bank(), *["chigau0"] * 6, ISSUED)[-2:] == ["locked", "locked"]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("abc12", "length"),
        ("abcd12", ""),
        ("abcdefghij12", ""),
        ("abcdefghij123", "length"),
        ("abcdef", "letter_and_digit"),
        ("ａｂｃ１２３", "alphanumeric"),
        ("", "required"),
    ],
)
def test_passwords_have_6_to_12_letters_and_digits(text: str, fault: str) -> None:
    assert core.password_fault(text) == fault


def test_a_new_user_waits_for_the_update_and_his_id_is_taken() -> None:
    bank = new_bank()
    form = {"user_id": "1560abcd", "name": "湊 三郎", "mail": "a@example.jp", "password": "minato01"}
    form |= {"mail_again": form["mail"], "password_again": form["password"]}
    assert bank.new_user_faults(form) == {}
    bank.create(form)
    assert bank.new_user_faults(form) == {"user_id": "taken"}
    assert not bank.users["d-1560abcd"].can_enter
    bank.update(bank.waiting())
    assert bank.users["d-1560abcd"].can_enter


def test_each_address_has_a_bank_of_its_own(name: str) -> None:
    with SITES[name](new_bank()) as first, SITES[name](new_bank()) as second:
        assert first != second
