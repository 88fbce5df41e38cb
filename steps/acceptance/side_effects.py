"""The side effects of a scenario at a real bank, from its lines alone: changes, locks, wrong passwords."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from simulator.manual.features import DESTRUCTIVE, Line, Rows
from simulator.manual.grammar import Action, Fill, Press, parse
from simulator.manual.patterns import (
    AT_SCREEN,
    SCREEN_SHOWN,
    SENTENCE,
    SITS,
    WHOLE_PROCEDURE,
    Trial,
    trial_of,
)
from simulator.manual.scenarios import PlayedScenario
from simulator.manual.wording import GENERAL, fold
from steps.acceptance.feature_rewriting import is_invented, tries_login_ids
from steps.driver.attempt_observer import Kind, is_asked

TOO_MANY = 5  # wrong passwords in a row that come too near to the lock
# The buttons that carry out a change; 「変更」 also opens a form, but then nothing is typed in its sentence.
CARRIES_OUT = ("実行", "確定", "ユーザ更新")
ALSO_OPENS = "変更"


def carries_out(actions: Sequence[Action]) -> bool:
    """Return whether a sentence's actions change something at the bank."""
    filled = any(isinstance(action, Fill) for action in actions)
    labels = [action.label for action in actions if isinstance(action, Press)]
    return any(label in CARRIES_OUT or (label == ALSO_OPENS and filled) for label in labels)


def changes_of(scenario: PlayedScenario) -> tuple[list[str], bool]:
    """Return a rule's changes, and whether leaving out the values that are accepted last avoids them."""
    changes: list[str] = []
    trimmed = False
    actions = [place for place, line in enumerate(scenario.lines) if line.kind == "Action"]
    for place in actions:
        line = scenario.lines[place]
        if trial := trial_of(line.text):
            accepted, goes_on = _acceptance_of(trial, scenario, place)
            if accepted and line.rows and place == actions[-1] and not goes_on:
                trimmed = True
            elif accepted:
                changes.append(f"「{trial.word}」を入力して「{trial.label}」")
        elif _is_change(line):
            changes.append(line.text.rstrip("。"))
    return changes + _on_the_way(scenario), trimmed


def _is_change(line: Line) -> bool:
    if WHOLE_PROCEDURE.fullmatch(line.text):
        return True
    # A sentence that the grammar does not know raises: it must not pass for one that changes nothing.
    return bool(SENTENCE.fullmatch(line.text)) and carries_out(parse(line.text, line.rows))


def _acceptance_of(trial: Trial, scenario: PlayedScenario, place: int) -> tuple[bool, bool]:
    """Return whether a trial is accepted by a form that carries out a change, and whether lines follow it."""
    line, following = scenario.lines[place], scenario.lines[place + 1 :]
    if trial.label not in (*CARRIES_OUT, ALSO_OPENS):
        return False, bool(following)
    if line.rows:
        return any(row[1].endswith("画面") for row in line.rows[1:]), bool(following)
    shown = SCREEN_SHOWN.fullmatch(following[0].text) if following else None
    moves = shown is not None and fold(shown["screen"]) != fold(scenario.screen)
    return trial.kind == "value" and moves, bool(following)


def _on_the_way(scenario: PlayedScenario) -> list[str]:
    """Return the changes on the way to its screens: a new general user's first login sets a password."""
    before_own = scenario.after in ("2-1", "2-2", "2-3", "3-1")
    shown = (AT_SCREEN.fullmatch(line.text) for line in scenario.lines)
    screens = [each for each in shown if each]
    inside = [each for each in screens if each["screen"] not in ("ログイン", "ログインパスワード変更")]
    if before_own and any(GENERAL in each[0] for each in inside):
        return ["一般ユーザのログインパスワードを設定"]
    return []


def wrong_attempts_of(scenario: PlayedScenario) -> dict[tuple[str, Kind], int]:
    """Return the number of wrong passwords that a scenario sends, by person and kind."""
    found: dict[tuple[str, Kind], int] = {}
    person = scenario.person
    for line in scenario.lines:
        if sits := SITS.fullmatch(line.text):
            person = sits["person"]
        if not (trial := trial_of(line.text)) or not (kind := _kind(trial)):
            continue
        refused = sum(not row[1].endswith("画面") for row in _rows_of_known_users(line))
        key = person, kind
        found[key] = found.get(key, 0) + (trial.times or refused)
    return found


def _rows_of_known_users(line: Line) -> Rows:
    """Return the rows of values that count against one of the manual's people."""
    tries_ids = tries_login_ids(line.text)
    return tuple(row for row in line.rows[1:] if not (tries_ids and is_invented(row[0])))


def _kind(trial: Trial) -> Kind | None:
    if trial.label == "ログイン":
        return "login"
    if not is_asked(trial.word):
        return None
    return "login" if "ログイン" in trial.word else "approval"


def is_destructive(scenario: PlayedScenario, changes: Sequence[str] | None = None) -> bool:
    """Return whether a rule's scenario locks, deletes or changes something; changes: those that are known."""
    if scenario.is_procedure:
        return False
    locks = any(trial.times >= TOO_MANY for trial in _mistyped(scenario))
    return (
        DESTRUCTIVE in scenario.tags or locks or bool(changes_of(scenario)[0] if changes is None else changes)
    )


def _mistyped(scenario: PlayedScenario) -> Iterator[Trial]:
    for line in scenario.lines:
        if (trial := trial_of(line.text)) and trial.times:
            yield trial
