"""Seats that nobody sits at make no page dearer: the database takes as many steps with many as with few.

Counted are the instructions of SQLite's own machine, the same on every computer.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from sqlalchemy import event

from simulator.store.training_counts import seats_alone
from simulator.training import classes
from simulator.training.model import ClassPlan, utc_now
from tests.training.conftest import as_on_the_first_day
from tests.training.guests import Guest, code_of, training

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.screens.banks import Bank

EVERY = 10  # instructions between two counts
IDLE = 300  # seats of a class, and as many of self-study
NOISE = 60  # a page of an index more or less
PAGES = ("/desk", "/desk/classes/{}", "/desk/classes/{}/board", "/desk/classes/{}/settings")
ACTS: dict[str, Callable[[Bank, int], object]] = {
    **{
        page: lambda bank, id_, page=page: Guest(bank).open_desk().get(page.format(id_))  # type: ignore[misc]
        for page in (*PAGES, "/desk/classes/{}/delete", "/desk/classes/{}/results")
    },
    "the entrance": lambda bank, _: Guest(bank).get("/"),
    "a join": lambda bank, id_: Guest(bank).join(code_of(bank, id_), "山田 太郎"),
    "a seat code": lambda bank, id_: Guest(bank).come_back(training(bank).members(id_)[0].code),
    "self-study": lambda bank, _: Guest(bank).begin_alone(),
    "a class": lambda bank, _: Guest(bank).open_desk().make_class("五月の研修", 1),
}


@contextmanager
def steps(bank: Bank) -> Iterator[list[int]]:
    """The steps that the database takes meanwhile, an item for every EVERY of them."""
    found: list[int] = []

    def count(_connection: object, cursor: Any, *_: object) -> None:
        cursor.connection.set_progress_handler(lambda: found.append(EVERY), EVERY)

    event.listen(bank.worlds.engine, "before_cursor_execute", count)
    yield found
    event.remove(bank.worlds.engine, "before_cursor_execute", count)


def taken(bank: Bank, class_id: int, act: str) -> int:
    with steps(bank) as found:
        ACTS[act](bank, class_id)
    return sum(found)


def seated(bank: Bank, idle: int) -> int:
    """A class of three seats beside another, and self-study, with so many seats each; its number."""
    kept = training(bank)
    id_ = classes.make_class(kept, ClassPlan("四月の研修", 3, ["1-1"], ["learn"]), 3)
    classes.make_class(kept, ClassPlan("三月の研修", 3, ["1-1"], ["learn"]), idle)
    with kept.changing() as change:
        plan = ClassPlan("", 3, [], [])
        classes.sit(change, classes._new_seats(plan, utc_now(), range(1, idle + 1)), None)
    return id_


def all_taken(bank: Bank, idle: int) -> dict[str, int]:
    id_ = seated(bank, idle)
    return {act: taken(bank, id_, act) for act in ACTS}


def test_no_act_takes_more_steps_beside_many_idle_seats(densai: Bank) -> None:
    few = all_taken(densai, 2)
    many = all_taken(as_on_the_first_day(densai), IDLE)
    assert {act: (few[act], many[act]) for act in ACTS if many[act] > few[act] * 1.1 + NOISE} == {}


def test_the_list_of_classes_tells_who_has_joined(densai: Bank, desk: Guest) -> None:
    id_ = seated(densai, 2)
    Guest(densai).join(code_of(densai, id_), "山田 太郎")
    cells = [cell.text for cell in desk.get("/desk").page.top.all("td")]
    assert [text for text in cells if "／" in text] == ["0／2", "1／3"]
    assert seats_alone(training(densai).worlds) == 2
