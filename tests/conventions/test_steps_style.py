"""The steps find things by their words alone and wait for things, never for a time."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
# Selectors, and the one place that may have them: a record of the whole page is of no thing in it.
SELECTING = {
    "locator",
    "query_selector",
    "query_selector_all",
    "wait_for_selector",
    "frame_locator",
    "eval_on_selector",
}
EXCEPTIONS = {
    "steps/driver/word_engine.py": 1,  # the engine that finds by words
    "steps/driver/find.py": 1,  # what a deployment file says of the stubborn few
    "steps/evidence/capture.py": 2,  # boxes to mask
    "steps/evidence/failure_record.py": 1,
}
# A pause between two looks, each loop with an end: other windows and processes tell nobody of a change.
LOOKING_AGAIN = {
    "steps/driver/find.py": 1,
    "tests/coach/trainee.py": 2,
    "tests/acceptance/test_stopping.py": 1,
    "tests/docs/pictures.py": 1,
}
WAITING = {"sleep", "wait_for_timeout"}
RETRYING = {"flaky", "rerun", "reruns"}


def called(source: str) -> list[str]:
    """The name of everything that is called or used as a decorator, without what it belongs to."""
    nodes = [node.func if isinstance(node, ast.Call) else node for node in ast.walk(ast.parse(source))]
    return [node.attr for node in nodes if isinstance(node, ast.Attribute)] + [
        node.id for node in nodes if isinstance(node, ast.Name)
    ]


def uses(source: str, names: set[str]) -> int:
    """How many places use one of these names; a call counts once as a call and once as a name."""
    return sum(name in names for name in called(source)) // 2


STEPS = sorted((ROOT / "steps").rglob("*.py"))
TESTS = [path for path in sorted((ROOT / "tests").rglob("*.py")) if "bench" not in path.parts]


@pytest.mark.parametrize("path", STEPS, ids=lambda path: path.name)
def test_steps_select_by_words_only(path: Path) -> None:
    allowed = EXCEPTIONS.get(path.relative_to(ROOT).as_posix(), 0)
    assert uses(path.read_text(encoding="utf-8"), SELECTING) == allowed


@pytest.mark.parametrize("path", [*STEPS, *TESTS], ids=lambda path: path.name)
def test_nothing_waits_for_a_time_or_is_tried_again(path: Path) -> None:
    allowed = LOOKING_AGAIN.get(path.relative_to(ROOT).as_posix(), 0)
    assert uses(path.read_text(encoding="utf-8"), WAITING | RETRYING) == allowed


@pytest.mark.parametrize("fault", ["page.locator('.x').click()", "time.sleep(1)", "page.wait_for_timeout(5)"])
def test_the_checks_find_their_faults(fault: str) -> None:
    assert uses(fault, SELECTING | WAITING) == 1
