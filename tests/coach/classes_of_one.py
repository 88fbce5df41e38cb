"""A class with one seat, which somebody has taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.store.training import Member
from simulator.training.classes import make_class
from simulator.training.joining import join
from simulator.training.lessons import courses
from simulator.training.model import MODES, ClassPlan

if TYPE_CHECKING:
    from simulator.store.training import Training


def class_of_one(kept: Training) -> tuple[int, Member]:
    """A new class in which everything may be practised: its id, and the one who has joined it."""
    id_ = make_class(kept, ClassPlan("案内の確認", 4, list(courses()), list(MODES)), 1)
    row = kept.class_(id_)
    assert row
    member = join(kept, row.code, "架空 一郎")
    assert isinstance(member, Member)
    return id_, member
