"""What a rule's scenario would change, lock or spend, told from its lines alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from simulator.manual.features import DESTRUCTIVE, Line, Rows
from simulator.manual.grammar import parse
from simulator.manual.patterns import (
    AT_SCREEN,
    SCREEN_SHOWN,
    SENTENCE,
    WHOLE_PROCEDURE,
    Trial,
    trial_of,
)
from simulator.manual.scenarios import PlayedScenario
from simulator.manual.wording import GENERAL, fold
from steps.acceptance.deployed_bank import ALSO_OPENS, CARRIES_OUT, carries_out
from steps.acceptance.feature_rewriting import is_nobodys, tries_login_ids
from steps.driver.attempt_observer import Kind, is_asked

TOO_MANY = 5


def changes_of(scenario: PlayedScenario) -> tuple[list[str], bool]:
    """What a rule's scenario would change, and whether leaving out the last accepted values avoids that."""
    changes: list[str] = []
    trimmed = False
    done = [place for place, line in enumerate(scenario.lines) if line.kind == "Action"]
    for place in done:
        line = scenario.lines[place]
        if trial := trial_of(line.text):
            spent, rest = _spent_by(trial, scenario, place)
            if spent and line.rows and place == done[-1] and not rest:
                trimmed = True
            elif spent:
                changes.append(f"「{trial.word}」を入力して「{trial.label}」")
        elif _changes(line):
            changes.append(line.text.rstrip("。"))
    return changes + _on_the_way(scenario), trimmed


def _changes(line: Line) -> bool:
    if WHOLE_PROCEDURE.fullmatch(line.text):
        return True
    # A sentence that the grammar does not know raises: it must not pass for one that changes nothing.
    return bool(SENTENCE.fullmatch(line.text)) and carries_out(parse(line.text, line.rows))


def _spent_by(trial: Trial, scenario: PlayedScenario, place: int) -> tuple[bool, bool]:
    """Whether a trial is accepted by a form that carries out a change, and whether something follows it."""
    line, following = scenario.lines[place], scenario.lines[place + 1 :]
    if trial.label not in (*CARRIES_OUT, ALSO_OPENS):
        return False, bool(following)
    if line.rows:
        return any(row[1].endswith("画面") for row in line.rows[1:]), bool(following)
    shown = SCREEN_SHOWN.fullmatch(following[0].text) if following else None
    moves = shown is not None and fold(shown["screen"]) != fold(scenario.screen)
    return trial.kind == "value" and moves, bool(following)


def _on_the_way(scenario: PlayedScenario) -> list[str]:
    """What getting to its screens would change: a general user who has never been in sets his passwords."""
    before_own = scenario.after in ("2-1", "2-2", "2-3", "3-1")
    shown = (AT_SCREEN.fullmatch(line.text) for line in scenario.lines)
    screens = [each for each in shown if each]
    inside = [each for each in screens if each["screen"] not in ("ログイン", "ログインパスワード変更")]
    if before_own and any(GENERAL in each[0] for each in inside):
        return ["一般ユーザのログインパスワードを設定"]
    return []


def wrong_of(scenario: PlayedScenario) -> dict[tuple[str, Kind], int]:
    """How many password attempts of whom a scenario means to go wrong."""
    found: dict[tuple[str, Kind], int] = {}
    for line in scenario.lines:
        if not (trial := trial_of(line.text)) or not (kind := _kind(trial)):
            continue
        refused = sum(not row[1].endswith("画面") for row in _theirs(line))
        key = scenario.person, kind
        found[key] = found.get(key, 0) + (trial.times or refused)
    return found


def _theirs(line: Line) -> Rows:
    """The rows of values that count against somebody of the manual's."""
    made_up = tries_login_ids(line.text)
    return tuple(row for row in line.rows[1:] if not (made_up and is_nobodys(row[0])))


def _kind(trial: Trial) -> Kind | None:
    if trial.label == "ログイン":
        return "login"
    if not is_asked(trial.word):
        return None
    return "login" if "ログイン" in trial.word else "approval"


def is_destructive(scenario: PlayedScenario, changes: Sequence[str] | None = None) -> bool:
    """Whether it locks, deletes or spends something."""
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
