"""Features rewritten in a deployment's terms: its people's IDs and names for the manual's examples."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from simulator.bank.people import People, people
from simulator.manual.patterns import trial_of
from simulator.manual.wording import fold
from steps.ledger import account_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pytest_bdd.gherkin_parser import Row
    from pytest_bdd.parser import Scenario

    from steps.deployment import Resolved


def rewrite(
    scenario: Scenario,
    deployed: Resolved,
    *,
    refusals_only: bool,
    people: People | None = None,
    new_ids: Sequence[tuple[str, str]] = (),
) -> None:
    """Rewrite the lines of a scenario that is about to be played.

    refusals_only: leave out the values that would be accepted, where that would change something. people:
    other people than the deployment's. new_ids: pairs of a login ID that the feature invents for a user whom
    it creates, and the one to use instead.
    """
    swaps = (*swaps_for(people or deployed.people), *((_alone(each), to) for each, to in new_ids))
    for step in scenario.steps:
        if step.datatable and tries_login_ids(step.name):
            step.datatable.rows = list(_sendable(step.datatable.rows, deployed.file.people.nobody))
        step.name = _swapped(step.name, swaps)
        for row in step.datatable.rows if step.datatable else ():
            for cell in row.cells:
                cell.value = _swapped(str(cell.value), swaps)
    if refusals_only:
        table = next(step.datatable for step in reversed(scenario.steps) if step.datatable)
        table.rows = [row for row in table.rows if not str(row.cells[1].value).endswith("画面")]


def tries_login_ids(text: str) -> bool:
    """Return whether a step tries a table of login IDs, some of which may be a stranger's at a real site."""
    trial = trial_of(text)
    if trial is None or trial.kind != "values":
        return False
    return fold(trial.word) == "ログインID" and trial.label == "ログイン"


def is_invented(login_id: str) -> bool:
    """Return whether a feature has invented this login ID: at a real site it may be a stranger's."""
    ours = people(0)
    return account_key(login_id) not in map(account_key, (ours.master.login_id, ours.general.login_id))


def _sendable(rows: Iterable[Row], nobody: str) -> Iterator[Row]:
    """Yield the rows without the login IDs that are invented, or with people.nobody in their place."""
    for place, row in enumerate(rows):
        if place and is_invented(str(row.cells[0].value)):
            if not nobody:
                continue
            row.cells[0].value = nobody
        yield row


@cache
def swaps_for(theirs: People) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Return pairs of a pattern for the manual's example of a person's data and the deployment's value."""
    ours = people(0)
    pairs: dict[str, str] = {}
    for mine, yours in ((ours.general, theirs.general), (ours.master, theirs.master)):
        bare, other = mine.login_id.removeprefix("d-"), yours.login_id.removeprefix("d-")
        pairs |= {bare: other, mine.name: yours.name}
        if yours.mail:
            pairs[mine.mail] = yours.mail
    return tuple((_alone(each), to) for each, to in pairs.items() if each != to)


def _alone(text: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![0-9A-Za-z]){re.escape(text)}(?![0-9A-Za-z])")


def _swapped(text: str, swaps: tuple[tuple[re.Pattern[str], str], ...]) -> str:
    for pattern, to in swaps:
        text = to.join(pattern.split(text))
    return text
