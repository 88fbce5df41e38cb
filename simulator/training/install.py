"""Puts training around the bank: its store, its guard, its screens and the slot on every page."""

from __future__ import annotations

from flask import Flask

from simulator.store.training import Training
from simulator.training import access, classes, coach, desk_door, desk_seat, entrance, trainee
from simulator.training.model import in_japan
from simulator.training.throttle import Throttle


def install(app: Flask) -> None:
    """Add training to the application."""
    app.extensions["densai-training"] = Training(app.extensions["densai"])
    app.extensions["densai-throttle"] = Throttle()
    app.before_request(access.guard_seats)
    app.after_request(access.keep_form_cookie)
    app.add_template_filter(classes.shown_code, "code")
    app.add_template_filter(classes.printable)
    app.add_template_filter(in_japan, "japan")
    for blueprint in (entrance.area, trainee.area, desk_door.area, desk_seat.area):
        app.register_blueprint(blueprint)
    coach.install(app)
