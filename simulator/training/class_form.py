"""The form of a class's settings, for a new one and afterwards: what was typed, and every fault of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from werkzeug.datastructures import MultiDict

from simulator.settings import MOST_SEED
from simulator.training import names
from simulator.training.class_control import MOST_DAYS
from simulator.training.classes import MOST_SEATS, NAME_TEXTS, bank_date, today
from simulator.training.lessons import courses
from simulator.training.model import MODES, ClassPlan, Mode

MOST_MINUTES = 600
TYPED = ("name", "seats", "seed", "starts_on", "minutes")
GROUPS = {
    "procedure": "手順の練習",
    "chapter": "章を通して練習",
    "all": "すべての手順",
    "drill": "トラブル対応の練習",
}


@dataclass
class ClassForm:
    """The contents of a form. values: as typed, to be shown again; errors: field -> words."""

    values: dict[str, Any]
    errors: dict[str, str] = field(default_factory=dict)
    plan: ClassPlan = field(default_factory=lambda: ClassPlan("", 0, [], []))
    seats: int = 0


def read_form(form: MultiDict[str, str], least_seats: int = 1) -> ClassForm:
    """The settings in a form, with every fault of them; ``least_seats``: what the class has already."""
    typed = {name: form.get(name, "").strip() for name in TYPED}
    chosen = [id_ for id_ in courses() if id_ in form.getlist("courses")]
    modes: list[Mode] = [mode for mode in MODES if mode in form.getlist("modes")]
    manual = form.get("manual_in_test") == "1"
    found = ClassForm({**typed, "courses": chosen, "modes": modes, "manual_in_test": manual})
    name = names.kept(typed["name"])
    if fault := names.fault_of(name):
        found.errors["name"] = (
            "クラス名を入力してください。" if fault == "name_required" else NAME_TEXTS[fault]
        )
    found.seats = _seats(typed["seats"], least_seats, found.errors)
    seed = _number(typed["seed"], 0, MOST_SEED)
    if seed is None:
        found.errors["seed"] = "0から10億までの数を入力してください。"
    minutes = _number(typed["minutes"], 1, MOST_MINUTES) if typed["minutes"] else 0
    if minutes is None:
        found.errors["minutes"] = "1から600までの数を入力してください。"
    starts_on = _day(typed["starts_on"], found.errors)
    if not chosen:
        found.errors["courses"] = "練習できる内容を1つ以上選んでください。"
    if not modes:
        found.errors["modes"] = "使える練習方法を1つ以上選んでください。"
    found.plan = ClassPlan(name, seed or 0, chosen, modes, starts_on, minutes or 0, manual_in_test=manual)
    return found


def _number(text: str, least: int, most: int) -> int | None:
    """A number between these; None for anything else."""
    number = int(text) if text.isascii() and text.isdigit() and len(text) <= len(str(most)) else least - 1
    return number if least <= number <= most else None


def _seats(text: str, least: int, errors: dict[str, str]) -> int:
    seats = _number(text, 1, MOST_SEATS)
    if seats is None:
        errors["seats"] = f"席の数は1から{MOST_SEATS}までです。"
    elif seats < least:
        errors["seats"] = f"席の数は、現在の{least}より少なくできません。"
    return seats or 0


def _day(text: str, errors: dict[str, str]) -> date | None:
    try:
        day = date.fromisoformat(text) if text else None
    except ValueError:
        day = None
        errors["starts_on"] = "日付を正しく入力してください。"
    if day and abs((day - today()).days) > MOST_DAYS:
        errors["starts_on"] = "今日から前後10年以内の日付を入力してください。"
    return day


def of_new_class(seed: int) -> dict[str, Any]:
    """Return the values that the form for a new class suggests."""
    return {
        "name": "",
        "seats": "40",
        "seed": str(seed),
        "starts_on": today().isoformat(),
        "minutes": "",
        "courses": list(courses()),
        "modes": list(MODES),
        "manual_in_test": True,
    }


def of_class(plan: ClassPlan, made_on: date, seats: int) -> dict[str, Any]:
    """A class's settings as its form has them."""
    day = bank_date(plan, made_on)
    return {
        "name": plan.name,
        "seats": str(seats),
        "seed": str(plan.seed),
        "starts_on": day.isoformat() if day else "",
        "minutes": str(plan.minutes or ""),
        "courses": plan.courses,
        "modes": plan.modes,
        "manual_in_test": plan.manual_in_test,
    }


def grouped_courses() -> Mapping[str, list[tuple[str, str]]]:
    """The headings of the courses' boxes, each with the ids and titles under it."""
    found: dict[str, list[tuple[str, str]]] = {words: [] for words in GROUPS.values()}
    for id_, course in courses().items():
        found[GROUPS[course.kind]].append((id_, course.title))
    return found
