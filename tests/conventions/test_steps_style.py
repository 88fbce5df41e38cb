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
    "steps/publishing/watcher.py": 1,  # data to frame, by their words
}
# A pause between two looks, each loop with an end: other windows and processes tell nobody of a change.
LOOKING_AGAIN = {
    "steps/driver/windows.py": 1,
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


def offenders(files: list[Path], names: set[str], allowed: dict[str, int]) -> dict[str, tuple[int, int]]:
    """Return each file that uses these names more or less often than allowed, with both numbers."""
    found = {}
    for path in files:
        file, count = path.relative_to(ROOT).as_posix(), uses(path.read_text(encoding="utf-8"), names)
        if count != allowed.get(file, 0):
            found[file] = count, allowed.get(file, 0)
    return found


STEPS = sorted((ROOT / "steps").rglob("*.py"))
TESTS = [path for path in sorted((ROOT / "tests").rglob("*.py")) if "bench" not in path.parts]


def test_steps_select_by_words_only() -> None:
    assert offenders(STEPS, SELECTING, EXCEPTIONS) == {}


def test_nothing_waits_for_a_time_or_is_tried_again() -> None:
    assert offenders([*STEPS, *TESTS], WAITING | RETRYING, LOOKING_AGAIN) == {}


def test_every_exception_names_a_file_that_is_there() -> None:
    assert [file for file in (*EXCEPTIONS, *LOOKING_AGAIN) if not (ROOT / file).exists()] == []


@pytest.mark.parametrize("fault", ["page.locator('.x').click()", "time.sleep(1)", "page.wait_for_timeout(5)"])
def test_the_checks_find_their_faults(fault: str) -> None:
    assert uses(fault, SELECTING | WAITING) == 1


def test_an_offender_is_listed_with_how_often_it_may() -> None:
    here = Path(__file__)
    expected = {here.relative_to(ROOT).as_posix(): (uses(here.read_text(encoding="utf-8"), {"uses"}), 1)}
    assert offenders([here], {"uses"}, {}).keys() == expected.keys()
    assert offenders([here], {"uses"}, dict.fromkeys(expected, 1)) == expected
