"""A feature in a deployment's own terms: its people's IDs and names in place of the manual's examples."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from fixtures.bank_data import People, people

if TYPE_CHECKING:
    from pytest_bdd.parser import Scenario

    from steps.deployment import Resolved


def in_their_words(scenario: Scenario, deployed: Resolved, *, refusals_only: bool) -> None:
    """Change the lines of a scenario that is about to be played.

    refusals_only leaves out the values that would be accepted, where that would change something.
    """
    swaps = swaps_for(deployed.people)
    for step in scenario.steps:
        step.name = _swapped(step.name, swaps)
        for row in step.datatable.rows if step.datatable else ():
            for cell in row.cells:
                cell.value = _swapped(str(cell.value), swaps)
    if refusals_only:
        table = next(step.datatable for step in reversed(scenario.steps) if step.datatable)
        table.rows = [row for row in table.rows if not str(row.cells[1].value).endswith("画面")]


@cache
def swaps_for(theirs: People) -> tuple[tuple[re.Pattern[str], str], ...]:
    """The manual's example of a person -> this deployment's."""
    ours = people(0)
    pairs: dict[str, str] = {}
    for mine, yours in ((ours.general, theirs.general), (ours.master, theirs.master)):
        bare, other = mine.login_id.removeprefix("d-"), yours.login_id.removeprefix("d-")
        pairs |= {bare: other, mine.name: yours.name}
        if yours.mail:
            pairs[mine.mail] = yours.mail
    alone = r"(?<![0-9A-Za-z]){}(?![0-9A-Za-z])"
    return tuple((re.compile(alone.format(re.escape(each))), to) for each, to in pairs.items() if each != to)


def _swapped(text: str, swaps: tuple[tuple[re.Pattern[str], str], ...]) -> str:
    for pattern, to in swaps:
        text = to.join(pattern.split(text))
    return text
