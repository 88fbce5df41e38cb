"""Puts training around the bank: its store, its guard, its pages, and the coach on the bank's pages."""

from __future__ import annotations

from dataclasses import replace

from flask import Flask, render_template
from markupsafe import Markup

from simulator.bank.web import watch_pages
from simulator.settings import Settings
from simulator.store.training import Training
from simulator.store.training_removal import sweep_soon
from simulator.training import (
    access,
    brief,
    class_control,
    classes,
    coach,
    coach_script,
    desk_actions,
    desk_board,
    desk_classes,
    desk_login,
    desk_projection,
    desk_results,
    desk_seat,
    entrance,
    my_seat,
    news_page,
    papers,
    result_page,
    seat_guard,
    steps_page,
    submission,
    trainee,
)
from simulator.training.askers import Askers
from simulator.training.lessons import courses
from simulator.training.model import in_japan

# Every page of training: each module's routes are its blueprint's.
AREAS = (
    entrance,
    trainee,
    brief,
    submission,
    result_page,
    papers,
    news_page,
    coach,
    steps_page,
    desk_login,
    desk_classes,
    desk_board,
    desk_actions,
    desk_projection,
    desk_results,
    desk_seat,
)


def install(app: Flask) -> None:
    """Add training to an application that has the bank. Raises FeatureError where the manual is not read."""
    courses()  # a fault in a feature is told at the start, not to the first trainee
    kept = app.extensions["densai-training"] = Training(app.extensions["densai"])
    sweep_soon(kept.worlds, 0)  # what an earlier server was stopped in the middle of
    app.extensions["densai-askers"] = Askers()
    app.extensions["densai-server-key"] = access.make_server_key(kept)
    settings: Settings = app.extensions["densai-settings"]
    code = access.keep_operator_code(kept, settings.operator_code)
    app.extensions["densai-settings"] = replace(settings, operator_code=code)
    app.before_request(seat_guard.guard_seats)
    app.after_request(access.keep_form_cookie)
    app.add_template_filter(classes.shown_code, "code")
    app.add_template_filter(classes.printable)
    app.add_template_filter(class_control.moment_key)
    app.add_template_filter(in_japan, "japan")
    app.add_template_global(my_seat.has_manual)
    for module in AREAS:
        app.register_blueprint(module.area)
    coach_script.install(app)
    watch_pages(app, coach.watch_page, _load_coach)


def _load_coach() -> Markup:
    """Return what loads the coach in the head of a page: nothing is painted before it has run."""
    # The template has escaped the address.
    return Markup(render_template("training/coach_script.html"))  # noqa: S704
