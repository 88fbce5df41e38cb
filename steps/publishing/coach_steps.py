"""The steps as the coach of 案内つき has them, for a page that has no server to ask."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from simulator.bank.people import Persona, people
from simulator.domain.world import World
from simulator.training.coach_refusals import compared
from simulator.training.coach_state import Shown, Step
from simulator.training.guide import Guidance
from simulator.training.knowledge import Known, values_of
from simulator.training.lessons import Course, Item
from simulator.training.step_view import Sight, step_view

EVERYTHING: Shown = {"sentence": True, "values": True, "marker": True}
CONFUSED = ("other_password", "old_password")
NOWHERE = "#"  # the address of the home page: the page is in the book


def due_step(course: Course, item: Item, world: World) -> Step:
    """Return a step as it stands where it is due, with its values as they are in this bank."""
    both = people(world.seed)
    told = Guidance("item", item, item.actions, due=item)
    values = values_of(item.actions, item.who, world, both)
    step = step_view(told, values, Sight(course, world, both, EVERYTHING, (), NOWHERE))
    assert step
    return step


def traps_of(item: Item, world: World) -> tuple[Mapping[str, str], ...]:
    """Return what may be typed instead of each value of a step, and what the coach says of it."""
    both = people(world.seed)
    passwords = {word for who in (both.master, both.general) for word in passwords_of(who)}
    return tuple(_traps(known, passwords, world) for known in values_of(item.actions, item.who, world, both))


def _traps(known: Known, passwords: Iterable[str], world: World) -> Mapping[str, str]:
    causes = ((typed, compared(typed, known, world)) for typed in sorted(passwords))
    return {typed: cause[1] for typed, cause in causes if cause and cause[0] in CONFUSED}


def passwords_of(who: Persona) -> set[str]:
    """Return every password that a person of the manual has in its course."""
    names = ("issued_password", "password", "approval_password", "initial_approval_password")
    return {getattr(who, name) for name in names} - {""}
