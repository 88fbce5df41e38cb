"""A page of a practice, as the boxes of the coach's state are made of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from simulator.domain.world import World
from simulator.training.coach_box_state import WindowId
from simulator.training.guide import Guidance
from simulator.training.knowledge import Known
from simulator.training.lessons import Course
from simulator.training.model import Learner, Practice


@dataclass(frozen=True)
class Scene:
    """A page of a practice.

    subject: the ログインID of the user that it changes, "" for none. window: in which it stands. values: what
    is known of each field of its step. may_show: whether the mode and the hints let the values be seen. acts:
    whether the coach may act here. in_class: whether there is an instructor to call.
    """

    practice: Practice
    course: Course
    world: World
    told: Guidance
    screen: str
    login_id: str
    subject: str
    window: WindowId
    values: Sequence[Known]
    may_show: bool
    acts: bool
    in_class: bool
    learner: Learner
