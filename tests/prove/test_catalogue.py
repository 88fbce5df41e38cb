"""The catalogue of defects is whole, every defect changes the bank, and no trainee can meet one."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from simulator import cli
from simulator.app import create_app
from simulator.bank import guard
from simulator.bank.screens import service_list
from simulator.manual.procedures import procedures
from simulator.manual.rules import RULES
from simulator.settings import Settings
from tests.prove.defects.patches import DefectError, Function, Text, Value, View
from tests.prove.defects.switch import DEFECTS, KINDS, Defect, switch_on
from tests.prove.plugin import defects_for
from tests.prove.score import Outcome, matrix

ROOT = Path(__file__).parents[2]
# Starts a bank as `densai serve` does, opens its first page, and tells what was imported.
HEALTHY = """
import sys
from simulator import serving
from simulator.settings import Settings
app = serving._open(Settings(database=sys.argv[1]))
assert app.test_client().get("/", headers={"Host": "localhost"}).status_code == 200
print(*[name for name in sys.modules if "defect" in name])
"""


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    made = create_app(Settings(database=f"sqlite:///{tmp_path_factory.mktemp('app') / 'densai.sqlite3'}"))
    yield made
    made.extensions["densai"].close()


def test_every_rule_and_every_kind_of_step_has_two_defects_or_more() -> None:
    number = Counter(each.breaks for each in DEFECTS.values())
    assert set(number) == {*RULES, *KINDS}
    assert [breaks for breaks, count in number.items() if count < 2] == []


@pytest.mark.parametrize("id_", [
    "R02-issued-password-still-good",
    "R03-twelve-characters-refused",
    "R05-lock-at-7",
    "R05-lock-across-users",
    "R09-second-button-wrong",
    "R11-preparer-brings-approver",
    "R15-not-needed",
    "R21-cancel-logs-out",
    "R21-session-alive-after-the-second-logout",
])  # fmt: skip
def test_the_subtle_ones_are_among_them(id_: str) -> None:
    assert id_ in DEFECTS


def test_an_id_says_what_is_broken_and_a_sentence_says_how() -> None:
    for id_, each in DEFECTS.items():
        assert re.fullmatch(rf"{each.breaks}-[a-z0-9-]+", id_)
        assert each.words.endswith("。")
    assert len({(each.breaks, each.words) for each in DEFECTS.values()}) == len(DEFECTS)


def test_a_kind_of_step_names_the_procedure_whose_steps_must_notice() -> None:
    known = {each.id for each in procedures()}
    for each in DEFECTS.values():
        assert (each.procedure in known) if each.breaks in KINDS else not each.procedure


@pytest.mark.parametrize("each", DEFECTS.values(), ids=lambda each: each.id)
def test_a_defect_changes_the_bank_and_can_be_taken_back(each: Defect, app: Flask) -> None:
    undos = each.make(app)
    assert len(undos) == len(each.changes) > 0
    for undo in reversed(undos):
        undo()


NOWHERE = [
    Function("rules.lockout:is_shut", lambda original: original),
    Function("rules.lockout_:is_locked", lambda original: original),
    Function("rules.rights:TABS", lambda original: original),
    Value("messages:MESSAGES", dict),
    View("service_list.leave", lambda original: original),
    Text("bank/login/login.html", "パスワードを忘れた", ""),
    Text("bank/login/login.html", "ログイン", "ログオン"),
    Text("bank.js", "no such text", ""),
]


@pytest.mark.parametrize("change", NOWHERE, ids=range(len(NOWHERE)))
def test_a_change_of_nothing_or_of_many_things_is_refused(
    change: Function | Value | View | Text, app: Flask
) -> None:
    with pytest.raises(DefectError):
        change.make(app)


def test_a_function_is_changed_wherever_it_was_imported(app: Flask) -> None:
    undos = DEFECTS["R07-expired-password-goes-on"].make(app)
    broken = [vars(module)["must_change_approval"] for module in (guard, service_list)]
    undos[0]()
    healthy = [vars(module)["must_change_approval"] for module in (guard, service_list)]
    assert broken[0] is broken[1] is not healthy[0] is healthy[1]


def test_a_text_is_changed_in_the_page_that_is_served(app: Flask) -> None:
    undos = DEFECTS["R21-cancel-logs-out"].make(app)
    client = app.test_client()
    with client.get(f"{app.static_url_path}/bank.js") as broken:
        assert "&& false" in broken.get_data(as_text=True)
    undos[0]()
    with client.get(f"{app.static_url_path}/bank.js") as healthy:
        assert "&& false" not in healthy.get_data(as_text=True)


def test_a_defect_that_is_not_there_is_refused(app: Flask) -> None:
    with pytest.raises(KeyError):
        switch_on(app, "R05-lock-at-8")


# Off in any seat that a trainee gets -------------------------------------------------------------


def test_a_healthy_server_never_imports_a_defect(tmp_path: Path) -> None:
    command = [sys.executable, "-c", HEALTHY, f"sqlite:///{tmp_path / 'densai.sqlite3'}"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == ""


def test_only_the_proof_knows_the_catalogue() -> None:
    knowing = {
        path.relative_to(ROOT).as_posix()
        for folder in ("simulator", "fixtures", "steps", "tests")
        for path in (ROOT / folder).rglob("*.py")
        if "tests.prove.defects" in _imported(path)
    }
    assert [path for path in sorted(knowing) if not path.startswith("tests/prove/")] == []


def _imported(path: Path) -> str:
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    return " ".join(ast.unparse(node) for node in nodes if isinstance(node, ast.Import | ast.ImportFrom))


@pytest.mark.parametrize("option", ["--defect", "--defects", "--prove"])
def test_densai_serve_has_no_option_for_it(option: str) -> None:
    with pytest.raises(SystemExit):
        cli.main(["serve", option, "R05-lock-at-7"])


# The proof's own reckoning -------------------------------------------------------------------------


def test_a_defect_is_tried_on_its_own_rule_or_on_its_own_steps_alone() -> None:
    rule, step = DEFECTS["R05-lock-at-7"], DEFECTS["row-opens-another-user"]
    both = [rule, step]
    assert defects_for({"手順1-2", "R05", "選択"}, both) == [rule]
    assert defects_for({"手順2-3"}, both) == [step]
    assert defects_for({"手順2-3", "R12"}, both) == []
    assert defects_for({"手順1-2"}, both) == []
    assert defects_for({"訓練", "R05"}, both) == []


def test_the_matrix_tells_who_caught_what_and_what_nobody_did() -> None:
    caught, lost = DEFECTS["R05-lock-at-7"], DEFECTS["R05-lock-at-5"]
    outcomes = {caught.id: Outcome("6 回", "then ならば 「ロック」"), lost.id: Outcome()}
    lines = list(matrix([caught, lost], outcomes))
    assert lines[2] == f"| {caught.id} | {caught.words} | 6 回 | ならば 「ロック」 |"
    assert "見つからない" in lines[3]


def test_a_crash_is_no_catch() -> None:
    assert not Outcome(crashes=["x"]).caught
    assert Outcome("x", "given 前提 x").on_the_way
