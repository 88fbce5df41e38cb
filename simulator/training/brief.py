"""The brief of a 自力 or テスト: the task, its start, how it is judged. No clock runs yet."""

from __future__ import annotations

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue

from simulator.store.training import read
from simulator.training import access, practice
from simulator.training.access import training
from simulator.training.course_start import base_clock, world_for
from simulator.training.model import Learner
from simulator.training.my_seat import chosen, my_seat
from simulator.training.task import start_lines, task_of

area = Blueprint("my_brief", __name__, url_prefix="/my", template_folder="templates")


@area.get("/brief")
def show() -> ResponseReturnValue:
    """Show the brief; 見本 and 案内つき have none and begin from わたしの訓練."""
    mine = my_seat()
    course, mode = chosen(mine)
    if mode not in ("try", "measure"):
        return redirect(url_for("my.home"), 303)
    class_id = mine.member.class_id
    plan = training().class_(class_id) if class_id is not None else None
    clock = base_clock(plan, read(mine.member.document, Learner))
    world = world_for(course, mine.seat.seed, clock)
    return access.page(
        "training/brief.html",
        member=mine.member,
        course=course,
        mode=mode,
        task=task_of(course, world, mine.people),
        start=start_lines(course, world, mine.people),
        minutes=-(-practice.limit_seconds(course, mine.plan.minutes if mine.plan else 0) // 60),
        latest=mine.latest,
    )
