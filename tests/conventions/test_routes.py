"""Every route states who may open it; every code has its words and every word its use."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from flask import Blueprint, Flask

from simulator.app import create_app
from simulator.bank import messages
from simulator.bank.labels import LABELS
from simulator.bank.web import Access, allows
from simulator.domain.rules.rights import EVERY_RIGHT
from simulator.settings import Settings
from tests.training.addresses import AREAS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

BANK = Path(messages.__file__).parent
SIMULATOR = BANK.parent
# What is not the bank's: training, whose routes its own tests try (tests/training/test_access.py), and what
# everybody may have: the manual, static files, the coach's script, and whether the server is well.
OTHERS = (*AREAS, "manual", "health", "static", "coach_script")
PUBLIC = {
    "bank.homepage.front",
    "bank.homepage.service",
    "bank.homepage.guide",
    "bank.login.ask",
    "bank.login.log_in",
    "bank.login.keyboard_help",
    "bank.logout.left_service",
    "bank.logout.left",
}
BOTH = ("login", "approval")


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    made = create_app(Settings(database=f"sqlite:///{tmp_path_factory.mktemp('routes') / 'd.sqlite3'}"))
    yield made
    made.extensions["densai"].close()


def without_access(app: Flask) -> list[str]:
    """The bank's endpoints that do not say who may open them."""
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules()}
    bank = [name for name in endpoints if name.partition(".")[0] not in OTHERS]
    return sorted(name for name in bank if not isinstance(access_of(app, name), Access))


def access_of(app: Flask, endpoint: str) -> Access | None:
    found = vars(app.view_functions[endpoint]).get("access")
    return found if isinstance(found, Access) else None


def test_every_route_of_the_bank_states_its_access(app: Flask) -> None:
    assert without_access(app) == []


def test_a_route_that_states_none_is_noticed() -> None:
    forgotten = Blueprint("forgotten", __name__)
    forgotten.add_url_rule("/forgotten", "open_door", lambda: "open")
    other = Flask("other")
    other.register_blueprint(forgotten)
    assert without_access(other) == ["forgotten.open_door"]


def test_only_what_stands_before_login_is_public(app: Flask) -> None:
    names = {rule.endpoint for rule in app.url_map.iter_rules()}
    public = {name for name in names if (access := access_of(app, name)) and access.place == "public"}
    assert public == PUBLIC


def test_every_right_that_a_route_asks_for_exists(app: Flask) -> None:
    names = {rule.endpoint for rule in app.url_map.iter_rules()}
    asked = {right for name in names if (access := access_of(app, name)) for right in access.rights}
    assert asked <= set(EVERY_RIGHT)
    assert {right.partition(".")[0] for right in EVERY_RIGHT} == {right.partition(".")[0] for right in asked}


def test_no_public_route_belongs_to_a_session_and_every_other_does(app: Flask) -> None:
    for rule in app.url_map.iter_rules():
        if access := access_of(app, rule.endpoint):
            assert ("sid" in rule.arguments) is (access.place != "public"), rule


def test_the_bank_is_below_its_seat_and_training_is_not(app: Flask) -> None:
    for rule in app.url_map.iter_rules():
        assert rule.rule.startswith("/bank/<seat>/") is rule.endpoint.startswith("bank."), rule


def test_access_is_stated_where_the_route_is() -> None:
    @allows("list", "densai", master=True)
    def view() -> str:
        return ""

    assert vars(view)["access"] == Access("list", master=True, rights=("densai",))


# Codes and words -------------------------------------------------------------------------------


def trees(*folders: Path) -> list[ast.AST]:
    files = [file for folder in folders for file in sorted(folder.rglob("*.py"))]
    return [ast.parse(file.read_text(encoding="utf-8")) for file in files if file.name != "messages.py"]


def text_of(node: ast.AST) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def strings(nodes: Sequence[ast.AST]) -> set[str]:
    """Every text constant; one made from a password's kind counts as both."""
    found: set[str] = set()
    for node in (each for tree in nodes for each in ast.walk(tree)):
        found.add(text_of(node))
        if isinstance(node, ast.JoinedStr):
            found |= {re.sub(r"\{[^}]*which\}", which, ast.unparse(node)[2:-1]) for which in BOTH}
    return found


def codes_of_failures(nodes: Sequence[ast.AST]) -> set[str]:
    """The codes that a Failure is made with, or that a rule collects in a list or hands back."""
    found: set[str] = set()
    for node in (each for tree in nodes for each in ast.walk(tree)):
        if isinstance(node, ast.Call):
            name, at = ast.unparse(node.func), 1
            if name.endswith(".append"):
                at = 0
            elif name != "Failure":
                continue
            found |= {text_of(each) for each in node.args[at : at + 1]}
        elif isinstance(node, ast.List):
            found |= {text_of(each) for each in node.elts}
    return found - {""}


def kinds_recorded(nodes: Sequence[ast.AST]) -> set[str]:
    """The kinds of events that are recorded by name."""
    calls = [each for tree in nodes for each in ast.walk(tree) if isinstance(each, ast.Call)]
    first = [call.args[0] for call in calls if ast.unparse(call.func).endswith(".record") and call.args]
    return {text_of(each) for each in first} - {""}


def without_words(codes: set[str], words: dict[str, str]) -> set[str]:
    return codes - set(words)


def without_use(words: dict[str, str], used: set[str]) -> set[str]:
    """The words whose code nobody gives; a code after ``current_`` is made from another."""
    return {code for code in words if code.removeprefix("current_") not in used}


def test_every_code_of_a_failure_has_its_words() -> None:
    codes = codes_of_failures(trees(SIMULATOR / "domain" / "rules", BANK / "screens")) | codes_of_failures(
        [ast.parse((BANK / "approval.py").read_text(encoding="utf-8"))]
    )
    assert len(codes) > 15
    assert without_words(codes, messages.MESSAGES) == set()


@pytest.mark.parametrize("words", [messages.MESSAGES, messages.SESSION_OVER, messages.REFUSED])
def test_every_words_are_used(words: dict[str, str]) -> None:
    assert without_use(words, strings(trees(BANK, SIMULATOR / "domain"))) == set()


def test_every_operation_is_recorded_somewhere_and_every_event_has_words() -> None:
    everything = trees(SIMULATOR)
    assert kinds_recorded(everything) - set(messages.OPERATIONS) == set()
    assert without_use(messages.OPERATIONS, strings(everything)) == set()
    assert set(messages.TRADES) <= set(messages.OPERATIONS)


def test_a_code_without_words_and_words_without_a_code_are_noticed() -> None:
    seeded = [ast.parse('def f():\n    codes.append("no_words")\n    return [Failure("x", "none_either")]')]
    assert without_words(codes_of_failures(seeded), messages.MESSAGES) == {"no_words", "none_either"}
    assert without_use({"never_given": "…"}, strings(trees(BANK))) == {"never_given"}


def fields_of(template: Path) -> set[str]:
    """The fields that a template, or one that it extends in its own folder, makes with the macros."""
    text = template.read_text(encoding="utf-8")
    names = set(re.findall(r"m\.(?:text|password)\(\"(\w+)\"", text))
    parent = re.search(r'{% extends "(bank/\w+/\w+\.html)"', text)
    return names | (fields_of(BANK / "templates" / parent[1]) if parent else set())


def test_every_field_of_every_form_has_its_label_and_every_label_its_field() -> None:
    folder = BANK / "templates"
    found = {path.relative_to(folder).as_posix(): fields_of(path) for path in folder.rglob("*.html")}
    extended = {"bank/records/history.html"}  # never shown by itself
    fields = {name: names for name, names in found.items() if names and name not in extended}
    assert fields == {name: set(labels) for name, labels in LABELS.items()}


def test_every_screen_of_the_list_is_named_by_the_module_that_shows_it() -> None:
    text = "".join(file.read_text(encoding="utf-8") for file in sorted((BANK / "screens").glob("*.py")))
    named = {int(number) for number in re.findall(r"S(\d\d)", text)}
    for first, last in re.findall(r"S(\d\d)(?:–| to )S(\d\d)", text):
        named |= set(range(int(first), int(last) + 1))
    text_of_guard = (BANK / "guard.py").read_text(encoding="utf-8")
    named |= {int(number) for number in re.findall(r"S(\d\d)", text_of_guard)}
    assert set(range(1, 39)) - named == set()
