"""The parts of the coach's state that come from this request: the class's news, the addresses, 課題を見る."""

from __future__ import annotations

from typing import cast

from flask import current_app, render_template, url_for

from simulator.bank.people import people
from simulator.domain.world import World
from simulator.manual.procedures import titles
from simulator.store import Seat
from simulator.store.training import Member, read
from simulator.training import access, class_news, coach_done, coach_news, practice, tracker
from simulator.training.access import training
from simulator.training.coach_state import Pulse, Urls
from simulator.training.coach_view import Given
from simulator.training.model import Learner, utc_now
from simulator.training.practice import Going
from simulator.training.task import task_of

ADDRESSES = {
    "state": "coach.state_of_page",
    "pulse": "coach.pulse_of_class",
    "help": "coach.help_me",
    "passed": "coach.passed",
    "outside": "coach.outside",
    "act": "coach.act",
    "restore": "coach.restore",
    "hand": "coach.hand",
    "read": "news.mark_read",
    "submit": "my_submit.hand_in",
    "start": "my.start",
    "home": "my.home",
    "manual": "manual.show",
}


def given(member: Member, seat: Seat, world: World, going: Going) -> Given:
    """Return what the state of a page of this seat is made of."""
    plan = access.plan_of(member)
    measured = going.practice.mode == "measure"
    is_between = going.is_running and coach_done.is_between(going)
    trail = training().trail_of(seat.code, going.row.id) if is_between else []
    return Given(
        member,
        going,
        world,
        pulse_of(member, going),
        _urls(seat, going),
        access.form_token(),
        url_for("bank.homepage.front", seat=seat.code),
        _task(world, going),
        manual=not measured or plan is None or plan.manual_in_test,
        trail=trail,
        following=_following(going, plan.courses if plan else None),
    )


def pulse_of(member: Member, going: Going | None) -> Pulse:
    """Return what may change while a page stands."""
    plan = access.plan_of(member)
    now = plan.paused_at if plan and plan.paused_at else utc_now()
    return coach_news.pulse(
        class_news.news(member, plan),
        member.name,
        read(member.document, Learner),
        going,
        practice.seconds_left(going, now) if going else None,
        access.interval(member),
    )


def _urls(seat: Seat, going: Going) -> Urls:
    """The addresses: those that are the same for all pages are made once."""
    known: dict[str, str] = current_app.extensions.setdefault("densai-coach", {})
    if not known:
        known.update({name: url_for(endpoint) for name, endpoint in ADDRESSES.items()})
    due = tracker.due_item(going.practice, going.course)
    step = f"#{due.key.replace('.', '-')}" if due and going.practice.mode != "measure" else ""
    return cast(
        "Urls",
        {
            **known,
            "manual": known["manual"] + step,
            "result": url_for("my_result.show", number=going.row.id),
            "login": url_for("bank.login.ask", seat=seat.code),
        },
    )


def _task(world: World, going: Going) -> tuple[str, bool]:
    """課題を見る: the whole in 自力 and テスト, of a drill its situation; else nothing."""
    mode, course = going.practice.mode, going.course
    whole = mode in ("try", "measure")
    if not whole and course.kind != "drill":
        return "", False
    task = task_of(course, world, people(world.seed))
    return render_template("training/coach_task.html", task=task, whole=whole), mode != "try"


def _following(going: Going, allowed: list[str] | None) -> str:
    """The procedure after one that has ended, where the class offers it."""
    course, order = going.course, list(titles())
    if going.is_running or course.kind != "procedure":
        return ""
    rest = order[order.index(course.id) + 1 :]
    return rest[0] if rest and (allowed is None or rest[0] in allowed) else ""
