"""The classes of 講師用画面: the list, a new class, its settings, archive and deletion."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from simulator.store.training import ClassRow
from simulator.store.training_counts import count_practices, seats_alone, seats_of_class, seats_of_classes
from simulator.store.training_removal import sweep_soon
from simulator.training import access, class_control, class_form, classes, names
from simulator.training.access import settings, training
from simulator.training.desk_login import instructed
from simulator.training.desk_pages import class_of, page
from simulator.training.model import MODES, ClassPlan, in_japan

area = Blueprint("desk_classes", __name__, url_prefix="/desk", template_folder="templates")


@area.get("")
@instructed
def show() -> ResponseReturnValue:
    """Show every class, and the form for a new one."""
    return _list(200, class_form.of_new_class(settings().seed), {})


def _list(status: int, values: dict[str, Any], errors: dict[str, str]) -> ResponseReturnValue:
    seats = seats_of_classes(training().worlds)
    kept = [(row, classes.plan_of(row), *seats.get(row.id, (0, 0))) for row in training().classes()]
    return access.page(
        "training/desk_classes.html",
        status,
        classes=[each for each in kept if not each[1].archived_at],
        archived=[each for each in kept if each[1].archived_at],
        values=values,
        errors=errors,
        groups=class_form.grouped_courses(),
        modes=MODES,
        alone=seats_alone(training().worlds),
        done=request.args.get("done", ""),
    )


@area.post("/classes")
@instructed
def make() -> ResponseReturnValue:
    """Make a class with all its seats in one transaction."""
    found = class_form.read_form(request.form)
    if not found.errors:
        try:
            made = classes.make_class(training(), found.plan, found.seats)
        except classes.ClassNameTakenError:
            found.errors["name"] = "同じ名前のクラスがあります。"
        else:
            return redirect(url_for("desk_board.show", id_=made), 303)
    return _list(422, found.values, found.errors)


# Settings --------------------------------------------------------------------------------------


@area.get("/classes/<int:id_>/settings")
@instructed
def show_settings(id_: int) -> ResponseReturnValue:
    """Show クラスの設定, which hold for practices begun from now on."""
    row, plan = class_of(id_)
    return _settings(row, 200, class_form.of_class(plan, in_japan(row.made).date(), _seats(id_)), {})


def _settings(
    row: ClassRow, status: int, values: dict[str, Any], errors: dict[str, str]
) -> ResponseReturnValue:
    groups = class_form.grouped_courses()
    return page(
        "training/desk_settings.html",
        row.id,
        status,
        values=values,
        errors=errors,
        groups=groups,
        modes=MODES,
        seats=_seats(row.id),
    )


def _seats(id_: int) -> int:
    return training().count_members(id_)


@area.post("/classes/<int:id_>/settings")
@instructed
def change_settings(id_: int) -> ResponseReturnValue:
    """Change the settings, and add seats where more are asked for."""
    row, plan = class_of(id_)
    found = class_form.read_form(_with_seed(plan), _seats(id_))
    if not found.errors:
        try:
            classes.change_class(training(), id_, found.plan, found.seats)
        except classes.ClassNameTakenError:
            found.errors["name"] = "同じ名前のクラスがあります。"
        else:
            return redirect(url_for("desk_classes.show_settings", id_=id_, done="changed"), 303)
    return _settings(row, 422, found.values, found.errors)


def _with_seed(plan: ClassPlan) -> Any:
    """The form with the seed of the class, which never changes: the seats are made from it."""
    form = request.form.copy()
    form["seed"] = str(plan.seed)
    return form


# The end of a class ----------------------------------------------------------------------------


@area.get("/classes/<int:id_>/archive")
@instructed
def ask_archive(id_: int) -> ResponseReturnValue:
    """Say what archiving means, and ask for confirmation."""
    return page("training/desk_archive.html", id_)


@area.post("/classes/<int:id_>/archive")
@instructed
def archive(id_: int) -> ResponseReturnValue:
    """Archive the class, or restore it."""
    class_of(id_)
    on = request.form.get("on") == "1"
    class_control.archive(training(), id_, on=on)
    if on:
        return redirect(url_for("desk_classes.show", done="archived"), 303)
    return redirect(url_for("desk_board.show", id_=id_, done="restored"), 303)


@area.get("/classes/<int:id_>/delete")
@instructed
def ask_delete(id_: int) -> ResponseReturnValue:
    """Say what will be lost, and ask for the name of the class."""
    return _ask_delete(id_, 200, {})


def _ask_delete(id_: int, status: int, errors: dict[str, str]) -> ResponseReturnValue:
    class_of(id_)
    seats, joined = seats_of_class(training().worlds, id_)
    return page(
        "training/desk_delete.html",
        id_,
        status,
        errors=errors,
        typed=request.form.get("name", ""),
        seats=seats,
        joined=joined,
        practices=count_practices(training().worlds, id_),
    )


@area.post("/classes/<int:id_>/delete")
@instructed
def delete(id_: int) -> ResponseReturnValue:
    """Delete a class with everything in it, where its name is typed right."""
    _, plan = class_of(id_)
    if names.same_key(request.form.get("name", "")) != names.same_key(plan.name):
        return _ask_delete(id_, 422, {"name": "クラス名が一致しません。"})
    with training().changing() as change:
        change.remove_class(id_)
    sweep_soon(training().worlds)
    return redirect(url_for("desk_classes.show", done="deleted"), 303)
