"""The scenarios that can be played on a disposable user, and the login IDs that features invent for users.

A disposable user is created by procedure 2-1 and takes the place of the feature's 一般ユーザ, so that no real
person loses anything. The master user's losses could not be undone.
"""

from __future__ import annotations

from simulator.manual.patterns import SITS, trial_of
from simulator.manual.scenarios import PlayedScenario
from simulator.manual.wording import GENERAL, MASTER, fold
from steps.acceptance.disposable_accounts import LONGEST
from steps.acceptance.side_effects import TOO_MANY, changes_of, is_destructive

DISPOSABLE = "使い捨ての一般ユーザ"
# The procedures after which a general user exists, and the last one before that.
WITH_A_USER = ("2-1", "2-2", "2-3", "3-1", "3-2", "3-3")
BEFORE_ANY = "1-4"
OF_THE_MASTER = f"{MASTER}の「変更」ボタン"
DELETES = f"{GENERAL}の「ユーザ削除」ボタン"
USER_ID = "ユーザID"
SHORT_ID = 8
NO_ROOM = "people.spare.login_id が長いため、短いログインIDを作れません"
NOT_ALLOWED = "ロック・削除・変更を伴います（@破壊的。allow.destructive = true で実行します）"


def is_for_disposable_user(scenario: PlayedScenario) -> bool:
    """Return whether a scenario is played whole on a disposable user, where the file allows that."""
    changes, trimmed = changes_of(scenario)
    destructive = is_destructive(scenario, changes) or (trimmed and scenario.person == GENERAL)
    return destructive and not scenario.is_procedure and _leaves_master_alone(scenario)


def _leaves_master_alone(scenario: PlayedScenario) -> bool:
    """Return whether nothing of the master user's own is changed or locked."""
    made = scenario.after in WITH_A_USER or (scenario.after == BEFORE_ANY and bool(invented_ids(scenario)))
    changed = any(OF_THE_MASTER in line.text for line in scenario.lines)
    return made and not changed and _most_mistyped_by_master(scenario) < TOO_MANY


def _most_mistyped_by_master(scenario: PlayedScenario) -> int:
    person, most = MASTER, 0
    for line in scenario.lines:
        if sits := SITS.fullmatch(line.text):
            person = sits["person"]
        elif person == MASTER and (trial := trial_of(line.text)):
            most = max(most, trial.times)
    return most


def invented_ids(scenario: PlayedScenario) -> tuple[str, ...]:
    """Return the login IDs, without d-, of the users whom a scenario creates itself."""
    found: list[str] = []
    for line in scenario.lines:
        trial = trial_of(line.text)
        if trial and fold(trial.word) == USER_ID:
            found += [row[0] for row in line.rows[1:] if row[1].endswith("画面")][-1:]
        elif not trial:
            found += [row[1] for row in line.rows if len(row) > 1 and fold(row[0]) == USER_ID]
    return tuple(dict.fromkeys(found))


def id_length(scenario: PlayedScenario) -> int:
    """Return how many letters and digits the login ID of a scenario's user has, without d-.

    That of an ID which the feature has chosen for being short; otherwise as many as there may be.
    """
    invented = () if scenario.after in WITH_A_USER else invented_ids(scenario)
    return min([len(each) for each in invented if len(each) < SHORT_ID], default=LONGEST)


def users_of(scenario: PlayedScenario) -> int:
    """Return how many users are created for a scenario."""
    return len(invented_ids(scenario)) + (scenario.after in WITH_A_USER)


def deletes(scenario: PlayedScenario) -> bool:
    """Return whether a scenario deletes its user itself."""
    return any(DELETES in line.text for line in scenario.lines)
