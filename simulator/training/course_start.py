"""The bank of a seat at the start of a course."""

from __future__ import annotations

from simulator.domain.world import Clock, World
from simulator.store import Seat
from simulator.store.training import ClassRow, read
from simulator.training import judge, starts
from simulator.training.lessons import Course
from simulator.training.model import ClassPlan, Learner, in_japan
from simulator.training.situations import STARTS


def base_clock(plan: ClassRow | None, learner: Learner) -> Clock:
    """The bank's time in a seat where no drill has moved it."""
    clock, kept_plan = Clock(), read(plan.document, ClassPlan) if plan else None
    if plan and kept_plan and kept_plan.starts_on:
        dated_on = kept_plan.dated_on or in_japan(plan.made).date()
        clock.move(days=(kept_plan.starts_on - dated_on).days)
    clock.move(days=learner.days_moved)
    return clock


def world_for(course: Course, seed: int, clock: Clock) -> World:
    """The bank at the start of a course."""
    world = starts.world_at(seed, course.base, clock)
    for situation in course.drill.situations if course.drill else ():
        STARTS[situation](world)
    world.new_events.clear()  # what led to the start is nobody's doing
    return world


def may_keep(course: Course, seat: Seat) -> bool:
    """Whether a seat's bank stands as at the start of this course."""
    if course.drill:
        return False
    world = seat.read()
    return judge.facts(world) == judge.facts(starts.world_at(seat.seed, course.base, world.clock))
