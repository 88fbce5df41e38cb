"""Which scenarios a throw-away user can be spent on, and which logins a feature makes up for new users.

Such a user is made by procedure 2-1 and stands where the feature says 一般ユーザ, so nothing that he loses is
anybody's. Whatever the master loses stays lost.
"""

from __future__ import annotations

from simulator.manual.patterns import SITS, trial_of
from simulator.manual.scenarios import PlayedScenario
from simulator.manual.wording import GENERAL, MASTER, fold
from steps.acceptance.side_effects import TOO_MANY, changes_of, is_destructive

SPARE = "使い捨ての一般ユーザ"
WITH_A_USER = ("2-1", "2-2", "2-3", "3-1", "3-2", "3-3")
BEFORE_ANY = "1-4"
OF_THE_MASTER = f"{MASTER}の「変更」ボタン"
DELETES = f"{GENERAL}の「ユーザ削除」ボタン"
USER_ID = "ユーザID"
ONLY_MASTER = "マスターユーザを元に戻せないため、実際のサイトでは実行しません（@破壊的）"
NOT_ALLOWED = "ロック・削除・変更を伴います（@破壊的。allow.destructive = true で実行します）"


def is_for_spare(scenario: PlayedScenario) -> bool:
    """Whether it is played whole on a throw-away user, where the file allows that."""
    changes, trimmed = changes_of(scenario)
    spends = is_destructive(scenario, changes) or (trimmed and scenario.person == GENERAL)
    return spends and not scenario.is_procedure and _spares_the_master(scenario)


def _spares_the_master(scenario: PlayedScenario) -> bool:
    """Whether nothing of the master's own is changed, locked or spent."""
    made = scenario.after in WITH_A_USER or (scenario.after == BEFORE_ANY and bool(made_up(scenario)))
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


def made_up(scenario: PlayedScenario) -> tuple[str, ...]:
    """The login IDs, without d-, of the users whom a scenario creates itself."""
    found: list[str] = []
    for line in scenario.lines:
        trial = trial_of(line.text)
        if trial and fold(trial.word) == USER_ID:
            found += [row[0] for row in line.rows[1:] if row[1].endswith("画面")][-1:]
        elif not trial:
            found += [row[1] for row in line.rows if len(row) > 1 and fold(row[0]) == USER_ID]
    return tuple(dict.fromkeys(found))


def users_of(scenario: PlayedScenario) -> int:
    """How many users are made for it."""
    return len(made_up(scenario)) + (scenario.after in WITH_A_USER)


def deletes(scenario: PlayedScenario) -> bool:
    """Whether it deletes its user itself."""
    return any(DELETES in line.text for line in scenario.lines)
